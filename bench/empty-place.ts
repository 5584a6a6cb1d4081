import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { readConfig } from '#platform/config.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openDatabase, type OpenDatabase } from '#platform/db/open.ts';
import type { Db } from '#platform/db/tables.ts';

/** A new folder for an embedded database, gone when the work is done. */
export async function inEmptyPlace<T>(work: (data: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp('/var/tmp/sightline-bench-');
  // As root, PostgreSQL runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  try {
    return await work(`${folder}/data`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An open database with a keeper. */
export type FilledPlace = OpenDatabase & { keeper: Db };

/** The database of that folder, with its tables, for as long as the work takes. */
export async function onDatabase<T>(
  data: string,
  work: (database: FilledPlace) => Promise<T>,
): Promise<T> {
  const reading = readConfig({ SIGHTLINE_DATA: data });
  if (reading.kind === 'wrong') throw new Error(reading.problems.join(' '));
  const outcome = await openDatabase(reading.config, console.error);
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  const { database } = outcome;
  try {
    const { keeper } = database;
    if (keeper === null) throw new Error('The embedded database has a keeper');
    await migrate(keeper);
    return await work({ ...database, keeper });
  } finally {
    await database.close();
  }
}
