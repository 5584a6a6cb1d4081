import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { inAuthority } from '#platform/db/authority.ts';
import { startMetrics } from '#platform/metrics.ts';
import { may, type GrantableRole } from '#people';
import { setScene, type Cast, type Officer } from '../src/rooms/plans/web/edit/scene.test-help.ts';
import { paths } from '../src/rooms/plans/web/paths.ts';
import { demoAuthority, openSession, testApp, userWith, type TestAuthority } from './app.ts';

/** Emergency openings: two people, four hours, told at once, every read logged (C-07, rule 4). */
const lines: string[] = [];
const metrics = startMetrics({ poolUse: () => ({ open: 0, idle: 0, waiting: 0 }) });
afterAll(() => metrics.close());
let meanwhile = (): Promise<unknown> => Promise.resolve();
const test = await testApp(new Date('2026-03-04T10:00:00Z'), {
  metrics,
  logger: { level: 'warn', stream: { write: (line) => void lines.push(line) } },
  extend: (app) => {
    app.get(
      '/made-up/slow-page',
      { config: { rule: { may: ['R', 'PLN'] } } },
      async (_request, reply) => {
        await meanwhile();
        return reply.type('text/plain').send('late visit');
      },
    );
  },
});
const { clock } = test;
const { db, keeper } = test.database;
const all = '/records/emergency-openings';

interface Person {
  user: Awaited<ReturnType<typeof userWith>>;
  browser: () => Promise<Officer>;
}

async function personOf(
  authority: TestAuthority,
  roles: GrantableRole[],
  name: string,
): Promise<Person> {
  const user = await userWith(test, authority, roles, name, null);
  const actor = { authorityId: authority.id, userId: user.userId, name, roles, partyIds: [] };
  return { user, browser: async () => ({ ...(await openSession(test, user)), actor }) };
}

const authority = await demoAuthority(test);
const elsewhere = await demoAuthority(test, 'Fenmoor Council');
const asker = await personOf(authority, ['administrator'], 'Ash Brook');
const colleague = await personOf(authority, ['administrator'], 'Kit Wold');
const director = await personOf(authority, ['director'], 'Dana Holm');
const manager = await personOf(authority, ['qa-manager'], 'Robin Fenwick');
const lead = await personOf(authority, ['action-lead', 'analyst'], 'Alex Marsh');
const strangers = {
  administrator: await personOf(elsewhere, ['administrator'], 'Sky Fold'),
  director: await personOf(elsewhere, ['director'], 'Max Thorne'),
};
const officer = await manager.browser();
const nobody = await lead.browser();
const scene = await setScene(test, {
  authority,
  officer,
  colleague: nobody,
  lead: nobody,
  owner: nobody,
  member: nobody,
  stranger: nobody,
} satisfies Cast);
const hours = (count: number) => {
  clock.now = new Date(clock.now.getTime() + count * 60 * 60_000);
};
const pages = [
  paths.plans(),
  paths.plan(scene.slug),
  paths.actions(scene.slug),
  paths.changes(scene.slug),
  paths.action(scene.slug, scene.actions[0]),
  paths.settings(scene.slug),
];

beforeEach(() => {
  // Each test begins after what people are told of the one before is over.
  hours(72);
});

/** Asks as the asker; gives the address of the opening. */
async function ask(given: Record<string, string> = {}): Promise<string> {
  const browser = await asker.browser();
  const answer = await browser.post(`${all}/ask`, {
    reason: 'A plan is broken',
    hours: '2',
    ...given,
  });
  expect(answer.statusCode).toBe(303);
  return String(answer.headers.location);
}
const agree = async (address: string, who: Person) =>
  (await (await who.browser()).post(`${address}/agree`)).statusCode;
async function opened(by = colleague, given: Record<string, string> = {}): Promise<string> {
  const address = await ask(given);
  expect(await agree(address, by)).toBe(303);
  return address;
}
const reads = async (): Promise<boolean> => {
  const answer = await (await asker.browser()).get(paths.plan(scene.slug));
  expect([200, 404]).toContain(answer.statusCode);
  expect(answer.body.includes('Children in care are visited on time')).toBe(
    answer.statusCode === 200,
  );
  return answer.statusCode === 200;
};
const headAt = async () =>
  (
    await sql<{
      seq: number;
    }>`select seq from audit_head where authority_id = ${authority.id}`.execute(keeper)
  ).rows[0]?.seq ?? 0;
const loggedSince = async (seq: number) =>
  (
    await sql<{ act: string; fact: string; fact_id: string; actor_id: string }>`
      select act, fact, fact_id, actor_id from audit_log
      where authority_id = ${authority.id} and seq > ${seq} order by seq`.execute(keeper)
  ).rows;

