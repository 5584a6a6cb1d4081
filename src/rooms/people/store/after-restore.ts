import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

/**
 * Ends, in every authority, what let somebody in when a back-up was made: sessions, links to a new
 * password, and tokens for data, of which some may have been withdrawn since. Only the keeper sees all of them at once.
 */
export async function endAllSignIns(tx: Tx, now: Date): Promise<void> {
  await tx.updateTable('session').set({ ended_at: now }).where('ended_at', 'is', null).execute();
  await tx.deleteFrom('password_link').execute();
  await tx.deleteFrom('api_token_secret').execute();
}
