import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { parse } from 'csv-parse/sync';
import { afterEach, describe, expect, it } from 'vitest';
import { checkout } from '#platform/checkout.ts';
import type { Actor, GrantableRole } from '#people';
import { newId, type ObjectiveId } from '#kernel/ids.ts';
import { demoAuthority, openSession, testApp, userWith, type TestAuthority } from '#test/app.ts';
import { day, dueOn, makePlan } from '#test/plans.ts';
import { openToken, type Program } from '#test/tokens.ts';
import { addAction } from '../actions/change-action.ts';
import { addObjective } from '../actions/change-plan.ts';
import { giveUpdate } from '../actions/give-update.ts';
import { flatColumns } from './flat.ts';

/** What programs read: the same as the pages, no more, in pages that lose nothing. */
const test = await testApp();
const { app, clock } = test;
const { db, keeper } = test.database;
const start = clock.now;
const council = await demoAuthority(test);
const before = day('2026-02-02');
const today = day('2026-03-04');

async function person(roles: GrantableRole[], authority: TestAuthority = council) {
  const user = await userWith(test, authority, roles, 'Robin Fenwick', null);
  const { userId, name } = user;
  const actor: Actor = { authorityId: authority.id, userId, name, roles, partyIds: [] };
  return { ...user, actor, program: await openToken(test, user) };
}
const manager = await person(['qa-manager']);
const { program } = manager;
const post = 'Service Manager, Children in Care';
const plan = await makePlan(db, manager.actor, before, [
  { text: 'Report every late visit', leads: [post], due: dueOn('2026-02-20') },
  { text: '=1+1', due: dueOn('2026-06-30') },
  { text: 'Agree cover\nfor "sickness", soon' },
]);
const [late] = plan.actionIds;
if (late === undefined) throw new Error('The plan has no action');
await keeper
  .insertInto('due_date_entry')
  .values({
    authority_id: council.id,
    id: newId<'due date'>(),
    action_id: late,
    version: 2,
    effective_on: day('2026-02-10'),
    as_written: '27 February 2026',
    due_from: day('2026-02-27'),
    due_to: day('2026-02-27'),
    precision: 'day',
    reason: 'Two posts are vacant',
    effect_on_children: 'Visits go on being late',
    recorded_by: manager.userId,
  })
  .execute();
const updated = await giveUpdate(db, manager.actor, today, {
  actionId: late,
  choice: 'amber',
  whatChanged: 'One post is filled',
  evidence: [{ kind: 'note', title: 'Letter of appointment' }],
  seenVersion: 0,
  submissionId: newId<'submission'>(),
  corrects: null,
});
if (updated.kind !== 'done') throw new Error(JSON.stringify(updated));

const root = `/api/v1/plans/${plan.planId}`;
interface Page<Item = Record<string, unknown>> {
  asAt: string;
  total: number;
  next: string | null;
  items: Item[];
}
async function read<Answer = Page>(url: string, by: Program = program): Promise<Answer> {
  const answer = await by.get(url);
  expect(answer.statusCode, `${url}: ${answer.body.slice(0, 300)}`).toBe(200);
  return answer.json<Answer>();
}
const refsOf = (page: Page) => page.items.map(({ ref }) => ref);

afterEach(() => {
  clock.now = start;
});

