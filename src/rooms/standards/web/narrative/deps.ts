import type { Db } from '#platform/db/tables.ts';
import type { KnowsItems } from '#findings';

/** What the pages of the self-assessment need from the program. */
export interface NarrativeDeps {
  db: Db;
  /** Which actions a person may know of, answered by the room that keeps them; none unless given. */
  knows?: KnowsItems;
}
