import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addMonths, formatDate, type IsoDate } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { whyNoPaper, writeDocx, writePdf } from '#platform/documents/write/paper.ts';
import { parseWrittenDate } from '#platform/web/dates-written.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { authorityById, logRead, may } from '#people';
import { readEditionFor, standingToEdition } from '../actions/open-edition.ts';
import { editionWorkbook } from '../out/edition-workbook.ts';
import { positionPaper } from '../out/position-paper.ts';
import { movesBetween, positionByDomain } from '../rules/position.ts';
import { readJudgements, readVerdicts } from '../store/read-judgements.ts';
import type { StandardsDeps } from './deps.ts';
import { linker } from './parts.ts';
import { routePaths } from './paths.ts';
import { compareView, positionView } from './position.view.ts';

const reads = { rule: { may: ['R', 'PLN'] } } as const;
const exports = { rule: { may: ['E', 'PLN'] }, fairUse: 'export' } as const;
const params = z.strictObject({ edition: z.string().max(40) });
const day = z.string().max(40).optional();
const positionQuery = z.strictObject({ from: day });
const compareQuery = z.strictObject({ from: day, to: day });
const exportQuery = z.strictObject({ from: day, format: z.enum(['docx', 'pdf']) });
const template = 'rooms/standards/web/page.njk';

/** The one-page position, what moved between two days, and the files of both. */
export function addPositionRoutes(app: App, deps: StandardsDeps): void {
  app.get(
    routePaths.position,
    { config: reads, schema: { params, querystring: positionQuery } },
    async (request, reply) => {
      const loaded = await load(deps, request, reply, request.params.edition, request.query);
      if (loaded === null) return reply;
      const mayExport = may(
        request.actor,
        'E',
        'PLN',
        standingToEdition(request.actor, loaded.picture),
      );
      return reply.page(template, positionView({ ...loaded, mayExport, link: linker(request) }));
    },
  );

  app.get(
    routePaths.exportPosition,
    { config: exports, schema: { params, querystring: exportQuery } },
    async (request, reply) => {
      const { actor, now } = request;
      const loaded = await load(deps, request, reply, request.params.edition, request.query);
      if (loaded === null) return reply;
      const { edition, asAt } = loaded.picture;
      if (!may(actor, 'E', 'PLN', standingToEdition(actor, loaded.picture)))
        return reply.problem(403);
      const paper = positionPaper({ ...loaded, printed: { by: actor.name, at: now } });
      const { format } = request.query;
      const made = await (format === 'docx' ? writeDocx(paper) : writePdf(paper));
      if (made.kind === 'cannot') {
        return reply.problem(503, { title: 'The file was not made', text: whyNoPaper(made.why) });
      }
      await logRead(deps.db, actor, `exported a position as ${format}`, [
        { fact: 'framework_edition', id: edition.id },
      ]);
      return sendFile(reply, {
        fileName: `position-${fileWords(edition.title)}-${asAt}.${format}`,
        mediaType: mediaTypes[format],
        bytes: made.bytes,
      });
    },
  );

  app.get(
    routePaths.exportEdition,
    { config: exports, schema: { params } },
    async (request, reply) => {
      const { actor, now } = request;
      const loaded = await load(deps, request, reply, request.params.edition, {});
      if (loaded === null) return reply;
      const { picture } = loaded;
      if (!may(actor, 'E', 'PLN', standingToEdition(actor, picture))) return reply.problem(403);
      const bytes = await editionWorkbook(picture, { by: actor.name, at: now });
      await logRead(deps.db, actor, 'exported a framework as xlsx', [
        { fact: 'framework_edition', id: picture.edition.id },
      ]);
      return sendFile(reply, {
        fileName: `${fileWords(picture.edition.title)}-${picture.asAt}.xlsx`,
        mediaType: mediaTypes.xlsx,
        bytes,
      });
    },
  );

  app.get(
    routePaths.compare,
    { config: reads, schema: { params, querystring: compareQuery } },
    async (request, reply) => {
      const { actor, asAt } = request;
      const loaded = await load(deps, request, reply, request.params.edition, request.query);
      if (loaded === null) return reply;
      const { picture, from } = loaded;
      const to = dayIn(request.query.to, asAt);
      if (to === null || to > asAt || from > to) {
        return reply.problem(400, {
          title: 'We could not compare these days',
          text: `Give two days up to ${formatDate(asAt)}, the earlier one first, such as 31 March 2026.`,
        });
      }
      const criteria = picture.edition.domains.flatMap((domain) => domain.criteria);
      const ids = criteria.map(({ id }) => id);
      const { before, after } = await readInAuthority(deps.db, actor.authorityId, async (tx) => ({
        before: await readJudgements(tx, actor.authorityId, ids, { asAt: from }),
        after: await readJudgements(tx, actor.authorityId, ids, { asAt: to }),
      }));
      const moves = movesBetween(criteria, before, after, picture.edition.levels);
      return reply.page(template, compareView({ picture, moves, from, to, link: linker(request) }));
    },
  );
}

const mediaTypes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** The edition of a request with its position since a day, a year before the page's unless given. */
async function load(
  deps: StandardsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  given: string,
  query: { from?: string | undefined },
) {
  const { actor, asAt, today } = request;
  const id = parseId<'framework edition'>(given);
  const from = dayIn(query.from, addMonths(asAt, -12));
  const loaded =
    id === null
      ? null
      : await readInAuthority(deps.db, actor.authorityId, async (tx) => {
          const picture = await readEditionFor(tx, actor, id, asAt, today);
          if (picture === null) return null;
          const { domains, levels } = picture.edition;
          const ids = domains.flatMap(({ criteria }) => criteria.map((one) => one.id));
          const verdicts = await readVerdicts(tx, actor.authorityId, ids, { asAt });
          const before = await readJudgements(tx, actor.authorityId, ids, { asAt: from ?? asAt });
          const now = { judgements: picture.judgements, verdicts };
          return {
            picture,
            positions: positionByDomain(domains, levels, now, before),
            authorityName: (await authorityById(tx, actor.authorityId))?.name ?? '',
          };
        });
  if (loaded === null) {
    reply.notFound();
    return null;
  }
  if (from === null || from > asAt) {
    reply.problem(400, {
      title: 'We could not read this day',
      text: `Give a day up to ${formatDate(asAt)}, such as 31 March 2026.`,
    });
    return null;
  }
  return { ...loaded, from };
}

/** A day as an address holds it, in figures or in words; null where it is none. */
function dayIn(text: string | undefined, otherwise: IsoDate): IsoDate | null {
  if (text === undefined || text.trim() === '') return otherwise;
  const read = parseWrittenDate(text);
  return read.ok ? read.date : null;
}

function fileWords(title: string): string {
  return title
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}
