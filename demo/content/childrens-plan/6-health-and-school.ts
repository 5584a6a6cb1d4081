import type { Calendar } from '../../calendar.ts';
import { link, newDate, note, update, type ObjectiveStory } from '../../story.ts';
import type { SaltmarshParty } from '../saltmarsh-people.ts';
import type { Papers } from './sources.ts';

export function healthAndSchool(on: Calendar, { quote }: Papers): ObjectiveStory<SaltmarshParty> {
  return {
    section: 'Children in care and care leavers',
    ref: '6',
    title: 'Children in care are well and learn',
    sources: [
      quote(
        'inspection',
        9,
        'Children wait too long for a first health assessment and for help with how they feel.',
      ),
      quote('selfAssessment', 14, 'Personal education plans are on time and say too little.'),
    ],
    actions: [
      {
        ref: '6.1',
        text: 'Complete each initial health assessment within 20 working days of a child coming into care.',
        leads: ['health'],
        contributors: ['careTeamManager', 'designatedNurse'],
        priority: 'high',
        due: on.byMonth(-5),
        measure: 'In time for 9 of 10 children over a year.',
        outcome: 'Health problems that nobody saw before are found and treated.',
        history: [
          update(
            1,
            'red',
            'The health board reports 2 of 6 in time. Our consent forms reached them late for three.',
          ),
          update(
            3,
            'amber',
            'Consent is now signed on the first day. 4 of 7 in time over the year.',
          ),
          update(4, 'amber', 'The clinic ran once a month and has been closed twice. 4 of 8.'),
          newDate(
            5,
            on.byMonth(3),
            'The health board needs a second clinic each month to meet this, and has agreed to pay for it.',
            'Two children waited 41 and 52 working days. Neither was found to be unwell.',
          ),
          update(5, 'red', '5 of 9 in time over the year.'),
          update(
            7,
            'amber',
            'Second clinic runs since last month. The three newest children were all seen in time; over the year it is 6 of 10. Children placed far away remain the difficulty.',
            note(
              'Figures from the health board, compared with our own list by the Performance Analyst',
            ),
          ),
        ],
      },
      {
        ref: '6.2',
        text: 'Ask carers, teachers and children each year for the strengths and difficulties questionnaire, and act on high scores.',
        leads: ['careTeamManager'],
        contributors: ['virtualHead', 'designatedNurse'],
        priority: 'medium',
        due: on.byMonth(-6),
        measure: 'Score for every child; a plan within four weeks for each score of 17 or more.',
        outcome: 'Children who hide that they are unhappy are noticed.',
        history: [
          update(1, 'amber', '15 of 24 carers answered.'),
          update(2, 'green', '22 of 24. Teachers are asked too.'),
          update(
            4,
            'blue',
            'All 25. Eight scored 17 or more; all eight have a plan, seven within four weeks.',
            link('Questionnaire, yearly summary', 'health/sdq-summary'),
          ),
        ],
      },
      {
        ref: '6.3',
        text: 'Make personal education plans say what the child will learn this term and who helps.',
        leads: ['virtualHead'],
        contributors: ['headteachers'],
        priority: 'high',
        due: on.byMonth(-5),
        measure:
          '8 in 10 plans graded good by the Virtual School Head and one headteacher together.',
        outcome: 'Children in care make the progress their friends make.',
        history: [
          update(
            1,
            'amber',
            '9 of 21 graded good. Targets such as “improve in maths” are the commonest fault.',
          ),
          update(
            2,
            'amber',
            '12 of 21. Designated teachers met for a day and graded each other’s.',
          ),
          update(3, 'green', '15 of 22.'),
          update(
            5,
            'blue',
            '19 of 22 good, graded by two people without seeing each other’s grade.',
            link('Grading of education plans', 'virtual-school/plans-graded'),
          ),
        ],
      },
      {
        ref: '6.4',
        text: 'See that every child in care has been to a dentist within the year.',
        leads: ['designatedNurse'],
        contributors: ['careTeamManager'],
        priority: 'medium',
        due: on.byMonth(2),
        measure: 'All children, or a reason for each who has not.',
        history: [
          update(
            2,
            'red',
            'The Designated Nurse reports 11 of 24. No dentist in Saltmarsh takes new patients.',
          ),
          update(
            4,
            'amber',
            '15 of 25. A practice in Northmere keeps one morning a month for our children.',
          ),
          update(6, 'green', '21 of 25.'),
          update(
            7,
            'green',
            '22 of 25. Two have appointments; one young person of 17 does not want to go.',
          ),
        ],
      },
      {
        ref: '6.5',
        text: 'End part-time timetables for children in care unless a doctor asks for one.',
        leads: ['virtualHead'],
        contributors: ['headteachers', 'schools'],
        priority: 'high',
        due: on.byMonth(-2),
        measure: 'No child in care on a part-time timetable for longer than six weeks.',
        outcome: 'Children in care are in school when other children are.',
        sources: [quote('survey', 6, 'I go till twelve. They say it is for me.')],
        history: [
          update(2, 'amber', 'Five of 21 children of school age are on one.'),
          update(4, 'amber', 'Four of 22. Each school was visited and asked for a date to end it.'),
          update(
            6,
            'amber',
            'Two of 22. Both are at one school of Tidewater Learning Trust; its director and ours have met.',
          ),
          update(
            7,
            'amber',
            'One of 22, for eleven weeks now. The date has passed for the sake of this one child. She goes back to full days next month, with a teaching assistant whom she chose.',
          ),
          update(
            { daysAgo: 2 },
            'amber',
            'The school has put the start of full days in writing, with a date and the name of the post that answers for it. We close this when she has had four full weeks.',
            note('Letter of the headteacher, seen by the Virtual School Head'),
          ),
        ],
      },
      {
        ref: '6.6',
        text: 'Agree a pathway with the health board so that a child in care who needs help with how they feel begins it within four weeks.',
        leads: ['commissioning', 'health'],
        contributors: ['careTeamManager'],
        priority: 'high',
        due: on.byMonth(-8),
        measure: 'Help begun within four weeks for 9 of 10 children.',
        outcome: 'Children get help while it can still make a difference to where they live.',
        sources: [quote('survey', 8, 'The waiting list was longer than the placement.')],
        history: [
          update(
            1,
            'amber',
            'The average wait is 19 weeks. The health board accepts that this is too long.',
          ),
          update(3, 'amber', 'Two ways of paying for a worker of our own have been costed.'),
          newDate(3, on.byMonth(-3), 'The health board decides on its budget two rounds from now.'),
          update(
            4,
            'amber',
            'Money for one worker is agreed, half each. Nobody suitable applied the first time.',
          ),
          newDate(
            6,
            on.byMonth(3),
            'The post was advertised twice and filled only now.',
            'Three children waited longer than 12 weeks. Their carers were given advice by telephone in the meantime.',
          ),
          update(6, 'amber', 'A worker is appointed and begins next month.'),
          update(
            7,
            'amber',
            'She has begun. Five children were waiting; all five have met her. We will know in a quarter whether four weeks can be held.',
          ),
        ],
      },
    ],
  };
}
