import type { UserId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { hashPassword } from '../proofs/password-hash.ts';
import { newToken, tokenHash } from '../proofs/tokens.ts';
import { passwordProblems, type PasswordProblem } from '../rules/password.ts';
import type { Refusal } from '../rules/policy.ts';
import { accountFacts, lockAccounts } from '../store/accounts.ts';
import { endTokens } from '../store/api-tokens.ts';
import { recordFacts, type FactRef } from '../store/audit-log.ts';
import type { Authority } from '../store/authorities.ts';
import { forgetPassword, savePassword } from '../store/credentials.ts';
import {
  forgetPasswordLink,
  savePasswordLink,
  userOfPasswordLink,
} from '../store/password-links.ts';
import { openedBy, openingActs } from '../store/opened-by.ts';
import { endSessionsOf } from '../store/sessions.ts';
import { usersByIds, type User } from '../store/users.ts';
import { whyDoerMayNot, type Doer } from './doer.ts';

/** How long a link can be used. */
export const linkLifeMs = 24 * 60 * 60_000;

export type MakeLinkOutcome =
  /** The token is for the link, is shown once and kept nowhere. */
  | { kind: 'made'; token: string }
  | { kind: 'unknown-user' }
  /** A link would open nothing: the account has to be opened again first. */
  | { kind: 'account-closed' }
  /** The same administrator reset their one-time codes lately: another has to make the link. */
  | { kind: 'codes-reset-by-you' }
  | { kind: 'refused'; reasons: Refusal[] };

/**
 * Makes the link by which a person chooses a password: the invitation of a new one, or the reset
 * of one who forgot theirs. It works once, for a day. Any password that they had is worth nothing
 * from now on, they are signed out everywhere, and their tokens for data end; their one-time codes
 * stay. Whoever reset those lately makes no link: nobody alone takes over an account.
 */
export async function makePasswordLink(
  tx: Tx,
  doer: Doer,
  userId: UserId,
  now: Date,
): Promise<MakeLinkOutcome> {
  const reasons = whyDoerMayNot(doer, 'U', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  await lockAccounts(tx, doer.authorityId);
  const account = (await accountFacts(tx, doer.authorityId, [userId])).get(userId);
  if (account === undefined) return { kind: 'unknown-user' };
  if (account.closed) return { kind: 'account-closed' };
  const { userId: doerId } = doer;
  const codes = [openingActs.codes];
  if (doerId !== null && (await openedBy(tx, doer.authorityId, doerId, userId, codes))) {
    return { kind: 'codes-reset-by-you' };
  }
  const token = newToken();
  const expiresAt = new Date(now.getTime() + linkLifeMs);
  const link = { userId, tokenHash: tokenHash(token), expiresAt };
  await savePasswordLink(tx, doer.authorityId, link);
  await forgetPassword(tx, doer.authorityId, userId, now);
  await endSessionsOf(tx, doer.authorityId, userId, now);
  const facts: FactRef[] = [{ fact: 'app_user', id: userId }];
  const how = { why: 'password reset', by: doer.userId } as const;
  await endTokens(tx, doer.authorityId, { userId }, how, facts);
  await recordFacts(tx, doer.userId, openingActs.link, facts);
  return { kind: 'made', token };
}

/** Whose link this is, while it works; null otherwise, and nobody is told why. */
export async function personOfLink(
  db: Db,
  authority: Authority,
  token: string,
  now: Date,
): Promise<User | null> {
  return await readInAuthority(db, authority.id, async (tx) => {
    const userId = await userOfPasswordLink(tx, authority.id, tokenHash(token), now);
    if (userId === null) return null;
    return (await usersByIds(tx, authority.id, [userId])).get(userId) ?? null;
  });
}

export type ChooseByLinkOutcome =
  | { kind: 'chosen' }
  | { kind: 'password-refused'; problems: PasswordProblem[] }
  /** It never was, was used, is too old, or another was made since: one answer. */
  | { kind: 'no-link' };

/**
 * Chooses a password by a link, which is dead afterwards. It signs nobody in: the person goes on
 * to the sign-in page, and there to their one-time code. The password is hashed whether the link
 * works or not.
 */
export async function choosePasswordByLink(
  db: Db,
  authority: Authority,
  token: string,
  password: string,
  now: Date,
): Promise<ChooseByLinkOutcome> {
  const hash = await hashPassword(password);
  return await inAuthority(db, authority.id, async (tx) => {
    const userId = await userOfPasswordLink(tx, authority.id, tokenHash(token), now);
    if (userId === null) return { kind: 'no-link' };
    const user = (await usersByIds(tx, authority.id, [userId])).get(userId);
    if (user === undefined) return { kind: 'no-link' };
    const about = { authorityName: authority.name, userName: user.name, email: user.email };
    const problems = passwordProblems(password, about);
    if (problems.length > 0) return { kind: 'password-refused', problems };
    if (!(await forgetPasswordLink(tx, authority.id, userId))) return { kind: 'no-link' };
    await savePassword(tx, authority.id, userId, hash, false, now);
    await endSessionsOf(tx, authority.id, userId, now);
    await recordFacts(tx, userId, 'password chosen by a link', [{ fact: 'app_user', id: userId }]);
    return { kind: 'chosen' };
  });
}
