import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '#test/database.ts';
import { connect } from './connect.ts';
import { databaseTrouble } from './trouble.ts';

const { db, appAddress } = await testDatabase();

async function value(expression: string): Promise<unknown> {
  const found = await sql
    .raw<{ value: unknown }>(`select v.value from (select ${expression}) as v (value)`)
    .execute(db);
  return found.rows[0]?.value;
}

describe('values from the database', () => {
  it('gives a date as the text it is, whatever the time zone of the machine', async () => {
    expect(await value(`date '2026-06-15'`)).toBe('2026-06-15');
    expect(await value(`array[date '2026-06-15', null]`)).toEqual(['2026-06-15', null]);
    expect(await value(`'{}'::date[]`)).toEqual([]);
  });

  it('gives an instant as a Date', async () => {
    expect(await value(`timestamptz '2026-06-15 10:00+01'`)).toEqual(
      new Date('2026-06-15T09:00:00Z'),
    );
  });

  it('gives a count as a number, and refuses one that a number cannot hold', async () => {
    expect(await value(`count(*) from generate_series(1, 3)`)).toBe(3);
    await expect(value(`9007199254740993::bigint`)).rejects.toThrow('too large');
  });

  it('ends a statement that runs too long', async () => {
    const setting = await sql<{ statement_timeout: string }>`show statement_timeout`.execute(db);
    expect(setting.rows).toEqual([{ statement_timeout: '5s' }]);
  });

  // V-03.
  it('has its connection again after a statement that was ended, and after a forgotten one', async () => {
    const impatient = connect(appAddress, { poolSize: 1, statementTimeoutMs: 100 });
    try {
      const slow = await sql`select pg_sleep(20)`
        .execute(impatient)
        .catch((fault: unknown) => fault);
      expect(databaseTrouble(slow)).toBe('slow');
      const forgotten = await impatient
        .transaction()
        .execute(async (tx) => {
          const me = await sql<{ pid: number }>`
            select pg_backend_pid() as pid,
              set_config('idle_in_transaction_session_timeout', '100', false)`.execute(tx);
          const lives = async () => {
            const found = await sql`
              select from pg_stat_activity where pid = ${me.rows[0]?.pid}`.execute(db);
            return found.rows.length;
          };
          await expect.poll(lives, { timeout: 20_000 }).toBe(0);
          await sql`select 1`.execute(tx);
        })
        .catch((fault: unknown) => fault);
      expect(databaseTrouble(forgotten)).toBe('away');
      const next = await sql`select 1 as one`.execute(impatient);
      expect(next.rows).toEqual([{ one: 1 }]);
    } finally {
      await impatient.destroy();
    }
  });
});
