import { describe, expect, it } from 'vitest';
import type { IsoDate } from '#kernel/dates.ts';
import type { FindingId, SourceId } from '#kernel/ids.ts';
import type { FindingPicture, SourcePicture } from '../picture.ts';
import { threadOf, type ThreadLink } from './thread.ts';
import {
  threadSentence,
  toldAction,
  toldDerivative,
  toldEvidence,
  toldFinding,
  toldSource,
  type ProgressEvent,
} from './told.ts';

const day = (text: string) => text as IsoDate;

const source: SourcePicture = {
  id: 's' as SourceId,
  kind: 'inspection',
  title: 'Focused visit',
  body: 'Ofsted',
  reference: null,
  visitFrom: day('2020-04-20'),
  visitTo: day('2020-04-22'),
  publishedOn: null,
  receivedOn: day('2020-05-12'),
  overall: null,
  overallIs: 'none given',
  grades: [],
  summary: null,
  classification: 'public',
  withdrawn: false,
  version: 1,
  addedOn: day('2020-05-13'),
  lookedOn: day('2020-05-13'),
};

const finding = (more: Partial<FindingPicture> = {}): FindingPicture => ({
  id: 'f' as FindingId,
  source,
  kind: 'recommendation',
  ref: '2',
  position: 2,
  words: 'Write up every visit',
  page: '4',
  paragraph: null,
  area: null,
  lead: null,
  reportsTo: null,
  wordsToShare: null,
  withdrawn: false,
  version: 1,
  addedOn: day('2020-05-13'),
  themes: [],
  response: null,
  responseVersion: 0,
  actions: [],
  derived: { state: 'open', reason: { why: 'no-response' } },
  ...more,
});

const step = (on: string, more: Partial<ProgressEvent> = {}): ProgressEvent => ({
  on: day(on),
  state: 'planned',
  dueOn: null,
  label: 'Visit on time',
  place: 'Improvement plan, 1.1',
  href: '/plans/improvement-plan/actions/a',
  ...more,
});

const gapsOf = (told: { gaps: readonly { since: string; text: string }[] } | null) =>
  (told?.gaps ?? []).map(({ since, text }) => [since, text]);

describe('the thread of a recommendation', () => {
  const links: ThreadLink[] = [
    {
      from: { kind: 'finding', id: 'f' },
      to: { kind: 'action', id: 'a' },
      relation: 'answered by',
      page: null,
      on: day('2020-06-10'),
      endedOn: day('2020-09-01'),
    },
    {
      from: { kind: 'finding', id: 'f' },
      to: { kind: 'action', id: 'hidden' },
      relation: 'answered by',
      page: null,
      on: day('2020-06-11'),
      endedOn: null,
    },
  ];
  const action = toldAction(
    'a',
    [
      step('2020-06-09', { dueOn: day('2020-06-30') }),
      step('2020-06-20', { state: 'in progress', dueOn: day('2020-07-31') }),
    ],
    day('2020-07-01'),
  );
  if (action === null) throw new Error('Told');
  const told = [
    toldSource(source, [], '/findings/sources/s'),
    toldFinding(
      finding(),
      [],
      [{ on: day('2020-06-03'), answer: 'partly accepted', reason: 'Where a child is seen' }],
      day('2020-07-01'),
      '/findings/f',
    ),
    action,
  ];
  const item = {
    kind: 'finding',
    id: 'f',
    title: 'Recommendation 2',
    link: '/findings/f',
  } as const;

  it('is told in the order of its days, both ways, and leaves out what is not told', () => {
    expect(threadOf(item, told, links).entries.map(({ on, text }) => `${on} ${text}`)).toEqual(
      [
        '2020-04-22 Visited from 20 April 2020 to 22 April 2020 by Ofsted: “Focused visit”.',
        '2020-05-12 “Focused visit” was received.',
        '2020-04-22 Recommendation 2 of “Focused visit” (page 4): “Write up every visit”',
        '2020-06-03 Recommendation 2 of “Focused visit” was partly accepted: Where a child is seen.',
        '2020-06-09 “Visit on time” (Improvement plan, 1.1) was planned, due 30 June 2020.',
        '2020-06-10 Recommendation 2 of “Focused visit” is to be answered by “Visit on time” (Improvement plan, 1.1).',
        '2020-06-20 “Visit on time” (Improvement plan, 1.1) is in progress.',
        '2020-06-20 The due date of “Visit on time” (Improvement plan, 1.1) moved from 30 June 2020 to 31 July 2020.',
        '2020-09-01 “Visit on time” (Improvement plan, 1.1) no longer answers recommendation 2 of “Focused visit”.',
      ].sort((a, b) => a.slice(0, 10).localeCompare(b.slice(0, 10))),
    );
  });

  it('says in its first sentence how much it holds', () => {
    expect(threadSentence(threadOf(item, told, links))).toBe(
      '9 events from 22 April 2020 to 1 September 2020. 1 gap in it.',
    );
    expect(threadSentence({ entries: [], gaps: [] })).toBe('Nothing is known of it yet.');
  });
});

