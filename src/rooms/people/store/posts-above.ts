import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import { newId, type AuthorityId, type PartyId, type UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { FactRef } from './audit-log.ts';

/** The post to which each post answers on a day; a post that answers to nobody has no entry. */
export async function postsAbove(
  tx: Tx,
  authorityId: AuthorityId,
  on: IsoDate,
): Promise<Map<PartyId, PartyId>> {
  const rows = await tx
    .selectFrom('post_above')
    .distinctOn('post_id')
    .select(['post_id', 'above_id'])
    .where('authority_id', '=', authorityId)
    .where('effective_on', '<=', on)
    .orderBy('post_id')
    .orderBy('effective_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return new Map(
    rows.flatMap(({ post_id, above_id }) => (above_id === null ? [] : [[post_id, above_id]])),
  );
}

/** One writer at a time, to the end of the transaction: two could close a circle between them. */
export async function lockPostsAbove(tx: Tx, authorityId: AuthorityId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`posts above ${authorityId}`}, 0))`.execute(
    tx,
  );
}

/**
 * To which post each answers on a day, and on each later day from which something else is known,
 * for as long as nothing else is known of this post: what a change of it from that day on meets.
 */
export async function mapsAboveFrom(
  tx: Tx,
  authorityId: AuthorityId,
  postId: PartyId,
  from: IsoDate,
): Promise<Map<PartyId, PartyId>[]> {
  const later = await tx
    .selectFrom('post_above')
    .select(['effective_on', 'post_id'])
    .where('authority_id', '=', authorityId)
    .where('effective_on', '>', from)
    .orderBy('effective_on')
    .execute();
  const until = later.find((row) => row.post_id === postId)?.effective_on;
  const days = later
    .map((row) => row.effective_on)
    .filter((on) => until === undefined || on < until);
  const maps: Map<PartyId, PartyId>[] = [];
  for (const on of new Set([from, ...days])) maps.push(await postsAbove(tx, authorityId, on));
  return maps;
}

/** Appends to which post a post answers from a day on; null where it answers to nobody. */
export async function appendPostAbove(
  tx: Tx,
  authorityId: AuthorityId,
  given: { postId: PartyId; aboveId: PartyId | null; effectiveOn: IsoDate },
  by: UserId | null,
): Promise<FactRef> {
  const id = newId<'post-above'>();
  await tx
    .insertInto('post_above')
    .values({
      authority_id: authorityId,
      id,
      post_id: given.postId,
      above_id: given.aboveId,
      effective_on: given.effectiveOn,
      recorded_by: by,
    })
    .execute();
  return { fact: 'post_above', id };
}