describe('what programs read', () => {
  it('is every plan that may be exported, and one by its id or its address', async () => {
    const list = await read('/api/v1/plans');
    expect(list).toMatchObject({ asAt: today, total: 1, next: null });
    expect(list.items[0]).toMatchObject({
      id: plan.planId,
      title: 'Improvement plan',
      reviewCycleDays: 60,
      figures: { actions: 3, overdue: 1, revised: 1, withoutDate: 1 },
    });
    for (const name of [plan.planId, plan.slug]) {
      expect(await read<object>(`/api/v1/plans/${name}`)).toMatchObject({ item: list.items[0] });
    }
    const objectives = await read(`${root}/objectives`);
    expect(objectives.items).toMatchObject([{ ref: '1.10', sources: [{ page: '4' }] }]);
  });

  it('tells of an action what was claimed, what is derived, and why', async () => {
    const { item } = await read<{ item: object }>(`${root}/actions/${late}`);
    expect(item).toMatchObject({
      id: late,
      leads: [{ kind: 'post', name: post }],
      due: { to: '2026-02-27', precision: 'day' },
      firstDue: { to: '2026-02-20' },
      dueDateCount: 2,
      slippageDays: 7,
      daysOverdue: 5,
      claimedRag: 'amber',
      claimedStanding: 'at risk',
      derived: { standing: 'off track', colour: 'red' },
      claim: 'more hopeful',
      evidenceCount: 1,
      lastUpdate: { on: today, whatChanged: 'One post is filled' },
    });
    expect(JSON.stringify(item)).toContain('5 days overdue');
  });

  it('is every update with its evidence, and every date with its reason', async () => {
    const updates = await read(`${root}/updates`);
    expect(updates.items).toMatchObject([
      { actionId: late, by: 'Robin Fenwick', evidence: [{ title: 'Letter of appointment' }] },
    ]);
    expect((await read(`${root}/updates?action=${newId()}`)).total).toBe(0);
    const dates = await read(`${root}/dates?action=${late}`);
    expect(dates.items).toMatchObject([
      { nth: 1, daysFromFirst: 0, due: { to: '2026-02-20' }, reason: null },
      {
        nth: 2,
        daysFromFirst: 7,
        reason: 'Two posts are vacant',
        effectOnChildren: 'Visits go on being late',
      },
    ]);
  });

  it('adds up what moved between two days', async () => {
    const { item } = await read<{ item: { figures: Record<string, number> } }>(
      `${root}/movement?from=2026-02-01&to=2026-03-04`,
    );
    expect(item.figures).toEqual({
      opening: 0,
      added: 3,
      reopened: 0,
      completed: 0,
      withdrawn: 0,
      closing: 3,
      revised: 1,
      newlyOverdue: 1,
      better: 0,
      worse: 0,
    });
    const earlier = await read<{ item: object }>(
      `${root}/movement?from=2026-02-01&as-at=2026-02-05`,
    );
    expect(earlier.item).toMatchObject({ to: '2026-02-05', figures: { added: 3, revised: 0 } });
    for (const query of [
      'from=2026-03-04&to=2026-02-01',
      'from=2026-02-30',
      '',
      'from=2026-02-01&to=2026-03-05',
    ]) {
      expect((await program.get(`${root}/movement?${query}`)).statusCode, query).toBe(400);
    }
  });

  it('is filtered by the words of the list page', async () => {
    const lead = (await read(`${root}/actions`)).items[0]?.['leads'] as { id: string }[];
    for (const [query, refs] of [
      ['overdue=yes', ['1']],
      [`lead=${lead[0]?.id}`, ['1']],
      ['lead=none', ['2', '3']],
      ['rag=amber&rag=none', ['1', '2', '3']],
      ['status=in+progress', ['1']],
      ['without-date=yes', ['3']],
      ['q=sickness', ['3']],
      [`objective=${plan.objectiveId}&priority=high`, []],
    ] as const) {
      expect(refsOf(await read(`${root}/actions?${query}`)), query).toEqual(refs);
    }
  });

  it('is asked as at any day, and never of one to come', async () => {
    const then = await read(`${root}/actions?as-at=2026-02-05`);
    expect(then).toMatchObject({ asAt: '2026-02-05', total: 3 });
    expect(then.items[0]).toMatchObject({ dueDateCount: 1, lastUpdate: null });
    expect((await read(`${root}/dates?as-at=2026-02-05`)).total).toBe(2 + 1);
    expect((await read('/api/v1/plans?as-at=2026-02-01')).total).toBe(0);
    for (const asked of ['2026-03-05', '4+March+2026', '2026-02-30']) {
      expect((await program.get(`${root}?as-at=${asked}`)).statusCode, asked).toBe(400);
    }
  });

  it('refuses a parameter that it does not know, and says which of its own is wrong', async () => {
    for (const [query, said] of [
      ['colour=red', 'does not know'],
      ['rag=purple', 'Look at rag'],
      ['limit=0', 'Look at limit'],
      ['limit=201', 'Look at limit'],
      ['after=x', 'Look at after'],
      ['overdue=no', 'Look at overdue'],
    ]) {
      const answer = await program.get(`${root}/actions?${query}`);
      expect(answer.statusCode, query).toBe(400);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json<{ detail: string }>().detail).toContain(said);
    }
  });
});

