import { z } from 'zod';
import type { App } from '#platform/web/server.ts';
import { logRead, tokensPath } from '#people';
import type { PlanDeps } from '../web/deps.ts';
import { dataOutView } from '../web/data-out.view.ts';
import { loadPlan } from '../web/load-plan.ts';
import { paths, routePaths } from '../web/paths.ts';
import { sendFlat } from './flat.routes.ts';
import { exportablePlans } from './open-for-program.ts';

/** What is read of the OpenAPI document for the page. */
const operations = z.object({
  paths: z.record(
    z.string(),
    z.object({
      get: z.object({
        summary: z.string(),
        security: z.array(z.object({ token: z.array(z.string()) })),
      }),
    }),
  ),
});
const exports = { rule: { may: ['E', 'PLN'] }, fairUse: 'export' } as const;

/** For people: what programs can read, and the same flat files as ordinary exports. */
export function addDataOutPages(app: App, deps: PlanDeps, described: () => object): void {
  app.get(paths.dataOut(), { config: { rule: { may: ['E', 'PLN'] } } }, (request, reply) => {
    const { paths: found } = operations.parse(described());
    const addresses = Object.entries(found).map(([path, { get }]) => ({
      path,
      summary: get.summary,
      scope: get.security.flatMap(({ token }) => token).join(', '),
    }));
    const origin = `${request.protocol}://${request.host}`;
    return reply.page(
      'rooms/plans/web/page.njk',
      dataOutView({ addresses, origin, tokensHref: tokensPath }),
    );
  });

  app.get(paths.openApi(), { config: { rule: { may: ['E', 'PLN'] } } }, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(described())),
  );

  app.get(paths.flatOfAll(), { config: exports }, async (request, reply) => {
    const pictures = await exportablePlans(deps, request);
    const read = pictures.map(({ plan }) => ({ fact: 'plan', id: plan.id }));
    await logRead(deps.db, request.actor, 'exported as flat csv', read);
    return sendFlat(request, reply, 'actions', pictures);
  });

  app.get(
    routePaths.flat,
    { config: exports, schema: { params: z.strictObject({ plan: z.string().max(100) }) } },
    async (request, reply) => {
      const { plan } = request.params;
      const loaded = await loadPlan(deps, request, reply, plan, () => Promise.resolve(null));
      if (loaded === null) return reply;
      const { picture, allowed } = loaded;
      if (!allowed.export) return reply.problem(403);
      const read = [{ fact: 'plan', id: picture.plan.id }];
      await logRead(deps.db, request.actor, 'exported as flat csv', read);
      return sendFlat(request, reply, picture.plan.slug, [picture]);
    },
  );
}
