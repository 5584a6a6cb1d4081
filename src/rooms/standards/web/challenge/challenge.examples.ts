import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import { fresh, wrong } from '#platform/web/form-state.ts';
import type { Challenge, ChallengeItem } from '../../rules/challenge/picture.ts';
import type { ReadSection } from '../../rules/challenge/shared.ts';
import type { WeighedRow } from '../../rules/challenge/weigh-pack.ts';
import { metLevels } from '../../rules/levels.ts';
import { pageTemplate, type Allowed } from './ground.ts';
import { guestsView } from './guests.view.ts';
import { itemView, sayView } from './items.view.ts';
import { packBackView, packsView } from './packs.view.ts';
import { challengesView, challengeView, sectionView } from './read.view.ts';
import { setUpView, withdrawView } from './set-up.view.ts';

const folder = 'rooms/standards/web/challenge';
const today = day('2026-03-04');
const link = (href: string) => href;
const all: Allowed = {
  guest: false,
  change: true,
  withdraw: true,
  share: true,
  export: true,
  makeFinding: true,
};
const none: Allowed = { ...all, change: false, withdraw: false, share: false, export: false };
const asGuest: Allowed = { ...none, guest: true, makeFinding: false };
const unbroken = 'visits-and-reviews-'.repeat(10);

const domain: ReadSection = {
  kind: 'domain',
  id: newId(),
  title: '1 Help and protection',
  within: 'Children’s standards, 2026',
  levels: [...metLevels],
  text: '',
  points: [],
  criteria: ['1.9', '1.10'].map((ref, at) => ({
    id: newId<'criterion'>(),
    ref,
    text: `Children are seen alone, and what they say is written down (${ref})`,
    judgement:
      at > 0
        ? null
        : {
            on: day('2026-02-01'),
            progress: 'in progress',
            level: 'partially-met',
            result: 'minor gap',
            howMet: `Nine of ten visits were on time.\n${unbroken}`,
            whyNot: 'Some records do not say what the child said.',
            whatNext: 'A second look at ten records each month.',
            due: {
              asWritten: 'June 2026',
              from: day('2026-06-01'),
              to: day('2026-06-30'),
              precision: 'month',
            },
            leads: [{ id: newId<'party'>(), name: 'Service Manager, Assessment' }],
            restsOn: [
              { kind: 'data', words: 'Monthly return', datedOn: day('2026-01-31'), names: [] },
              { kind: 'own word', words: null, datedOn: null, names: [] },
            ],
          },
  })),
};
const narrative: ReadSection = {
  kind: 'narrative',
  id: newId(),
  title: '8. Early help',
  within: 'Self-assessment 2025/26',
  criteria: [],
  levels: [],
  text: 'Families are met sooner than last year.\nWe ask each what changed for them.',
  points: [
    { kind: 'strength', words: 'Families say that they were listened to' },
    { kind: 'area for development', words: 'Some wait three weeks' },
  ],
};
const said = (more: Partial<ChallengeItem>): ChallengeItem => ({
  id: newId<'challenge item'>(),
  sectionId: domain.id,
  criterionId: null,
  kind: 'challenge',
  words: `Why are so few children seen alone?\n${unbroken}`,
  level: null,
  saidBy: 'Lead reviewer',
  submissionId: newId(),
  saidOn: day('2026-03-02'),
  answers: [],
  findingId: null,
  ...more,
});
const answered = said({
  criterionId: domain.criteria[1]?.id ?? null,
  answers: [
    {
      version: 1,
      decision: 'partly accepted',
      words: 'We look at ten records each month from April.',
      on: day('2026-03-03'),
      by: null,
    },
  ],
  findingId: newId<'finding'>(),
});
const challenge: Challenge = {
  id: newId<'challenge'>(),
  sourceId: newId<'source'>(),
  version: 2,
  title: 'Peer challenge of the front door, spring 2026',
  reviewers: 'Harbour Council',
  asked: 'Look at the front door: are children seen, and is what they say heard?',
  opensOn: day('2026-03-01'),
  closesOn: day('2026-03-28'),
  positionOn: day('2026-03-01'),
  shared: [domain, narrative].map(({ kind, id }) => ({ kind, id })),
  withdrawn: false,
  reason: null,
  items: [
    answered,
    said({
      kind: 'question',
      words: 'How many are waiting?',
      sectionId: narrative.id,
      saidBy: null,
    }),
    said({
      kind: 'verdict',
      criterionId: domain.criteria[0]?.id ?? null,
      level: 'not-met',
      words: 'Three of five',
    }),
  ],
};
const [first] = challenge.items;
if (first === undefined) throw new Error('An example is not as it was meant');
const sections = [domain, narrative];
const row = (more: Partial<WeighedRow>, words: string): WeighedRow => ({
  row: {
    where: 'table 4 row 3',
    code: '',
    beside: null,
    kind: 'Challenge',
    ref: '',
    level: '',
    words,
    saidBy: 'Lead reviewer',
  },
  state: 'not taken',
  section: null,
  item: null,
  note: 'This is not a row of this challenge.',
  ...more,
});
const taken = row({ state: 'known', section: narrative, note: null }, 'How many are waiting?');
const fresher: WeighedRow = row(
  {
    state: 'new',
    section: domain,
    note: '“1.100” is no criterion of this section, so it is kept with the section.',
    item: {
      sectionId: domain.id,
      criterionId: null,
      kind: 'strength',
      words: unbroken,
      level: null,
      saidBy: null,
      submissionId: newId<'submission'>(),
    },
  },
  unbroken,
);
const pack = {
  id: newId<'challenge return'>(),
  challengeId: challenge.id,
  fileId: newId<'file'>(),
  fileName: 'Peer challenge, pack.docx',
  reading: { rows: [], problems: ['document: Comments were left out.'] },
  taken: 0,
  state: 'prepared' as const,
  startedBy: newId<'user'>(),
};

