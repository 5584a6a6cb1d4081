import { addDays, type IsoDate } from '#kernel/dates.ts';
import type { ActionId, ObjectiveId, PlanId } from '#kernel/ids.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultScheme } from './default-scheme.ts';
import { movementFigures, movementOf, type MovementFacts } from './movement.ts';
import { noTruth, pictureAction } from './picture-action.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import { usualRule } from './rag-thresholds.ts';
import type { Due, Rag, Status } from './reading.ts';

/**
 * Movement adds up, for any history and any two days. The pictures at
 * both ends are made here from the same facts by the rule of the house, the latest by
 * (effective_on, version), and the steps between by looking at every single day.
 */
const firstDay = '2026-01-01' as IsoDate;
const lastDay = 24;
const dayOf = (index: number): IsoDate => addDays(firstDay, index);

interface History {
  versions: { on: number; withdrawn: boolean }[];
  dues: { on: number; to: number | null }[];
  updates: { on: number; status: Status | null; rag: Rag | null }[];
  leaves: { on: number; onTable: boolean }[];
}

const someDay = fc.integer({ min: 1, max: lastDay });
/** Facts in the order in which they were recorded: any may hold from an earlier day than the last. */
const history: fc.Arbitrary<History> = fc.record({
  versions: fc.array(fc.record({ on: someDay, withdrawn: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  }),
  dues: fc.array(fc.record({ on: someDay, to: fc.option(fc.integer({ min: 1, max: 40 })) }), {
    minLength: 1,
    maxLength: 4,
  }),
  updates: fc.array(
    fc.record({
      on: someDay,
      status: fc.constantFrom<Status | null>('not started', 'in progress', 'complete', null),
      rag: fc.constantFrom<Rag | null>('red', 'amber', 'green', 'blue', null),
    }),
    { maxLength: 6 },
  ),
  leaves: fc.array(fc.record({ on: someDay, onTable: fc.boolean() }), { maxLength: 3 }),
});
const plan = fc.array(history, { maxLength: 5 });

/** Three days in their order, two of which may be the same. */
const threeDays = fc
  .tuple(
    fc.integer({ min: 0, max: lastDay + 1 }),
    fc.integer({ min: 0, max: lastDay + 1 }),
    fc.integer({ min: 0, max: lastDay + 1 }),
  )
  .map((days) => days.toSorted((a, b) => a - b) as [number, number, number]);

const idOf = (index: number) => `action ${index}` as ActionId;
const dueTo = (to: number | null): Due =>
  to === null
    ? { asWritten: '', from: null, to: null, precision: 'none' }
    : { asWritten: '', from: dayOf(to), to: dayOf(to), precision: 'day' };

function latest<Fact extends { on: number }>(facts: readonly Fact[], day: number) {
  return facts
    .map((fact, index) => ({ ...fact, version: index + 1 }))
    .filter(({ on }) => on <= day)
    .sort((a, b) => a.on - b.on || a.version - b.version);
}

/** The plan at the end of a day, as the store would read it; null before its first fact. */
function pictureOn(histories: readonly History[], day: number): PlanPicture | null {
  const actions = histories.flatMap((one, index): ActionPicture[] => {
    const version = latest(one.versions, day).at(-1);
    if (version === undefined) return [];
    const update = latest(one.updates, day).at(-1);
    const leave = latest(one.leaves, day).at(-1);
    return [
      pictureAction(
        {
          id: idOf(index),
          objectiveId: 'objective' as ObjectiveId,
          ref: String(index + 1),
          position: index,
          text: 'Visit on time',
          priority: null,
          successMeasure: null,
          outcomeForChildren: null,
          withdrawn: version.withdrawn,
          version: version.version,
          leadIds: [],
          contributorIds: [],
          dues: latest(one.dues, day).map((entry) => ({
            due: dueTo(entry.to),
            declaredRevised: false,
            version: entry.version,
          })),
          update:
            update === undefined
              ? null
              : {
                  id: `update ${update.version}` as never,
                  effectiveOn: dayOf(update.on),
                  by: null,
                  claimedRag: update.rag,
                  status: update.status,
                  whatChanged: 'Something',
                },
          updateVersion: one.updates.length,
          addedOn: null,
          truth: { ...noTruth, onTable: leave?.onTable ?? true },
        },
        { asAt: dayOf(day), parties: new Map(), names: new Map(), sources: [] },
      ),
    ];
  });
  if (actions.length === 0) return null;
  return {
    plan: {
      id: 'plan' as PlanId,
      slug: 'plan',
      title: 'Plan',
      periodFrom: null,
      periodTo: null,
      owner: null,
      boards: [],
      reviewCycleDays: null,
      ragScheme: [...defaultScheme],
      state: 'active',
      version: 1,
      ragRule: usualRule(dayOf(day)),
    },
    asAt: dayOf(day),
    objectives: [],
    actions,
  };
}

const emptyPlan = (day: number): PlanPicture => {
  const standing = pictureOn(
    [{ versions: [{ on: 0, withdrawn: false }], dues: [], updates: [], leaves: [] }],
    day,
  );
  if (standing === null) throw new Error('A plan stands from its first day');
  return { ...standing, actions: [] };
};

/** Every fact that holds by the end of that day, as `readHistory` gives them: by their versions. */
function factsUpTo(histories: readonly History[], day: number): MovementFacts {
  const facts = <Fact extends { on: number }, More>(
    list: readonly Fact[],
    index: number,
    more: (fact: Fact) => More,
  ) =>
    list.flatMap((fact, at) =>
      fact.on > day
        ? []
        : [{ actionId: idOf(index), version: at + 1, effectiveOn: dayOf(fact.on), ...more(fact) }],
    );
  return {
    versions: histories.flatMap((one, index) =>
      facts(one.versions, index, ({ withdrawn }) => ({ withdrawn })),
    ),
    dues: histories.flatMap((one, index) =>
      facts(one.dues, index, ({ to }) => ({ due: dueTo(to) })),
    ),
    updates: histories.flatMap((one, index) =>
      facts(one.updates, index, ({ status }) => ({ status })),
    ),
  };
}

function moved(histories: readonly History[], from: number, to: number) {
  const after = pictureOn(histories, to) ?? emptyPlan(to);
  return movementOf(pictureOn(histories, from), after, factsUpTo(histories, to), dayOf(from));
}

const openOn = (histories: readonly History[], day: number) =>
  (pictureOn(histories, day)?.actions ?? []).filter(
    ({ status, withdrawn }) => status !== 'complete' && !withdrawn,
  ).length;

const steps = ['added', 'reopened', 'completed', 'withdrawn'] as const;

describe('movement over (from, to]', () => {
  it('adds up, for any history and any two days', () => {
    fc.assert(
      fc.property(plan, threeDays, (histories, [from, , to]) => {
        const movement = moved(histories, from, to);
        const figures = movementFigures(movement);
        expect(figures.opening).toBe(openOn(histories, from));
        expect(figures.closing).toBe(openOn(histories, to));
        expect(
          figures.opening +
            figures.added +
            figures.reopened -
            figures.completed -
            figures.withdrawn,
        ).toBe(figures.closing);
      }),
      { numRuns: 200 },
    );
  });

  it('is the movement to a day between, and from it, together', () => {
    fc.assert(
      fc.property(plan, threeDays, (histories, [first, between, last]) => {
        const whole = moved(histories, first, last);
        const one = moved(histories, first, between);
        const other = moved(histories, between, last);
        for (const step of steps) {
          expect([...one[step], ...other[step]].sort()).toEqual(whole[step].toSorted());
        }
        expect([one.opening, one.closing, other.closing]).toEqual([
          whole.opening,
          other.opening,
          whole.closing,
        ]);
        expect(new Set([...one.revised, ...other.revised])).toEqual(new Set(whole.revised));
      }),
      { numRuns: 100 },
    );
  });

  it('is what was seen by who looked every evening', () => {
    fc.assert(
      fc.property(history, threeDays, (one, [from, , to]) => {
        const seen = { added: 0, reopened: 0, completed: 0, withdrawn: 0 };
        const stateOn = (day: number) => {
          const action = pictureOn([one], day)?.actions[0];
          if (action === undefined) return 'absent';
          if (action.withdrawn) return 'withdrawn';
          return action.status === 'complete' ? 'complete' : 'open';
        };
        for (let day = from + 1; day <= to; day += 1) {
          const [was, is] = [stateOn(day - 1), stateOn(day)];
          const wasOpen = was === 'open';
          if (was === 'absent' && is !== 'absent') seen.added += 1;
          if (was !== 'absent' && !wasOpen && is === 'open') seen.reopened += 1;
          if ((wasOpen || was === 'absent') && is === 'complete') seen.completed += 1;
          if ((wasOpen || was === 'absent') && is === 'withdrawn') seen.withdrawn += 1;
        }
        const movement = moved([one], from, to);
        expect(Object.fromEntries(steps.map((step) => [step, movement[step].length]))).toEqual(
          seen,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('has a table whose actions shown and left are all that stand', () => {
    fc.assert(
      fc.property(plan, threeDays, (histories, [from, , to]) => {
        const { table } = moved(histories, from, to);
        const off = (pictureOn(histories, to)?.actions ?? []).filter(
          ({ onTable, withdrawn }) => !onTable && !withdrawn,
        );
        expect(table.now.shown + off.length).toBe(table.now.total);
        expect(table.now.shownComplete + table.now.outstanding).toBe(table.now.shown);
        expect(off.map(({ id }) => id)).toEqual(expect.arrayContaining(table.left));
        // What is still to do is never off the table.
        expect(off.every(({ status }) => status === 'complete')).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('counts claims between actions open on both days alone, and lateness at the end', () => {
    const on = (day: number, rag: Rag, status: Status | null = null) => ({ on: day, rag, status });
    const one = (updates: History['updates'], due = 30): History => ({
      versions: [{ on: 1, withdrawn: false }],
      dues: [{ on: 1, to: due }],
      updates,
      leaves: [],
    });
    const movement = moved(
      [
        one([on(1, 'red'), on(8, 'amber')]),
        one([on(1, 'green'), on(8, 'red')]),
        one([on(1, 'red'), on(8, 'blue', 'complete')]),
        one([on(8, 'green')]),
        one([on(1, 'amber'), on(8, 'amber')], 6),
        one([on(1, 'amber')], 3),
      ],
      5,
      10,
    );
    expect(movement.better).toEqual([idOf(0)]);
    expect(movement.worse).toEqual([idOf(1)]);
    expect(movement.newlyOverdue).toEqual([idOf(4)]);
    expect(movement.completed).toEqual([idOf(2)]);
  });
});
