import { Writable } from 'node:stream';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inAuthority } from '#platform/db/authority.ts';
import type { RouteWithRule } from '#platform/web/route-rule.ts';
import { testApp } from '../app.ts';
import { filledForm } from '../filled-form.ts';
import { addressesOf, type Address, type Named } from './addresses.ts';
import type { Answer } from './answers.ts';
import { residentOf, setHousehold, type Resident } from './household.ts';
import { plantPlan } from './planted.ts';

/**
 * I-07, I-08, I-09 and I-11 of every route that there is: whatever is sent is refused or answered
 * with a plain page. No fault, no echo that a browser would run, no row for what was refused,
 * every header on every answer, and a log that nobody can write in.
 */
const logged: string[] = [];
const stream = new Writable({
  write(line: Buffer, _encoding, next) {
    logged.push(line.toString());
    next();
  },
});
const test = await testApp(undefined, { logger: { level: 'debug', stream } });
const house = await setHousehold(test, 'Saltmarsh Borough Council');
const plan = await plantPlan(test, house, 'reedbunting', 'near');
const party = await inAuthority(test.database.db, house.authority.id, (tx) =>
  tx.selectFrom('party').select('id').executeTakeFirstOrThrow(),
);
const manager = residentOf(house, 'qa-manager');
const administrator = residentOf(house, 'administrator');
const named: Named = {
  authority: house.authority,
  plans: [plan],
  userId: residentOf(house, 'member').userId,
  partyId: party.id,
  importId: plan.id,
};

/** Stands in everything hostile: wherever it turns up, it came from a request. */
const mark = 'zqxbittern';
const script = `"><svg/onload=${mark}>`;
const payloads: Record<string, string> = {
  script,
  'an end of a script': `</script><script>${mark}</script>`,
  SQL: `${mark}'; drop table plan; --`,
  'a template': `${mark}{{7*7}}{% raw %}\${7*7}`,
  'new lines': `${mark}\r\nset-cookie: ${mark}=1\r\n\r\n{"level":"error"}`,
  'ten kilobytes': mark + 'x'.repeat(10_000),
  'half a character': `${mark}\ud800`,
  'a right-to-left mark': `${mark}\u202efdp.exe`,
};

const routes = test.app.routesWithRules.filter(
  ({ url }) => !url.startsWith('/assets/') && url !== '/sign-out',
);
const ofMethod = (method: string): RouteWithRule[] =>
  routes.filter((route) => route.method === method);
const pages = addressesOf(ofMethod('GET'), named);
const forms = addressesOf(ofMethod('POST'), named);

/** Whoever may come in by the route, as far as anybody of one role may. */
function whoFor({ route }: Pick<Address, 'route'>): Resident {
  return /^\/(people|log|records\/retention)/.test(route) ? administrator : manager;
}

const urlencoded = 'application/x-www-form-urlencoded';
async function send(who: Resident, url: string, payload: string | Buffer, type = urlencoded) {
  delete who.cookies['notice'];
  const { cookies } = who;
  const headers = type === '' ? {} : { 'content-type': type };
  return await test.app.inject({ method: 'POST', url, cookies, headers, payload });
}
const encoded = (fields: [string, string][], { csrf }: Resident) =>
  new URLSearchParams([['_csrf', csrf], ...fields]).toString();

const wrong: string[] = [];
const statuses = new Set<number>();
/** What holds of every answer, whatever was asked. */
function inspect(what: string, answer: Answer): void {
  const { statusCode, headers, body } = answer;
  statuses.add(statusCode);
  if (statusCode >= 500 && !what.startsWith('/ready')) wrong.push(`${statusCode} to ${what}`);
  if (body.includes(script) || body.includes(`<script>${mark}`)) wrong.push(`an echo to ${what}`);
  const said = JSON.stringify({ ...headers, location: '' });
  if (said.includes(mark)) wrong.push(`a header with it to ${what}`);
  const policy = String(headers['content-security-policy']);
  for (const part of [
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ]) {
    if (!policy.includes(part)) wrong.push(`no ${part} on ${what}`);
  }
  if (headers['x-content-type-options'] !== 'nosniff') wrong.push(`no nosniff on ${what}`);
  if (headers['cross-origin-opener-policy'] !== 'same-origin') wrong.push(`no COOP on ${what}`);
  if (headers['referrer-policy'] === undefined) wrong.push(`no referrer policy on ${what}`);
  if (headers['x-request-id'] === undefined) wrong.push(`no request id on ${what}`);
  if (headers['cache-control'] !== 'no-store') wrong.push(`kept by caches: ${what}`);
}
function nothingWrong(): void {
  expect(wrong.splice(0)).toEqual([]);
}

