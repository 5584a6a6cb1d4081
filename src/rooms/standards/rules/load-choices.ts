import type { MapRelation } from './kinds.ts';
import type { CriterionId, EditionId } from '#kernel/ids.ts';

/** What was chosen for a framework on its way in. */
export interface LoadChoices {
  /** The edition that it takes the place of; null: it begins a framework. */
  followsId: EditionId | null;
  /** By the ref of each new criterion: which of the edition before it is; absent where it is new. */
  map: Record<string, { fromId: CriterionId; relation: MapRelation }>;
}
