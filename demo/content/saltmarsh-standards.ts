import type { JudgedStory, StandardsStory } from '../story.ts';
import type { SaltmarshParty } from './saltmarsh-people.ts';

/** Judgements of a year ago and of last month on the general framework for children's services. */
export const saltmarshStandards: StandardsStory<SaltmarshParty> = {
  keeper: 'quality@saltmarsh.example',
  framework: 'childrens-services',
  startedDaysAgo: 400,
  rounds: [
    {
      name: 'First self-assessment',
      daysAgo: 395,
      judged: [
        partly('1.1', 'strength', 'Families reach early help through two family hubs.', {
          why: 'Nobody counts how long a family waits.',
          next: 'Count the days from first call to first visit.',
          rests: [['data', 30, 'Early help contacts, quarter one']],
        }),
        partly('1.2', 'major gap', 'Qualified staff screen each contact.', {
          why: 'A manager’s decision took three days in some cases, and the reason was not always found.',
          next: 'Write the decision and its reason on the day.',
          lead: 'assessmentManager',
          rests: [
            ['external', 110, 'Inspection letter'],
            ['audit of practice', 80, 'Audit of twelve strategy discussions'],
          ],
        }),
        partly('1.3', 'major gap', 'Assessments are written within 45 working days.', {
          why: 'The child’s own day is missing in many.',
          next: 'Ask in supervision what the child’s day is like.',
          lead: 'assessmentManager',
          rests: [['external', 110, 'Inspection letter']],
        }),
        fully('1.4', 'Strategy discussions are held within a day.', [
          ['data', 20, 'Tracker of enquiries'],
        ]),
        partly('1.5', 'minor gap', 'Each plan has dates.', {
          why: 'In eight of eighteen plans a family could not have told what was expected of them.',
          next: 'Write plans with the family in the room.',
          lead: 'assessmentManager',
          rests: [['audit of practice', 80, 'Case audits, eighteen plans']],
        }),
        notMet('2.4', 'Health assessments are asked for on the day a child comes into care.', {
          why: 'Children wait too long for the first one.',
          next: 'Agree a clinic day for children in care.',
          lead: 'designatedNurse',
          rests: [['data', 40, 'Health assessments, twelve months']],
        }),
        fully('2.3', 'Most children have had one social worker for two years.', [
          ['voice', 60, 'Annual survey of children'],
          ['data', 20, 'Visits, twelve months'],
        ]),
        partly('2.6', 'observation', 'Permanence is planned at the second review.', {
          why: 'For a few children it came too late.',
          next: 'Track each child without a plan by the fourth month.',
          lead: 'careTeamManager',
          rests: [['external', 110, 'Inspection letter']],
        }),
        partly('3.2', 'minor gap', 'Every care leaver has a pathway plan.', {
          why: 'Plans do not show what young people hope for.',
          next: 'Co-write the plan, and let the young person sign it.',
          lead: 'careTeamManager',
          rests: [['voice', 60, 'Annual survey of children']],
        }),
        notMet('4.1', 'Audits are done each month.', {
          why: 'Nobody looks again at what they asked for.',
          next: 'Look again at each audit after ninety days.',
          lead: 'qualityManager',
          rests: [['external', 110, 'Inspection letter']],
        }),
      ],
    },
    {
      name: 'Second self-assessment',
      daysAgo: 35,
      judged: [
        fully('1.2', 'Decisions are written with their reason on the day in 46 of 48 cases.', [
          ['audit of practice', 20, 'Dip sample of 48 contacts'],
          ['data', 10, 'Contacts, six months'],
        ]),
        partly('1.3', 'observation', 'The child’s day is asked for in supervision.', {
          why: 'It is written in nine of twelve assessments, and not yet in all.',
          next: 'Look again at twelve assessments in the spring.',
          lead: 'assessmentManager',
          rests: [['audit of practice', 25, 'Audit of twelve assessments']],
        }),
        partly('1.5', 'minor gap', 'Plans say who does what by when.', {
          why: 'Some plans are written after the family has gone home.',
          next: 'Share the plan in the meeting.',
          rests: [['own word', 5, 'Team managers']],
        }),
        fully('1.6', 'Return conversations are offered to every child.', [
          ['own word', 5, 'Team managers'],
        ]),
        partly(
          '2.4',
          'minor gap',
          'A clinic day was agreed, and eleven of fourteen were seen in time.',
          {
            why: 'Three children placed far away still waited.',
            next: 'Agree the same with two neighbouring boards.',
            lead: 'designatedNurse',
            rests: [['data', 15, 'Health assessments, twelve months']],
          },
        ),
        partly('4.1', 'observation', 'What audits ask for is listed, and looked at again.', {
          why: 'Of 41 things asked for, 26 were done when looked at again.',
          next: 'Bring what was not done to the board.',
          lead: 'qualityManager',
          rests: [['audit of practice', 150, 'Re-audit of sixteen files']],
        }),
      ],
    },
  ],
  handed: { domain: '3', to: 'careTeamManager', daysAgo: 20, dueInDays: 25 },
  verdicts: [
    {
      ref: '1.2',
      whose: 'inspection',
      level: 'partially-met',
      words: 'Too many decisions wait for a manager.',
      saidDaysAgo: 510,
      writtenDaysAgo: 390,
    },
    {
      ref: '2.3',
      whose: 'inspection',
      level: 'fully-met',
      words: 'Children know their social workers.',
      saidDaysAgo: 510,
      writtenDaysAgo: 390,
    },
  ],
};

type Rests = JudgedStory<SaltmarshParty>['rests'];

interface Short {
  why: string;
  next: string;
  lead?: SaltmarshParty;
  rests: Rests;
}

function fully(ref: string, how: string, rests: Rests): JudgedStory<SaltmarshParty> {
  return {
    ref,
    level: 'fully-met',
    result: 'strength',
    how,
    why: null,
    next: null,
    lead: null,
    rests,
  };
}

function partly(
  ref: string,
  result: JudgedStory['result'],
  how: string,
  { why, next, lead, rests }: Short,
): JudgedStory<SaltmarshParty> {
  return { ref, level: 'partially-met', result, how, why, next, lead: lead ?? null, rests };
}

function notMet(ref: string, how: string, short: Short): JudgedStory<SaltmarshParty> {
  return { ...partly(ref, 'major gap', how, short), level: 'not-met' };
}
