import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId, parseId } from '#kernel/ids.ts';
import { connect } from '#platform/db/connect.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import {
  anchorProblems,
  chainAt,
  decideDisposal,
  disposeOfWhatIsDue,
  kindsOfRecord,
  liftHold,
  placeHold,
  putForDisposal,
  recordFacts,
  setRetention,
  verifyChain,
  type RetentionKind,
} from '#people';
import { answerForBoard, importPlanFile } from '#plans';
import { archivePlan } from '../src/rooms/plans/actions/change-plan.ts';
import { copyPlanForward } from '../src/rooms/plans/actions/copy-plan-forward.ts';
import { giveUpdate } from '../src/rooms/plans/actions/give-update.ts';
import {
  hidden,
  officerOf,
  setCast,
  setScene,
  today,
  wordsOf,
} from '../src/rooms/plans/web/edit/scene.test-help.ts';
import type { Db } from '#platform/db/tables.ts';
import { testApp } from './app.ts';
import { everyPlaceOf } from './canary.ts';
import { freshAuthority } from './database.ts';
import { day, dueOn, grantDate } from './plans.ts';

/** What is past its time goes, what is held or younger stays, and verify knows the difference (P-04). */
const test = await testApp();
const { db, keeper, keeperAddress } = test.database;
const cast = await setCast(test);
const { authority, officer, colleague } = cast;
const administrator = await officerOf(test, authority, ['administrator'], 'Ash Brook');
const bytes = (text: string) => new TextEncoder().encode(text);

const within = <T>(work: Parameters<typeof inAuthority<T>>[2]) =>
  inAuthority(db, authority.id, work);
const verify = () => readInAuthority(db, authority.id, (tx) => verifyChain(tx, authority.id));
const count = async (table: string, id: string) =>
  (
    await sql<{
      n: number;
    }>`select count(*) as n from ${sql.table(table)} where id = ${id}`.execute(keeper)
  ).rows[0]?.n;

let named = 0;
/** A plan archived on that day, whose update, evidence, file and dates hold a word that nothing else holds. */
async function archivedPlan(on: string) {
  named += 1;
  const canary = `Merlinwort${String.fromCharCode(96 + named)}`;
  const begun = day('2016-04-01');
  const scene = await setScene(test, cast, begun);
  const given = await giveUpdate(db, officer.actor, begun, {
    actionId: scene.actions[0],
    choice: 'amber',
    whatChanged: `${canary} was seen`,
    evidence: [
      { kind: 'note', title: `Note of ${canary}` },
      {
        kind: 'file',
        title: canary,
        file: { name: `${canary}.csv`, mediaType: 'text/csv', bytes: bytes(canary) },
      },
    ],
    seenVersion: 0,
    submissionId: newId<'submission'>(),
    corrects: null,
  });
  if (given.kind !== 'done') throw new Error(given.kind);
  const people = [officer.actor, scene.owner.actor] as const;
  for (const [index, due] of ['2017-04-01', '2018-04-01'].entries()) {
    const why = `${canary} takes longer`;
    await grantDate(db, people, begun, scene.actions[0], index + 1, dueOn(due), why);
  }
  const { plan } = await scene.picture();
  const said = await answerForBoard(db, colleague.actor, today, scene.planId, {
    boardId: plan.boards[0]?.id ?? newId(),
    minute: `${canary} was told`,
    answers: [
      { actionId: scene.actions[0], dueVersion: 3, seenVersion: 0, answer: 'not approved' },
    ],
  });
  if (said.kind !== 'done') throw new Error(said.kind);
  const archived = await archivePlan(db, officer.actor, day(on), scene.planId, plan.version, true);
  if (archived.kind !== 'done') throw new Error(archived.kind);
  return { ...scene, canary };
}

