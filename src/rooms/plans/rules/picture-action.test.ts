import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, type IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { dueOn } from '../out/example-picture.test-help.ts';
import { countDueDates, noTruth, pictureAction, type ActionFacts } from './picture-action.ts';
import type { Due, Status } from './reading.ts';

const day = (text: string) => text as IsoDate;
const context = { parties: new Map(), names: new Map(), sources: [] };

function facts(dues: Due[], status: Status | null = null, withdrawn = false): ActionFacts {
  return {
    id: newId<'action'>(),
    objectiveId: newId<'objective'>(),
    ref: '1',
    position: 1,
    text: 'Agree the standard',
    priority: null,
    successMeasure: null,
    outcomeForChildren: null,
    withdrawn,
    version: 1,
    leadIds: [],
    contributorIds: [],
    dues: dues.map((due, index) => ({ due, declaredRevised: false, version: index + 1 })),
    update:
      status === null
        ? null
        : {
            id: newId<'update'>(),
            effectiveOn: day('2026-01-05'),
            by: null,
            claimedRag: null,
            status,
            whatChanged: '',
          },
    addedOn: null,
    truth: noTruth,
    updateVersion: 1,
  };
}

const at = (one: ActionFacts, asAt: string) => pictureAction(one, { ...context, asAt: day(asAt) });
const june = dueOn('2026-06-30', '30 June 2026');
const september = dueOn('2026-09-30', '30/09/2026');

describe('an action as at a day', () => {
  it('is overdue from the day after its last day, while it is open', () => {
    expect(at(facts([june]), '2026-06-30').daysOverdue).toBe(0);
    expect(at(facts([june]), '2026-07-01').daysOverdue).toBe(1);
    expect(at(facts([june], 'in progress'), '2026-07-10').daysOverdue).toBe(10);
    expect(at(facts([june], 'complete'), '2026-07-10').daysOverdue).toBe(0);
    expect(at(facts([june], null, true), '2026-07-10').daysOverdue).toBe(0);
  });

  it('is never overdue where it has no day: as soon as possible is not a date', () => {
    const asap: Due = { asWritten: 'ASAP', from: null, to: null, precision: 'asap' };
    expect(at(facts([asap]), '2030-01-01')).toMatchObject({ daysOverdue: 0, slippageDays: null });
  });

  it('keeps its first date and says how far the current one lies from it', () => {
    expect(at(facts([june, september]), '2026-03-04')).toMatchObject({
      firstDue: june,
      due: september,
      dueDateCount: 2,
      revised: true,
      slippageDays: 92,
    });
  });

  it('is not revised by the same day in other words', () => {
    const inWords = dueOn('2026-06-30', 'end of June');
    expect(at(facts([june, inWords]), '2026-03-04')).toMatchObject({
      due: inWords,
      dueDateCount: 1,
      revised: false,
      slippageDays: 0,
    });
  });

  it('is revised where the imported paper said so, though its first date is not known', () => {
    const one = facts([june]);
    const [entry] = one.dues;
    if (entry !== undefined) entry.declaredRevised = true;
    expect(at(one, '2026-03-04')).toMatchObject({ revised: true, dueDateCount: 1 });
  });

  it('counts a change for every day that differs from the one before, whatever the history', () => {
    const days = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(days, (offsets) => {
        const dues = offsets.map((offset) => dueOn(addDays(day('2026-06-01'), offset), 'x'));
        const changes = offsets.filter(
          (offset, index) => index > 0 && offset !== offsets[index - 1],
        );
        const picture = at(facts(dues), '2026-06-03');
        expect(countDueDates(facts(dues).dues)).toBe(changes.length + 1);
        expect(picture.slippageDays).toBe((offsets.at(-1) ?? 0) - (offsets[0] ?? 0));
        const to = picture.due.to;
        expect(picture.daysOverdue).toBe(
          to === null ? 0 : Math.max(0, daysBetween(to, day('2026-06-03'))),
        );
      }),
    );
  });

  it('is not changed by the first date of an action that had none', () => {
    const none: Due = { asWritten: '', from: null, to: null, precision: 'none' };
    const begun = pictureAction(facts([none, dueOn('2026-06-30', '30 June')]), {
      ...context,
      asAt: day('2026-03-04'),
    });
    expect(begun).toMatchObject({ dueDateCount: 1, revised: false, slippageDays: 0 });
    expect(begun.firstDue.to).toBe('2026-06-30');
    // Taken away and given again is two changes: a date does not slip unseen through "none".
    const dates = [dueOn('2026-01-30', 'a'), none, dueOn('2026-06-30', 'b')];
    const changed = pictureAction(facts(dates), { ...context, asAt: day('2026-03-04') });
    expect(changed).toMatchObject({ dueDateCount: 3, slippageDays: 151 });
  });
});
