import type { AuthorityId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

/** Forgets the guesses at sign-in that were made before an instant. */
export async function forgetGuessesBefore(
  tx: Tx,
  authorityId: AuthorityId,
  before: Date,
): Promise<void> {
  await tx
    .deleteFrom('sign_in_failure')
    .where('authority_id', '=', authorityId)
    .where('at', '<', before)
    .execute();
}

/** Notes of the sessions that began before an instant, and that nobody ended, that they are over. */
export async function endSessionsBegunBefore(
  tx: Tx,
  authorityId: AuthorityId,
  before: Date,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('session')
    .set({ ended_at: now })
    .where('authority_id', '=', authorityId)
    .where('started_at', '<', before)
    .where('ended_at', 'is', null)
    .execute();
}

/** Deletes the forms that were kept for their person at or before an instant. */
export async function forgetFormsKeptBy(
  tx: Tx,
  authorityId: AuthorityId,
  instant: Date,
): Promise<void> {
  await tx
    .deleteFrom('kept_form')
    .where('authority_id', '=', authorityId)
    .where('kept_at', '<=', instant)
    .execute();
}

/** Deletes the links for choosing a password that are good no longer. */
export async function forgetLinksEndedBy(
  tx: Tx,
  authorityId: AuthorityId,
  instant: Date,
): Promise<void> {
  await tx
    .deleteFrom('password_link')
    .where('authority_id', '=', authorityId)
    .where('expires_at', '<=', instant)
    .execute();
}
