import { Tokens } from '@fastify/csrf';
import type { AuthorityId, SessionId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { newToken, tokenHash } from '../proofs/tokens.ts';
import { addSession } from '../store/sessions.ts';

/** The forms' tokens, each bound to the secret of a session. */
export const formTokens = new Tokens({});

export interface StartedSession {
  sessionId: SessionId;
  /** For the cookie, and nowhere else. */
  token: string;
}

/**
 * A new session with a new token. `since` is when the person began to sign in: a token that
 * changes on the way does not make the twelve hours longer.
 */
export async function startSession(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  proof: { since: Date; codeProvedAt: Date | null },
  now: Date,
): Promise<StartedSession> {
  const token = newToken();
  const sessionId = await addSession(
    tx,
    authorityId,
    {
      userId,
      tokenHash: tokenHash(token),
      csrfSecret: formTokens.secretSync(),
      codeProvedAt: proof.codeProvedAt,
      startedAt: proof.since,
    },
    now,
  );
  return { sessionId, token };
}