const put = (planId: string) => within((tx) => putForDisposal(tx, officer.actor, planId, today));
const lastDisposal = async () => {
  const { rows } = await sql<{ id: string }>`
    select id from disposal where authority_id = ${authority.id} order by recorded_at desc limit 1`.execute(
    keeper,
  );
  const id = parseId<'disposal'>(rows[0]?.id ?? '');
  if (id === null) throw new Error('Nothing was put forward');
  return id;
};
const agree = async (by = colleague) => {
  const id = await lastDisposal();
  return within((tx) => decideDisposal(tx, by.actor, id, true, today));
};
const hold = (kind: RetentionKind, itemId: string | null) =>
  within((tx) => placeHold(tx, officer.actor, { kind, itemId, reason: 'Judicial review' }));
async function lift() {
  const { rows } = await sql<{ id: string }>`
    select id from hold where authority_id = ${authority.id} order by recorded_at desc limit 1`.execute(
    keeper,
  );
  const id = parseId<'hold'>(rows[0]?.id ?? '');
  if (id === null) throw new Error('No hold');
  return within((tx) => liftHold(tx, officer.actor, id, 'It is over'));
}

describe('a plan', () => {
  it('goes with all that belongs to it, by two people, when its time is over', async () => {
    const plan = await archivedPlan('2019-12-31');
    const next = await copyPlanForward(db, officer.actor, today, plan.planId, {
      title: 'The next year',
      periodFrom: null,
      periodTo: null,
      which: 'all',
    });
    expect(next.kind).toBe('done');
    expect((await everyPlaceOf(keeper, plan.canary)).length).toBeGreaterThan(3);
    expect(await put(plan.planId)).toEqual({ kind: 'put-forward' });
    // Who put it forward is not the second person.
    expect(await agree(officer)).toEqual({ kind: 'forbidden' });
    expect(await count('plan', plan.planId)).toBe(1);
    expect(await agree()).toEqual({ kind: 'disposed' });
    expect(await everyPlaceOf(keeper, plan.canary)).toEqual([]);
    for (const [table, id] of [
      ['plan', plan.planId],
      ['action', plan.actions[0]],
      ['objective', plan.objectives[0]],
    ] as const) {
      expect([table, await count(table, id)]).toEqual([table, 0]);
    }
    // The log still says that it was, and that it went; verify tells this from a theft.
    const report = await verify();
    expect(report.problems).toEqual([]);
    expect(report.accountedFor).toBeGreaterThan(10);
    expect(await agree()).toEqual({ kind: 'decided-already' });
    // The plan that was copied from it stands whole.
    if (next.kind === 'done') {
      expect((await officer.get(`/plans/${next.slug}/changes`)).statusCode).toBe(200);
    }
  });

  it('stays while it is younger, whatever the program says is the day', async () => {
    const young = await archivedPlan('2026-03-01');
    expect(await put(young.planId)).toEqual({ kind: 'not-due' });
    const far = day('2099-01-01');
    await within((tx) => putForDisposal(tx, officer.actor, young.planId, far));
    const id = await lastDisposal();
    await expect(
      within(async (tx) => {
        await sql`select set_config('app.demonstration_clock', '2099-01-01', true)`.execute(tx);
        return decideDisposal(tx, colleague.actor, id, true, far);
      }),
    ).rejects.toThrow('it is not due');
    expect(await count('plan', young.planId)).toBe(1);
  });

  it('stays while a hold is on it or on every plan, and goes after', async () => {
    const plan = await archivedPlan('2019-06-01');
    expect(await hold('plan', plan.planId)).toEqual({ kind: 'done' });
    expect(await put(plan.planId)).toEqual({ kind: 'held' });
    await lift();
    expect(await put(plan.planId)).toEqual({ kind: 'put-forward' });
    // A hold that comes between the two people is in time.
    await hold('plan', null);
    expect(await agree()).toEqual({ kind: 'held' });
    expect((await everyPlaceOf(keeper, plan.canary)).length).toBeGreaterThan(3);
    await lift();
    expect(await agree()).toEqual({ kind: 'disposed' });
  });

  it('is disposed of by nobody whom the matrix does not name, nor from another council', async () => {
    const plan = await archivedPlan('2019-06-01');
    for (const other of [administrator, cast.member, cast.lead]) {
      expect(await within((tx) => putForDisposal(tx, other.actor, plan.planId, today))).toEqual({
        kind: 'forbidden',
      });
    }
    const { actor } = cast.stranger;
    const elsewhere = await inAuthority(db, actor.authorityId, (tx) =>
      putForDisposal(tx, actor, plan.planId, today),
    );
    expect(elsewhere).toEqual({ kind: 'not-due' });
    // And the database asks for two people itself.
    const id = newId();
    await expect(
      within(async (tx) => {
        await sql`insert into disposal (authority_id, id, kind, item_id, recorded_by)
          values (${authority.id}, ${id}, 'plan', ${plan.planId}, ${officer.actor.userId})`.execute(
          tx,
        );
        await sql`select dispose(${id})`.execute(tx);
      }),
    ).rejects.toThrow('a second person');
  });

  it('that somebody deletes behind the log is missed by verify', async () => {
    const plan = await archivedPlan('2019-06-01');
    const { rows } = await sql<{ id: string }>`
      delete from due_date_entry where action_id = ${plan.actions[2]} returning id`.execute(keeper);
    const missing = rows.map(
      ({ id }) => expect.objectContaining({ kind: 'fact-missing', factId: id }) as unknown,
    );
    expect((await verify()).problems).toEqual(missing);
    // A list of what went that the log does not know excuses nothing.
    const done = newId();
    const disposal = await lastDisposal();
    await sql`insert into disposal (authority_id, id, kind, item_id) values (${authority.id}, ${done}, 'plan', ${plan.planId})`.execute(
      keeper,
    );
    await sql`insert into disposal_done (authority_id, id, disposal_id, facts) values (${authority.id}, ${done}, ${done}, 1)`.execute(
      keeper,
    );
    await sql`insert into disposed_fact (authority_id, done_id, table_name, row_id, digest)
      select ${authority.id}, ${done}, fact, fact_id, digest from audit_log where fact_id = ${rows[0]?.id ?? disposal}`.execute(
      keeper,
    );
    expect((await verify()).problems).toEqual([
      ...missing,
      { kind: 'fact-not-logged', fact: 'disposal', factId: done },
      { kind: 'fact-not-logged', fact: 'disposal_done', factId: done },
    ]);
  });
});

