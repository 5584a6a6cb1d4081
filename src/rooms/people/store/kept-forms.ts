import type { AuthorityId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { KeptFormId } from './tables.ts';

export interface KeptFormRow {
  id: KeptFormId;
  sealed: string;
  keptAt: Date;
}

/** A form is kept for a day, and a person has fifty at most: then the oldest goes. */
const keptMs = 24 * 60 * 60_000;
const atMost = 50;

/** Keeps a sealed form for a user, and forgets those of the authority that are too old. */
export async function addKeptForm(
  tx: Tx,
  authorityId: AuthorityId,
  form: { id: KeptFormId; userId: UserId; sealed: string },
  now: Date,
): Promise<void> {
  await tx
    .deleteFrom('kept_form')
    .where('authority_id', '=', authorityId)
    .where('kept_at', '<=', new Date(now.getTime() - keptMs))
    .execute();
  const spare = tx
    .selectFrom('kept_form')
    .select('id')
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', form.userId)
    .orderBy('kept_at', 'desc')
    .offset(atMost - 1);
  await tx
    .deleteFrom('kept_form')
    .where('authority_id', '=', authorityId)
    .where('id', 'in', spare)
    .execute();
  await tx
    .insertInto('kept_form')
    .values({
      authority_id: authorityId,
      id: form.id,
      user_id: form.userId,
      sealed: form.sealed,
      kept_at: now,
    })
    .execute();
}

/** The forms that are kept for a user, the newest first. */
export async function keptFormsOf(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  now: Date,
): Promise<KeptFormRow[]> {
  return await tx
    .selectFrom('kept_form')
    .select(['id', 'sealed', 'kept_at as keptAt'])
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', userId)
    .where('kept_at', '>', new Date(now.getTime() - keptMs))
    .orderBy('kept_at', 'desc')
    .execute();
}

/** Forgets one form of this user; true when it was there. */
export async function forgetKeptForm(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  id: KeptFormId,
): Promise<boolean> {
  const gone = await tx
    .deleteFrom('kept_form')
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}
