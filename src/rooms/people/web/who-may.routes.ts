import { readInAuthority } from '#platform/db/authority.ts';
import type { App } from '#platform/web/server.ts';
import { readCensus } from '../store/census.ts';
import { namedGrants } from '../store/named-grants.ts';
import { paths } from './paths.ts';
import { peoplePages } from './people.view.ts';
import type { PeopleDeps } from './register.ts';
import { guestTable, rolesTable } from './who-may.view.ts';

const looks = { rule: { may: ['L', 'USR'] } } as const;
const template = 'rooms/people/web/who-may.njk';

/** Who holds which role, and what is open to guests by name: without what it is about. */
export function addWhoMayRoutes(app: App, deps: PeopleDeps): void {
  app.get(paths.roles, { config: looks }, async (request, reply) => {
    const { actor, today } = request;
    const census = await readInAuthority(deps.db, actor.authorityId, (tx) =>
      readCensus(tx, actor.authorityId, today),
    );
    return reply.page(template, {
      title: 'Who holds which role',
      wide: true,
      subNavigation: peoplePages('roles'),
      lead: 'Every role with whoever holds it today. A role that waits for a second administrator is not held.',
      table: rolesTable(census, today),
    });
  });

  app.get(paths.guests, { config: looks }, async (request, reply) => {
    const { actor, today } = request;
    const { census, grants } = await readInAuthority(deps.db, actor.authorityId, async (tx) => ({
      census: await readCensus(tx, actor.authorityId, today),
      grants: await namedGrants(tx, actor.authorityId),
    }));
    return reply.page(template, {
      title: 'What is open to guests',
      wide: true,
      subNavigation: peoplePages('guests'),
      lead:
        grants.length === 0
          ? 'Nothing was ever shared with a guest.'
          : 'Plans that were shared with a guest by name, the newest first. Whoever keeps a plan shares it, and takes it back, from its settings.',
      table: grants.length === 0 ? null : guestTable(grants, census, today),
    });
  });
}
