import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import {
  archive,
  cell,
  document,
  paragraph,
  plan,
  rowsOf,
  table,
  words,
  workbookParts,
} from '#platform/documents/read/test-files.ts';
import { testApp, type SentFile } from '#test/app.ts';
import { boxLabelled, filledForm, type FilledForm } from '#test/filled-form.ts';
import { day } from '#test/plans.ts';
import type { PlanPicture } from '../../rules/picture.ts';
import { findPlanId, readPicture } from '../../store/read-picture.ts';
import { setCast, today, wordsOf, type Officer } from '../edit/scene.test-help.ts';
import { paths } from '../paths.ts';
import { setStrangers } from '../strangers.test-help.ts';
import { officersPlan } from './plan-file.test-help.ts';

const test = await testApp();
const cast = await setCast(test);
const { boardMember, leadElsewhere, administrator } = await setStrangers(test, cast);
const { officer, colleague } = cast;

type Page = Awaited<ReturnType<Officer['get']>>;

const position = { 'position-day': '31', 'position-month': '1', 'position-year': '2026' };
const bytes = (text: string) => new TextEncoder().encode(text);
let files = 0;
/** The officer's plan as a file that nobody has sent before. */
const aPlan = (): SentFile => {
  files += 1;
  return { name: 'plan.xlsx', bytes: officersPlan(`, file ${files}`) };
};

const send = (who: Officer, file: SentFile | undefined, fields: Record<string, string> = {}) =>
  who.postFile(paths.importPlan(), { ...position, title: '', ...fields }, file);

/** Sends a file and gives the address of its import. */
async function begin(who: Officer = officer, file = aPlan(), fields = {}): Promise<string> {
  const answer = await send(who, file, fields);
  expect(answer.statusCode).toBe(303);
  return (answer.headers.location ?? '').replace(/\/columns$/, '');
}

/** Changes boxes of a page and sends its form back, as a browser would. */
async function sendBack(
  who: Officer,
  href: string,
  change: (page: Page) => FilledForm = () => ({}),
): Promise<Page> {
  const page = await who.get(href);
  expect(page.statusCode).toBe(200);
  return who.post(href, { ...filledForm(page), ...change(page) });
}

/** The same, where it must be taken: gives the page to which it leads. */
async function goOn(who: Officer, href: string, change?: (page: Page) => FilledForm) {
  const answer = await sendBack(who, href, change);
  expect(answer.statusCode, wordsOf(answer)).toBe(303);
  return answer.headers.location ?? '';
}

/** What an officer says of the colours of the plan. */
const meanings = (page: Page): FilledForm =>
  Object.fromEntries(
    Object.keys(filledForm(page))
      .filter((name) => name.endsWith('-meaning'))
      .map((name) => [name, `As the board agreed for ${name.split('-')[0] ?? ''}`]),
  );

/** Goes through every step with what the pages suggest, and gives the address of the plan. */
async function importWhole(who: Officer = officer, file = aPlan(), fields = {}) {
  const href = await begin(who, file, fields);
  await goOn(who, `${href}/columns`);
  await goOn(who, `${href}/colours`, meanings);
  await goOn(who, `${href}/rows?show=doubts`);
  await goOn(who, `${href}/rows?show=all`);
  expect(await goOn(who, `${href}/check`)).toBe(`${href}/done`);
  const done = await who.get(`${href}/done`);
  const planHref = /<a class="govuk-button" href="([^"]*)"/.exec(done.body)?.[1];
  return { href, planHref: planHref ?? 'no link to the plan' };
}

/** The plan at this address, as it stands today. */
async function pictureOf(planHref: string): Promise<PlanPicture | null> {
  const { authorityId } = officer.actor;
  return readInAuthority(test.database.db, authorityId, async (tx) => {
    const id = await findPlanId(tx, authorityId, planHref.replace('/plans/', ''));
    return id === null ? null : readPicture(tx, authorityId, id, today);
  });
}

