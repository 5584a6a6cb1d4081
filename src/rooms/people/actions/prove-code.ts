import type { AuthorityId, UserId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { codeStep, newCodeKey } from '../proofs/one-time-code.ts';
import { openKey, sealKey } from '../proofs/sealed-key.ts';
import { secondsToWait, signInLimit } from '../rules/sign-in-limit.ts';
import { recordFacts } from '../store/audit-log.ts';
import {
  credentialOf,
  forgetKey,
  saveUnconfirmedKey,
  useCodeStep,
  type Credential,
} from '../store/credentials.ts';
import { endSession, endSessionsOf, type Session } from '../store/sessions.ts';
import { addGuess, forgiveGuess, guessesSince } from '../store/sign-in-guesses.ts';
import type { SignInDeps } from './sign-in-deps.ts';
import { goingOn, startSession, type StartedSession } from './start-session.ts';

export type ProveCodeOutcome =
  | { kind: 'proved'; session: StartedSession }
  | { kind: 'wrong' }
  | { kind: 'wait'; seconds: number };

/**
 * Takes a one-time code: at sign-in, and as the last step of setting codes up. A right code is
 * used up, and the session goes on under a new token. Wrong codes count as guesses do.
 */
export async function proveCode(
  { db, secret }: SignInDeps,
  authorityId: AuthorityId,
  session: Session,
  code: string,
  now: Date,
): Promise<ProveCodeOutcome> {
  return await inAuthority(db, authorityId, async (tx) => {
    const since = new Date(now.getTime() - signInLimit.windowMs);
    const door = { email: session.email, at: 'code' } as const;
    const seconds = secondsToWait(await guessesSince(tx, authorityId, door, since), now);
    if (seconds !== null) return { kind: 'wait', seconds };
    const guess = await addGuess(tx, authorityId, door, null, now);

    const credential = await credentialOf(tx, authorityId, session.userId);
    if (!(await useCode(tx, authorityId, session.userId, credential, code, secret, now))) {
      await recordFacts(tx, session.userId, 'one-time code refused', [
        { fact: 'sign_in_failure', id: guess, state: true },
      ]);
      return { kind: 'wrong' };
    }
    await forgiveGuess(tx, authorityId, guess);
    await endSession(tx, authorityId, session.id, now);
    const proved = { ...goingOn(session), codeProvedAt: now };
    const next = await startSession(tx, authorityId, session.userId, proved, now);
    const act = session.codeSetUp ? 'one-time code accepted' : 'one-time codes set up';
    await recordFacts(tx, session.userId, act, [
      { fact: 'session', id: next.sessionId, state: true },
    ]);
    return { kind: 'proved', session: next };
  });
}

/** Uses up a code of this user's key; false where it is not right or was used already. */
export async function useCode(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  credential: Credential | undefined,
  code: string,
  secret: string,
  now: Date,
): Promise<boolean> {
  const sealed = credential?.codeKey ?? null;
  if (sealed === null) return false;
  const key = openKey(sealed, userId, secret);
  const step = await codeStep(key, code, now, credential?.codeLastStep ?? null);
  return step !== null && (await useCodeStep(tx, authorityId, userId, step, now));
}

/** The key that a person is setting codes up with, as it is read; null when there is none to show. */
export async function keyBeingSetUp(
  { db, secret }: SignInDeps,
  authorityId: AuthorityId,
  session: Session,
): Promise<string | null> {
  const credential = await readInAuthority(db, authorityId, (tx) =>
    credentialOf(tx, authorityId, session.userId),
  );
  if (credential?.codeKey == null || credential.codeConfirmedAt !== null) return null;
  return openKey(credential.codeKey, session.userId, secret);
}

/** Gives a user who has none a key to set codes up with; a key that was confirmed stays. */
export async function beginCodeSetUp(
  { db, secret }: SignInDeps,
  authorityId: AuthorityId,
  session: Session,
  now: Date,
): Promise<void> {
  const key = sealKey(newCodeKey(), session.userId, secret);
  await inAuthority(db, authorityId, (tx) =>
    saveUnconfirmedKey(tx, authorityId, session.userId, key, now),
  );
}

/**
 * Begins to set codes up anew, with another authenticator app: the old key is worth nothing from
 * now on, and every other session of this person ends. A dangerous act: its route asks for a
 * fresh proof.
 */
export async function changeCodeKey(
  { db, secret }: SignInDeps,
  authorityId: AuthorityId,
  session: Session,
  now: Date,
): Promise<void> {
  await inAuthority(db, authorityId, async (tx) => {
    await forgetKey(tx, authorityId, session.userId, now);
    const key = sealKey(newCodeKey(), session.userId, secret);
    await saveUnconfirmedKey(tx, authorityId, session.userId, key, now);
    await endSessionsOf(tx, authorityId, session.userId, now, session.id);
    await recordFacts(tx, session.userId, 'one-time codes begun anew', [
      { fact: 'app_user', id: session.userId },
    ]);
  });
}
