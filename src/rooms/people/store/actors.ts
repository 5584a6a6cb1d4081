import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Actor } from '../rules/policy.ts';
import { partiesOf } from './parties.ts';
import { rolesOf } from './roles.ts';
import { userByEmail } from './users.ts';

/** The person of this address as they stand on a day, roles and posts included; null when there is none. */
export async function actorByEmail(
  tx: Tx,
  authorityId: AuthorityId,
  email: string,
  on: IsoDate,
): Promise<Actor | null> {
  const user = await userByEmail(tx, authorityId, email);
  if (user === undefined) return null;
  return {
    authorityId,
    userId: user.id,
    name: user.name,
    roles: await rolesOf(tx, authorityId, user.id, on),
    partyIds: await partiesOf(tx, authorityId, user.id, on),
  };
}
