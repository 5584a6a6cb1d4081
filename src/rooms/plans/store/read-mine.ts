import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, PartyId, PlanId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { MyAction } from '../rules/my-actions.ts';
import { plansNaming } from './find-action.ts';
import { readPicture } from './read-picture.ts';

/** The actions that one of these parties leads or contributes to, in plans that are not archived. */
export async function readMine(
  tx: Tx,
  authority: AuthorityId,
  partyIds: readonly PartyId[],
  asAt: IsoDate,
): Promise<MyAction[]> {
  const planIds: PlanId[] = await plansNaming(tx, authority, partyIds);
  const mine: MyAction[] = [];
  for (const planId of planIds) {
    const picture = await readPicture(tx, authority, planId, asAt);
    if (picture?.plan.state !== 'active') continue;
    for (const action of picture.actions) {
      const named = [...action.leads, ...action.contributors];
      if (named.some((party) => partyIds.includes(party.id))) mine.push({ action, picture });
    }
  }
  return mine;
}
