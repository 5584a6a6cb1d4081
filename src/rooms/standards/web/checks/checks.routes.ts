import { z } from 'zod';
import { readInAuthority } from '#platform/db/authority.ts';
import type { App } from '#platform/web/server.ts';
import { may } from '#people';
import { areas, severities } from '../../rules/checks/check.ts';
import { checks, runChecks } from '../../rules/checks/index.ts';
import { toldTo } from '../../actions/tell-checks.ts';
import { readCheckGround } from '../../store/read-check-ground.ts';
import type { StandardsDeps } from '../deps.ts';
import { linker } from '../parts.ts';
import { checksView } from './checks.view.ts';
import { checksPath } from './paths.ts';

/** The address is the view: a link to one check can be kept or sent. */
const query = z.strictObject({
  severity: z.enum(severities).optional(),
  area: z.enum(areas).optional(),
  check: z.enum(checks.map(({ name }) => name)).optional(),
  page: z.coerce.number().int().min(1).max(1000).optional(),
});

/** What is missing or weak, as far as a person may know of it. */
export function addCheckRoutes(app: App, deps: StandardsDeps): void {
  app.get(
    checksPath,
    { schema: { querystring: query }, config: { rule: { may: ['R', 'PLN'] } } },
    async (request, reply) => {
      const { actor, asAt } = request;
      // They look over the whole: to whoever reads only their own they would say that all is well.
      if (!may(actor, 'R', 'PLN')) return reply.notFound();
      const ground = await readInAuthority(deps.db, actor.authorityId, (tx) =>
        readCheckGround(tx, actor.authorityId, asAt),
      );
      const { severity = null, area = null, check = null, page = 1 } = request.query;
      return reply.page(
        'rooms/standards/web/page.njk',
        checksView({
          results: toldTo(actor, runChecks(ground)),
          filter: { severity, area, check },
          page,
          link: linker(request),
        }),
      );
    },
  );
}
