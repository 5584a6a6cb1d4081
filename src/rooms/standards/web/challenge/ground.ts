import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { may, type Actor, type Letter } from '#people';
import { isGuest, readChallengeFor } from '../../actions/challenge/open-challenge.ts';
import type { Challenge } from '../../rules/challenge/picture.ts';
import { earlierDay } from '../parts.ts';

/** What the pages of peer challenges need from the program. */
export interface ChallengeDeps {
  db: Db;
}

export const challengeParams = z.strictObject({ challenge: z.string().max(40) });
export const sectionParams = challengeParams.extend({ part: z.string().max(40) });
export const itemParams = challengeParams.extend({ said: z.string().max(40) });
export const returnParams = challengeParams.extend({ back: z.string().max(40) });

export const pageTemplate = 'rooms/standards/web/page.njk';

/** What a person may do with a challenge, on the day that the page shows. */
export interface Allowed {
  /** They read it because it was shared with them: they are shown nothing of how it is run. */
  guest: boolean;
  change: boolean;
  withdraw: boolean;
  share: boolean;
  export: boolean;
  makeFinding: boolean;
}

export function allowedWith(actor: Actor, isToday: boolean): Allowed {
  const can = (letter: Letter) => may(actor, letter, 'PLN');
  return {
    guest: isGuest(actor),
    change: isToday && can('U'),
    withdraw: isToday && can('X+'),
    share: isToday && can('G'),
    export: can('E'),
    makeFinding: isToday && can('C'),
  };
}

type ChallengeRequest = FastifyRequest<{ Params: z.output<typeof challengeParams> }>;

/**
 * The challenge of a request as its person may read it on the day of the page, with whatever else
 * the page needs. Null once a problem page was sent: what is absent and what is hidden look alike.
 */
export async function loadChallenge<More>(
  deps: ChallengeDeps,
  request: ChallengeRequest,
  reply: FastifyReply,
  more: (tx: Tx, challenge: Challenge) => Promise<More | null>,
): Promise<{ challenge: Challenge; allowed: Allowed; more: More } | null> {
  const { actor, asAt, today } = request;
  const id = parseId<'challenge'>(request.params.challenge);
  const loaded =
    id === null
      ? null
      : await readInAuthority(deps.db, actor.authorityId, async (tx) => {
          const challenge = await readChallengeFor(tx, actor, id, asAt, today);
          const other = challenge === null ? null : await more(tx, challenge);
          return challenge === null || other === null ? null : { challenge, more: other };
        });
  if (loaded === null) {
    reply.notFound();
    return null;
  }
  return { ...loaded, allowed: allowedWith(actor, asAt === today) };
}

/** As `loadChallenge` for a form: today alone, and for who may. */
export async function loadForm<More>(
  deps: ChallengeDeps,
  request: ChallengeRequest,
  reply: FastifyReply,
  needs: Exclude<keyof Allowed, 'guest'>,
  more: (tx: Tx, challenge: Challenge) => Promise<More | null>,
): Promise<{ challenge: Challenge; allowed: Allowed; more: More } | null> {
  if (request.asAt !== request.today) {
    reply.problem(400, earlierDay);
    return null;
  }
  const loaded = await loadChallenge(deps, request, reply, more);
  if (loaded === null || loaded.allowed[needs]) return loaded;
  reply.problem(403);
  return null;
}
