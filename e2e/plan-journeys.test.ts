import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import readExcel from 'read-excel-file/node';
import { afterAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { testApp, userWith, type TestUser } from '#test/app.ts';
import { day } from '#test/plans.ts';
import { giveUpdate } from '../src/rooms/plans/actions/give-update.ts';
import { setCast, setScene } from '../src/rooms/plans/web/edit/scene.test-help.ts';
import { officersPlan } from '../src/rooms/plans/web/import/plan-file.test-help.ts';
import { paths } from '../src/rooms/plans/web/paths.ts';
import { listen, newVisitor, openBrowser, tabTo, type Visitor } from './browser.ts';

const test = await testApp();
const cast = await setCast(test);
const address = await listen(test.app);
const browser = await openBrowser();
afterAll(() => browser.close());

const { authority, officer, lead, stranger } = cast;
const begun = day('2026-01-12');

const bothWays = describe.each([
  { how: 'with JavaScript', javaScript: true },
  { how: 'without JavaScript', javaScript: false },
]);

/** A browser in which somebody of the cast has signed in: by their cookie, where signing in is not the journey. */
async function visitorAs(
  who: typeof officer,
  options: { javaScript?: boolean; telephone?: boolean } = {},
): Promise<Visitor> {
  const visitor = await newVisitor(browser, address, options);
  visitor.page.setDefaultTimeout(15_000);
  await visitor.context.addCookies(
    Object.entries(who.cookies).map(([name, value]) => ({ name, value, url: address })),
  );
  return visitor;
}

/** Presses and follows what a page offers; each page to which it leads is looked over. */
function walk({ page, lookOver }: Visitor) {
  const arrive = async () => {
    await page.waitForLoadState();
    await lookOver();
  };
  return {
    press: async (name: string) => {
      await page.getByRole('button', { name, exact: true }).first().click();
      await arrive();
    },
    follow: async (name: string) => {
      await page.getByRole('link', { name }).first().click();
      await arrive();
    },
    expectText: async (text: string) => {
      await page.getByText(text).first().waitFor();
    },
  };
}

const tell = (actionId: Parameters<typeof giveUpdate>[3]['actionId'], words: string) =>
  giveUpdate(test.database.db, officer.actor, day('2026-02-10'), {
    actionId,
    choice: 'amber',
    whatChanged: words,
    evidence: [],
    seenVersion: 0,
    submissionId: newId<'submission'>(),
    corrects: null,
  });

bothWays('an officer who imports the plan that she keeps in Excel, $how', ({ javaScript }) => {
  it('sees what was read, mends it, has the plan, and can take it back', async () => {
    const visitor = await visitorAs(officer, { javaScript });
    const { page, visit } = visitor;
    const { press, follow, expectText } = walk(visitor);
    const title = `Visits ${javaScript ? 'with' : 'without'} a script`;

    await visit(paths.plans());
    await press('Import a plan');
    await page.getByLabel('The plan’s file').setInputFiles({
      name: 'plan.xlsx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(officersPlan(`, ${title}`)),
    });
    await page.getByLabel('Day').fill('31');
    await page.getByLabel('Month').fill('1');
    await page.getByLabel('Year').fill('2026');
    await page.getByLabel('Title of the plan').fill(title);
    await press('Read the file');

    await expectText('We found one table with 4 actions.');
    await page.getByLabel('What column G is').selectOption('Contributors');
    await press('Save and go on');

    await press('Save and go on');
    await expectText('There is a problem');
    for (const box of await page.getByLabel('What it means').all()) {
      await box.fill('As the board agreed');
    }
    await press('Save and go on');

    await expectText('1 row needs you.');
    await expectText('there is no such day');
    await page.getByLabel('Due', { exact: true }).fill('28 February 2026');
    await press('Save these rows and go on');
    await expectText('All 4 rows.');
    await page.getByLabel('Leave this row out').last().check();
    await press('Save these rows and go on');

    await expectText('will have 3 actions under 2 objectives');
    await press('Import 3 actions');
    await expectText('1 row was left out.');
    await press('Go to the plan');
    await expectText('3 actions.');
    expect(await page.title()).toContain(title);

    await page.goBack();
    await follow('Undo this import');
    await press('Undo this import');
    await expectText(`The import of “${title}” is undone.`);
    expect(await page.getByRole('link', { name: title }).count()).toBe(0);
  });
});

bothWays('a lead with a telephone, by keyboard alone, $how', ({ javaScript }) => {
  it('signs in, answers three questions about an action, and is back at her work', async () => {
    const scene = await setScene(test, cast, begun);
    const user = await holderOfThePost();
    const visitor = await newVisitor(browser, address, { javaScript, telephone: true });
    const { page, lookOver, visit } = visitor;
    page.setDefaultTimeout(15_000);

    await visit(`/${authority.slug}/sign-in`);
    await tabTo(page, page.getByLabel('Email address'));
    await page.keyboard.type(user.email);
    await tabTo(page, page.getByLabel('Password', { exact: true }));
    await page.keyboard.type(user.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/my-work$/);
    await lookOver();
    expect(page.viewportSize()?.width).toBe(320);

    const answer = page.locator(`a[href="${paths.update(scene.slug, scene.actions[0])}"]`);
    await tabTo(page, answer);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/update$/);
    await lookOver();

    await tabTo(page, page.getByLabel('Red', { exact: true }));
    await page.keyboard.press('ArrowDown');
    await tabTo(page, page.getByLabel('What has been done so far?'));
    await page.keyboard.type('Two visits of eleven were late');
    await tabTo(page, page.getByLabel('A note'));
    await page.keyboard.type('In the tracker');
    await tabTo(page, page.getByRole('button', { name: 'Save the update' }));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/my-work$/);
    await lookOver();
    await page.getByText('Update saved: 1.1 Report every late visit weekly').waitFor();

    const { actions } = await scene.picture();
    expect(actions[0]).toMatchObject({
      claimedRag: 'amber',
      lastUpdate: { whatChanged: 'Two visits of eleven were late', by: user.name },
    });
  });
});

