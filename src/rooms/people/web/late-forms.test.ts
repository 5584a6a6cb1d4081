import { generate } from 'otplib';
import { describe, expect, it } from 'vitest';
import { demoAuthority, testApp, userWith, type TestUser } from '#test/app.ts';
import { filledForm, type FilledForm } from '#test/filled-form.ts';
import { Browser, tokenOf, type Answer } from './browser.fixture.ts';

/** Forms that come too late: after the session ran out, after another sign-in, without a fresh proof. */
const test = await testApp();
const { app, clock, database } = test;
const authority = await demoAuthority(test);
const user = await userWith(test, authority, ['administrator']);
const colleague = await userWith(test, authority, ['administrator'], 'Sam Reed');

const minutes = (count: number) => {
  clock.now = new Date(clock.now.getTime() + count * 60_000);
};
const signInTo = async (browser: Browser, whose: TestUser, next = ''): Promise<Answer> => {
  const page = `/${whose.authority.slug}/sign-in`;
  const { email, password } = whose;
  return await browser.fill(page, page, { email, password, next });
};
const signedIn = async (whose: TestUser): Promise<Browser> => {
  const browser = new Browser(app);
  expect((await signInTo(browser, whose)).statusCode).toBe(303);
  return browser;
};
const prove = (browser: Browser, next: string, password = user.password) =>
  browser.fill('/account/prove', '/account/prove', { password, next });
const single = (form: FilledForm): Record<string, string> =>
  Object.fromEntries(Object.entries(form).map(([name, value]) => [name, [value].flat().join()]));
/** Presses the first button of a page that gives a form back. */
const sendAgain = async (browser: Browser, page: Answer): Promise<Answer> => {
  const address = /<main[\s\S]*?<form method="post" action="([^"]+)"/.exec(page.body)?.[1] ?? '';
  return await browser.send(address, { _csrf: tokenOf(page), ...single(filledForm(page)) });
};
const parties = async (name: string): Promise<number> => {
  const rows = await database.keeper
    .selectFrom('party')
    .select('id')
    .where('name', '=', name)
    .execute();
  return rows.length;
};
const whereTo = (answer: Answer): string => {
  expect(answer.statusCode).toBe(303);
  return String(answer.headers.location);
};

describe('a form sent after the session ran out', () => {
  const name = 'Head of “Fostering” & <adoption>\r\nsecond line  ';

  it('is kept, and saved once its person has signed in again and says so', async () => {
    const browser = await signedIn(user);
    const _csrf = tokenOf(await browser.get('/people/posts'));
    minutes(31);
    const late = await browser.send('/people/posts', { _csrf, kind: 'post', name });
    const next = new URL(whereTo(late), 'http://localhost').searchParams.get('next') ?? '';
    expect(next).toMatch(/^\/account\/kept\//);
    expect(whereTo(await signInTo(browser, user, next))).toBe(next);
    const page = await browser.get(next);
    expect(page.body).toContain('You wrote this before you were signed out');
    expect(page.body).toContain('&lt;adoption&gt;');
    expect(filledForm(page)['name']).toBe(name);
    expect(await parties(name.replace('\r\n', '\n').trim())).toBe(0);
    expect(whereTo(await sendAgain(browser, page))).not.toContain('kept');
    const saved = await database.keeper.selectFrom('party').select('name').execute();
    expect(saved.filter((party) => party.name.startsWith('Head of “Fostering”'))).toHaveLength(1);
    // It was taken: it is not offered again.
    expect(whereTo(await browser.get(next))).toBe('/');
  });

  it('is shown to nobody else, on the same browser or with its address', async () => {
    const browser = await signedIn(user);
    const _csrf = tokenOf(await browser.get('/people/posts'));
    minutes(31);
    const secret = 'Only Robin wrote this';
    const late = await browser.send('/people/posts', { _csrf, kind: 'post', name: secret });
    const next = new URL(whereTo(late), 'http://localhost').searchParams.get('next') ?? '';
    const signInPage = await browser.get(`/${authority.slug}/sign-in?next=${next}`);
    expect(signInPage.body).not.toContain(secret);
    await signInTo(browser, colleague, next);
    expect(whereTo(await browser.get(next))).toBe('/');
    expect((await browser.get('/account')).body).not.toContain(secret);
    const thrown = await browser.fill('/account', `${next}/throw-away`, {});
    expect(thrown.statusCode).toBe(303);
    const mine = await signedIn(user);
    expect((await mine.get(next)).body).toContain(secret);
  });

  it('is stored so that the table alone tells nothing, and for a day', async () => {
    const browser = await signedIn(user);
    const _csrf = tokenOf(await browser.get('/people/posts'));
    minutes(31);
    const late = await browser.send('/people/posts', { _csrf, kind: 'post', name: 'Canary post' });
    const next = new URL(whereTo(late), 'http://localhost').searchParams.get('next') ?? '';
    const rows = await database.keeper.selectFrom('kept_form').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/canary|posts/i);
    minutes(24 * 60);
    const again = await signedIn(user);
    expect(whereTo(await again.get(next))).toBe('/');
  });

  it('is not kept without the token of that session, nor once somebody ended it', async () => {
    const before = await database.keeper.selectFrom('kept_form').select('id').execute();
    const browser = await signedIn(user);
    const _csrf = tokenOf(await browser.get('/people/posts'));
    const ended = await signedIn(user);
    const endedToken = tokenOf(await ended.get('/people/posts'));
    const cookie = ended.cookies.get('sightline') ?? '';
    await ended.send('/sign-out', { _csrf: endedToken });
    ended.cookies.set('sightline', cookie);
    const fields = { kind: 'post', name: 'Never' };
    expect((await ended.send('/people/posts', { _csrf: endedToken, ...fields })).statusCode).toBe(
      403,
    );
    minutes(31);
    expect((await browser.send('/people/posts', fields)).statusCode).toBe(403);
    expect(
      (
        await browser.send(
          '/people/posts',
          { _csrf, ...fields },
          { origin: 'https://evil.example' },
        )
      ).statusCode,
    ).toBe(403);
    const after = await database.keeper.selectFrom('kept_form').select('id').execute();
    expect(after).toHaveLength(before.length);
    expect(await parties('Never')).toBe(0);
  });

  it('can be thrown away', async () => {
    const browser = await signedIn(user);
    const _csrf = tokenOf(await browser.get('/people/posts'));
    minutes(31);
    const late = await browser.send('/people/posts', { _csrf, kind: 'post', name: 'Not wanted' });
    const next = new URL(whereTo(late), 'http://localhost').searchParams.get('next') ?? '';
    await signInTo(browser, user);
    const thrown = await browser.fill(next, `${next}/throw-away`, {});
    expect(whereTo(thrown)).toBe('/');
    expect(whereTo(await browser.get(next))).toBe('/');
    expect(await parties('Not wanted')).toBe(0);
  });
});