describe('importing a plan', () => {
  it('goes from the file to the plan, by way of columns, colours, doubts and a last look', async () => {
    const title = 'Plan for visits';
    const href = await begin(officer, aPlan(), { title });

    const columns = await officer.get(`${href}/columns`);
    expect(wordsOf(columns)).toContain('We found one table with 4 actions.');
    expect(wordsOf(columns)).toContain('Report every late visit weekly');
    const whoHelps = boxLabelled(columns, 'What column G is');
    expect(filledForm(columns)).toMatchObject({
      [boxLabelled(columns, 'What column B is')]: 'text',
      [boxLabelled(columns, 'What column D is')]: 'due',
      [whoHelps]: 'leads',
    });
    const toColours = await goOn(officer, `${href}/columns`, () => ({
      [whoHelps]: 'contributors',
    }));
    expect(toColours).toBe(`${href}/colours`);
    // The file was read again by the corrected columns.
    const corrected = await officer.get(`${href}/columns`);
    expect(filledForm(corrected)[whoHelps]).toBe('contributors');

    const colours = await officer.get(toColours);
    expect(wordsOf(colours)).toContain('What does each colour mean in this plan?');
    expect(wordsOf(colours)).toContain(
      '4 actions say no status in words. Take it from the colour?',
    );
    const toRows = await goOn(officer, toColours, (page) => ({
      ...meanings(page),
      'green-name': 'Going well',
      'green-meaning': 'It will be done in time',
      'status-from-colour': 'yes',
    }));
    expect(toRows).toBe(`${href}/rows`);

    const doubts = await officer.get(toRows);
    expect(wordsOf(doubts)).toContain('1 row needs you.');
    expect(wordsOf(doubts)).toContain('there is no such day');
    expect(wordsOf(doubts)).not.toContain('Publish the guide');
    const due = boxLabelled(doubts, 'Due');
    expect(filledForm(doubts)[due]).toBe('31 February 2026');
    const toAll = await goOn(officer, toRows, () => ({ [due]: '28 February 2026' }));
    expect(toAll).toBe(`${href}/rows?show=all`);

    const all = await officer.get(toAll);
    expect(wordsOf(all)).toContain('All 4 rows.');
    expect(wordsOf(all)).toContain('Read as: 28 February 2026');
    const shown = filledForm(all);
    const nameIn = (value: string) =>
      Object.keys(shown).find((name) => shown[name] === value) ?? 'no box';
    const toCheck = await goOn(officer, toAll, () => ({
      [nameIn('Report every late visit weekly')]: 'Report every late visit daily',
      [nameIn('Publish the guide to plans').replace('text', 'leave')]: 'yes',
    }));
    expect(toCheck).toBe(`${href}/check`);

    const check = await officer.get(toCheck);
    const said = wordsOf(check);
    expect(said).toContain('“Plan for visits” will have 3 actions under 2 objectives');
    expect(said).toContain('as at 31 January 2026');
    expect(said).toMatch(/In progress 3 .*Going well 1 .*With a date 3 Without a date 0 Revised 1/);
    expect(said).toMatch(/leads? not known yet, to be added: .*Data Team/);
    expect(said).toContain('Publish the guide to plans. You left it out.');
    expect(said).toContain('Import 3 actions');

    expect(await goOn(officer, toCheck)).toBe(`${href}/done`);
    const done = await officer.get(`${href}/done`);
    expect(wordsOf(done)).toContain(
      '3 actions under 2 objectives were imported from plan.xlsx, as at 31 January 2026. 1 row was left out.',
    );
    const picture = await pictureOf('/plans/plan-for-visits');
    expect(picture?.plan).toMatchObject({ title, state: 'active' });
    expect(picture?.actions).toMatchObject([
      {
        text: 'Report every late visit daily',
        claimedRag: 'green',
        status: 'in progress',
        contributors: [{ name: 'Data Team' }],
        lastUpdate: { whatChanged: 'The report goes out on Mondays', effectiveOn: '2026-01-31' },
      },
      { text: 'Agree cover for sickness', claimedRag: 'amber', due: { to: '2026-02-28' } },
      { text: 'Train all team managers in writing plans', claimedRag: 'red', revised: true },
    ]);
    const plan = await officer.get('/plans/plan-for-visits?as-at=2026-01-31');
    expect(wordsOf(plan)).toContain('It will be done in time');
    expect((await officer.get('/plans/plan-for-visits?as-at=2026-01-30')).statusCode).toBe(404);
  });

  it('takes a Word document and a .csv as well', async () => {
    const csv = bytes(
      'Action,Lead,Due date\r\nWrite to every school,Virtual Head,30 June 2026\r\n',
    );
    const docx = document(
      table(
        [cell('Action'), cell('Lead'), cell('Due date')].join(''),
        [cell('Write to every school'), cell('Virtual Head'), cell('30 June 2026')].join(''),
      ),
    );
    for (const file of [
      { name: 'Schools.csv', bytes: csv },
      { name: 'Schools.docx', bytes: docx },
    ]) {
      const { planHref } = await importWhole(officer, file);
      const picture = await pictureOf(planHref);
      expect(picture?.plan.title).toBe('Schools');
      expect(picture?.actions).toMatchObject([
        {
          text: 'Write to every school',
          leads: [{ name: 'Virtual Head' }],
          due: { to: '2026-06-30' },
        },
      ]);
    }
  });

  it('happens once though the last button is pressed twice', async () => {
    const href = await begin();
    const check = filledForm(await officer.get(`${href}/check`));
    const answers = await Promise.all([1, 2].map(() => officer.post(`${href}/check`, check)));
    const later = await officer.post(`${href}/check`, check);
    for (const answer of [...answers, later]) {
      expect(answer.statusCode).toBe(303);
      expect(answer.headers.location).toBe(`${href}/done`);
    }
    expect((await officer.get(`${href}/rows`)).headers.location).toBe(`${href}/done`);
  });

  it('says that the same file was imported before, and no longer once that was undone', async () => {
    const file = aPlan();
    const warning = 'This same file was imported on 4 March 2026';
    const first = await importWhole(officer, file, { title: 'The first of two' });
    const again = await begin(colleague, { ...file, name: 'another name.xlsx' });
    const said = wordsOf(await colleague.get(`${again}/check`));
    expect(said).toMatch(/This same file was imported on .* as “The first of two”/);
    const other = await begin(colleague, aPlan());
    expect(wordsOf(await colleague.get(`${other}/check`))).not.toContain('This same file');
    await officer.post(`${first.href}/undo`);
    expect(wordsOf(await colleague.get(`${again}/check`))).not.toContain(warning.slice(0, 14));
  });
});