describe('what needs no second person', () => {
  it('goes by itself: the imported file and what was read, not the plan; unless it is held', async () => {
    const other = await setCast(test);
    const imported = async (word: string) => {
      const outcome = await importPlanFile(db, other.officer.actor, {
        fileName: `${word}.csv`,
        bytes: bytes(
          `Objective,Action,Lead,Timescale,Budget code\nVisits,Report visits,Lead,30 June 2026,${word}\n`,
        ),
        positionOn: today,
        title: 'Visits',
        again: false,
      });
      if (outcome.kind !== 'done') throw new Error(outcome.kind);
      return outcome;
    };
    const old = await imported('Larkspurone');
    const kept = await imported('Larkspurtwo');
    const young = await imported('Larkspurthree');
    for (const { planId } of [old, kept]) {
      await sql`update plan_import set finished_at = '2025-10-01' where plan_id = ${planId}`.execute(
        keeper,
      );
    }
    await inAuthority(db, other.authority.id, (tx) =>
      placeHold(tx, other.officer.actor, {
        kind: 'plan',
        itemId: kept.planId,
        reason: 'An appeal',
      }),
    );
    const run = () => disposeOfWhatIsDue(db, other.authority.id, test.clock.now);
    expect(await run()).toMatchObject({ importFiles: 1, held: 1, plansDue: 0 });
    expect(await everyPlaceOf(keeper, 'Larkspurone')).toEqual([]);
    expect((await everyPlaceOf(keeper, 'Larkspurtwo')).length).toBeGreaterThan(0);
    expect((await everyPlaceOf(keeper, 'Larkspurthree')).length).toBeGreaterThan(0);
    expect(await count('plan', old.planId)).toBe(1);
    expect(await run()).toMatchObject({ importFiles: 0 });
    expect(await count('plan', young.planId)).toBe(1);
    const report = await readInAuthority(db, other.authority.id, (tx) =>
      verifyChain(tx, other.authority.id),
    );
    expect(report.problems).toEqual([]);
    // Its page goes on without its file.
    expect((await other.officer.get(`/plans/${old.slug}/settings`)).statusCode).toBe(200);
  });

  it('takes the oldest of the log off, and verify begins at the marker', async () => {
    const council = await freshAuthority({ keeper });
    const add = (by: Db, name: string) =>
      inAuthority(by, council.id, async (tx) => {
        const id = newId<'party'>();
        await sql`insert into party (authority_id, id, kind, name, name_key)
          values (${council.id}, ${id}, 'post', ${name}, ${name})`.execute(tx);
        await recordFacts(tx, null, 'post added', [{ fact: 'party', id }]);
        return id;
      });
    const longAgo = connect(keeperAddress, { poolSize: 1 });
    await sql`select set_config('app.demonstration_clock', '2012-05-01T10:00:00Z', false)`.execute(
      longAgo,
    );
    const first = await add(longAgo, 'Practice Lead');
    await add(longAgo, 'Head of Safeguarding');
    await longAgo.destroy();
    await add(db, 'Service Manager');
    const run = () => disposeOfWhatIsDue(db, council.id, new Date());
    const check = () => readInAuthority(db, council.id, (tx) => verifyChain(tx, council.id));
    const { head } = await check();
    expect(head.seq).toBe(3);

    const stranger = { ...administrator.actor, authorityId: council.id };
    const heldBy = await inAuthority(keeper, council.id, async (tx) => {
      const id = newId();
      await sql`insert into hold (authority_id, id, kind, reason) values (${council.id}, ${id}, 'audit-log', 'Inquiry')`.execute(
        tx,
      );
      await recordFacts(tx, null, 'put a hold', [{ fact: 'hold', id }]);
      return parseId<'hold'>(id);
    });
    expect(await run()).toMatchObject({ logPruned: false });
    if (heldBy === null) throw new Error('No hold');
    await sql`insert into app_user (authority_id, id, email, name)
      values (${council.id}, ${stranger.userId}, 'ash@t.example', 'Ash')`.execute(keeper);
    await inAuthority(db, council.id, (tx) =>
      recordFacts(tx, null, 'user added', [{ fact: 'app_user', id: stranger.userId }]),
    );
    // Whoever lifts the hold is seen to have done so for 30 days before anything goes.
    const monthAgo = connect(keeperAddress, { poolSize: 1 });
    const clock = new Date(Date.now() - 31 * 86_400_000).toISOString();
    const hold = await inAuthority(db, council.id, (tx) =>
      liftHold(tx, stranger, heldBy, 'It is over'),
    );
    expect(hold).toEqual({ kind: 'done' });
    expect(await run()).toMatchObject({ logPruned: false });
    await sql`delete from audit_log where authority_id = ${council.id} and fact = 'hold_end'`.execute(
      keeper,
    );
    await sql`delete from hold_end where authority_id = ${council.id}`.execute(keeper);
    await sql`update audit_head set (seq, hash) = (
      select seq, hash from audit_log where authority_id = ${council.id} order by seq desc limit 1)
      where authority_id = ${council.id}`.execute(keeper);
    await sql`select set_config('app.demonstration_clock', ${clock}, false)`.execute(monthAgo);
    await inAuthority(monthAgo, council.id, (tx) => liftHold(tx, stranger, heldBy, 'It is over'));
    await monthAgo.destroy();
    expect(await run()).toMatchObject({ logPruned: true });
    expect(await run()).toMatchObject({ logPruned: false });

    const report = await check();
    expect(report).toMatchObject({ beginsAfter: 2, problems: [] });
    // What was anchored long ago is older than what is kept; what was anchored lately is not.
    const chain = await readInAuthority(db, council.id, (tx) => chainAt(tx, council.id, [1, 2, 3]));
    const old = { at: '2012-06-01T00:00:00Z', seq: 1, hash: 'a'.repeat(64) };
    expect(anchorProblems([old, { ...head, at: new Date().toISOString() }], chain)).toEqual([]);
    expect(anchorProblems([{ ...old, at: new Date().toISOString() }], chain)).toMatchObject([
      { kind: 'written-anew' },
    ]);
    // A fact of long ago that is changed still shows, though its entry went.
    await sql`update party set name = 'Nobody' where id = ${first}`.execute(keeper);
    expect((await check()).problems).toMatchObject([
      { kind: 'fact-changed', fact: 'party', factId: first },
    ]);
    await sql`update party set name = 'Practice Lead' where id = ${first}`.execute(keeper);
    // And so does a beginning that was cut off without a marker of the program's.
    await sql`delete from audit_log where authority_id = ${council.id} and seq = 3`.execute(keeper);
    expect((await check()).problems).toMatchObject([
      { kind: 'entries-missing', seq: 3 },
      { kind: 'fact-not-logged', fact: 'party' },
    ]);
  });
});

