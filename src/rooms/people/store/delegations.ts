import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, Id, PartyId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

export type DelegationId = Id<'delegation'>;

/** That somebody acts in a post for its holder, for a time. */
export interface Delegation {
  id: DelegationId;
  partyId: PartyId;
  /** Who acts. */
  userId: UserId;
  startsOn: IsoDate;
  /** The first day on which they no longer act: as agreed, or sooner where it was withdrawn. */
  endsOn: IsoDate;
  withdrawn: boolean;
  /** Who said so: the holder, or an administrator. */
  by: UserId | null;
}

/** Every delegation of the authority, the ended ones included, newest first. */
export async function delegations(tx: Tx, authorityId: AuthorityId): Promise<Delegation[]> {
  return await tx
    .selectFrom('delegation as d')
    .leftJoin('delegation_end as e', (join) =>
      join.onRef('e.authority_id', '=', 'd.authority_id').onRef('e.delegation_id', '=', 'd.id'),
    )
    .select((is) => [
      'd.id',
      'd.party_id as partyId',
      'd.user_id as userId',
      'd.starts_on as startsOn',
      is.fn<IsoDate>('least', ['d.ends_on', 'e.ends_on']).as('endsOn'),
      is('e.id', 'is not', null).$castTo<boolean>().as('withdrawn'),
      'd.recorded_by as by',
    ])
    .where('d.authority_id', '=', authorityId)
    .orderBy('d.recorded_at', 'desc')
    .orderBy('d.id', 'desc')
    .execute();
}

/** Whether they act on that day. */
export function actsOn(delegation: Pick<Delegation, 'startsOn' | 'endsOn'>, on: IsoDate): boolean {
  return delegation.startsOn <= on && delegation.endsOn > on;
}
