import type { Calendar } from '../calendar.ts';
import { ongoing } from '../calendar.ts';
import {
  newDate,
  note,
  update,
  type ObjectiveStory,
  type PlanStory,
  type Quote,
  type SourceStory,
} from '../story.ts';
import type { SaltmarshParty } from './saltmarsh-people.ts';

const review = 'Safeguarding adults review: learning from a person who refused help';
const audits = 'Case audits: adult safeguarding enquiries';
const feedback = 'What people and carers told us after an enquiry';

export const adultsPapers: readonly SourceStory[] = [
  { title: review, kind: 'practice review' },
  { title: audits, kind: 'case audit' },
  { title: feedback, kind: 'survey' },
];

const quote = (title: string, page: number, words: string): Quote => ({
  title,
  words,
  page: String(page),
});

/** Eighteen actions in four objectives. Here green is complete, and blue is business as usual. */
export function adultsPlan(on: Calendar): PlanStory<SaltmarshParty> {
  return {
    title: 'Adult safeguarding plan',
    periodFrom: on.monthStart(-13),
    periodTo: on.monthEnd(10),
    owner: 'adultsManager',
    boards: ['adultsBoard'],
    reviewCycleDays: 95,
    ragScheme: [
      {
        colour: 'red',
        name: 'Red',
        meaning: 'Stalled: it needs a decision of the board',
        standsFor: 'off track',
      },
      { colour: 'amber', name: 'Amber', meaning: 'Under way', standsFor: 'on track' },
      { colour: 'green', name: 'Green', meaning: 'Complete', standsFor: 'complete' },
      {
        colour: 'blue',
        name: 'Blue',
        meaning: 'Business as usual: complete, and looked at in the ordinary round of audits',
        standsFor: 'complete',
      },
    ],
    keeper: 'quality@saltmarsh.example',
    begunDaysAgo: 395,
    rounds: [350, 260, 170, 80, 13],
    objectives: [personal(on), enquiries(on), neglect(on), learning(on)],
  };
}

function personal(on: Calendar): ObjectiveStory<SaltmarshParty> {
  return {
    section: null,
    ref: '1',
    title: 'Each person decides, as far as they can, what being safe means for them',
    sources: [
      quote(feedback, 2, 'They were kind. They had made up their minds before I sat down.'),
      quote(audits, 3, 'What the person wanted was recorded at the start in 12 of 20 enquiries.'),
    ],
    actions: [
      {
        ref: '1.1',
        text: 'Ask each person at the start of an enquiry what they want to happen, and at the end whether it did.',
        leads: ['adultsManager'],
        priority: 'high',
        due: on.byMonth(-6),
        measure: 'Asked at the start and at the end in 9 of 10 enquiries.',
        history: [
          update(1, 'amber', 'Asked at the start in 31 of 44, at the end in 19 of 44.'),
          update(2, 'amber', 'At the start in 40 of 46, at the end in 31 of 46.'),
          update(3, 'green', 'At the start in 45 of 47 and at the end in 43 of 47.'),
          update(
            4,
            'blue',
            'Held for a second quarter. It stays in the monthly audit, so that it is no longer work of this plan.',
            note('Two quarters’ figures, from the enquiry record'),
          ),
        ],
      },
      {
        ref: '1.2',
        text: 'Offer an advocate wherever somebody finds it hard to take part and has nobody to help them.',
        leads: ['adultsManager', 'commissioning'],
        priority: 'high',
        due: on.byMonth(1),
        measure: 'Offered in every such enquiry; the advocate comes within five working days.',
        history: [
          update(1, 'amber', 'Offered in 9 of 14.'),
          update(3, 'amber', 'Offered in 13 of 15. The wait is eight working days.'),
          update(5, 'amber', 'Offered in all 16. The wait is six working days.'),
        ],
      },
      {
        ref: '1.3',
        text: 'Write down how a decision about mental capacity was reached, decision by decision.',
        leads: ['principalSocialWorker'],
        priority: 'high',
        due: on.byMonth(2),
        measure: 'Good in 8 of 10 audited, by two auditors.',
        sources: [quote(audits, 5, '“Lacks capacity” stood alone in six of twenty files.')],
        history: [
          update(2, 'amber', 'Good in 5 of 10.'),
          update(
            4,
            'amber',
            'Good in 6 of 10. Workers ask for examples about money, which we now have.',
          ),
          update(5, 'amber', 'Good in 7 of 10.'),
        ],
      },
      {
        ref: '1.4',
        text: 'Send the outcome to the person in a form that they can read.',
        leads: ['adultsManager'],
        priority: 'medium',
        due: on.byMonth(-8),
        measure: 'Sent within ten working days of the end, for 9 in 10.',
        history: [
          update(1, 'amber', 'Easy-read letter made with the learning disability forum.'),
          update(2, 'green', 'Sent in time to 42 of 46 people.'),
        ],
      },
      {
        ref: '1.5',
        text: 'Ask people three months after an enquiry whether they feel safer, by a call from somebody who was not part of it.',
        leads: ['adultsBoardManager'],
        priority: 'medium',
        due: on.byMonth(5),
        history: [
          update(
            4,
            'not-started',
            'Two volunteers of the carers’ centre would make the calls. Checks are under way.',
          ),
        ],
      },
    ],
  };
}