describe('going from page to page while others write', () => {
  it('meets everything that stood at the beginning once', async () => {
    const other = await person(['qa-manager'], await demoAuthority(test));
    const made = await makePlan(db, other.actor, before, []);
    const second = await addObjective(db, other.actor, before, made.planId, {
      section: null,
      ref: '2',
      title: 'Plans are clear',
      sources: [],
    });
    if (second.kind !== 'done') throw new Error(second.kind);
    const add = async (objectiveId: ObjectiveId, ref: string) => {
      const added = await addAction(db, other.actor, before, made.planId, {
        objectiveId,
        ref,
        text: `Action ${ref}`,
        leads: [],
        contributors: [],
        priority: null,
        successMeasure: null,
        outcomeForChildren: null,
        sources: [],
        due: dueOn('2026-06-30'),
        submissionId: newId<'submission'>(),
      });
      if (added.kind !== 'done') throw new Error(added.kind);
      return added.actionId;
    };
    const stood: string[] = [];
    for (const ref of ['2.1', '2.2', '2.3', '2.4', '2.5']) {
      stood.push(await add(second.objectiveId, ref));
    }
    const seen: unknown[] = [];
    let next: string | null = `/api/v1/plans/${made.planId}/actions?limit=2`;
    for (let page = 0; next !== null && page < 20; page += 1) {
      const answer: Page = await read(next, other.program);
      seen.push(...answer.items.map(({ id }) => id));
      next = answer.next;
      // Before all others in the plan's own order.
      if (page > 2) continue;
      await add(made.objectiveId, `1.${page}`);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(stood));
  });
});

const everyAddress = (name: string): string[] => [
  `/api/v1/plans/${name}`,
  ...['objectives', 'actions', 'updates', 'dates', 'actions.csv', 'movement?from=2026-02-01'].map(
    (part) => `/api/v1/plans/${name}/${part}`,
  ),
  `/api/v1/plans/${name}/actions/${late}`,
];

describe('what a program may not know of', () => {
  it.each([
    ['of a role that exports nothing', 'action-lead', council],
    ['of a manager who has no part in the plan', 'team-manager', council],
    ['of another council', 'qa-manager', null],
  ] as const)('looks as if it were not there: a token %s', async (_whose, role, of) => {
    const stranger = await person([role], of ?? (await demoAuthority(test)));
    const absent = everyAddress(newId());
    for (const [index, url] of everyAddress(plan.planId).entries()) {
      const hidden = await stranger.program.get(url);
      const nothing = await stranger.program.get(absent[index] ?? '');
      expect([hidden.statusCode, hidden.body], url).toEqual([404, nothing.body]);
    }
    const list = await stranger.program.get('/api/v1/plans');
    const csv = await stranger.program.get('/api/v1/actions.csv');
    expect(`${list.body}${csv.body}`).not.toContain('late visit');
  });
});

describe('a plan that may be read and not exported', () => {
  it('does not leave: it is in no list, and refused by name', async () => {
    // One role reads every plan, the other exports those of their own post.
    const reader = await person(['participation-officer', 'team-manager']);
    const browser = await openSession(test, reader);
    expect((await browser.get(`/plans/${plan.slug}`)).statusCode).toBe(200);
    for (const url of everyAddress(plan.planId)) {
      const answer = await reader.program.get(url);
      expect(answer.statusCode, url).toBe(403);
      expect(answer.body).not.toContain('late visit');
    }
    expect((await read('/api/v1/plans', reader.program)).total).toBe(0);
    const csv = await reader.program.get('/api/v1/actions.csv');
    expect(csv.body).not.toContain('late visit');
    expect((await browser.get(`/plans/${plan.slug}/actions.csv`)).statusCode).toBe(403);
  });
});

describe('the log', () => {
  it('is told once a token, kind, plan and day, and nothing leaves without it', async () => {
    const reader = await person(['analyst']);
    const logged = async () =>
      await keeper
        .selectFrom('audit_log')
        .select(['act', 'fact', 'fact_id as id'])
        .where('actor_id', '=', reader.userId)
        .orderBy('seq')
        .execute();
    await read(`${root}/actions`, reader.program);
    const once = [
      { act: 'exported by the API: actions', fact: 'api_token', id: reader.program.tokenId },
      { act: 'exported by the API: actions', fact: 'plan', id: plan.planId },
    ];
    expect(await logged()).toEqual(once);
    await read(`${root}/actions?limit=1`, reader.program);
    expect(await logged()).toEqual(once);
    clock.now = new Date('2026-03-05T09:00:00Z');
    await read(`${root}/actions`, reader.program);
    expect(await logged()).toEqual([...once, ...once]);
    await keeper.schema.alterTable('audit_log').renameTo('audit_log_gone').execute();
    try {
      const answer = await reader.program.get(`${root}/updates`);
      expect(answer.statusCode).toBe(500);
      expect(answer.body).not.toContain('One post');
    } finally {
      await keeper.schema.alterTable('audit_log_gone').renameTo('audit_log').execute();
    }
  });
});

