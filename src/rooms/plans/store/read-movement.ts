import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, PlanId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { movementOf, type Movement } from '../rules/movement.ts';
import type { PlanPicture } from '../rules/picture.ts';
import { readHistory } from './read-history.ts';
import { readPicture } from './read-picture.ts';

/** What moved in a plan over (from, to], with the plan at both ends. */
export interface MovementRead {
  movement: Movement;
  /** Null where the plan did not stand yet. */
  before: PlanPicture | null;
  after: PlanPicture;
}

/** Null where the plan did not stand at the later end. */
export async function readMovement(
  tx: Tx,
  authority: AuthorityId,
  planId: PlanId,
  from: IsoDate,
  to: IsoDate,
  knownAt?: Date,
): Promise<MovementRead | null> {
  const after = await readPicture(tx, authority, planId, to, knownAt);
  if (after === null) return null;
  const before = await readPicture(tx, authority, planId, from, knownAt);
  const facts = await readHistory(tx, authority, { planId }, to, knownAt);
  return { movement: movementOf(before, after, facts, from), before, after };
}
