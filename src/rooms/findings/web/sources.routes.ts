import { readInAuthority } from '#platform/db/authority.ts';
import type { App } from '#platform/web/server.ts';
import { logRead, noteRead } from '#people';
import { readableSources } from '../actions/read-register.ts';
import type { FindingDeps } from './deps.ts';
import { linker } from './linker.ts';
import { mayRegister } from './load.ts';
import { paths } from './paths.ts';
import { readSourceQuery, sourceQuery } from './source-query.ts';
import { sourcesView } from './sources.view.ts';

/** The list of sources. */
export function addSourceListRoutes(app: App, deps: FindingDeps): void {
  app.get(
    paths.sources(),
    {
      config: { rule: { may: ['R', 'PLN'] }, fairUse: 'search' },
      schema: { querystring: sourceQuery },
    },
    async (request, reply) => {
      const { actor, asAt, today } = request;
      const sources = await readInAuthority(deps.db, actor.authorityId, (tx) =>
        readableSources(tx, actor, { asAt, today }),
      );
      const refs = sources.map(({ source }) => ({ fact: 'source', id: source.id }));
      noteRead(actor, refs);
      const restricted = sources.filter(({ source }) => source.classification === 'restricted');
      if (restricted.length > 0) {
        const read = restricted.map(({ source }) => ({ fact: 'source', id: source.id }));
        await logRead(deps.db, actor, 'read in a list, FND', read);
      }
      return reply.page(
        'rooms/findings/web/page.njk',
        sourcesView({
          sources,
          view: readSourceQuery(request.query),
          mayRegister: mayRegister(actor),
          asAt,
          isToday: asAt === today,
          link: linker(request),
        }),
      );
    },
  );
}
