import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import type { Db, Tx } from './tables.ts';

export const migrationsFolder = path.resolve(import.meta.dirname, '../../../migrations');

export type MigrateOutcome =
  /** The names of the migrations that were applied now, in order; none when all was in place. */
  | { readonly kind: 'migrated'; readonly applied: readonly string[] }
  /** The database holds migrations that this program does not know; nothing was changed. */
  | { readonly kind: 'newer'; readonly unknown: readonly string[] };

/**
 * Brings the database up to date with the files `migrations/NNNN_name.sql`, as the keeper, all
 * in one transaction under an advisory lock: two programs starting together apply each once.
 * @throws what PostgreSQL said when a migration fails; then none was applied.
 */
export async function migrate(keeper: Db, folder = migrationsFolder): Promise<MigrateOutcome> {
  const { unknown } = await compareMigrations(keeper, folder);
  if (unknown.length > 0) return { kind: 'newer', unknown };
  return { kind: 'migrated', applied: await applyAll(keeper, await readMigrations(folder)) };
}

/**
 * How far the database is from what this program needs, told to any role.
 * `missing`: not applied yet; `unknown`: applied by a newer program.
 */
export async function compareMigrations(
  db: Db,
  folder = migrationsFolder,
): Promise<{ missing: string[]; unknown: string[] }> {
  const applied = await appliedMigrations(db);
  const ours = Object.keys(await readMigrations(folder));
  return {
    missing: ours.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !ours.includes(name)),
  };
}

/** The names of all migrations that this program knows, in order. */
export async function knownMigrations(folder = migrationsFolder): Promise<string[]> {
  return Object.keys(await readMigrations(folder));
}

/**
 * Applies these migrations, the first ones of all, inside a transaction of the keeper, and gives
 * the names of those that were not applied yet.
 * @throws what PostgreSQL said when one fails.
 */
export async function migrateTo(tx: Tx, names: readonly string[]): Promise<string[]> {
  const all = Object.entries(await readMigrations(migrationsFolder));
  const wanted = Object.fromEntries(all.filter(([name]) => names.includes(name)));
  return await applyAll(tx, wanted);
}

async function applyAll(keeper: Db, migrations: Record<string, Migration>): Promise<string[]> {
  const migrator = new Migrator({
    db: keeper,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw faultOf(error);
  // So that the program, which cannot migrate, can see at its start that somebody must.
  await sql`grant select on kysely_migration to sightline_app`.execute(keeper);
  return results.map((result) => result.migrationName);
}

async function readMigrations(folder: string): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name));
  const entries = await Promise.all(
    files.sort().map(async (file): Promise<[string, Migration]> => {
      const text = await readFile(path.join(folder, file), 'utf8');
      const up = async (db: Kysely<unknown>) => {
        await sql.raw(text).execute(db);
      };
      return [file.slice(0, -'.sql'.length), { up }];
    }),
  );
  return Object.fromEntries(entries);
}

function faultOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The names of the migrations that were applied, in order; none where there is no table yet. */
export async function appliedMigrations(db: Db): Promise<string[]> {
  const found = await sql<{ there: boolean }>`
    select to_regclass('public.kysely_migration') is not null as there`.execute(db);
  if (found.rows[0]?.there !== true) return [];
  const names = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return names.rows.map((row) => row.name).sort();
}
