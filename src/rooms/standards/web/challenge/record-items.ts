import { parseId } from '#kernel/ids.ts';
import { may, type ItemKind } from '#people';
import { isGuest, readChallengeFor } from '../../actions/challenge/open-challenge.ts';
import { challengePaths } from './paths.ts';

/** A challenge as the keeping of records needs to know it; its rows are told by rows_of_challenge. */
export const challengeItemKinds: readonly ItemKind[] = [
  {
    kind: 'challenge',
    name: 'peer challenge',
    find: async (tx, actor, id, today) => {
      const challengeId = parseId<'challenge'>(id);
      const challenge =
        challengeId && (await readChallengeFor(tx, actor, challengeId, today, today));
      if (challenge === null || isGuest(actor)) return null;
      return {
        kind: 'challenge',
        id,
        cls: 'PLN',
        title: challenge.title,
        href: challengePaths.challenge(id),
        mayChange: may(actor, 'U', 'PLN'),
        mayExport: may(actor, 'E', 'PLN'),
      };
    },
  },
];
