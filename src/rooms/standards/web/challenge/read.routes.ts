import type { App } from '#platform/web/server.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { may, namedGrants, opens } from '#people';
import { isGuest, listChallengesFor } from '../../actions/challenge/open-challenge.ts';
import { readShared } from '../../store/challenge/shared.ts';
import {
  challengeParams,
  loadChallenge,
  pageTemplate,
  sectionParams,
  type ChallengeDeps,
} from './ground.ts';
import { linker } from '../parts.ts';
import { challengeRoutes } from './paths.ts';
import { challengesView, challengeView, sectionView } from './read.view.ts';

const config = { rule: { may: ['R', 'PLN'] } } as const;

/** Challenges as they are read: by the council, and by the guests that each was shared with. */
export function addChallengeReading(app: App, deps: ChallengeDeps): void {
  app.get(challengeRoutes.list, { config }, async (request, reply) => {
    const { actor, asAt, today } = request;
    const challenges = await readInAuthority(deps.db, actor.authorityId, (tx) =>
      listChallengesFor(tx, actor, asAt, today),
    );
    const maySetUp = asAt === today && may(actor, 'C', 'PLN');
    return reply.page(
      pageTemplate,
      challengesView({ challenges, asAt, maySetUp, guest: isGuest(actor), link: linker(request) }),
    );
  });

  app.get(
    challengeRoutes.challenge,
    { config, schema: { params: challengeParams } },
    async (request, reply) => {
      const { actor, asAt, today } = request;
      const loaded = await loadChallenge(deps, request, reply, async (tx, challenge) => ({
        sections: await readShared(tx, actor.authorityId, challenge.shared, challenge.positionOn),
        grants: await namedGrants(tx, actor.authorityId, { itemId: challenge.id }),
      }));
      if (loaded === null) return reply;
      const { challenge, allowed, more } = loaded;
      const guests = more.grants.filter((grant) => opens(grant, today)).length;
      const { sections } = more;
      return reply.page(
        pageTemplate,
        challengeView({ challenge, sections, allowed, guests, asAt, link: linker(request) }),
      );
    },
  );

  app.get(
    challengeRoutes.section,
    { config, schema: { params: sectionParams } },
    async (request, reply) => {
      const { actor, params } = request;
      const loaded = await loadChallenge(deps, request, reply, async (tx, challenge) => {
        const all = await readShared(tx, actor.authorityId, challenge.shared, challenge.positionOn);
        const at = all.findIndex(({ id }) => id === params.part);
        const section = all[at];
        return section === undefined ? null : { section, next: all[at + 1] ?? null };
      });
      if (loaded === null) return reply;
      const { challenge, allowed, more } = loaded;
      return reply.page(
        pageTemplate,
        sectionView({ challenge, allowed, ...more, link: linker(request) }),
      );
    },
  );
}
