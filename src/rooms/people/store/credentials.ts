import type { AuthorityId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

export interface Credential {
  passwordHash: string | null;
  mustChange: boolean;
  codeKey: string | null;
  codeConfirmedAt: Date | null;
  codeLastStep: number | null;
}

/** How a user proves who they are; undefined when nothing was set for them. */
export async function credentialOf(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
): Promise<Credential | undefined> {
  return await tx
    .selectFrom('credential')
    .select([
      'password_hash as passwordHash',
      'must_change as mustChange',
      'totp_secret as codeKey',
      'totp_confirmed_at as codeConfirmedAt',
      'totp_last_step as codeLastStep',
    ])
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

/** Takes a user's password away: until they choose one by a link, none is right. */
export async function forgetPassword(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('credential')
    .set({ password_hash: null, must_change: false, changed_at: now })
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', userId)
    .execute();
}

/** Keeps a new password (null for none yet) in place of the old one. */
export async function savePassword(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  passwordHash: string | null,
  mustChange: boolean,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('credential')
    .values({
      authority_id: authorityId,
      user_id: userId,
      password_hash: passwordHash,
      must_change: mustChange,
      totp_secret: null,
      totp_confirmed_at: null,
      totp_last_step: null,
      changed_at: now,
    })
    .onConflict((clash) =>
      clash
        .columns(['authority_id', 'user_id'])
        .doUpdateSet({ password_hash: passwordHash, must_change: mustChange, changed_at: now }),
    )
    .execute();
}

/** Keeps a key that still has to be confirmed by a code; a confirmed key is left as it is. */
export async function saveUnconfirmedKey(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  codeKey: string,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('credential')
    .set({ totp_secret: codeKey, totp_last_step: null, changed_at: now })
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', userId)
    .where('totp_confirmed_at', 'is', null)
    .execute();
}

/** Forgets the key, so that a new one is set up at the next sign-in. */
export async function forgetKey(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('credential')
    .set({ totp_secret: null, totp_confirmed_at: null, totp_last_step: null, changed_at: now })
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', userId)
    .execute();
}

/**
 * Uses up a code: true when its step comes after the last one used. Of two requests with the
 * same code one alone is told true, for the step stands in the WHERE.
 */
export async function useCodeStep(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  step: number,
  now: Date,
): Promise<boolean> {
  const changed = await tx
    .updateTable('credential')
    .set((is) => ({
      totp_last_step: step,
      totp_confirmed_at: is.fn.coalesce('totp_confirmed_at', is.val(now)),
    }))
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', userId)
    .where((is) => is.or([is('totp_last_step', 'is', null), is('totp_last_step', '<', step)]))
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}
