import type { AuthorityId, SessionId, UserId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import type { Refusal } from '../rules/policy.ts';
import { recordFacts } from '../store/audit-log.ts';
import { endSession, endSessionsOf, sessionsOf, type Session } from '../store/sessions.ts';
import { usersByIds } from '../store/users.ts';
import { whyDoerMayNot, type Doer } from './doer.ts';

/** Ends one of a person's own sessions; false where it is none of theirs, or over already. */
export async function endOwnSession(
  db: Db,
  authorityId: AuthorityId,
  session: Session,
  which: SessionId,
  now: Date,
): Promise<boolean> {
  return await inAuthority(db, authorityId, async (tx) => {
    const own = await sessionsOf(tx, authorityId, session.userId);
    if (!own.some(({ id }) => id === which)) return false;
    await endSession(tx, authorityId, which, now);
    await recordFacts(tx, session.userId, 'own session ended', [
      { fact: 'session', id: which, state: true },
    ]);
    return true;
  });
}

/** Ends all of a person's own sessions but the present one. */
export async function endOtherSessions(
  db: Db,
  authorityId: AuthorityId,
  session: Session,
  now: Date,
): Promise<void> {
  await inAuthority(db, authorityId, async (tx) => {
    await endSessionsOf(tx, authorityId, session.userId, now, session.id);
    await recordFacts(tx, session.userId, 'own other sessions ended', [
      { fact: 'app_user', id: session.userId },
    ]);
  });
}

export type EndSessionsOutcome =
  { kind: 'ended' } | { kind: 'unknown-user' } | { kind: 'refused'; reasons: Refusal[] };

/** An administrator signs another person out everywhere. */
export async function endSessionsOfPerson(
  tx: Tx,
  doer: Doer,
  userId: UserId,
  now: Date,
): Promise<EndSessionsOutcome> {
  const reasons = whyDoerMayNot(doer, 'U', 'USR');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const users = await usersByIds(tx, doer.authorityId, [userId]);
  if (!users.has(userId)) return { kind: 'unknown-user' };
  await endSessionsOf(tx, doer.authorityId, userId, now);
  await recordFacts(tx, doer.userId, 'sessions ended by another', [
    { fact: 'app_user', id: userId },
  ]);
  return { kind: 'ended' };
}
