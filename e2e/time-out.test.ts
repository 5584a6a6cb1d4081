import { afterAll, describe, expect, it } from 'vitest';
import { demoAuthority, testApp, userWith } from '#test/app.ts';
import { listen, newVisitor, openBrowser, type Visitor } from './browser.ts';

const test = await testApp();
const address = await listen(test.app);
const browser = await openBrowser();
afterAll(() => browser.close());

/** Lets time pass, at the server and in the browser. */
const minutesPass = async ({ page }: Visitor, minutes: number) => {
  test.clock.now = new Date(test.clock.now.getTime() + minutes * 60_000);
  await page.clock.runFor(minutes * 60_000);
};

describe('a page that is left open', () => {
  it('warns two minutes before, stays when asked to, and loses nothing of what was typed', async () => {
    const authority = await demoAuthority(test);
    const user = await userWith(test, authority, ['administrator']);
    const visitor = await newVisitor(browser, address);
    const { page, visit, lookOver } = visitor;
    const signIn = async () => {
      await page.getByLabel('Email address').fill(user.email);
      await page.getByLabel('Password', { exact: true }).fill(user.password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    };
    await page.clock.install();
    await visit(`/${authority.slug}/sign-in?next=/people/posts`);
    await signIn();
    await page.waitForURL(/\/people\/posts$/);
    const box = page.getByLabel('Name', { exact: true });
    await page.getByRole('radio').first().check();
    await box.fill('Head of the front door');

    const warning = page.getByRole('dialog');
    await minutesPass(visitor, 27);
    expect(await warning.isVisible()).toBe(false);
    await minutesPass(visitor, 1);
    await page.getByRole('heading', { name: 'You will be signed out in 2 minutes' }).waitFor();
    await lookOver();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await warning.waitFor({ state: 'hidden' });
    expect(await box.inputValue()).toBe('Head of the front door');

    await minutesPass(visitor, 28);
    await warning.waitFor();
    await minutesPass(visitor, 2);
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await lookOver();
    await page.getByRole('button', { name: 'Go back to the page' }).click();
    expect(await box.inputValue()).toBe('Head of the front door');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.waitForURL(/\/sign-in\?next=/);
    expect(await page.getByText('What you wrote is kept for you').isVisible()).toBe(true);
    await lookOver();
    await signIn();
    await page
      .getByRole('heading', { name: 'You wrote this before you were signed out' })
      .waitFor();
    await lookOver();
    await page.getByRole('button', { name: 'Save it now' }).click();
    await page.getByText('Head of the front door is added').waitFor();
    await lookOver();
  });
});
