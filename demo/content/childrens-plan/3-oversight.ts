import type { Calendar } from '../../calendar.ts';
import { ongoing } from '../../calendar.ts';
import { link, note, update, type ObjectiveStory } from '../../story.ts';
import type { SaltmarshParty } from '../saltmarsh-people.ts';
import type { Papers } from './sources.ts';

export function oversight(on: Calendar, { quote }: Papers): ObjectiveStory<SaltmarshParty> {
  return {
    section: 'Help and protection',
    ref: '3',
    title: 'Managers see drift early and say what is to be done',
    sources: [
      quote(
        'inspection',
        5,
        'Supervision takes place. It is a list of tasks, and seldom helps a worker to think.',
      ),
    ],
    actions: [
      {
        ref: '3.1',
        text: 'Supervise every social worker each month, child by child, and record it within five days.',
        leads: ['serviceManager'],
        priority: 'high',
        due: on.byMonth(-8),
        measure: 'Recorded for 95% of children open to the teams, three months running.',
        outcome: 'No child is left without a decision because their worker is busy.',
        history: [
          update(1, 'amber', '84 of 126 children were discussed in supervision last month.'),
          update(2, 'amber', '103 of 126. Records are short; some are one line.'),
          update(3, 'green', '124 of 131. A sample of ten had a clear decision in eight.'),
          update(
            4,
            'blue',
            'Third month above 95% (128 of 132). A sample of ten had a clear decision in all ten.',
            link('Supervision records, monthly count', 'performance/supervision'),
          ),
        ],
      },
      {
        ref: '3.2',
        text: 'Hold reflective group supervision in each team every month.',
        leads: ['principalSocialWorker'],
        priority: 'low',
        due: ongoing,
        measure: 'Staff feel better supported.',
        history: [
          update(2, 'green', 'Two groups have begun, with nine and seven people.'),
          update(4, 'green', 'All three teams meet. People say that they look forward to it.'),
          update(7, 'green', 'Carries on, every third Thursday. Attendance is good.'),
        ],
      },
      {
        ref: '3.3',
        text: 'Write a manager’s decision and the reason for it at each turning point in a child’s case.',
        leads: ['assessmentManager', 'careTeamManager'],
        priority: 'medium',
        due: on.byMonth(1),
        measure: 'Found in 9 of 10 cases audited.',
        sources: [
          quote('audits', 9, 'Decisions are made in corridors, well, and then not written down.'),
        ],
        history: [
          update(1, 'amber', 'Found in 5 of 10.'),
          update(3, 'amber', 'Found in 6 of 10.'),
          update(
            5,
            'amber',
            'Found in 7 of 10. Decisions at transfer and at closing are written; decisions not to act are still missing.',
          ),
        ],
      },
      {
        ref: '3.4',
        text: 'Keep one list of all children in pre-proceedings, looked at by the service manager and legal services each fortnight.',
        leads: ['serviceManager'],
        priority: 'high',
        due: on.byMonth(-10),
        measure:
          'No child is in pre-proceedings for longer than 16 weeks without the director’s agreement.',
        outcome: 'Decisions about a child’s future are not put off.',
        history: [
          update(1, 'green', 'The list is in use: six children, two of them beyond 16 weeks.'),
          update(
            2,
            'blue',
            'Five children, none beyond 16 weeks. Looked at every fortnight since it began.',
            note('Seven fortnightly lists, kept by legal services'),
          ),
        ],
      },
      {
        ref: '3.5',
        text: 'Hand a child over from one worker to the next at a meeting with the family, with the case record in order.',
        leads: ['assessmentManager', 'careTeamManager'],
        priority: 'medium',
        due: on.byMonth(-4),
        measure: 'Families met both workers in 9 of 10 transfers.',
        outcome: 'Children do not have to tell their story again.',
        sources: [
          quote(
            'survey',
            7,
            'I had four social workers in a year and each one asked me the same things.',
          ),
        ],
        history: [
          update(2, 'amber', 'Both workers met the family in 5 of 9 transfers.'),
          update(3, 'amber', 'In 8 of 12.'),
          update(4, 'green', 'In 10 of 11. A check-list is signed before a case moves.'),
          update(
            5,
            'blue',
            'In 13 of 14 over the quarter. Children’s views were asked in six; all six had liked to be told beforehand.',
            link('Transfers, what children said', 'practice/transfers'),
          ),
        ],
      },
      {
        ref: '3.6',
        text: 'Agree with partners how professionals who disagree about a child raise it, and use it.',
        leads: ['qualityManager'],
        contributors: ['partnership', 'reviewingOfficer'],
        priority: 'medium',
        due: on.byDay(-64),
        measure: 'Each disagreement is settled within ten working days, and both sides are told.',
        history: [
          update(2, 'green', 'Draft shared with the partnership’s policy group.'),
          update(
            4,
            'amber',
            'Agreed in Saltmarsh. Northmere want the same stages for both councils, which makes sense and takes longer.',
          ),
          update(
            6,
            'amber',
            'Both councils agree on four stages. The police have still to answer.',
          ),
          update(
            7,
            'amber',
            'The police agreed last week. Only the launch is left. Overdue, by our own slowness in asking.',
          ),
        ],
      },
    ],
  };
}
