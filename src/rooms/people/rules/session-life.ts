/** How long a session lasts (NIST 800-63B, AAL2): 30 minutes idle, 12 hours in all. */
export const sessionLife = { idleMs: 30 * 60_000, wholeMs: 12 * 60 * 60_000 } as const;

export interface SessionTimes {
  startedAt: Date;
  seenAt: Date;
  endedAt: Date | null;
}

/** Whether the session is over at this instant: signed out, left idle, or older than 12 hours. */
export function isOver(session: SessionTimes, now: Date): boolean {
  const at = now.getTime();
  return (
    session.endedAt !== null ||
    at - session.seenAt.getTime() >= sessionLife.idleMs ||
    at - session.startedAt.getTime() >= sessionLife.wholeMs
  );
}

/**
 * Whether the session is over because time passed and nobody ended it: what its person sends
 * late is kept for them until they have signed in again.
 */
export function ranOut(session: SessionTimes, now: Date): boolean {
  return session.endedAt === null && isOver(session, now);
}

/** When the session ends if it is not used again; `seenAt` is its last use. */
export function endsAt(session: Pick<SessionTimes, 'startedAt' | 'seenAt'>): Date {
  return new Date(
    Math.min(
      session.seenAt.getTime() + sessionLife.idleMs,
      session.startedAt.getTime() + sessionLife.wholeMs,
    ),
  );
}

/** How long a proof is fresh enough for a dangerous act (OWASP ASVS 7.5.3; security A-07). */
export const proofLifeMs = 5 * 60_000;

/** Whether the person proved who they are less than five minutes ago. */
export function provedLately(session: { provedAt: Date | null }, now: Date): boolean {
  return session.provedAt !== null && now.getTime() - session.provedAt.getTime() < proofLifeMs;
}

/** What a person must still do before the session lets them in. */
export type SignInStep = 'code' | 'set-up-code' | 'new-password';

export interface Proofs {
  /** Whether the authority asks everybody for a one-time code (all but the demonstration). */
  codeRequired: boolean;
  codeSetUp: boolean;
  codeProved: boolean;
  passwordMustChange: boolean;
}

/** The next step of signing in, or null when the person is in. */
export function nextStep(proofs: Proofs): SignInStep | null {
  if (proofs.codeSetUp && !proofs.codeProved) return 'code';
  if (proofs.passwordMustChange) return 'new-password';
  if (proofs.codeRequired && !proofs.codeSetUp) return 'set-up-code';
  return null;
}
