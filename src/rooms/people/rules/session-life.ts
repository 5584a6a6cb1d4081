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
