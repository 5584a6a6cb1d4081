import { parseId, type SessionId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { networkHash, newBrowserMark, readBrowserMark } from '../proofs/known-browser.ts';
import { newCodeKey } from '../proofs/one-time-code.ts';
import { passwordMatches } from '../proofs/password-hash.ts';
import { sealKey } from '../proofs/sealed-key.ts';
import { networkLimit, secondsToWait, signInLimit } from '../rules/sign-in-limit.ts';
import { accountState } from '../rules/account-state.ts';
import { accountFacts, noteSignIn } from '../store/accounts.ts';
import { recordFacts } from '../store/audit-log.ts';
import type { Authority } from '../store/authorities.ts';
import { credentialOf, saveUnconfirmedKey } from '../store/credentials.ts';
import {
  addGuess,
  forgiveGuess,
  guessesFromNetwork,
  guessesSince,
  type Door,
} from '../store/sign-in-guesses.ts';
import { endSession } from '../store/sessions.ts';
import { tidyEmail, userByEmail } from '../store/users.ts';
import type { SignInDeps } from './sign-in-deps.ts';
import { startSession, type StartedSession } from './start-session.ts';

export type SignInOutcome =
  | { kind: 'signed-in'; session: StartedSession; browserMark: string }
  /** An unknown address, a wrong password, a dormant and a closed account are one answer. */
  | { kind: 'refused' }
  | { kind: 'wait'; seconds: number };

/** What a sign-in comes from. */
export interface SignInFrom {
  /** The session that the browser had before: it is ended. */
  session: SessionId | null;
  /** The mark of a browser that somebody has signed in with; null where it has none. */
  browserMark: string | null;
  /** The network address. */
  network: string;
  /** The browser in two words. */
  browser: string | null;
}

/** Any user's id will do: nobody has this one. */
const nobody = parseId<'user'>('00000000-0000-0000-0000-000000000000');

/**
 * Signs in with an address and a password. The guess is counted before it is judged, so that
 * guesses made at once cannot outrun the limit; a right one is taken back. Whether the address is
 * known or not, the same is done: one look-up, one hash.
 */
export async function signIn(
  { db, secret }: SignInDeps,
  authority: Authority,
  typed: { email: string; password: string },
  from: SignInFrom,
  now: Date,
): Promise<SignInOutcome> {
  const owner = { authorityId: authority.id, email: tidyEmail(typed.email) };
  const known = readBrowserMark(from.browserMark, owner, secret);
  const door: Door = {
    email: typed.email,
    at: known === null ? 'sign-in' : `known browser ${known}`,
  };
  // A known browser does not suffer from what others do behind the same network address.
  const network = known === null ? networkHash(from.network, secret) : null;

  const start = await inAuthority(db, authority.id, async (tx) => {
    const seconds = await secondsUntilGuess(tx, authority, door, network, now);
    if (seconds !== null) return { kind: 'wait', seconds } as const;
    const guess = await addGuess(tx, authority.id, door, network, now);
    const user = await userByEmail(tx, authority.id, typed.email);
    const whose = user?.id ?? nobody;
    const credential = whose === null ? undefined : await credentialOf(tx, authority.id, whose);
    const accounts = await accountFacts(tx, authority.id, whose === null ? [] : [whose]);
    const facts = user && accounts.get(user.id);
    const isOpen = facts !== undefined && accountState(facts, now) === 'open';
    return { kind: 'judge', guess, user, credential, isOpen } as const;
  });
  if (start.kind === 'wait') return start;

  const { guess, user, credential, isOpen } = start;
  const right = await passwordMatches(typed.password, credential?.passwordHash ?? null);
  return await inAuthority(db, authority.id, async (tx) => {
    if (!right || !isOpen || user === undefined || credential === undefined) {
      await recordFacts(tx, user?.id ?? null, 'sign-in refused', [
        { fact: 'sign_in_failure', id: guess, state: true },
      ]);
      return { kind: 'refused' };
    }
    await forgiveGuess(tx, authority.id, guess);
    if (from.session !== null) await endSession(tx, authority.id, from.session, now);
    if (!authority.isDemo && credential.codeKey === null) {
      const key = sealKey(newCodeKey(), user.id, secret);
      await saveUnconfirmedKey(tx, authority.id, user.id, key, now);
    }
    await noteSignIn(tx, authority.id, user.id, now);
    const { browser } = from;
    const begun = { since: now, provedAt: now, codeProvedAt: null, browser };
    const session = await startSession(tx, authority.id, user.id, begun, now);
    await recordFacts(tx, user.id, 'signed in with a password', [
      { fact: 'session', id: session.sessionId, state: true },
    ]);
    return { kind: 'signed-in', session, browserMark: newBrowserMark(owner, secret) };
  });
}

/** Whole seconds until this door and this network address take another guess; null when now. */
async function secondsUntilGuess(
  tx: Tx,
  authority: Authority,
  door: Door,
  network: string | null,
  now: Date,
): Promise<number | null> {
  const since = (windowMs: number) => new Date(now.getTime() - windowMs);
  const atDoor = await guessesSince(tx, authority.id, door, since(signInLimit.windowMs));
  const seconds = secondsToWait(atDoor, now);
  if (seconds !== null || network === null) return seconds;
  const fromThere = await guessesFromNetwork(
    tx,
    authority.id,
    network,
    since(networkLimit.windowMs),
  );
  return secondsToWait(fromThere, now, networkLimit);
}
