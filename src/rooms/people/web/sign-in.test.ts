import { generate } from 'otplib';
import { describe, expect, it } from 'vitest';
import { inAuthority } from '#platform/db/authority.ts';
import { demoAuthority, testApp, userWith, type TestAuthority, type TestUser } from '#test/app.ts';
import { freshAuthority } from '#test/database.ts';
import { endRole } from '../actions/grant-role.ts';
import { addUser } from '../actions/add-user.ts';
import { roleGrants } from '../store/roles.ts';
import { londonDay } from '#kernel/dates.ts';
import { Browser, tokenOf, type Answer } from './browser.fixture.ts';

const test = await testApp();
const { app, clock, database } = test;

const minutes = (count: number) => {
  clock.now = new Date(clock.now.getTime() + count * 60_000);
};
const signInPage = (user: TestUser) => `/${user.authority.slug}/sign-in`;
const signIn = (browser: Browser, user: TestUser, fields: Record<string, string> = {}) =>
  browser.fill(signInPage(user), signInPage(user), {
    email: user.email,
    password: user.password,
    ...fields,
  });
const codeFor = (key: string, at = clock.now) =>
  generate({ secret: key.replaceAll(' ', ''), epoch: Math.floor(at.getTime() / 1000) });
const keyOn = (page: Answer) => /id="key">([A-Z2-7 ]+)</.exec(page.body)?.[1] ?? '';

/** An authority where everybody needs a one-time code. */
const realAuthority = (): Promise<TestAuthority> => freshAuthority(database);
const demoUser = async (roles: Parameters<typeof userWith>[2] = ['qa-manager']) =>
  userWith(test, await demoAuthority(test), roles);
/** A signed-in browser of the demonstration. */
const signedIn = async (user: TestUser): Promise<Browser> => {
  const browser = new Browser(app);
  expect((await signIn(browser, user)).statusCode).toBe(303);
  return browser;
};
/** Signs in for the first time where codes are required; gives the key. */
const enrol = async (browser: Browser, user: TestUser): Promise<string> => {
  await signIn(browser, user);
  const page = await browser.get('/account/codes');
  const key = keyOn(page);
  const done = await browser.send('/account/codes', {
    _csrf: tokenOf(page),
    code: await codeFor(key),
    next: '',
  });
  expect(done.statusCode).toBe(303);
  return key;
};

