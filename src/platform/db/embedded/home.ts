import { createHash } from 'node:crypto';

/**
 * Where a program started as root keeps what PostgreSQL's user must reach: a clone inside a
 * private folder is out of that user's reach. One folder for each checkout.
 */
export function homeFor(checkout: string): string {
  const name = createHash('sha256').update(checkout).digest('hex').slice(0, 12);
  return `/var/lib/sightline/${name}`;
}
