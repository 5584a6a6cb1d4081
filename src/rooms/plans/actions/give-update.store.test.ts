import { describe, expect, it } from 'vitest';
import { newId, type ActionId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { GrantableRole } from '#people';
import { freshAuthority, testDatabase } from '../../../../test/database.ts';
import { makePerson } from '../../../../test/people.ts';
import { day, dueOn, makePlan } from '../../../../test/plans.ts';
import { readHistory } from '../store/read-history.ts';
import { readPicture } from '../store/read-picture.ts';
import { giveUpdate, type GivenUpdate } from './give-update.ts';

const database = await testDatabase();
const { db } = database;
const opened = day('2026-01-12');
const today = day('2026-03-04');
const at = (on: string) => new Date(`${on}T09:00:00Z`);

async function scene() {
  const authority = await freshAuthority(database);
  const person = (holds: string[], roles: GrantableRole[]) =>
    makePerson(
      db,
      authority.id,
      { roles, holds: holds.map((name) => ({ kind: 'post' as const, name })) },
      at(opened),
    );
  const manager = await person([], ['qa-manager']);
  const lead = await person(['Early Help Lead'], ['action-lead']);
  const other = await person(['Virtual Head'], ['action-lead']);
  const plan = await makePlan(db, manager, opened, [
    { text: 'Visit every child on time', leads: ['Early Help Lead'], due: dueOn('2026-02-27') },
    { text: 'Write to every school', leads: ['Virtual Head'] },
  ]);
  const [actionId] = plan.actionIds;
  if (actionId === undefined) throw new Error('No action');
  return { authority, manager, lead, other, plan, actionId };
}

function update(actionId: ActionId, change: Partial<GivenUpdate> = {}): GivenUpdate {
  return {
    actionId,
    choice: 'amber',
    whatChanged: 'Two visits were late',
    evidence: [],
    seenVersion: 0,
    submissionId: newId<'submission'>(),
    corrects: null,
    ...change,
  };
}

describe('giving an update', () => {
  it('is kept with what it claims, and shows from its day on', async () => {
    const { authority, lead, plan, actionId } = await scene();
    const outcome = await giveUpdate(db, lead, today, update(actionId));
    expect(outcome.kind).toBe('done');
    const seen = async (on: string) => {
      const picture = await readInAuthority(db, authority.id, (tx) =>
        readPicture(tx, authority.id, plan.planId, day(on)),
      );
      return picture?.actions.find((action) => action.id === actionId);
    };
    expect(await seen('2026-03-04')).toMatchObject({
      claimedRag: 'amber',
      status: 'in progress',
      daysOverdue: 5,
      lastUpdate: { whatChanged: 'Two visits were late', effectiveOn: '2026-03-04' },
    });
    expect(await seen('2026-03-03')).toMatchObject({
      claimedRag: null,
      status: null,
      daysOverdue: 4,
      lastUpdate: null,
    });
    expect(await seen('2026-01-11')).toBeUndefined();
  });

  it('keeps a link, a note and a file as evidence', async () => {
    const { authority, lead, actionId } = await scene();
    const file = { name: 'visits.csv', mediaType: 'text/csv', bytes: Buffer.from('a,b\n1,2\n') };
    await giveUpdate(
      db,
      lead,
      today,
      update(actionId, {
        evidence: [
          { kind: 'note', title: 'Seen in the tracker' },
          { kind: 'link', title: 'Tracker', url: 'https://tracker.saltmarsh.example' },
          { kind: 'file', title: 'visits.csv', file },
        ],
      }),
    );
    const { updates } = await readInAuthority(db, authority.id, (tx) =>
      readHistory(tx, authority.id, { actionId }, today),
    );
    expect(updates[0]?.evidenceIds).toHaveLength(3);
  });

  it('is one update where the same form comes twice, also at once', async () => {
    const { authority, lead, actionId } = await scene();
    const given = update(actionId);
    const outcomes = await Promise.all([1, 2, 3].map(() => giveUpdate(db, lead, today, given)));
    expect(outcomes.map((one) => one.kind)).toEqual(['done', 'done', 'done']);
    const { updates } = await readInAuthority(db, authority.id, (tx) =>
      readHistory(tx, authority.id, { actionId }, today),
    );
    expect(updates).toHaveLength(1);
  });

  it.each([
    ['the text', { whatChanged: 'Three visits were late' }],
    ['the answer', { choice: 'red' }],
    ['the evidence', { evidence: [{ kind: 'note' as const, title: 'Seen in the tracker' }] }],
  ])(
    'loses nothing of a form that was saved, then changed in %s, and sent again',
    async (_, changed) => {
      const { authority, lead, actionId } = await scene();
      const given = update(actionId);
      await giveUpdate(db, lead, today, given);
      const again = await giveUpdate(db, lead, today, { ...given, ...changed });
      expect(again).toMatchObject({
        kind: 'stale',
        action: { updateVersion: 1, lastUpdate: { whatChanged: 'Two visits were late' } },
      });
      // Both texts were seen: it is saved after all, as an update of its own.
      const kept = { ...given, ...changed, seenVersion: 1, submissionId: newId<'submission'>() };
      expect(await giveUpdate(db, lead, today, kept)).toMatchObject({ kind: 'done' });
      const { updates } = await readInAuthority(db, authority.id, (tx) =>
        readHistory(tx, authority.id, { actionId }, today),
      );
      expect(updates).toHaveLength(2);
    },
  );

  it('lets one of two writers win, and tells the other what was saved', async () => {
    const { authority, lead, manager, actionId } = await scene();
    const outcomes = await Promise.all([
      giveUpdate(db, lead, today, update(actionId, { whatChanged: 'From the lead' })),
      giveUpdate(db, manager, today, update(actionId, { whatChanged: 'From the manager' })),
    ]);
    expect(outcomes.map((one) => one.kind).sort()).toEqual(['done', 'stale']);
    const stale = outcomes.find((one) => one.kind === 'stale');
    const { updates } = await readInAuthority(db, authority.id, (tx) =>
      readHistory(tx, authority.id, { actionId }, today),
    );
    expect(updates).toHaveLength(1);
    expect(stale?.action.lastUpdate?.whatChanged).toBe(updates[0]?.whatChanged);
    expect(stale?.action.updateVersion).toBe(1);
  });

  it('corrects an earlier one from the day of what it corrects, and overwrites nothing', async () => {
    const { authority, lead, plan, actionId } = await scene();
    const first = await giveUpdate(db, lead, day('2026-02-02'), update(actionId));
    if (first.kind !== 'done') throw new Error(first.kind);
    const outcome = await giveUpdate(
      db,
      lead,
      today,
      update(actionId, {
        choice: 'red',
        whatChanged: 'Five visits were late',
        seenVersion: 1,
        corrects: first.updateId,
      }),
    );
    expect(outcome.kind).toBe('done');
    const earlier = await readInAuthority(db, authority.id, (tx) =>
      readPicture(tx, authority.id, plan.planId, day('2026-02-02')),
    );
    expect(earlier?.actions[0]).toMatchObject({
      claimedRag: 'red',
      lastUpdate: { whatChanged: 'Five visits were late' },
    });
    const { updates } = await readInAuthority(db, authority.id, (tx) =>
      readHistory(tx, authority.id, { actionId }, today),
    );
    expect(updates.map((one) => one.whatChanged)).toEqual([
      'Two visits were late',
      'Five visits were late',
    ]);
  });

  it('refuses a colour that the plan does not have', async () => {
    const { lead, actionId } = await scene();
    const outcome = await giveUpdate(db, lead, today, update(actionId, { choice: 'purple' }));
    expect(outcome).toMatchObject({ kind: 'refused', reasons: [{ field: 'choice' }] });
  });

  it('is forbidden to a lead of another action of the plan', async () => {
    const { other, actionId } = await scene();
    expect((await giveUpdate(db, other, today, update(actionId))).kind).toBe('forbidden');
  });

  it('finds nothing for a stranger, of another authority or with no part in the plan', async () => {
    const { authority, actionId } = await scene();
    const elsewhere = await freshAuthority(database, 'Northmere Council');
    const stranger = await makePerson(db, elsewhere.id, { roles: ['qa-manager'] }, at(opened));
    const noPart = await makePerson(db, authority.id, { roles: ['action-lead'] }, at(opened));
    const administrator = await makePerson(
      db,
      authority.id,
      { roles: ['administrator'] },
      at(opened),
    );
    for (const actor of [stranger, noPart, administrator]) {
      expect((await giveUpdate(db, actor, today, update(actionId))).kind).toBe('not-found');
    }
    const { updates } = await readInAuthority(db, authority.id, (tx) =>
      readHistory(tx, authority.id, { actionId }, today),
    );
    expect(updates).toEqual([]);
  });

  it('cannot be changed or deleted afterwards by the program', async () => {
    const { authority, lead, actionId } = await scene();
    await giveUpdate(db, lead, today, update(actionId));
    const change = inAuthority(db, authority.id, (tx) =>
      tx.updateTable('action_update').set({ what_changed: 'Something else' }).execute(),
    );
    await expect(change).rejects.toThrow(/permission denied/);
    const remove = inAuthority(db, authority.id, (tx) => tx.deleteFrom('action_update').execute());
    await expect(remove).rejects.toThrow(/permission denied/);
  });
});
