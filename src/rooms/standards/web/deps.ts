import type { EditionId, JudgementId } from '#kernel/ids.ts';
import type { Db } from '#platform/db/tables.ts';
import type { KnowsItems } from '#findings';

/** Where a room above answers judgements with actions. */
export interface AnswerPaths {
  /** Adds an action that answers a judgement. */
  add: (judgement: JudgementId) => string;
  /** Links one that stands. */
  link: (judgement: JudgementId) => string;
  /** Takes an action from a judgement. */
  end: (judgement: JudgementId, action: string) => string;
  /** Proposes actions for what falls short in an edition. */
  propose: (edition: EditionId) => string;
}

/** What the pages of standards need from the program. */
export interface StandardsDeps {
  db: Db;
  /** Which actions a person may know of, answered by the room that keeps them; none unless given. */
  knows?: KnowsItems;
  /** Without it no page leads to actions. */
  answering?: AnswerPaths;
}
