import type { Db, Tx } from '#platform/db/tables.ts';
import './tables.ts';

/** The number of this installation: drawn once, and kept through back-up and restore. */
export async function installationId(db: Db | Tx): Promise<string> {
  const found = await db.selectFrom('installation').select('id').executeTakeFirstOrThrow();
  return found.id;
}