export const examples: PageExample[] = [
  example(
    'Peer challenges',
    pageTemplate,
    challengesView({ challenges: [challenge], asAt: today, maySetUp: true, guest: false, link }),
  ),
  example(
    'A challenge, for who runs it',
    pageTemplate,
    challengeView({ challenge, sections, allowed: all, guests: 1, asAt: today, link }),
  ),
  example(
    'A challenge, for a guest',
    pageTemplate,
    challengeView({ challenge, sections, allowed: asGuest, guests: 1, asAt: today, link }),
  ),
  example(
    'A shared section',
    pageTemplate,
    sectionView({ challenge, section: domain, next: narrative, allowed: all, link }),
  ),
  example(
    'Set up a challenge, filled in wrongly',
    `${folder}/set-up.njk`,
    setUpView(
      null,
      sections.map((one) => ({ within: one.within, sections: [one] })),
      wrong({ title: unbroken, shared: [] }, [
        { field: 'shared', text: 'Choose at least one section to share' },
        { field: 'closes', text: 'Enter the last day' },
      ]),
    ),
    { status: 422 },
  ),
  example('Withdraw a challenge', `${folder}/withdraw.njk`, withdrawView(challenge, fresh({}))),
  example(
    'Guests of a challenge',
    `${folder}/guests.njk`,
    guestsView(challenge, { grants: [], reviewers: [], users: new Map() }, fresh({}), today),
  ),
  example(
    'The Word pack',
    `${folder}/packs.njk`,
    packsView({ challenge, mayExport: true, mayBringBack: true, prepared: [pack] }),
  ),
  example(
    'A pack that came back',
    `${folder}/pack-back.njk`,
    packBackView({ pack, challenge, rows: [row({}, unbroken), fresher, taken] }),
  ),
  example('Write in what they said', `${folder}/say.njk`, sayView(challenge, domain, fresh({}))),
  example(
    'What they said, answered',
    `${folder}/item.njk`,
    itemView({
      challenge,
      item: first,
      section: domain,
      allowed: all,
      names: new Map(),
      state: fresh({}),
    }),
  ),
];

function day(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new Error(`${text} is no date`);
  return date;
}
