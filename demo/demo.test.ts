import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, dateOf, type IsoDate } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import {
  actorByEmail,
  authorityBySlug,
  listUsers,
  partiesOf,
  roles,
  verifyChain,
  type Actor,
  type Authority,
  type Role,
} from '#people';
import {
  findPlanId,
  isEffectUnshown,
  isForTheBoard,
  needsAttention,
  partiesById,
  readHeads,
  readPicture,
  readPlanFor,
  summarisePlan,
  type PlanPicture,
} from '#plans';
import { pairsOf, readFindings } from '#findings';
import { readEditionsFor } from '#standards';
import { testDatabase } from '#test/database.ts';
import { people as northmerePeople } from './content/northmere-people.ts';
import { people as saltmarshPeople } from './content/saltmarsh-people.ts';
import { demonstrationIsThere, loadDemonstration } from './load.ts';
import type { DemoSignIn } from './sign-ins.ts';

const { db, keeper } = await testDatabase();
const today = day(2028, 2, 29);
let signIns: DemoSignIn[];
let wasThere: boolean;

beforeAll(async () => {
  wasThere = await demonstrationIsThere(db);
  signIns = await loadDemonstration(keeper, today);
});

describe('the demonstration, once it is loaded', () => {
  it('says whether it is there', async () => {
    expect(wasThere).toBe(false);
    expect(await demonstrationIsThere(db)).toBe(true);
  });

  it('refuses to be loaded a second time, and leaves the first as it was', async () => {
    const before = await inSaltmarsh((tx, { id }) => listUsers(tx, id));
    await expect(loadDemonstration(keeper, today)).rejects.toThrow('already');
    expect(await inSaltmarsh((tx, { id }) => listUsers(tx, id))).toEqual(before);
  });

  it('offers somebody of each role that finds something here, with the one password', async () => {
    const offered = saltmarshPeople.filter((person) => person.shown !== undefined);
    // Nobody is given the public's role; what the other three work with is not kept yet.
    const without: readonly Role[] = ['public', 'auditor', 'advocate', 'report-author'];
    expect(new Set(offered.map((person) => person.role))).toEqual(
      new Set(roles.filter((role) => !without.includes(role))),
    );
    expect(signIns.filter((one) => one.slug === 'saltmarsh')).toHaveLength(offered.length);
    expect(new Set(signIns.map((one) => one.password))).toEqual(
      new Set(['saltmarsh-harbour-lights']),
    );
    for (const { slug, email } of signIns) {
      const users = await inside(slug, (tx, { id }) => listUsers(tx, id));
      expect(users.map((user) => user.email)).toContain(email);
    }
  });

  it('shows a children’s plan of sixty actions with everything that can go wrong in one', async () => {
    const picture = await planAt('childrens-services-improvement-plan', today);
    expect(summarisePlan(picture)).toEqual({
      actions: 60,
      byStatus: { complete: 24, 'in progress': 29, 'not started': 6, none: 1 },
      byRag: { red: 2, amber: 13, green: 14, blue: 24, none: 7 },
      overdue: 7,
      revised: 12,
      withoutLead: 2,
      withoutDate: 3,
      withdrawn: 1,
    });
    expect(picture.objectives).toHaveLength(9);
    expect(new Set(picture.objectives.map((objective) => objective.section)).size).toBe(4);
    expect(picture.objectives.every((objective) => objective.sources.length > 0)).toBe(true);
    expect(picture.actions.filter((action) => action.dueDateCount > 2)).toHaveLength(3);
    expect(picture.actions.filter((action) => action.asked !== null)).toHaveLength(1);
    const slipped = picture.actions.filter(isForTheBoard);
    expect(slipped.length).toBeGreaterThan(0);
    expect(slipped.every((action) => action.boardAnswer === null)).toBe(true);
    expect(picture.actions.map(({ closure }) => closure.reached)).toEqual(
      expect.arrayContaining(['none', 'done', 'children better off', 'accepted as untested']),
    );
    expect(picture.actions.filter(({ closure }) => closure.waiting !== null)).toHaveLength(2);
    expect(picture.actions.flatMap(({ closure }) => closure.regressions)).toHaveLength(1);
    expect(picture.actions.filter(isEffectUnshown)).toHaveLength(22);
    expect(needsAttention(picture).stale.length).toBeGreaterThan(3);
    const hopeful = picture.actions.filter(
      (action) => action.claimedRag === 'green' && action.daysOverdue > 0,
    );
    expect(hopeful).toHaveLength(1);
  });

  it('lets green mean complete in one plan and on track in another', async () => {
    const adults = await planAt('adult-safeguarding-plan', today);
    const children = await planAt('childrens-services-improvement-plan', today);
    const green = (picture: PlanPicture) =>
      new Set(picture.actions.filter((one) => one.claimedRag === 'green').map((one) => one.status));
    expect(green(adults)).toEqual(new Set(['complete']));
    expect(green(children)).toEqual(new Set(['in progress']));
  });

  it('names police, health, schools, a board and the neighbour as leads of the shared plan', async () => {
    const picture = await planAt('tackling-exploitation-together', today);
    const leads = new Map(
      picture.actions.flatMap((action) => action.leads).map((lead) => [lead.name, lead.kind]),
    );
    expect(leads.get('Estuary Police')).toBe('organisation');
    expect(leads.get('Estuary Integrated Care Board')).toBe('organisation');
    expect(leads.get('Tidewater Learning Trust')).toBe('organisation');
    expect(leads.get('Northmere Council')).toBe('organisation');
    expect(leads.get('Saltmarsh and Northmere Safeguarding Children Partnership')).toBe('board');
  });

  it('gives every plan an owner, and a board on which somebody sits', async () => {
    await inSaltmarsh(async (tx, { id }) => {
      const seats = await Promise.all(
        (await listUsers(tx, id)).map((user) => partiesOf(tx, id, user.id, today)),
      );
      const held = new Set(seats.flat());
      const heads = await readHeads(tx, id, today, await partiesById(tx, id));
      expect(heads).toHaveLength(3);
      for (const head of heads) {
        expect(head.owner).not.toBeNull();
        expect(head.boards.some((board) => held.has(board.id))).toBe(true);
      }
    });
  });

  it('has a past that differs from today', async () => {
    const then = await planAt('childrens-services-improvement-plan', day(2027, 8, 29));
    const summary = summarisePlan(then);
    expect(summary.byStatus.complete).toBeLessThan(20);
    expect(summary.actions).toBeLessThan(60);
    expect(summary.revised).toBeLessThan(12);
  });

  it('has a post that changed hands half a year ago', async () => {
    const names = await inSaltmarsh((tx) =>
      postHolders(tx, "Service Manager, Children's Social Care"),
    );
    expect(names).toEqual(['David Penrose', 'Priya Nair']);
  });
});

