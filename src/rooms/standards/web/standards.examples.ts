import type { IsoDate } from '#kernel/dates.ts';
import type {
  CriterionId,
  EditionId,
  FrameworkId,
  JudgementId,
  PartyId,
  UserId,
} from '#kernel/ids.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import { fresh, wrong } from '#platform/web/form-state.ts';
import type { EditionPicture } from '../actions/open-edition.ts';
import { domainSection } from '../rules/domain-sections.ts';
import { suggestMap } from '../rules/map-criteria.ts';
import { metLevels } from '../rules/levels.ts';
import type {
  AssessmentRound,
  Criterion,
  Domain,
  DomainId,
  Judgement,
  SectionStep,
  Verdict,
} from '../rules/picture.ts';
import { movesBetween, positionByDomain } from '../rules/position.ts';
import { criterionView } from './criterion.view.ts';
import { editionView } from './edition.view.ts';
import { judgePairs, judgeValues } from './judge-form.ts';
import { judgeView } from './judge.view.ts';
import { beginLoadView, previewView } from './load.view.ts';
import { compareView, positionView } from './position.view.ts';
import { sectionsView, sectionView } from './sections.view.ts';
import { standardsView } from './standards.view.ts';

const page = 'rooms/standards/web/page.njk';
const link = (href: string) => href;
const on = (day: string) => day as IsoDate;
const id = (n: number) => `01980a7e-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`;
const asAt = on('2026-03-04');
const robin = id(1) as UserId;
const post = { id: id(2) as PartyId, name: 'Service Manager, Help and Protection' };
const editionId = id(3) as EditionId;
const frameworkId = id(4) as FrameworkId;

function criterion(n: number, domain: number, ref: string, text: string): Criterion {
  return {
    id: id(n) as CriterionId,
    editionId,
    domainId: id(domain) as DomainId,
    ref,
    position: n,
    text,
    descriptors: {
      'fully-met': 'Audits agree with nearly all decisions.',
      'not-met': 'Children at risk are missed.',
    },
  };
}

const domains: Domain[] = [
  {
    id: id(10) as DomainId,
    ref: '1',
    title: 'Help and protection',
    position: 0,
    criteria: [
      criterion(
        11,
        10,
        '1.9',
        'Families get early help before their needs grow, and know who is helping them.',
      ),
      criterion(
        12,
        10,
        '1.10',
        'Contacts and referrals are screened by qualified staff, and the right decision is made within one working day.',
      ),
    ],
  },
  {
    id: id(20) as DomainId,
    ref: '2',
    title: 'Children in care',
    position: 1,
    criteria: [
      criterion(
        21,
        20,
        '2.1',
        'Each child lives in a home that meets their needs, near people who matter to them.',
      ),
    ],
  },
];

function judgement(
  n: number,
  of: number,
  level: string,
  effectiveOn: string,
  version = 1,
): Judgement {
  return {
    id: id(n) as JudgementId,
    criterionId: id(of) as CriterionId,
    version,
    effectiveOn: on(effectiveOn),
    recordedAt: new Date(`${effectiveOn}T10:05:00Z`),
    by: robin,
    progress: 'in progress',
    level,
    result: level === 'fully-met' ? 'good practice' : 'minor gap',
    howMet: 'Decisions are recorded with their reasons, and sampled each month.',
    whyNot: level === 'fully-met' ? null : 'Two teams record late when duty is busy.',
    whatNext:
      level === 'fully-met' ? null : 'Agree cover for duty, and report late decisions weekly.',
    due: {
      asWritten: '30 June 2026',
      from: on('2026-06-30'),
      to: on('2026-06-30'),
      precision: 'day',
    },
    leads: [post],
    restsOn:
      level === 'fully-met'
        ? []
        : [
            {
              kind: 'data',
              words: 'Decisions within one working day, 41 of 52',
              datedOn: on('2026-01-31'),
              evidenceId: null,
              sourceId: null,
              findingId: null,
            },
            {
              kind: 'audit of practice',
              words: 'Twelve files, drawn at random',
              datedOn: on('2024-11-12'),
              evidenceId: null,
              sourceId: null,
              findingId: null,
            },
          ],
  };
}

