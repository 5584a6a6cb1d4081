import type { Db } from '#platform/db/tables.ts';

/** What the pages of the committee need from the program. */
export interface CommitteeDeps {
  db: Db;
}
