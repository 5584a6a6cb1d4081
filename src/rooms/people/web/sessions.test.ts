import { describe, expect, it } from 'vitest';
import { demoAuthority, testApp, userWith, type TestUser } from '#test/app.ts';
import { Browser, tokenOf } from './browser.fixture.ts';

const test = await testApp();
const { app, clock, database } = test;
const authority = await demoAuthority(test);
const person = await userWith(test, authority, ['administrator']);
const other = await userWith(test, authority, ['director'], 'Sam Reed');

const agents = {
  office: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0',
  telephone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1',
};
const signedIn = async (user: TestUser, agent = agents.office): Promise<Browser> => {
  const browser = new Browser(app);
  const page = `/${authority.slug}/sign-in`;
  const { email, password } = user;
  const _csrf = tokenOf(await browser.get(page));
  const answer = await browser.send(page, { _csrf, email, password }, { 'user-agent': agent });
  expect(answer.statusCode).toBe(303);
  return browser;
};
const isIn = async (browser: Browser) => (await browser.get('/account')).statusCode === 200;
const minutes = (count: number) => {
  clock.now = new Date(clock.now.getTime() + count * 60_000);
};

describe('one’s own sessions', () => {
  it('are listed in plain words, this device first, without the whole agent', async () => {
    const telephone = await signedIn(person, agents.telephone);
    minutes(1);
    const office = await signedIn(person);
    const page = (await office.get('/account/sessions')).body;
    expect(page).toMatch(/Firefox on Windows<\/strong> – this device/);
    expect(page).toContain('Safari on iPhone');
    expect(page.indexOf('Firefox on Windows')).toBeLessThan(page.indexOf('Safari on iPhone'));
    const kept = JSON.stringify(await database.keeper.selectFrom('session').selectAll().execute());
    expect(kept).not.toMatch(/Mozilla|147|18_2/);
    expect(await isIn(telephone)).toBe(true);
  });

  it('are ended one by one, and nobody else’s', async () => {
    const lost = await signedIn(person, agents.telephone);
    const mine = await signedIn(person);
    const strangers = await signedIn(other);
    const theirPage = (await strangers.get('/account/sessions')).body;
    expect(theirPage).toContain('You are signed in nowhere else');
    const rows = await database.keeper
      .selectFrom('session')
      .select(['id', 'user_id'])
      .orderBy('seen_at', 'desc')
      .execute();
    const strangersId = rows.find((row) => row.user_id === other.userId)?.id ?? '';
    const refused = await mine.fill('/account/sessions', '/account/sessions/end', {
      id: strangersId,
    });
    expect(refused.statusCode).toBe(404);
    expect(await isIn(strangers)).toBe(true);
    // The lost one's, by the button of the list.
    const page = await mine.get('/account/sessions');
    for (const [, id = ''] of page.body.matchAll(/name="id" value="([^"]+)"/g)) {
      await mine.send('/account/sessions/end', { _csrf: tokenOf(page), id });
    }
    expect(await isIn(lost)).toBe(false);
    expect(await isIn(mine)).toBe(true);
  });

  it('are ended all at once but for this one', async () => {
    const others = [await signedIn(person), await signedIn(person, agents.telephone)];
    const mine = await signedIn(person);
    await mine.fill('/account/sessions', '/account/sessions/end-others', {});
    expect(await Promise.all(others.map(isIn))).toEqual([false, false]);
    expect(await isIn(mine)).toBe(true);
  });

  it('are ended by an administrator, and by nobody else', async () => {
    const theirs = await signedIn(other);
    const director = await signedIn(other);
    const end = (browser: Browser) =>
      browser.fill('/account', `/people/users/${other.userId}/sessions/end`, {});
    expect((await end(director)).statusCode).toBe(404);
    expect(await isIn(theirs)).toBe(true);
    expect((await end(await signedIn(person))).statusCode).toBe(303);
    expect(await isIn(theirs)).toBe(false);
  });
});

describe('how long a session lasts', () => {
  const left = async (browser: Browser) => Number((await browser.get('/account/time-left')).body);

  it('can be asked without using it, and using it makes it longer', async () => {
    const browser = await signedIn(person);
    expect(await left(browser)).toBe(30 * 60);
    minutes(28);
    expect(await left(browser)).toBe(2 * 60);
    const stayed = await browser.fill('/account', '/account/stay', {});
    expect(Number(stayed.body)).toBe(30 * 60);
    minutes(31);
    expect(await left(browser)).toBe(0);
  });

  it('never passes twelve hours, and the page then says that it cannot be made longer', async () => {
    const browser = await signedIn(person);
    for (let half = 0; half < 29; half += 1) {
      minutes(24);
      await browser.get('/account');
    }
    minutes(20);
    const page = await browser.get('/account');
    expect(page.body).toContain('data-can-stay="no"');
    expect(await left(browser)).toBe(4 * 60);
  });
});

describe('signing out', () => {
  it('tells the browser to forget what it kept', async () => {
    const browser = await signedIn(person);
    const out = await browser.fill('/account', '/sign-out', {});
    expect(out.headers['clear-site-data']).toContain('"cache"');
    expect(out.headers['cache-control']).toBe('no-store');
  });
});
