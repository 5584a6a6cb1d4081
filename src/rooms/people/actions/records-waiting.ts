import type { Tx } from '#platform/db/tables.ts';
import type { Actor } from '../rules/policy.ts';
import { redactions } from '../store/redactions.ts';
import { disposals } from '../store/retention.ts';
import { mayDispose } from './retention.ts';
import { agreesToTakingOut } from './take-out-name.ts';

/** How many requests of others wait for a second person who may be this one. */
export interface RecordsWaiting {
  /** Names to take out. */
  names: number;
  /** Plans to dispose of. */
  disposals: number;
}

/** What waits for this person's answer, so that their first page can say so. */
export async function recordsWaiting(tx: Tx, actor: Actor): Promise<RecordsWaiting> {
  const { authorityId, userId } = actor;
  const open = (one: { agreed: boolean | null; askedBy: unknown }) =>
    one.agreed === null && one.askedBy !== userId;
  return {
    names: agreesToTakingOut(actor) ? (await redactions(tx, authorityId)).filter(open).length : 0,
    disposals: mayDispose(actor)
      ? (await disposals(tx, authorityId)).filter((one) => one.kind === 'plan' && open(one)).length
      : 0,
  };
}