const earlier = judgement(30, 12, 'not-met', '2025-02-10');
const standing = judgement(31, 12, 'partially-met', '2026-02-20', 2);
const own = judgement(32, 21, 'fully-met', '2026-02-21');
const verdict: Verdict = {
  id: id(40) as Verdict['id'],
  criterionId: id(21) as CriterionId,
  whose: 'inspection',
  level: 'partially-met',
  words: 'Too many children live far from home.',
  saidOn: on('2025-11-12'),
  sourceId: null,
  by: robin,
};
const round: AssessmentRound = {
  id: id(50) as AssessmentRound['id'],
  editionId,
  name: '2025/26',
  openedOn: on('2026-01-05'),
  recordedAt: new Date('2026-01-05T09:00:00Z'),
};

function step(n: number, kind: SectionStep['step'], comment: string | null): SectionStep {
  const submitted = kind === 'submitted';
  return {
    sectionKind: 'domain',
    sectionId: id(10),
    roundId: round.id,
    version: n,
    effectiveOn: asAt,
    recordedAt: new Date('2026-03-01T09:00:00Z'),
    by: robin,
    step: kind,
    postId: post.id,
    dueOn: on('2026-03-31'),
    comment,
    contentHash: submitted ? 'a' : null,
  };
}

const steps = [step(1, 'handed', 'Please name the audits'), step(2, 'submitted', null)];
export const examplePicture: EditionPicture = {
  edition: {
    id: editionId,
    frameworkId,
    followsId: null,
    label: '2026',
    title: 'Children’s services, a general framework',
    publisher: 'Sightline',
    publishedOn: on('2026-01-01'),
    levels: [...metLevels],
    note: 'A place to begin.',
    state: 'in use',
    since: on('2025-04-01'),
    stateVersion: 1,
    criterionCount: 3,
    domains,
  },
  asAt,
  judgements: new Map([
    [standing.criterionId, standing],
    [own.criterionId, own],
  ]),
  round,
  sections: new Map([
    [id(10) as DomainId, domainSection(round, steps)],
    [id(20) as DomainId, domainSection(round, [])],
  ]),
  posts: new Map([[post.id, post]]),
};

const [help, care] = domains as [Domain, Domain];
const second = help.criteria[1] ?? never();
const third = care.criteria[0] ?? never();
const names = new Map([[robin, 'Robin Fenwick']]);
const known = { parties: [post.name], sources: ['Inspection of children’s services, 2025'] };
const before = new Map([[earlier.criterionId, earlier]]);
const all = domains.flatMap((domain) => domain.criteria);
const positions = positionByDomain(
  domains,
  metLevels,
  { judgements: examplePicture.judgements, verdicts: [verdict] },
  before,
);
const nothingLinked = { titles: new Map<string, string>(), findings: [], evidence: [] };
const rights = { mayJudge: true, mayChange: true, answering: null, csrf: 'token', link };
const judged = { picture: examplePicture, domain: care, criterion: third, question: null, known };
const reading = {
  title: 'Children’s services, a general framework',
  label: '2027',
  publisher: 'Sightline',
  publishedOn: null,
  note: null,
  levels: [...metLevels],
  domains: [
    {
      where: 'line 9',
      ref: '1',
      title: 'Help and protection',
      criteria: [
        { where: 'line 12', ref: '1.9', text: 'Families get help early.', descriptors: {} },
        { where: 'line 15', ref: '1.11', text: second.text, descriptors: {} },
      ],
    },
  ],
  problems: [],
};
const load = {
  id: id(60) as Parameters<typeof previewView>[0]['load']['id'],
  fileId: null,
  frameworkId,
  reading,
  choices: { followsId: editionId, map: suggestMap(reading.domains[0]?.criteria ?? [], all) },
  version: 1,
  state: 'prepared' as const,
  editionId: null,
  startedBy: robin,
};

