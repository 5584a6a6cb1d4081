import { addDays, formatDate, type IsoDate } from '#kernel/dates.ts';
import type { ChallengeId, UserId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { longestGuestDays, nameGuest, withdrawGuest, type Actor, type NamedGrantId } from '#people';
import { phaseOf } from '../../rules/challenge/picture.ts';
import { notFound, refused, type Forbidden, type NotFound, type Refused } from '../outcome.ts';
import { openChallenge } from './open-challenge.ts';

export type ShareOutcome = { kind: 'done' } | NotFound | Forbidden | Refused;

const whyNotNamed = {
  'not-a-guest': { field: 'guest', text: 'Choose a peer reviewer' },
  'named-already': { field: 'guest', text: 'This challenge is shared with them already' },
  'too-long': {
    field: 'until',
    text: `The last day must be today or one of the ${longestGuestDays - 1} days after it`,
  },
} as const;

/**
 * Opens a challenge to a peer reviewer by name, from today until a last day: 14 days at most, and
 * not after the challenge closes. They read what is shared, and nothing else.
 */
export async function shareChallenge(
  db: Db,
  actor: Actor,
  today: IsoDate,
  challengeId: ChallengeId,
  given: { userId: UserId; reason: string; lastDay: IsoDate },
): Promise<ShareOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx): Promise<ShareOutcome> => {
    const opened = await openChallenge(tx, actor, challengeId, 'G', today);
    if (opened.kind !== 'open') return opened;
    const { challenge } = opened;
    const phase = phaseOf(challenge, today);
    if (phase !== 'open') {
      return refused({ field: null, text: whyNotShared(phase, challenge.opensOn) });
    }
    if (given.lastDay > challenge.closesOn) {
      const text = `The challenge closes on ${formatDate(challenge.closesOn)}: choose that day or an earlier one`;
      return refused({ field: 'until', text });
    }
    const grant = { ...given, itemKind: 'challenge', itemId: challengeId } as const;
    const outcome = await nameGuest(tx, actor, grant, today);
    return outcome.kind === 'named' ? { kind: 'done' } : refused(whyNotNamed[outcome.kind]);
  });
}

/** Takes a challenge back from a guest, at once. */
export async function unshareChallenge(
  db: Db,
  actor: Actor,
  today: IsoDate,
  challengeId: ChallengeId,
  grantId: NamedGrantId,
): Promise<ShareOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx): Promise<ShareOutcome> => {
    const opened = await openChallenge(tx, actor, challengeId, 'G', today);
    if (opened.kind !== 'open') return opened;
    const outcome = await withdrawGuest(tx, actor, { grantId, itemId: challengeId }, today);
    return outcome.kind === 'withdrawn' ? { kind: 'done' } : notFound;
  });
}

/** The longest that a guest can be given on a day: 14 days, or until it closes. */
export function lastDayToShare(closesOn: IsoDate, today: IsoDate): IsoDate {
  const longest = addDays(today, longestGuestDays - 1);
  return closesOn < longest ? closesOn : longest;
}

function whyNotShared(phase: 'withdrawn' | 'not open yet' | 'closed', opensOn: IsoDate): string {
  if (phase === 'withdrawn') return 'This challenge was withdrawn, so it is shared with nobody.';
  if (phase === 'closed') return 'This challenge is closed. Change its last day to share it again.';
  return `This challenge opens on ${formatDate(opensOn)}. Share it on that day, or change its first day.`;
}
