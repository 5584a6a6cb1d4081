import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { actorByEmail, authorityBySlug } from '#people';
import { importPlanFile } from '#plans';
import { londonDay } from '#kernel/dates.ts';
import { readConfig } from '#platform/config.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openDatabase, type OpenDatabase } from '#platform/db/open.ts';
import { loadDemonstration } from '../demo/load.ts';
import type { DemoSignIn } from '../demo/sign-ins.ts';
import { buildApp } from '../src/app.ts';
import { councilWorkbook } from './council-workbook.ts';
import { measure, type Figure } from './figures.ts';

const actions = 300;

/**
 * The pages of a plan of 300 actions, on a database of its own with the demonstration in it:
 * the time from the request to the whole answer inside the server, signed in.
 */
export async function pages(): Promise<Figure[]> {
  const folder = await mkdtemp('/tmp/sightline-bench-');
  // As root, PostgreSQL runs as another user, who must be able to pass.
  await chmod(folder, 0o711);
  try {
    const reading = readConfig({ SIGHTLINE_DATA: `${folder}/data` });
    if (reading.kind === 'wrong') throw new Error(reading.problems.join(' '));
    const outcome = await openDatabase(reading.config, console.error);
    if (outcome.kind === 'refused') throw new Error(outcome.reason);
    try {
      return await pagesOn(outcome.database);
    } finally {
      await outcome.database.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function pagesOn({ db, keeper }: OpenDatabase): Promise<Figure[]> {
  if (keeper === null) throw new Error('The embedded database has a keeper');
  await migrate(keeper);
  const today = londonDay(new Date());
  const accounts = await loadDemonstration(keeper, today);
  const app = await buildApp({
    db,
    clock: () => new Date(),
    publicUrl: new URL('http://localhost'),
    logger: false,
    secret: 'only for the time of a measurement',
  });
  await app.ready();
  try {
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
  } finally {
    await app.close();
  }
}

/** Imports the council's workbook as the first account that may. */
async function importAsSomebody(
  db: OpenDatabase['db'],
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

type App = Awaited<ReturnType<typeof buildApp>>;

async function signIn(app: App, account: DemoSignIn): Promise<Record<string, string>> {
  const cookies: Record<string, string> = {};
  const url = `/${account.slug}/sign-in`;
  const page = await app.inject({ url });
  for (const { name, value } of page.cookies) cookies[name] = value;
  const answer = await app.inject({
    method: 'POST',
    url,
    cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      _csrf: /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '',
      email: account.email,
      password: account.password,
    }).toString(),
  });
  if (answer.statusCode !== 303) throw new Error(`The sign-in answered ${answer.statusCode}`);
  for (const { name, value } of answer.cookies) cookies[name] = value;
  return cookies;
}
