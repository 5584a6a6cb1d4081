import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Actor } from '#people';
import { freshAuthority, testDatabase } from '../../../../test/database.ts';
import { makePerson } from '../../../../test/people.ts';
import { day, dueOn } from '../../../../test/plans.ts';
import { choices, read, reading } from '../rules/example-reading.test-help.ts';
import type { PlanReading } from '../rules/reading.ts';
import { summarise } from '../rules/position.ts';
import { findPlanId, readPicture } from '../store/read-picture.ts';
import { giveUpdate } from './give-update.ts';
import { askForDate } from './ask-for-date.ts';
import { changeImport, prepareImport, runImport, undoImport } from './import-plan.ts';

const database = await testDatabase();
const { db, keeper } = database;
const positionOn = day('2026-01-31');
const today = day('2026-03-04');
const now = new Date('2026-01-05T09:00:00Z');

const rows = [
  read({
    where: 'Plan!C4',
    text: 'Visit every child on time',
    leads: ['Early Help Lead', 'Virtual Head'],
    due: dueOn('2025-11-28'),
    revised: true,
    claimedRag: 'amber',
    status: 'in progress',
    progress: 'Most visits are on time',
    evidence: 'Tracker of visits',
  }),
  read({ where: 'Plan!C5', text: 'Write to every school', leads: ['Early Help Lead'] }),
];

async function scene() {
  const authority = await freshAuthority(database);
  const manager = await makePerson(db, authority.id, { roles: ['qa-manager'] }, now);
  return { authority, manager };
}

async function prepared(actor: Actor, file: PlanReading = reading(rows), bytes = 'a plan') {
  const outcome = await prepareImport(db, actor, {
    fileName: 'plan.xlsx',
    mediaType: 'application/octet-stream',
    bytes: Buffer.from(bytes),
    positionOn,
    reading: file,
    choices,
  });
  if (outcome.kind !== 'done') throw new Error(outcome.kind);
  return outcome;
}