describe('the file of an import', () => {
  const beside = (page: Page, field: string, text: string) => {
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('<title>Error: Import a plan');
    expect(page.body).toMatch(new RegExp(`<a href="#${field}">[^<]*${text}`));
    const error = new RegExp(`id="(?:${field}|${field}-boxes)-error"[\\s\\S]*?</p>`);
    expect(error.exec(page.body)?.[0]).toContain(text);
  };
  const kept = (page: Page) => {
    expect(filledForm(page)).toMatchObject({ ...position, title: 'A title of mine' });
  };
  const mine = { title: 'A title of mine' };

  it('is asked for, and what was typed stays', async () => {
    const page = await send(officer, undefined, mine);
    beside(page, 'file', 'Choose a file');
    kept(page);
  });

  it.each([
    [
      'no day',
      { 'position-day': '', 'position-month': '', 'position-year': '' },
      'Say on which day',
    ],
    ['half a day', { 'position-year': '' }, 'must have'],
    ['a day that is none', { 'position-day': '31', 'position-month': '2' }, 'February'],
    [
      'a day to come',
      { 'position-month': '4', 'position-day': '1' },
      '1 April 2026 is in the future',
    ],
  ])('needs the day of its position: not %s', async (_what, fields, text) => {
    const page = await send(officer, aPlan(), { ...mine, ...fields });
    beside(page, 'position', text);
    expect(wordsOf(page)).toContain('Choose “plan.xlsx” once more');
    expect(filledForm(page)).toMatchObject({ ...mine, ...fields });
  });

  const macros = archive({
    ...workbookParts({ sheets: [{ name: 'Plan', xml: rowsOf(words('A1', 'Action')) }] }),
    'xl/vbaProject.bin': bytes('macro'),
  });
  it.each<[string, SentFile, string]>([
    ['a workbook with macros', { name: 'plan.xlsm', bytes: macros }, 'macros'],
    ['macros under another name', { name: 'plan.xlsx', bytes: macros }, 'macros'],
    ['an old workbook', { name: 'plan.xls', bytes: bytes('x') }, 'save it as .xlsx'],
    ['a PDF', { name: 'plan.pdf', bytes: bytes('%PDF-1.7') }, 'A PDF cannot be read here'],
    ['a PDF called a workbook', { name: 'plan.xlsx', bytes: bytes('%PDF-1.7') }, 'PDF'],
    ['a program', { name: 'plan.exe', bytes: bytes('MZ') }, 'cannot be read here'],
    ['a broken workbook', { name: 'plan.xlsx', bytes: bytes('PK\u0003\u0004 and no more') }, ''],
    ['an empty file', { name: 'plan.csv', bytes: bytes('') }, 'empty'],
    ['a page of prose', { name: 'plan.docx', bytes: document(paragraph('A letter')) }, ''],
    [
      'a table of other things',
      { name: 'plan.xlsx', bytes: plan(rowsOf(words('A1', 'Fruit'), words('A2', 'Pears'))) },
      'We found no actions in this file',
    ],
  ])('is refused beside its box where it is %s', async (_what, file, text) => {
    const page = await send(officer, file, mine);
    beside(page, 'file', text);
    kept(page);
    expect(wordsOf(await officer.get(paths.plans()))).not.toContain('A title of mine');
  });

  it('has 10 MB at most', async () => {
    const large = { name: 'plan.csv', bytes: new Uint8Array(10 * 1024 * 1024 + 1).fill(97) };
    expect((await send(officer, large)).statusCode).toBe(413);
  });

  it('gives the plan its name where it says no title, however odd', async () => {
    const csv = bytes('Action,Lead\r\nWrite to every school,Virtual Head\r\n');
    for (const [name, title] of [
      ['../../Plan <2026>.csv', 'Plan 2026'],
      ['.csv', 'Plan'],
    ] as const) {
      const answer = await send(officer, { name, bytes: csv });
      expect(answer.statusCode).toBe(303);
      const columns = await officer.get(answer.headers.location ?? '');
      const check = await officer.get((answer.headers.location ?? '').replace('columns', 'check'));
      expect(columns.body).not.toContain('<2026');
      expect(wordsOf(check)).toContain(`“${title}” will have 1 action`);
    }
  });
});