describe('signing in with a password (the demonstration)', () => {
  it('leads to the page that was asked for', async () => {
    const user = await demoUser();
    const browser = new Browser(app);
    const turnedAway = await browser.get('/log?item=');
    expect(turnedAway.statusCode).toBe(303);
    expect(turnedAway.headers.location).toBe('/sign-in?next=%2Flog%3Fitem%3D');
    const done = await signIn(browser, user, { next: '/log?item=' });
    expect(done.headers.location).toBe('/log?item=');
    expect((await browser.get('/log')).statusCode).toBe(200);
  });

  it('never leads to another site', async () => {
    const done = await signIn(new Browser(app), await demoUser(), { next: '//evil.example/x' });
    expect(done.headers.location).toBe('/');
  });

  it('leads each role to its own first page', async () => {
    const administrator = await signedIn(await demoUser(['administrator']));
    expect((await administrator.get('/')).headers.location).toBe('/people');
    const lead = await signedIn(await demoUser(['action-lead']));
    expect((await lead.get('/')).headers.location).toBe('/my-work');
    const member = await signedIn(await demoUser(['member']));
    expect((await member.get('/')).headers.location).toBe('/plans');
  });

  it('gives a new token, whatever token the browser came with', async () => {
    const user = await demoUser();
    const browser = new Browser(app);
    browser.cookies.set('sightline', `${user.authority.id}.${'A'.repeat(43)}`);
    await signIn(browser, user);
    const first = browser.cookies.get('sightline');
    expect(first).toMatch(/\.[\w-]{43}$/);
    expect(first).not.toContain('A'.repeat(43));
    const other = new Browser(app);
    await signIn(other, user);
    expect(other.cookies.get('sightline')).not.toBe(first);
  });

  it('sends on whoever is in already', async () => {
    const user = await demoUser(['administrator']);
    const browser = await signedIn(user);
    const answer = await browser.get(`${signInPage(user)}?next=/account`);
    expect(answer.headers.location).toBe('/account');
  });

  it('keeps the cookie from scripts and other sites', async () => {
    const user = await demoUser();
    const cookie = (await signIn(new Browser(app), user)).cookies.find(
      ({ name }) => name === 'sightline',
    );
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  });

  it('says the same to an unknown address as to a wrong password', async () => {
    const user = await demoUser();
    const strip = (answer: Answer, typed: string) =>
      answer.body
        .replaceAll(typed, 'TYPED')
        .replaceAll(/name="_csrf" value="[^"]+"/g, '')
        .replaceAll(/nonce="[^"]+"/g, '');
    const wrong = await signIn(new Browser(app), user, { password: 'not the right one' });
    const unknown = 'nobody@saltmarsh.example';
    const absent = await signIn(new Browser(app), user, { email: unknown });
    expect(wrong.statusCode).toBe(422);
    expect(absent.statusCode).toBe(422);
    expect(strip(wrong, user.email)).toBe(strip(absent, unknown));
    expect(wrong.body).toContain('The email address or the password is not right');
    expect(wrong.body).toContain(user.email);
    expect(wrong.body).not.toContain('not the right one');
  });

  it('asks for what was left out, beside its box', async () => {
    const answer = await signIn(new Browser(app), await demoUser(), { email: ' ', password: '' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Enter your email address');
    expect(answer.body).toContain('Enter your password');
  });

  it('does not let a user of one council in at another’s door', async () => {
    const user = await demoUser();
    const elsewhere = { ...user, authority: await demoAuthority(test, 'Fenmoor Council') };
    expect((await signIn(new Browser(app), elsewhere)).statusCode).toBe(422);
  });

  it('takes no long form of somebody unknown', async () => {
    const user = await demoUser();
    const long = await signIn(new Browser(app), user, { email: 'x'.repeat(70_000) });
    expect(long.statusCode).toBe(413);
  });

  it('answers an unknown council as any page that is not there', async () => {
    const absent = await new Browser(app).get('/no-such-council/sign-in');
    const nothing = await new Browser(app).get('/no-such-page-at-all');
    const plain = (answer: Answer) => answer.body.replaceAll(/nonce="[^"]+"/g, '');
    expect(absent.statusCode).toBe(404);
    expect(plain(absent)).toBe(plain(nothing));
  });
});

describe('guessing', () => {
  it('is stopped after ten wrong passwords in five minutes, in plain words', async () => {
    const user = await demoUser();
    const browser = new Browser(app);
    for (let guess = 0; guess < 10; guess += 1) {
      expect((await signIn(browser, user, { password: `guess ${guess}` })).statusCode).toBe(422);
    }
    const stopped = await signIn(browser, user);
    expect(stopped.statusCode).toBe(429);
    expect(Number(stopped.headers['retry-after'])).toBe(300);
    expect(stopped.body).toContain('Wait 5 minutes');
    minutes(5);
    expect((await signIn(browser, user)).statusCode).toBe(303);
  });

  it('is stopped for an unknown address in the same way', async () => {
    const user = { ...(await demoUser()), email: 'nobody@saltmarsh.example' };
    const browser = new Browser(app);
    for (let guess = 0; guess < 10; guess += 1) {
      expect((await signIn(browser, user)).statusCode).toBe(422);
    }
    expect((await signIn(browser, user)).statusCode).toBe(429);
  });

  it('cannot outrun the limit by coming all at once', async () => {
    const user = await demoUser();
    const browser = new Browser(app);
    const _csrf = tokenOf(await browser.get(signInPage(user)));
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, guess) =>
        browser.send(signInPage(user), { _csrf, email: user.email, password: `guess ${guess}` }),
      ),
    );
    const statuses = answers.map((answer) => answer.statusCode);
    expect(statuses.filter((status) => status === 422)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(6);
  });

  it('is stopped as well where a signed-in browser guesses the present password', async () => {
    const user = await demoUser();
    const browser = await signedIn(user);
    const change = (current: string) =>
      browser.fill('/account/password', '/account/password', {
        current,
        password: 'three grey herons',
        again: 'three grey herons',
      });
    for (let guess = 0; guess < 10; guess += 1) {
      expect((await change(`guess ${guess}`)).statusCode).toBe(422);
    }
    const stopped = await change(user.password);
    expect(stopped.statusCode).toBe(429);
    expect(stopped.headers['retry-after']).toBe('300');
    expect(stopped.body).toContain('Wait 5 minutes');
    minutes(5);
    expect((await change(user.password)).statusCode).toBe(303);
  });

  it('does not stop anybody else, nor count against who signs in rightly', async () => {
    const user = await demoUser();
    const colleague = await userWith(test, user.authority, ['director']);
    for (let time = 0; time < 12; time += 1) {
      await signIn(new Browser(app), user, { password: `guess ${time}` });
      expect((await signIn(new Browser(app), colleague)).statusCode).toBe(303);
    }
  });
});

