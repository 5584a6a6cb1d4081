import { parse } from 'csv-parse/sync';
import readExcel from 'read-excel-file/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { testApp } from '#test/app.ts';
import { day, grantDate, noDue } from '#test/plans.ts';
import { addAction, withdrawAction } from '../actions/change-action.ts';
import { giveUpdate } from '../actions/give-update.ts';
import { readDue } from '#kernel/due/read-due.ts';
import { setCast, setScene, wordsOf, type Officer, type Scene } from './edit/scene.test-help.ts';
import { paths } from './paths.ts';
import { saysNothing, setStrangers } from './strangers.test-help.ts';

const test = await testApp();
const { db } = test.database;
const cast = await setCast(test);
const strangers = await setStrangers(test, cast);
const { actor } = cast.officer;

/**
 * 1.1 amber since 10 February, led; 1.2 without a lead, its date moved and past; 2.1 withdrawn;
 * 2.2 of high priority, from a source, without a date, added 30 of the 31 days of a cycle ago.
 */
let scene: Scene;
beforeAll(async () => {
  scene = await setScene(test, cast, day('2026-01-12'));
  const [first, second, third] = scene.actions;
  await giveUpdate(db, actor, day('2026-02-10'), {
    actionId: first,
    choice: 'amber',
    whatChanged: 'The rota is written, and not yet kept',
    evidence: [],
    seenVersion: 0,
    submissionId: newId<'submission'>(),
    corrects: null,
  });
  const { due } = readDue('27 February 2026');
  const people = [actor, cast.owner.actor] as const;
  await grantDate(db, people, day('2026-02-02'), second, 1, due, 'Cover was found sooner');
  const left = { withdrawn: true, reason: 'It is done elsewhere' };
  await withdrawAction(db, actor, day('2026-02-02'), third, 1, left);
  await addAction(db, actor, day('2026-02-02'), scene.planId, {
    objectiveId: scene.objectives[1],
    ref: '2.2',
    text: 'Publish the guide to plans',
    leads: [],
    contributors: [],
    priority: 'high',
    successMeasure: null,
    outcomeForChildren: null,
    sources: [{ title: 'Review of plans, 2025', words: null, page: null }],
    due: noDue,
    submissionId: newId<'submission'>(),
  });
});

const list = (query: string, who: Officer = cast.officer) =>
  who.get(`${paths.actions(scene.slug)}?${query}`);

/** The references of the actions on a page, in its order. */
async function refsOn(page: { body: string }): Promise<string[]> {
  const { actions } = await scene.picture();
  const ids = [...page.body.matchAll(/sl-action-link" href="[^"]*\/actions\/([^"?]+)/g)];
  return ids.map(([, id]) => actions.find((action) => action.id === id)?.ref ?? 'unknown');
}

/** The file behind the page's own link to what is on the screen. */
async function fileOfScreen(page: { body: string }, format: string) {
  const href = new RegExp(`href="([^"]*/export\\?format=${format}[^"]*)"`).exec(page.body)?.[1];
  if (href === undefined) throw new Error(`The page has no link to a ${format} file`);
  return cast.officer.get(href.replaceAll('&amp;', '&'));
}

function refsIn(csv: { rawPayload: Buffer }): string[] {
  const rows = parse<{ Ref: string }>(csv.rawPayload, { columns: true, bom: true });
  return rows.map((row) => row.Ref);
}

