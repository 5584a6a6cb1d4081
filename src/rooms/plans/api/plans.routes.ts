import { z } from 'zod';
import type { App } from '#platform/web/server.ts';
import { filterActions } from '../rules/filter.ts';
import type { PlanDeps } from '../web/deps.ts';
import { openPlanFor, openPlansFor } from './open-for-program.ts';
import { pageFrom } from './page.ts';
import { actionsQuery, filterOf, listQuery, onADay } from './query.ts';
import { actionShape, objectiveShape, oneOf, pageOf, planShape, problems } from './shapes.ts';
import { actionTeller, tellObjective, tellPlan } from './told.ts';

export const planParams = z.strictObject({
  plan: z.string().max(100).meta({ description: 'The id of a plan, or the words in its address' }),
});
const actionParams = planParams.extend({
  action: z.string().max(40).meta({ description: 'The id of an action' }),
});
export const readsPlans = { rule: { may: ['E', 'PLN'] }, token: 'plans:read' } as const;
const noMore = () => Promise.resolve(null);

/** Plans, objectives and actions as they stand. */
export function addPlanRoutes(api: App, deps: PlanDeps): void {
  api.get(
    '/api/v1/plans',
    {
      config: readsPlans,
      schema: {
        operationId: 'listPlans',
        summary: 'Every plan that may be exported, with its figures',
        querystring: listQuery,
        response: { 200: pageOf(planShape), ...problems },
      },
    },
    async (request) => {
      const pictures = await openPlansFor(deps, request, 'plans');
      return pageFrom(request, request.query, pictures.map(tellPlan));
    },
  );

  api.get(
    '/api/v1/plans/:plan',
    {
      config: readsPlans,
      schema: {
        operationId: 'getPlan',
        summary: 'One plan, with its figures',
        params: planParams,
        querystring: onADay,
        response: { 200: oneOf(planShape), ...problems },
      },
    },
    async (request, reply) => {
      const { plan } = request.params;
      const opened = await openPlanFor(deps, request, reply, plan, 'a plan', noMore);
      if (opened === null) return reply;
      return { asAt: request.asAt, item: tellPlan(opened.picture).tell() };
    },
  );

  api.get(
    '/api/v1/plans/:plan/objectives',
    {
      config: readsPlans,
      schema: {
        operationId: 'listObjectives',
        summary: 'The objectives of a plan, with the figures of each',
        params: planParams,
        querystring: listQuery,
        response: { 200: pageOf(objectiveShape), ...problems },
      },
    },
    async (request, reply) => {
      const { plan } = request.params;
      const opened = await openPlanFor(deps, request, reply, plan, 'objectives', noMore);
      if (opened === null) return reply;
      const { picture } = opened;
      const all = picture.objectives.map((objective) => tellObjective(objective, picture));
      return pageFrom(request, request.query, all);
    },
  );

  api.get(
    '/api/v1/plans/:plan/actions',
    {
      config: readsPlans,
      schema: {
        operationId: 'listActions',
        summary: 'The actions of a plan, filtered by the words of its list page',
        description:
          'In the order in which they were made, so that going from page to page meets each once; `place` is the order of the plan. Withdrawn actions are left out unless asked for.',
        params: planParams,
        querystring: actionsQuery,
        response: { 200: pageOf(actionShape), ...problems },
      },
    },
    async (request, reply) => {
      const { plan } = request.params;
      const opened = await openPlanFor(deps, request, reply, plan, 'actions', noMore);
      if (opened === null) return reply;
      const { picture } = opened;
      const shown = filterActions(picture, filterOf(request.query), 'plan');
      return pageFrom(request, request.query, shown.map(actionTeller(picture)));
    },
  );

  api.get(
    '/api/v1/plans/:plan/actions/:action',
    {
      config: readsPlans,
      schema: {
        operationId: 'getAction',
        summary: 'One action',
        params: actionParams,
        querystring: onADay,
        response: { 200: oneOf(actionShape), ...problems },
      },
    },
    async (request, reply) => {
      const { plan, action: id } = request.params;
      const opened = await openPlanFor(deps, request, reply, plan, 'actions', noMore);
      if (opened === null) return reply;
      const { picture } = opened;
      const action = picture.actions.find((one) => one.id === id);
      if (action === undefined) return reply.notFound();
      return { asAt: request.asAt, item: actionTeller(picture)(action).tell() };
    },
  );
}
