import { parseIsoDate } from '#kernel/dates.ts';
import type { ActionId } from '#kernel/ids.ts';
import type { App } from '#platform/web/server.ts';
import { evidenceByIds } from '#findings';
import { userNames } from '#people';
import { movementOf } from '../rules/movement.ts';
import { readHistory } from '../store/read-history.ts';
import { readPicture } from '../store/read-picture.ts';
import type { PlanDeps } from '../web/deps.ts';
import { openPlanFor } from './open-for-program.ts';
import { pageFrom } from './page.ts';
import { planParams, readsPlans } from './plans.routes.ts';
import { factsQuery, movementQuery } from './query.ts';
import { dateShape, movementShape, oneOf, pageOf, problems, updateShape } from './shapes.ts';
import { tellDates, tellMovement, tellUpdate } from './told.ts';

/** What was recorded of a plan: updates, due dates, and what moved between two days. */
export function addFactRoutes(api: App, deps: PlanDeps): void {
  api.get(
    '/api/v1/plans/:plan/updates',
    {
      config: { ...readsPlans, token: 'updates:read' },
      schema: {
        operationId: 'listUpdates',
        summary: 'Every update of the actions of a plan, in its words',
        params: planParams,
        querystring: factsQuery,
        response: { 200: pageOf(updateShape), ...problems },
      },
    },
    async (request, reply) => {
      const { actor, asAt, params, query } = request;
      const opened = await openPlanFor(
        deps,
        request,
        reply,
        params.plan,
        'updates',
        async (tx, { plan }) => {
          const facts = await readHistory(tx, actor.authorityId, { planId: plan.id }, asAt);
          const updates = facts.updates.filter(among(query.action));
          const ids = updates.flatMap((update) => update.evidenceIds);
          return {
            updates,
            evidence: await evidenceByIds(tx, actor.authorityId, ids),
            names: await userNames(tx, actor.authorityId, writers(updates)),
          };
        },
      );
      if (opened === null) return reply;
      const { updates, names, evidence } = opened.more;
      const all = updates.map((update) => tellUpdate(update, names, evidence));
      return pageFrom(request, query, all);
    },
  );

  api.get(
    '/api/v1/plans/:plan/dates',
    {
      config: readsPlans,
      schema: {
        operationId: 'listDates',
        summary: 'Every due date that the actions of a plan have had, with the reason for each',
        params: planParams,
        querystring: factsQuery,
        response: { 200: pageOf(dateShape), ...problems },
      },
    },
    async (request, reply) => {
      const { actor, asAt, params, query } = request;
      const opened = await openPlanFor(
        deps,
        request,
        reply,
        params.plan,
        'dates',
        async (tx, { plan }) => {
          const facts = await readHistory(tx, actor.authorityId, { planId: plan.id }, asAt);
          const dues = facts.dues.filter(among(query.action));
          return { dues, names: await userNames(tx, actor.authorityId, writers(dues)) };
        },
      );
      if (opened === null) return reply;
      return pageFrom(request, query, tellDates(opened.more.dues, opened.more.names));
    },
  );

  api.get(
    '/api/v1/plans/:plan/movement',
    {
      config: readsPlans,
      schema: {
        operationId: 'getMovement',
        summary: 'What moved in a plan between two days; the figures always add up',
        params: planParams,
        querystring: movementQuery,
        response: { 200: oneOf(movementShape), ...problems },
      },
    },
    async (request, reply) => {
      const { actor, params, today, query } = request;
      const from = parseIsoDate(query.from);
      const to = query.to === undefined ? request.asAt : parseIsoDate(query.to);
      if (from === null || to === null || from > to || to > today) {
        return reply.problem(400, {
          title: 'from and to are no two days',
          text: 'Give two days as YYYY-MM-DD, the earlier one first, and none in the future.',
        });
      }
      request.asAt = to;
      const opened = await openPlanFor(
        deps,
        request,
        reply,
        params.plan,
        'movement',
        async (tx, after) => {
          const { authorityId } = actor;
          const before = await readPicture(tx, authorityId, after.plan.id, from);
          const facts = await readHistory(tx, authorityId, { planId: after.plan.id }, to);
          return movementOf(before, after, facts, from);
        },
      );
      if (opened === null) return reply;
      const { picture, more } = opened;
      return { asAt: to, item: tellMovement(picture.plan.id, more) };
    },
  );
}

const among =
  (wanted: readonly string[] | undefined) =>
  ({ actionId }: { actionId: ActionId }): boolean =>
    wanted === undefined || wanted.includes(actionId);

function writers<Who extends string>(facts: readonly { by: Who | null }[]): Who[] {
  return [...new Set(facts.flatMap(({ by }) => by ?? []))];
}