describe('a step of an import', () => {
  it('says that no column holds the actions, and keeps the choice', async () => {
    const href = await begin();
    const before = await officer.get(`${href}/columns`);
    const [action, lead] = ['B', 'C'].map((at) => boxLabelled(before, `What column ${at} is`));
    const page = await sendBack(officer, `${href}/columns`, () => ({
      ...Object.fromEntries(
        Object.keys(filledForm(before))
          .filter((name) => name !== 'version')
          .map((name) => [name, 'ignored']),
      ),
      [lead ?? '']: 'leads',
    }));
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('With these columns there are no actions');
    expect(filledForm(page)).toMatchObject({ [action ?? '']: 'ignored', [lead ?? '']: 'leads' });
    expect(filledForm(await officer.get(`${href}/columns`))).toMatchObject({
      [action ?? '']: 'text',
    });
  });

  it('asks for the meaning of each colour beside its box, and keeps the others', async () => {
    const href = await begin();
    const page = await sendBack(officer, `${href}/colours`, () => ({
      'red-name': '',
      'red-meaning': 'Nobody has begun',
      'amber-meaning': '',
      'green-meaning': 'x'.repeat(301),
      'status-from-colour': 'no',
    }));
    expect(page.statusCode).toBe(422);
    for (const field of ['red-name', 'amber-meaning', 'green-meaning']) {
      expect(page.body).toContain(`<a href="#${field}">`);
      expect(page.body).toContain(`id="${field}-error"`);
    }
    expect(filledForm(page)).toMatchObject({
      'red-meaning': 'Nobody has begun',
      'status-from-colour': 'no',
    });
  });

  it('leaves the status open where the person says so', async () => {
    const href = await begin();
    await goOn(officer, `${href}/colours`, (page) => ({
      ...meanings(page),
      'status-from-colour': 'no',
    }));
    expect(wordsOf(await officer.get(`${href}/check`))).toContain('Not stated 4');
  });

  it('says what is wrong with a row beside its box, and keeps what was typed', async () => {
    const href = await begin();
    const rows = await officer.get(`${href}/rows?show=all`);
    const names = Object.keys(filledForm(rows));
    const box = (part: string, row: number) => names.filter((one) => one.endsWith(part))[row] ?? '';
    const page = await sendBack(officer, `${href}/rows?show=all`, () => ({
      [box('-text', 0)]: '',
      [box('-due', 2)]: 'when the moon is full',
      [box('-leads', 3)]: 'Mended lead',
    }));
    expect(page.statusCode).toBe(422);
    for (const field of [box('-text', 0), box('-due', 2)]) {
      expect(page.body).toContain(`<a href="#${field}">`);
      expect(page.body).toContain(`id="${field}-error"`);
    }
    expect(wordsOf(page)).toContain('We could not read “when the moon is full” as a date');
    expect(filledForm(page)).toMatchObject({
      [box('-due', 2)]: 'when the moon is full',
      [box('-leads', 3)]: 'Mended lead',
    });
    expect(filledForm(await officer.get(`${href}/rows?show=all`))).toEqual(filledForm(rows));
  });

  it('takes back a row that was left out, with what was mended before', async () => {
    const href = await begin();
    const path = `${href}/rows?show=all`;
    const names = Object.keys(filledForm(await officer.get(path)));
    const text = names.find((name) => name.endsWith('-text')) ?? '';
    const leave = text.replace('-text', '-leave');
    await goOn(officer, path, () => ({ [text]: 'Report every late visit daily' }));
    await goOn(officer, path, () => ({ [leave]: 'yes' }));
    expect(wordsOf(await officer.get(`${href}/check`))).toContain('3 actions under');
    const page = await officer.get(path);
    expect(filledForm(page)).toMatchObject({
      [text]: 'Report every late visit daily',
      [leave]: 'yes',
    });
    await officer.post(path, { ...filledForm(page), [leave]: '' });
    expect(wordsOf(await officer.get(`${href}/check`))).toContain('4 actions under');
    expect(filledForm(await officer.get(path))).toMatchObject({
      [text]: 'Report every late visit daily',
    });
  });

  it('refuses an import of which nothing is left', async () => {
    const csv = bytes('Action,Lead\r\nWrite to every school,Virtual Head\r\n');
    const href = await begin(officer, { name: 'one.csv', bytes: csv });
    await goOn(officer, `${href}/rows?show=all`, (page) => ({
      [boxLabelled(page, 'Leave this row out')]: 'yes',
    }));
    const page = await sendBack(officer, `${href}/check`);
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('Nothing is left to import');
  });

  it('does not let two windows overwrite each other, and says so', async () => {
    const href = await begin();
    const windowOne = filledForm(await officer.get(`${href}/rows?show=all`));
    const text = Object.keys(windowOne).find((name) => name.endsWith('-text')) ?? '';
    const windows = await Promise.all(
      ['One', 'Two'].map((words) =>
        officer.post(`${href}/rows?show=all`, { ...windowOne, [text]: words }),
      ),
    );
    const statuses = windows.map((answer) => answer.statusCode);
    expect([...statuses].sort()).toEqual([303, 409]);
    const stale = windows[statuses.indexOf(409)];
    expect(wordsOf(stale ?? { body: '' })).toContain('This import was changed in another window');
    const won = statuses.indexOf(303) === 0 ? 'One' : 'Two';
    expect(filledForm(await officer.get(`${href}/rows?show=all`))).toMatchObject({ [text]: won });
    // Nor does the last button import what its page did not show.
    const check = filledForm(await officer.get(`${href}/check`));
    await goOn(officer, `${href}/rows?show=all`, () => ({ [text]: 'Three' }));
    expect((await officer.post(`${href}/check`, check)).statusCode).toBe(409);
  });

  it('is not put out of step by what no page of ours sends', async () => {
    const href = await begin();
    for (const [step, fields] of [
      ['columns', { version: 'x', 'column-1': 'constructor' }],
      ['colours', { version: '1', 'red-stands-for': '__proto__', 'red-name': 'x' }],
      ['rows', { version: '1', 'row-0-shown': 'Plan!B4', 'row-0-text': ['a', 'b'] }],
      ['check', { version: '1', title: 'x' }],
      ['check', {}],
      ['rows?page=-1', {}],
      ['rows?show=none', {}],
      ['rows?show=all&page=999', { version: '1' }],
    ] as const) {
      const answer = await officer.post(`${href}/${step}`, fields);
      expect([303, 400, 409, 422], step).toContain(answer.statusCode);
    }
    expect((await officer.get(`${href}/rows?show=all&page=999`)).statusCode).toBe(200);
  });
});

