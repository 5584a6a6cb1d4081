import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, Id, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

export type NamedGrantId = Id<'named-grant'>;

/** What can be opened to a guest: a plan, or a peer challenge with what it shares. */
export type NamedItemKind = 'plan' | 'challenge';

/** That an item was opened to a guest by name, for a time. */
export interface NamedGrant {
  id: NamedGrantId;
  userId: UserId;
  itemKind: NamedItemKind;
  itemId: string;
  reason: string;
  startsOn: IsoDate;
  /** The first day on which it opens nothing: as agreed, or sooner where it was withdrawn. */
  endsOn: IsoDate;
  withdrawn: boolean;
  grantedBy: UserId | null;
}

/** Every named grant of the authority, of one item, or of one person; the newest first. */
export async function namedGrants(
  tx: Tx,
  authorityId: AuthorityId,
  of: { itemId?: string; userId?: UserId } = {},
): Promise<NamedGrant[]> {
  let query = tx
    .selectFrom('named_grant as g')
    .leftJoin('named_grant_end as e', (join) =>
      join.onRef('e.authority_id', '=', 'g.authority_id').onRef('e.named_grant_id', '=', 'g.id'),
    )
    .select((is) => [
      'g.id',
      'g.user_id as userId',
      'g.item_kind as itemKind',
      'g.item_id as itemId',
      'g.reason',
      'g.starts_on as startsOn',
      is.fn<IsoDate>('least', ['g.ends_on', 'e.ends_on']).as('endsOn'),
      is('e.id', 'is not', null).$castTo<boolean>().as('withdrawn'),
      'g.recorded_by as grantedBy',
    ])
    .where('g.authority_id', '=', authorityId)
    .orderBy('g.recorded_at', 'desc')
    .orderBy('g.id', 'desc');
  if (of.itemId !== undefined) query = query.where('g.item_id', '=', of.itemId);
  if (of.userId !== undefined) query = query.where('g.user_id', '=', of.userId);
  return await query.execute();
}

/** Whether the grant opens its item on that day. */
export function opens(grant: Pick<NamedGrant, 'startsOn' | 'endsOn'>, on: IsoDate): boolean {
  return grant.startsOn <= on && grant.endsOn > on;
}

/** The ids of the items that are open to a user by name on a day. */
export async function grantedTo(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  on: IsoDate,
): Promise<string[]> {
  const grants = await namedGrants(tx, authorityId, { userId });
  return [...new Set(grants.filter((grant) => opens(grant, on)).map((grant) => grant.itemId))];
}
