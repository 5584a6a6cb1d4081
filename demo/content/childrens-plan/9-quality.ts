import type { Calendar } from '../../calendar.ts';
import { link, newDate, note, update, type ObjectiveStory } from '../../story.ts';
import type { SaltmarshParty } from '../saltmarsh-people.ts';
import type { Papers } from './sources.ts';

export function quality(on: Calendar, { quote }: Papers): ObjectiveStory<SaltmarshParty> {
  return {
    section: 'Leadership, people and quality',
    ref: '9',
    title: 'Leaders know how good the work is, and the committee is told in time',
    sources: [
      quote(
        'inspection',
        13,
        'Audit finds what is wrong. It is less sure that anything was put right.',
      ),
      quote(
        'board',
        5,
        'Members asked for figures with the number of children beside each percentage.',
      ),
    ],
    actions: [
      {
        ref: '9.1',
        text: 'Audit six children’s cases a month, each with the worker and the family.',
        leads: ['qualityManager'],
        priority: 'high',
        due: on.byMonth(-8),
        measure: 'Six a month for six months; the family was spoken with in half of them.',
        outcome: 'We know what help feels like, and not only what is on file.',
        history: [
          update(1, 'amber', 'Five in the first month. No family was spoken with.'),
          update(2, 'green', 'Six a month. Families were spoken with in two of six.'),
          update(3, 'green', 'Six a month, families in three of six.'),
          update(
            4,
            'blue',
            'Six a month for six months: 36 cases, and 19 families spoken with.',
            link('Audit programme', 'quality/programme'),
          ),
        ],
      },
      {
        ref: '9.2',
        text: 'Have every third audit graded a second time by somebody from Northmere.',
        leads: ['qualityManager'],
        contributors: ['northmere'],
        priority: 'medium',
        due: on.byMonth(2),
        measure: 'Grades agree in 8 of 10.',
        history: [
          update(3, 'amber', 'Agreed with Northmere; they will send us theirs too.'),
          update(
            5,
            'amber',
            'Ten graded twice. We agreed on six. Where we differed we had been kinder.',
          ),
          update(
            7,
            'green',
            'Twelve more, of which we agreed on ten.',
            note('Grades of both councils side by side, without names'),
          ),
        ],
      },
      {
        ref: '9.3',
        text: 'Give board and committee one page of figures a month, with the number of children beside each percentage.',
        leads: ['performanceAnalyst'],
        contributors: ['director'],
        priority: 'high',
        due: on.byMonth(-2),
        measure: 'On time for six months; members say that they understand it.',
        outcome: 'The people who answer for children see when something goes wrong.',
        history: [
          update(2, 'green', 'First draft shown to the board. Too many figures: 71.'),
          update(4, 'green', '24 figures. Each says how many children it is about.'),
          update(
            6,
            'amber',
            'On time in three of the last four months. The extract had to be made again when a field changed its name.',
          ),
        ],
      },
      {
        ref: '9.4',
        text: 'Check after three months that what an audit asked for was done, and whether it helped.',
        leads: ['qualityManager'],
        priority: 'high',
        due: on.byMonth(3),
        measure: '9 in 10 done at three months; one in four looked at again in full.',
        outcome: 'A child whose case was audited is better for it.',
        sources: [
          quote('laterAudits', 10, 'Of 41 things asked for, 26 were done when we looked again.'),
        ],
        history: [
          update(4, 'amber', '14 of 25 done at three months.'),
          update(
            5,
            'amber',
            '26 of 41. Workers say that nobody told them; the form now goes to their manager as well.',
          ),
          update(7, 'amber', '37 of 48. Better where the worker took part in the audit: 22 of 24.'),
        ],
      },
      {
        ref: '9.5',
        text: 'Train every member of the committee as a corporate parent, with young people as the teachers.',
        leads: ['democraticServices'],
        contributors: ['participationOfficer', 'overviewCommittee'],
        priority: 'medium',
        due: on.byMonth(-3),
        measure: 'All nine members have taken part.',
        history: [
          update(
            5,
            'not-started',
            'Three young people want to teach. Elections make it wise to wait.',
          ),
          newDate(5, on.byMonth(2), 'The committee has new members from its next meeting on.'),
          update(
            7,
            'not-started',
            'Two evenings are booked, and seven of nine members have said that they will come.',
          ),
        ],
      },
      {
        ref: '9.6',
        text: 'Test with families of children who left our help a year ago whether it lasted.',
        leads: [],
        priority: 'medium',
        due: on.byMonth(7),
        measure: 'Twelve families spoken with.',
        outcome: 'We learn what help lasts.',
        addedDaysAgo: 16,
        history: [],
      },
    ],
  };
}