describe('an emergency opening takes two people', () => {
  it('and one is not enough, be it with two browsers', async () => {
    const address = await ask();
    expect(await reads()).toBe(false);
    expect(await agree(address, asker)).toBe(403);
    expect(await reads()).toBe(false);
  });

  it.each([
    ['another administrator', colleague],
    ['a director', director],
    ['a quality assurance manager', manager],
  ])('of whom %s may be the second', async (_who, second) => {
    await opened(second);
    expect(await reads()).toBe(true);
  });

  it('and no account of another role is the second', async () => {
    const address = await ask();
    expect(await agree(address, lead)).toBe(404);
    expect(await reads()).toBe(false);
  });

  it('of the same council', async () => {
    const address = await ask();
    for (const stranger of Object.values(strangers)) {
      const browser = await stranger.browser();
      for (const act of ['agree', 'refuse', 'end']) {
        expect((await browser.post(`${address}/${act}`)).statusCode).toBe(404);
      }
      expect((await browser.get(address)).statusCode).toBe(404);
      const list = await browser.get(all);
      expect(list.body).not.toContain('A plan is broken');
      expect(list.body).not.toContain('sl-alert');
    }
    expect(await reads()).toBe(false);
  });

  it('each with a fresh proof of who they are', async () => {
    const [first, second] = [await asker.browser(), await colleague.browser()];
    hours(0.1);
    const asked = await first.post(`${all}/ask`, { reason: 'A plan is broken', hours: '2' });
    expect(asked.headers.location).toMatch(/^\/account\/prove/);
    const address = await ask();
    const agreed = await second.post(`${address}/agree`);
    expect(agreed.headers.location).toMatch(/^\/account\/prove/);
    expect(await reads()).toBe(false);
  });

  it('and is asked for by administrators alone, with a reason, for four hours at most', async () => {
    for (const other of [director, manager, lead]) {
      const browser = await other.browser();
      expect((await browser.get(`${all}/ask`)).statusCode).toBe(404);
      const answer = await browser.post(`${all}/ask`, { reason: 'Curious', hours: '2' });
      expect(answer.statusCode).toBe(404);
    }
    const browser = await asker.browser();
    for (const wrong of [
      { reason: 'A plan is broken', hours: '5' },
      { reason: 'A plan is broken', hours: '0' },
      { reason: 'A plan is broken', hours: '' },
      { reason: ' ', hours: '1' },
      { reason: 'x'.repeat(501), hours: '1' },
    ]) {
      expect((await browser.post(`${all}/ask`, wrong)).statusCode).toBe(422);
    }
    expect((await browser.get(all)).body).not.toContain('Waiting');
  });

  it('who answer once, and not after a day', async () => {
    const address = await ask();
    const again = await asker.browser();
    const second = await again.post(`${all}/ask`, { reason: 'Once more', hours: '4' });
    expect(second.statusCode).toBe(409);
    const answers = await Promise.all([agree(address, colleague), agree(address, director)]);
    expect(answers.toSorted()).toEqual([303, 409]);
    hours(4);
    const late = await ask();
    hours(24);
    expect(await agree(late, colleague)).toBe(409);
    expect(await reads()).toBe(false);
  });

  it('and opens nothing when it is refused or taken back', async () => {
    for (const who of [director, asker]) {
      const address = await ask();
      expect((await (await who.browser()).post(`${address}/refuse`)).statusCode).toBe(303);
      expect(await agree(address, colleague)).toBe(409);
      expect(await reads()).toBe(false);
    }
  });

  it('as the database too demands, and for how long', async () => {
    const id = (await ask()).split('/').at(-1);
    const decide = (by: Person, until: string) => sql`
      insert into emergency_decision (authority_id, id, opening_id, asked_by, agreed, decided_at, until_at, recorded_by)
      values (${authority.id}, gen_random_uuid(), ${id}, ${asker.user.userId}, true,
        '2026-03-04T10:00Z', ${until}, ${by.user.userId})`;
    await expect(
      inAuthority(db, authority.id, (tx) => decide(asker, '2026-03-04T11:00Z').execute(tx)),
    ).rejects.toThrow('emergency_takes_two');
    await expect(
      inAuthority(db, authority.id, (tx) => decide(colleague, '2026-03-04T14:01Z').execute(tx)),
    ).rejects.toThrow('emergency_is_short');
  });
});