/** How many rows there are, but for what is noted of requests themselves. */
async function rows(): Promise<Record<string, number>> {
  const noted = ['audit_log', 'audit_head', 'session', 'sign_in_failure', 'kept_form'];
  const { rows: tables } = await sql<{ name: string }>`
    select relname::text as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(test.database.keeper);
  const counted = tables
    .filter(({ name }) => !noted.includes(name))
    .map(({ name }) => sql`select ${name} as name, count(*)::int as n from ${sql.table(name)}`);
  const found = await sql<{
    name: string;
    n: number;
  }>`${sql.join(counted, sql` union all `)}`.execute(test.database.keeper);
  return Object.fromEntries(found.rows.map(({ name, n }) => [name, n]));
}

describe('every page', () => {
  it('refuses a question that it does not know, and one that is asked twice', async () => {
    const questions = [
      `${mark}=1`,
      `__proto__=${mark}`,
      `constructor.prototype=${mark}`,
      'as-at=2026-03-03&as-at=2026-03-02',
      `as-at=${encodeURIComponent(script)}`,
    ];
    for (const { url, ...address } of pages) {
      for (const question of questions) {
        const answer = await whoFor(address).get(`${url}?${question}`);
        inspect(`${url}?${question}`, answer);
        // Nobody half-way through signing in comes here: some pages lead elsewhere, or are not there.
        if (![400, 303, 404].includes(answer.statusCode)) {
          wrong.push(`${answer.statusCode} to ${url}?${question}`);
        }
      }
    }
    nothingWrong();
  });

  it.each(['script', 'new lines', 'half a character'].map((what) => [what, payloads[what] ?? '']))(
    'takes %s for a name of nothing',
    async (_what, payload) => {
      for (const { url, names, ...address } of [...pages, ...forms]) {
        for (const name of names) {
          const asked = url.replace(name, encodeURIComponent(payload.toWellFormed()));
          const who = whoFor(address);
          const answer = ofMethod('GET').some((route) => route.url === address.route)
            ? await who.get(asked)
            : await who.post(asked);
          inspect(asked.slice(0, 120), answer);
          if (answer.statusCode < 300) wrong.push(`${answer.statusCode} to ${asked.slice(0, 120)}`);
        }
      }
      nothingWrong();
    },
    120_000,
  );
});

describe('every form', () => {
  const refused: [
    string,
    (who: Resident) => [payload: string | Buffer, type?: string],
    number[],
  ][] = [
    ['a field that it has not', (who) => [encoded([[mark, '1']], who)], [400]],
    ['__proto__', (who) => [`${encoded([], who)}&__proto__=${mark}`], [400]],
    ['constructor.prototype', (who) => [encoded([['constructor.prototype', mark]], who)], [400]],
    ['a zero character', (who) => [encoded([['title', `${mark}\0`]], who)], [400]],
    ['JSON', ({ csrf }) => [JSON.stringify({ _csrf: csrf }), 'application/json'], [415]],
    ['XML', () => ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', 'text/xml'], [415]],
    ['no type', () => ['_csrf=1', ''], [415, 403]],
    ['more than a mebibyte', (who) => [encoded([[mark, 'x'.repeat(1_100_000)]], who)], [413]],
  ];
  it.each(refused)(
    'refuses %s, and keeps no row of it',
    async (_what, make, right) => {
      const before = await rows();
      for (const { url, ...address } of forms) {
        const who = whoFor(address);
        const answer = await send(who, url, ...make(who));
        inspect(`POST ${url}`, answer);
        // What is not there, or not for them, is refused before the form is looked at.
        if (![...right, 403, 404].includes(answer.statusCode)) {
          wrong.push(`${answer.statusCode} to POST ${url}`);
        }
      }
      nothingWrong();
      expect(await rows()).toEqual(before);
    },
    120_000,
  );

  it.each(Object.entries(payloads))(
    'takes %s in every box as words, or says what is wrong',
    async (_what, payload) => {
      let filled = 0;
      for (const { url, ...address } of forms) {
        // Signing in is counted by address: its own tests try it.
        if (address.route.includes('sign-in') || address.route.includes('password')) continue;
        const who = whoFor(address);
        const page = await who.get(url);
        const main = /<main[\s\S]*<\/main>/.exec(page.body)?.[0] ?? '';
        if (page.statusCode !== 200 || !/<form[^>]*method="post"/.test(main)) continue;
        filled += 1;
        const names = Object.keys(filledForm(page));
        for (const fields of [
          names.map((name): [string, string] => [name, payload]),
          names.flatMap((name): [string, string][] => [
            [name, payload],
            [name, payload],
          ]),
        ]) {
          inspect(`POST ${url}`, await send(who, url, encoded(fields, who)));
        }
        inspect(url, await who.get(url));
      }
      expect(filled).toBeGreaterThan(10);
      nothingWrong();
    },
    120_000,
  );
});

describe('answers that come before any page', () => {
  it('carry the headers too', async () => {
    for (const url of ['/no-such-page', '/%', '/plans/%ff', `/${'x'.repeat(3_000)}`]) {
      inspect(url, await manager.get(url));
    }
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const) {
      inspect(method, await test.app.inject({ method, url: '/plans', cookies: manager.cookies }));
    }
    nothingWrong();
    for (const status of [200, 303, 400, 404, 413, 415, 422]) {
      expect([...statuses], 'an answer of each kind was looked at').toContain(status);
    }
  });
});

describe('the log', () => {
  it('is one JSON object a line, and holds nothing of what was sent', async () => {
    const agent = `${mark}\r\n{"level":"error"}\u001b[31m"`.replaceAll(/[\r\n]/g, ' ');
    const headers = { 'user-agent': agent, 'x-request-id': mark, 'x-forwarded-for': mark };
    await test.app.inject({ url: `/plans?${mark}`, headers, cookies: manager.cookies });
    const text = logged.join('');
    for (const line of text.trimEnd().split('\n')) expect(JSON.parse(line)).toBeTypeOf('object');
    expect(logged.length).toBeGreaterThan(500);
    expect(logged.filter((line) => line.includes(mark))).toEqual([]);
  });
});