bothWays('somebody who looks for an action, $how', ({ javaScript }) => {
  it('filters, sorts and searches, opens it, and sees it as on an earlier day', async () => {
    const scene = await setScene(test, cast, begun);
    await tell(scene.actions[0], 'Two visits of eleven were late');
    const visitor = await visitorAs(officer, { javaScript });
    const { page, visit } = visitor;
    const { press, follow, expectText } = walk(visitor);
    const refs = () => page.locator('tbody a.sl-action-link').allInnerTexts();

    await visit(paths.actions(scene.slug));
    await page.getByLabel('Amber', { exact: true }).check();
    await press('Apply filters');
    expect(await refs()).toEqual(['Report every late visit weekly']);
    expect(new URL(page.url()).search).toContain('rag=amber');
    await follow('Clear all');
    expect(await refs()).toHaveLength(3);
    await page.locator('thead').getByRole('link', { name: 'Lead' }).click();
    expect((await refs())[0]).toBe('Report every late visit weekly');
    await page.getByLabel('Words').fill('late VISIT');
    await press('Apply filters');
    expect(await refs()).toEqual(['Report every late visit weekly']);

    await follow('Report every late visit weekly');
    await expectText('In progress, claimed amber');
    await page.getByText('Change date').click();
    await page.getByLabel('Show how it stood at the end of').fill('2026-02-01');
    await press('Show');
    await expectText('You are looking at 1 February 2026');
    await expectText('Nobody has said how it is going');
    expect(await page.getByText('Give an update').count()).toBe(0);
    await follow('Go to today');
    await expectText('In progress, claimed amber');
    expect(await page.getByText('You are looking at').count()).toBe(0);
  });
});

describe('two people who write about the same action at once', () => {
  it('lose nothing: the second sees both texts and saves a further update', async () => {
    const scene = await setScene(test, cast, begun);
    const form = paths.update(scene.slug, scene.actions[0]);
    const [first, second] = [await visitorAs(officer), await visitorAs(lead)];
    for (const { page } of [first, second]) await page.goto(form);
    const write = async (page: Page, colour: string, words: string) => {
      await page.getByLabel(colour, { exact: true }).check();
      await page.getByLabel('What has been done so far?').fill(words);
      await page.getByRole('button', { name: 'Save the update' }).click();
    };
    await write(first.page, 'Amber', 'Two visits of eleven were late');
    await first.page.waitForURL(/\/actions\/[^/]+$/);
    await write(second.page, 'Green', 'All visits of March were on time');

    const { press, expectText } = walk(second);
    await expectText('Theirs, saved');
    await second.lookOver();
    const panel = second.page.locator('#both-texts');
    expect(await panel.innerText()).toContain('Two visits of eleven were late');
    expect(await panel.innerText()).toContain('Saved by Robin Fenwick');
    expect(await second.page.getByRole('textbox', { name: /What has/ }).inputValue()).toBe(
      'All visits of March were on time',
    );
    await press('Save mine as a further update');
    await expectText('Update saved');
    await first.page.reload();
    const history = await first.page.locator('.sl-timeline').innerText();
    expect(history).toContain('All visits of March were on time');
    expect(history).toContain('Two visits of eleven were late');
  });
});