const facts = async () => {
  const tables = ['plan', 'action', 'action_version', 'due_date_entry', 'action_update'] as const;
  const counts = [];
  for (const table of tables) {
    const { count } = await keeper
      .selectFrom(table)
      .select((make) => make.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    counts.push(count);
  }
  return counts;
};

describe('importing a plan', () => {
  it('makes the whole plan, from the day of its position', async () => {
    const { authority, manager } = await scene();
    const { importId } = await prepared(manager);
    const outcome = await runImport(db, manager, importId);
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    expect(outcome).toMatchObject({ slug: 'plan', objectives: 1, actions: 2 });
    const at = (on: string) =>
      readInAuthority(db, authority.id, (tx) =>
        readPicture(tx, authority.id, outcome.planId, day(on)),
      );
    expect(await at('2026-01-30')).toBeNull();
    const picture = await at('2026-01-31');
    expect(summarise(picture?.actions ?? [])).toMatchObject({
      actions: 2,
      overdue: 1,
      revised: 1,
      withoutDate: 1,
      byStatus: { 'in progress': 1, none: 1 },
    });
    expect(picture?.actions[0]).toMatchObject({
      text: 'Visit every child on time',
      claimedRag: 'amber',
      lastUpdate: { whatChanged: 'Most visits are on time', effectiveOn: '2026-01-31' },
    });
    expect(picture?.actions[0]?.leads.map((lead) => lead.name)).toEqual([
      'Early Help Lead',
      'Virtual Head',
    ]);
  });

  it('happens once, though it is asked for twice at once', async () => {
    const { manager } = await scene();
    const { importId } = await prepared(manager);
    const [first, second] = await Promise.all([
      runImport(db, manager, importId),
      runImport(db, manager, importId),
    ]);
    expect(first).toEqual(second);
    expect(first.kind).toBe('done');
  });

  it('writes nothing where a row cannot be kept', async () => {
    const { manager } = await scene();
    const file = reading([...rows, read({ where: 'Plan!C6', leads: ['x'.repeat(301)] })]);
    const { importId } = await prepared(manager, file);
    const before = await facts();
    const outcome = await runImport(db, manager, importId);
    expect(outcome).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(outcome)).toContain('Plan!C6');
    expect(await facts()).toEqual(before);
  });

  it('says that the same file was imported before, and no more once that is undone', async () => {
    const { manager } = await scene();
    const first = await prepared(manager);
    expect(first.before).toEqual([]);
    await runImport(db, manager, first.importId);
    const second = await prepared(manager);
    expect(second.before.map((one) => one.id)).toEqual([first.importId]);
    expect((await prepared(manager, reading(rows), 'another plan')).before).toEqual([]);
    await undoImport(db, manager, first.importId, today);
    expect((await prepared(manager)).before).toEqual([]);
  });

  it('can be undone while nothing else was written, and gives its address back', async () => {
    const { authority, manager } = await scene();
    const { importId } = await prepared(manager);
    await runImport(db, manager, importId);
    expect(await undoImport(db, manager, importId, today)).toEqual({ kind: 'done' });
    const gone = await readInAuthority(db, authority.id, (tx) =>
      findPlanId(tx, authority.id, 'plan'),
    );
    expect(gone).toBeNull();
    const again = await runImport(db, manager, (await prepared(manager)).importId);
    expect(again).toMatchObject({ kind: 'done', slug: 'plan' });
  });

  it('can be undone though its last fact lies in the millisecond in which it ended', async () => {
    const { authority, manager } = await scene();
    const { importId } = await prepared(manager);
    await runImport(db, manager, importId);
    const ended = await inAuthority(db, authority.id, (tx) =>
      tx
        .updateTable('plan_import')
        .set({
          finished_at: sql<Date>`(select date_trunc('milliseconds', max(recorded_at))
            + interval '999 microseconds' from action_update)`,
        })
        .where('authority_id', '=', authority.id)
        .where('id', '=', importId)
        .executeTakeFirstOrThrow(),
    );
    expect(ended.numUpdatedRows).toBe(1n);
    expect(await undoImport(db, manager, importId, today)).toEqual({ kind: 'done' });
  });

  it('cannot be undone once somebody wrote on the plan, also for an earlier day', async () => {
    const { authority, manager } = await scene();
    const { importId } = await prepared(manager);
    const outcome = await runImport(db, manager, importId);
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    const picture = await readInAuthority(db, authority.id, (tx) =>
      readPicture(tx, authority.id, outcome.planId, today),
    );
    const action = picture?.actions[1];
    if (action === undefined) throw new Error('No action');
    await giveUpdate(db, manager, positionOn, {
      actionId: action.id,
      choice: 'green',
      whatChanged: 'Letters are out',
      evidence: [],
      seenVersion: 0,
      submissionId: crypto.randomUUID() as never,
      corrects: null,
    });
    expect(await undoImport(db, manager, importId, today)).toMatchObject({ kind: 'refused' });
  });

  it('cannot be undone once somebody asked for another date', async () => {
    const { authority, manager } = await scene();
    const { importId } = await prepared(manager);
    const outcome = await runImport(db, manager, importId);
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    const picture = await readInAuthority(db, authority.id, (tx) =>
      readPicture(tx, authority.id, outcome.planId, today),
    );
    const action = picture?.actions[1];
    if (action === undefined) throw new Error('No action');
    const given = { due: dueOn('2031-01-31'), reason: 'Later', effectOnChildren: 'None' };
    const asked = await askForDate(db, manager, today, action.id, action.dueVersion, given);
    expect(asked.kind).toBe('done');
    expect(await undoImport(db, manager, importId, today)).toMatchObject({ kind: 'refused' });
  });

  it('does not let two windows overwrite each other while it is prepared', async () => {
    const { manager } = await scene();
    const { importId } = await prepared(manager);
    const save = (title: string) =>
      changeImport(db, manager, importId, 1, {
        reading: reading(rows),
        choices: { ...choices, title },
        positionOn,
      });
    const outcomes = await Promise.all([save('One'), save('Two')]);
    expect(outcomes.map((one) => one.kind).sort()).toEqual(['done', 'stale']);
  });

  it('is hidden from everybody else, and refused to whoever may not begin a plan', async () => {
    const { authority, manager } = await scene();
    const { importId } = await prepared(manager);
    const elsewhere = await freshAuthority(database, 'Northmere Council');
    const stranger = await makePerson(db, elsewhere.id, { roles: ['qa-manager'] }, now);
    const colleague = await makePerson(db, authority.id, { roles: ['director'] }, now);
    for (const actor of [stranger, colleague]) {
      expect((await runImport(db, actor, importId)).kind).toBe('not-found');
      expect((await undoImport(db, actor, importId, today)).kind).toBe('not-found');
    }
    const lead = await makePerson(db, authority.id, { roles: ['action-lead'] }, now);
    const refused = await prepareImport(db, lead, {
      fileName: 'plan.xlsx',
      mediaType: 'application/octet-stream',
      bytes: Buffer.from('x'),
      positionOn,
      reading: reading(rows),
      choices,
    });
    expect(refused.kind).toBe('forbidden');
  });
});