describe('while it is open', () => {
  it('each page of plans is read, and each reading is logged with what was read', async () => {
    const address = await opened();
    const id = address.split('/').at(-1);
    const browser = await asker.browser();
    const before = await headAt();
    for (const page of pages) {
      expect((await browser.get(page)).statusCode, page).toBe(200);
    }
    const answer = await test.app.inject({
      method: 'HEAD',
      url: paths.plan(scene.slug),
      cookies: browser.cookies,
    });
    expect(answer.statusCode).toBe(200);
    const logged = await loggedSince(before);
    expect(new Set(logged.map(({ act }) => act))).toEqual(
      new Set(['read under an emergency opening']),
    );
    expect(new Set(logged.map(({ actor_id }) => actor_id))).toEqual(new Set([asker.user.userId]));
    const ofOpening = logged.filter(({ fact_id }) => fact_id === id);
    const ofPlan = logged.filter(
      ({ fact, fact_id }) => fact === 'plan' && fact_id === scene.planId,
    );
    expect([ofOpening.length, ofPlan.length]).toEqual([pages.length + 1, pages.length + 1]);
    expect(JSON.stringify(logged)).not.toContain('late visit');
    expect((await (await director.browser()).get(address)).body).toContain(
      `${pages.length + 1} pages`,
    );
  });

  it('no route to content answers without an entry', async () => {
    await opened();
    const browser = await asker.browser();
    const routes = test.app.routesWithRules.filter(
      ({ method, rule }) => method === 'GET' && 'may' in rule && rule.may[1] === 'PLN',
    );
    expect(routes.length).toBeGreaterThan(20);
    let answered = 0;
    for (const { url } of routes) {
      const page = url
        .replace(':plan', scene.slug)
        .replace(':action', scene.actions[0])
        .replace(':kind', 'plan')
        .replace(':id', scene.planId);
      const before = await headAt();
      const { statusCode } = await browser.get(page);
      // What only leads on to another page reads nothing itself.
      if (statusCode >= 300) continue;
      answered += 1;
      expect((await loggedSince(before)).length, page).toBeGreaterThan(0);
    }
    expect(answered).toBeGreaterThanOrEqual(pages.length);
  });

  it('pages without content are no reading', async () => {
    await opened();
    const browser = await asker.browser();
    const before = await headAt();
    for (const page of ['/account', '/people', all]) {
      expect((await browser.get(page)).statusCode).toBe(200);
    }
    expect((await browser.get(paths.plan('no-such-plan'))).statusCode).toBe(404);
    expect(await loggedSince(before)).toEqual([]);
  });

  it('nothing is read that cannot be logged', async () => {
    await opened();
    const browser = await asker.browser();
    await sql`alter table audit_log add constraint broken check (act not like 'read under%') not valid`.execute(
      keeper,
    );
    try {
      for (const page of pages) {
        const answer = await browser.get(page);
        expect(answer.statusCode, page).toBe(500);
        expect(answer.body).not.toMatch(/late visit|Children in care|improvement plan/);
      }
    } finally {
      await sql`alter table audit_log drop constraint broken`.execute(keeper);
    }
    expect(await reads()).toBe(true);
  });

  it('nothing is changed, exported, shared or given out', async () => {
    await opened();
    const browser = await asker.browser();
    const plan = paths.plan(scene.slug);
    for (const page of [
      `${paths.exported(scene.slug)}?format=csv`,
      `${paths.exportPlans()}?format=csv`,
      `${paths.exportChanges(scene.slug)}?format=csv`,
      paths.update(scene.slug, scene.actions[0]),
      `${plan}/guests`,
      '/plans/new',
      '/plans/import',
      `/records/take-out/plan/${scene.planId}`,
      `/records/give-out/plan/${scene.planId}`,
    ]) {
      expect([403, 404], page).toContain((await browser.get(page)).statusCode);
    }
    const before = await headAt();
    for (const act of [
      paths.update(scene.slug, scene.actions[0]),
      paths.settings(scene.slug),
      '/plans/new',
    ]) {
      expect([403, 404], act).toContain((await browser.post(act)).statusCode);
    }
    expect(await loggedSince(before)).toEqual([]);
    const page = (await browser.get(plan)).body;
    expect(page).not.toMatch(/>\s*(Settings|Export|Give an update)\s*</);
  });

  it('it is the asker alone who reads, in their own council', async () => {
    await opened();
    for (const other of [colleague, ...Object.values(strangers)]) {
      const answer = await (await other.browser()).get(paths.plan(scene.slug));
      expect(answer.statusCode).toBe(404);
      expect(answer.body).not.toContain('Children in care');
    }
  });

  it('an end that comes while a page is made keeps the page back', async () => {
    const address = await opened();
    const browser = await asker.browser();
    meanwhile = async () => (await director.browser()).post(`${address}/end`);
    const answer = await browser.get('/made-up/slow-page');
    expect(answer.statusCode).toBe(409);
    expect(answer.body).not.toContain('late visit');
  });
});

