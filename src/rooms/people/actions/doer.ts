import type { AuthorityId } from '#kernel/ids.ts';
import {
  whyNot,
  type Actor,
  type CircumstancesOfRecord,
  type ClassOfRecord,
  type Letter,
  type Refusal,
} from '../rules/policy.ts';

/**
 * Who does a deed: a signed-in person, or somebody at the server itself, who may do everything
 * (the first administrators, the demonstration) and is logged as nobody.
 */
export type Doer = Actor | AtTheServer;

export interface AtTheServer {
  authorityId: AuthorityId;
  userId: null;
}

/** Why the doer may not; an empty list when they may. */
export function whyDoerMayNot(
  doer: Doer,
  letter: Letter,
  cls: ClassOfRecord,
  facts: CircumstancesOfRecord = {},
): Refusal[] {
  return doer.userId === null ? [] : whyNot(doer, letter, cls, facts);
}