describe('its register and its self-assessment', () => {
  it('hold what six papers said, what answers it, and what was said before', async () => {
    const findings = await inSaltmarsh((tx, { id }) => readFindings(tx, id, today, 'all'));
    const states = Map.groupBy(findings, ({ derived }) => derived.state);
    expect(Object.fromEntries([...states].map(([state, of]) => [state, of.length]))).toEqual({
      open: 7,
      'in progress': 10,
      done: 3,
      'no action needed': 2,
    });
    expect(new Set(findings.map(({ source }) => source.id)).size).toBe(6);
    const pairs = await inSaltmarsh((tx, { id }) => pairsOf(tx, id, today));
    expect(pairs.map(({ verdict }) => verdict)).toEqual(['same', 'same', 'same']);
  });

  it('judge twice, and show what moved in between', async () => {
    const counted = await inSaltmarsh(async (tx, { id }) => {
      const by = await actorByEmail(tx, id, 'quality@saltmarsh.example', today);
      if (by === null) throw new Error('Nobody keeps the standards');
      const levels: (string | null)[][] = [];
      for (const day of [addDays(today, -60), today]) {
        const [picture] = await readEditionsFor(tx, by, day, today);
        levels.push([...(picture?.judgements.values() ?? [])].map(({ level }) => level));
      }
      return levels;
    });
    const [before = [], now = []] = counted;
    const of = (levels: readonly (string | null)[], level: string) =>
      levels.filter((one) => one === level).length;
    expect(['fully-met', 'partially-met', 'not-met'].map((level) => of(before, level))).toEqual([
      2, 6, 2,
    ]);
    expect(['fully-met', 'partially-met', 'not-met'].map((level) => of(now, level))).toEqual([
      4, 7, 0,
    ]);
  });
});

