import { parseId, type SessionId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { newCodeKey } from '../proofs/one-time-code.ts';
import { passwordMatches } from '../proofs/password-hash.ts';
import { sealKey } from '../proofs/sealed-key.ts';
import { secondsToWait, signInLimit } from '../rules/sign-in-limit.ts';
import { recordFacts } from '../store/audit-log.ts';
import type { Authority } from '../store/authorities.ts';
import { credentialOf, saveUnconfirmedKey } from '../store/credentials.ts';
import { addGuess, forgiveGuess, guessesSince } from '../store/sign-in-guesses.ts';
import { endSession } from '../store/sessions.ts';
import { userByEmail } from '../store/users.ts';
import type { SignInDeps } from './sign-in-deps.ts';
import { startSession, type StartedSession } from './start-session.ts';

export type SignInOutcome =
  | { kind: 'signed-in'; session: StartedSession }
  /** An unknown address and a wrong password are one answer. */
  | { kind: 'refused' }
  | { kind: 'wait'; seconds: number };

/** Any user's id will do: nobody has this one. */
const nobody = parseId<'user'>('00000000-0000-0000-0000-000000000000');

/**
 * Signs in with an address and a password. The guess is counted before it is judged, so that
 * guesses made at once cannot outrun the limit; a right one is taken back. The session that
 * the browser had before is ended.
 */
export async function signIn(
  { db, secret }: SignInDeps,
  authority: Authority,
  typed: { email: string; password: string },
  before: SessionId | null,
  now: Date,
): Promise<SignInOutcome> {
  const start = await inAuthority(db, authority.id, async (tx) => {
    const since = new Date(now.getTime() - signInLimit.windowMs);
    const seconds = secondsToWait(await guessesSince(tx, authority.id, typed.email, since), now);
    if (seconds !== null) return { kind: 'wait', seconds } as const;
    const guess = await addGuess(tx, authority.id, typed.email, now);
    const user = await userByEmail(tx, authority.id, typed.email);
    const whose = user?.id ?? nobody;
    const credential = whose === null ? undefined : await credentialOf(tx, authority.id, whose);
    return { kind: 'judge', guess, user, credential } as const;
  });
  if (start.kind === 'wait') return start;

  const { guess, user, credential } = start;
  const right = await passwordMatches(typed.password, credential?.passwordHash ?? null);
  return await inAuthority(db, authority.id, async (tx) => {
    if (!right || user === undefined || credential === undefined) {
      await recordFacts(tx, user?.id ?? null, 'sign-in refused', [
        { fact: 'sign_in_failure', id: guess, state: true },
      ]);
      return { kind: 'refused' };
    }
    await forgiveGuess(tx, authority.id, guess);
    if (before !== null) await endSession(tx, authority.id, before, now);
    if (!authority.isDemo && credential.codeKey === null) {
      const key = sealKey(newCodeKey(), user.id, secret);
      await saveUnconfirmedKey(tx, authority.id, user.id, key, now);
    }
    const proof = { since: now, codeProvedAt: null };
    const session = await startSession(tx, authority.id, user.id, proof, now);
    await recordFacts(tx, user.id, 'signed in with a password', [
      { fact: 'session', id: session.sessionId, state: true },
    ]);
    return { kind: 'signed-in', session };
  });
}
