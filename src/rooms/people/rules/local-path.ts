/**
 * The text as an address within this site, or null: it begins with one slash, and no browser
 * reads another host out of it. Where a sign-in leads is taken from the address bar, so
 * anybody can have written it.
 */
export function localPath(text: string | undefined): string | null {
  if (text === undefined || text.length > 2000) return null;
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) return null;
  const here = 'https://here.invalid';
  if (!URL.canParse(text, here)) return null;
  const url = new URL(text, here);
  return url.origin === here && !url.pathname.startsWith('//')
    ? url.pathname + url.search + url.hash
    : null;
}
