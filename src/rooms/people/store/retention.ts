import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import { newId, type AuthorityId, type UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { RetentionKind } from '../rules/retention.ts';
import type { FactRef } from './audit-log.ts';
import type { DisposalId, HoldId } from './tables.ts';

/** How many months records of this kind are kept today. */
export async function retentionMonths(tx: Tx, kind: RetentionKind): Promise<number> {
  const { rows } = await sql<{
    months: number;
  }>`select retention_months(${kind}) as months`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error(`No time is known for ${kind}`);
  return row.months;
}

export interface RetentionRule {
  kind: RetentionKind;
  months: number;
  reason: string;
  setAt: Date;
  setBy: UserId | null;
}

/** Every time that was set, newest first. */
export async function retentionRules(tx: Tx, authorityId: AuthorityId): Promise<RetentionRule[]> {
  return await tx
    .selectFrom('retention_rule')
    .select(['kind', 'months', 'reason', 'recorded_at as setAt', 'recorded_by as setBy'])
    .where('authority_id', '=', authorityId)
    .orderBy('recorded_at', 'desc')
    .execute();
}

export async function insertRetentionRule(
  tx: Tx,
  authorityId: AuthorityId,
  rule: { kind: RetentionKind; months: number; reason: string },
  by: UserId | null,
): Promise<FactRef> {
  const id = newId<'retention-rule'>();
  await tx
    .insertInto('retention_rule')
    .values({ authority_id: authorityId, id, ...rule, recorded_by: by })
    .execute();
  return { fact: 'retention_rule', id };
}

export interface Hold {
  id: HoldId;
  kind: RetentionKind;
  itemId: string | null;
  reason: string;
  since: Date;
  by: UserId | null;
}

/** The holds that stand, newest first. */
export async function standingHolds(tx: Tx, authorityId: AuthorityId): Promise<Hold[]> {
  return await tx
    .selectFrom('hold as h')
    .leftJoin('hold_end as e', (join) =>
      join.onRef('e.authority_id', '=', 'h.authority_id').onRef('e.hold_id', '=', 'h.id'),
    )
    .select([
      'h.id',
      'h.kind',
      'h.item_id as itemId',
      'h.reason',
      'h.recorded_at as since',
      'h.recorded_by as by',
    ])
    .where('h.authority_id', '=', authorityId)
    .where('e.id', 'is', null)
    .orderBy('h.recorded_at', 'desc')
    .execute();
}

export async function insertHold(
  tx: Tx,
  authorityId: AuthorityId,
  hold: { kind: RetentionKind; itemId: string | null; reason: string },
  by: UserId | null,
): Promise<FactRef> {
  const id = newId<'hold'>();
  await tx
    .insertInto('hold')
    .values({
      authority_id: authorityId,
      id,
      kind: hold.kind,
      item_id: hold.itemId,
      reason: hold.reason,
      recorded_by: by,
    })
    .execute();
  return { fact: 'hold', id };
}

/** Lifts a hold; null where it was lifted before, or there is none. */
export async function insertHoldEnd(
  tx: Tx,
  authorityId: AuthorityId,
  holdId: HoldId,
  reason: string,
  by: UserId | null,
): Promise<FactRef | null> {
  const standing = await standingHolds(tx, authorityId);
  if (!standing.some(({ id }) => id === holdId)) return null;
  const added = await tx
    .insertInto('hold_end')
    .values({
      authority_id: authorityId,
      id: newId<'hold-end'>(),
      hold_id: holdId,
      reason,
      recorded_by: by,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'hold_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return added === undefined ? null : { fact: 'hold_end', id: added.id };
}

/** Something that may go from a day on, unless it is held. */
export interface DueItem {
  kind: RetentionKind;
  itemId: string;
  dueOn: IsoDate;
  held: boolean;
}

/** What may go today or went by its time before, oldest first; what is held is among it. */
export async function dueBy(tx: Tx, day: IsoDate): Promise<DueItem[]> {
  const { rows } = await sql<DueItem>`
    select kind, item_id as "itemId", due_on as "dueOn", held
    from disposal_due() where due_on <= ${day} order by due_on, item_id`.execute(tx);
  return rows;
}

export interface Disposal {
  id: DisposalId;
  kind: RetentionKind;
  itemId: string;
  askedAt: Date;
  askedBy: UserId | null;
  /** Null while nobody decided. */
  agreed: boolean | null;
  decidedBy: UserId | null;
  doneAt: Date | null;
  /** How many facts went. */
  facts: number | null;
}

/** What was put forward to be disposed of, newest first: all, or one. */
export async function disposals(
  tx: Tx,
  authorityId: AuthorityId,
  id?: DisposalId,
): Promise<Disposal[]> {
  let query = tx
    .selectFrom('disposal as d')
    .leftJoin('disposal_decision as a', (join) =>
      join.onRef('a.authority_id', '=', 'd.authority_id').onRef('a.disposal_id', '=', 'd.id'),
    )
    .leftJoin('disposal_done as o', (join) =>
      join.onRef('o.authority_id', '=', 'd.authority_id').onRef('o.disposal_id', '=', 'd.id'),
    )
    .select([
      'd.id',
      'd.kind',
      'd.item_id as itemId',
      'd.recorded_at as askedAt',
      'd.recorded_by as askedBy',
      'a.agreed',
      'a.recorded_by as decidedBy',
      'o.recorded_at as doneAt',
      'o.facts',
    ])
    .where('d.authority_id', '=', authorityId)
    .orderBy('d.recorded_at', 'desc')
    .limit(200);
  if (id !== undefined) query = query.where('d.id', '=', id);
  return await query.execute();
}

export async function insertDisposal(
  tx: Tx,
  authorityId: AuthorityId,
  of: { kind: RetentionKind; itemId: string },
  by: UserId | null,
): Promise<DisposalId> {
  const id = newId<'disposal'>();
  await tx
    .insertInto('disposal')
    .values({
      authority_id: authorityId,
      id,
      kind: of.kind,
      item_id: of.itemId,
      recorded_by: by,
    })
    .execute();
  return id;
}

/** Keeps a decision; null where somebody decided before. */
export async function insertDisposalDecision(
  tx: Tx,
  authorityId: AuthorityId,
  id: DisposalId,
  agreed: boolean,
  by: UserId,
): Promise<FactRef | null> {
  const added = await tx
    .insertInto('disposal_decision')
    .values({
      authority_id: authorityId,
      id: newId<'disposal-decision'>(),
      disposal_id: id,
      agreed,
      recorded_by: by,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'disposal_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return added === undefined ? null : { fact: 'disposal_decision', id: added.id };
}

/**
 * Deletes the item and all that belongs to it, by the database's own function, which asks again
 * whether it is due, under no hold and agreed to. Answers the facts to log: those that went are
 * named, with their digests, by the first of them.
 */
export async function disposeOf(
  tx: Tx,
  authorityId: AuthorityId,
  id: DisposalId,
): Promise<FactRef[]> {
  const { rows } = await sql<{ done: string }>`select dispose(${id}) as done`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('A disposal answered nothing');
  // Actions of later plans that no longer say what they were copied from.
  const altered = await tx
    .selectFrom('altered_fact')
    .select(['id', 'table_name as fact', 'row_id as rowId'])
    .where('authority_id', '=', authorityId)
    .where('cause_id', '=', id)
    .execute();
  return [
    { fact: 'disposal_done', id: row.done },
    ...altered.flatMap(({ id: alteredId, fact, rowId }) => [
      { fact: 'altered_fact', id: alteredId },
      { fact, id: rowId },
    ]),
  ];
}

/** Deletes the sessions that were begun so many months ago. Answers how many. */
export async function deleteOldSessions(
  tx: Tx,
  authorityId: AuthorityId,
  now: Date,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from session where authority_id = ${authorityId}
      and started_at < ${now}::timestamptz - make_interval(months => retention_months('sign-in'))
      and not is_held('sign-in', null)`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Takes what is past its time off the beginning of the audit log; null where nothing was. */
export async function pruneAuditLog(tx: Tx): Promise<FactRef | null> {
  const { rows } = await sql<{ marker: string | null }>`select prune_audit_log() as marker`.execute(
    tx,
  );
  const marker = rows[0]?.marker ?? null;
  return marker === null ? null : { fact: 'audit_marker', id: marker };
}