describe('how long things are kept', () => {
  it('is set by an administrator with a reason, and never below the floor', async () => {
    const set = (
      months: string,
      reason = 'Our schedule',
      kind: RetentionKind = 'audit-log',
      by = administrator,
    ) => within((tx) => setRetention(tx, by.actor, { kind, months, reason }));
    expect(await set('5')).toMatchObject({ kind: 'refused' });
    expect(await set('ten')).toMatchObject({ kind: 'refused' });
    expect(await set('24', ' ')).toMatchObject({ kind: 'refused' });
    expect(await set('24', 'Our schedule', 'audit-log', officer)).toEqual({ kind: 'forbidden' });
    expect(await set('24')).toEqual({ kind: 'set' });
    const months = async () =>
      (
        await within((tx) =>
          sql<{ m: number }>`select retention_months('audit-log') as m`.execute(tx),
        )
      ).rows[0]?.m;
    // A shorter time for the log is seen for 30 days before anything goes by it.
    expect(await months()).toBe(72);
    const rule = (daysAgo: number, of: number) =>
      sql`insert into retention_rule (authority_id, id, kind, months, reason, recorded_at)
        values (${authority.id}, ${newId()}, 'audit-log', ${of}, 'Earlier',
          clock_timestamp() - make_interval(days => ${daysAgo}))`.execute(keeper);
    await rule(31, 36);
    expect(await months()).toBe(36);
    // A longer one holds at once.
    expect(await set('120')).toEqual({ kind: 'set' });
    expect(await months()).toBe(120);
    await sql`delete from retention_rule where authority_id = ${authority.id} and kind = 'audit-log'
      and reason = 'Earlier'`.execute(keeper);
    await expect(
      within((tx) =>
        sql`insert into retention_rule (authority_id, id, kind, months, reason)
          values (${authority.id}, ${newId()}, 'audit-log', 5, 'No')`.execute(tx),
      ),
    ).rejects.toThrow('check');
  });

  it('is in the database what the page says', async () => {
    for (const { kind, usual, least } of kindsOfRecord) {
      const { rows } = await inAuthority(db, cast.stranger.actor.authorityId, (tx) =>
        sql<{ m: number }>`select retention_months(${kind}) as m`.execute(tx),
      );
      expect([kind, rows[0]?.m]).toEqual([kind, usual]);
      const rule = (months: number) =>
        within((tx) =>
          sql`insert into retention_rule (authority_id, id, kind, months, reason)
            values (${cast.authority.id}, ${newId()}, ${kind}, ${months}, 'x')`
            .execute(tx)
            .then(() => {
              throw new Error('taken');
            }),
        );
      await expect(rule(least)).rejects.toThrow('taken');
      await expect(rule(least - 1)).rejects.toThrow('check');
    }
  });
});