describe('one-time codes', () => {
  it('are set up at the first sign-in, and nothing opens before', async () => {
    const user = await userWith(test, await realAuthority(), ['administrator']);
    const browser = new Browser(app);
    await signIn(browser, user);
    const turned = await browser.get('/people');
    expect(turned.headers.location).toBe('/account/codes?next=%2Fpeople');
    const page = await browser.get('/account/codes?next=%2Fpeople');
    expect(keyOn(page)).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(page.body).toContain('<svg');
    const halfWay = browser.cookies.get('sightline');
    const done = await browser.send('/account/codes', {
      _csrf: tokenOf(page),
      code: await codeFor(keyOn(page)),
      next: '/people',
    });
    expect(done.headers.location).toBe('/people');
    expect((await browser.get('/people')).statusCode).toBe(200);
    // The token changed when the code was proved, and the old one is dead.
    expect(browser.cookies.get('sightline')).not.toBe(halfWay);
    browser.cookies.set('sightline', halfWay ?? '');
    expect((await browser.get('/people')).headers.location).toBe('/sign-in?next=%2Fpeople');
  });

  it('show no key again once they are set up', async () => {
    const user = await userWith(test, await realAuthority(), ['administrator']);
    const browser = new Browser(app);
    await enrol(browser, user);
    expect(keyOn(await browser.get('/account/codes'))).toBe('');
    const begun = await browser.fill('/account', '/account/codes/begin', {});
    expect(begun.statusCode).toBe(303);
    expect(keyOn(await browser.get('/account/codes'))).toBe('');
  });

  it('are asked for at every later sign-in, and each works once', async () => {
    const user = await userWith(test, await realAuthority(), ['administrator']);
    const key = await enrol(new Browser(app), user);
    const used = await codeFor(key);

    const browser = new Browser(app);
    await signIn(browser, user);
    expect((await browser.get('/people')).headers.location).toBe('/sign-in/code?next=%2Fpeople');
    const replay = await browser.fill('/sign-in/code', '/sign-in/code', { code: used });
    expect(replay.statusCode).toBe(422);
    expect(replay.body).toContain('was used already');
    expect((await browser.get('/people')).statusCode).toBe(303);

    minutes(1);
    const next = { code: await codeFor(key), next: '/people' };
    const proved = await browser.fill('/sign-in/code', '/sign-in/code', next);
    expect(proved.headers.location).toBe('/people');
    expect((await browser.get('/people')).statusCode).toBe(200);
  });

  it('count wrong ones as guesses', async () => {
    const user = await userWith(test, await realAuthority(), ['administrator']);
    const key = await enrol(new Browser(app), user);
    minutes(1);
    const browser = new Browser(app);
    await signIn(browser, user);
    for (let guess = 0; guess < 10; guess += 1) {
      const wrong = await browser.fill('/sign-in/code', '/sign-in/code', { code: '000000' });
      expect(wrong.statusCode).toBe(422);
    }
    const right = { code: await codeFor(key) };
    const stopped = await browser.fill('/sign-in/code', '/sign-in/code', right);
    expect(stopped.statusCode).toBe(429);
  });

  it('let only one of two in who use the same code at once', async () => {
    const user = await userWith(test, await realAuthority(), ['administrator']);
    const key = await enrol(new Browser(app), user);
    minutes(1);
    const browsers = await Promise.all(
      [0, 1].map(async () => {
        const browser = new Browser(app);
        await signIn(browser, user);
        return { browser, _csrf: tokenOf(await browser.get('/sign-in/code')) };
      }),
    );
    const code = await codeFor(key);
    const answers = await Promise.all(
      browsers.map(({ browser, _csrf }) => browser.send('/sign-in/code', { _csrf, code })),
    );
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([303, 422]);
  });

  it('are a choice in the demonstration, and then asked for', async () => {
    const user = await demoUser(['administrator']);
    const browser = await signedIn(user);
    expect((await browser.get('/people')).statusCode).toBe(200);
    await browser.fill('/account', '/account/codes/begin', {});
    const page = await browser.get('/account/codes');
    const code = await codeFor(keyOn(page));
    await browser.send('/account/codes', { _csrf: tokenOf(page), code });
    const again = new Browser(app);
    await signIn(again, user);
    expect((await again.get('/people')).headers.location).toContain('/sign-in/code');
  });
});

