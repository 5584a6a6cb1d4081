import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, PartyId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { answeringPosts, holdings, isHeldOn, userNames } from '#people';

/** Who answers for each post, team, board or organisation on a day, by name. */
export async function holdersOn(
  tx: Tx,
  authority: AuthorityId,
  on: IsoDate,
): Promise<(partyId: PartyId) => string[]> {
  const held = (await holdings(tx, authority)).filter((one) => isHeldOn(one, on));
  const answers = await answeringPosts(tx, authority, on);
  const names = await userNames(tx, authority, [...new Set(held.map(({ userId }) => userId))]);
  const byParty = Map.groupBy(held, ({ partyId }) => partyId);
  return (partyId) =>
    (byParty.get(answers.get(partyId) ?? partyId) ?? []).flatMap(
      ({ userId }) => names.get(userId) ?? [],
    );
}