describe('an import that was left half-way', () => {
  it('is found again where plans are, at the step where it was left', async () => {
    const href = await begin(officer, aPlan(), { title: 'Left half-way' });
    for (const path of [paths.plans(), paths.importPlan()]) {
      const page = await officer.get(path);
      expect(wordsOf(page)).toContain('You began to import “Left half-way” from plan.xlsx');
      expect(page.body).toContain(`href="${href}">Go on with it</a>`);
    }
    expect((await officer.get(href)).headers.location).toBe(`${href}/columns`);
    await goOn(officer, `${href}/colours`, meanings);
    expect((await officer.get(href)).headers.location).toBe(`${href}/rows`);
  });

  it('can be thrown away', async () => {
    const href = await begin(officer, aPlan(), { title: 'To be thrown away' });
    const check = await officer.get(`${href}/check`);
    expect(check.body).toContain(`action="${href}/leave"`);
    const answer = await officer.post(`${href}/leave`);
    expect(answer.headers.location).toBe(paths.plans());
    const words = wordsOf(await officer.get(paths.plans()));
    expect(words).toContain('The import of “plan.xlsx” is thrown away');
    expect(words).not.toContain('To be thrown away');
    for (const step of ['columns', 'check', 'done', 'undo']) {
      expect((await officer.get(`${href}/${step}`)).statusCode, step).toBe(404);
    }
    expect((await officer.post(`${href}/leave`)).statusCode).toBe(404);
  });
});

