import type { Calendar } from '../../calendar.ts';
import {
  correction,
  failedAgain,
  file,
  link,
  newDate,
  newWording,
  note,
  refusedDate,
  said,
  update,
  type ObjectiveStory,
} from '../../story.ts';
import type { SaltmarshParty } from '../saltmarsh-people.ts';
import type { Papers } from './sources.ts';

export function assessments(on: Calendar, { quote }: Papers): ObjectiveStory<SaltmarshParty> {
  return {
    section: 'Help and protection',
    ref: '2',
    title: 'Assessments and plans say what life is like for the child and what has to change',
    sources: [
      quote(
        'inspection',
        4,
        'Assessments describe what adults have done. The child’s day is often missing.',
      ),
      quote(
        'audits',
        6,
        'In eight of eighteen plans a family could not have told from the plan what was expected of them, or by when.',
      ),
    ],
    actions: [
      {
        ref: '2.1',
        text: 'Change the assessment form so that it begins with a day in the life of the child.',
        leads: ['principalSocialWorker'],
        priority: 'high',
        due: on.byMonth(-8),
        measure:
          'In the audit of the next quarter the child’s day is described in 9 of 10 assessments.',
        outcome: 'A child would recognise themself in what is written about them.',
        test: {
          measure: 'The child’s day is described, in the child’s own way',
          sample: '20 assessments of the quarter, every team',
          threshold: '18 of 20',
        },
        history: [
          update(1, 'green', 'Three social workers tried the new first page and liked it.'),
          update(2, 'green', 'The form is live. Two half-day workshops were held, 19 of 22 came.'),
          update(
            3,
            'amber',
            'The form is used by everybody. In the audit the child’s day was there in 7 of 10, and in two of these it was copied from the last assessment.',
          ),
          update(
            5,
            'blue',
            'In the second audit it was there, and the child’s own, in 9 of 10.',
            link('Audit of assessments, second round', 'quality/assessments-2'),
          ),
          said(
            { daysAgo: 100 },
            'done',
            'Everybody uses the form, and it begins with the child’s day.',
            'verified',
          ),
          said(
            { daysAgo: 26 },
            'practice changed',
            'The child’s day was there, and the child’s own, in 19 of 20.',
            { returned: 'The sample left out the out-of-hours team. Read five of theirs as well.' },
            link('Audit of assessments, third round', 'quality/assessments-3'),
          ),
        ],
      },
      {
        ref: '2.2',
        text: 'Bring the chronology of every open case up to date and keep it so.',
        leads: ['assessmentManager', 'careTeamManager'],
        priority: 'high',
        due: on.byMonth(-8),
        measure: 'No open case has a gap of more than eight weeks in its chronology.',
        outcome: 'Patterns of harm over years are seen, and not only the last incident.',
        sources: [quote('audits', 8, 'The chronology was current in five of eighteen cases.')],
        history: [
          update(1, 'amber', '38 of 126 open cases are up to date.'),
          update(
            2,
            'amber',
            '61 of 126. It takes three to four hours for each case that was left for a year.',
          ),
          newDate(
            3,
            on.byMonth(-4),
            'The old gaps take longer to fill than we thought, and two workers left.',
            'History may be missed in the cases that are not done; we have put the most worrying first.',
          ),
          update(
            3,
            'amber',
            'Where we are\n\n- 84 of 131 cases up to date\n- all 14 children with a child protection plan are done\n- all 25 children in care are done\n\nWhat stands in the way\n\n- two posts were empty for seven weeks\n- the case system lets a worker close an event without adding it to the chronology; the supplier says that this cannot be changed before the next release\n\nWhat we ask of the board: agreement to a later date for children in need, so that the other work is not rushed.',
            link('Chronologies, list by team', 'performance/chronologies'),
          ),
          update(
            5,
            'green',
            '112 of 133. Twelve of the rest are waiting for records from other councils.',
          ),
          newDate(
            6,
            on.byMonth(1),
            'Records from other councils come slowly, and supervision now checks each new entry.',
          ),
          update(7, 'green', '121 of 134 are up to date. We are confident of the new date.'),
        ],
      },
      {
        ref: '2.3',
        text: 'Write every child in need and child protection plan so that the family can tell what has to change, who will help and by when.',
        leads: ['principalSocialWorker'],
        contributors: ['reviewingOfficer'],
        priority: 'high',
        due: on.byMonth(3),
        measure:
          'In a monthly sample of six plans, five or more have a measure and a date for each step.',
        outcome: 'Families know what is expected, and children see things change sooner.',
        history: [
          update(1, 'amber', 'Guidance of two pages written, with one good plan and one poor one.'),
          update(3, 'amber', 'Sample: 3 of 6 good enough.'),
          update(
            4,
            'amber',
            'Sample: 4 of 6. The chairs of child protection conferences now send a plan back when a step has no date.',
          ),
          update(6, 'amber', 'Sample: 3 of 6. Both weaker ones were written by agency workers.'),
          update(
            7,
            'amber',
            'Sample: 4 of 6. We have not held five of six for any two months. Plans are better for children with a child protection plan than for children in need.',
            note('Six plans read by the Principal Social Worker and a conference chair'),
          ),
          refusedDate(
            { daysAgo: 9 },
            on.byMonth(9),
            'Agency workers change every few months, and each has to be shown how we write a plan.',
            'Families of children in need would read unclear plans for half a year longer.',
            'There are three months left, and half a year more for families is too long. Bring the agency workers into the monthly sample first, and ask again if that does not do it.',
          ),
        ],
      },
      {
        ref: '2.4',
        text: 'Put into each plan what will happen if it does not work.',
        leads: ['assessmentManager'],
        priority: 'medium',
        due: on.byMonth(-6),
        measure: 'A contingency is found in 9 of 10 plans audited.',
        history: [
          update(1, 'amber', 'Discussed in team meetings. Examples shared.'),
          update(2, 'amber', 'Found in 5 of 10.'),
          update(3, 'green', 'Found in 8 of 10. The form now asks for it.'),
          update(
            4,
            'blue',
            'Found in 9 of 10. The tenth plan was a week old.',
            link('Audit of plans', 'quality/plans-contingency'),
          ),
          said(
            { daysAgo: 150 },
            'done',
            'The form asks for it, and it was found in 9 of 10.',
            'verified',
          ),
          failedAgain(
            { daysAgo: 60 },
            'amber',
            'Found in 4 of 10. The new form of the recording system left the question out, and nobody noticed.',
          ),
          update(
            { daysAgo: 24 },
            'blue',
            'The question is back in the form. Tested again: found in 10 of 10.',
            link('Audit of plans, after the new form', 'quality/plans-contingency-2'),
          ),
          said(
            { daysAgo: 10 },
            'done',
            'Tested again after it failed: found in 10 of 10 plans begun since the form was mended.',
            'waits',
          ),
        ],
      },
      {
        ref: '2.5',
        text: 'Ask in each assessment about the father and about family who could help, and speak with them.',
        leads: ['principalSocialWorker'],
        priority: 'medium',
        due: on.byMonth(2),
        measure:
          'Fathers spoken with in 8 of 10 assessments where it is safe; a family tree on each file.',
        outcome: 'Children keep the people who love them.',
        sources: [
          quote(
            'survey',
            5,
            'They asked my mum everything. Nobody rang my dad, and he would have come.',
          ),
        ],
        history: [
          update(
            2,
            'amber',
            'Fathers spoken with in 5 of 10. Their telephone number is often not on file.',
          ),
          update(4, 'amber', 'In 6 of 10. The referral form asks for both parents’ numbers now.'),
          update(6, 'green', 'In 7 of 10. Family meetings were held for 11 children.'),
          update(
            7,
            'green',
            'In 8 of 10 for the first time. In one of the other two it would not have been safe, and that was written down.',
          ),
        ],
      },
      {
        ref: '2.6',
        text: 'Agree a pre-birth protocol with the hospital, so that an assessment begins by the twentieth week of pregnancy.',
        leads: ['assessmentManager'],
        contributors: ['hospital', 'health'],
        priority: 'high',
        due: on.byMonth(-7),
        measure: 'Assessment begun by week 20 wherever the pregnancy is known to us by then.',
        outcome: 'Babies are safe from their first day and parents have had time to change.',
        history: [
          update(1, 'green', 'Draft is with the hospital.'),
          update(
            3,
            'amber',
            'The hospital’s named midwife has changed, so that we begin again with hers.',
          ),
          newDate(
            3,
            on.byMonth(-3),
            'A new named midwife at the hospital has to agree the protocol.',
            'Two assessments began after week 24. Both babies are safe.',
          ),
          update(
            5,
            'green',
            'Agreed and signed. Six midwives and four social workers learned it together.',
          ),
          update(
            6,
            'blue',
            'All five assessments since then began by week 20.',
            link('Pre-birth protocol', 'practice/pre-birth'),
            note('List of five assessments with the week in which each began'),
          ),
        ],
      },
      {
        ref: '2.7',
        text: 'Use the neglect tool in every case where neglect is the main worry.',
        leads: ['serviceManager'],
        contributors: ['principalSocialWorker', 'health', 'headteachers'],
        priority: 'high',
        due: on.byMonth(-5),
        measure: 'Tool on file in 9 of 10 cases where neglect is the main worry.',
        outcome: 'Neglect is named early, before a child has lived with it for years.',
        sources: [
          quote(
            'inspection',
            4,
            'Neglect is seen late. The tool that the council chose is hardly used.',
          ),
        ],
        history: [
          update(1, 'green', 'Licence bought. Training is booked for all teams and three schools.'),
          update(2, 'green', '26 people trained.'),
          update(4, 'green', 'Use is growing. We expect to be there by the date.'),
          newDate(
            5,
            on.byMonth(-2),
            'On taking this over I counted: the tool is on file in 7 of 23 cases. The date cannot be met.',
            'Some children will wait longer for a clear picture. Team managers have listed the nine most worrying.',
          ),
          update(
            5,
            'red',
            'The last update said that use was growing, and nobody had counted. It is on file in 7 of 23 cases. Workers find it long and do it at home in the evening.',
            link('Count of cases, by team', 'performance/neglect-tool'),
          ),
          update(
            7,
            'red',
            'On file in 12 of 24. We cut it to the two parts that families find useful. The new date has passed and I do not want to set a third before the next count.',
          ),
        ],
      },
      {
        ref: '2.8',
        text: 'Review every short break for a disabled child with the child, in the way the child communicates.',
        leads: ['careTeamManager'],
        priority: 'medium',
        due: on.byMonth(4),
        measure: 'All 12 children had a review in the year in which their own view is recorded.',
        outcome: 'Disabled children have a say in where they spend their time.',
        history: [
          update(3, 'amber', 'Four of 12 reviewed. Two workers learned to use picture cards.'),
          update(
            5,
            'green',
            'Seven of 12. One child told us by photographs that he is afraid of the minibus; he now goes by car.',
          ),
          update(7, 'green', 'Nine of 12. The last three are in the diary.'),
        ],
      },
      {
        ref: '2.9',
        text: 'See every child in need at least every four weeks, and alone where they are old enough.',
        leads: ['assessmentManager'],
        priority: 'high',
        due: on.byMonth(-5),
        measure: '9 in 10 visits in time over a quarter.',
        outcome: 'Children know their social worker and can tell them things.',
        history: [
          update(1, 'red', '58 of 79 visits in time.'),
          update(2, 'amber', '66 of 81. A list of visits due goes to each worker on Mondays.'),
          correction(
            2,
            'amber',
            'The figures of this round were wrong: visits to one family of four were counted four times. It is 63 of 78.',
          ),
          update(3, 'green', '72 of 80.'),
          update(
            4,
            'green',
            '71 of 77. We see more children alone too: 48 of the 60 who are old enough.',
          ),
          update(5, 'blue', '9 in 10 for the whole quarter (219 of 240).'),
        ],
      },
      {
        ref: '2.10',
        text: 'Record each child’s ethnicity, language, faith and any disability, and say in the assessment what they mean for the child.',
        leads: ['principalSocialWorker'],
        contributors: ['performanceAnalyst'],
        priority: 'medium',
        due: on.byMonth(5),
        measure:
          'Nothing is left blank for a child in care, with a child protection plan or in need.',
        outcome: 'Children are helped as who they are.',
        sources: [
          quote('laterAudits', 7, 'Identity was a tick in a box in eleven of sixteen files.'),
        ],
        addedDaysAgo: 150,
        history: [
          update(
            6,
            'not-started',
            'Will begin when the chronologies are done; the same workers do both.',
          ),
          newWording(
            { daysAgo: 60 },
            'Record each child’s ethnicity, language, faith and any disability with the child and family, and say in the assessment what they mean for the child.',
          ),
          update(
            7,
            'not-started',
            'Not begun. The blanks are counted: 31 of 139 children have at least one.',
            file(
              'Blank fields, counted by group',
              'blank-fields.txt',
              'Children with at least one blank among ethnicity, language, faith and disability\n\nIn care: 2 of 25\nChild protection plan: 4 of 14\nIn need: 25 of 100\n',
            ),
          ),
        ],
      },
    ],
  };
}
