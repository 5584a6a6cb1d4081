import { generate } from 'otplib';
import { afterAll, describe, expect, it } from 'vitest';
import { testApp, userWith } from '#test/app.ts';
import { freshAuthority } from '#test/database.ts';
import { listen, newVisitor, openBrowser } from './browser.ts';

const test = await testApp();
const address = await listen(test.app);
const browser = await openBrowser();
afterAll(() => browser.close());

const codeFor = (key: string) =>
  generate({ secret: key, epoch: Math.floor(test.clock.now.getTime() / 1000) });

describe.each([
  ['with JavaScript', true],
  ['without', false],
])('signing in to a real council %s, by keyboard alone', (_how, javaScript) => {
  it('sets up one-time codes the first time, and asks for one the next', async () => {
    const authority = await freshAuthority(test.database);
    const user = await userWith(test, authority, ['administrator']);
    const { page, visit, lookOver } = await newVisitor(browser, address, { javaScript });
    const typePassword = async () => {
      await page.getByLabel('Email address').focus();
      await page.keyboard.type(user.email);
      await page.keyboard.press('Tab');
      await page.keyboard.type(user.password);
      await page.keyboard.press('Enter');
    };

    await visit(`/${authority.slug}/sign-in?next=/people`);
    await typePassword();
    await page.waitForURL(/\/account\/codes/);
    await lookOver();
    const key = (await page.locator('#key').innerText()).replaceAll(' ', '');
    await page.getByLabel('One-time code').focus();
    await page.keyboard.type(await codeFor(key));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/people$/);
    await lookOver();

    await page.getByRole('button', { name: 'Sign out' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/${authority.slug}/sign-in$`));
    expect(await page.getByText('You are signed out.').isVisible()).toBe(true);
    await page.goBack();
    expect(await page.getByRole('heading', { name: 'People', level: 1 }).count()).toBe(0);

    test.clock.now = new Date(test.clock.now.getTime() + 60_000);
    await visit(`/${authority.slug}/sign-in?next=/people`);
    await typePassword();
    await page.waitForURL(/\/sign-in\/code/);
    await lookOver();
    const box = page.getByLabel('The six digits that your authenticator app shows now');
    await box.focus();
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await box.fill(await codeFor(key));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/people$/);
  });
});
