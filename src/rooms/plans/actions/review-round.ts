import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { PartyId, PlanId, RoundId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { recordFacts, type Actor } from '#people';
import { byLead, roundStanding, type Round } from '../rules/rounds.ts';
import type { PlanPicture } from '../rules/picture.ts';
import type { Writing } from '../store/append.ts';
import { readHistory } from '../store/read-history.ts';
import { appendReminder, appendRound, appendRoundClose, readRounds } from '../store/rounds.ts';
import { openPlan } from './open-plan.ts';
import { notFound, refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';

export interface GivenRound {
  /** "November 2014" */
  name: string;
  /** The day by which updates are asked for. */
  askedBy: IsoDate;
}

export type OpenRoundOutcome =
  | { kind: 'done'; roundId: RoundId }
  /** Another round is open: one at a time, so that a lead knows what is asked. */
  | { kind: 'open already'; round: Round }
  | NotFound
  | Forbidden
  | Refused;

/** Opens a review round of a plan: every open action owes an update by the day that is given. */
export async function openRound(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  given: GivenRound,
): Promise<OpenRoundOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openActivePlan(tx, actor, planId, today);
    if (opened.kind !== 'open') return opened;
    const rounds = await readRounds(tx, actor.authorityId, [planId], { asAt: today });
    const standing = rounds.find(({ close }) => close === null);
    if (standing !== undefined) return { kind: 'open already', round: standing };
    if (given.askedBy < today) {
      return refused({
        field: 'asked-by',
        text: `Choose today, ${formatDate(today)}, or a later day`,
      });
    }
    const { roundId, written } = await appendRound(tx, writing(actor, today), planId, given);
    await recordFacts(tx, actor.userId, 'opened a review round', [written]);
    return { kind: 'done', roundId };
  });
}

export type RemindOutcome =
  | { kind: 'done' }
  /** The round was closed, or everything of this lead was given. */
  | { kind: 'nothing to remind of' }
  | NotFound
  | Forbidden
  | Refused;

/**
 * Keeps that a lead (null: those who lead nothing by name) was reminded of what is missing in an
 * open round. The program sends nothing itself: the reminder shows in My work.
 */
export async function remindLead(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  roundId: RoundId,
  partyId: PartyId | null,
): Promise<RemindOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openActivePlan(tx, actor, planId, today);
    if (opened.kind !== 'open') return opened;
    const round = await findRound(tx, actor, planId, roundId, today);
    if (round === null) return notFound;
    const facts = await readHistory(tx, actor.authorityId, { planId }, today);
    const { missing } = roundStanding(round, opened.picture, facts);
    const owes = byLead(missing).some(({ lead }) => (lead?.id ?? null) === partyId);
    if (round.close !== null || !owes) return { kind: 'nothing to remind of' };
    const written = await appendReminder(tx, writing(actor, today), roundId, partyId);
    await recordFacts(tx, actor.userId, 'reminded a lead', [written]);
    return { kind: 'done' };
  });
}

export type CloseRoundOutcome =
  | { kind: 'done'; missing: number }
  /** Somebody closed it before; their close stands. */
  | { kind: 'closed already'; round: Round }
  | NotFound
  | Forbidden
  | Refused;

/**
 * Closes a round. What is missing then stays listed as missing: an update that is saved after the
 * close belongs to no round, and one that was saved before counts.
 */
export async function closeRound(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  roundId: RoundId,
  note: string | null,
): Promise<CloseRoundOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openActivePlan(tx, actor, planId, today);
    if (opened.kind !== 'open') return opened;
    const round = await findRound(tx, actor, planId, roundId, today);
    if (round === null) return notFound;
    if (round.close !== null) return { kind: 'closed already', round };
    const facts = await readHistory(tx, actor.authorityId, { planId }, today);
    const { missing } = roundStanding(round, opened.picture, facts);
    const written = await appendRoundClose(tx, writing(actor, today), roundId, note);
    await recordFacts(tx, actor.userId, 'closed a review round', [written]);
    return { kind: 'done', missing: missing.length };
  });
}

async function openActivePlan(
  tx: Tx,
  actor: Actor,
  planId: PlanId,
  today: IsoDate,
): Promise<{ kind: 'open'; picture: PlanPicture } | NotFound | Forbidden | Refused> {
  const opened = await openPlan(tx, actor, planId, 'U', today);
  if (opened.kind !== 'open' || opened.picture.plan.state === 'active') return opened;
  return refused({
    field: null,
    text: 'This plan is archived, so nothing in it can be changed. Bring it back first.',
  });
}

async function findRound(
  tx: Tx,
  actor: Actor,
  planId: PlanId,
  roundId: RoundId,
  today: IsoDate,
): Promise<Round | null> {
  const rounds = await readRounds(tx, actor.authorityId, [planId], { asAt: today });
  return rounds.find(({ id }) => id === roundId) ?? null;
}

function writing(actor: Actor, today: IsoDate): Writing {
  return { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
}
