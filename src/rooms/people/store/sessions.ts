import type { AuthorityId, SessionId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

export interface Session {
  id: SessionId;
  userId: UserId;
  userName: string;
  email: string;
  csrfSecret: string;
  codeProvedAt: Date | null;
  /** When the person last proved who they are, in this session; null where that is not known. */
  provedAt: Date | null;
  /** A browser in two words; null where it did not say. */
  browser: string | null;
  startedAt: Date;
  seenAt: Date;
  endedAt: Date | null;
  passwordMustChange: boolean;
  codeSetUp: boolean;
}

export interface NewSession {
  userId: UserId;
  tokenHash: string;
  csrfSecret: string;
  codeProvedAt: Date | null;
  provedAt: Date | null;
  browser: string | null;
  startedAt: Date;
}

/** Starts a session, and gives its id. */
export async function addSession(
  tx: Tx,
  authorityId: AuthorityId,
  session: NewSession,
  now: Date,
): Promise<SessionId> {
  const id = newId<'session'>();
  await tx
    .insertInto('session')
    .values({
      authority_id: authorityId,
      id,
      token_hash: session.tokenHash,
      user_id: session.userId,
      csrf_secret: session.csrfSecret,
      code_proved_at: session.codeProvedAt,
      proved_at: session.provedAt,
      browser: session.browser,
      started_at: session.startedAt,
      seen_at: now,
      ended_at: null,
    })
    .execute();
  return id;
}

/** The session with this token, over or not, with what is known of its user. */
export async function sessionByToken(
  tx: Tx,
  authorityId: AuthorityId,
  tokenHash: string,
): Promise<Session | undefined> {
  return await tx
    .selectFrom('session as s')
    .innerJoin('account as u', (join) =>
      join.onRef('u.authority_id', '=', 's.authority_id').onRef('u.user_id', '=', 's.user_id'),
    )
    .innerJoin('credential as c', (join) =>
      join.onRef('c.authority_id', '=', 's.authority_id').onRef('c.user_id', '=', 's.user_id'),
    )
    .select((is) => [
      's.id',
      's.user_id as userId',
      'u.name as userName',
      'u.email',
      's.csrf_secret as csrfSecret',
      's.code_proved_at as codeProvedAt',
      's.proved_at as provedAt',
      's.browser',
      's.started_at as startedAt',
      's.seen_at as seenAt',
      's.ended_at as endedAt',
      'c.must_change as passwordMustChange',
      is('c.totp_confirmed_at', 'is not', null).$castTo<boolean>().as('codeSetUp'),
    ])
    .where('s.authority_id', '=', authorityId)
    .where('s.token_hash', '=', tokenHash)
    .executeTakeFirst();
}

/** Notes that the session was used. */
export async function touchSession(
  tx: Tx,
  authorityId: AuthorityId,
  id: SessionId,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('session')
    .set({ seen_at: now })
    .where('authority_id', '=', authorityId)
    .where('id', '=', id)
    .execute();
}

/** Ends one session; one that is over stays as it is. */
export async function endSession(
  tx: Tx,
  authorityId: AuthorityId,
  id: SessionId,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('session')
    .set({ ended_at: now })
    .where('authority_id', '=', authorityId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends every session of a user, but for the one that is to stay, if any. */
export async function endSessionsOf(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  now: Date,
  butFor?: SessionId,
): Promise<void> {
  await tx
    .updateTable('session')
    .set({ ended_at: now })
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .$if(butFor !== undefined, (update) => update.where('id', '!=', butFor ?? null))
    .execute();
}

/** A session as its own person sees it in a list. */
export interface ListedSession {
  id: SessionId;
  browser: string | null;
  startedAt: Date;
  seenAt: Date;
  endedAt: Date | null;
}

/** The sessions of a user that nobody ended, the last used first; time may have ended some. */
export async function sessionsOf(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
): Promise<ListedSession[]> {
  return await tx
    .selectFrom('session')
    .select([
      'id',
      'browser',
      'started_at as startedAt',
      'seen_at as seenAt',
      'ended_at as endedAt',
    ])
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .orderBy('seen_at', 'desc')
    .limit(100)
    .execute();
}

/** The form secrets of a user's sessions since an instant, this one's own left out. */
export async function formSecretsOf(
  tx: Tx,
  authorityId: AuthorityId,
  session: Pick<Session, 'id' | 'userId'>,
  since: Date,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('session')
    .select('csrf_secret')
    .where('authority_id', '=', authorityId)
    .where('user_id', '=', session.userId)
    .where('id', '!=', session.id)
    .where('seen_at', '>=', since)
    .orderBy('seen_at', 'desc')
    .limit(50)
    .execute();
  return rows.map((row) => row.csrf_secret);
}