describe('the list of actions', () => {
  it.each([
    ['everything', '', ['1.1', '1.2', '2.2']],
    ['withdrawn ones too', 'withdrawn=yes', ['1.1', '1.2', '2.1', '2.2']],
    ['words of the action, in any case', 'q=SICKNESS', ['1.2']],
    ['words of its last update', 'q=rota', ['1.1']],
    ['words of its objective', 'q=measurable', ['2.2']],
    ['several words, in any order', 'q=weekly+late', ['1.1']],
    ['words that stand nowhere', 'q=harbour', []],
    ['one colour', 'rag=amber', ['1.1']],
    ['several colours', 'rag=amber&rag=none', ['1.1', '1.2', '2.2']],
    ['a status', 'status=in+progress', ['1.1']],
    ['no status', 'status=none', ['1.2', '2.2']],
    ['no lead', 'lead=none', ['1.2', '2.2']],
    ['a priority', 'priority=high', ['2.2']],
    ['what is overdue', 'overdue=yes', ['1.2']],
    ['what had its date changed', 'revised=yes', ['1.2']],
    ['what had no update in the cycle, nor was added in it', 'stale=yes', ['1.2']],
    ['what has no date', 'without-date=yes', ['2.2']],
    ['two filters at once', 'lead=none&overdue=yes', ['1.2']],
    ['by date, those without last', 'sort=due', ['1.2', '1.1', '2.2']],
    ['by colour, the gravest first', 'sort=rag', ['1.1', '1.2', '2.2']],
    ['by last update', 'sort=updated', ['1.1', '1.2', '2.2']],
    ['by lead, those without last', 'sort=lead&withdrawn=yes', ['1.1', '1.2', '2.1', '2.2']],
    ['overdue longest first', 'sort=overdue', ['1.2', '1.1', '2.2']],
  ])('shows %s, and exports what it shows', async (_what, query, refs) => {
    const page = await list(query);
    expect(page.statusCode).toBe(200);
    expect(await refsOn(page)).toEqual(refs);
    expect(refsIn(await fileOfScreen(page, 'csv'))).toEqual(refs);
  });

  it('can be narrowed to a lead, an objective and a source of the plan', async () => {
    const { objectives, actions } = await scene.picture();
    const lead = actions[0]?.leads[0]?.id ?? '';
    const source = actions.flatMap((action) => action.sources)[0]?.id ?? '';
    expect(await refsOn(await list(`lead=${lead}`))).toEqual(['1.1']);
    expect(await refsOn(await list(`lead=${lead}&lead=none`))).toEqual(['1.1', '1.2', '2.2']);
    expect(await refsOn(await list(`objective=${objectives[1]?.id ?? ''}`))).toEqual(['2.2']);
    expect(await refsOn(await list(`source=${source}`))).toEqual(['2.2']);
    const page = await list(`lead=${lead}`);
    expect(wordsOf(page)).toContain('1 action of 3 shown.');
    expect(wordsOf(page)).toContain('Led by Service Manager, Children in Care');
  });

  it('takes one filter off and keeps the others', async () => {
    const page = await list('q=visit&rag=amber&overdue=yes&sort=due');
    const off = [...page.body.matchAll(/class="sl-chip" href="([^"]*)"/g)].map(([, href]) =>
      href?.replaceAll('&amp;', '&').replace(/^.*\?/, ''),
    );
    expect(off).toEqual([
      'rag=amber&overdue=yes&sort=due',
      'q=visit&overdue=yes&sort=due',
      'q=visit&rag=amber&sort=due',
    ]);
  });

  it('says so where nothing fits, and how to see everything again', async () => {
    const page = await list('q=harbour');
    expect(wordsOf(page)).toContain('No action fits');
    expect(page.body).toContain(`href="${paths.actions(scene.slug)}"`);
  });

  it('gives the same selection to a reader who may change nothing', async () => {
    expect(await refsOn(await list('rag=amber', strangers.boardMember))).toEqual(['1.1']);
  });

  it.each([
    'q=%3Cscript%3Ealert(1)%3C/script%3E',
    'q=%22%3E%3Cimg+src=x%3E',
    `q=${'x'.repeat(200)}`,
    `q=${'x'.repeat(201)}`,
    'q=a&q=b',
    'q[]=a',
    'q[a]=b',
    'q=%25%5F%27%3B--',
    'q=%E2%80%AE%F0%9F%8C%8A',
    'q=%FF%FE',
    'q=%',
    'q=%00',
    'rag=purple&rag=&rag=none',
    'rag=constructor',
    'status=__proto__',
    'status=toString',
    'lead=nobody&objective=%27&source=00000000-0000-0000-0000-000000000000',
    `lead=${newId<'party'>()}&objective=${newId<'objective'>()}`,
    'priority=urgent',
    'overdue=maybe',
    'sort=rm+-rf',
    'sort=constructor',
    'page=-1',
    'page=0',
    'page=99999999999999999999',
    'page=NaN',
    'page=1e309',
    'unknown=1',
    '__proto__=1',
    'constructor=1',
    'as-at=',
    'rag=red&'.repeat(2000),
  ])('is not put out of step by ?%s', async (query) => {
    for (const path of [paths.actions(scene.slug), paths.exported(scene.slug)]) {
      const format = path.endsWith('export') ? 'format=csv&' : '';
      const page = await cast.officer.get(`${path}?${format}${query}`);
      expect([200, 400, 414, 431]).toContain(page.statusCode);
      expect(page.body).not.toMatch(/<script>alert|<img src/);
    }
  });
});

