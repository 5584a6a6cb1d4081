import { addDays, londonDay, type IsoDate } from '#kernel/dates.ts';
import { newId, type PlanId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { actorByEmail, authorityBySlug, makeToken, type Actor } from '#people';
import { findPlanId, movementOf, readHistory, readPicture } from '#plans';
import { startReport } from '#committee';
import type { App } from '#platform/web/server.ts';
import { inEmptyPlace, onDatabase } from './empty-place.ts';
import { crowd, fillWithCouncils, password } from './load/many-councils.ts';
import type { Reading } from './readings.ts';
import { signIn, withApp } from './signed-in.ts';
import { p95, timed } from './timing.ts';

const runs = 25;

/**
 * The truth of a plan of 300 actions among twenty councils: its movement over two years, a page of
 * the API, and its operational report as Word and PDF while somebody else reads pages.
 */
export async function honestPaper(note: (line: string) => void): Promise<Reading[]> {
  return await inEmptyPlace((data) =>
    onDatabase(data, async ({ db, keeper }) => {
      note('Filling a database with twenty councils.');
      const [account] = await fillWithCouncils(keeper, new Date());
      if (account === undefined) throw new Error('Nobody can sign in');
      const today = londonDay(new Date());
      const { actor, planId } = await whoAndWhat(db, account, today);
      const token = await tokenOf(db, actor, today);
      return await withApp(db, async (app) => {
        const cookies = await signIn(app, { ...account, password });
        const readings = [await movement(db, actor, planId, today), await apiPage(app, token)];
        for (const [format, atMost] of [
          ['docx', 2_000],
          ['pdf', 5_000],
        ] as const) {
          note(`Making the operational report as ${format}.`);
          const url = await operationalReport(db, actor, planId, today, format);
          readings.push(...(await paperAndPages(app, cookies, url, format, atMost)));
        }
        return readings;
      });
    }),
  );
}

async function movement(
  db: Db,
  { authorityId }: Actor,
  planId: PlanId,
  today: IsoDate,
): Promise<Reading> {
  const from = addDays(today, -2 * 365);
  const times = await timed(runs, () =>
    readInAuthority(db, authorityId, async (tx) => {
      const before = await readPicture(tx, authorityId, planId, from);
      const after = await readPicture(tx, authorityId, planId, today);
      if (after === null) throw new Error('There is no plan');
      const facts = await readHistory(tx, authorityId, { planId }, today);
      return movementOf(before, after, facts, from);
    }),
  );
  const what = `Movement over two years of a plan of ${crowd.largePlan} actions, p95`;
  return { what, found: p95(times), unit: 'ms', atMost: 200 };
}

async function apiPage(app: App, token: string): Promise<Reading> {
  const headers = { authorization: `Bearer ${token}` };
  const times = await timed(runs, async () => {
    const url = '/api/v1/plans/plan-1/actions?limit=100';
    const answer = await app.inject({ url, headers });
    if (answer.statusCode !== 200) throw new Error(`The API answered ${answer.statusCode}`);
  });
  return { what: 'API page of 100 actions, p95', found: p95(times), unit: 'ms', atMost: 80 };
}

/** The middle of five papers, and the slow pages of somebody who reads meanwhile. */
async function paperAndPages(
  app: App,
  cookies: Record<string, string>,
  url: string,
  format: 'docx' | 'pdf',
  atMost: number,
): Promise<Reading[]> {
  const get = async (path: string) => {
    const answer = await app.inject({ url: path, cookies });
    if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}`);
  };
  await get(url);
  const pages: number[] = [];
  const papers: number[] = [];
  for (let paper = 0; paper < 5; paper += 1) {
    const making = timed(1, () => get(url)).then((times) => papers.push(...times));
    const made = making.then(() => true);
    while (!(await Promise.race([made, next()]))) {
      pages.push(...(await timed(1, () => get('/plans/plan-2'))));
    }
    await making;
  }
  const name = format === 'docx' ? 'Word' : 'PDF';
  return [
    {
      what: `Operational report of ${crowd.largePlan} actions as ${name}, median`,
      found: papers.toSorted((a, b) => a - b)[2] ?? 0,
      unit: 'ms',
      atMost,
    },
    { what: `Page of a plan while it is made, p95`, found: p95(pages), unit: 'ms', atMost: 200 },
  ];
}

/** Something else may run first. Answers false. */
function next(): Promise<false> {
  return new Promise((resolve) => {
    setImmediate(() => {
      resolve(false);
    });
  });
}

async function whoAndWhat(
  db: Db,
  account: { slug: string; email: string },
  today: IsoDate,
): Promise<{ actor: Actor; planId: PlanId }> {
  const authority = await authorityBySlug(db, account.slug);
  if (authority === undefined) throw new Error('There is no council');
  return await readInAuthority(db, authority.id, async (tx) => {
    const actor = await actorByEmail(tx, authority.id, account.email, today);
    const planId = await findPlanId(tx, authority.id, 'plan-1');
    if (actor === null || planId === null) throw new Error('There is no such person or plan');
    return { actor, planId };
  });
}

async function tokenOf(db: Db, actor: Actor, today: IsoDate): Promise<string> {
  const asked = { name: 'Bench', scopes: ['plans:read'], lastDay: addDays(today, 7) } as const;
  const made = await inAuthority(db, actor.authorityId, (tx) =>
    makeToken(tx, actor, { ...asked, scopes: [...asked.scopes] }, today),
  );
  if (made.kind !== 'made') throw new Error(`No token: ${made.kind}`);
  return made.token;
}

/** Begins an operational report, and gives the address of its file. */
async function operationalReport(
  db: Db,
  actor: Actor,
  planId: PlanId,
  today: IsoDate,
  format: string,
): Promise<string> {
  const begun = await startReport(db, actor, today, {
    depth: 'operational',
    planIds: [planId],
    replacesId: null,
    submissionId: newId<'submission'>(),
    head: {
      title: 'Improvement plan: every action',
      committeeId: null,
      committee: 'Improvement board',
      meetingOn: null,
      asAt: today,
      since: addDays(today, -2 * 365),
      isPublic: true,
      paragraphs: [],
      exemptionReason: null,
      cover: {
        outcomes: null,
        extraSpending: false,
        howMuch: null,
        source: null,
        agreedWithFinance: 'not needed',
        reportOf: 'Director',
        author: 'Quality assurance manager',
        forDecision: false,
        appendices: null,
        contact: {
          name: 'Quality assurance manager',
          role: null,
          department: null,
          telephone: null,
          email: null,
        },
      },
    },
  });
  if (begun.kind !== 'done') throw new Error(`No report: ${begun.kind}`);
  return `/committee/reports/${begun.reportId}/export?format=${format}`;
}
