import { Tokens } from '@fastify/csrf';
import type { AuthorityId, SessionId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { newToken, tokenHash } from '../proofs/tokens.ts';
import { addSession, type Session } from '../store/sessions.ts';

/** The forms' tokens, each bound to the secret of a session. */
export const formTokens = new Tokens({});

export interface StartedSession {
  sessionId: SessionId;
  /** For the cookie, and nowhere else. */
  token: string;
}

export interface SessionStart {
  /** When the person began to sign in: a token that changes on the way makes the twelve hours no longer. */
  since: Date;
  /** When they last proved who they are. */
  provedAt: Date | null;
  codeProvedAt: Date | null;
  /** Their browser in two words. */
  browser: string | null;
  /** Kept where the same session goes on, so that forms which stand open can still be sent. */
  csrfSecret?: string;
}

/** A new session with a new token. */
export async function startSession(
  tx: Tx,
  authorityId: AuthorityId,
  userId: UserId,
  start: SessionStart,
  now: Date,
): Promise<StartedSession> {
  const token = newToken();
  const sessionId = await addSession(
    tx,
    authorityId,
    {
      userId,
      tokenHash: tokenHash(token),
      csrfSecret: start.csrfSecret ?? formTokens.secretSync(),
      codeProvedAt: start.codeProvedAt,
      provedAt: start.provedAt,
      browser: start.browser,
      startedAt: start.since,
    },
    now,
  );
  return { sessionId, token };
}

/** What a session carries on under its next token. */
export function goingOn(session: Session): SessionStart {
  return {
    since: session.startedAt,
    provedAt: session.provedAt,
    codeProvedAt: session.codeProvedAt,
    browser: session.browser,
  };
}