function enquiries(on: Calendar): ObjectiveStory<SaltmarshParty> {
  return {
    section: null,
    ref: '2',
    title: 'Enquiries begin at once, end in time and make people safer',
    sources: [quote(audits, 6, 'Nine of twenty enquiries were open for longer than twelve weeks.')],
    actions: [
      {
        ref: '2.1',
        text: 'Decide within two working days whether a concern needs an enquiry.',
        leads: ['adultsManager'],
        priority: 'high',
        due: on.byMonth(-7),
        measure: '9 in 10 over a quarter.',
        history: [
          update(1, 'amber', '141 of 188 decided in time.'),
          update(2, 'amber', '163 of 191.'),
          update(3, 'green', '179 of 194, the first quarter above nine in ten.'),
          update(5, 'blue', 'Held for three quarters. Looked at each month by the team.'),
        ],
      },
      {
        ref: '2.2',
        text: 'End each enquiry within twelve weeks, or say why not.',
        leads: ['adultsManager'],
        priority: 'high',
        due: on.byMonth(-1),
        measure: '8 in 10 within twelve weeks.',
        history: [
          update(1, 'amber', '24 of 44.'),
          update(3, 'amber', '33 of 47. The longest wait is for reports by others.'),
          update(5, 'amber', '36 of 48. Short of what we promised; the date has passed.'),
        ],
      },
      {
        ref: '2.3',
        text: 'Agree with the hospital who makes the enquiry when harm happened on a ward, and that we see the result.',
        leads: ['hospital', 'adultsManager'],
        priority: 'medium',
        due: on.byMonth(-5),
        measure: 'Protocol signed; a sample of five was seen by us.',
        history: [
          update(2, 'amber', 'The hospital’s head of safeguarding has agreed in principle.'),
          newDate(
            3,
            on.byMonth(2),
            'The hospital is joining its safeguarding team with a neighbour’s and asked to wait for the new head.',
          ),
          update(
            4,
            'red',
            'No head is named yet. We ask the board to raise it with the chief nurse.',
          ),
          update(5, 'amber', 'The chief nurse has named somebody. First meeting is in two weeks.'),
        ],
      },
      {
        ref: '2.4',
        text: 'Have a plan on file, for each person who remains at risk, that says who does what when it happens again.',
        leads: ['adultsManager'],
        priority: 'high',
        due: on.byMonth(-4),
        measure: 'On file for all.',
        history: [
          update(2, 'amber', 'On file for 17 of 26 people.'),
          update(
            4,
            'green',
            'On file for all 23.',
            note('List of 23, without names, checked by an auditor'),
          ),
        ],
      },
      {
        ref: '2.5',
        text: 'Tell care homes and agencies what we found, so that the next person is safer.',
        leads: ['commissioning'],
        contributors: ['careProviders'],
        priority: 'medium',
        due: on.byMonth(3),
        history: [
          update(3, 'amber', 'A letter of one page after each enquiry in a home. Eleven sent.'),
          update(
            5,
            'amber',
            '19 sent. The association will put them, without names, into its monthly call.',
          ),
        ],
      },
    ],
  };
}

