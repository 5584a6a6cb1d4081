import { describe, expect, it } from 'vitest';
import { newId, type ActionId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { WorkbookValue } from '#platform/documents/write/workbook.ts';
import { testApp, type SignedIn } from '#test/app.ts';
import { giveUpdate } from '../../actions/give-update.ts';
import { sheetHeaders } from '../../rules/sheet/sheet-columns.ts';
import {
  hidden,
  setCast,
  setScene,
  today,
  wordsOf,
  type Officer,
  type Scene,
} from '../edit/scene.test-help.ts';
import { paths } from '../paths.ts';
import { filledSheet, rowsIn, writeRows, type Typed } from './filled-sheet.test-help.ts';

/**
 * "Excel update sheet": out to people without an account, and back by ID, with
 * every conflict shown and chosen about, and nothing overwritten.
 */
const test = await testApp();
const { db } = test.database;
const cast = await setCast(test);
const { authority, officer, colleague, lead, member, stranger } = cast;

const made = (scene: Scene, query = '') =>
  officer.get(`${paths.exportUpdateSheet(scene.slug)}${query}`);
const sheetOf = async (scene: Scene) => new Uint8Array((await made(scene)).rawPayload);

async function send(by: SignedIn, scene: Scene, bytes: Uint8Array, name = 'sheet.xlsx') {
  const answer = await by.postFile(paths.updateSheet(scene.slug), {}, { name, bytes });
  const rows = String(answer.headers.location);
  return { answer, rows, check: `${rows}/check`, done: `${rows}/done` };
}

/** Sends the rows page back with what it holds and these boxes. */
async function choose(by: SignedIn, url: string, boxes: Record<string, string> = {}) {
  const page = await by.get(url);
  const held = Object.fromEntries(
    Array.from(
      page.body.matchAll(/<input[^>]*name="(row-[^"]+)"[^>]*value="([^"]*)"([^>]*)>/g),
      ([tag, name = '', value = '']) => [tag, name, value] as const,
    )
      .filter(([tag]) => tag.includes('hidden') || tag.includes(' checked'))
      .map(([, name, value]) => [name, value]),
  );
  return by.post(url, { version: hidden(page, 'version'), ...held, ...boxes });
}

async function save(by: SignedIn, sheet: { check: string }) {
  const page = await by.get(sheet.check);
  return by.post(sheet.check, { version: hidden(page, 'version') });
}

async function updateBy(by: Officer, actionId: ActionId, whatChanged: string, seenVersion = 0) {
  const outcome = await giveUpdate(db, by.actor, today, {
    actionId,
    choice: 'red',
    whatChanged,
    evidence: [],
    seenVersion,
    submissionId: newId<'submission'>(),
    corrects: null,
  });
  expect(outcome.kind).toBe('done');
}

const misspelt = (cell: WorkbookValue) =>
  typeof cell === 'string' ? `${cell.slice(0, 5)}X${cell.slice(6)}` : cell;
const onTime: Typed = { going: 'Green', changed: 'All visits were on time.' };
async function actionOf(scene: Scene, ref: string) {
  const action = (await scene.picture()).actions.find((one) => one.ref === ref);
  if (action === undefined) throw new Error(`No action ${ref}`);
  return action;
}

describe('an update sheet', () => {
  it('goes out with an ID in each row, and comes back as updates and requests for dates', async () => {
    const scene = await setScene(test, cast);
    const out = await made(scene, '?open=yes');
    expect(out.statusCode).toBe(200);
    const rows = await rowsIn(new Uint8Array(out.rawPayload));
    expect(rows[0]).toEqual(Object.values(sheetHeaders));
    expect(rows.slice(1).map((row) => row[1])).toEqual(['1.1', '1.2', '2.1']);
    expect(new Set(rows.map((row) => row[0])).size).toBe(4);
    const log = await test.database.keeper
      .selectFrom('audit_log')
      .select('act')
      .where('authority_id', '=', authority.id)
      .where('act', '=', 'exported as an update sheet')
      .execute();
    expect(log.length).toBeGreaterThan(0);

    const back = await filledSheet(new Uint8Array(out.rawPayload), {
      '1.1': {
        ...onTime,
        shows: 'https://saltmarsh.example/visits\nThe weekly list',
        newDue: '31/07/2026',
        reason: 'The list came late',
        effect: 'None: they are seen',
        toldBy: 'Kit Wade, Service Manager',
      },
    });
    const sheet = await send(officer, scene, back);
    expect(sheet.answer.statusCode).toBe(303);
    const page = wordsOf(await officer.get(sheet.rows));
    expect(page).toContain('1 row with something new');
    expect(page).toContain('31 July 2026');
    expect(page).toContain('2 rows in which nothing was filled in');
    expect((await actionOf(scene, '1.1')).updateVersion).toBe(0);
    // Left half-way, it is found again.
    const begun = await officer.get(paths.updateSheet(scene.slug));
    expect(begun.body).toContain(`href="${sheet.rows}"`);
    expect((await choose(officer, sheet.rows)).headers.location).toBe(sheet.check);
    expect(wordsOf(await officer.get(sheet.check))).toContain(
      '1 update and 1 request for another date will be saved',
    );
    expect((await save(officer, sheet)).headers.location).toBe(sheet.done);
    const done = await officer.get(sheet.done);
    expect(done.body).toContain(paths.action(scene.slug, scene.actions[0]));
    const action = await actionOf(scene, '1.1');
    expect(action).toMatchObject({
      claimedRag: 'green',
      evidenceCount: 2,
      dueVersion: 1,
      due: { to: '2026-06-30' },
      lastUpdate: {
        whatChanged: 'All visits were on time.\n\nAs told by Kit Wade, Service Manager',
      },
      asked: { due: { to: '2026-07-31' }, reason: 'The list came late', by: officer.actor.userId },
    });
  });

  it('changes nothing when it is brought back again, by whoever, and says so', async () => {
    const scene = await setScene(test, cast);
    const back = await filledSheet(await sheetOf(scene), {
      '1.1': { ...onTime, newDue: '31 July 2026', reason: 'Late', effect: 'None' },
      '1.2': onTime,
    });
    // Two people hold the same sheet before either saves.
    const [first, second] = [await send(officer, scene, back), await send(colleague, scene, back)];
    await choose(officer, first.rows);
    await choose(colleague, second.rows);
    const both = await Promise.all([save(officer, first), save(colleague, second)]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(await actionOf(scene, '1.1')).toMatchObject({ updateVersion: 1 });
    expect(await actionOf(scene, '1.2')).toMatchObject({ updateVersion: 1 });
    const told = await Promise.all(
      [officer.get(first.done), colleague.get(second.done)].map(async (page) =>
        wordsOf(await page),
      ),
    );
    expect(told.filter((words) => words.includes('nothing was saved'))).toHaveLength(1);
    const again = await send(colleague, scene, back);
    const words = wordsOf(await colleague.get(again.check));
    expect(words).toContain('Nothing new is in this sheet');
    expect(words).toContain('The update of this row was saved already');
    expect(words).toContain('31 July 2026 was asked for already');
    await save(colleague, again);
    expect((await actionOf(scene, '1.1')).updateVersion).toBe(1);
    const requests = await test.database.keeper
      .selectFrom('due_date_request')
      .select('id')
      .where('action_id', '=', scene.actions[0])
      .execute();
    expect(requests).toHaveLength(1);
  });

  it('shows both texts where somebody wrote since, and chooses nothing', async () => {
    const scene = await setScene(test, cast);
    const bytes = await sheetOf(scene);
    await updateBy(lead, scene.actions[0], 'Two visits were late.');
    const back = await filledSheet(bytes, { '1.1': onTime });
    const sheet = await send(officer, scene, back);
    const page = await officer.get(sheet.rows);
    expect(wordsOf(page)).toContain('1 row needs you');
    // The database says when: its clock is not the test's.
    expect(wordsOf(page)).toMatch(/Alex Marsh on \d+ \w+ \d{4} at [\d.]+[ap]m: Red/);
    expect(wordsOf(page)).toContain('Two visits were late.');
    expect(wordsOf(page).replaceAll(' .', '.')).toContain('All visits were on time.');
    expect(page.body).not.toMatch(/type="radio"[^>]* checked/);
    // Nothing is chosen by going on, nor saved.
    expect((await choose(officer, sheet.rows)).headers.location).toContain('show=needs');
    expect((await officer.post(sheet.check, { version: '2' })).statusCode).toBe(409);
    expect((await actionOf(scene, '1.1')).updateVersion).toBe(1);
    await choose(officer, sheet.rows, { 'row-0-going': 'ours', 'row-0-words': 'both' });
    await save(officer, sheet);
    const { claimedRag, lastUpdate, updateVersion } = await actionOf(scene, '1.1');
    expect(updateVersion).toBe(2);
    expect(claimedRag).toBe('red');
    expect(lastUpdate?.whatChanged).toMatch(
      /^All visits were on time\.\n\nKept beside it, from Alex Marsh on \d+ \w+ \d{4}: Two visits were late\.$/,
    );
  });

  it('keeps ours where that is chosen, and writes nothing then', async () => {
    const scene = await setScene(test, cast);
    const bytes = await sheetOf(scene);
    await updateBy(lead, scene.actions[0], 'Two visits were late.');
    const sheet = await send(officer, scene, await filledSheet(bytes, { '1.1': onTime }));
    await choose(officer, sheet.rows, { 'row-0-going': 'ours', 'row-0-words': 'ours' });
    await save(officer, sheet);
    expect(await actionOf(scene, '1.1')).toMatchObject({
      updateVersion: 1,
      lastUpdate: { whatChanged: 'Two visits were late.' },
    });
  });

  it('meets an update that arrives between the page and the save as a new conflict', async () => {
    const scene = await setScene(test, cast);
    const sheet = await send(
      officer,
      scene,
      await filledSheet(await sheetOf(scene), { '1.1': onTime, '1.2': onTime }),
    );
    await choose(officer, sheet.rows);
    const page = await officer.get(sheet.check);
    await updateBy(lead, scene.actions[0], 'Two visits were late.');
    const answer = await officer.post(sheet.check, { version: hidden(page, 'version') });
    expect(answer.statusCode).toBe(409);
    expect(wordsOf(answer)).toContain('Two visits were late.');
    expect((await actionOf(scene, '1.2')).updateVersion).toBe(0);
    // What was chosen of a conflict does not hold for the next one.
    await choose(officer, sheet.rows, { 'row-0-going': 'sheet', 'row-0-words': 'sheet' });
    await updateBy(lead, scene.actions[0], 'And a third.', 1);
    expect((await officer.get(sheet.check)).headers.location).toContain('show=needs');
  });

  it('says what it could not read, and takes it once it is mended', async () => {
    const scene = await setScene(test, cast);
    const back = await filledSheet(await sheetOf(scene), {
      '1.1': { going: 'Purple', changed: 'Seen' },
      '1.2': { going: 'Amber' },
      '2.1': { newDue: '31 February', text: 'Train nobody', leads: 'Somebody else' },
    });
    const sheet = await send(officer, scene, back);
    const words = wordsOf(await officer.get(sheet.rows));
    expect(words).toContain('“Purple” is not one of the answers of this plan');
    expect(words).toContain('The sheet does not say what has changed');
    expect(words).toContain('We could not read row 4: the date says “31 February”');
    expect(words).toContain('“Action” says “Train nobody” in the sheet');
    const next = await choose(officer, sheet.rows, {
      'row-0-mend-going': 'amber',
      'row-1-mend-words': 'Nothing has changed',
      'row-2-mend-due': '28 February 2027',
      'row-2-mend-reason': 'No trainer',
      'row-2-mend-effect': 'Plans stay weak',
    });
    expect(next.headers.location).toContain('show=all');
    await save(officer, sheet);
    expect(await actionOf(scene, '1.1')).toMatchObject({ claimedRag: 'amber' });
    expect(await actionOf(scene, '1.2')).toMatchObject({
      claimedRag: 'amber',
      lastUpdate: { whatChanged: 'Nothing has changed' },
    });
    expect(await actionOf(scene, '2.1')).toMatchObject({
      text: 'Train all team managers in writing plans',
      leads: [],
      asked: { due: { to: '2027-02-28' }, effectOnChildren: 'Plans stay weak' },
    });
  });

  it('reads rows of no plan, of another plan and of another council alike', async () => {
    const scene = await setScene(test, cast);
    const other = await setScene(test, cast);
    const bytes = await sheetOf(scene);
    const foreign = (await rowsIn(await sheetOf(other)))[1] ?? [];
    const elsewhere = '9QXD4HK7M2-1-0-1-0-';
    const back = await filledSheet(bytes, { '1.1': onTime }, (rows) => [
      ...rows.map((row) =>
        row.map((cell, at) => (at === 0 && row[1] === '1.2' ? misspelt(cell) : cell)),
      ),
      foreign.map((cell, at) => (at === 10 ? 'Of another plan' : cell)),
      ['', '', 'A new action', '', '', '', '', '', '', 'Green', 'Added by hand'],
      [`${elsewhere}Z`, '', '', '', '', '', '', '', '', 'Green', 'Wrong'],
    ]);
    const sheet = await send(officer, scene, back);
    const words = wordsOf(await officer.get(`${sheet.rows}?show=all`));
    expect(words).toMatch(/Row 3[^.]*: The ID “[^”]+” is not right/);
    expect(words).toMatch(/Row 5[^.]*(\.1)?[^:]*: This is not an action of this plan\./);
    expect(words).toMatch(/Row 6, A new action: This row has no ID/);
    expect(words).not.toContain(other.slug);
    await choose(officer, `${sheet.rows}?show=all`);
    await save(officer, sheet);
    expect((await actionOf(other, '1.1')).updateVersion).toBe(0);
    expect((await actionOf(scene, '1.1')).updateVersion).toBe(1);
  });

  it('takes from a lead the rows of their own actions alone, and is theirs alone', async () => {
    const scene = await setScene(test, cast);
    const back = await filledSheet(await sheetOf(scene), { '1.1': onTime, '1.2': onTime });
    const sheet = await send(lead, scene, back);
    const words = wordsOf(await lead.get(sheet.rows));
    expect(words).toContain(
      '1.2 Agree cover for sickness: You may not give updates on this action',
    );
    await choose(lead, sheet.rows);
    for (const other of [officer, member, stranger]) {
      for (const url of [sheet.rows, sheet.check, sheet.done]) {
        expect((await other.get(url)).statusCode).toBe(404);
      }
      expect((await other.post(sheet.check, { version: '2' })).statusCode).toBe(404);
      expect((await other.post(`${sheet.rows}/leave`, {})).statusCode).toBe(404);
    }
    await save(lead, sheet);
    expect((await actionOf(scene, '1.1')).updateVersion).toBe(1);
    expect((await actionOf(scene, '1.2')).updateVersion).toBe(0);
    expect((await lead.get(paths.exportUpdateSheet(scene.slug))).statusCode).toBe(404);
    for (const other of [member, stranger]) {
      expect((await other.get(paths.updateSheet(scene.slug))).statusCode).toBe(404);
      expect((await send(other, scene, back)).answer.statusCode).toBe(404);
    }
  });

  it('refuses a file that is none, and can be thrown away', async () => {
    const scene = await setScene(test, cast);
    const none = await send(
      officer,
      scene,
      await writeRows([
        ['ID', 'Budget'],
        ['1', '2'],
      ]),
    );
    expect(none.answer.statusCode).toBe(422);
    expect(wordsOf(none.answer)).toContain('We found no update sheet in this file');
    const broken = await send(officer, scene, new TextEncoder().encode('PK\u0003\u0004 not a zip'));
    expect(broken.answer.statusCode).toBe(422);
    const sheet = await send(
      officer,
      scene,
      await filledSheet(await sheetOf(scene), { '1.1': onTime }),
    );
    expect((await officer.post(`${sheet.rows}/leave`, {})).statusCode).toBe(303);
    expect((await officer.get(sheet.rows)).statusCode).toBe(404);
    const left = await inAuthority(db, authority.id, (tx) =>
      tx
        .selectFrom('update_sheet')
        .select('state')
        .where('authority_id', '=', authority.id)
        .where('plan_id', '=', scene.planId)
        .execute(),
    );
    expect(left).toEqual([{ state: 'left' }]);
  });
});
