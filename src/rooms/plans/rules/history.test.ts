import { describe, expect, it } from 'vitest';
import type { IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { dueOn } from '../out/example-picture.test-help.ts';
import type { DateRequest } from './date-requests.ts';
import {
  historyOf,
  historySentence,
  type DueFact,
  type UpdateFact,
  type VersionFact,
} from './history.ts';

const actionId = newId<'action'>();
const lead = newId<'party'>();
const head = newId<'party'>();
const objectiveId = newId<'objective'>();
const names = {
  parties: new Map([
    [lead, { name: 'Early Help Lead' }],
    [head, { name: 'Virtual Head' }],
  ]),
  objectives: new Map([[objectiveId, { title: 'Visits are on time' }]]),
};

function recorded(version: number, on: string, at = `${on}T09:00:00Z`) {
  return {
    actionId,
    version,
    effectiveOn: on as IsoDate,
    recordedAt: new Date(at),
    by: null,
  };
}

function version(n: number, on: string, change: Partial<VersionFact> = {}): VersionFact {
  return {
    ...recorded(n, on),
    ref: '1.10',
    objectiveId,
    text: 'Visit every child',
    priority: null,
    successMeasure: null,
    outcomeForChildren: null,
    withdrawn: false,
    reason: null,
    leadIds: [lead],
    contributorIds: [],
    ...change,
  };
}

function due(n: number, on: string, to: string): DueFact {
  return {
    ...recorded(n, on),
    due: dueOn(to, to),
    reason: 'The school asked',
    effectOnChildren: null,
    declaredRevised: false,
  };
}

function update(n: number, on: string, change: Partial<UpdateFact> = {}): UpdateFact {
  return {
    ...recorded(n, on),
    id: newId<'update'>(),
    claimedRag: 'amber',
    status: 'in progress',
    whatChanged: 'Two were late',
    correctsId: null,
    evidenceIds: [],
    ...change,
  };
}

/** Of an action for which nobody asked for another date. */
const unasked = { requests: [], boardAnswers: [] };

const say = (facts: Omit<Parameters<typeof historyOf>[0], keyof typeof unasked>) =>
  historyOf({ ...unasked, ...facts }, names).map((entry) =>
    historySentence(entry, (colour) => colour ?? 'none'),
  );

describe('the history of an action', () => {
  it('is told newest first, each thing once, in a sentence', () => {
    const told = say({
      versions: [
        version(1, '2026-01-05'),
        version(2, '2026-02-02', { leadIds: [head], text: 'Visit every child in care' }),
        version(3, '2026-03-02', {
          leadIds: [head],
          text: 'Visit every child in care',
          withdrawn: true,
        }),
      ],
      dues: [due(1, '2026-01-05', '2026-03-31'), due(2, '2026-02-10', '2026-06-30')],
      updates: [update(1, '2026-02-20')],
    });
    expect(told).toEqual([
      'Withdrawn from the plan',
      'Update: amber, in progress',
      'Due date changed from 31 March 2026 to 30 June 2026',
      'Changed: action, lead',
      'Added to the plan. First due date: 31 March 2026',
    ]);
  });

  it('shows the words before and after of what changed, and nothing that did not', () => {
    const [entry] = historyOf(
      {
        ...unasked,
        versions: [version(1, '2026-01-05'), version(2, '2026-02-02', { leadIds: [head] })],
        dues: [],
        updates: [],
      },
      names,
    );
    expect(entry).toMatchObject({
      kind: 'changed',
      changes: [{ what: 'Lead', before: 'Early Help Lead', after: 'Virtual Head' }],
    });
  });

  it('tells no change where the same date was written in other words', () => {
    const again: DueFact = {
      ...due(2, '2026-02-10', '2026-03-31'),
      due: dueOn('2026-03-31', 'end of March'),
    };
    expect(
      say({
        versions: [version(1, '2026-01-05')],
        dues: [due(1, '2026-01-05', '2026-03-31'), again],
        updates: [],
      }),
    ).toEqual(['Added to the plan. First due date: 31 March 2026']);
  });

  it('tells a date that was asked for, refused, asked for again and granted, and what the board said', () => {
    const asker = newId<'user'>();
    const owner = newId<'user'>();
    const request = (n: number, on: string, to: string): DateRequest => ({
      ...recorded(n, on),
      by: asker,
      id: newId<'due request'>(),
      due: dueOn(to, to),
      reason: 'The school asked',
      effectOnChildren: 'None',
      decision: null,
    });
    const decided = (on: string, outcome: 'granted' | 'refused', dueVersion: number | null) => ({
      outcome,
      capacity: 'owner' as const,
      reason: 'So',
      effectiveOn: on as IsoDate,
      recordedAt: new Date(`${on}T10:00:00Z`),
      by: owner,
      dueVersion,
    });
    const first = request(1, '2026-02-02', '2026-09-30');
    const second = request(2, '2026-02-09', '2026-06-30');
    const facts = {
      versions: [version(1, '2026-01-05')],
      dues: [due(1, '2026-01-05', '2026-03-31'), due(2, '2026-02-10', '2026-06-30')],
      updates: [],
      requests: [
        { ...first, decision: decided('2026-02-03', 'refused', null) },
        { ...second, decision: decided('2026-02-10', 'granted', 2) },
        request(3, '2026-03-03', '2026-12-31'),
      ],
      boardAnswers: [
        {
          ...recorded(1, '2026-03-02'),
          dueVersion: 2,
          due: dueOn('2026-06-30', '2026-06-30'),
          answer: 'not approved' as const,
          minute: 'minute 7',
          boardId: lead,
        },
      ],
    };
    const history = historyOf(facts, names);
    expect(history.map((entry) => historySentence(entry, () => ''))).toEqual([
      'Another due date asked for: 31 December 2026',
      '30 June 2026 not approved by Early Help Lead',
      'Due date changed from 31 March 2026 to 30 June 2026',
      'Another due date asked for: 30 June 2026',
      'The date that was asked for, 30 September 2026, was refused',
      'Another due date asked for: 30 September 2026',
      'Added to the plan. First due date: 31 March 2026',
    ]);
    expect(history[2]).toMatchObject({ nth: 2, granted: { by: asker } });
    expect(history[4]).toMatchObject({ kind: 'refused', by: owner });
  });

  it('counts no date before the first: an action that had none gets its first one', () => {
    const none: DueFact = {
      ...due(1, '2026-01-05', '2026-03-31'),
      due: { asWritten: '', from: null, to: null, precision: 'none' },
    };
    const dues = [none, due(2, '2026-02-02', '2026-03-31'), due(3, '2026-02-09', '2026-06-30')];
    const history = historyOf(
      { ...unasked, versions: [version(1, '2026-01-05')], dues, updates: [] },
      names,
    );
    expect(history.flatMap((entry) => (entry.kind === 'due' ? [entry.nth] : []))).toEqual([2, 1]);
  });

  it('puts a correction at the day of what it corrects, and says which update that was', () => {
    const wrong = update(1, '2026-02-20');
    const right: UpdateFact = {
      ...update(2, '2026-02-20', { claimedRag: 'red', correctsId: wrong.id }),
      recordedAt: new Date('2026-03-01T09:00:00Z'),
    };
    const history = historyOf(
      { ...unasked, versions: [version(1, '2026-01-05')], dues: [], updates: [wrong, right] },
      names,
    );
    expect(history.map((entry) => historySentence(entry, (colour) => colour ?? 'none'))).toEqual([
      'Correction of an update: red, in progress',
      'Update: amber, in progress',
      'Added to the plan. First due date: No date',
    ]);
    expect(history[0]).toMatchObject({ kind: 'update', corrects: { id: wrong.id } });
  });
});
