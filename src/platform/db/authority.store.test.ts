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

  it('crosses no row in a thousand transactions of two councils on one connection (C-16)', async () => {
    const one = connect(database.appAddress, { poolSize: 1 });
    try {
      const councils = [await freshAuthority(database), await freshAuthority(database)];
      const wrong: string[] = [];
      const attempt = async (turn: number) => {
        const council = councils[turn % 2];
        if (council === undefined) return;
        const work = inAuthority(one, council.id, async (tx) => {
          // One statement asks for all: what is in force, what is seen, and a row to be seen.
          const { rows } = await sql<{ context: string; seen: string[] }>`
            with added as (
              insert into party (authority_id, id, kind, name, name_key)
              values (${council.id}, gen_random_uuid(), 'board', 'A board', ${`board ${turn}`})
            )
            select current_authority() as context,
              array(select distinct authority_id from party)::text[] as seen`.execute(tx);
          const [found] = rows;
          if (found?.context !== council.id) wrong.push(`${turn}: ${found?.context}`);
          if (found?.seen.some((id) => id !== council.id) === true) wrong.push(`${turn}: crossed`);
          if (turn % 10 === 9) throw new Error('given up');
        });
        await work.catch((error: unknown) => {
          if (!(error instanceof Error) || error.message !== 'given up') throw error;
        });
        if (turn % 25 === 0 && (await contextOf(one)) !== null) wrong.push(`${turn}: it stayed`);
      };
      // A hundred at a time queue for the connection: the pool lets nobody wait for ever.
      for (let first = 0; first < 1_000; first += 100) {
        await Promise.all(Array.from({ length: 100 }, (_, n) => attempt(first + n)));
      }
      expect(wrong).toEqual([]);
      for (const council of councils) {
        const { rows } = await sql<{ n: number }>`
          select count(*)::int as n from party where authority_id = ${council.id}`.execute(
          database.keeper,
        );
        expect(rows).toEqual([{ n: council === councils[0] ? 500 : 400 }]);
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
