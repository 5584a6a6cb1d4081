import type { AuthorityId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { recordFacts } from '../store/audit-log.ts';
import { endSession, type Session } from '../store/sessions.ts';

/** Ends the session: its cookie is worth nothing from the commit on. */
export async function signOut(
  db: Db,
  authorityId: AuthorityId,
  session: Session,
  now: Date,
): Promise<void> {
  await inAuthority(db, authorityId, async (tx) => {
    await endSession(tx, authorityId, session.id, now);
    await recordFacts(tx, session.userId, 'signed out', [
      { fact: 'session', id: session.id, state: true },
    ]);
  });
}
