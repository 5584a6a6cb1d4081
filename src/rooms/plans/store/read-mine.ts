import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, PartyId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { MyAction } from '../rules/my-actions.ts';
import { plansNaming } from './find-action.ts';
import { readPictures } from './read-picture.ts';

/** The actions that one of these parties leads or contributes to, in plans that are not archived. */
export async function readMine(
  tx: Tx,
  authority: AuthorityId,
  partyIds: readonly PartyId[],
  asAt: IsoDate,
): Promise<MyAction[]> {
  const planIds = await plansNaming(tx, authority, partyIds);
  const pictures = await readPictures(tx, authority, asAt, planIds);
  return pictures
    .filter((picture) => picture.plan.state === 'active')
    .flatMap((picture) =>
      picture.actions
        .filter((action) =>
          [...action.leads, ...action.contributors].some((party) => partyIds.includes(party.id)),
        )
        .map((action) => ({ action, picture })),
    );
}
