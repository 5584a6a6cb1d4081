import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { emptyDatabase, freshAuthority, testDatabase } from '#test/database.ts';
import { compareMigrations, migrate, migrationsFolder } from './migrate.ts';
import type { Db } from './tables.ts';

const { db, keeper } = await emptyDatabase();
const folder = await mkdtemp(path.join(tmpdir(), 'migrations-'));
afterAll(() => rm(folder, { recursive: true }));

async function tables(run: Db): Promise<string[]> {
  const found = await sql<{ name: string }>`
    select relname::text as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'kysely%'
    order by 1`.execute(run);
  return found.rows.map((row) => row.name);
}

const file = (name: string, text: string) => writeFile(path.join(folder, name), text);

// One story in order: each step stands on the one before.
describe('migrate', () => {
  it('applies the files in order, once, and reports what it applied', async () => {
    await file('0001_one.sql', 'create table one (n integer); insert into one values (1);');
    await file('0002_two.sql', 'create table two as select n + 1 as n from one;');
    await file('roles.sql', 'this is not a migration');
    expect((await compareMigrations(db, folder)).missing).toEqual(['0001_one', '0002_two']);
    const together = await Promise.all([migrate(keeper, folder), migrate(keeper, folder)]);
    expect(
      together.flatMap((outcome) => (outcome.kind === 'migrated' ? outcome.applied : [])),
    ).toEqual(['0001_one', '0002_two']);
    expect(await migrate(keeper, folder)).toEqual({ kind: 'migrated', applied: [] });
    expect(await tables(keeper)).toEqual(['one', 'two']);
    expect(await compareMigrations(db, folder)).toEqual({ missing: [], unknown: [] });
  });

  it('leaves nothing of a migration that fails, nor of one before it', async () => {
    await file('0003_three.sql', 'create table three (n integer);');
    await file('0004_four.sql', 'create table four (n integer); select 1 / 0;');
    await expect(migrate(keeper, folder)).rejects.toThrow('division by zero');
    expect(await tables(keeper)).toEqual(['one', 'two']);
    await rm(path.join(folder, '0003_three.sql'));
    await rm(path.join(folder, '0004_four.sql'));
  });

  it('refuses a database that a newer program has migrated', async () => {
    await rm(path.join(folder, '0002_two.sql'));
    expect(await migrate(keeper, folder)).toEqual({ kind: 'newer', unknown: ['0002_two'] });
  });

  it('cannot be done by the program itself', async () => {
    await file('0002_two.sql', 'select 1;');
    await file('0003_three.sql', 'create table three (n integer);');
    await expect(migrate(db, folder)).rejects.toThrow('permission denied');
  });
});

describe('a migration of data', () => {
  it('changes the rows of every authority, though security is forced on the owner too', async () => {
    const real = await testDatabase();
    const later = await mkdtemp(path.join(tmpdir(), 'migrations-'));
    await cp(migrationsFolder, later, { recursive: true });
    for (const name of ['Saltmarsh', 'Northmere']) {
      const { id } = await freshAuthority(real, name);
      await sql`insert into party (authority_id, id, kind, name, name_key)
        values (${id}, gen_random_uuid(), 'team', ${`Early Help, ${name}`}, ${name})`.execute(
        real.keeper,
      );
    }
    await writeFile(
      path.join(later, '9999_family_help.sql'),
      `update party set name = replace(name, 'Early Help', 'Family Help');`,
    );
    const outcome = await migrate(real.keeper, later);
    await rm(later, { recursive: true });
    expect(outcome).toEqual({ kind: 'migrated', applied: ['9999_family_help'] });
    const { rows } = await sql<{ name: string }>`select name from party order by 1`.execute(
      real.keeper,
    );
    expect(rows.map((row) => row.name)).toEqual([
      'Family Help, Northmere',
      'Family Help, Saltmarsh',
    ]);
  });
});
