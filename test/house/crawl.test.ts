import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { inAuthority } from '#platform/db/authority.ts';
import type { RouteWithRule } from '#platform/web/route-rule.ts';
import { officersPlan } from '../../src/rooms/plans/web/import/plan-file.test-help.ts';
import { testApp } from '../app.ts';
import { addressesOf, type Named } from './addresses.ts';
import { linksOf, masked, wholeText, type Answer } from './answers.ts';
import { expectedOf, expectedRoles, isAllowed } from './expectations.ts';
import { residentOf, setHousehold, type Household } from './household.ts';
import { plantPlan } from './planted.ts';

/**
 * C-03 and C-04: as each of 17 roles, everything that can be reached is opened, and every known
 * address is asked for. A word stands in every text of each plan: nobody finds one that they may
 * not know of, and what is hidden from them looks as if it were not there.
 */
const logged: string[] = [];
const stream = new Writable({
  write(line: Buffer, _encoding, next) {
    logged.push(line.toString());
    next();
  },
});
const test = await testApp(undefined, { logger: { level: 'debug', stream } });
const ours = await setHousehold(test, 'Saltmarsh Borough Council');
const theirs = await setHousehold(test, 'Fenmoor Council');

/** Every planted word, and from whom it may be known: see `mayKnow`. */
const words = {
  near: 'zukingfisher',
  far: 'zubramblefinch',
  prepared: 'zusandpiper',
  abroadNear: 'zugoldcrest',
  abroadFar: 'zufieldfare',
  abroadPrepared: 'zuwhinchat',
};
const allWords = Object.values(words);

const ourThings = await settle(ours, words.near, words.far, words.prepared);
const theirThings = await settle(theirs, words.abroadNear, words.abroadFar, words.abroadPrepared);

async function settle(
  household: Household,
  near: string,
  far: string,
  prepared: string,
): Promise<Named> {
  const plans = [
    await plantPlan(test, household, near, 'near'),
    await plantPlan(test, household, far, 'far'),
  ];
  const manager = residentOf(household, 'qa-manager');
  const position = { 'position-day': '31', 'position-month': '1', 'position-year': '2026' };
  const file = { name: `${prepared}.xlsx`, bytes: officersPlan(prepared) };
  const begun = await manager.postFile('/plans/import', { ...position, title: '' }, file);
  const importId = /import\/([^/]+)/.exec(begun.headers.location ?? '')?.[1];
  if (importId === undefined) throw new Error(`The import answered ${begun.statusCode}`);
  const party = await inAuthority(test.database.db, household.authority.id, (tx) =>
    tx.selectFrom('party').select('id').executeTakeFirstOrThrow(),
  );
  const { authority } = household;
  return { authority, plans, userId: manager.userId, partyId: party.id, importId };
}

/** By the table of expectations; what somebody prepares is nobody else's until it is a plan. */
function mayKnow(role: string, word: string): boolean {
  const known = expectedOf(role, 'PLN', 'L');
  if (word === words.near) return isAllowed(known, ['a', 'c', 't']);
  if (word === words.far) return isAllowed(known, []);
  return word === words.prepared && role === 'qa-manager';
}

const routesBy = (method: string): RouteWithRule[] =>
  test.app.routesWithRules.filter(
    (route) => route.method === method && !route.url.startsWith('/assets/'),
  );
const pages = routesBy('GET');
const forms = routesBy('POST').filter(({ url }) => url !== '/sign-out');

/** Asks as whoever holds the role; what the last answer wanted to say is not said in the next. */
function get(role: string, url: string): Promise<Answer> {
  if (role === 'public') return test.app.inject({ url });
  const resident = residentOf(ours, role);
  delete resident.cookies['notice'];
  return resident.get(url);
}
function post(role: string, url: string): Promise<Answer> {
  if (role === 'public') return test.app.inject({ method: 'POST', url });
  const resident = residentOf(ours, role);
  delete resident.cookies['notice'];
  return resident.post(url);
}

/** Addresses with something asked in them, beside those of the routes. */
const questions = [
  ...allWords.flatMap((word) => [
    `/plans?q=${word}`,
    `/plans/${ourThings.plans[0]?.slug}/actions?q=${word}`,
  ]),
  ...['xlsx', 'csv', 'docx', 'json'].flatMap((format) =>
    [...ourThings.plans, ...theirThings.plans].map(
      ({ slug }) => `/plans/${slug}/export?format=${format}`,
    ),
  ),
  ...['xlsx', 'csv'].flatMap((format) => [
    `/plans/export?format=${format}`,
    `/my-work/export?format=${format}`,
    ...ourThings.plans.map(({ slug }) => `/plans/${slug}/changes/export?format=${format}`),
  ]),
  ...ourThings.plans.map(({ slug }) => `/plans/${slug}?as-at=2026-03-03`),
  ...ourThings.plans.map(({ id }) => `/log?item=${id}`),
  ...[...ourThings.plans, ...theirThings.plans].map(
    ({ slug }) => `/api/v1/plans/${slug}/movement?from=2026-03-01`,
  ),
];