describe('a plan that is sent out and comes back', () => {
  it('is the same plan: the workbook behind the page’s own link is imported again', async () => {
    const scene = await setScene(test, cast, begun);
    await tell(scene.actions[0], 'Two visits of eleven were late');
    const { page } = await visitorAs(officer);
    const exported = async () => {
      await page.getByText('Export', { exact: true }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Excel workbook (.xlsx)' }).click(),
      ]);
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    };
    await page.goto(paths.plan(scene.slug));
    const sent = await exported();
    expect(sent.name).toBe(`${scene.slug}-2026-03-04.xlsx`);
    const before = await columnsOf(sent.bytes);
    expect(before.map((row) => row['Ref'])).toEqual(['1.1', '1.2', '2.1']);

    await page.goto(paths.importPlan());
    await page.getByLabel('The plan’s file').setInputFiles({
      name: sent.name,
      mimeType: 'application/octet-stream',
      buffer: sent.bytes,
    });
    await page.getByLabel('Day').fill('4');
    await page.getByLabel('Month').fill('3');
    await page.getByLabel('Year').fill('2026');
    await page.getByLabel('Title of the plan').fill('The plan that came back');
    for (const button of ['Read the file', 'Save and go on', 'Save and go on']) {
      await page.getByRole('button', { name: button }).click();
    }
    await page.getByText('All 3 rows.').waitFor();
    await page.getByRole('button', { name: 'Save these rows and go on' }).click();
    await page.getByRole('button', { name: 'Import 3 actions' }).click();
    await page.getByRole('button', { name: 'Go to the plan' }).click();
    expect(await columnsOf((await exported()).bytes)).toEqual(before);
  });
});

describe('somebody of the other council', () => {
  it('finds nothing', async () => {
    const scene = await setScene(test, cast);
    const { page, visit } = await visitorAs(stranger);
    await visit(paths.plans());
    expect(await page.getByText('No plans yet').count()).toBe(1);
    for (const path of [
      paths.plan(scene.slug),
      paths.actions(scene.slug),
      paths.action(scene.slug, scene.actions[0]),
      paths.update(scene.slug, scene.actions[0]),
      `${paths.exported(scene.slug)}?format=csv`,
    ]) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(404);
      expect(await page.locator('main').innerText()).toContain('Page not found');
    }
    expect(await page.content()).not.toContain('Report every late visit');
  });
});

/** Somebody new in the post that leads action 1.1, with a password to sign in by. */
async function holderOfThePost(): Promise<TestUser> {
  const user = await userWith(test, authority, ['action-lead'], 'Alex Quay');
  const { partyIds } = lead.actor;
  await test.database.keeper
    .insertInto('post_holding')
    .values(
      partyIds.map((party) => ({
        authority_id: authority.id,
        id: newId<'post-holding'>(),
        party_id: party,
        user_id: user.userId,
        starts_on: day('2026-03-04'),
        recorded_by: null,
      })),
    )
    .execute();
  return user;
}

/** The rows of the sheet of actions, by heading; without what names or dates this very plan. */
async function columnsOf(bytes: Buffer): Promise<Record<string, unknown>[]> {
  const sheets = await readExcel(bytes);
  const sheet = sheets.find(({ sheet: name }) => name === 'Actions');
  const [header = [], ...rows] = (sheet?.data ?? []) as unknown[][];
  const own = ['Action ID', 'Objective ID', 'Last update'];
  return rows.map((row) =>
    Object.fromEntries(
      header
        .map((name, at): [string, unknown] => [String(name), row[at]])
        .filter(([name]) => !own.includes(name)),
    ),
  );
}
