import { inAuthority } from '#platform/db/authority.ts';
import type { AuthorityId } from '#kernel/ids.ts';
import { passwordMatches } from '../proofs/password-hash.ts';
import { secondsToWait, signInLimit } from '../rules/sign-in-limit.ts';
import { recordFacts } from '../store/audit-log.ts';
import { credentialOf } from '../store/credentials.ts';
import { addGuess, guessesSince } from '../store/sign-in-guesses.ts';
import { endSession, type Session } from '../store/sessions.ts';
import { useCode } from './prove-code.ts';
import type { SignInDeps } from './sign-in-deps.ts';
import { goingOn, startSession, type StartedSession } from './start-session.ts';

export type ProveAgainOutcome =
  | { kind: 'proved'; session: StartedSession }
  /** A wrong password and a wrong code are one answer. */
  | { kind: 'wrong' }
  | { kind: 'wait'; seconds: number };

/**
 * A signed-in person proves again who they are, by password and, where they have set codes up, a
 * one-time code: asked before dangerous acts (OWASP ASVS 7.5.3). The session goes on under a new
 * token; forms that stand open can still be sent. Wrong ones count as guesses do.
 */
export async function proveAgain(
  { db, secret }: SignInDeps,
  authorityId: AuthorityId,
  session: Session,
  typed: { password: string; code: string },
  now: Date,
): Promise<ProveAgainOutcome> {
  return await inAuthority(db, authorityId, async (tx) => {
    const { userId } = session;
    const since = new Date(now.getTime() - signInLimit.windowMs);
    const door = { email: session.email, at: 'signed in' } as const;
    const seconds = secondsToWait(await guessesSince(tx, authorityId, door, since), now);
    if (seconds !== null) return { kind: 'wait', seconds };

    const credential = await credentialOf(tx, authorityId, userId);
    const right =
      (await passwordMatches(typed.password, credential?.passwordHash ?? null)) &&
      (!session.codeSetUp ||
        (await useCode(tx, authorityId, userId, credential, typed.code, secret, now)));
    if (!right) {
      const guess = await addGuess(tx, authorityId, door, null, now);
      await recordFacts(tx, userId, 'fresh proof refused', [
        { fact: 'sign_in_failure', id: guess, state: true },
      ]);
      return { kind: 'wrong' };
    }
    await endSession(tx, authorityId, session.id, now);
    const proved = {
      ...goingOn(session),
      csrfSecret: session.csrfSecret,
      provedAt: now,
      codeProvedAt: session.codeSetUp ? now : session.codeProvedAt,
    };
    const next = await startSession(tx, authorityId, userId, proved, now);
    await recordFacts(tx, userId, 'fresh proof given', [
      { fact: 'session', id: next.sessionId, state: true },
    ]);
    return { kind: 'proved', session: next };
  });
}
