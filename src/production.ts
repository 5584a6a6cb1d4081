import type { Authority } from '#people';
import type { WhenToLoad } from './demonstration.ts';

/** At which address people come in, and whether the demonstration was asked for. */
export interface Opening {
  publicUrl: URL;
  demo: WhenToLoad;
}

/** A fresh installation that others reach begins empty: the demonstration comes only when asked for. */
export function whenToLoad({ publicUrl, demo }: Opening): WhenToLoad {
  return demo === 'where empty' && !isThisMachine(publicUrl) ? 'no' : demo;
}

/**
 * Why the program does not open at this address with the demonstration in its database (security
 * no default accounts in production); null when it may. On this machine alone anybody may
 * try it. At an address that others reach it must have been asked for by name, and no council of
 * its own may be beside it: the passwords of the demonstration stand on its sign-in page.
 */
export function whyNotTheDemonstration(
  authorities: readonly Pick<Authority, 'slug' | 'isDemo'>[],
  { publicUrl, demo }: Opening,
): string | null {
  const made = authorities.filter(({ isDemo }) => isDemo).map(({ slug }) => slug);
  if (made.length === 0 || isThisMachine(publicUrl)) return null;
  const here = `The database holds the demonstration (${made.join(', ')}), whose passwords anybody can read, and ${publicUrl.origin} is more than this machine.`;
  if (made.length < authorities.length) {
    return `${here} A real council is beside it: give the council a database of its own.`;
  }
  return demo === 'yes'
    ? null
    : `${here} Use another database; or say SIGHTLINE_DEMO=yes where everybody may come in to try it.`;
}

function isThisMachine({ hostname }: URL): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