describe('a plan sent out', () => {
  it.each([
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['csv', 'text/csv; charset=utf-8'],
    ['json', 'application/json; charset=utf-8'],
  ])('as %s is a file to keep, which no browser opens in our name', async (format, type) => {
    const path = `${paths.exported(scene.slug)}?format=${format}&withdrawn=yes`;
    const file = await cast.officer.get(path);
    expect(file.statusCode).toBe(200);
    expect(file.headers['content-type']).toBe(type);
    const name = `${scene.slug}-2026-03-04.${format}`;
    expect(file.headers['content-disposition']).toBe(
      `attachment; filename="${name}"; filename*=UTF-8''${name}`,
    );
    expect(file.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    expect(file.headers['x-content-type-options']).toBe('nosniff');
    expect(file.headers['cache-control']).toBe('no-store');
  });

  it('as a whole from the overview holds every action, marked where withdrawn', async () => {
    const file = await fileOfScreen(await cast.officer.get(paths.plan(scene.slug)), 'xlsx');
    const sheets = await readExcel(file.rawPayload);
    const [header = [], ...rows] = sheets.find(({ sheet }) => sheet === 'Actions')?.data ?? [];
    const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
    expect(column('Ref')).toEqual(['1.1', '1.2', '2.1', '2.2']);
    expect(column('Withdrawn')).toEqual(['No', 'No', 'Yes', 'No']);
    expect(file.headers['content-disposition']).not.toContain('selection');
  });

  it('says what was chosen, by whom and as at when', async () => {
    const file = await fileOfScreen(await list('lead=none&sort=due'), 'json');
    expect(file.headers['content-disposition']).toContain('2026-03-04-selection.json');
    expect(file.json()).toMatchObject({
      asAt: '2026-03-04',
      exported: {
        authority: 'Saltmarsh Borough Council',
        by: 'Robin Fenwick',
        at: '2026-03-04T10:00:00.000Z',
        selection: 'No lead',
        classification: 'Internal',
      },
      actions: [{ ref: '1.2' }, { ref: '2.2' }],
    });
  });

  it('from an earlier day holds what stood then', async () => {
    const page = await list('as-at=2026-01-20');
    const file = await fileOfScreen(page, 'json');
    expect(file.headers['content-disposition']).toContain('-2026-01-20.json');
    const { actions } = file.json<{ actions: { ref: string; claimedRag: string | null }[] }>();
    expect(actions.map(({ ref, claimedRag }) => [ref, claimedRag])).toEqual([
      ['1.1', null],
      ['1.2', null],
      ['2.1', null],
    ]);
  });

  it('has only the formats that there are', async () => {
    for (const format of ['', 'exe', 'XLSX', 'csv&format=json', 'toString']) {
      const answer = await cast.officer.get(`${paths.exported(scene.slug)}?format=${format}`);
      expect(answer.statusCode, format).toBe(400);
    }
  });

  it('is no file for a stranger, nor for those who may read and not export', async () => {
    const path = `${paths.exported(scene.slug)}?format=csv`;
    const readers = [cast.lead, strangers.boardMember];
    const others = [cast.stranger, cast.member, strangers.leadElsewhere, strangers.administrator];
    for (const who of [...readers, ...others]) {
      const absent = saysNothing(await who.get('/plans/no-such-plan/export?format=csv'));
      expect(absent.status).toBe(404);
      expect(saysNothing(await who.get(path))).toEqual(absent);
    }
  });
});
