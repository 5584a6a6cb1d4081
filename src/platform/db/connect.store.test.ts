import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '#test/database.ts';

const { db } = await testDatabase();

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
});
