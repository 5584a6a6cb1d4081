import { sql } from 'kysely';
import { newId, type AuthorityId, type UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { FactRef } from './audit-log.ts';
import type { PlaceOfPassage } from './redaction-places.ts';
import type { RedactionId } from './tables.ts';

export interface Redaction {
  id: RedactionId;
  itemKind: string;
  itemId: string;
  reason: string;
  askedAt: Date;
  askedBy: UserId;
  /** Null while nobody decided. */
  agreed: boolean | null;
  decidedAt: Date | null;
  decidedBy: UserId | null;
  places: number;
  /** Null once it is decided: the words are not kept. */
  passage: string | null;
}

export interface NewRedaction {
  item: { kind: string; id: string };
  passage: string;
  reason: string;
  places: readonly Pick<PlaceOfPassage, 'table' | 'column' | 'rowId'>[];
}

/** Keeps what is asked; the passage apart from it, where it can be erased. */
export async function insertRedaction(
  tx: Tx,
  authorityId: AuthorityId,
  asked: NewRedaction,
  by: UserId,
): Promise<RedactionId> {
  const id = newId<'redaction'>();
  await tx
    .insertInto('redaction_request')
    .values({
      authority_id: authorityId,
      id,
      item_kind: asked.item.kind,
      item_id: asked.item.id,
      reason: asked.reason,
      recorded_by: by,
    })
    .execute();
  await tx
    .insertInto('redaction_place')
    .values(
      asked.places.map((place) => ({
        authority_id: authorityId,
        request_id: id,
        table_name: place.table,
        column_name: place.column,
        row_id: place.rowId,
      })),
    )
    .execute();
  await tx
    .insertInto('redaction_passage')
    .values({ authority_id: authorityId, request_id: id, passage: asked.passage })
    .execute();
  return id;
}

/** What was asked to be taken out, newest first: all, or one. */
export async function redactions(
  tx: Tx,
  authorityId: AuthorityId,
  id?: RedactionId,
): Promise<Redaction[]> {
  let query = tx
    .selectFrom('redaction_request as r')
    .leftJoin('redaction_decision as d', (join) =>
      join.onRef('d.authority_id', '=', 'r.authority_id').onRef('d.request_id', '=', 'r.id'),
    )
    .leftJoin('redaction_passage as p', (join) =>
      join.onRef('p.authority_id', '=', 'r.authority_id').onRef('p.request_id', '=', 'r.id'),
    )
    .select([
      'r.id',
      'r.item_kind as itemKind',
      'r.item_id as itemId',
      'r.reason',
      'r.recorded_at as askedAt',
      'r.recorded_by as askedBy',
      'd.agreed',
      'd.recorded_at as decidedAt',
      'd.recorded_by as decidedBy',
      'p.passage',
      sql<number>`(select count(*) from redaction_place l
        where l.authority_id = r.authority_id and l.request_id = r.id)`.as('places'),
    ])
    .where('r.authority_id', '=', authorityId)
    .orderBy('r.recorded_at', 'desc')
    .limit(200);
  if (id !== undefined) query = query.where('r.id', '=', id);
  return await query.execute();
}

/** The places that a request names. */
export async function placesOfRedaction(
  tx: Tx,
  authorityId: AuthorityId,
  id: RedactionId,
): Promise<Pick<PlaceOfPassage, 'table' | 'column' | 'rowId'>[]> {
  return await tx
    .selectFrom('redaction_place')
    .select(['table_name as table', 'column_name as column', 'row_id as rowId'])
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', id)
    .execute();
}

/** Keeps a decision; null where somebody decided before. */
export async function insertRedactionDecision(
  tx: Tx,
  authorityId: AuthorityId,
  id: RedactionId,
  agreed: boolean,
  by: UserId,
): Promise<FactRef | null> {
  const added = await tx
    .insertInto('redaction_decision')
    .values({
      authority_id: authorityId,
      id: newId<'redaction-decision'>(),
      request_id: id,
      agreed,
      recorded_by: by,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'request_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return added === undefined ? null : { fact: 'redaction_decision', id: added.id };
}

/** Erases the words of a request that was not agreed to. */
export async function erasePassage(
  tx: Tx,
  authorityId: AuthorityId,
  id: RedactionId,
): Promise<void> {
  await tx
    .deleteFrom('redaction_passage')
    .where('authority_id', '=', authorityId)
    .where('request_id', '=', id)
    .execute();
}

/**
 * Takes the passage out of every place of an agreed request, by the database's own function,
 * which asks again whether two people stand behind it. Answers the facts to log.
 */
export async function takeOutPassage(tx: Tx, id: RedactionId): Promise<FactRef[]> {
  const { rows } = await sql<{
    fact: string;
    factId: string;
    lasting: boolean;
    alteredId: string | null;
  }>`select fact, fact_id as "factId", lasting, altered_id as "alteredId" from take_out(${id})`.execute(
    tx,
  );
  return rows.flatMap(({ fact, factId, lasting, alteredId }): FactRef[] => [
    ...(alteredId === null ? [] : [{ fact: 'altered_fact', id: alteredId }]),
    lasting ? { fact, id: factId } : { fact, id: factId, state: true },
  ]);
}
