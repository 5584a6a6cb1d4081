import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readInAuthority } from '#platform/db/authority.ts';
import { parseWrittenDate } from '#platform/web/dates-written.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { logRead, may, type ReadRef } from '#people';
import { changeColumns, myWorkColumns, planColumns } from '../out/list-columns.ts';
import { exportList, listFormats, type ListFormat } from '../out/list.ts';
import { standingToPlan } from '../rules/assignment.ts';
import type { PlanDeps } from './deps.ts';
import { planHistory, readableMine, readablePlans } from './load-lists.ts';
import { loadPlan } from './load-plan.ts';
import { paths, routePaths } from './paths.ts';

const format = z.enum(listFormats);
const exporting = { rule: { may: ['E', 'PLN'] }, fairUse: 'export' } as const;

/** The lists other than a plan's actions, as files: what is on the screen, row for row. */
export function registerListExports(app: App, deps: PlanDeps): void {
  app.get(
    paths.exportPlans(),
    { schema: { querystring: z.strictObject({ format }) }, config: exporting },
    async (request, reply) => {
      const { actor, asAt, today } = request;
      const pictures = await readInAuthority(deps.db, actor.authorityId, (tx) =>
        readablePlans(tx, actor, asAt, today),
      );
      const rows = pictures.filter((picture) =>
        may(actor, 'E', 'PLN', standingToPlan(actor, picture)),
      );
      const list = { name: 'plans', title: 'Plans', columns: planColumns, rows };
      await logList(
        deps,
        request,
        rows.map(({ plan }) => ({ fact: 'plan', id: plan.id })),
      );
      return sendFile(
        reply,
        await exportList(request.query.format, { ...list, ...madeBy(request) }),
      );
    },
  );

  app.get(
    paths.exportMyWork(),
    { schema: { querystring: z.strictObject({ format }) }, config: exporting },
    async (request, reply) => {
      const { actor, asAt, today } = request;
      const mine = await readInAuthority(deps.db, actor.authorityId, (tx) =>
        readableMine(tx, actor, asAt, today),
      );
      const rows = mine.filter(({ picture }) =>
        may(actor, 'E', 'PLN', standingToPlan(actor, picture)),
      );
      const list = { name: 'my-work', title: 'My work', columns: myWorkColumns, rows };
      await logList(
        deps,
        request,
        rows.map(({ action }) => ({ fact: 'action', id: action.id })),
      );
      return sendFile(
        reply,
        await exportList(request.query.format, { ...list, ...madeBy(request) }),
      );
    },
  );

  app.get(
    routePaths.exportChanges,
    {
      schema: {
        params: z.strictObject({ plan: z.string().max(100) }),
        querystring: z.strictObject({ format, since: z.string().max(40).optional() }),
      },
      config: exporting,
    },
    async (request, reply) => {
      const { plan } = request.params;
      const loaded = await loadPlan(deps, request, reply, plan, (tx, picture) =>
        planHistory(tx, request, picture),
      );
      if (loaded === null) return reply;
      const { picture, allowed, more } = loaded;
      if (!allowed.export) return reply.problem(403);
      const given = request.query.since ?? '';
      const since = given === '' ? null : parseWrittenDate(given);
      if (since !== null && !since.ok) return reply.problem(400);
      const rows = more.history.filter((entry) => since === null || entry.effectiveOn > since.date);
      await logList(deps, request, [{ fact: 'plan', id: picture.plan.id }]);
      return sendFile(
        reply,
        await exportList(request.query.format, {
          name: `${picture.plan.slug}-changes`,
          title: `Changes to ${picture.plan.title}`,
          columns: changeColumns(picture, more.names),
          rows,
          ...madeBy(request),
        }),
      );
    },
  );
}

/** An export that cannot be logged is not sent (G-02). */
function logList(
  deps: PlanDeps,
  request: FastifyRequest<{ Querystring: { format: ListFormat } }>,
  read: readonly ReadRef[],
): Promise<void> {
  return logRead(deps.db, request.actor, `exported in a list, as ${request.query.format}`, read);
}

function madeBy(request: FastifyRequest) {
  return {
    asAt: request.asAt,
    exportedBy: request.actor.name,
    exportedAt: request.now,
    authorityName: request.shell.authority?.name ?? '',
  };
}
