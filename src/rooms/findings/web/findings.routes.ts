import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readInAuthority } from '#platform/db/authority.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { logRead, may, noteRead } from '#people';
import { readableFindings, wholeOnes } from '../actions/read-register.ts';
import { findingFormats, findingsFile } from '../out/findings-file.ts';
import { fitsFinding } from '../rules/filter-findings.ts';
import { asKnown } from '../rules/known-actions.ts';
import { mayWithFinding } from '../actions/standing.ts';
import type { FindingDeps } from './deps.ts';
import { findingQuery, readFindingQuery, type FindingQuery } from './finding-query.ts';
import {
  findingsPerPage,
  findingsView,
  selectionInWords,
  type FindingsInput,
} from './findings.view.ts';
import { linker } from './linker.ts';
import { mayRegister } from './load.ts';
import { paths } from './paths.ts';

/** The register as a list, and as a file. */
export function addFindingListRoutes(app: App, deps: FindingDeps): void {
  app.get(
    paths.findings(),
    {
      config: { rule: { may: ['R', 'PLN'] }, fairUse: 'search' },
      schema: { querystring: findingQuery },
    },
    async (request, reply) => {
      const { input } = await listOf(deps, request, request.query);
      const restricted = input.shown.filter(
        (one) => one.access === 'derivative' || one.finding.source.classification === 'restricted',
      );
      if (restricted.length > 0) {
        const read = restricted.map(({ finding }) => ({ fact: 'finding', id: finding.id }));
        await logRead(deps.db, request.actor, 'read in a list, FND', read);
      }
      return reply.page('rooms/findings/web/page.njk', findingsView(input));
    },
  );

  app.get(
    paths.exportFindings(),
    {
      config: { rule: { may: ['E', 'PLN'] }, fairUse: 'export' },
      schema: { querystring: findingQuery.extend({ format: z.enum(findingFormats) }) },
    },
    async (request, reply) => {
      const { actor, asAt, now } = request;
      const { format, ...query } = request.query;
      const { input, known } = await listOf(deps, request, query);
      const readable = input.found;
      const findings = wholeOnes(readable)
        .filter((finding) => mayWithFinding(actor, 'E', finding))
        .map((finding) => asKnown(finding, known));
      if (readable.length > 0 && findings.length === 0) return reply.problem(403);
      const read = findings.map(({ id }) => ({ fact: 'finding', id }));
      await logRead(deps.db, actor, `exported in a list, as ${format}`, read);
      const file = await findingsFile(format, {
        findings,
        selection: selectionInWords(input),
        leftOut: readable.length - findings.length,
        asAt,
        exportedBy: actor.name,
        exportedAt: now,
        authorityName: request.shell.authority?.name ?? '',
      });
      return sendFile(reply, file);
    },
  );
}

async function listOf(
  deps: FindingDeps,
  request: FastifyRequest,
  query: FindingQuery,
): Promise<{ input: FindingsInput; known: ReadonlySet<string> }> {
  const { actor, asAt, today } = request;
  const view = readFindingQuery(query);
  const { all, known } = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
    const all = await readableFindings(tx, actor, { asAt, today }, 'all');
    const ids = wholeOnes(all).flatMap(({ actions }) => actions.map(({ id }) => id));
    return { all, known: await deps.knows(tx, actor, [...new Set(ids)], today) };
  });
  const found = all.filter((one) => fitsFinding(one, view.filter));
  const pages = Math.max(1, Math.ceil(found.length / findingsPerPage));
  const first = (Math.min(view.page, pages) - 1) * findingsPerPage;
  const shown = found.slice(first, first + findingsPerPage);
  noteRead(
    actor,
    shown.map(({ finding }) => ({ fact: 'finding', id: finding.id })),
  );
  const input = {
    ...{ all, found, shown, view, asAt },
    mayRegister: mayRegister(actor),
    mayExport:
      may(actor, 'E', 'PLN') || wholeOnes(all).some((one) => mayWithFinding(actor, 'E', one)),
    isToday: asAt === today,
    link: linker(request),
  };
  return { input, known };
}
