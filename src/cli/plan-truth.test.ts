import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { giveUpdate } from '#plans';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { makePerson } from '#test/people.ts';
import { day, dueOn, makePlan } from '#test/plans.ts';
import { sightline } from '#test/programs.ts';
import { asUrl } from '#test/serving.ts';

const { db, keeper, appAddress, keeperAddress } = await testDatabase();
const council = await freshAuthority({ keeper });
const officer = await makePerson(db, council.id, {}, new Date('2026-01-05T09:00:00Z'));
const settings = {
  DATABASE_URL: asUrl(appAddress),
  DATABASE_KEEPER_URL: asUrl(keeperAddress),
};
const plan = await makePlan(db, officer, day('2026-01-05'), [
  { text: 'Agree the standard', due: dueOn('2026-01-30') },
  { text: 'Publish it', due: dueOn('2026-12-18') },
]);
const [first, second] = plan.actionIds;
if (first === undefined || second === undefined) throw new Error('The plan has no actions');
const told = (actionId: typeof first, choice: string, on: string) =>
  giveUpdate(db, officer, day(on), {
    actionId,
    choice,
    whatChanged: 'As agreed',
    evidence: [],
    seenVersion: 0,
    submissionId: newId<'submission'>(),
    corrects: null,
  });
await told(first, 'green', '2026-01-12');
await told(second, 'blue', '2026-02-02');
// Two dates of one action, as its ledger holds them.
await inAuthority(db, council.id, (tx) =>
  tx
    .insertInto('due_date_entry')
    .values({
      authority_id: council.id,
      id: newId<'due date'>(),
      action_id: first,
      version: 2,
      effective_on: day('2026-02-10'),
      recorded_by: officer.userId,
      as_written: '20 March 2026',
      due_from: day('2026-03-20'),
      due_to: day('2026-03-20'),
      precision: 'day',
      declared_revised: false,
      reason: 'More people to ask',
      effect_on_children: 'None',
    })
    .execute(),
);

const folder = await mkdtemp(path.join(tmpdir(), 'reports-'));
afterAll(() => rm(folder, { recursive: true }));

const printed = async (...args: string[]) => {
  const ended = await sightline(['plan', ...args, '--json'], settings);
  expect(ended).toMatchObject({ code: 0, error: '' });
  return JSON.parse(ended.out) as unknown;
};

describe('the truth of a plan on the command line', () => {
  it('is its movement, which adds up', async () => {
    expect(
      await printed('movement', plan.slug, '--from', '2026-01-04', '--to', '2026-02-28'),
    ).toEqual({
      opening: 0,
      added: 2,
      completed: 1,
      withdrawn: 0,
      reopened: 0,
      closing: 1,
      revised: 1,
      newlyOverdue: 0,
      better: 0,
      worse: 0,
    });
  });

  it('is where claims and facts disagree, with the reasons in words', async () => {
    expect(await printed('disagreements', plan.slug, '--as-at', '2026-02-06')).toEqual([
      {
        ref: '1',
        claimed: 'green',
        derived: 'red',
        reasons: ['7 days overdue: it was due 30 January 2026'],
      },
      {
        ref: '2',
        claimed: 'blue',
        derived: 'amber',
        reasons: ['claimed complete, and no evidence shows it'],
      },
    ]);
  });

  it('is how far dates have slipped from the first', async () => {
    expect(await printed('slippage', plan.slug, '--as-at', '2026-02-09')).toEqual([]);
    expect(await printed('slippage', plan.slug, '--as-at', '2026-02-10')).toEqual([
      { ref: '1', first: '2026-01-30', current: '2026-03-20', days: 49, changes: 1 },
    ]);
  });

  it.each([
    ['html', '<!doctype html>'],
    ['docx', 'PK'],
    ['pdf', '%PDF-'],
  ])('is written as a report to committee in %s', async (format, beginning) => {
    const out = path.join(folder, `paper.${format}`);
    const asked = ['--depth', 'members', '--as-at', '2026-02-28', '--from', '2026-01-05'];
    const written = await sightline(
      ['report', plan.slug, ...asked, '--format', format, '--out', out],
      settings,
    );
    expect(written).toMatchObject({ code: 0, error: '' });
    expect((await readFile(out)).subarray(0, beginning.length).toString().toLowerCase()).toBe(
      beginning.toLowerCase(),
    );
  });

  it('refuses days that are none, or that run backwards', async () => {
    const refusal = await sightline(
      ['plan', 'movement', plan.slug, '--from', '2026-02-30'],
      settings,
    );
    expect(refusal).toMatchObject({ code: 2, out: '' });
    expect(refusal.error).toContain('--from takes a real day');
    const back = ['--from', '2026-02-02', '--to', '2026-02-01'];
    const backwards = await sightline(['plan', 'movement', plan.slug, ...back], settings);
    expect(backwards.error).toContain('is before --from');
  });
});