describe('the flat file', () => {
  const rowsOf = (body: string) =>
    parse<Record<string, string>>(body, { bom: true, columns: true });

  it('is one row an action, with plain dates, numbers and names, safe to open', async () => {
    const answer = await program.get(`${root}/actions.csv`);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const rows = rowsOf(answer.body);
    expect(rows.map(({ action }) => action)).toEqual([
      'Report every late visit',
      "'=1+1",
      'Agree cover\nfor "sickness", soon',
    ]);
    expect(rows[0]).toMatchObject({
      as_at: '2026-03-04',
      plan_id: plan.planId,
      action_id: late,
      objective_ref: '1.10',
      leads: post,
      due_date: '2026-02-27',
      first_due_date: '2026-02-20',
      due_dates: '2',
      date_revised: 'true',
      slippage_days: '7',
      days_overdue: '5',
      claimed_rag: 'amber',
      derived_rag: 'red',
      claim: 'more hopeful',
      withdrawn: 'false',
    });
    const all = rowsOf((await program.get('/api/v1/actions.csv')).body);
    expect(all.filter((row) => row['plan_id'] === plan.planId)).toEqual(rows);
  });

  it('has a dictionary of every column', async () => {
    const { items } = await read<{ items: { name: string; type: string }[] }>(
      '/api/v1/actions.csv/dictionary',
    );
    const [first = {}] = rowsOf((await program.get(`${root}/actions.csv`)).body);
    expect(items.map(({ name }) => name)).toEqual(Object.keys(first));
    for (const { name, type } of items) {
      const value = first[name] ?? '';
      if (value === '' || type === 'text') continue;
      const shape = {
        date: /^\d{4}-\d\d-\d\d$/,
        number: /^-?\d+$/,
        'true or false': /^true$|^false$/,
      };
      expect(value, name).toMatch(shape[type as keyof typeof shape]);
    }
    expect(flatColumns.every(({ name }) => /^[a-z_]+$/.test(name))).toBe(true);
    const rows = readFileSync(path.join(checkout, 'docs/data-out.md'), 'utf8').matchAll(
      /^\| ([a-z_]+) +\| (text|date|number|true or false) +\| (.+?) +\|$/gm,
    );
    const documented = Array.from(rows, ([, name, type, meaning]) => ({ name, type, meaning }));
    expect(documented).toEqual(items);
  });

  it('is an ordinary export for people, logged as one', async () => {
    const browser = await openSession(test, manager);
    const page = await browser.get(`/plans/${plan.slug}`);
    expect(page.body).toContain(`/plans/${plan.slug}/actions.csv`);
    const answer = await browser.get(`/plans/${plan.slug}/actions.csv`);
    expect(answer.body).toBe((await program.get(`${root}/actions.csv`)).body);
    expect(answer.headers['content-disposition']).toContain('attachment');
    expect((await browser.get('/data-out/actions.csv')).statusCode).toBe(200);
    const log = await keeper
      .selectFrom('audit_log')
      .select('fact_id')
      .where('act', '=', 'exported as flat csv')
      .execute();
    expect(log.map((row) => row.fact_id)).toContain(plan.planId);
    const elsewhere = await person(['qa-manager'], await demoAuthority(test));
    const stranger = await openSession(test, elsewhere);
    expect((await stranger.get(`/plans/${plan.slug}/actions.csv`)).statusCode).toBe(404);
    const member = await openSession(test, await person(['member']));
    expect((await member.get('/data-out')).statusCode).toBe(404);
  });
});

describe('the OpenAPI document', () => {
  it('is valid by an independent reader, and holds every route for programs and no other', async () => {
    const document = await read<{
      openapi: string;
      paths: Record<string, { get: { security: { token: string[] }[] } }>;
      components: { schemas: Record<string, object> };
    }>('/api/v1/openapi.json');
    const checked = await new Validator().validate(structuredClone(document));
    expect(checked.errors).toBeUndefined();
    expect(checked.valid).toBe(true);
    expect(document.openapi).toBe('3.1.0');
    const hung = app.routesWithRules
      .filter(({ method, url }) => method === 'GET' && url.startsWith('/api/'))
      .filter(({ url }) => url !== '/api/v1/openapi.json');
    const told = Object.entries(document.paths).map(([path, { get }]) => [
      path.replace(/\{(\w+)\}/g, ':$1'),
      get.security[0]?.token[0],
    ]);
    expect(told.sort()).toEqual(hung.map(({ url, token }) => [url, token]).sort());
    expect(Object.keys(document.components.schemas).sort()).toEqual([
      'Action',
      'Column',
      'DateEntry',
      'Due',
      'Figures',
      'Movement',
      'Objective',
      'Party',
      'Plan',
      'Problem',
      'Source',
      'Update',
    ]);
    const browser = await openSession(test, manager);
    expect((await browser.get('/data-out/openapi.json')).json()).toEqual(document);
    const page = await browser.get('/data-out');
    for (const [path] of Object.entries(document.paths)) expect(page.body).toContain(path);
  });
});
