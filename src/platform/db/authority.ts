import { sql } from 'kysely';
import type { AuthorityId } from '#kernel/ids.ts';
import type { Db, Tx } from './tables.ts';

/**
 * Does the work in one transaction in which only this authority's rows can be seen or written.
 * What `work` throws rolls everything back and is thrown on.
 */
export function inAuthority<T>(
  db: Db,
  authority: AuthorityId,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await enterAuthority(tx, authority);
    return work(tx);
  });
}

/**
 * The same for reading alone: every query sees the database as it stood at the first one,
 * and a write is refused.
 */
export function readInAuthority<T>(
  db: Db,
  authority: AuthorityId,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      await enterAuthority(tx, authority);
      return work(tx);
    });
}

/**
 * Sets whose rows the rest of the transaction is about. It holds until the transaction ends (the
 * third argument): a pooled connection keeps nothing. Pages and deeds use `inAuthority`.
 */
export async function enterAuthority(tx: Tx, authority: AuthorityId): Promise<void> {
  await sql`select set_config('app.authority', ${authority}, true)`.execute(tx);
}
