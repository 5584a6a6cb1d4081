import { newId } from '#kernel/ids.ts';
import type { IsoDate } from '#kernel/dates.ts';
import { metLevels } from '../levels.ts';
import type { ReadSection } from './shared.ts';

/** A domain of four criteria, of which the first is judged; and a section of a narrative. */
export function exampleSections(): [ReadSection, ReadSection] {
  const criteria = ['1.1', '1.2', '1.10', '1.20'].map((ref, index) => ({
    id: newId<'criterion'>(),
    ref,
    text: `Children are seen alone and listened to (${ref})`,
    judgement:
      index > 0
        ? null
        : {
            on: '2026-02-01' as IsoDate,
            progress: 'in progress' as const,
            level: 'partially-met',
            result: 'minor gap' as const,
            howMet: 'Nine of ten visits were on time.',
            whyNot: 'Some records do not say what the child said.',
            whatNext: 'A second look at ten records each month.',
            due: {
              asWritten: 'June 2026',
              from: '2026-06-01' as IsoDate,
              to: '2026-06-30' as IsoDate,
              precision: 'month' as const,
            },
            leads: [{ id: newId<'party'>(), name: 'Service Manager, Assessment' }],
            restsOn: [
              {
                kind: 'data' as const,
                words: 'Monthly return',
                datedOn: '2026-01-31' as IsoDate,
                names: [],
              },
            ],
          },
  }));
  return [
    {
      kind: 'domain',
      id: newId(),
      title: '1 Help and protection',
      within: 'Children’s standards, 2026',
      criteria,
      levels: [...metLevels],
      text: '',
      points: [],
    },
    {
      kind: 'narrative',
      id: newId(),
      title: '8. Early help',
      within: 'Self-assessment 2025/26',
      criteria: [],
      levels: [],
      text: 'Families are met sooner than last year.',
      points: [{ kind: 'strength', words: 'Families say that they were listened to' }],
    },
  ];
}
