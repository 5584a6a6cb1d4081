import { readConfig, type Config } from '#platform/config.ts';
import { compareMigrations } from '#platform/db/migrate.ts';
import { openDatabase, type OpenDatabase } from '#platform/db/open.ts';
import { whyNotThisRole } from '#platform/db/role-check.ts';
import { refused, terminal, type Ending } from './ending.ts';

/**
 * Opens the database of the settings for one command, beside a running server or alone, and
 * closes it again. The database as it is found: for what needs it whole, `withReadyDatabase`.
 */
export async function withDatabase(
  work: (database: OpenDatabase, config: Config) => Promise<Ending>,
): Promise<Ending> {
  const reading = readConfig();
  if (reading.kind === 'wrong') return refused(...reading.problems);
  const outcome = await openDatabase(reading.config, terminal.note);
  if (outcome.kind === 'refused') return refused(outcome.reason);
  try {
    return await work(outcome.database, reading.config);
  } finally {
    await outcome.database.close();
  }
}

/** The same, refused unless the database is migrated and its role is one that may be used. */
export function withReadyDatabase(
  work: (database: OpenDatabase, config: Config) => Promise<Ending>,
): Promise<Ending> {
  return withDatabase(async (database, config) => {
    const reasons = await whyNotReady(database);
    return reasons.length > 0 ? refused(...reasons) : work(database, config);
  });
}

/** Why the program cannot work on this database as it is; empty when it can. */
export async function whyNotReady({ db }: OpenDatabase): Promise<string[]> {
  const { missing, unknown } = await compareMigrations(db);
  if (unknown.length > 0) return [newerDatabase(unknown)];
  if (missing.length > 0) {
    return [`The database lacks ${missing.join(', ')}. Run bin/sightline migrate first.`];
  }
  const reasons = await whyNotThisRole(db);
  return reasons.length === 0
    ? []
    : [
        ...reasons,
        'Row-level security would not keep authorities apart. Let DATABASE_URL come as sightline_app, made by migrations/roles.sql.',
      ];
}

export function newerDatabase(unknown: readonly string[]): string {
  return `The database was made by a newer Sightline (${unknown.join(', ')}). Start that one, or go back to a copy of the data made before it.`;
}
