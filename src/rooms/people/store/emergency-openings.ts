import { newId, type AuthorityId, type Id, type UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { toldSince, type EmergencyOpening } from '../rules/emergency.ts';
import type { EmergencyOpeningId } from '../rules/policy.ts';
import type { FactRef } from './audit-log.ts';
import './tables.ts';

/** How a reading under an opening stands in the audit log; each names the opening once. */
export const readInEmergency = 'read under an emergency opening';

/** Every opening that the authority ever asked for, or one of them; the newest first. */
export async function emergencyOpenings(
  tx: Tx,
  authorityId: AuthorityId,
  id?: EmergencyOpeningId,
): Promise<EmergencyOpening[]> {
  let query = openings(tx, authorityId);
  if (id !== undefined) query = query.where('o.id', '=', id);
  return await withReads(tx, authorityId, await query.execute());
}

/** Those that people are told of: waiting, open, or ended within the last day. */
export async function currentOpenings(
  tx: Tx,
  authorityId: AuthorityId,
  now: Date,
): Promise<EmergencyOpening[]> {
  const since = toldSince(now);
  const found = await openings(tx, authorityId)
    .where((is) =>
      is.or([
        is.and([is('d.id', 'is', null), is('o.asked_at', '>', since)]),
        is(is.fn.coalesce('e.ended_at', 'd.until_at'), '>', since),
      ]),
    )
    .execute();
  return await withReads(tx, authorityId, found);
}

function openings(tx: Tx, authorityId: AuthorityId) {
  return tx
    .selectFrom('emergency_opening as o')
    .leftJoin('emergency_decision as d', (join) =>
      join.onRef('d.authority_id', '=', 'o.authority_id').onRef('d.opening_id', '=', 'o.id'),
    )
    .leftJoin('emergency_end as e', (join) =>
      join.onRef('e.authority_id', '=', 'o.authority_id').onRef('e.opening_id', '=', 'o.id'),
    )
    .select([
      'o.id',
      'o.recorded_by as askedBy',
      'o.asked_at as askedAt',
      'o.hours',
      'o.reason',
      'd.agreed',
      'd.recorded_by as decidedBy',
      'd.decided_at as decidedAt',
      'd.until_at as until',
      'e.recorded_by as endedBy',
      'e.ended_at as endedAt',
    ])
    .where('o.authority_id', '=', authorityId)
    .orderBy('o.asked_at', 'desc')
    .orderBy('o.id', 'desc');
}

/** Adds how much was read under each. No page asks the log where there is no opening. */
async function withReads(
  tx: Tx,
  authorityId: AuthorityId,
  found: readonly Omit<EmergencyOpening, 'reads'>[],
): Promise<EmergencyOpening[]> {
  const ids = found.filter(({ until }) => until !== null).map(({ id }) => id);
  const counts =
    ids.length === 0
      ? []
      : await tx
          .selectFrom('audit_log')
          .select((is) => ['fact_id as id', is.fn.countAll<number>().as('reads')])
          .where('authority_id', '=', authorityId)
          .where('fact_id', 'in', ids)
          .where('act', '=', readInEmergency)
          .groupBy('fact_id')
          .execute();
  const reads = new Map(counts.map((count) => [count.id, count.reads]));
  return found.map((one) => ({ ...one, reads: reads.get(one.id) ?? 0 }));
}

/** That somebody asks. Gives the row for the log. */
export async function insertOpening(
  tx: Tx,
  authorityId: AuthorityId,
  asked: { hours: number; reason: string; askedAt: Date },
  by: UserId,
): Promise<{ fact: 'emergency_opening'; id: EmergencyOpeningId }> {
  const id: EmergencyOpeningId = newId();
  const { hours, reason, askedAt } = asked;
  await tx
    .insertInto('emergency_opening')
    .values({ authority_id: authorityId, id, hours, reason, asked_at: askedAt, recorded_by: by })
    .execute();
  return { fact: 'emergency_opening', id };
}

/** The answer; null where there was one already. `until` is null unless it is agreed. */
export async function insertOpeningDecision(
  tx: Tx,
  authorityId: AuthorityId,
  opening: Pick<EmergencyOpening, 'id' | 'askedBy'>,
  decided: { at: Date; until: Date | null; by: UserId },
): Promise<FactRef | null> {
  const added = await tx
    .insertInto('emergency_decision')
    .values({
      authority_id: authorityId,
      id: newId<'emergency-decision'>(),
      opening_id: opening.id,
      asked_by: opening.askedBy,
      agreed: decided.until !== null,
      decided_at: decided.at,
      until_at: decided.until,
      recorded_by: decided.by,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'opening_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return asRef('emergency_decision', added);
}

/** That it was ended before its time; null where somebody was quicker. */
export async function insertOpeningEnd(
  tx: Tx,
  authorityId: AuthorityId,
  id: EmergencyOpeningId,
  ended: { at: Date; by: UserId },
): Promise<FactRef | null> {
  const added = await tx
    .insertInto('emergency_end')
    .values({
      authority_id: authorityId,
      id: newId<'emergency-end'>(),
      opening_id: id,
      ended_at: ended.at,
      recorded_by: ended.by,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'opening_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return asRef('emergency_end', added);
}

const asRef = (fact: string, row: { id: Id<string> } | undefined): FactRef | null =>
  row === undefined ? null : { fact, id: row.id };
