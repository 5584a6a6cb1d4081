import type { IsoDate } from '#kernel/dates.ts';
import type { FindingId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Actor } from '#people';

/**
 * Why the words of a finding may not change today, as a sentence, or null where they may: a room
 * above knows that they stand in something that was signed off. It locks what it reads.
 */
export type FrozenBy = (
  tx: Tx,
  actor: Actor,
  findingId: FindingId,
  today: IsoDate,
) => Promise<string | null>;

export const neverFrozen: FrozenBy = () => Promise.resolve(null);
