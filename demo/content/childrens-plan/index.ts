import type { Calendar } from '../../calendar.ts';
import type { PlanStory } from '../../story.ts';
import type { SaltmarshParty } from '../saltmarsh-people.ts';
import { frontDoor } from './1-front-door.ts';
import { assessments } from './2-assessments.ts';
import { oversight } from './3-oversight.ts';
import { permanence } from './4-permanence.ts';
import { careLeavers } from './5-care-leavers.ts';
import { healthAndSchool } from './6-health-and-school.ts';
import { voice } from './7-voice.ts';
import { workforce } from './8-workforce.ts';
import { quality } from './9-quality.ts';
import type { Papers } from './sources.ts';

/** Sixty actions in nine objectives, fourteen months old. Here green is on track, blue complete. */
export function childrensPlan(on: Calendar, papers: Papers): PlanStory<SaltmarshParty> {
  return {
    title: "Children's services improvement plan",
    periodFrom: on.monthStart(-14),
    periodTo: on.monthEnd(9),
    owner: 'qualityManager',
    boards: ['improvementBoard', 'overviewCommittee'],
    reviewCycleDays: 60,
    ragScheme: [
      {
        colour: 'red',
        name: 'Red',
        meaning: 'Off track: it will miss its date or its aim unless the board helps',
        standsFor: 'off track',
      },
      {
        colour: 'amber',
        name: 'Amber',
        meaning: 'Some delay or risk, and a way to put it right',
        standsFor: 'at risk',
      },
      {
        colour: 'green',
        name: 'Green',
        meaning: 'On track for its date and its aim',
        standsFor: 'on track',
      },
      {
        colour: 'blue',
        name: 'Blue',
        meaning: 'Complete, and shown to be so',
        standsFor: 'complete',
      },
    ],
    keeper: 'quality@saltmarsh.example',
    shared: {
      with: 'peer@saltmarsh.example',
      reason: 'Peer review of the front door and of care leavers',
    },
    begunDaysAgo: 425,
    rounds: [400, 340, 279, 217, 155, 93, 31],
    reviews: [
      {
        openedDaysAgo: 95,
        askedByDaysAgo: 81,
        closed: { daysAgo: 79, note: 'Reported to the board that oversees the plan.' },
      },
      {
        openedDaysAgo: 33,
        askedByDaysAgo: 19,
        closed: { daysAgo: 17, note: 'Three leads were still to answer when it closed.' },
      },
      { openedDaysAgo: 8, askedByDaysAgo: -6, remindedDaysAgo: 3 },
    ],
    objectives: [
      frontDoor,
      assessments,
      oversight,
      permanence,
      careLeavers,
      healthAndSchool,
      voice,
      workforce,
      quality,
    ].map((objective) => objective(on, papers)),
  };
}
