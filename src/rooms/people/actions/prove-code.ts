import type { AuthorityId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { codeStep, newCodeKey } from '../proofs/one-time-code.ts';
import { openKey, sealKey } from '../proofs/sealed-key.ts';
import { secondsToWait, signInLimit } from '../rules/sign-in-limit.ts';
import { recordFacts } from '../store/audit-log.ts';
import { credentialOf, saveUnconfirmedKey, useCodeStep } from '../store/credentials.ts';
import { endSession, type Session } from '../store/sessions.ts';
import { addGuess, forgiveGuess, guessesSince } from '../store/sign-in-guesses.ts';
import type { SignInDeps } from './sign-in-deps.ts';
import { startSession, type StartedSession } from './start-session.ts';

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
    const guesses = await guessesSince(tx, authorityId, session.email, since);
    const seconds = secondsToWait(guesses, now);
    if (seconds !== null) return { kind: 'wait', seconds };
    const guess = await addGuess(tx, authorityId, session.email, now);

    const credential = await credentialOf(tx, authorityId, session.userId);
    const sealed = credential?.codeKey ?? null;
    const step =
      sealed === null
        ? null
        : await codeStep(
            openKey(sealed, session.userId, secret),
            code,
            now,
            credential?.codeLastStep ?? null,
          );
    if (step === null || !(await useCodeStep(tx, authorityId, session.userId, step, now))) {
      await recordFacts(tx, session.userId, 'one-time code refused', [
        { fact: 'sign_in_failure', id: guess, state: true },
      ]);
      return { kind: 'wrong' };
    }
    await forgiveGuess(tx, authorityId, guess);
    await endSession(tx, authorityId, session.id, now);
    const proof = { since: session.startedAt, codeProvedAt: now };
    const next = await startSession(tx, authorityId, session.userId, proof, now);
    const act = session.codeSetUp ? 'one-time code accepted' : 'one-time codes set up';
    await recordFacts(tx, session.userId, act, [
      { fact: 'session', id: next.sessionId, state: true },
    ]);
    return { kind: 'proved', session: next };
  });
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