function neglect(on: Calendar): ObjectiveStory<SaltmarshParty> {
  return {
    section: null,
    ref: '3',
    title: 'Nobody is left alone because they said no once',
    sources: [
      quote(
        review,
        11,
        'Each service closed its own file when he declined. Nobody knew that all of them had.',
      ),
      quote(review, 14, 'A lifestyle choice was assumed and never explored.'),
    ],
    actions: [
      {
        ref: '3.1',
        text: 'Bring together everybody who knows a person, before any service closes a case of self-neglect.',
        leads: ['adultsManager'],
        contributors: ['health', 'fireService', 'housingManager'],
        priority: 'high',
        due: on.byMonth(-5),
        measure: 'Meeting held in all such cases for two quarters.',
        history: [
          update(1, 'amber', 'Begun. Six meetings; the surgery came to two.'),
          update(2, 'amber', 'Nine meetings. Surgeries join by telephone, which works.'),
          update(3, 'green', 'Held in all 11 cases.'),
          update(
            4,
            'blue',
            'Held in all 12. Two people have accepted help after a year of saying no.',
          ),
        ],
      },
      {
        ref: '3.2',
        text: 'Teach staff of all partners to be curious, to come back, and to think about capacity in self-neglect.',
        leads: ['adultsBoardManager'],
        priority: 'medium',
        due: on.byMonth(1),
        measure: '150 people from six organisations.',
        history: [
          update(2, 'amber', '48 people came.'),
          update(4, 'amber', '97 people. None yet from general practice.'),
          update(5, 'amber', '131 people, eight of them from general practice.'),
        ],
      },
      {
        ref: '3.3',
        text: 'Visit with the fire service wherever hoarding makes a home unsafe.',
        leads: ['fireService', 'housingManager'],
        priority: 'medium',
        due: ongoing,
        history: [
          update(2, 'amber', 'Twelve homes visited. Nine have new alarms.'),
          update(5, 'blue', '31 homes visited. It is part of how both services work.'),
        ],
      },
      {
        ref: '3.4',
        text: 'Look at deaths of people who slept rough or lived in hostels, and learn from each.',
        leads: ['adultsBoardManager', 'housingManager'],
        priority: 'medium',
        due: on.byMonth(6),
        addedDaysAgo: 120,
        history: [
          update(5, 'amber', 'Terms of reference agreed. There was one death in the year.'),
        ],
      },
    ],
  };
}

function learning(on: Calendar): ObjectiveStory<SaltmarshParty> {
  return {
    section: null,
    ref: '4',
    title: 'The board knows whether adults in Saltmarsh are safer',
    sources: [quote(feedback, 4, 'I filled in the form. Who reads it?')],
    actions: [
      {
        ref: '4.1',
        text: 'Audit ten enquiries a quarter, with a partner as second reader.',
        leads: ['qualityManager'],
        priority: 'high',
        due: on.byMonth(-6),
        measure: 'Four quarters in a row.',
        history: [
          update(1, 'amber', 'First ten read.'),
          update(2, 'amber', 'Second ten read; the police were second reader.'),
          update(4, 'green', 'Fourth quarter done: 40 enquiries.'),
        ],
      },
      {
        ref: '4.2',
        text: 'Give the board twelve figures a quarter, and what people told us beside them.',
        leads: ['performanceAnalyst'],
        priority: 'medium',
        due: on.byMonth(-3),
        measure: 'Two quarters in time.',
        history: [
          update(2, 'amber', 'Figures chosen.'),
          update(3, 'amber', 'First set, three weeks late.'),
          newDate(
            4,
            on.byMonth(1),
            'The first set was late; two in time can be shown only by then.',
          ),
          update(5, 'amber', 'Second set was in time.'),
        ],
      },
      {
        ref: '4.3',
        text: 'Check each recommendation of the review a year later: done, and different?',
        leads: ['adultsBoardManager'],
        priority: 'high',
        due: on.byMonth(2),
        sources: [
          quote(review, 22, 'The board should ask what changed, and not what was completed.'),
        ],
        history: [
          update(3, 'amber', 'Nine recommendations. Six are said to be done.'),
          update(
            5,
            'amber',
            'Of the six that were said to be done we could see a difference in four. The other two are open again.',
          ),
        ],
      },
      {
        ref: '4.4',
        text: 'Ask carers to a board meeting once a year and answer them in writing.',
        leads: [],
        priority: 'low',
        due: on.byMonth(4),
        history: [],
      },
    ],
  };
}
