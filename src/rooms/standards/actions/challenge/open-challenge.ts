import type { IsoDate } from '#kernel/dates.ts';
import type { ChallengeId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, noteRead, type Actor, type CircumstancesOfRecord, type Letter } from '#people';
import { phaseOf, type Challenge } from '../../rules/challenge/picture.ts';
import { lockChallenge } from '../../store/challenge/append.ts';
import { readChallenge, readChallenges } from '../../store/challenge/read.ts';
import { forbidden, notFound, type Forbidden, type NotFound } from '../outcome.ts';

/**
 * How a person stands to a challenge: a guest, while it was shared with them by name and it is
 * open. The matrix gives a peer reviewer no letter but L and R, so a guest reads and writes nothing.
 */
export function standingToChallenge(
  actor: Pick<Actor, 'grantedIds'>,
  challenge: Challenge,
  today: IsoDate,
): CircumstancesOfRecord {
  const named = (actor.grantedIds ?? []).includes(challenge.id);
  return { granted: named && phaseOf(challenge, today) === 'open' };
}

/** Whether this person reads it because it was shared with them, and not as one of the council. */
export function isGuest(actor: Actor): boolean {
  return !may(actor, 'R', 'PLN');
}

/** The challenge as this person may read it as at a day; null where they may not know of it. */
export async function readChallengeFor(
  tx: Tx,
  actor: Actor,
  id: ChallengeId,
  asAt: IsoDate,
  today: IsoDate,
): Promise<Challenge | null> {
  const now = await readChallenge(tx, actor.authorityId, id, { asAt: today });
  if (now === null || !may(actor, 'R', 'PLN', standingToChallenge(actor, now, today))) return null;
  const found = asAt === today ? now : await readChallenge(tx, actor.authorityId, id, { asAt });
  if (found !== null) noteRead(actor, [{ fact: 'challenge', id }]);
  return found;
}

/** The challenges that this person may know of, as at a day; permissions are today's. */
export async function listChallengesFor(
  tx: Tx,
  actor: Actor,
  asAt: IsoDate,
  today: IsoDate,
): Promise<Challenge[]> {
  const now = await readChallenges(tx, actor.authorityId, { asAt: today });
  const readable = new Set(
    now
      .filter((one) => may(actor, 'L', 'PLN', standingToChallenge(actor, one, today)))
      .map(({ id }) => id),
  );
  const all = asAt === today ? now : await readChallenges(tx, actor.authorityId, { asAt });
  const found = all.filter(({ id }) => readable.has(id));
  noteRead(
    actor,
    found.map(({ id }) => ({ fact: 'challenge', id })),
  );
  return found;
}

/**
 * Opens a challenge for writing: locks it, reads it as it stands today and asks whether this
 * person may.
 */
export async function openChallenge(
  tx: Tx,
  actor: Actor,
  id: ChallengeId,
  letter: Letter,
  today: IsoDate,
): Promise<{ kind: 'open'; challenge: Challenge } | NotFound | Forbidden> {
  await lockChallenge(tx, actor.authorityId, id);
  const challenge = await readChallengeFor(tx, actor, id, today, today);
  if (challenge === null) return notFound;
  return may(actor, letter, 'PLN') ? { kind: 'open', challenge } : forbidden;
}
