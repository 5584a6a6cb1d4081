import type { Db } from '#platform/db/tables.ts';

/** What the pages of plans need from the program. */
export interface PlanDeps {
  db: Db;
}