describe('a first password', () => {
  it('is changed before anything opens, and the old one is worth nothing then', async () => {
    const authority = await demoAuthority(test);
    const first = 'given by somebody';
    const email = 'newcomer@saltmarsh.example';
    await inAuthority(database.db, authority.id, (tx) =>
      addUser(
        tx,
        { authorityId: authority.id, userId: null },
        { email, name: 'New Comer', password: first, mustChange: true },
        clock.now,
      ),
    );
    const user = { ...(await userWith(test, authority, [])), email, password: first };
    const browser = new Browser(app);
    await signIn(browser, user);
    expect((await browser.get('/account')).headers.location).toBe(
      '/account/password?next=%2Faccount',
    );
    const change = (password: string, again = password) =>
      browser.fill('/account/password', '/account/password', { password, again });
    expect((await change(first)).body).toContain('other than your present one');
    expect((await change('short')).body).toContain('at least 12 characters');
    expect((await change('three grey herons', 'three grey heron')).body).toContain('not the same');
    expect((await browser.get('/account')).statusCode).toBe(303);
    expect((await change('three grey herons')).statusCode).toBe(303);
    expect((await browser.get('/account')).statusCode).toBe(200);
    expect((await signIn(new Browser(app), user)).statusCode).toBe(422);
  });

  it('asks for the present password of whoever is wholly in, and ends other sessions', async () => {
    const user = await demoUser();
    const browser = await signedIn(user);
    const other = await signedIn(user);
    const change = (current: string) =>
      browser.fill('/account/password', '/account/password', {
        current,
        password: 'three grey herons',
        again: 'three grey herons',
      });
    expect((await change('a guess')).body).toContain('not your present password');
    expect((await change(user.password)).statusCode).toBe(303);
    expect((await browser.get('/account')).statusCode).toBe(200);
    expect((await other.get('/account')).headers.location).toContain('/sign-in');
  });
});

