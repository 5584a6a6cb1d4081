import { newId, type AuthorityId, type PartyId, type PlanId, type RoundId } from '#kernel/ids.ts';
import type { IsoDate } from '#kernel/dates.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Round } from '../rules/rounds.ts';
import type { WrittenFact, Writing } from './append.ts';
import { knownBy, type Until } from './read-truth.ts';

/** The review rounds of these plans as at a day, the newest first. */
export async function readRounds(
  tx: Tx,
  authority: AuthorityId,
  planIds: readonly PlanId[],
  until: Until,
): Promise<Round[]> {
  const known = knownBy(until);
  const rows = await tx
    .selectFrom('review_round as round')
    .leftJoin('review_round_close as close', (join) =>
      join
        .onRef('close.authority_id', '=', 'round.authority_id')
        .onRef('close.round_id', '=', 'round.id')
        .on('close.effective_on', '<=', until.asAt)
        .on('close.recorded_at', '<=', known),
    )
    .select([
      'round.id',
      'round.plan_id as planId',
      'round.name',
      'round.asked_by as askedBy',
      'round.effective_on as openedOn',
      'round.recorded_at as openedAt',
      'round.recorded_by as openedBy',
      'close.effective_on as closedOn',
      'close.recorded_at as closedAt',
      'close.recorded_by as closedBy',
      'close.note',
    ])
    .where('round.authority_id', '=', authority)
    .where('round.plan_id', '=', anyOf(planIds))
    .where('round.effective_on', '<=', until.asAt)
    .where('round.recorded_at', '<=', known)
    .orderBy('round.recorded_at', 'desc')
    .execute();
  if (rows.length === 0) return [];
  const reminders = await tx
    .selectFrom('review_reminder')
    .select(['round_id', 'party_id as partyId', 'effective_on as on', 'recorded_by as by'])
    .where('authority_id', '=', authority)
    .where('round_id', '=', anyOf(rows.map(({ id }) => id)))
    .where('effective_on', '<=', until.asAt)
    .where('recorded_at', '<=', known)
    .orderBy('recorded_at')
    .execute();
  const remindersOf = Map.groupBy(reminders, (row) => row.round_id);
  return rows.map(({ closedOn, closedAt, closedBy, note, ...round }) => ({
    ...round,
    close:
      closedOn === null || closedAt === null
        ? null
        : { on: closedOn, at: closedAt, by: closedBy, note },
    reminders: (remindersOf.get(round.id) ?? []).map(({ partyId, on, by }) => ({
      partyId,
      on,
      by,
    })),
  }));
}

/** Opens a round. Whether one is open already is for the caller to ask, under the plan's lock. */
export async function appendRound(
  tx: Tx,
  writing: Writing,
  planId: PlanId,
  given: { name: string; askedBy: IsoDate },
): Promise<{ roundId: RoundId; written: WrittenFact }> {
  const roundId = newId<'round'>();
  await tx
    .insertInto('review_round')
    .values({
      authority_id: writing.authority,
      id: roundId,
      plan_id: planId,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
      name: given.name,
      asked_by: given.askedBy,
    })
    .execute();
  return { roundId, written: { fact: 'review_round', id: roundId } };
}

/** Closes a round; the database takes one close a round. */
export async function appendRoundClose(
  tx: Tx,
  writing: Writing,
  roundId: RoundId,
  note: string | null,
): Promise<WrittenFact> {
  const id = newId<'round close'>();
  await tx
    .insertInto('review_round_close')
    .values({
      authority_id: writing.authority,
      id,
      round_id: roundId,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
      note,
    })
    .execute();
  return { fact: 'review_round_close', id };
}

/** Keeps that a lead was reminded in a round. */
export async function appendReminder(
  tx: Tx,
  writing: Writing,
  roundId: RoundId,
  partyId: PartyId | null,
): Promise<WrittenFact> {
  const id = newId<'reminder'>();
  await tx
    .insertInto('review_reminder')
    .values({
      authority_id: writing.authority,
      id,
      round_id: roundId,
      party_id: partyId,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
    })
    .execute();
  return { fact: 'review_reminder', id };
}
