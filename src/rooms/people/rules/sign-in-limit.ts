/**
 * How often a secret may be guessed. At one account ten times in five minutes (Cyber Essentials
 * v3.3); from one network address, whatever the accounts, fifty times in fifteen minutes, for a
 * whole council may sit behind it.
 */
export const signInLimit = { guesses: 10, windowMs: 5 * 60_000 } as const;
export const networkLimit = { guesses: 50, windowMs: 15 * 60_000 } as const;

/**
 * Whole seconds until another guess is taken, or null when one is taken now.
 * `guesses` are the instants of earlier ones; those outside the window are passed over.
 */
export function secondsToWait(
  guesses: readonly Date[],
  now: Date,
  limit: { guesses: number; windowMs: number } = signInLimit,
): number | null {
  const within = guesses
    .map((guess) => guess.getTime() + limit.windowMs - now.getTime())
    .filter((left) => left > 0)
    .sort((one, other) => one - other);
  const mustPass = within.length - limit.guesses;
  const left = within[mustPass];
  return left === undefined ? null : Math.ceil(left / 1000);
}
