import { createHook } from 'node:async_hooks';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { demoAuthority, testApp, userWith, type TestUser } from '#test/app.ts';
import { Browser, tokenOf, type Answer } from './browser.fixture.ts';

/** What is hashed at a sign-in: the work is counted, for time tells a test nothing it could trust. */
const work = { hashes: 0 };
const hook = createHook({
  init(_id, type) {
    if (type === 'ARGON2REQUEST') work.hashes += 1;
  },
}).enable();
afterAll(() => {
  hook.disable();
});

const test = await testApp();
const { app, clock, database } = test;
const authority = await demoAuthority(test);
const page = `/${authority.slug}/sign-in`;

const signIn = async (browser: Browser, email: string, password: string): Promise<Answer> =>
  await browser.fill(page, page, { email, password });
const isIn = (answer: Answer) => answer.statusCode === 303;

describe('an account', () => {
  it('cannot be told from none by the answer or by the work done for it', async () => {
    const person = await userWith(test, authority, []);
    const invited = await userWith(test, authority, []);
    await database.keeper
      .updateTable('credential')
      .set({ password_hash: null })
      .where('user_id', '=', invited.userId)
      .execute();
    await signIn(new Browser(app), person.email, person.password);
    const tried: { work: number; body: string; status: number }[] = [];
    for (const email of [person.email, 'nobody@saltmarsh.example', invited.email]) {
      const browser = new Browser(app);
      const _csrf = tokenOf(await browser.get(page));
      work.hashes = 0;
      const answer = await browser.send(page, { _csrf, email, password: 'not the right one' });
      tried.push({
        work: work.hashes,
        status: answer.statusCode,
        body: answer.body
          .replaceAll(email, 'TYPED')
          .replaceAll(/(name="_csrf" value|nonce)="[^"]+"/g, ''),
      });
    }
    expect(tried[0]).toMatchObject({ work: 1, status: 422 });
    expect(tried[1]).toEqual(tried[0]);
    expect(tried[2]).toEqual(tried[0]);
  });
});

describe('guessing at one account', () => {
  it('does not shut its owner out of a browser that they have used before', async () => {
    const victim = await userWith(test, authority, []);
    const own = new Browser(app);
    expect(isIn(await signIn(own, victim.email, victim.password))).toBe(true);
    const attacker = new Browser(app);
    for (let guess = 0; guess < 10; guess += 1) {
      await signIn(attacker, victim.email, `guess ${guess}`);
    }
    expect((await signIn(attacker, victim.email, victim.password)).statusCode).toBe(429);
    own.cookies.delete('sightline');
    expect(isIn(await signIn(own, victim.email, victim.password))).toBe(true);
  });

  it('is not made easier by the mark of a browser: it is for one person, and limited too', async () => {
    const victim = await userWith(test, authority, []);
    const attacker = await userWith(test, authority, []);
    const browser = new Browser(app);
    await signIn(browser, attacker.email, attacker.password);
    const mark = browser.cookies.get('sightline-browser') ?? '';
    expect(mark).not.toBe('');
    const guessAs = async (given: string, guess: string) => {
      const other = new Browser(app);
      other.cookies.set('sightline-browser', given);
      return (await signIn(other, victim.email, guess)).statusCode;
    };
    // Another person's mark, a forged one and none are one and the same door.
    for (let guess = 0; guess < 5; guess += 1) expect(await guessAs(mark, 'a')).toBe(422);
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await guessAs(`${'A'.repeat(22)}.${'B'.repeat(43)}`, 'b')).toBe(422);
    }
    expect(await guessAs('', victim.password)).toBe(429);
  });
});

describe('spraying one guess at each of many accounts', () => {
  const from = async (browser: Browser, user: TestUser, password: string, remote: string) => {
    const answer = await app.inject({ url: page, remoteAddress: remote });
    for (const { name, value } of answer.cookies) browser.cookies.set(name, value);
    return await app.inject({
      method: 'POST',
      url: page,
      remoteAddress: remote,
      cookies: Object.fromEntries(browser.cookies),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        _csrf: tokenOf(answer),
        email: user.email,
        password,
      }).toString(),
    });
  };

  it('is stopped for its network address; others, and known browsers there, sign in meanwhile', async () => {
    const victim = await userWith(test, authority, []);
    const own = new Browser(app);
    await signIn(own, victim.email, victim.password);
    own.cookies.delete('sightline');
    const spray = async (one: number) => {
      const user = { ...victim, email: `sprayed-${one}@saltmarsh.example` };
      return (await from(new Browser(app), user, 'Summer2026!!', '192.0.2.7')).statusCode;
    };
    expect(await spray(1)).toBe(422);
    // 48 more, each at an account of its own, without the work of hashing.
    await sql`
      insert into sign_in_failure (authority_id, id, email_hash, network_hash, at)
      select authority_id, gen_random_uuid(), 'sprayed ' || n, network_hash, at
      from sign_in_failure, generate_series(1, 48) n where network_hash is not null
        and id = (select id from sign_in_failure order by id desc limit 1)`.execute(
      database.keeper,
    );
    expect(await spray(50)).toBe(422);
    expect(await spray(51)).toBe(429);
    const stopped = await from(new Browser(app), victim, victim.password, '192.0.2.7');
    expect(stopped.statusCode).toBe(429);
    expect(Number(stopped.headers['retry-after'])).toBeLessThanOrEqual(15 * 60);
    const elsewhere = await from(new Browser(app), victim, victim.password, '192.0.2.8');
    expect(elsewhere.statusCode).toBe(303);
    expect((await from(own, victim, victim.password, '192.0.2.7')).statusCode).toBe(303);
    clock.now = new Date(clock.now.getTime() + 15 * 60_000);
    const after = await from(new Browser(app), victim, victim.password, '192.0.2.7');
    expect(after.statusCode).toBe(303);
  });

  it('leaves no network address in the tables', async () => {
    const rows = await database.keeper.selectFrom('sign_in_failure').selectAll().execute();
    expect(rows.some((row) => row.network_hash !== null)).toBe(true);
    expect(JSON.stringify(rows)).not.toMatch(/192\.0\.2|saltmarsh/);
  });
});
