import { afterAll, describe, expect, it } from 'vitest';
import { demoAuthority, testApp, userWith } from '#test/app.ts';
import { listen, newVisitor, openBrowser } from './browser.ts';

const test = await testApp();
const address = await listen(test.app);
const authority = await demoAuthority(test);
const user = await userWith(test, authority, ['qa-manager']);
const browser = await openBrowser();
afterAll(() => browser.close());

describe.each([
  { how: 'with JavaScript', javaScript: true },
  { how: 'without JavaScript', javaScript: false },
])('somebody who begins a plan and changes it, $how', ({ javaScript }) => {
  it('finds every page in order, and what was written at the end', async () => {
    const { page, lookOver } = await newVisitor(browser, address, { javaScript });
    page.setDefaultTimeout(10_000);
    // axe reads the examples of these pages; here each is looked over where that is quick.
    const arrive = javaScript ? () => Promise.resolve() : lookOver;
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).click();
      await arrive();
    };
    const follow = async (name: string) => {
      await page.getByRole('link', { name }).first().click();
      await arrive();
    };
    await page.goto(`/${authority.slug}/sign-in`);
    await page.getByLabel('Email').fill(user.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(user.password);
    await page.getByRole('button', { name: 'Sign in' }).click();

    await page.goto('/plans/new');
    await press('Begin this plan');
    await expectText('There is a problem');
    const title = `Plan ${javaScript ? 'with' : 'without'} a script`;
    await page.getByLabel('Title').fill(title);
    await page.getByLabel('Another number of days').check();
    await page.getByLabel('How many days?').fill('45');
    await page.getByLabel('This plan uses blue').uncheck();
    await press('Begin this plan');
    await expectText('The plan is begun');
    await expectText('Every 45 days');

    await press('Add the first objective');
    await page.getByLabel('Objective', { exact: true }).fill('Children are visited on time');
    await page.getByLabel('Reference').fill('1');
    await press('Add this objective');

    for (const text of ['Report late visits weekly', 'Agree cover for sickness']) {
      await follow('Add an action 1');
      await page.getByLabel('What is to be done?').fill(text);
      await page.getByLabel('When is it due?').fill('June 26');
      await page.getByLabel('To be agreed', { exact: true }).check();
      await press('Add this action');
      await expectText('We read “June 26” as June 2026');
      await page.getByLabel('Yes, June 2026').check();
      await press('Add this action');
      await expectText('is added. Due: June 2026.');
      await page.goto(page.url().replace(/\/actions\/.*/, '/settings'));
    }

    await follow('Actions');
    await page.getByLabel('Select 1.1').check();
    await page.getByLabel('Select 1.2').check();
    await press('Change selected actions');
    // By keyboard: the second choice, and on into its own first question.
    await page.getByLabel('The lead').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('due');
    // What belongs to another choice is not shown, with a script or without one.
    expect(await page.getByLabel('Why are they withdrawn?').isVisible()).toBe(false);
    await page.getByLabel('What is the new date?').fill('30 September 2026');
    await page.getByLabel('Why are the dates no longer right?').fill('The board agreed');
    await page.getByLabel('What does the change mean for children?').fill('No child waits longer');
    await press('Continue');
    await press('Ask for 2 dates');
    await expectText('Another date is asked for, for 2 actions.');

    await follow('Report late visits weekly');
    await follow('Change due date');
    await expectText('First date: June 2026');
    await expectText('You asked for 30 September 2026');
    await expectText('The board agreed');
    await page.goBack();
    await follow('Withdraw this action');
    await page.getByLabel('Why is it withdrawn?').fill('Done elsewhere');
    await press('Withdraw this action');
    await expectText('Action 1.1 is withdrawn.');

    async function expectText(text: string): Promise<void> {
      expect(await page.locator('main').innerText()).toContain(text);
    }
  }, 180_000);
});
