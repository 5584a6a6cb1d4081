import { describe, expect, it } from 'vitest';
import { demoAuthority, signIn, testApp, userWith, type TestUser } from '#test/app.ts';
import { londonDay } from '#kernel/dates.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { closeAccount } from '../actions/account.ts';
import { freshAuthority } from '#test/database.ts';
import { Browser, type Answer } from './browser.fixture.ts';

const test = await testApp();
const { app, clock, database } = test;
const authority = await demoAuthority(test);
const administrator = await userWith(test, authority, ['administrator']);
const ada = await signIn(app, administrator);

const password = 'three grey herons fishing';
const linkOn = (page: Answer): string => {
  const link = /id="link">([^<]+)</.exec(page.body)?.[1] ?? '';
  expect(link).toMatch(/^http:\/\/localhost\/t-[0-9a-f]+\/password\/[\w-]{43}$/);
  return new URL(link).pathname;
};
const invite = async (email: string): Promise<string> =>
  linkOn(await ada.post('/people/new', { name: 'Cleo Fenn', email }));
const reset = async (user: TestUser): Promise<string> =>
  linkOn(await ada.post(`/people/users/${user.userId}/password-link`));
const choose = (link: string, fields = { password, again: password }) =>
  new Browser(app).fill(link, link, fields);
const signInPage = `/${authority.slug}/sign-in`;
const tryToSignIn = async (email: string, typed: string): Promise<number> =>
  (await new Browser(app).fill(signInPage, signInPage, { email, password: typed })).statusCode;

describe('a new person', () => {
  it('chooses a password by a link, which works once', async () => {
    const email = 'cleo.fenn@saltmarsh.example';
    const link = await invite(email);
    expect(await tryToSignIn(email, '')).toBe(422);
    const page = await new Browser(app).get(link);
    expect(page.body).toContain(email);
    const wrong = await choose(link, { password: 'cleofenn2026', again: 'cleofenn2026' });
    expect(wrong.statusCode).toBe(422);
    const different = await choose(link, { password, again: 'another one at all' });
    expect(different.body).toContain('not the same');
    const chosen = await choose(link);
    expect([chosen.statusCode, chosen.headers.location]).toEqual([303, signInPage]);
    expect((await new Browser(app).get(link)).statusCode).toBe(404);
    expect(await tryToSignIn(email, password)).toBe(303);
  });

  it('proves or sets up a code afterwards where the council asks for one', async () => {
    const real = await freshAuthority(database);
    const person = await userWith(test, real, []);
    const browser = new Browser(app);
    await browser.fill(`/${real.slug}/sign-in`, `/${real.slug}/sign-in`, {
      email: person.email,
      password: person.password,
    });
    expect((await browser.get('/account')).headers.location).toContain('/account/codes');
  });
});

describe('a password link', () => {
  it('ends the old password and every session when it is made', async () => {
    const person = await userWith(test, authority, ['director']);
    const theirs = await signIn(app, person);
    expect((await theirs.get('/account')).statusCode).toBe(200);
    const link = await reset(person);
    expect((await theirs.get('/account')).statusCode).toBe(303);
    expect(await tryToSignIn(person.email, person.password)).toBe(422);
    expect((await choose(link)).statusCode).toBe(303);
    expect(await tryToSignIn(person.email, password)).toBe(303);
  });

  it('dies when another is made, and after 24 hours', async () => {
    const person = await userWith(test, authority, []);
    const first = await reset(person);
    const second = await reset(person);
    expect((await new Browser(app).get(first)).statusCode).toBe(404);
    const page = new Browser(app);
    expect((await page.get(second)).statusCode).toBe(200);
    const before = clock.now;
    clock.now = new Date(before.getTime() + 24 * 60 * 60_000);
    const late = await page.get(second);
    clock.now = before;
    expect(late.statusCode).toBe(404);
  });

  it('says the same of one that was used, that never was, and of another council’s', async () => {
    const person = await userWith(test, authority, []);
    const used = await reset(person);
    await choose(used);
    const elsewhere = await demoAuthority(test, 'Fenmoor Council');
    const living = await reset(await userWith(test, authority, []));
    const plain = async (link: string) =>
      (await new Browser(app).get(link)).body.replaceAll(/nonce="[^"]+"/g, '');
    const never = await plain(`/${authority.slug}/password/${'A'.repeat(43)}`);
    expect(never).toContain('This link does not work');
    expect(await plain(used)).toBe(never);
    expect(await plain(living.replace(authority.slug, elsewhere.slug))).toBe(never);
    expect(await plain(living.replace(authority.slug, 'no-such-council'))).toBe(never);
    expect(await plain(living)).not.toBe(never);
  });

  it('dies when the account is closed, and none is made until it is opened again', async () => {
    const person = await userWith(test, authority, []);
    const link = await reset(person);
    const closed = await inAuthority(database.db, authority.id, (tx) =>
      closeAccount(
        tx,
        { authorityId: authority.id, userId: null },
        { userId: person.userId, reason: 'Left' },
        londonDay(clock.now),
        clock.now,
      ),
    );
    expect(closed.kind).toBe('closed');
    expect((await new Browser(app).get(link)).statusCode).toBe(404);
    const another = await ada.post(`/people/users/${person.userId}/password-link`);
    expect(another.statusCode).toBe(409);
    expect(another.body).not.toContain('id="link"');
  });

  it('is taken by one of two who use it at once', async () => {
    const link = await reset(await userWith(test, authority, []));
    const answers = await Promise.all([choose(link), choose(link)]);
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([303, 404]);
  });

  it('is stored as a hash, and no page shows it again', async () => {
    const person = await userWith(test, authority, []);
    const token = (await reset(person)).split('/').at(-1) ?? '';
    const rows = await database.keeper.selectFrom('password_link').selectAll().execute();
    const log = await database.keeper.selectFrom('audit_log').selectAll().execute();
    expect(JSON.stringify([rows, log])).not.toContain(token);
    expect((await ada.get(`/people/users/${person.userId}`)).body).not.toContain(token);
  });
});
