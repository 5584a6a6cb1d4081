import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { pgbouncer } from '#test/pgbouncer.ts';
import { checkout } from '../checkout.ts';
import { inAuthority, readInAuthority } from './authority.ts';
import { connect } from './connect.ts';
import type { Tx } from './tables.ts';

/**
 * Through pgbouncer, in the mode in which a connection belongs to a client for one transaction
 * only: what one council's transaction set must be gone when the next one gets the connection
 * (C-16; M9: with a plain SET the next borrower saw the previous council's row).
 */
const database = await testDatabase();
const councils = [await freshAuthority(database), await freshAuthority(database)] as const;
for (const { id } of councils) {
  await sql`insert into party (authority_id, id, kind, name, name_key)
    values (${id}, gen_random_uuid(), 'board', ${id}, ${id})`.execute(database.keeper);
}
/** Two connections to the database, shared by twelve of the program's. */
const db = connect(await pgbouncer(database.appAddress, 2), { poolSize: 12 });
afterAll(() => db.destroy());

const transactions = 3_000;

async function boards(tx: Tx): Promise<string[]> {
  const found = await sql<{ name: string }>`select name from party`.execute(tx);
  return found.rows.map(({ name }) => name);
}

/** What becomes of each tenth transaction, in turn. */
const ends = {
  aborted: async (tx: Tx) => {
    await sql`select 1 / 0`.execute(tx);
  },
  cancelled: async (tx: Tx) => {
    await sql`set local statement_timeout = 1`.execute(tx);
    await sql`select pg_sleep(10)`.execute(tx);
  },
  thrown: () => Promise.reject(new Error('a fault of ours')),
};
const kinds = Object.values(ends);

describe('through pgbouncer', () => {
  it(`the authority never outlives its transaction: ${transactions} by turns, a tenth ended badly`, async () => {
    const crossed: string[] = [];
    let failed = 0;
    const one = async (n: number) => {
      const { id } = councils[n % 2 === 0 ? 0 : 1];
      // Outside any authority: nothing is set, and nothing is seen.
      const before = await sql<{ set: string; seen: number }>`
        select coalesce(current_setting('app.authority', true), '') as set,
          (select count(*) from party) as seen`.execute(db);
      if (before.rows[0]?.set !== '' || before.rows[0].seen !== 0) crossed.push(`before ${n}`);
      const enter = n % 3 === 0 ? readInAuthority : inAuthority;
      try {
        await enter(db, id, async (tx) => {
          if ((await boards(tx)).join() !== id) crossed.push(`in ${n}`);
          if (n % 10 === 0) await kinds[(n / 10) % kinds.length]?.(tx);
        });
      } catch {
        failed += 1;
      }
    };
    let next = 0;
    const worker = async () => {
      while (next < transactions) await one(next++);
    };
    await Promise.all(Array.from({ length: 12 }, worker));
    expect(crossed).toEqual([]);
    expect(failed).toBe(transactions / 10);
  });

  it('two connections are all that the database saw of twelve', async () => {
    const found = await sql<{ n: number }>`
      select count(*) as n from pg_stat_activity
      where datname = current_database() and usename = 'sightline_app'`.execute(database.keeper);
    expect(found.rows[0]?.n).toBeLessThanOrEqual(2);
  });

  it('no lock of a session is taken but in the embedded database, which has no pooler', () => {
    const lock = /pg_(?:try_)?advisory_(?!xact_)\w*/;
    const files = globSync('{src,migrations}/**/*.{ts,sql}', { cwd: checkout })
      .filter((file) => !file.startsWith('src/platform/db/embedded/') && !file.includes('.test.'))
      .filter((file) => lock.test(readFileSync(path.join(checkout, file), 'utf8')));
    expect(files).toEqual([]);
  });
});