describe('its history', () => {
  it('is recorded in the past, on the day on which it holds', async () => {
    for (const table of [
      'action_update',
      'due_date_entry',
      'action_version',
      'plan_version',
    ] as const) {
      const rows = await keeper
        .selectFrom(table)
        .select([
          'effective_on',
          sql<IsoDate>`(recorded_at at time zone 'Europe/London')::date`.as('recorded'),
        ])
        .execute();
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(row.recorded < today).toBe(true);
        expect(row.effective_on <= row.recorded).toBe(true);
      }
    }
  });

  it('holds one correction, of an earlier update', async () => {
    const corrections = await keeper
      .selectFrom('action_update')
      .select('effective_on')
      .where('corrects_id', 'is not', null)
      .execute();
    expect(corrections).toHaveLength(1);
  });

  it('stands in an audit log that verifies, for both councils', async () => {
    for (const slug of ['saltmarsh', 'northmere']) {
      const report = await inside(slug, (tx, { id }) => verifyChain(tx, id));
      expect(report.problems).toEqual([]);
      expect(report.entries).toBeGreaterThan(40);
    }
  });

  it('leaves no clock behind: what is written next is recorded now', async () => {
    const { rows } = await sql<{ now: Date }>`select recorded_now() as now`.execute(keeper);
    expect(Math.abs((rows[0]?.now.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });
});

describe('who sees what', () => {
  it('shows the member the plans of her committee and not the adults’', async () => {
    expect(await plansOf('member@saltmarsh.example')).toEqual([
      'childrens-services-improvement-plan',
      'tackling-exploitation-together',
    ]);
  });

  it('shows a partner only the plans that hold an action of theirs', async () => {
    expect(await plansOf('police@saltmarsh.example')).toEqual([
      'childrens-services-improvement-plan',
      'tackling-exploitation-together',
    ]);
  });

  it('shows the administrator no plan', async () => {
    expect(await plansOf('admin@saltmarsh.example')).toEqual([]);
  });

  it('shows the guest the one plan that was shared with her, and nothing once the time is over', async () => {
    await inSaltmarsh(async (tx, { id }) => {
      const heads = await readHeads(tx, id, today, await partiesById(tx, id));
      const seen = async (day: IsoDate) => {
        const guest = await actorByEmail(tx, id, 'peer@saltmarsh.example', day);
        const slugs: string[] = [];
        for (const head of heads) {
          const plan = guest && (await readPlanFor(tx, guest, head.id, day, day));
          if (plan !== null) slugs.push(head.slug);
        }
        return slugs;
      };
      expect(await seen(today)).toEqual(['childrens-services-improvement-plan']);
      expect(await seen(addDays(today, 14))).toEqual([]);
    });
  });

  it('shows somebody who left nothing, since the role ended', async () => {
    expect(await plansOf('david.penrose@saltmarsh.example')).toEqual([]);
  });

  it('shows a stranger nothing: not in lists, and not by the plan’s own id', async () => {
    const planId = await inSaltmarsh((tx, { id }) =>
      findPlanId(tx, id, 'childrens-services-improvement-plan'),
    );
    if (planId === null) throw new Error('The plan is not there');
    await inside('northmere', async (tx, { id }) => {
      const heads = await readHeads(tx, id, today, await partiesById(tx, id));
      expect(heads.map((head) => head.slug)).toEqual(['family-hubs-plan']);
      const stranger = await actorOf(tx, id, 'quality@northmere.example', 'qa-manager');
      expect(await readPlanFor(tx, stranger, planId, today, today)).toBeNull();
      expect((await listUsers(tx, id)).map((user) => user.email).sort()).toEqual(
        northmerePeople.map((person) => person.email).sort(),
      );
    });
  });
});

describe('the reports to committee', () => {
  it('are one that members have, and one that has to be cleared again', async () => {
    const rows = await inSaltmarsh((tx, { id }) =>
      tx
        .selectFrom('report')
        .leftJoin('report_final as final', 'final.report_id', 'report.id')
        .leftJoin('report_clearance as asked', 'asked.report_id', 'report.id')
        .leftJoin('report_clearance_answer as answer', 'answer.clearance_id', 'asked.id')
        .select(['report.depth', 'final.id as final', 'answer.answer'])
        .where('report.authority_id', '=', id)
        .orderBy('report.id')
        .orderBy('asked.id')
        .execute(),
    );
    const told = rows.map(({ depth, final, answer }) => [depth, final !== null, answer]);
    expect(told).toEqual([
      ['members', true, 'cleared'],
      ['board', false, null],
      ['board', false, 'cleared'],
    ]);
  });
});

/** The addresses of the plans that a Saltmarsh user may read today. */
async function plansOf(email: string): Promise<string[]> {
  const person = saltmarshPeople.find((one) => one.email === email);
  if (person === undefined) throw new Error(`Nobody has the address ${email}`);
  return inSaltmarsh(async (tx, { id }) => {
    const held = person.leftDaysAgo === undefined ? [person.role] : [];
    const actor = { ...(await actorOf(tx, id, email, person.role)), roles: held };
    expect(await rolesGranted(tx, actor.userId)).toEqual(held);
    const heads = await readHeads(tx, id, today, await partiesById(tx, id));
    const seen: string[] = [];
    for (const head of heads) {
      if ((await readPlanFor(tx, actor, head.id, today, today)) !== null) seen.push(head.slug);
    }
    return seen.sort();
  });
}

async function actorOf(
  tx: Tx,
  authorityId: Authority['id'],
  email: string,
  role: Role,
): Promise<Actor> {
  const user = (await listUsers(tx, authorityId)).find((one) => one.email === email);
  if (user === undefined) throw new Error(`No user ${email}`);
  const partyIds = await partiesOf(tx, authorityId, user.id, today);
  return { authorityId, userId: user.id, name: user.name, roles: [role], partyIds };
}

async function rolesGranted(tx: Tx, userId: string): Promise<string[]> {
  const { rows } = await sql<{ role: string }>`
    select g.role from role_grant g
    left join role_grant_end e on e.authority_id = g.authority_id and e.role_grant_id = g.id
    where g.user_id = ${userId} and (e.ends_on is null or e.ends_on > ${today})`.execute(tx);
  return rows.map((row) => row.role);
}

async function postHolders(tx: Tx, post: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select u.name from post_holding h
    join party p on p.authority_id = h.authority_id and p.id = h.party_id
    join app_user u on u.authority_id = h.authority_id and u.id = h.user_id
    where p.name = ${post} order by h.starts_on`.execute(tx);
  return rows.map((row) => row.name);
}

async function planAt(slug: string, asAt: IsoDate): Promise<PlanPicture> {
  return inSaltmarsh(async (tx, { id }) => {
    const planId = await findPlanId(tx, id, slug);
    const picture = planId === null ? null : await readPicture(tx, id, planId, asAt);
    if (picture === null) throw new Error(`No plan ${slug}`);
    return picture;
  });
}

function inSaltmarsh<T>(work: (tx: Tx, authority: Authority) => Promise<T>): Promise<T> {
  return inside('saltmarsh', work);
}

async function inside<T>(
  slug: string,
  work: (tx: Tx, authority: Authority) => Promise<T>,
): Promise<T> {
  const authority = await authorityBySlug(db, slug);
  if (authority === undefined) throw new Error(`No authority ${slug}`);
  expect(authority.isDemo).toBe(true);
  return readInAuthority(db, authority.id, (tx) => work(tx, authority));
}

function day(year: number, month: number, dayOfMonth: number): IsoDate {
  const date = dateOf(year, month, dayOfMonth);
  if (date === null) throw new Error('No such day');
  return date;
}
