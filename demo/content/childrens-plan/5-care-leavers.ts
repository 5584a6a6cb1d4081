import type { Calendar } from '../../calendar.ts';
import { noDate } from '../../calendar.ts';
import { link, newDate, note, update, type ObjectiveStory } from '../../story.ts';
import type { SaltmarshParty } from '../saltmarsh-people.ts';
import type { Papers } from './sources.ts';

export function careLeavers(on: Calendar, { quote }: Papers): ObjectiveStory<SaltmarshParty> {
  return {
    section: 'Children in care and care leavers',
    ref: '5',
    title: 'Care leavers have what any parent would want for their own children',
    sources: [
      quote(
        'inspection',
        10,
        'Personal advisers are committed. Pathway plans do not yet show what young people hope for.',
      ),
    ],
    actions: [
      {
        ref: '5.1',
        text: 'Begin each pathway plan at sixteen, written with the young person and in their words.',
        leads: ['careTeamManager'],
        priority: 'high',
        due: on.byMonth(3),
        measure:
          'All nine young people of 16 and 17 have a plan that they helped to write; they say so themselves.',
        outcome: 'Young people leave care when they are ready, knowing what comes next.',
        history: [
          update(
            2,
            'amber',
            'Three of eight have one. The form is 22 pages; two young people gave it back.',
          ),
          update(
            4,
            'green',
            'Care leavers made a form of six pages. Five of eight plans are on it.',
          ),
          update(6, 'green', 'Six of nine.'),
          update(
            7,
            'green',
            'Seven of nine. Asked by the Participation Officer, six of the seven said that the plan was theirs; one said that it was her adviser’s.',
            note('Answers of seven young people, kept by the Participation Officer'),
          ),
        ],
      },
      {
        ref: '5.2',
        text: 'Publish a local offer for care leavers that says what they can have, in pounds and days.',
        leads: ['careTeamManager'],
        contributors: ['housingManager', 'participationOfficer'],
        priority: 'medium',
        due: on.byMonth(-8),
        measure: 'Published; 15 of 19 care leavers know of it.',
        outcome: 'Care leavers do not have to ask for what they are owed.',
        history: [
          update(1, 'green', 'Two care leavers are paid to write it with us.'),
          update(
            2,
            'green',
            'Council tax is free for care leavers up to 25: agreed by the council.',
          ),
          update(
            4,
            'blue',
            'Published on one sheet of paper and on the website. 16 of 19 care leavers know of it; nine have used something from it.',
            link('Local offer for care leavers', 'care-leavers/local-offer'),
          ),
        ],
      },
      {
        ref: '5.3',
        text: 'Agree with Housing Options that no care leaver becomes homeless, and what each of us does at 17 and a half.',
        leads: ['careTeamManager', 'housingManager'],
        priority: 'high',
        due: on.byMonth(-4),
        measure: 'Protocol signed; no care leaver in bed and breakfast.',
        outcome: 'Young people have a home of their own that they can keep.',
        sources: [
          quote('survey', 9, 'I turned eighteen on the Tuesday and had to be out by the Friday.'),
        ],
        history: [
          update(1, 'green', 'Both managers have met. We agree on what is wrong.'),
          update(3, 'amber', 'Draft waits for legal advice on joint tenancies.'),
          update(
            5,
            'amber',
            'Legal advice is here, and it asks for a change of the allocations policy.',
          ),
          newDate(
            5,
            on.byMonth(2),
            'The allocations policy has to be changed by the council’s cabinet before we can sign.',
            'One young person spent eleven nights in bed and breakfast. She has a flat now.',
          ),
          update(
            7,
            'amber',
            'Cabinet has the paper in its forward plan. Meanwhile every young person of 17 and a half has a named housing officer: four of four.',
          ),
          update(
            { daysAgo: 8 },
            'amber',
            'Cabinet takes the paper at its next meeting. The draft protocol is in use already in all but name: the last two moves were planned by both teams, and both young people moved once.',
          ),
        ],
      },
      {
        ref: '5.4',
        text: 'Give every care leaver their health history before they are eighteen.',
        leads: ['designatedNurse'],
        contributors: ['careTeamManager'],
        priority: 'medium',
        due: on.byMonth(2),
        measure: 'Given, in person, to every young person by their 18th birthday.',
        history: [
          update(
            2,
            'amber',
            'The Designated Nurse reports that 2 of 5 young people had theirs by 18.',
          ),
          update(
            5,
            'amber',
            'Reported by the Designated Nurse: 3 of 5. Records from other areas arrive late, one after eleven months.',
          ),
        ],
      },
      {
        ref: '5.5',
        text: 'Keep in touch with every care leaver at least every eight weeks, in the way they choose.',
        leads: ['careTeam'],
        priority: 'medium',
        due: on.byMonth(-6),
        measure: 'In touch with 18 of 19 over a quarter.',
        outcome: 'Someone notices when things go wrong.',
        history: [
          update(1, 'amber', 'In touch with 14 of 18.'),
          update(
            2,
            'green',
            'In touch with 17 of 18. Messages work better than letters. One young man does not want to hear from us, and that is written down with his reason.',
          ),
          update(
            3,
            'blue',
            'In touch with 18 of 19 for a whole quarter. We look at it every month from now on.',
            link('Care leavers, monthly figures', 'performance/care-leavers'),
          ),
        ],
      },
      {
        ref: '5.6',
        text: 'Keep two apprenticeships a year in the council for care leavers.',
        leads: [],
        priority: 'low',
        due: noDate,
        outcome: 'Care leavers have a first job that leads somewhere.',
        sources: [quote('laterSurvey', 8, 'The council could give us jobs. It has jobs.')],
        addedDaysAgo: 115,
        history: [
          update(
            6,
            'not-started',
            'The Children in Care Council asked for this and the board liked it. Nobody has taken it on: Human Resources and Economic Development have each been asked.',
          ),
        ],
      },
    ],
  };
}
