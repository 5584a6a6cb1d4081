/**
 * Words that no authority's address can begin with: `/plans/…` is a room's, and an authority called
 * `plans` would sign in under it. Held against every route that there is by web/access.test.ts; the
 * rest is kept for rooms and for what is usually asked for at the root of a site.
 */
export const reservedSlugs: ReadonlySet<string> = new Set([
  'accessibility',
  'account',
  'admin',
  'api',
  'assets',
  'audits',
  'committee',
  'cookies',
  'data-out',
  'escalations',
  'favicon',
  'findings',
  'health',
  'help',
  'live',
  'log',
  'audit-log',
  'metrics',
  'my-work',
  'people',
  'performance',
  'plans',
  'posts',
  'privacy',
  'public',
  'ready',
  'records',
  'robots',
  'search',
  'sign-in',
  'sign-out',
  'sightline',
  'standards',
  'static',
  'voice',
  'well-known',
]);

/** Whether an authority may be called this in its address. */
export function isFreeSlug(slug: string): boolean {
  return !reservedSlugs.has(slug);
}
