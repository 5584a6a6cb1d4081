import { z } from 'zod';

/** What somebody typed, as it stands: nothing is trimmed, a box that is not there is empty. */
export const typed = z.string().max(2000, 'This is too long.').optional().default('');

/** Where to go on to afterwards; read it with `localPath`. */
export const nextQuery = z.strictObject({ next: z.string().max(2000).optional() });

/** What to say to somebody who guessed too often. */
export function tooManyTries(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return `There were too many tries with this address. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`;
}
