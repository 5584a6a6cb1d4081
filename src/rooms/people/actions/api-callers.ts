import type { IsoDate } from '#kernel/dates.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { authorityOfToken } from '../proofs/api-token.ts';
import { tokenHash } from '../proofs/tokens.ts';
import { accountState } from '../rules/account-state.ts';
import type { Actor } from '../rules/policy.ts';
import { accountFacts } from '../store/accounts.ts';
import { actorOf, holdsStill } from '../store/actors.ts';
import { lastEntry, type AccessSeen } from '../store/access-seen.ts';
import {
  noteReading,
  tokenByHash,
  unreadOn,
  type ApiToken,
  type NamedToken,
} from '../store/api-tokens.ts';
import { authorityById, type Authority } from '../store/authorities.ts';
import { recordRead, type ReadAct } from './log-read.ts';
import type { ReadRef } from './emergency-reads.ts';

/** A program that came with a personal token, and whose it is. */
export interface ApiCaller {
  authority: Authority;
  token: ApiToken;
  /** The token's person as they stand today; an emergency opening is never theirs here. */
  actor: Actor;
  /** On what strength this request acts, as a session's does. */
  seen: AccessSeen;
}

/**
 * Who comes with this token; null where it opens nothing: it never was one, its day is past, it
 * was ended, or its person's account is closed or dormant. Nobody is told which.
 */
export async function callerWith(
  db: Db,
  token: string,
  today: IsoDate,
  now: Date,
): Promise<ApiCaller | null> {
  const authorityId = authorityOfToken(token);
  if (authorityId === null) return null;
  const hash = tokenHash(token);
  return await readInAuthority(db, authorityId, async (tx) => {
    const found = await livingToken(tx, authorityId, hash, today, now);
    const authority = await authorityById(tx, authorityId);
    if (found === null || authority === undefined) return null;
    const user = { id: found.userId, name: found.userName };
    // One snapshot for all of it; before the roles all the same, as where a session is read.
    const seq = await lastEntry(tx, authorityId);
    const actor = await actorOf(tx, authorityId, user, today);
    const seen: AccessSeen = {
      authorityId,
      userId: user.id,
      seq,
      holdsStill: async (later) =>
        (await livingToken(later, authorityId, hash, today, now)) !== null &&
        (await holdsStill(later, actor, today)),
    };
    return { authority, token: found, actor, seen };
  });
}

async function livingToken(
  tx: Tx,
  authorityId: Authority['id'],
  hash: string,
  today: IsoDate,
  now: Date,
): Promise<NamedToken | null> {
  const token = await tokenByHash(tx, authorityId, hash);
  if (token === undefined || token.endsOn <= today) return null;
  const account = (await accountFacts(tx, authorityId, [token.userId])).get(token.userId);
  return account !== undefined && accountState(account, now) === 'open' ? token : null;
}

/**
 * Logs that a program read these records over the API: once a token, way, record and day, since a
 * program asks for one list page by page (security G-02, C-18). Call it before anything is sent:
 * what it throws keeps the answer back.
 *
 * @param what in words, such as 'actions'
 */
export async function logApiRead(
  db: Db,
  caller: ApiCaller,
  what: string,
  read: readonly ReadRef[],
  today: IsoDate,
): Promise<void> {
  const { authorityId, userId } = caller.actor;
  const act: ReadAct = `exported by the API: ${what}`;
  const reading = { tokenId: caller.token.id, act, on: today };
  const refs = [{ fact: 'api_token', id: caller.token.id as string }, ...read];
  const fresh = (tx: Tx) =>
    unreadOn(
      tx,
      authorityId,
      reading,
      refs.map(({ id }) => id),
    );
  if ((await readInAuthority(db, authorityId, fresh)).length === 0) return;
  await inAuthority(db, authorityId, async (tx) => {
    const ids = await fresh(tx);
    if (ids.length === 0) return;
    await noteReading(tx, authorityId, reading, ids);
    await recordRead(
      tx,
      userId,
      act,
      refs.filter(({ id }) => ids.includes(id)),
    );
  });
}
