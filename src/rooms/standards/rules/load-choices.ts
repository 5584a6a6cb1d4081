import type { MapRelation } from './kinds.ts';
import type { CriterionId } from '#kernel/ids.ts';

/** What was chosen for a framework on its way in. */
export interface LoadChoices {
  /** By the ref of each new criterion: which of the edition before it is; absent where it is new. */
  map: Record<string, { fromId: CriterionId; relation: MapRelation }>;
}
