import { describe, expect, it } from 'vitest';
import { londonDay } from '#kernel/dates.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { verifyChain } from '#people';
import {
  demoAuthority,
  openSession,
  testApp,
  userWith,
  type SignedIn,
  type TestAuthority,
  type TestUser,
} from '#test/app.ts';
import { openToken } from '#test/tokens.ts';
import type { GrantableRole } from '../rules/policy.ts';
import { closeAccount, openAccount } from '../actions/account.ts';
import { makePasswordLink } from '../actions/password-link.ts';
import { resetCodeOf } from '../actions/set-password.ts';
import { authorityOfToken, newApiToken } from '../proofs/api-token.ts';
import { tokenHash } from '../proofs/tokens.ts';
import { endAllSignIns } from '../store/after-restore.ts';

/** Personal tokens: made by their person, shown once, and worth nothing from the moment they end. */
const test = await testApp();
const { app, clock } = test;
const { db, keeper } = test.database;
const start = clock.now;
const council = await demoAuthority(test);
const doer = { authorityId: council.id, userId: null };

type Person = TestUser & SignedIn;
async function person(roles: GrantableRole[], authority: TestAuthority = council): Promise<Person> {
  const user = await userWith(test, authority, roles, 'Robin Fenwick', null);
  return { ...user, ...(await openSession(test, user)) };
}
const owner = await person(['qa-manager']);
const administrator = await person(['administrator']);

const wanted = {
  name: 'Power BI',
  scopes: ['plans:read', 'updates:read'],
  'last-day': '1',
  'last-month': '6',
  'last-year': '2026',
};
/** Makes a token by the page, and gives it. */
async function make(who: SignedIn, fields: Partial<typeof wanted> = {}): Promise<string> {
  const page = await who.post('/account/tokens', { ...wanted, ...fields });
  expect(page.statusCode).toBe(200);
  return /id="token">(sightline_\w+)</.exec(page.body)?.[1] ?? '';
}
const ask = (token: string, url = '/api/v1/plans') =>
  app.inject({ url, headers: { authorization: `Bearer ${token}` } });
const idOf = async (token: string) =>
  (
    await keeper
      .selectFrom('api_token_secret')
      .select('token_id')
      .where('token_hash', '=', tokenHash(token))
      .executeTakeFirst()
  )?.token_id ?? '';
const inCouncil = <T>(work: Parameters<typeof inAuthority<T>>[2]) =>
  inAuthority(db, council.id, work);

describe('making a token', () => {
  it('shows it once, keeps a hash alone, and says so in the log', async () => {
    const token = await make(owner);
    // What scanners of secrets look for.
    expect(token).toMatch(/^sightline_[0-9A-Za-z]{71}$/);
    expect((await ask(token)).statusCode).toBe(200);
    const list = await owner.get('/account/tokens');
    expect(list.body).toContain('Power BI');
    expect(list.body).toContain('Works until 1 June 2026');
    expect(list.body).not.toContain(token);
    const kept = await keeper.selectFrom('api_token_secret').selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain(token.slice(10));
    expect(kept.map((row) => row.token_hash)).toContain(tokenHash(token));
    const id = await idOf(token);
    const logged = await keeper
      .selectFrom('audit_log')
      .select(['act', 'actor_id as actorId'])
      .where('fact_id', '=', id)
      .where('fact', '=', 'api_token')
      .orderBy('seq')
      .executeTakeFirst();
    expect(logged).toEqual({ act: 'token for data made', actorId: owner.userId });
  });

  it.each([
    ['no name', { name: ' ' }, 'Say what it is for'],
    ['no scope', { scopes: ['plans:write'] }, 'Choose what it may read'],
    ['a day that is past', { 'last-month': '3', 'last-day': '3' }, 'must be today or later'],
    [
      'more than a year',
      { 'last-month': '3', 'last-day': '4', 'last-year': '2027' },
      'a year at most',
    ],
  ])('refuses %s', async (_what, fields, text) => {
    const page = await owner.post('/account/tokens', { ...wanted, ...fields });
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain(text);
  });

  it('takes a whole year', async () => {
    const token = await make(owner, { 'last-month': '3', 'last-day': '3', 'last-year': '2027' });
    expect((await ask(token)).statusCode).toBe(200);
  });

  it('is for those alone who may take plans out, and never more than ten at a time', async () => {
    const member = await person(['member']);
    expect((await member.get('/account/tokens')).body).toContain('lets no plan out');
    expect((await member.post('/account/tokens', wanted)).statusCode).toBe(403);
    const keen = await person(['analyst']);
    for (let count = 0; count < 10; count += 1) await make(keen);
    const eleventh = await keen.post('/account/tokens', wanted);
    expect(eleventh.statusCode).toBe(422);
    expect(eleventh.body).toContain('ten tokens');
  });

  it('asks for a fresh proof', async () => {
    clock.now = new Date(start.getTime() + 6 * 60_000);
    const answer = await owner.post('/account/tokens', wanted);
    clock.now = start;
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toContain('/account/prove');
  });
});