export const examples: PageExample[] = [
  example(
    'Standards, nothing loaded',
    page,
    standardsView({
      pictures: [],
      mine: [],
      offered: [{ key: 'childrens-services', title: 'Children’s services, a general framework' }],
      prepared: [],
      mayCreate: true,
      readsAll: true,
      isToday: true,
      csrf: 'token',
      link,
    }),
  ),
  example(
    'Standards, with a section of mine',
    page,
    standardsView({
      pictures: [examplePicture],
      mine: [
        {
          title: 'Help and protection',
          within: 'Children’s services, a general framework, 2025/26',
          href: '/',
          state: 'returned',
          dueOn: on('2026-03-31'),
          comment: 'Name the audits',
        },
      ],
      offered: [],
      prepared: [{ id: id(60), title: 'Foster homes' }],
      mayCreate: true,
      readsAll: true,
      isToday: true,
      csrf: 'token',
      link,
    }),
  ),
  example(
    'An edition, filtered',
    page,
    editionView({
      picture: examplePicture,
      filter: { q: '', level: '', progress: 'in progress', result: '', rests: '' },
      mayChange: true,
      mayExport: true,
      mayBringBack: true,
      link,
    }),
  ),
  example(
    'A criterion, contested and on the service’s own word alone',
    page,
    criterionView({
      ...nothingLinked,
      ...rights,
      picture: examplePicture,
      domain: care,
      criterion: third,
      history: [{ ...own, levels: metLevels, edition: null }],
      verdicts: [{ ...verdict, levels: metLevels }],
      names,
      actions: [
        {
          href: '/',
          text: 'Find homes nearer to the county',
          note: 'Sufficiency plan, 2.1 · in progress',
          actionId: 'x',
          judgementId: own.id,
        },
      ],
      answering: {
        add: (judgement) => `/standards/judgements/${judgement}/actions/new`,
        link: (judgement) => `/standards/judgements/${judgement}/actions/link`,
        end: (judgement, action) => `/standards/judgements/${judgement}/actions/${action}/end`,
        propose: (edition) => `/standards/frameworks/${edition}/propose`,
      },
    }),
  ),
  example(
    'Judge a criterion, two wrote at once',
    'rooms/standards/web/judge.njk',
    judgeView({
      ...judged,
      domain: help,
      criterion: second,
      version: 2,
      state: {
        values: {
          ...judgeValues(standing, () => ''),
          how: 'Every decision is sampled.',
          'rest-1-dated': 'soon',
        },
        errors: [
          bothTextsError,
          { field: 'rest-1-dated', text: 'Enter a day, such as 4 March 2026' },
        ],
        both: bothTexts(
          judgePairs(
            standing,
            { ...standing, howMet: 'Every decision is sampled.', leads: [post.name] },
            metLevels,
          ),
          { by: 'Sam Reed', at: new Date('2026-03-04T09:52:00Z') },
          '/',
        ),
      },
    }),
    { status: 409 },
  ),
  example(
    'Load a framework',
    'rooms/standards/web/load.njk',
    beginLoadView([examplePicture.edition], wrong({}, [{ field: 'file', text: 'Choose a file' }])),
    { status: 422 },
  ),
  example(
    'A further edition, before it is loaded',
    'rooms/standards/web/preview.njk',
    previewView({
      load,
      before: { frameworkId, editionId, criteria: all },
      state: fresh({ label: '2027' }),
    }),
  ),
  example(
    'Position by domain',
    page,
    positionView({
      picture: examplePicture,
      positions,
      from: on('2025-03-04'),
      mayExport: true,
      link,
    }),
  ),
  example(
    'What moved between two days',
    page,
    compareView({
      picture: examplePicture,
      moves: movesBetween(all, before, examplePicture.judgements, metLevels),
      from: on('2025-03-04'),
      to: asAt,
      link,
    }),
  ),
  example(
    'Sections of a self-assessment',
    'rooms/standards/web/sections.njk',
    sectionsView({ picture: examplePicture, mayOpenRound: true, state: fresh({}), link }),
  ),
  example(
    'A section that waits for a signature',
    'rooms/standards/web/section.njk',
    sectionView({
      picture: examplePicture,
      domain: help,
      rights: { hand: false, submit: false, return: true, unlock: false, notSign: [] },
      steps,
      names,
      posts: [post],
      state: fresh({}),
      link,
    }),
  ),
];

function never(): never {
  throw new Error('An example is missing');
}
