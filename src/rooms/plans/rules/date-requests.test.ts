import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { action, dueOn, objective } from '../out/example-picture.test-help.ts';
import { day } from '#test/plans.ts';
import type { ActionPicture } from './picture.ts';
import { bySlippage, isForTheBoard, undecidedAt, type DateRequest } from './date-requests.ts';
import { askedInWords, movedInWords, notApprovedInWords } from './words.ts';

const serves = objective({ ref: '1' });
const of = (change: Partial<ActionPicture>) => action(serves, { ref: '1', ...change });

describe('a date before the board', () => {
  it.each([
    ['the first change', { dueDateCount: 2, revised: true }, false],
    ['the second change', { dueDateCount: 3, revised: true }, true],
    ['a date that a paper called revised', { dueDateCount: 1, revised: true }, false],
    ['the second change of what is complete', { dueDateCount: 3, status: 'complete' }, false],
    ['the second change of what was withdrawn', { dueDateCount: 3, withdrawn: true }, false],
  ] as const)('is asked about from the second change on: %s', (_what, change, expected) => {
    expect(isForTheBoard(of({ status: 'in progress', ...change }))).toBe(expected);
  });
});

describe('what was undecided when a round closed', () => {
  const at = (time: string) => new Date(`2026-03-0${time}:00:00Z`);
  const request = (asked: string, decided: string | null): DateRequest => ({
    id: newId<'due request'>(),
    actionId: newId<'action'>(),
    version: 1,
    effectiveOn: day('2026-03-02'),
    recordedAt: at(asked),
    by: null,
    due: dueOn('2026-06-30', '30 June 2026'),
    reason: 'x',
    effectOnChildren: 'x',
    decision:
      decided === null
        ? null
        : {
            outcome: 'refused',
            capacity: 'owner',
            reason: 'x',
            effectiveOn: day('2026-03-04'),
            recordedAt: at(decided),
            by: null,
            dueVersion: null,
          },
  });

  it('was asked for before, and answered after or not at all', () => {
    const close = at('3T12');
    const before = request('2T09', '3T11');
    const later = request('2T09', '4T09');
    const never = request('3T11', null);
    const after = request('3T13', null);
    expect(undecidedAt([before, later, never, after], close)).toEqual([later, never]);
  });
});

describe('the words of a date', () => {
  it.each([
    [{ dueDateCount: 3, slippageDays: 140 }, '3rd date, 140 days later than first'],
    [{ dueDateCount: 2, slippageDays: 1 }, '2nd date, 1 day later than first'],
    [{ dueDateCount: 2, slippageDays: -9 }, '2nd date, 9 days earlier than first'],
    [{ dueDateCount: 3, slippageDays: 0 }, '3rd date, the same day as first'],
    [{ dueDateCount: 2, slippageDays: null }, '2nd date'],
    [{ dueDateCount: 1, slippageDays: 0 }, null],
  ])('say how far it moved: %j', (change, words) => {
    expect(movedInWords(of({ revised: change.dueDateCount > 1, ...change }))).toBe(words);
  });

  it('say what was asked for, and what the board did not approve', () => {
    const due = dueOn('2026-06-30', '30 June 2026');
    expect(askedInWords({ due })).toBe('asked for 30 June 2026, not yet agreed');
    const ongoing = { asWritten: 'Ongoing', from: null, to: null, precision: 'ongoing' } as const;
    expect(askedInWords({ due: ongoing })).toBe('asked for ongoing, not yet agreed');
    const said = { board: null, minute: '7', on: day('2026-03-04'), version: 1 };
    const no = { ...said, answer: 'not approved' } as const;
    expect(notApprovedInWords({ boardAnswer: no })).toBe('not approved by the board');
    expect(notApprovedInWords({ boardAnswer: { ...no, answer: 'approved' } })).toBeNull();
    expect(notApprovedInWords({ boardAnswer: null })).toBeNull();
  });

  it('put the most slipped first, those without a day last', () => {
    const one = (ref: string, slippageDays: number | null, dueDateCount = 2) =>
      of({ ref, slippageDays, dueDateCount, revised: dueDateCount > 1 });
    const all = [one('a', 10), one('b', null), one('c', 0, 1), one('d', 140), one('e', -3)];
    expect(bySlippage(all).map((action) => action.ref)).toEqual(['d', 'a', 'e', 'b']);
  });
});
