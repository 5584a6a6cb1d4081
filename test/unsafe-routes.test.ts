import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { demoAuthority, signIn, testApp, userWith } from './app.ts';

/**
 * Security A-08, switched on: every route that changes something refuses what its own page did
 * not send, and no GET or HEAD changes anything. Asked of the program's own list of routes, so
 * that it holds of routes that nobody has written yet.
 */
const test = await testApp();
const authority = await demoAuthority(test);
const user = await userWith(test, authority, ['qa-manager']);
const administrator = await userWith(test, authority, ['administrator']);
const sessions = [await signIn(test.app, user), await signIn(test.app, administrator)];
const someId = '01980a7e-0000-7000-8000-000000000000';

const addressOf = (url: string): string =>
  url.replaceAll(/:(\w+)/g, (_, name: string) => (name === 'authority' ? authority.slug : someId));
const routes = test.app.routesWithRules.filter(({ url }) => !url.startsWith('/assets/'));
const unsafe = routes.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
const safe = routes.filter(({ method }) => method === 'GET' || method === 'HEAD');

/** How many rows each table holds, and what is in them, but for when a session was last used. */
async function contents(): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>`
    select relname::text as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(test.database.keeper);
  const found: Record<string, string> = {};
  for (const { name } of tables.rows) {
    const row = name === 'session' ? sql`to_jsonb(t) - 'seen_at'` : sql`to_jsonb(t)`;
    const { rows } = await sql<{ digest: string | null }>`
      select md5(string_agg(x::text, '' order by x::text)) as digest
      from (select ${row} as x from ${sql.table(name)} t) as rows`.execute(test.database.keeper);
    found[name] = rows[0]?.digest ?? '';
  }
  return found;
}

interface Sent {
  headers: Record<string, string>;
  payload: string;
}
const form = 'application/x-www-form-urlencoded';
const hostile: [string, (session: (typeof sessions)[number]) => Sent][] = [
  ['no token', () => ({ headers: { 'content-type': form }, payload: 'a=b' })],
  [
    'the token of another session',
    (session) => {
      const other = sessions.find((one) => one !== session);
      const payload = new URLSearchParams({ _csrf: other?.csrf ?? '' }).toString();
      return { headers: { 'content-type': form }, payload };
    },
  ],
  [
    'another origin',
    ({ csrf }) => ({
      headers: { 'content-type': form, origin: 'https://evil.example' },
      payload: new URLSearchParams({ _csrf: csrf }).toString(),
    }),
  ],
  [
    'another site',
    ({ csrf }) => ({
      headers: { 'content-type': form, 'sec-fetch-site': 'cross-site' },
      payload: new URLSearchParams({ _csrf: csrf }).toString(),
    }),
  ],
  [
    'plain text',
    ({ csrf }) => ({ headers: { 'content-type': 'text/plain' }, payload: `_csrf=${csrf}` }),
  ],
];

describe('every route that changes something', () => {
  it('is on the list', () => {
    expect(unsafe.length).toBeGreaterThan(30);
    expect(new Set(unsafe.map(({ method }) => method))).toEqual(new Set(['POST']));
  });

  it.each(hostile)('refuses %s, and changes no row', async (_what, send) => {
    const before = await contents();
    const taken: string[] = [];
    for (const { url } of unsafe) {
      for (const session of sessions) {
        const sent = send(session);
        const { statusCode } = await test.app.inject({
          ...sent,
          method: 'POST',
          url: addressOf(url),
          cookies: session.cookies,
        });
        if (![403, 404, 415].includes(statusCode)) taken.push(`${statusCode} ${url}`);
      }
    }
    expect(taken).toEqual([]);
    expect(await contents()).toEqual(before);
  });
});

describe('every GET and HEAD', () => {
  it('changes no row, but for the log that somebody read', async () => {
    const before = await contents();
    for (const { method, url } of safe) {
      for (const { cookies } of sessions) {
        const answer = await test.app.inject({
          method: method === 'HEAD' ? 'HEAD' : 'GET',
          url: addressOf(url),
          cookies,
        });
        expect(answer.statusCode, `${method} ${url}`).toBeLessThan(500);
        // What is not published is kept by nobody on the way (C-19).
        expect(answer.headers['cache-control'], url).toBe('no-store');
      }
    }
    const { audit_log: log, audit_head: head } = before;
    expect({ ...(await contents()), audit_log: log, audit_head: head }).toEqual(before);
  });
});

describe('dangerous acts', () => {
  it.each([
    'POST /account/codes/change',
    'POST /account/tokens',
    'POST /people/roles/confirm',
    'POST /people/users/:id/codes',
    'POST /people/users/:id/password-link',
    'POST /people/users/:id/roles',
    'POST /people/users/:id/roles/end',
    'POST /people/users/:id/close',
    'POST /people/users/:id/open',
    'POST /records/names/:id/agree',
    'POST /records/emergency-openings/ask',
    'POST /records/emergency-openings/:id/agree',
  ])('ask for a fresh proof: %s', (route) => {
    const asking = test.app.routesWithRules
      .filter(({ stepUp }) => stepUp)
      .map(({ method, url }) => `${method} ${url}`);
    expect(asking).toContain(route);
  });
});
