import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { action, dueOn, objective, party } from '../out/example-picture.test-help.ts';
import { arbitraryPicture } from '../out/arbitrary-picture.test-help.ts';
import { needsAttention } from './attention.ts';
import { anyAction, filterActions } from './filter.ts';
import { listInWords, summarise, summarySentence } from './position.ts';

const serves = objective({});

describe('the figures of a plan', () => {
  it('are counted, and said in one sentence', () => {
    const actions = [
      action(serves, { ref: '1', status: 'complete', leads: [party('Lead')] }),
      action(serves, { ref: '2', status: 'in progress', daysOverdue: 3, revised: true }),
      action(serves, { ref: '3', status: null, due: dueOn('2026-06-30', '30 June 2026') }),
      action(serves, { ref: '4', withdrawn: true }),
    ];
    const summary = summarise(actions);
    expect(summary).toMatchObject({
      actions: 3,
      byStatus: { complete: 1, 'in progress': 1, 'not started': 0, none: 1 },
      overdue: 1,
      revised: 1,
      withoutLead: 2,
      withoutDate: 2,
      withdrawn: 1,
    });
    expect(summarySentence(summary)).toBe(
      '3 actions. 1 is complete, 1 in progress and 1 does not say how far; 1 is overdue and 1 has had its date changed.',
    );
  });

  it('say so where there is nothing', () => {
    expect(summarySentence(summarise([]))).toBe('No actions yet.');
    expect(listInWords([])).toBe('');
  });

  it('add up for any plan: every action has one status and one colour', () => {
    fc.assert(
      fc.property(arbitraryPicture, (picture) => {
        const summary = summarise(picture.actions);
        const sum = (record: Record<string, number>) =>
          Object.values(record).reduce((total, count) => total + count, 0);
        expect(summary.actions + summary.withdrawn).toBe(picture.actions.length);
        expect(sum(summary.byStatus)).toBe(summary.actions);
        expect(sum(summary.byRag)).toBe(summary.actions);
        expect(summary.overdue).toBeLessThanOrEqual(summary.actions - summary.byStatus.complete);
      }),
    );
  });
});

describe('filters', () => {
  it('only ever take away, keep the order, and each shows what its count says', () => {
    fc.assert(
      fc.property(arbitraryPicture, (picture) => {
        const all = filterActions(picture, anyAction, 'plan');
        expect(all).toEqual(picture.actions.filter((one) => !one.withdrawn));
        const summary = summarise(picture.actions);
        const count = (change: Partial<typeof anyAction>) =>
          filterActions(picture, { ...anyAction, ...change }, 'plan').length;
        expect(count({ overdue: true })).toBe(summary.overdue);
        expect(count({ revised: true })).toBe(summary.revised);
        expect(count({ leads: ['none'] })).toBe(summary.withoutLead);
        expect(count({ withoutDate: true })).toBe(summary.withoutDate);
        expect(count({ rags: ['amber', 'none'] })).toBe(summary.byRag.amber + summary.byRag.none);
        expect(count({ statuses: ['complete'] })).toBe(summary.byStatus.complete);
        expect(count({ withdrawn: true })).toBe(picture.actions.length);
        const sorted = filterActions(picture, anyAction, 'due');
        expect(sorted).toHaveLength(all.length);
        expect(new Set(sorted)).toEqual(new Set(all));
      }),
      { numRuns: 50 },
    );
  });

  it('find every word, in the action, its objective, its leads and its sources', () => {
    const early = objective({ title: 'Help comes early', ref: '2.10' });
    const one = action(early, {
      ref: 'A7',
      text: 'Train the duty team',
      leads: [party('Hub Lead')],
    });
    const two = action(early, { ref: 'A8', text: 'Train everybody else' });
    const picture = {
      plan: {} as never,
      asAt: '2026-03-04' as never,
      objectives: [early],
      actions: [one, two],
    };
    const find = (text: string) =>
      filterActions(picture, { ...anyAction, text }, 'plan').map((found) => found.ref);
    expect(find('TRAIN')).toEqual(['A7', 'A8']);
    expect(find('train hub')).toEqual(['A7']);
    expect(find('2.10 a8')).toEqual(['A8']);
    expect(find('train hub else')).toEqual([]);
  });
});

describe('what needs attention', () => {
  it('names only open actions, the longest overdue first', () => {
    fc.assert(
      fc.property(arbitraryPicture, (picture) => {
        const { overdue, stale, withoutLead, withoutDate } = needsAttention(picture);
        for (const one of [...overdue, ...stale, ...withoutLead, ...withoutDate]) {
          expect(one.withdrawn || one.status === 'complete').toBe(false);
        }
        const days = overdue.map((one) => one.daysOverdue);
        expect(days).toEqual([...days].sort((a, b) => b - a));
        if (picture.plan.reviewCycleDays === null) expect(stale).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
