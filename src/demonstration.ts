import { londonDay } from '#kernel/dates.ts';
import { listAuthorities, type Authority } from '#people';
import type { OpenDatabase } from '#platform/db/open.ts';
import type { Db } from '#platform/db/tables.ts';
import { demonstrationIsThere, loadDemonstration } from '../demo/load.ts';
import { demoSignIns, type DemoSignIn } from '../demo/sign-ins.ts';

/** Whether to load the demonstration councils, where they are not there yet. */
export type WhenToLoad = 'yes' | 'no' | 'where empty';

/** Loads the demonstration where it is wanted; or says why it cannot. `note` is told meanwhile. */
export async function addDemonstration(
  { db, keeper }: OpenDatabase,
  when: WhenToLoad,
  note: (line: string) => void,
): Promise<string | null> {
  if (when === 'no' || (await demonstrationIsThere(db))) return null;
  if (when === 'where empty' && (await listAuthorities(db)).length > 0) return null;
  if (keeper === null) {
    return 'Only the owner of the tables can load the demonstration: set DATABASE_KEEPER_URL.';
  }
  note('Loading the demonstration, this once. It takes up to a minute.');
  await loadDemonstration(keeper, londonDay(new Date()));
  return null;
}

/** The lines that tell who can sign in to try it; none where it is not there. */
export async function signInsToTry(db: Db, publicUrl: URL): Promise<string[]> {
  if (!(await demonstrationIsThere(db))) return [];
  const lines = ['', 'Two councils that do not exist are there to try.'];
  for (const [slug, accounts] of Map.groupBy(demoSignIns(), (account) => account.slug)) {
    const [first] = accounts;
    if (first === undefined) continue;
    lines.push(
      '',
      `${first.council}: ${new URL(`/${slug}/sign-in`, publicUrl).href}`,
      `Everybody's password there is ${first.password}`,
      ...accounts.map(({ email, name, part }) => `  ${email.padEnd(28)} ${name}, ${part}`),
    );
  }
  return lines;
}

/** The accounts that a council's own sign-in page offers; none where it is a real council. */
export function accountsToTry(authority: Authority): DemoSignIn[] {
  return authority.isDemo ? demoSignIns().filter(({ slug }) => slug === authority.slug) : [];
}
