import type { Db } from '#platform/db/tables.ts';
import type { ThreadSource } from '#findings';

/** What the pages of plans need from the program. */
export interface PlanDeps {
  db: Db;
  /** What other rooms tell of their own items in the threads of actions. */
  threads?: readonly ThreadSource[];
}
