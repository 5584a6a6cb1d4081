import type { AuthorityId, UserId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

export interface User {
  id: UserId;
  email: string;
  name: string;
}

/** An address as it is kept and compared. */
export function tidyEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

/** Every user of the authority, by name. */
export async function listUsers(tx: Tx, authorityId: AuthorityId): Promise<User[]> {
  return await tx
    .selectFrom('account')
    .select(['user_id as id', 'email', 'name'])
    .where('authority_id', '=', authorityId)
    .orderBy('name')
    .orderBy('user_id')
    .execute();
}

/** These users of the authority, by id; an id of another authority is not there. */
export async function usersByIds(
  tx: Tx,
  authorityId: AuthorityId,
  ids: readonly UserId[],
): Promise<Map<UserId, User>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('account')
    .select(['user_id as id', 'email', 'name'])
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', anyOf([...new Set(ids)]))
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** The names of these users of the authority, by id. */
export async function userNames(
  tx: Tx,
  authorityId: AuthorityId,
  ids: readonly UserId[],
): Promise<Map<UserId, string>> {
  const users = await usersByIds(tx, authorityId, ids);
  return new Map([...users.values()].map((user) => [user.id, user.name]));
}

/** The user with this address, in any capitals; undefined when there is none here. */
export async function userByEmail(
  tx: Tx,
  authorityId: AuthorityId,
  email: string,
): Promise<User | undefined> {
  return await tx
    .selectFrom('account')
    .select(['user_id as id', 'email', 'name'])
    .where('authority_id', '=', authorityId)
    .where('email', '=', tidyEmail(email))
    .executeTakeFirst();
}
