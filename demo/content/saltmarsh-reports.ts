import type { ReportStory } from '../story.ts';
import type { SaltmarshParty } from './saltmarsh-people.ts';

/** A paper that members have, and the next one on its way to them. */
export const saltmarshReports: readonly ReportStory<SaltmarshParty>[] = [
  {
    plan: "Children's services improvement plan",
    title: 'Children’s services improvement plan: progress report',
    depth: 'members',
    committee: 'overviewCommittee',
    by: 'quality@saltmarsh.example',
    begunDaysAgo: 62,
    meetsInDays: 12,
    comparedDays: 92,
    words: [
      {
        section: 'background',
        body: 'The plan answers the last inspection, and what children and their carers told us. The improvement board looks at it every two months.\nIt has {objectives} objectives. Its figures are counted from what the leads of the actions recorded.',
      },
      { section: 'financial', body: 'The actions are paid for from agreed budgets.' },
      { section: 'legal', body: 'None.' },
    ],
    asks: ['director'],
    cleared: [
      { by: 'director@saltmarsh.example', post: 'director', words: 'Clear and honest. Thank you.' },
    ],
    final: { by: 'quality@saltmarsh.example', daysAgo: 60 },
  },
  {
    plan: "Children's services improvement plan",
    title: 'Children’s services improvement plan: second progress report',
    depth: 'board',
    committee: 'overviewCommittee',
    by: 'quality@saltmarsh.example',
    begunDaysAgo: 6,
    meetsInDays: 20,
    comparedDays: 58,
    words: [
      { section: 'risk', body: 'The longest overdue actions are those that wait for others.' },
    ],
    asks: ['director', 'serviceManager'],
    cleared: [{ by: 'service@saltmarsh.example', post: 'serviceManager', words: null }],
    afterwards: [
      {
        section: 'financial',
        body: 'A bid for one more reviewing officer is in the budget round.',
      },
    ],
  },
];
