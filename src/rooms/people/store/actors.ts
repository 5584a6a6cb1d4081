import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Actor } from '../rules/policy.ts';
import { partiesOf } from './parties.ts';
import { rolesOf } from './roles.ts';
import { grantedTo } from './named-grants.ts';
import { userByEmail, type User } from './users.ts';

/** The person of this address as they stand on a day, roles and posts included; null when there is none. */
export async function actorByEmail(
  tx: Tx,
  authorityId: AuthorityId,
  email: string,
  on: IsoDate,
): Promise<Actor | null> {
  const user = await userByEmail(tx, authorityId, email);
  return user === undefined ? null : await actorOf(tx, authorityId, user, on);
}

/** A user as they stand on a day: their roles, whom they act for, and what is open to them by name. */
export async function actorOf(
  tx: Tx,
  authorityId: AuthorityId,
  user: Pick<User, 'id' | 'name'>,
  on: IsoDate,
): Promise<Actor> {
  return {
    authorityId,
    userId: user.id,
    name: user.name,
    roles: await rolesOf(tx, authorityId, user.id, on),
    partyIds: await partiesOf(tx, authorityId, user.id, on),
    grantedIds: await grantedTo(tx, authorityId, user.id, on),
  };
}

/** Whether the person holds, in this transaction, every role, post and grant that the actor has. */
export async function holdsStill(tx: Tx, actor: Actor, on: IsoDate): Promise<boolean> {
  const user = { id: actor.userId, name: actor.name };
  const standing = await actorOf(tx, actor.authorityId, user, on);
  const granted = standing.grantedIds ?? [];
  return (
    actor.roles.every((role) => standing.roles.includes(role)) &&
    actor.partyIds.every((id) => standing.partyIds.includes(id)) &&
    (actor.grantedIds ?? []).every((id) => granted.includes(id))
  );
}
