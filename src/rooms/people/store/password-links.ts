import type { AuthorityId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

/** Keeps a link for a user, in place of any that they had: an older link is dead from now on. */
export async function savePasswordLink(
  tx: Tx,
  authorityId: AuthorityId,
  link: { userId: UserId; tokenHash: string; expiresAt: Date },
): Promise<void> {
  const fresh = { token_hash: link.tokenHash, expires_at: link.expiresAt };
  await tx
    .insertInto('password_link')
    .values({ authority_id: authorityId, user_id: link.userId, ...fresh })
    .onConflict((clash) => clash.columns(['authority_id', 'user_id']).doUpdateSet(fresh))
    .execute();
}

/** Whose link this is, while it holds; null for one that never was, was used, or is too old. */
export async function userOfPasswordLink(
  tx: Tx,
  authorityId: AuthorityId,
  tokenHash: string,
  now: Date,
): Promise<UserId | null> {
  const link = await tx
    .selectFrom('password_link')
    .select('user_id')
    .where('authority_id', '=', authorityId)
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return link?.user_id ?? null;
}

/** Forgets the link of a user, used or not; true when there was one. Of two at once one is told so. */
export async function forgetPasswordLink(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
): Promise<boolean> {
  const gone = await tx
    .deleteFrom('password_link')
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}
