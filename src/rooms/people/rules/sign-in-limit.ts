/** At most ten guesses in five minutes (Cyber Essentials v3.3), counted for each address. */
export const signInLimit = { guesses: 10, windowMs: 5 * 60_000 } as const;

/**
 * Whole seconds until another guess is taken, or null when one is taken now.
 * `guesses` are the instants of earlier ones; those outside the five minutes are passed over.
 */
export function secondsToWait(guesses: readonly Date[], now: Date): number | null {
  const within = guesses
    .map((guess) => guess.getTime() + signInLimit.windowMs - now.getTime())
    .filter((left) => left > 0)
    .sort((one, other) => one - other);
  const mustPass = within.length - signInLimit.guesses;
  const left = within[mustPass];
  return left === undefined ? null : Math.ceil(left / 1000);
}
