import type { Calendar } from '../../calendar.ts';
import { link, newDate, note, update, type ObjectiveStory } from '../../story.ts';
import type { SaltmarshParty } from '../saltmarsh-people.ts';
import type { Papers } from './sources.ts';

export function workforce(on: Calendar, { quote }: Papers): ObjectiveStory<SaltmarshParty> {
  return {
    section: 'Leadership, people and quality',
    ref: '8',
    title: 'Social workers stay, and have the time and skill to do good work',
    sources: [
      quote(
        'inspection',
        12,
        'Turnover has fallen and is still high. Half of the managers are temporary.',
      ),
    ],
    actions: [
      {
        ref: '8.1',
        text: 'Fill both team manager posts with permanent managers.',
        leads: ['director'],
        contributors: ['workforceManager'],
        priority: 'high',
        due: on.byMonth(-11),
        measure: 'Both in post for three months.',
        outcome: 'Children and workers know who decides.',
        history: [
          update(1, 'amber', 'One post filled. Nobody suitable applied for the other.'),
          newDate(
            2,
            on.byMonth(-7),
            'The second post is advertised again, with a supplement.',
            'Children in care had three temporary managers in a year.',
          ),
          update(2, 'amber', 'Interviews are booked.'),
          update(3, 'green', 'Both posts are filled.'),
          update(
            5,
            'blue',
            'Both managers have passed three months and their probation.',
            note('Human Resources confirmed the dates'),
          ),
        ],
      },
      {
        ref: '8.2',
        text: 'Bring agency social workers down to two.',
        leads: ['workforceManager'],
        contributors: ['serviceManager'],
        priority: 'high',
        due: on.byDay(-38),
        measure: 'No more than two of 22 posts are held by agency workers.',
        outcome: 'Children keep the same social worker.',
        history: [
          update(1, 'amber', 'Seven of 22 posts.'),
          update(3, 'green', 'Five of 22. Three newly qualified workers begin soon.'),
          update(5, 'green', 'Four of 22.'),
          update(6, 'green', 'Four of 22. One agency worker is thinking of becoming permanent.'),
          update(7, 'green', 'Four of 22. We remain confident.'),
        ],
      },
      {
        ref: '8.3',
        text: 'Look at each worker’s caseload every week and act above 18 children.',
        leads: ['serviceManager'],
        priority: 'high',
        due: on.byMonth(-8),
        measure: 'Nobody above 18 children for longer than four weeks.',
        outcome: 'Workers have time for each child.',
        history: [
          update(1, 'amber', 'Weekly list begun. Four of 22 workers above 18.'),
          update(2, 'amber', 'Two above 18, one of them for seven weeks.'),
          update(
            3,
            'blue',
            'Nobody above 18 for longer than three weeks in this quarter. Average is 15.',
            link('Caseloads, weekly', 'performance/caseloads'),
          ),
        ],
      },
      {
        ref: '8.4',
        text: 'Give each social worker six days of learning a year, chosen from what audits find.',
        leads: ['principalSocialWorker'],
        contributors: ['workforceManager'],
        priority: 'medium',
        due: on.byMonth(4),
        measure: 'Six days each; the next audits are better in what was taught.',
        history: [
          update(
            2,
            'green',
            'Programme agreed: neglect, the child’s day, fathers, plans that can be measured.',
          ),
          update(4, 'green', '2.1 days each so far.'),
          update(
            6,
            'green',
            '3.9 days each. Those who came to the day on fathers rang more fathers.',
          ),
          update(
            7,
            'green',
            '4.4 days each. Attendance falls in the weeks before court; we moved two days.',
          ),
        ],
      },
      {
        ref: '8.5',
        text: 'Talk with everybody who leaves, and with everybody after their first six months, about what would make them stay.',
        leads: ['workforceManager'],
        priority: 'low',
        due: on.byMonth(2),
        measure: 'A page to the board twice a year.',
        addedDaysAgo: 160,
        history: [
          update(6, 'not-started', 'Questions are written. Talks begin with the next leaver.'),
          update(
            7,
            'not-started',
            'Nobody has left, which we do not mind. Talks after six months have yet to be booked.',
          ),
        ],
      },
    ],
  };
}
