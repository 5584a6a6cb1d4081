import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { inAuthority, readInAuthority } from './authority.ts';
import { connect } from './connect.ts';
import type { Db, Tx } from './tables.ts';

const database = await testDatabase();
const { db } = database;

async function contextOf(run: Db | Tx): Promise<string | null> {
  const found = await sql<{ authority: string | null }>`
    select current_authority() as authority`.execute(run);
  return found.rows[0]?.authority ?? null;
}

describe('inAuthority', () => {
  it('sets the authority for the transaction and gives back what the work gave', async () => {
    const ours = await freshAuthority(database);
    expect(await inAuthority(db, ours.id, contextOf)).toBe(ours.id);
    expect(await readInAuthority(db, ours.id, contextOf)).toBe(ours.id);
  });

  it('leaves nothing on a pooled connection, after a commit and after an abort', async () => {
    const one = connect(database.appAddress, { poolSize: 1 });
    try {
      const ours = await freshAuthority(database);
      const theirs = await freshAuthority(database);
      for (const authority of [ours, theirs, ours, theirs]) {
        expect(await inAuthority(one, authority.id, contextOf)).toBe(authority.id);
        expect(await contextOf(one)).toBeNull();
        const failing = inAuthority(one, authority.id, async (tx) => {
          await sql`select 1 / 0`.execute(tx);
        });
        await expect(failing).rejects.toThrow('division by zero');
        expect(await contextOf(one)).toBeNull();
      }
    } finally {
      await one.destroy();
    }
  });

  it('rolls back everything when the work throws', async () => {
    const ours = await freshAuthority(database);
    const insert = (tx: Tx) =>
      sql`insert into party (authority_id, id, kind, name, name_key)
          values (${ours.id}, gen_random_uuid(), 'board', 'A board', 'a board')`.execute(tx);
    const failing = inAuthority(db, ours.id, async (tx) => {
      await insert(tx);
      throw new Error('after the write');
    });
    await expect(failing).rejects.toThrow('after the write');
    const count = await inAuthority(db, ours.id, async (tx) =>
      sql<{ n: number }>`select count(*) as n from party`.execute(tx),
    );
    expect(count.rows).toEqual([{ n: 0 }]);
  });
});

describe('readInAuthority', () => {
  it('refuses a write', async () => {
    const ours = await freshAuthority(database);
    const writing = readInAuthority(db, ours.id, (tx) =>
      sql`insert into party (authority_id, id, kind, name, name_key)
          values (${ours.id}, gen_random_uuid(), 'board', 'A board', 'a board')`.execute(tx),
    );
    await expect(writing).rejects.toThrow('read-only transaction');
  });
});
