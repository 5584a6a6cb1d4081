import { addDays, type IsoDate } from '#kernel/dates.ts';
import { newId, type UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { accountFacts } from '../store/accounts.ts';
import { recordFacts } from '../store/audit-log.ts';
import { namedGrants, type NamedGrantId, type NamedItemKind } from '../store/named-grants.ts';
import { rolesOf } from '../store/roles.ts';
import type { Doer } from './doer.ts';

/** The longest time for which an item is opened to a guest (C-06, security 2.2). */
export const longestGuestDays = 14;

export type NameGuestOutcome =
  | { kind: 'named'; grantId: NamedGrantId }
  | { kind: 'not-a-guest' }
  | { kind: 'too-long' }
  | { kind: 'named-already' };

/**
 * Opens an item to a peer reviewer by name, from today to a last day. The room that the item is of
 * asks first whether the doer may (letter G): nothing here knows what a plan is.
 */
export async function nameGuest(
  tx: Tx,
  doer: Doer,
  given: {
    userId: UserId;
    itemKind: NamedItemKind;
    itemId: string;
    reason: string;
    lastDay: IsoDate;
  },
  today: IsoDate,
): Promise<NameGuestOutcome> {
  const { authorityId } = doer;
  const { userId, itemKind, itemId, reason, lastDay } = given;
  const account = (await accountFacts(tx, authorityId, [userId])).get(userId);
  const roles = await rolesOf(tx, authorityId, userId, today);
  if (account === undefined || account.closed || !roles.includes('peer-reviewer')) {
    return { kind: 'not-a-guest' };
  }
  const endsOn = addDays(lastDay, 1);
  if (lastDay < today || endsOn > addDays(today, longestGuestDays)) return { kind: 'too-long' };
  const standing = await namedGrants(tx, authorityId, { itemId, userId });
  if (standing.some((grant) => grant.endsOn > today)) return { kind: 'named-already' };
  const id: NamedGrantId = newId();
  await tx
    .insertInto('named_grant')
    .values({
      authority_id: authorityId,
      id,
      user_id: userId,
      item_kind: itemKind,
      item_id: itemId,
      reason,
      starts_on: today,
      ends_on: endsOn,
      recorded_by: doer.userId,
    })
    .execute();
  await recordFacts(tx, doer.userId, `${itemKind} shared with a guest`, [
    { fact: 'named_grant', id },
  ]);
  return { kind: 'named', grantId: id };
}

/** Takes back what was opened to a guest, at once. The room of the item asks first, as above. */
export async function withdrawGuest(
  tx: Tx,
  doer: Doer,
  given: { grantId: NamedGrantId; itemId: string },
  today: IsoDate,
): Promise<{ kind: 'withdrawn' } | { kind: 'nothing-to-withdraw' }> {
  const grants = await namedGrants(tx, doer.authorityId, { itemId: given.itemId });
  const grant = grants.find((one) => one.id === given.grantId);
  if (grant === undefined || grant.withdrawn || grant.endsOn <= today) {
    return { kind: 'nothing-to-withdraw' };
  }
  const ended = await tx
    .insertInto('named_grant_end')
    .values({
      authority_id: doer.authorityId,
      id: newId<'named-grant-end'>(),
      named_grant_id: grant.id,
      ends_on: today,
      recorded_by: doer.userId,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'named_grant_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (ended === undefined) return { kind: 'nothing-to-withdraw' };
  await recordFacts(tx, doer.userId, `${grant.itemKind} no longer shared`, [
    { fact: 'named_grant_end', id: ended.id },
  ]);
  return { kind: 'withdrawn' };
}