describe('gaps, said aloud', () => {
  const told = (more: Partial<FindingPicture>, on: string) =>
    gapsOf(toldFinding(finding(more), [], [], day(on), '/findings/f'));

  it('are an accepted recommendation without an action, in working days', () => {
    const response = { answer: 'accepted' as const, reason: null, on: day('2020-06-03') };
    expect(told({ response }, '2020-07-30')).toEqual([
      [
        '2020-06-03',
        'Recommendation 2 of “Focused visit”: accepted on 3 June 2020; no action yet, 41 working days.',
      ],
    ]);
    const notAccepted = { ...response, answer: 'not accepted' as const, reason: 'No' };
    expect(told({ response: notAccepted }, '2020-07-30')).toEqual([]);
  });

  it('are no response since it was received', () => {
    expect(told({}, '2020-05-19')).toEqual([
      [
        '2020-05-12',
        'Recommendation 2 of “Focused visit”: received on 12 May 2020; no response yet, 5 working days.',
      ],
    ]);
    expect(told({ kind: 'strength' }, '2020-05-19')).toEqual([]);
    expect(told({ withdrawn: true }, '2020-05-19')).toEqual([]);
  });

  const action = (history: ProgressEvent[], on: string) =>
    gapsOf(toldAction('a', history, day(on))).map(([, text]) => text);

  it('are an action that is overdue, with or without word of it', () => {
    const due = { dueOn: day('2020-06-30') };
    const late = '“Visit on time” (Improvement plan, 1.1): due on 30 June 2020, and not done';
    expect(action([step('2020-06-01', due)], '2020-07-07')).toEqual([
      `${late}; nothing was heard of it since 1 June 2020, 5 working days.`,
    ]);
    const heard = [step('2020-06-01', due), step('2020-07-02', { ...due, state: 'in progress' })];
    expect(action(heard, '2020-07-07')).toEqual([`${late}, 5 working days.`]);
    expect(action([step('2020-06-01', due)], '2020-06-30')).toEqual([]);
    expect(action([step('2020-06-01', { ...due, state: 'withdrawn' })], '2020-07-07')).toEqual([]);
  });

  it('are what is done and not tested, and what failed again', () => {
    const name = '“Visit on time” (Improvement plan, 1.1)';
    expect(
      action([step('2020-06-01'), step('2020-06-10', { state: 'done' })], '2020-06-17'),
    ).toEqual([
      `${name}: done on 10 June 2020; nobody has shown yet that practice changed, 5 working days.`,
    ]);
    expect(action([step('2020-06-10', { state: 'regressed' })], '2020-06-11')).toEqual([
      `${name}: failed again on 10 June 2020; not done again, 1 working day.`,
    ]);
    expect(action([step('2020-06-10', { state: 'better for children' })], '2020-09-11')).toEqual(
      [],
    );
  });

  it('are evidence that is out of date', () => {
    const evidence = {
      id: 'e',
      title: 'Audit',
      goodUntil: day('2020-06-10'),
      withdrawn: false,
      history: [],
    };
    expect(gapsOf(toldEvidence(evidence, day('2020-06-12'), '/e'))).toEqual([
      ['2020-06-10', 'The evidence “Audit” is out of date since 10 June 2020, 2 working days.'],
    ]);
    expect(gapsOf(toldEvidence(evidence, day('2020-06-10'), '/e'))).toEqual([]);
    expect(gapsOf(toldEvidence({ ...evidence, withdrawn: true }, day('2020-06-12'), '/e'))).toEqual(
      [],
    );
  });
});

it('tells of a restricted finding its month and the words to share, and no more', () => {
  const derivative = {
    id: 'f' as FindingId,
    sourceId: 's' as SourceId,
    kind: 'recommendation' as const,
    themes: [],
    area: null,
    state: 'open' as const,
    month: '2020-05',
    wordsToShare: 'Visits were late',
  };
  const { entries, gaps } = toldDerivative(derivative, null);
  expect([entries.map(({ on, text }) => [on, text]), gaps]).toEqual([
    [['2020-05-01', 'A restricted recommendation of May 2020: “Visits were late”']],
    [],
  ]);
});
