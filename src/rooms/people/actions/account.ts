import type { IsoDate } from '#kernel/dates.ts';
import { newId, type UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { accountState, type AccountState } from '../rules/account-state.ts';
import type { Refusal } from '../rules/policy.ts';
import { accountFacts, addAccountEvent, addUserVersion, lockAccounts } from '../store/accounts.ts';
import { endTokens } from '../store/api-tokens.ts';
import { recordFacts, type FactRef } from '../store/audit-log.ts';
import { delegations } from '../store/delegations.ts';
import { holdings } from '../store/holdings.ts';
import { namedGrants } from '../store/named-grants.ts';
import { forgetPasswordLink } from '../store/password-links.ts';
import { isLastAdministrator, lockRoles, roleGrants } from '../store/roles.ts';
import { endSessionsOf } from '../store/sessions.ts';
import { tidyEmail, userByEmail, usersByIds } from '../store/users.ts';
import { whyDoerMayNot, type Doer } from './doer.ts';

export type ChangeDetailsOutcome =
  | { kind: 'changed' }
  | { kind: 'nothing-changed' }
  | { kind: 'address-taken' }
  | { kind: 'unknown-user' }
  | { kind: 'refused'; reasons: Refusal[] };

/**
 * Gives a user another name or address. They sign in by the new one at once; the old one is free.
 * The details were checked: `userDetailProblems`.
 */
export async function changeDetails(
  tx: Tx,
  doer: Doer,
  userId: UserId,
  details: { name: string; email: string },
): Promise<ChangeDetailsOutcome> {
  const reasons = whyDoerMayNot(doer, 'U', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  await lockAccounts(tx, doer.authorityId);
  const user = (await usersByIds(tx, doer.authorityId, [userId])).get(userId);
  if (user === undefined) return { kind: 'unknown-user' };
  const next = { name: details.name.trim(), email: tidyEmail(details.email) };
  if (next.name === user.name && next.email === user.email) return { kind: 'nothing-changed' };
  const other = await userByEmail(tx, doer.authorityId, next.email);
  if (other !== undefined && other.id !== userId) return { kind: 'address-taken' };
  const facts: FactRef[] = [];
  await addUserVersion(tx, doer.authorityId, { userId, ...next, by: doer.userId }, facts);
  await recordFacts(tx, doer.userId, 'details changed', facts);
  return { kind: 'changed' };
}

export type CloseAccountOutcome =
  | { kind: 'closed' }
  | { kind: 'closed-already' }
  | { kind: 'ones-own-account' }
  | { kind: 'last-administrator' }
  | { kind: 'unknown-user' }
  | { kind: 'refused'; reasons: Refusal[] };

/**
 * Closes the account of somebody who leaves: from this moment nobody signs in with it, its sessions
 * are over, and its roles, posts, delegations, named grants and tokens for data end. One person does it, at once.
 */
export async function closeAccount(
  tx: Tx,
  doer: Doer,
  { userId, reason }: { userId: UserId; reason: string },
  today: IsoDate,
  now: Date,
): Promise<CloseAccountOutcome> {
  const reasons = whyDoerMayNot(doer, 'U', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  if (doer.userId === userId) return { kind: 'ones-own-account' };
  const { authorityId } = doer;
  await lockRoles(tx, authorityId);
  await lockAccounts(tx, authorityId);
  const account = (await accountFacts(tx, authorityId, [userId])).get(userId);
  if (account === undefined) return { kind: 'unknown-user' };
  if (account.closed) return { kind: 'closed-already' };
  const grants = await roleGrants(tx, authorityId);
  if (isLastAdministrator(grants, userId, today)) return { kind: 'last-administrator' };

  const facts: FactRef[] = [];
  const ended = { authority_id: authorityId, ends_on: today, recorded_by: doer.userId };
  for (const grant of grants) {
    if (grant.userId !== userId || grant.endsOn !== null) continue;
    const id = newId<'role-grant-end'>();
    await tx
      .insertInto('role_grant_end')
      .values({ ...ended, id, role_grant_id: grant.id })
      .execute();
    facts.push({ fact: 'role_grant_end', id });
  }
  for (const held of await holdings(tx, authorityId)) {
    if (held.userId !== userId || held.endsOn !== null) continue;
    const id = newId<'post-holding-end'>();
    await tx
      .insertInto('post_holding_end')
      .values({ ...ended, id, post_holding_id: held.id })
      .execute();
    facts.push({ fact: 'post_holding_end', id });
  }
  for (const acting of await delegations(tx, authorityId)) {
    // What they gave ends as well: nobody is left to act for.
    const theirs = acting.userId === userId || acting.by === userId;
    if (!theirs || acting.withdrawn || acting.endsOn <= today) continue;
    const id = newId<'delegation-end'>();
    await tx
      .insertInto('delegation_end')
      .values({ ...ended, id, delegation_id: acting.id })
      .execute();
    facts.push({ fact: 'delegation_end', id });
  }
  for (const grant of await namedGrants(tx, authorityId, { userId })) {
    if (grant.withdrawn || grant.endsOn <= today) continue;
    const id = newId<'named-grant-end'>();
    await tx
      .insertInto('named_grant_end')
      .values({ ...ended, id, named_grant_id: grant.id })
      .execute();
    facts.push({ fact: 'named_grant_end', id });
  }
  const closing = { why: 'account closed', by: doer.userId } as const;
  await endTokens(tx, authorityId, { userId }, closing, facts);
  await endSessionsOf(tx, authorityId, userId, now);
  await forgetPasswordLink(tx, authorityId, userId);
  const event = { userId, kind: 'closed', reason, by: doer.userId } as const;
  await addAccountEvent(tx, authorityId, event, facts);
  await recordFacts(tx, doer.userId, 'account closed', facts);
  return { kind: 'closed' };
}

export type OpenAccountOutcome =
  | { kind: 'opened'; before: Exclude<AccountState, 'open'> }
  | { kind: 'open-already' }
  | { kind: 'unknown-user' }
  | { kind: 'refused'; reasons: Refusal[] };

/**
 * Opens an account again that was closed or fell asleep. What ended when it was closed stays ended:
 * its roles are given anew, by two people.
 */
export async function openAccount(
  tx: Tx,
  doer: Doer,
  { userId, reason }: { userId: UserId; reason: string },
  now: Date,
): Promise<OpenAccountOutcome> {
  const reasons = whyDoerMayNot(doer, 'U', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  await lockAccounts(tx, doer.authorityId);
  const account = (await accountFacts(tx, doer.authorityId, [userId])).get(userId);
  if (account === undefined) return { kind: 'unknown-user' };
  const before = accountState(account, now);
  if (before === 'open') return { kind: 'open-already' };
  const facts: FactRef[] = [];
  const event = { userId, kind: 'opened', reason, by: doer.userId } as const;
  await addAccountEvent(tx, doer.authorityId, event, facts);
  await recordFacts(tx, doer.userId, 'account opened again', facts);
  return { kind: 'opened', before };
}

/** Whether nothing more can be given to this account: it was closed. */
export async function isClosed(tx: Tx, doer: Doer, userId: UserId): Promise<boolean> {
  return (await accountFacts(tx, doer.authorityId, [userId])).get(userId)?.closed === true;
}
