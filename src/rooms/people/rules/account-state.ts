/** What a person's account is now. A dormant or a closed one signs nobody in. */
export type AccountState = 'open' | 'dormant' | 'closed';

/** Days without a sign-in after which an account is dormant (A-09, security 2.2). */
export const dormantAfterDays = 45;

export interface AccountFacts {
  createdAt: Date;
  /** The last sign-in; null before the first. */
  signedInAt: Date | null;
  /** When an administrator last opened it again; null where none ever did. */
  openedAt: Date | null;
  closed: boolean;
  /** A fictional council's account, which is for anybody to try: it never falls asleep. */
  isDemo: boolean;
}

/**
 * The state of an account at an instant. It falls asleep 45 days after it was made, used or opened
 * again, whichever was last, and stays so until an administrator opens it.
 */
export function accountState(account: AccountFacts, now: Date): AccountState {
  if (account.closed) return 'closed';
  if (account.isDemo) return 'open';
  const awake = [account.createdAt, account.signedInAt, account.openedAt]
    .filter((instant) => instant !== null)
    .map((instant) => instant.getTime());
  const dayMs = 86_400_000;
  return now.getTime() - Math.max(...awake) >= dormantAfterDays * dayMs ? 'dormant' : 'open';
}
