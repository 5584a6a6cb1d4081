import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, PartyId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { HoldingId } from './tables.ts';

/** That somebody holds a post, sits on a board, or acts for an organisation. */
export interface Holding {
  id: HoldingId;
  partyId: PartyId;
  userId: UserId;
  startsOn: IsoDate;
  /** The first day on which it is no longer held; null while no end is known. */
  endsOn: IsoDate | null;
}

/** Every holding of the authority, the ended ones included, oldest first. */
export async function holdings(tx: Tx, authorityId: AuthorityId): Promise<Holding[]> {
  return await allHoldings(tx, authorityId).execute();
}

/** One holding, or undefined when it is not this authority's. */
export async function holding(
  tx: Tx,
  authorityId: AuthorityId,
  id: HoldingId,
): Promise<Holding | undefined> {
  return await allHoldings(tx, authorityId).where('h.id', '=', id).executeTakeFirst();
}

/** Whether it is held on that day. */
export function isHeldOn(held: Pick<Holding, 'startsOn' | 'endsOn'>, on: IsoDate): boolean {
  return held.startsOn <= on && (held.endsOn === null || held.endsOn > on);
}

/** The post that answers for each team on a day, by team. */
export async function answeringPosts(
  tx: Tx,
  authorityId: AuthorityId,
  on: IsoDate,
): Promise<Map<PartyId, PartyId>> {
  const rows = await tx
    .selectFrom('team_answer')
    .distinctOn('team_id')
    .select(['team_id', 'post_id'])
    .where('authority_id', '=', authorityId)
    .where('effective_on', '<=', on)
    .orderBy('team_id')
    .orderBy('effective_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.team_id, row.post_id]));
}

function allHoldings(tx: Tx, authorityId: AuthorityId) {
  return tx
    .selectFrom('post_holding as h')
    .leftJoin('post_holding_end as e', (join) =>
      join.onRef('e.authority_id', '=', 'h.authority_id').onRef('e.post_holding_id', '=', 'h.id'),
    )
    .select([
      'h.id',
      'h.party_id as partyId',
      'h.user_id as userId',
      'h.starts_on as startsOn',
      'e.ends_on as endsOn',
    ])
    .where('h.authority_id', '=', authorityId)
    .orderBy('h.starts_on')
    .orderBy('h.recorded_at')
    .orderBy('h.id');
}
