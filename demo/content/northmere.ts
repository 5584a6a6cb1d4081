import type { Calendar } from '../calendar.ts';
import { ongoing } from '../calendar.ts';
import { note, update, type CouncilStory, type PlanStory } from '../story.ts';
import { parties, people, type NorthmereParty } from './northmere-people.ts';

/** Northmere Council: one small plan of its own. */
export function northmere(on: Calendar): CouncilStory<NorthmereParty> {
  return {
    name: 'Northmere Council',
    slug: 'northmere',
    parties,
    people,
    sources: [{ title: 'Family Help Board, annual review', kind: 'board' }],
    plans: [familyHubsPlan(on)],
  };
}

function familyHubsPlan(on: Calendar): PlanStory<NorthmereParty> {
  return {
    title: 'Family hubs plan',
    periodFrom: on.monthStart(-6),
    periodTo: on.monthEnd(11),
    owner: 'improvementLead',
    boards: ['helpBoard'],
    reviewCycleDays: 90,
    ragScheme: [
      {
        colour: 'red',
        name: 'Red',
        meaning: 'Off track, or at risk of not being done',
        standsFor: 'off track',
      },
      {
        colour: 'amber',
        name: 'Amber',
        meaning: 'In progress, with some delay or risk',
        standsFor: 'at risk',
      },
      {
        colour: 'green',
        name: 'Green',
        meaning: 'In progress and on track',
        standsFor: 'on track',
      },
      { colour: 'blue', name: 'Blue', meaning: 'Complete', standsFor: 'complete' },
    ],
    keeper: 'quality@northmere.example',
    begunDaysAgo: 170,
    rounds: [120, 40],
    objectives: [
      {
        section: null,
        ref: '1',
        title: 'Families find help near home',
        sources: [
          {
            title: 'Family Help Board, annual review',
            words: 'Families in the north of the district travel an hour for a first conversation.',
            page: '4',
          },
        ],
        actions: [
          {
            ref: '1.1',
            text: 'Open a family hub in the library at Reedbank, three days a week.',
            leads: ['familyHubsManager'],
            priority: 'high',
            due: on.byMonth(-2),
            measure: '30 families seen in the first three months.',
            history: [
              update(1, 'green', 'Lease signed. Two workers will move there from the main office.'),
              update(
                2,
                'blue',
                'The hub opened and 34 families came in its first three months.',
                note('Visitor count kept by the hub'),
              ),
            ],
          },
          {
            ref: '1.2',
            text: 'Put one telephone number for family help on every school website.',
            leads: ['earlyHelpManager'],
            priority: 'medium',
            due: on.byMonth(2),
            measure: 'All 31 schools show the number.',
            history: [
              update(1, 'amber', '12 of 31 schools have it. The rest were written to again.'),
              update(2, 'green', '26 of 31 schools have it.'),
            ],
          },
          {
            ref: '1.3',
            text: 'Offer one evening session a week at each hub.',
            leads: ['familyHubsManager'],
            priority: 'low',
            due: ongoing,
            history: [update(2, 'amber', 'Started in one hub of three; staffing is not agreed.')],
          },
        ],
      },
      {
        section: null,
        ref: '2',
        title: 'Help ends when it has helped',
        sources: [],
        actions: [
          {
            ref: '2.1',
            text: 'Ask every family at the end of family help what has changed for them.',
            leads: ['earlyHelpManager'],
            priority: 'high',
            due: on.byMonth(3),
            measure: 'Answers from half of the families whose help ended.',
            history: [
              update(2, 'amber', 'Nine families of 40 answered. A call will replace the form.'),
            ],
          },
          {
            ref: '2.2',
            text: 'Review every family helped for longer than nine months.',
            leads: ['improvementLead'],
            priority: 'medium',
            due: on.byMonth(-1),
            history: [update(1, 'green', 'List drawn up: 17 families. Six reviewed so far.')],
          },
        ],
      },
    ],
  };
}