describe('an import that is undone', () => {
  it('takes its plan from every page, once a person agrees', async () => {
    const { href, planHref } = await importWhole(officer, aPlan(), { title: 'To be undone' });
    expect(planHref).toBe('/plans/to-be-undone');
    const asked = await officer.get(`${href}/undo`);
    expect(wordsOf(asked)).toContain('will be gone from every page and list');
    const answer = await officer.post(`${href}/undo`);
    expect(answer.headers.location).toBe(paths.plans());
    expect(wordsOf(await officer.get(paths.plans()))).toContain(
      'The import of “To be undone” is undone.',
    );
    expect((await officer.get(planHref)).statusCode).toBe(404);
    expect((await officer.get(paths.plans())).body).not.toContain(planHref);
    expect((await officer.get(`${href}/done`)).statusCode).toBe(404);
    const again = await importWhole(officer, aPlan(), { title: 'To be undone' });
    expect(again.planHref).toBe(planHref);
  });

  it('is refused once somebody wrote on the plan, and says what can be done', async () => {
    const { href, planHref } = await importWhole();
    const action = (await pictureOf(planHref))?.actions[0];
    const update = {
      submission: newId<'submission'>(),
      seen: String(action?.updateVersion),
      corrects: '',
      choice: 'green',
      changed: 'Nothing yet',
      link: '',
      note: '',
    };
    const path = `${planHref}/actions/${action?.id ?? ''}/update`;
    expect((await colleague.postFile(path, update)).statusCode).toBe(303);
    const answer = await officer.post(`${href}/undo`);
    expect(answer.statusCode).toBe(409);
    expect(wordsOf(answer)).toContain('This import cannot be undone any more');
    expect(wordsOf(answer)).toContain('You can archive the plan instead');
    expect((await officer.get(planHref)).statusCode).toBe(200);
  });
});

