import { describe, expect, it } from 'vitest';
import type { IsoDate } from '#kernel/dates.ts';
import { action, day, dueOn, objective, party } from '../out/example-picture.test-help.ts';
import { nothingClosed } from './closure.ts';
import { defaultScheme } from './default-scheme.ts';
import { countTable, type Movement } from './movement.ts';
import { movementSentences } from './movement-words.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import { usualRule } from './rag-thresholds.ts';
import { suggestedQuestions } from './suggested-questions.ts';

const serves = objective({});
const from = day('2014-09-01');
const to = day('2014-11-27');

function picture(asAt: IsoDate, actions: ActionPicture[]): PlanPicture {
  return {
    plan: {
      id: 'plan' as PlanPicture['plan']['id'],
      slug: 'plan',
      title: 'Service improvement plan',
      periodFrom: null,
      periodTo: null,
      owner: null,
      boards: [],
      reviewCycleDays: null,
      ragScheme: [...defaultScheme],
      state: 'active',
      version: 1,
      ragRule: usualRule(asAt),
    },
    asAt,
    objectives: [serves],
    actions,
  };
}

function movement(changes: Partial<Movement>, after: PlanPicture): Movement {
  const table = countTable(after.actions);
  return {
    from,
    to,
    opening: 0,
    added: [],
    reopened: [],
    completed: [],
    withdrawn: [],
    closing: 0,
    revised: [],
    newlyOverdue: [],
    better: [],
    worse: [],
    table: { then: table, now: table, left: [] },
    ...changes,
  };
}

const textsOf = (moved: Movement, before: PlanPicture | null, after: PlanPicture) =>
  movementSentences(moved, before, after).map(({ text }) => text);
const open = (ref: string, changes: Partial<ActionPicture> = {}) =>
  action(serves, { ref, leads: [party('Service Manager')], ...changes });
const done = (ref: string, changes: Partial<ActionPicture> = {}) =>
  open(ref, { status: 'complete', ...changes });

describe('since your last meeting', () => {
  it('says what moved so that it adds up, and what stands', () => {
    const moved = [open('1'), open('2'), done('3'), done('4')] as const;
    const [first, second, third, fourth] = moved;
    const then = picture(from, [open('1'), { ...second }, { ...third, status: 'in progress' }]);
    const now = picture(to, [
      { ...first, dueDateCount: 3, revised: true, daysOverdue: 12 },
      { ...second, claimedRag: 'green' },
      third,
      { ...fourth, onTable: false },
    ]);
    const words = textsOf(
      movement(
        {
          opening: 3,
          added: [fourth.id],
          completed: [third.id, fourth.id],
          closing: 2,
          revised: [first.id],
          newlyOverdue: [first.id],
          better: [second.id],
          table: {
            then: countTable(then.actions),
            now: countTable(now.actions),
            left: [fourth.id],
          },
        },
        now,
      ),
      then,
      now,
    );
    expect(words).toEqual([
      'On 1 September 2014, 3 actions were open. Since then 1 was added and 2 were completed, so 2 are open on 27 November 2014.',
      '1 action had its due date changed, and not for the first time.',
      '1 action is overdue, and it became so since then.',
      '1 action was open on both days: 1 is claimed to be going better than before.',
      '2 actions are complete: none is shown to have left children better off and 2 are not tested yet.',
      'The plan’s own table shows 3 of 4 actions: 1 complete and 2 outstanding. 1 completed action has left it, since then.',
    ]);
  });

  it('has words for nothing at all, and for a plan that had not begun', () => {
    const empty = picture(to, []);
    expect(textsOf(movement({}, empty), picture(from, []), empty)).toEqual([
      'On 1 September 2014, no action was open. Since then nothing was added, reopened, completed or withdrawn, so none is open on 27 November 2014.',
      'No due date was changed since then.',
      'No action is overdue.',
    ]);
    const one = open('1');
    expect(
      textsOf(movement({ added: [one.id], closing: 1 }, empty), null, picture(to, [one]))[0],
    ).toBe(
      'The plan had not begun by 1 September 2014. Since then 1 was added, so 1 is open on 27 November 2014.',
    );
  });

  it('says what was asked for and is not agreed, and what did not last', () => {
    const asked = open('1', {
      asked: {
        id: 'r' as never,
        due: dueOn('2015-03-31', '31 March 2015'),
        reason: 'Waiting for the contract',
        effectOnChildren: 'Visits go on as before',
        on: day('2014-11-01'),
        by: null,
      },
    });
    const failed = open('2', {
      closure: { ...nothingClosed, regressions: [{ on: day('2014-10-10'), heldDays: 92 }] },
    });
    const before = open('3', {
      closure: { ...nothingClosed, regressions: [{ on: from, heldDays: 5 }] },
    });
    const now = picture(to, [asked, failed, before]);
    const words = textsOf(movement({ opening: 3, closing: 3 }, now), now, now);
    expect(words).toContain(
      'Another date was asked for on 1 action and is not agreed yet, so the date agreed before still holds.',
    );
    expect(words).toContain('1 fix did not last: 2, after the change had held for 92 days.');
    const questions = suggestedQuestions(movement({}, now), now, now);
    expect(questions.map(({ rule }) => rule)).toEqual(['did not last', 'date not agreed']);
    expect(questions[0]?.actions).toEqual([
      {
        id: failed.id,
        ref: '2',
        why: 'It went back on 10 October 2014, after the change had held for 92 days.',
      },
    ]);
  });
});

describe('suggested questions', () => {
  it('are asked for a reason that stands in the figures, and only then', () => {
    const now = picture(to, [open('1'), done('2')]);
    expect(suggestedQuestions(movement({}, now), now, now)).toEqual([]);
  });

  it('ask of dates from the second change on, of lateness without a word, and of what is untested', () => {
    const late = open('1', {
      daysOverdue: 12,
      due: dueOn('2014-11-15', '15 November 2014'),
      slippageDays: 140,
      dueDateCount: 3,
      revised: true,
    });
    const once = open('2', { dueDateCount: 2, revised: true });
    const untested = done('3', { test: 'to be agreed' });
    const better = open('4', { claimedRag: 'green' });
    const orphan = open('5', { leads: [] });
    const away = open('6', { withdrawn: true });
    const now = picture(to, [late, once, untested, better, orphan, away]);
    const then = picture(from, [{ ...better, claimedRag: 'red' }]);
    const moved = movement(
      {
        revised: [late.id, once.id],
        completed: [untested.id],
        better: [better.id],
        withdrawn: [away.id],
      },
      now,
    );
    const asked = suggestedQuestions(moved, then, now);
    expect(asked.map(({ rule, actions }) => [rule, actions.map(({ ref }) => ref)])).toEqual([
      ['date changed again', ['1']],
      ['overdue without update', ['1']],
      ['claimed better without evidence', ['4']],
      ['complete and not tested', ['3']],
      ['withdrawn', ['6']],
      ['nobody leads', ['5']],
    ]);
    expect(asked[0]).toMatchObject({
      question: 'What would have to happen for the new date of action 1 to hold?',
      why: '1 action had its date changed, and not for the first time.',
    });
    expect(asked[0]?.actions[0]?.why).toBe(
      'It has its 3rd date, 15 November 2014, 140 days later than first agreed.',
    );
    // With evidence added, what is claimed better is not asked about.
    const shown = picture(to, [{ ...better, evidenceCount: 1 }]);
    expect(suggestedQuestions(movement({ better: [better.id] }, shown), then, shown)).toEqual([]);
  });
});
