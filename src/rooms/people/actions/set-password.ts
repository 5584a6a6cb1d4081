import type { UserId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { hashPassword, passwordMatches } from '../proofs/password-hash.ts';
import { passwordProblems, type PasswordProblem } from '../rules/password.ts';
import type { Refusal } from '../rules/policy.ts';
import { secondsToWait, signInLimit } from '../rules/sign-in-limit.ts';
import { endTokens } from '../store/api-tokens.ts';
import { recordFacts, type FactRef } from '../store/audit-log.ts';
import type { Authority } from '../store/authorities.ts';
import { credentialOf, forgetKey, savePassword } from '../store/credentials.ts';
import { openedBy, openingActs } from '../store/opened-by.ts';
import { endSessionsOf, type Session } from '../store/sessions.ts';
import { addGuess, guessesSince } from '../store/sign-in-guesses.ts';
import { usersByIds } from '../store/users.ts';
import { whyDoerMayNot, type Doer } from './doer.ts';
import { goingOn, startSession, type StartedSession } from './start-session.ts';

export type ChoosePasswordOutcome =
  | { kind: 'changed'; session: StartedSession }
  | { kind: 'wrong-current' }
  | { kind: 'wait'; seconds: number }
  | { kind: 'same-as-before' }
  | { kind: 'password-refused'; problems: PasswordProblem[] };

/**
 * A signed-in person chooses a password of their own. The present one is asked, but not of
 * somebody who signed in with a first password a moment ago; a wrong one counts as a guess does
 * at sign-in. All their sessions end; this one goes on under a new token.
 */
export async function chooseOwnPassword(
  db: Db,
  authority: Authority,
  session: Session,
  typed: { current: string; password: string },
  now: Date,
): Promise<ChoosePasswordOutcome> {
  return await inAuthority(db, authority.id, async (tx) => {
    const stored = (await credentialOf(tx, authority.id, session.userId))?.passwordHash ?? null;
    if (!session.passwordMustChange) {
      const since = new Date(now.getTime() - signInLimit.windowMs);
      const door = { email: session.email, at: 'signed in' } as const;
      const seconds = secondsToWait(await guessesSince(tx, authority.id, door, since), now);
      if (seconds !== null) return { kind: 'wait', seconds };
      if (!(await passwordMatches(typed.current, stored))) {
        const guess = await addGuess(tx, authority.id, door, null, now);
        await recordFacts(tx, session.userId, 'password change refused', [
          { fact: 'sign_in_failure', id: guess, state: true },
        ]);
        return { kind: 'wrong-current' };
      }
    }
    const problems = passwordProblems(typed.password, {
      authorityName: authority.name,
      userName: session.userName,
      email: session.email,
    });
    if (problems.length > 0) return { kind: 'password-refused', problems };
    if (await passwordMatches(typed.password, stored)) return { kind: 'same-as-before' };

    const hash = await hashPassword(typed.password);
    await savePassword(tx, authority.id, session.userId, hash, false, now);
    await endSessionsOf(tx, authority.id, session.userId, now);
    const next = await startSession(tx, authority.id, session.userId, goingOn(session), now);
    await recordFacts(tx, session.userId, 'password changed', [
      { fact: 'app_user', id: session.userId },
    ]);
    return { kind: 'changed', session: next };
  });
}

export type ResetCodeOutcome =
  | { kind: 'reset' }
  | { kind: 'unknown-user' }
  /** The same administrator made them a password link lately: another has to reset the codes. */
  | { kind: 'link-made-by-you' }
  | { kind: 'refused'; reasons: Refusal[] };

/**
 * Forgets a user's one-time codes (a lost telephone): they set them up again at sign-in, and their
 * tokens for data end. Whoever made them a password link lately does not: nobody alone takes over
 * an account.
 */
export async function resetCodeOf(
  tx: Tx,
  doer: Doer,
  userId: UserId,
  now: Date,
): Promise<ResetCodeOutcome> {
  const reasons = whyDoerMayNot(doer, 'U', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const users = await usersByIds(tx, doer.authorityId, [userId]);
  if (!users.has(userId)) return { kind: 'unknown-user' };
  const { userId: doerId } = doer;
  const links = [openingActs.link];
  if (doerId !== null && (await openedBy(tx, doer.authorityId, doerId, userId, links))) {
    return { kind: 'link-made-by-you' };
  }
  await forgetKey(tx, doer.authorityId, userId, now);
  await endSessionsOf(tx, doer.authorityId, userId, now);
  const facts: FactRef[] = [{ fact: 'app_user', id: userId }];
  const how = { why: 'codes reset', by: doer.userId } as const;
  await endTokens(tx, doer.authorityId, { userId }, how, facts);
  await recordFacts(tx, doer.userId, openingActs.codes, facts);
  return { kind: 'reset' };
}
