import type { OpenDatabase } from '#platform/db/open.ts';
import type { Db } from '#platform/db/tables.ts';

/** Whether to load the demonstration councils, where they are not there yet. */
export type WhenToLoad = 'yes' | 'no' | 'where empty';

/** Loads the demonstration where it is wanted; or says why it cannot. */
export function addDemonstration(_database: OpenDatabase, _when: WhenToLoad): Promise<null> {
  return Promise.resolve(null);
}

/** The lines that tell who can sign in to try it; none where it is not there. */
export function signInsToTry(_db: Db, _publicUrl: URL): Promise<string[]> {
  return Promise.resolve([]);
}
