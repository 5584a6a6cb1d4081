import type { Db } from '#platform/db/tables.ts';

/** What the pages of the self-assessment need from the program. */
export interface NarrativeDeps {
  db: Db;
}
