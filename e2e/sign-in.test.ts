import { afterAll, describe, expect, it } from 'vitest';
import { demoAuthority, testApp, userWith } from '#test/app.ts';
import { listen, newVisitor, openBrowser, tabTo } from './browser.ts';

const test = await testApp();
const address = await listen(test.app);
const browser = await openBrowser();
afterAll(() => browser.close());

const authority = await demoAuthority(test);
const user = await userWith(test, authority, ['administrator']);
const signInPath = `/${authority.slug}/sign-in`;

describe('signing in', () => {
  it('works by keyboard alone, and out again', async () => {
    const { page, visit, lookOver } = await newVisitor(browser, address);
    await visit(signInPath);
    await tabTo(page, page.getByLabel('Email address'));
    await page.keyboard.type(user.email);
    await tabTo(page, page.getByLabel('Password', { exact: true }));
    await page.keyboard.type(user.password);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await lookOver();
    expect(await page.getByRole('banner').innerText()).toContain(user.name);

    await page.getByRole('button', { name: 'Sign out' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname.includes('sign-in'));
    await visit('/people');
    expect(new URL(page.url()).pathname).toMatch(/sign-in$/);
  });

  it('works without JavaScript', async () => {
    const { page, visit, lookOver } = await newVisitor(browser, address, { javaScript: false });
    await visit(signInPath);
    await page.getByLabel('Email address').fill(user.email);
    await page.getByLabel('Password', { exact: true }).fill(user.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await lookOver();
  });

  it('that went wrong says so, and keeps the address that was typed', async () => {
    const { page, visit, lookOver } = await newVisitor(browser, address);
    await visit(signInPath);
    await page.getByLabel('Email address').fill(user.email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await lookOver();
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.getByLabel('Email address').inputValue()).toBe(user.email);
  });
});

describe('a page for everybody', () => {
  it.each([
    ['/accessibility', 200],
    ['/cookies', 200],
    ['/nowhere', 404],
    ['/accessibility?as-at=2999-01-01', 400],
    ['/accessibility?as-at=2020-01-01', 200],
  ])('%s', async (path, status) => {
    const { visit } = await newVisitor(browser, address);
    await visit(path, { status });
  });

  it('lets the keyboard skip to what it is about', async () => {
    const { page, visit } = await newVisitor(browser, address);
    await visit('/accessibility');
    await tabTo(page, page.getByRole('link', { name: 'Skip to main content' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('link', { name: 'Equality Advisory and Support Service' }), 1);
  });
});
