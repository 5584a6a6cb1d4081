import type { IsoDate } from '#kernel/dates.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Actor } from '#people';

/**
 * Which of these actions a person may know of today, by id: answered by the room that keeps them,
 * so that nobody learns here of an action in a plan that they may not read.
 */
export type KnowsItems = (
  tx: Tx,
  actor: Actor,
  actionIds: readonly string[],
  today: IsoDate,
) => Promise<ReadonlySet<string>>;
