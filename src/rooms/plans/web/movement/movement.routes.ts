import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { writeDocx, whyNoPaper } from '#platform/documents/write/paper.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { logRead } from '#people';
import { comparedColumns, comparedRows } from '../../out/compare-columns.ts';
import { exportList, listFormats } from '../../out/list.ts';
import { movementPaper } from '../../out/movement-paper.ts';
import { comparePictures } from '../../rules/compare.ts';
import { readMovement } from '../../store/read-movement.ts';
import { readRounds } from '../../store/rounds.ts';
import type { PlanDeps } from '../deps.ts';
import { linker } from '../linker.ts';
import { loadPlan } from '../load-plan.ts';
import { routePaths } from '../paths.ts';
import { movementQuery, readComparison, type MovementQuery } from './movement-query.ts';
import { movementView } from './movement.view.ts';

const params = z.strictObject({ plan: z.string().max(100) });
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** What moved between two days, as a page and as files. */
export function registerMovement(app: App, deps: PlanDeps): void {
  app.get(
    routePaths.movement,
    { schema: { params, querystring: movementQuery }, config: { rule: { may: ['R', 'PLN'] } } },
    async (request, reply) => {
      const loaded = await loadMovement(deps, request, reply, request.params.plan, request.query);
      if (loaded === null) return reply;
      const view = movementView({ ...loaded, today: request.today, link: linker(request) });
      return reply.page('rooms/plans/web/page.njk', view);
    },
  );

  app.get(
    routePaths.exportMovement,
    {
      schema: {
        params,
        querystring: movementQuery.extend({ format: z.enum(['docx', ...listFormats]) }),
      },
      config: { rule: { may: ['E', 'PLN'] }, fairUse: 'export' },
    },
    async (request, reply) => {
      const { format, ...query } = request.query;
      const loaded = await loadMovement(deps, request, reply, request.params.plan, query);
      if (loaded === null) return reply;
      if (!loaded.allowed.export) return reply.problem(403);
      const { movement, before, after, comparison } = loaded;
      const { plan } = after;
      const authorityName = request.shell.authority?.name ?? '';
      const compared = comparePictures(before, after);
      const read = [{ fact: 'plan', id: plan.id }];
      await logRead(deps.db, request.actor, `exported as ${format}`, read);
      if (format === 'docx') {
        const made = await writeDocx(
          movementPaper({
            read: { movement, before, after },
            compared,
            authorityName,
            printed: { by: request.actor.name, at: request.now },
          }),
        );
        if (made.kind === 'cannot') {
          return reply.problem(503, { title: 'The file was not made', text: whyNoPaper(made.why) });
        }
        const fileName = `${plan.slug}-movement-${comparison.to}.docx`;
        return sendFile(reply, { fileName, mediaType: docx, bytes: made.bytes });
      }
      const shown = compared.filter(
        ({ kind }) => comparison.show === 'all' || kind === comparison.show,
      );
      return sendFile(
        reply,
        await exportList(format, {
          name: `${plan.slug}-compared-${comparison.from}`,
          title: `${plan.title}: what differs`,
          columns: comparedColumns,
          rows: comparedRows(shown),
          asAt: comparison.to,
          exportedBy: request.actor.name,
          exportedAt: request.now,
          authorityName,
        }),
      );
    },
  );
}

/** Everything of a comparison that an address asks for; null once answered. */
async function loadMovement(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  slug: string,
  query: MovementQuery,
) {
  const { actor, asAt, today } = request;
  const loaded = await loadPlan(deps, request, reply, slug, async (tx, picture) => {
    const planId = picture.plan.id;
    // Rounds closed since the day of the page are points to compare with as well.
    const rounds = await readRounds(tx, actor.authorityId, [planId], { asAt: today });
    const read = readComparison(query, rounds, asAt, today);
    if (!read.ok) return read;
    const { comparison } = read;
    const { from, to } = comparison;
    const moved = await readMovement(tx, actor.authorityId, planId, from, to);
    return moved === null
      ? { ok: false as const, why: 'The plan had not begun by then. Choose a later day.' }
      : { ok: true as const, comparison, rounds, ...moved };
  });
  if (loaded === null) return null;
  const { picture, allowed, more } = loaded;
  if (!more.ok) {
    reply.problem(400, { title: 'We could not compare these days', text: more.why });
    return null;
  }
  return { picture, allowed, ...more };
}
