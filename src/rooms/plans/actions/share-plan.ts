import type { IsoDate } from '#kernel/dates.ts';
import type { PlanId, UserId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { nameGuest, withdrawGuest, type Actor, type NamedGrantId } from '#people';
import { openPlan } from './open-plan.ts';
import { notFound, refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';

export type SharePlanOutcome = { kind: 'done' } | NotFound | Forbidden | Refused;

const whyNotNamed = {
  'not-a-guest': { field: 'guest', text: 'Choose a peer reviewer' },
  'named-already': { field: 'guest', text: 'This plan is shared with them already' },
  'too-long': {
    field: 'until',
    text: 'The last day must be today or one of the 13 days after it',
  },
} as const;

/**
 * Shares a plan with a peer reviewer by name, from today until a last day, 14 days at most (C-06).
 * It can be read, as at any day, and neither changed nor exported.
 */
export async function sharePlan(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  given: { userId: UserId; reason: string; lastDay: IsoDate },
): Promise<SharePlanOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openPlan(tx, actor, planId, 'G', today);
    if (opened.kind !== 'open') return opened;
    const grant = { ...given, itemKind: 'plan', itemId: planId } as const;
    const outcome = await nameGuest(tx, actor, grant, today);
    return outcome.kind === 'named' ? { kind: 'done' } : refused(whyNotNamed[outcome.kind]);
  });
}

/** Takes a plan back from a guest, at once. */
export async function unsharePlan(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  grantId: NamedGrantId,
): Promise<SharePlanOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openPlan(tx, actor, planId, 'G', today);
    if (opened.kind !== 'open') return opened;
    const outcome = await withdrawGuest(tx, actor, { grantId, itemId: planId }, today);
    return outcome.kind === 'withdrawn' ? { kind: 'done' } : notFound;
  });
}