describe('an import and strangers', () => {
  const steps = ['', '/columns', '/colours', '/rows', '/check', '/done', '/undo'];

  it('is not there for anybody but the person who began it', async () => {
    const prepared = await begin(officer, aPlan(), { title: 'Mine alone' });
    const { href: imported, planHref } = await importWhole();
    const others = [cast.stranger, colleague, cast.lead, leadElsewhere, boardMember, administrator];
    for (const who of others) {
      // What was done before is told once.
      await who.get(paths.plans());
      const absent = wordsOf(await who.get(`${paths.import(newId<'import'>())}/check`));
      for (const href of [prepared, imported]) {
        for (const step of steps) {
          const page = await who.get(`${href}${step}`);
          expect(page.statusCode, step).toBe(404);
          expect(wordsOf(page)).toBe(absent);
        }
        for (const step of ['/columns', '/colours', '/rows', '/undo', '/leave']) {
          expect((await who.post(`${href}${step}`, {})).statusCode, step).toBe(404);
        }
        expect((await who.post(`${href}/check`, { version: '1' })).statusCode).toBe(404);
      }
      expect(wordsOf(await who.get(paths.plans()))).not.toContain('Mine alone');
    }
    expect((await officer.get(`${prepared}/check`)).statusCode).toBe(200);
    expect((await officer.get(planHref)).statusCode).toBe(200);
  });

  it('is begun by nobody who may not begin a plan', async () => {
    for (const who of [cast.lead, leadElsewhere, boardMember, cast.member, administrator]) {
      expect((await who.get(paths.importPlan())).statusCode).toBe(404);
      expect((await send(who, aPlan())).statusCode).toBe(404);
    }
  });

  it('knows no address that is none', async () => {
    for (const id of ['no-id', "'", '%00', newId<'import'>()]) {
      const page = await officer.get(`${paths.import(id)}/check`);
      expect([400, 404]).toContain(page.statusCode);
    }
  });

  it('changes nothing on an earlier day', async () => {
    const href = await begin();
    const earlier = '?as-at=2026-03-01';
    for (const path of [paths.importPlan(), ...steps.map((step) => `${href}${step}`)]) {
      const page = await officer.get(`${path}${earlier}`);
      expect(page.statusCode, path).toBe(400);
      expect(wordsOf(page)).toContain('Nothing can be changed on an earlier day');
    }
    expect((await officer.post(`${href}/check${earlier}`, { version: '1' })).statusCode).toBe(400);
    expect((await officer.get(`${href}/check`)).statusCode).toBe(200);
  });
});

it('of an imported plan begins on the day of its position', async () => {
  const { planHref } = await importWhole();
  const words = wordsOf(await officer.get(`${planHref}?as-at=${day('2026-01-31')}`));
  expect(words).toContain('4 actions.');
});
