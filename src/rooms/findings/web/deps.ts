import type { Db } from '#platform/db/tables.ts';
import type { Html } from '#platform/web/html.ts';
import type { ThreadSource } from '../actions/thread-source.ts';
import type { FrozenBy } from '../actions/frozen-by.ts';
import type { KnowsItems } from '../actions/knows-items.ts';

/** What rooms above hang on the pages of this one. */
export interface FindingPanels {
  /** How another action comes to answer a finding: for whoever may change the finding today. */
  answerIt?: (findingId: string) => Html;
}

/** What the pages of the register need from the program. */
export interface FindingDeps {
  db: Db;
  /** Which actions a person may know of: the rooms above answer. */
  knows: KnowsItems;
  /** Which findings stand in what was signed off: rooms above answer. */
  frozen?: FrozenBy;
  panels?: FindingPanels;
  /** What rooms above tell of their own items in threads. */
  threads?: readonly ThreadSource[];
}
