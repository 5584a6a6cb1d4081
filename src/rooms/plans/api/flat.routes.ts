import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import type { PlanPicture } from '../rules/picture.ts';
import type { PlanDeps } from '../web/deps.ts';
import { flatColumns, flatCsv } from './flat.ts';
import { openPlanFor, openPlansFor } from './open-for-program.ts';
import { planParams, readsPlans } from './plans.routes.ts';
import { onADay } from './query.ts';
import { columnShape, problems } from './shapes.ts';

const csv = {
  200: {
    description: 'One header row, then a row an action; the columns are those of the dictionary',
    content: { 'text/csv': { schema: z.string() } },
  },
  ...problems,
};
/** A whole council's actions take longer than a page of them. */
const readsMuch = { ...readsPlans, fairUse: 'search' } as const;

/** The flat file, for programs that make reports, such as Power BI. */
export function addFlatRoutes(api: App, deps: PlanDeps): void {
  api.get(
    '/api/v1/actions.csv',
    {
      config: readsMuch,
      schema: {
        operationId: 'downloadActions',
        summary: 'Every action of every plan that may be exported, as one flat file',
        querystring: onADay,
        response: csv,
      },
    },
    async (request, reply) => {
      const pictures = await openPlansFor(deps, request, 'actions as csv');
      return sendFlat(request, reply, 'actions', pictures);
    },
  );

  api.get(
    '/api/v1/actions.csv/dictionary',
    {
      config: readsPlans,
      schema: {
        operationId: 'listColumns',
        summary: 'What each column of actions.csv holds',
        response: { 200: z.object({ items: z.array(columnShape) }), ...problems },
      },
    },
    () => ({ items: flatColumns.map(({ name, type, meaning }) => ({ name, type, meaning })) }),
  );

  api.get(
    '/api/v1/plans/:plan/actions.csv',
    {
      config: readsPlans,
      schema: {
        operationId: 'downloadActionsOfPlan',
        summary: 'Every action of one plan, as a flat file of the same columns',
        params: planParams,
        querystring: onADay,
        response: csv,
      },
    },
    async (request, reply) => {
      const { plan } = request.params;
      const opened = await openPlanFor(deps, request, reply, plan, 'actions as csv', () =>
        Promise.resolve(null),
      );
      if (opened === null) return reply;
      return sendFlat(request, reply, opened.picture.plan.slug, [opened.picture]);
    },
  );
}

/** Sends the actions of these plans as one flat file. */
export function sendFlat(
  { asAt }: FastifyRequest,
  reply: FastifyReply,
  name: string,
  pictures: readonly PlanPicture[],
): FastifyReply {
  return sendFile(reply, {
    fileName: `${name}-flat-${asAt}.csv`,
    mediaType: 'text/csv; charset=utf-8',
    bytes: flatCsv(pictures),
  });
}
