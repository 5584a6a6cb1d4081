import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, PartyId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { AccountFacts } from '../rules/account-state.ts';
import { accountFacts } from './accounts.ts';
import { delegations, type Delegation } from './delegations.ts';
import { answeringPosts, holdings, type Holding } from './holdings.ts';
import { listParties, type Party } from './parties.ts';
import { postsAbove } from './posts-above.ts';
import { roleGrants, type RoleGrant } from './roles.ts';
import { listUsers, type User } from './users.ts';

/** Everybody and every post of an authority on a day, read at once. */
export interface Census {
  users: User[];
  grants: RoleGrant[];
  parties: Party[];
  holdings: Holding[];
  /** The post that answers for each team, by team. */
  answers: Map<PartyId, PartyId>;
  /** The post to which each post answers, by post. */
  above: Map<PartyId, PartyId>;
  /** Who has set up one-time codes. */
  withCodes: Set<UserId>;
  accounts: Map<UserId, AccountFacts>;
  delegations: Delegation[];
}

export async function readCensus(tx: Tx, authorityId: AuthorityId, on: IsoDate): Promise<Census> {
  const withCodes = await tx
    .selectFrom('credential')
    .select('user_id')
    .where('authority_id', '=', authorityId)
    .where('totp_confirmed_at', 'is not', null)
    .execute();
  return {
    users: await listUsers(tx, authorityId),
    grants: await roleGrants(tx, authorityId),
    parties: await listParties(tx, authorityId),
    holdings: await holdings(tx, authorityId),
    answers: await answeringPosts(tx, authorityId, on),
    above: await postsAbove(tx, authorityId, on),
    withCodes: new Set(withCodes.map((row) => row.user_id)),
    accounts: await accountFacts(tx, authorityId),
    delegations: await delegations(tx, authorityId),
  };
}
