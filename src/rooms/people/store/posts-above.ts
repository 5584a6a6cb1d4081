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
