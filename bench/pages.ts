import { actorByEmail, authorityBySlug } from '#people';
import { importPlanFile } from '#plans';
import { londonDay } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { loadDemonstration } from '../demo/load.ts';
import type { DemoSignIn } from '../demo/sign-ins.ts';
import { councilWorkbook } from './council-workbook.ts';
import { inEmptyPlace, onDatabase, type FilledPlace } from './empty-place.ts';
import { measure, type Figure } from './figures.ts';
import { withApp, signIn } from './signed-in.ts';

const actions = 300;

/**
 * The pages of a plan of 300 actions, on a database of its own with the demonstration in it:
 * the time from the request to the whole answer inside the server, signed in.
 */
export async function pages(): Promise<Figure[]> {
  return await inEmptyPlace((data) => onDatabase(data, pagesOn));
}

async function pagesOn({ db, keeper }: FilledPlace): Promise<Figure[]> {
  const accounts = await loadDemonstration(keeper, londonDay(new Date()));
  return await withApp(db, async (app) => {
    const { slug, account } = await importAsSomebody(db, accounts);
    const cookies = await signIn(app, account);
    const figures: Figure[] = [];
    for (const [name, path] of [
      ['overview', `/plans/${slug}`],
      ['actions', `/plans/${slug}/actions`],
      ['changes', `/plans/${slug}/changes`],
    ] as const) {
      const what = `Page of a plan of ${actions} actions: ${name}`;
      figures.push(
        await measure(what, 150, 15, async () => {
          const answer = await app.inject({ url: path, cookies });
          if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}`);
        }),
      );
    }
    return figures;
  });
}

/** Imports the council's workbook as the first account that may. */
async function importAsSomebody(
  db: Db,
  accounts: readonly DemoSignIn[],
): Promise<{ slug: string; account: DemoSignIn }> {
  const bytes = await councilWorkbook(actions);
  const today = londonDay(new Date());
  for (const account of accounts) {
    const authority = await authorityBySlug(db, account.slug);
    if (authority === undefined) continue;
    const actor = await readInAuthority(db, authority.id, (tx) =>
      actorByEmail(tx, authority.id, account.email, today),
    );
    if (actor === null) continue;
    const given = { fileName: 'plan.xlsx', bytes, positionOn: today, again: true };
    const outcome = await importPlanFile(db, actor, given);
    if (outcome.kind === 'done') return { slug: outcome.slug, account };
  }
  throw new Error('Nobody of the demonstration could import a plan');
}