describe('the door for programs', () => {
  it('opens to a token in the header alone', async () => {
    const token = await make(owner);
    const answers = [
      await app.inject({ url: '/api/v1/plans' }),
      await app.inject({ url: '/api/v1/plans', cookies: owner.cookies }),
      await app.inject({ url: `/api/v1/plans?access_token=${token}` }),
      await app.inject({ url: '/api/v1/plans', headers: { authorization: `Basic ${token}` } }),
      await app.inject({ url: '/api/v1/plans', cookies: { sightline: `${council.id}.${token}` } }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401, 401]);
    // Also with a token that works, none is taken from an address.
    expect((await ask(token, `/api/v1/plans?access_token=${token}`)).statusCode).toBe(400);
  });

  it('leads nowhere else, and gives no session', async () => {
    const token = await make(owner);
    const headers = { authorization: `Bearer ${token}` };
    for (const url of ['/plans', '/account', '/people', '/account/tokens', '/data-out']) {
      const answer = await app.inject({ url, headers });
      expect(answer.statusCode, url).toBe(303);
      expect(answer.headers.location).toContain('/sign-in');
    }
    const answer = await ask(token);
    expect(answer.cookies).toEqual([]);
    expect(answer.headers['cache-control']).toBe('no-store');
    const posted = await app.inject({ method: 'POST', url: '/account/tokens', headers });
    expect([403, 415]).toContain(posted.statusCode);
  });

  it('asks for the scope of the address', async () => {
    const plans = await make(owner, { scopes: ['plans:read'] });
    const answer = await ask(plans, '/api/v1/plans/nothing/updates');
    expect(answer.statusCode).toBe(403);
    expect(answer.headers['www-authenticate']).toContain('scope="updates:read"');
    const updates = await make(owner, { scopes: ['updates:read'] });
    expect((await ask(updates)).statusCode).toBe(403);
    // What is asked of the scope says nothing of the plan.
    expect((await ask(updates, '/api/v1/plans/nothing/updates')).statusCode).toBe(404);
  });

  it('answers alike whatever ended a token, from that moment on', async () => {
    const plain = await app.inject({ url: '/api/v1/plans' });
    const refused = async (token: string, why: string) => {
      const { statusCode, body, headers } = await ask(token);
      expect([statusCode, body, headers['www-authenticate']], why).toEqual([
        401,
        plain.body,
        'Bearer realm="Sightline"',
      ]);
    };
    await refused(newApiToken(council.id), 'never made');
    await refused('sightline_nonsense', 'not one');

    const one = await person(['qa-manager']);
    const withdrawn = await make(one);
    const id = await idOf(withdrawn);
    expect((await one.post('/account/tokens/withdraw', { id })).statusCode).toBe(303);
    await refused(withdrawn, 'withdrawn');
    expect((await one.post('/account/tokens/withdraw', { id })).statusCode).toBe(404);

    const shortLived = await make(one, { 'last-day': '5', 'last-month': '3' });
    clock.now = new Date('2026-03-05T23:00:00Z');
    expect((await ask(shortLived)).statusCode).toBe(200);
    clock.now = new Date('2026-03-06T00:30:00Z');
    await refused(shortLived, 'its day is past');
    clock.now = start;

    for (const [why, end] of [
      ['password reset', makePasswordLink],
      ['codes reset', resetCodeOf],
    ] as const) {
      const token = await make(one);
      await inCouncil<object>((tx) => end(tx, doer, one.userId, clock.now));
      await refused(token, why);
      Object.assign(one, await openSession(test, one));
    }
    const ofLeaver = await make(one);
    const leaver = { userId: one.userId, reason: 'Left' };
    await inCouncil((tx) => closeAccount(tx, doer, leaver, londonDay(start), clock.now));
    await refused(ofLeaver, 'account closed');
    await inCouncil((tx) => openAccount(tx, doer, leaver, clock.now));
    await refused(ofLeaver, 'opened again, and still ended');

    const restored = await make(owner);
    await keeper.transaction().execute((tx) => endAllSignIns(tx, clock.now));
    await refused(restored, 'a back-up was brought back');
    Object.assign(owner, await openSession(test, owner));
    Object.assign(administrator, await openSession(test, administrator));
    expect((await owner.get('/account/tokens')).body).toContain('a back-up was brought back');
  });

  it('rests while the account does', async () => {
    const live = await demoAuthority(test);
    await keeper
      .updateTable('authority')
      .set({ is_demo: false })
      .where('id', '=', live.id)
      .execute();
    const user = await userWith(test, live, ['qa-manager'], 'Sam Reed', null);
    // An account is made by the database's clock, which the tests do not set.
    const at = (days: number) => new Date(new Date().getTime() + days * 86_400_000);
    const program = await openToken(test, user, ['plans:read'], londonDay(at(200)));
    clock.now = at(44);
    expect((await program.get('/api/v1/plans')).statusCode).toBe(200);
    clock.now = at(46);
    expect((await program.get('/api/v1/plans')).statusCode).toBe(401);
    clock.now = start;
  });

  it('names its council, and knows a mistyped one', () => {
    const token = newApiToken(council.id);
    expect(authorityOfToken(token)).toBe(council.id);
    const last = token.endsWith('0') ? '1' : '0';
    expect(authorityOfToken(token.slice(0, -1) + last)).toBeNull();
    expect(authorityOfToken(token.replace('sightline', 'Sightline'))).toBeNull();
  });
});

describe('an administrator', () => {
  it('sees that a person has tokens, and withdraws one', async () => {
    const token = await make(owner);
    const path = `/people/users/${owner.userId}`;
    expect((await administrator.get(path)).body).toContain('Power BI');
    const id = await idOf(token);
    expect((await administrator.post(`${path}/tokens/withdraw`, { id })).statusCode).toBe(303);
    expect((await ask(token)).statusCode).toBe(401);
  });

  it('of another council, and anybody else, withdraws none', async () => {
    const token = await make(owner);
    const id = await idOf(token);
    const path = `/people/users/${owner.userId}/tokens/withdraw`;
    const elsewhere = await person(['administrator'], await demoAuthority(test));
    expect((await elsewhere.post(path, { id })).statusCode).toBe(404);
    const colleague = await person(['qa-manager']);
    expect((await colleague.post(path, { id })).statusCode).toBe(404);
    expect((await colleague.post('/account/tokens/withdraw', { id })).statusCode).toBe(404);
    expect((await ask(token)).statusCode).toBe(200);
  });
});

it('leaves a log that verifies', async () => {
  const report = await readInAuthority(db, council.id, (tx) => verifyChain(tx, council.id));
  expect(report.problems).toEqual([]);
});