describe('a session', () => {
  it('ends after 30 idle minutes, and lives on while it is used', async () => {
    const browser = await signedIn(await demoUser());
    for (let time = 0; time < 3; time += 1) {
      minutes(29);
      expect((await browser.get('/account')).statusCode).toBe(200);
    }
    minutes(30);
    expect((await browser.get('/account')).headers.location).toBe('/sign-in?next=%2Faccount');
  });

  it('leads back to its own council when it ran out, and asks a newcomer for theirs', async () => {
    const user = await demoUser();
    const browser = await signedIn(user);
    minutes(31);
    const turned = await browser.get('/account');
    const back = await browser.get(turned.headers.location ?? '');
    expect(back.headers.location).toBe(`${signInPage(user)}?next=%2Faccount`);
    await demoAuthority(test, 'Fenmoor Council');
    const asked = await new Browser(app).get('/sign-in?next=/account');
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toContain('Fenmoor Council');
    expect(asked.body).toContain('/sign-in?next=%2Faccount');
  });

  it('ends after 12 hours, however much it is used', async () => {
    const browser = await signedIn(await demoUser());
    for (let quarter = 0; quarter < 47; quarter += 1) {
      minutes(15);
      expect((await browser.get('/account')).statusCode).toBe(200);
    }
    minutes(15);
    expect((await browser.get('/account')).statusCode).toBe(303);
  });

  it('is ended by signing out, and the old cookie is dead', async () => {
    const browser = await signedIn(await demoUser());
    const cookie = browser.cookies.get('sightline') ?? '';
    const out = await browser.fill('/account', '/sign-out', {});
    expect(out.statusCode).toBe(303);
    expect(browser.cookies.has('sightline')).toBe(false);
    browser.cookies.set('sightline', cookie);
    expect((await browser.get('/account')).statusCode).toBe(303);
  });

  it('is not ended by a link', async () => {
    const browser = await signedIn(await demoUser());
    expect((await browser.get('/sign-out')).statusCode).toBe(404);
    expect((await browser.get('/account')).statusCode).toBe(200);
  });

  it('opens nothing when its cookie names another authority', async () => {
    const browser = await signedIn(await demoUser());
    const elsewhere = await demoAuthority(test, 'Fenmoor Council');
    const token = browser.cookies.get('sightline')?.split('.')[1] ?? '';
    browser.cookies.set('sightline', `${elsewhere.id}.${token}`);
    expect((await browser.get('/account')).statusCode).toBe(303);
  });

  it.each(['', 'x', 'not-a-uuid.token', `${'0'.repeat(8)}.${'A'.repeat(43)}`])(
    'is not found for the cookie %j',
    async (cookie) => {
      const browser = new Browser(app);
      browser.cookies.set('sightline', cookie);
      expect((await browser.get('/account')).statusCode).toBe(303);
    },
  );

  it('loses a role at the next request', async () => {
    const user = await demoUser(['administrator']);
    await userWith(test, user.authority, ['administrator']);
    const browser = await signedIn(user);
    expect((await browser.get('/people')).statusCode).toBe(200);
    await inAuthority(database.db, user.authority.id, async (tx) => {
      const grants = await roleGrants(tx, user.authority.id);
      const grant = grants.find(({ userId }) => userId === user.userId);
      if (grant === undefined) throw new Error('No grant');
      const doer = { authorityId: user.authority.id, userId: null } as const;
      expect(await endRole(tx, doer, grant.id, londonDay(clock.now))).toEqual({ kind: 'ended' });
    });
    expect((await browser.get('/people')).statusCode).toBe(404);
  });
});

describe('a form', () => {
  it.each([
    ['no token', {}],
    ['an empty token', { _csrf: '' }],
    ['a made-up token', { _csrf: 'abcdefgh-ijklmnopqrstuvwxyz' }],
  ])('is refused with %s', async (_what, fields) => {
    const user = await demoUser();
    const browser = await signedIn(user);
    expect((await browser.send('/sign-out', fields)).statusCode).toBe(403);
    expect((await browser.get('/account')).statusCode).toBe(200);
    const stranger = new Browser(app);
    await stranger.get(signInPage(user));
    const { email, password } = user;
    const answer = await stranger.send(signInPage(user), { email, password, ...fields });
    expect(answer.statusCode).toBe(403);
    expect(stranger.cookies.has('sightline')).toBe(false);
  });

  it('is refused with the token of another session', async () => {
    const mine = await signedIn(await demoUser());
    const theirs = await signedIn(await demoUser());
    const _csrf = tokenOf(await theirs.get('/account'));
    expect((await mine.send('/sign-out', { _csrf })).statusCode).toBe(403);
    expect((await theirs.send('/sign-out', { _csrf })).statusCode).toBe(303);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that it does not say', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['this host by another protocol', { origin: 'https://localhost' }],
  ])('is refused from %s, even with the right token', async (_what, headers) => {
    const browser = await signedIn(await demoUser());
    const _csrf = tokenOf(await browser.get('/account'));
    expect((await browser.send('/sign-out', { _csrf }, headers)).statusCode).toBe(403);
    expect((await browser.get('/account')).statusCode).toBe(200);
  });

  it('is taken from this origin', async () => {
    const browser = await signedIn(await demoUser());
    const _csrf = tokenOf(await browser.get('/account'));
    const headers = { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };
    expect((await browser.send('/sign-out', { _csrf }, headers)).statusCode).toBe(303);
  });

  it('is refused as plain text or JSON', async () => {
    const browser = await signedIn(await demoUser());
    for (const type of ['text/plain', 'application/json']) {
      const answer = await browser.send('/sign-out', {}, { 'content-type': type });
      expect([403, 415]).toContain(answer.statusCode);
    }
    expect((await browser.get('/account')).statusCode).toBe(200);
  });
});

describe('the demonstration', () => {
  it('is where nobody needs a terminal; a real council names no account', async () => {
    const real = await realAuthority();
    const page = await new Browser(app).get(`/${real.slug}/sign-in`);
    expect(page.body).not.toContain('demonstration');
  });
});