describe('a form of a page that was opened before its person signed in again', () => {
  it('is kept, shown and saved when they say so', async () => {
    const browser = await signedIn(user);
    const _csrf = tokenOf(await browser.get('/people/posts'));
    minutes(31);
    await signInTo(browser, user);
    const sent = await browser.send('/people/posts', { _csrf, kind: 'post', name: 'Second tab' });
    const page = await browser.get(whereTo(sent));
    expect(page.body).toContain('before you signed in again');
    expect(await parties('Second tab')).toBe(0);
    await sendAgain(browser, page);
    expect(await parties('Second tab')).toBe(1);
  });
});

describe('a dangerous act', () => {
  const reset = (browser: Browser) =>
    browser.fill('/people', `/people/users/${colleague.userId}/codes`, {});

  it('asks for a fresh proof after five minutes, and goes on from there', async () => {
    const browser = await signedIn(user);
    minutes(4);
    expect(whereTo(await reset(browser))).toContain('/people/users/');
    minutes(2);
    const asked = whereTo(await reset(browser));
    expect(asked).toMatch(/^\/account\/prove\?next=/);
    const next = new URL(asked, 'http://localhost').searchParams.get('next') ?? '';
    const page = await browser.get(asked);
    expect(page.body).toContain('Confirm that it is you');
    const wrong = await prove(browser, next, 'not the right one');
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('This is not your password');
    const token = browser.cookies.get('sightline');
    expect(whereTo(await prove(browser, next))).toBe(next);
    expect(browser.cookies.get('sightline')).not.toBe(token);
    const kept = await browser.get(next);
    expect(kept.body).toContain('Go on with what you began');
    expect(whereTo(await sendAgain(browser, kept))).toContain('/people/users/');
    // The old token is dead.
    const old = new Browser(app);
    old.cookies.set('sightline', token ?? '');
    expect(whereTo(await old.get('/people'))).toContain('/sign-in');
  });

  it('does nothing while the proof is old, whatever is sent on', async () => {
    const count = async () =>
      (
        await database.keeper
          .selectFrom('audit_log')
          .select('seq')
          .where('act', '=', 'one-time codes reset')
          .execute()
      ).length;
    const browser = await signedIn(user);
    minutes(6);
    const before = await count();
    const next = new URL(whereTo(await reset(browser)), 'http://localhost').searchParams.get(
      'next',
    );
    const page = await browser.get(next ?? '');
    expect(whereTo(await sendAgain(browser, page))).toContain('/account/prove');
    expect(await count()).toBe(before);
  });

  it('lets forms that stand open go through after the proof', async () => {
    const browser = await signedIn(user);
    const _csrf = tokenOf(await browser.get('/people/posts'));
    minutes(6);
    await prove(browser, '/account');
    const sent = await browser.send('/people/posts', { _csrf, kind: 'post', name: 'Still open' });
    expect(whereTo(sent)).not.toContain('kept');
    expect(await parties('Still open')).toBe(1);
  });

  it('stops guesses of the password there, too', async () => {
    const person = await userWith(test, authority, ['administrator']);
    const browser = await signedIn(person);
    minutes(6);
    for (let guess = 0; guess < 10; guess += 1) {
      expect((await prove(browser, '/account', `guess ${guess}`)).statusCode).toBe(422);
    }
    expect((await prove(browser, '/account', person.password)).statusCode).toBe(429);
  });

  it('asks for a one-time code as well where the person has them', async () => {
    const person = await userWith(test, authority, ['administrator']);
    const browser = await signedIn(person);
    await browser.fill('/account', '/account/codes/begin', {});
    const page = await browser.get('/account/codes');
    const key = (/id="key">([A-Z2-7 ]+)</.exec(page.body)?.[1] ?? '').replaceAll(' ', '');
    const codeNow = () => generate({ secret: key, epoch: Math.floor(clock.now.getTime() / 1000) });
    await browser.send('/account/codes', { _csrf: tokenOf(page), code: await codeNow() });
    minutes(6);
    const give = async (code: string) =>
      await browser.fill('/account/prove', '/account/prove', {
        password: person.password,
        code,
        next: '/account',
      });
    expect((await give('')).statusCode).toBe(422);
    expect(whereTo(await give(await codeNow()))).toBe('/account');
    minutes(6);
    // Used already in this window, or two windows old: refused (security A-01).
    const old = await codeNow();
    minutes(1);
    expect((await give(old)).statusCode).toBe(422);
    expect(whereTo(await give(await codeNow()))).toBe('/account');
  });
});