describe('the pages', () => {
  it('lead two people through disposing of a plan, and a hold stops them', async () => {
    const plan = await archivedPlan('2019-06-01');
    const list = '/records/disposal';
    expect(wordsOf(await officer.get(list))).toContain('Due since 1 June 2025.');
    expect((await officer.post(list, { id: plan.planId })).statusCode).toBe(303);
    const id = await lastDisposal();
    expect(wordsOf(await officer.get(list))).toContain(
      'Another quality assurance manager has to agree.',
    );
    expect((await officer.post(`${list}/agree`, { id })).statusCode).toBe(409);

    const held = await officer.get(`/records/holds/plan/${plan.planId}`);
    expect(wordsOf(held)).toContain('Only this plan');
    expect(
      (await officer.post('/records/holds', { what: `plan ${plan.planId}`, reason: '' }))
        .statusCode,
    ).toBe(422);
    await officer.post('/records/holds', {
      what: `plan ${plan.planId}`,
      reason: 'A judicial review',
    });
    expect((await colleague.post(`${list}/agree`, { id })).statusCode).toBe(409);
    const holds = await administrator.get('/records/holds');
    expect(wordsOf(holds)).toContain('A judicial review');
    // The administrator keeps the holds and is told of no plan.
    expect(holds.body).not.toContain('improvement plan');
    const hold = hidden(holds, 'id');
    const unsaid = await administrator.post('/records/holds/lift', { id: hold, reason: ' ' });
    expect(unsaid.statusCode).toBe(422);
    expect(unsaid.body).toContain(`href="#lift-${hold}"`);
    expect(unsaid.body).toContain(`id="lift-${hold}-error"`);
    const nothing = await administrator.post('/records/holds', { what: '', reason: '' });
    expect(wordsOf(nothing)).toMatch(/Choose what to keep.*Say why/s);
    expect(
      (await administrator.post('/records/holds/lift', { id: hold, reason: 'It is over' }))
        .statusCode,
    ).toBe(303);
    expect((await colleague.post(`${list}/agree`, { id })).statusCode).toBe(303);
    expect(await everyPlaceOf(keeper, plan.canary)).toEqual([]);
    expect(wordsOf(await colleague.get(list))).toContain('Sam Reed agreed');
  });

  it('let an administrator say how long things are kept', async () => {
    expect(wordsOf(await administrator.get('/records/retention'))).toContain('Archived plans');
    const low = await administrator.post('/records/retention/audit-log', {
      months: '3',
      reason: 'Short',
    });
    expect(low.statusCode).toBe(422);
    expect(wordsOf(low)).toContain('Keep this at least 6 months');
    const set = await administrator.post('/records/retention/import-file', {
      months: '2',
      reason: 'Our schedule',
    });
    expect(set.statusCode).toBe(303);
    expect(wordsOf(await administrator.get('/records/retention'))).toContain(
      'Imported files: kept for 2 months',
    );
  });

  it('are not there for those who have nothing to do with them', async () => {
    const pages: [string, (typeof cast)['lead'][]][] = [
      ['/records', [cast.lead, cast.member]],
      ['/records/disposal', [cast.lead, cast.member, administrator]],
      ['/records/holds', [cast.lead, cast.member]],
      ['/records/retention', [cast.lead, cast.member, officer]],
    ];
    for (const [page, people] of pages) {
      for (const person of people)
        expect([page, (await person.get(page)).statusCode]).toEqual([page, 404]);
    }
    const plan = await archivedPlan('2019-06-01');
    expect((await cast.stranger.get(`/records/holds/plan/${plan.planId}`)).statusCode).toBe(404);
    expect((await cast.stranger.post('/records/disposal', { id: plan.planId })).statusCode).toBe(
      409,
    );
    expect((await cast.stranger.get('/records/disposal')).body).not.toContain(plan.planId);
    expect((await administrator.get(`/records/holds/plan/${plan.planId}`)).statusCode).toBe(404);
  });
});