describe('it ends', () => {
  it.each([1, 4])('by itself after the %i hours that were asked for', async (count) => {
    await opened(colleague, { hours: String(count) });
    hours(count - 0.01);
    expect(await reads()).toBe(true);
    hours(0.01);
    expect(await reads()).toBe(false);
  });

  it.each([
    ['the asker', asker],
    ['who agreed', colleague],
    ['a director', director],
    ['a quality assurance manager', manager],
  ])('at the next click when %s ends it', async (_who, ender) => {
    const address = await opened();
    const reading = await asker.browser();
    expect((await reading.get(paths.plan(scene.slug))).statusCode).toBe(200);
    const browser = await ender.browser();
    expect((await browser.post(`${address}/end`)).statusCode).toBe(303);
    expect((await reading.get(paths.plan(scene.slug))).statusCode).toBe(404);
    expect((await browser.post(`${address}/end`)).statusCode).toBe(409);
  });

  it('by nobody else', async () => {
    const address = await opened();
    expect((await (await lead.browser()).post(`${address}/end`)).statusCode).toBe(404);
    expect(await reads()).toBe(true);
  });
});

describe('everybody who answers for it', () => {
  const alertOf = async (who: Person, page = '/account') => {
    const { body } = await (await who.browser()).get(page);
    return /<div class="sl-alert"[\s\S]*?<\/div>\s*<\/div>/.exec(body)?.[0].replace(/\s+/g, ' ');
  };

  it('is told on every page from the request on until a day after the end', async () => {
    const address = await ask();
    for (const who of [colleague, director, manager]) {
      expect(await alertOf(who)).toContain('Ash Brook asks to read all plans for 2 hours.');
    }
    expect(await alertOf(asker)).toBeUndefined();
    await agree(address, colleague);
    for (const who of [colleague, director, manager]) {
      const alert = await alertOf(who);
      expect(alert).toContain('Ash Brook can read all plans until');
      expect(alert).toContain('Kit Wold agreed. Reason: A plan is broken. Read so far: 0 pages.');
    }
    // Of a page that is not there too.
    expect(await alertOf(director, '/nowhere')).toContain('Ash Brook can read');
    expect(await reads()).toBe(true);
    hours(2);
    expect(await alertOf(director)).toContain('Ash Brook could read all plans until');
    expect(await alertOf(director)).toContain('Read: 1 page.');
    hours(23.9);
    expect(await alertOf(manager)).toContain('Ash Brook could read');
    hours(0.1);
    expect(await alertOf(manager)).toBeUndefined();
    expect((await (await manager.browser()).get(all)).body).toContain('A plan is broken');
  });

  it('and nobody else; the reader is told of their own', async () => {
    const address = await opened();
    expect(await alertOf(asker)).toContain('You are reading under an emergency opening until');
    expect(await alertOf(lead)).toBeUndefined();
    for (const page of [all, address]) {
      expect((await (await lead.browser()).get(page)).statusCode).toBe(404);
    }
  });

  it('and the operator’s monitoring, without content', async () => {
    const figure = async () =>
      Number(/^sightline_emergency_openings_total (\d+)/m.exec(await metrics.text())?.[1]);
    const before = await figure();
    lines.length = 0;
    const address = await ask({ reason: 'Wren Sedgemoor is at risk' });
    expect(lines).toEqual([]);
    await agree(address, colleague);
    expect(await figure()).toBe(before + 1);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'warn',
      msg: 'an emergency opening began',
      openingId: address.split('/').at(-1),
    });
    expect(lines[0]).not.toMatch(/Wren|Ash Brook/);
  });
});

describe('the rules', () => {
  const emergency = { id: scene.planId as never, until: clock.now };
  const base = { authorityId: authority.id, roles: ['administrator' as const], emergency };
  const classes = ['PLN', 'DRF', 'EXM', 'FND', 'CHD', 'ESC'] as const;
  const letters = ['L', 'R', 'C', 'U', 'X+', 'X-', 'A', 'E', 'D', 'G'] as const;

  it('let content be known and read, and nothing more', () => {
    for (const cls of classes) {
      const allowed = letters.filter((letter) =>
        may(base, letter, cls, { assigned: true, own: true, secondPerson: true }),
      );
      expect(allowed, cls).toEqual(['L', 'R']);
    }
  });

  it('help no other role, no other council, and against no rule that binds everybody', () => {
    expect(may({ ...base, roles: ['advocate'] }, 'R', 'PLN')).toBe(false);
    expect(may(base, 'R', 'PLN', { authorityId: elsewhere.id })).toBe(false);
    expect(may(base, 'R', 'ESC', { aboutActorsService: true })).toBe(false);
    expect(may({ ...base, emergency: null }, 'R', 'PLN')).toBe(false);
  });
});
