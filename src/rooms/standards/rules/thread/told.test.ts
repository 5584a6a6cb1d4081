import { describe, expect, it } from 'vitest';
import type { IsoDate } from '#kernel/dates.ts';
import type { CriterionId, JudgementId } from '#kernel/ids.ts';
import { readDue } from '#kernel/due/read-due.ts';
import { metLevels } from '../levels.ts';
import type { Judgement, SectionStep } from '../picture.ts';
import { toldCriterion, toldSection, type CriterionStory, type SaidOf } from './told.ts';

const day = (text: string) => text as IsoDate;
const asAt = day('2026-03-04');
const criterion = {
  ...{ id: 'c', ref: '1.9', title: 'Framework', levels: metLevels, link: '/c' },
};

const judged = (on: string, level: string, more: Partial<Judgement> = {}): SaidOf<Judgement> => ({
  ...{ id: on as JudgementId, criterionId: 'c' as CriterionId, version: 1, by: null, criterion },
  ...{ effectiveOn: day(on), recordedAt: new Date(`${on}T10:00:00Z`), progress: 'in progress' },
  ...{ level, result: null, howMet: null, whyNot: null, whatNext: null, due: null },
  ...{ leads: [], restsOn: [] },
  ...more,
});

const gapsOf = (judgements: readonly SaidOf<Judgement>[], more: Partial<CriterionStory> = {}) =>
  toldCriterion(
    {
      ...{ criterion, judgements, verdicts: [], inUseSince: day('2020-01-06'), answered: false },
      section: { title: 'Help', steps: [], link: '/s' },
      ...more,
    },
    asAt,
  ).gaps.map(({ since, text }) => [since, text]);

describe('what is missing on a criterion', () => {
  it('counts from the first day of the level that it has without a break', () => {
    const run = [
      judged('2026-03-02', 'partially-met'),
      judged('2026-02-02', 'partially-met'),
      judged('2025-03-03', 'not-met'),
      judged('2020-06-03', 'partially-met'),
    ];
    expect(gapsOf(run)).toEqual([
      [
        '2026-02-02',
        'Criterion 1.9 of “Framework”: partially met since 2 February 2026; no next step, 22 working days.',
      ],
    ]);
  });

  it('says whether it is the next step or its action that is missing; nothing where one answers it', () => {
    const next = [judged('2026-03-02', 'not-met', { whatNext: 'Weekly report' })];
    expect(gapsOf(next)[0]?.[1]).toContain('no action for its next step, 2 working days.');
    expect(gapsOf(next, { answered: true })).toEqual([]);
    expect(gapsOf([judged('2026-03-02', 'fully-met')])).toEqual([]);
  });

  it('says that a next step is late, and that nobody looked for a year', () => {
    const { due } = readDue('27 February 2026');
    const late = judged('2025-03-03', 'not-met', { whatNext: 'Weekly report', due });
    expect(gapsOf([late], { answered: true }).map(([, text]) => text)).toEqual([
      'Criterion 1.9 of “Framework”: its next step was due on 27 February 2026; it is not met still, 3 working days.',
      'Criterion 1.9 of “Framework”: judged last on 3 March 2025, more than a year ago.',
    ]);
    const yesterday = judged('2025-03-04', 'fully-met');
    expect(gapsOf([yesterday])).toEqual([]);
  });

  it('says that nobody judged it, and nothing of an edition that is not in use', () => {
    expect(gapsOf([], { inUseSince: day('2026-03-02') })).toEqual([
      [
        '2026-03-02',
        'Criterion 1.9 of “Framework”: in use since 2 March 2026; nobody has judged it, 2 working days.',
      ],
    ]);
    expect(gapsOf([], { inUseSince: null })).toEqual([]);
  });
});

describe('a section of a self-assessment', () => {
  const step = (kind: SectionStep['step'], on: string, more: Partial<SectionStep> = {}) => ({
    ...{ sectionKind: 'narrative' as const, sectionId: 's', roundId: null, version: 1, by: null },
    ...{ effectiveOn: day(on), recordedAt: new Date(`${on}T10:00:00Z`), step: kind },
    ...{ postId: null, dueOn: null, comment: null, contentHash: null },
    ...more,
  });
  const told = (steps: readonly SectionStep[]) =>
    toldSection({ ...{ id: 's', name: '4 Care', title: '2025/26', link: '/s' }, steps }, asAt);
  const handed = step('handed', '2026-02-02', { dueOn: day('2026-03-02') });

  it('tells its steps with what was said, and that it is late until it is submitted', () => {
    const back = step('returned', '2026-02-20', { comment: 'Name the audit' });
    expect(told([handed, step('submitted', '2026-02-18'), back])).toMatchObject({
      entries: [
        { text: 'The section “4 Care” of “2025/26” was handed out to be written.' },
        { text: 'The section “4 Care” of “2025/26” was submitted.' },
        { text: 'The section “4 Care” of “2025/26” was returned: Name the audit.' },
      ],
      gaps: [
        {
          since: '2026-03-02',
          text: 'The section “4 Care” of “2025/26”: due on 2 March 2026; not submitted, 2 working days.',
        },
      ],
    });
    expect(told([handed, step('submitted', '2026-02-18')]).gaps).toEqual([]);
  });
});
