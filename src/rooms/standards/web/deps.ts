import type { JudgementId } from '#kernel/ids.ts';
import type { Db } from '#platform/db/tables.ts';
import type { KnowsItems } from '#findings';

/** What the pages of standards need from the program. */
export interface StandardsDeps {
  db: Db;
  /** Which actions a person may know of, answered by the room that keeps them; none unless given. */
  knows?: KnowsItems;
  /** Where a higher room adds an action for a judgement; no such link is shown unless given. */
  addActionHref?: (judgementId: JudgementId) => string;
}
