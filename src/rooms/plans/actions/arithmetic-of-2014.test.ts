import { newId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { describe, expect, it } from 'vitest';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { makePerson } from '#test/people.ts';
import { day, testScheme } from '#test/plans.ts';
import { choices, read, reading } from '../rules/example-reading.test-help.ts';
import { movementFigures } from '../rules/movement.ts';
import { movementSentences } from '../rules/movement-words.ts';
import { readMovement } from '../store/read-movement.ts';
import { bulkChange, type Selected } from './bulk-change.ts';
import { giveUpdate } from './give-update.ts';
import { prepareImport, runImport } from './import-plan.ts';
import { leaveTable } from './leave-table.ts';

/**
 * The arithmetic of a real paper of 2014, by the deeds that people do: 133
 * actions, of which 108 complete; 101 of those had left the plan, which showed 32: 7 complete and
 * 25 outstanding.
 */
const database = await testDatabase();
const { db } = database;
const authority = await freshAuthority(database);
const before = day('2014-09-01');
const between = day('2014-10-15');
const after = day('2014-11-27');

describe('133 actions, of which 108 complete, and a table of 32', () => {
  it('adds up by the deeds of two officers, and is said in one sentence', async () => {
    const officer = await makePerson(db, authority.id);
    const checker = await makePerson(db, authority.id, { roles: ['director'] });
    const rows = Array.from({ length: 133 }, (_, index) =>
      read({ where: `row ${index + 1}`, text: `Action ${index + 1}`, leads: ['Service Manager'] }),
    );
    const prepared = await prepareImport(db, officer, {
      fileName: 'plan.xlsx',
      mediaType: 'application/octet-stream',
      bytes: Buffer.from('the plan of September'),
      positionOn: before,
      reading: reading(rows),
      choices: { ...choices, ragScheme: testScheme },
    });
    if (prepared.kind !== 'done') throw new Error(prepared.kind);
    const plan = await runImport(db, officer, prepared.importId);
    if (plan.kind !== 'done') throw new Error(plan.kind);
    const movement = async () => {
      const moved = await inAuthority(db, authority.id, (tx) =>
        readMovement(tx, authority.id, plan.planId, before, after),
      );
      if (moved === null) throw new Error('The plan stands');
      return moved;
    };
    const complete = (await movement()).after.actions.slice(0, 108);
    const seen: Selected[] = complete.map(({ id, version, dueVersion, updateVersion }) => ({
      id,
      version,
      dueVersion,
      updateVersion,
    }));
    const done = await bulkChange(db, officer, between, plan.planId, seen, {
      kind: 'update',
      choice: 'blue',
      whatChanged: 'Done, and reported to the board.',
      submissionId: newId<'submission'>(),
    });
    expect(done).toMatchObject({ kind: 'done', changed: 108 });
    const chosen = complete
      .slice(0, 101)
      .map(({ id }) => ({ id, tableVersion: 0, closureVersion: 0 }));
    const leave = {
      chosen,
      act: 'leave' as const,
      reason: 'Reported in September.',
      acceptUntested: null,
    };

    // Done is not improved: nothing leaves whose effect nobody showed, and no doer accepts it.
    const barred = await leaveTable(db, checker, after, plan.planId, leave);
    expect(barred).toMatchObject({ kind: 'refused', reasons: [{ field: 'accept' }] });
    const acceptUntested = 'These were tested by the inspection of March 2012.';
    const own = await leaveTable(db, officer, after, plan.planId, { ...leave, acceptUntested });
    expect(own).toMatchObject({ kind: 'refused', reasons: [{ field: 'accept' }] });

    const left = await leaveTable(db, checker, after, plan.planId, { ...leave, acceptUntested });
    expect(left).toEqual({ kind: 'done', moved: 101, accepted: 101 });

    const found = await movement();
    expect(movementFigures(found.movement)).toEqual({
      opening: 133,
      added: 0,
      completed: 108,
      withdrawn: 0,
      reopened: 0,
      closing: 25,
      revised: 0,
      newlyOverdue: 0,
      better: 0,
      worse: 0,
    });
    const { table } = found.movement;
    expect(table.then).toEqual({
      total: 133,
      complete: 0,
      shown: 133,
      shownComplete: 0,
      outstanding: 133,
    });
    expect(table.now).toEqual({
      total: 133,
      complete: 108,
      shown: 32,
      shownComplete: 7,
      outstanding: 25,
    });
    expect(table.left).toHaveLength(101);
    const words = movementSentences(found.movement, found.before, found.after).map(
      ({ text }) => text,
    );
    expect(words).toContain(
      'The plan’s own table shows 32 of 133 actions: 7 complete and 25 outstanding. 101 completed actions have left it, all of them since then.',
    );

    // What is reopened comes back to the table by itself, and stays there once complete again.
    const actionId = chosen[0]?.id ?? newId<'action'>();
    const again = async (choice: string, seenVersion: number, failedAgain: string | null) => {
      const outcome = await giveUpdate(db, officer, after, {
        actionId,
        choice,
        whatChanged: 'Visits were late again.',
        evidence: [],
        seenVersion,
        submissionId: newId<'submission'>(),
        corrects: null,
        failedAgain,
      });
      expect(outcome.kind).toBe('done');
    };
    const first = complete[0]?.updateVersion ?? 0;
    await again('green', first + 1, 'Visits were late again.');
    await again('blue', first + 2, null);
    const { table: now } = (await movement()).movement;
    expect(now.now).toMatchObject({ shown: 33, shownComplete: 8, outstanding: 25 });
  });
});