interface Found {
  words: Set<string>;
  asked: number;
  /** What is wrong, in words. */
  wrong: string[];
}

/** Opens all that this role can reach, and every address that there is. */
async function crawl(role: string): Promise<Found> {
  const found: Found = { words: new Set(), asked: 0, wrong: [] };
  // Those of the other council are asked for below, and have to look as if nothing were there.
  const known = addressesOf(pages, ourThings);
  const queue = [...known.map(({ url }) => url), ...questions];
  const seen = new Set(queue.map(formOf));
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    const answer = await get(role, url);
    found.asked += 1;
    if (answer.statusCode >= 500 && url !== '/ready')
      found.wrong.push(`${answer.statusCode} ${url}`);
    // What one asks for oneself may come back: where to go on to, what was looked for.
    const asked = allWords.filter((word) => url.includes(word));
    const text = wholeText(answer).toLowerCase();
    for (const word of allWords) {
      if (!text.includes(word)) continue;
      if (mayKnow(role, word)) found.words.add(word);
      else if (!asked.includes(word) || saysMore(text, word)) found.wrong.push(`${word} at ${url}`);
    }
    for (const link of linksOf(answer).map(asWord)) {
      if (seen.has(formOf(link)) || (isPaper(link) && !opensPapers(role))) continue;
      seen.add(formOf(link));
      queue.push(link);
    }
  }
  return found;
}

/**
 * A paper as Word says what the same paper says as PDF, can be read here, and takes a fortieth of
 * the time to make.
 */
const asWord = (link: string): string => link.replace('format=pdf', 'format=docx');

const isPaper = (link: string): boolean => link.includes('format=docx');

/**
 * Papers are made of what their page shows, and each takes a second. Whoever reads only some plans
 * opens every one that is offered, and one of those who read all.
 */
const opensPapers = (role: string): boolean =>
  role === 'analyst' || !isAllowed(expectedOf(role, 'PLN', 'L'), []);

/** The address and what is asked of it, not how: one order and one filter of a list are enough. */
function formOf(link: string): string {
  const { pathname, searchParams } = new URL(link, 'http://localhost');
  return `${pathname}?${[...new Set(searchParams.keys())].sort().join()}`;
}

/** Whether the text says of the word what only the record says, and not the asker. */
const saysMore = (text: string, word: string): boolean =>
  ['plan', 'objective', 'action', 'was done', 'note', 'letter'].some((more) =>
    text.includes(`${word} ${more}`),
  );

/** One role of each standing to plans sends the forms too: ten seconds of processor a role. */
const formRoles = [
  'public',
  'member',
  'qa-manager',
  'action-lead',
  'peer-reviewer',
  'analyst',
  'administrator',
];

/** The first line that differs. */
function difference(seen: string, absent: string): string {
  const lines = absent.split('\n');
  const at = seen.split('\n').findIndex((line, index) => line !== lines[index]);
  return `${seen.split('\n')[at]?.slice(0, 200)} and not ${lines[at]?.slice(0, 200)}`;
}

describe('as each of 17 roles', () => {
  it.each(expectedRoles)(
    '%s: nothing planted is found that they may not know of',
    async (role) => {
      const found = await crawl(role);
      expect(found.wrong).toEqual([]);
      // Otherwise the crawl would prove nothing: what they may know of is found.
      expect([...found.words].sort()).toEqual(
        allWords.filter((word) => mayKnow(role, word)).sort(),
      );
      expect(found.asked).toBeGreaterThan(100);
    },
    120_000,
  );

  it.each(expectedRoles)(
    '%s: what is hidden looks as if it were not there',
    async (role) => {
      const wrong: string[] = [];
      const twins = new Map<string, string>();
      for (const [ask, routes] of [
        [get, pages],
        [post, formRoles.includes(role) ? forms : []],
      ] as const) {
        const hidden = [
          ...addressesOf(routes, { ...theirThings, plans: theirThings.plans.slice(0, 1) }),
          ...addressesOf(routes, ourThings).filter(
            ({ word }) => word !== null && !mayKnow(role, word),
          ),
        ];
        for (const { twin, ...address } of hidden) {
          if (twin === null) continue;
          const unnamed = twin.names.reduce((url, name) => url.replace(name, '…'), twin.url);
          const key = `${ask.name} ${unnamed}`;
          const absent = twins.get(key) ?? masked(await ask(role, twin.url), twin.names);
          twins.set(key, absent);
          const seen = masked(await ask(role, address.url), address.names);
          if (seen !== absent) wrong.push(`${key}: ${difference(seen, absent)}`);
        }
      }
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});

describe('the log of all these requests', () => {
  it('is one JSON object a line, and holds none of the words', () => {
    expect(logged.length).toBeGreaterThan(1_000);
    const text = logged.join('');
    expect(text.endsWith('\n')).toBe(true);
    for (const line of text.trimEnd().split('\n')) expect(JSON.parse(line)).toBeTypeOf('object');
    expect(allWords.filter((word) => text.toLowerCase().includes(word))).toEqual([]);
  });
});
