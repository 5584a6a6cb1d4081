import type { IsoDate } from '#kernel/dates.ts';
import type { AssessmentId, FindingId, Id, PartyId, SourceId, UserId } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import { fresh } from '#platform/web/form-state.ts';
import type { FoundAssessment } from '../../actions/narrative/open-assessment.ts';
import type {
  Assessment,
  AssessmentItemId,
  PointKind,
  Row,
  Section,
  SectionId,
} from '../../rules/narrative/assessment.ts';
import { sectionState } from '../../rules/narrative/section-state.ts';
import { assessmentView } from './assessment.view.ts';
import { evaluationView } from './evaluation.view.ts';
import type { Allowed } from './load.ts';
import { previewView } from './preview.view.ts';
import { sectionBothTexts, sectionFormView, sectionView } from './section.view.ts';

const page = 'rooms/standards/web/narrative/page.njk';
const on = '2026-03-04' as IsoDate;
const at = new Date('2026-03-04T10:00:00Z');
const robin = '01980a7e-0000-7000-8000-0000000000a1' as UserId;
const post = '01980a7e-0000-7000-8000-0000000000b1' as PartyId;
const names = new Map<string, string>([
  [robin, 'Robin Fenwick'],
  [post, 'Head of early help'],
]);
const written = { version: 2, by: robin, at, on };
const idOf = (number: number) =>
  `01980a7e-0000-7000-8000-0000000001${String(number).padStart(2, '0')}`;

const point = (number: number, kind: PointKind, words: string) => ({
  findingId: idOf(number) as FindingId,
  kind,
  words,
  version: 1,
  position: number,
});
const section = (number: number | null, title: string, more: Partial<Section>): Section => ({
  id: idOf(50 + (number ?? 0)) as SectionId,
  kind: 'numbered',
  number: number === null ? null : String(number),
  title,
  summary: '',
  looked: true,
  written,
  points: [],
  ...more,
});
const row = (number: number, kind: Row['kind'], more: Partial<Row>): Row => ({
  id: idOf(20 + number) as AssessmentItemId,
  kind,
  position: number,
  label: null,
  words: null,
  dated: null,
  url: null,
  findingId: null,
  sectionIds: [],
  looked: true,
  written,
  ...more,
});

const help = section(8, 'Early help', {
  summary:
    'Families are met early, by somebody whom they know. {in-work} of those who leave us are in work or training; more is said in {section 13}.\n- a drop-in at each school\n- a worker in each surgery',
  points: [
    point(1, 'strength', 'Few families come back within a year'),
    point(2, 'strength', 'Parents say that they were listened to'),
    point(3, 'area for development', 'Recording is thin, and some plans have no date'),
  ],
});
const assessment: Assessment = {
  id: idOf(90) as AssessmentId,
  sourceId: idOf(91) as SourceId,
  copiedFrom: idOf(92) as AssessmentId,
  title: 'Children’s services self-assessment',
  period: '2026/27',
  contact: 'Head of quality, 01632 960001',
  written,
  sections: [
    section(null, 'Introduction', {
      kind: 'introduction',
      looked: false,
      summary: 'We wrote this together.',
    }),
    section(null, 'The local area and its services for children', {
      id: idOf(49) as SectionId,
      kind: 'area',
      summary: 'Saltmarsh lies on a river, and 1,200 children live in it.',
    }),
    help,
    section(13, 'Care leavers', { looked: false, summary: 'All are in homes that suit them.' }),
    section(null, 'Final words', { id: idOf(48) as SectionId, kind: 'closing' }),
  ],
  rows: [
    row(1, 'person', {
      label: 'Director of children’s services',
      words: 'Mallow Thistle',
      dated: 'May 2024',
    }),
    row(2, 'document', {
      label: 'Children’s plan',
      dated: '2024 to 2027',
      url: 'https://saltmarsh.example/plan',
    }),
    row(3, 'proud', { findingId: idOf(1) as FindingId, sectionIds: [idOf(63) as SectionId] }),
    row(4, 'improve', { label: 'Recording', findingId: idOf(3) as FindingId }),
    row(5, 'risk', {
      label: 'Capacity',
      words: 'Fewer people may come to work with us.',
      looked: false,
    }),
  ],
  figures: [
    {
      id: idOf(80) as Id<'assessment figure'>,
      name: 'in-work',
      notes: [
        {
          version: 1,
          value: '71%',
          asAt: '2025-12-31' as IsoDate,
          origin: 'Monthly report',
          recordedAt: at,
        },
        {
          version: 2,
          value: '74%',
          asAt: '2026-02-28' as IsoDate,
          origin: 'Monthly report',
          recordedAt: new Date('2026-03-05T10:00:00Z'),
        },
      ],
    },
  ],
};
const step = {
  sectionKind: 'narrative',
  sectionId: help.id,
  roundId: null,
  effectiveOn: on,
  recordedAt: at,
  by: robin,
  comment: null,
  contentHash: null,
} as const;
const found: FoundAssessment = {
  assessment,
  states: new Map(
    assessment.sections.map(({ id }) => [
      id,
      sectionState(
        id === help.id
          ? [
              { ...step, version: 1, step: 'handed', postId: post, dueOn: '2026-04-30' as IsoDate },
              {
                ...step,
                version: 2,
                step: 'returned',
                postId: null,
                dueOn: null,
                comment: 'Say how many families that is.',
              },
            ]
          : [],
      ),
    ]),
  ),
};
const allowed: Allowed = {
  change: true,
  write: () => true,
  assign: true,
  decide: true,
  export: true,
  create: true,
};
const inspections = [
  {
    id: idOf(70) as SourceId,
    title: 'Inspection of services for children',
    on: '2025-05-12' as IsoDate,
    outcome: 'Good',
  },
];

export const examples: PageExample[] = [
  example('self-assessment', page, assessmentView({ found, allowed, names, inspections })),
  example(
    'self-assessment-section',
    'rooms/standards/web/narrative/section.njk',
    sectionView({
      found,
      allowed,
      names,
      section: help,
      csrf: 'token',
      steps: {
        any: true,
        version: 2,
        action: '/standards/assessments/a/sections/b/step',
        submit: true,
        signOff: false,
        ownWork: false,
        back: null,
        hand: [
          { value: '', text: 'Choose a post or team' },
          { value: post, text: 'Head of early help' },
        ],
      },
      state: fresh({ comment: '', post: '' }),
    }),
  ),
  example(
    'self-assessment-both-texts',
    'rooms/standards/web/narrative/section-form.njk',
    sectionFormView({
      found,
      section: help,
      state: sectionBothTexts(
        assessment,
        help,
        { title: 'Early help', number: '8', summary: 'Families are met late.' },
        names,
      ),
      submissionId: idOf(99),
    }),
  ),
  example(
    'self-assessment-preview',
    'rooms/standards/web/narrative/preview.njk',
    previewView(
      'self-assessment.docx',
      {
        title: 'Self-assessment',
        period: '2026/27',
        contact: null,
        introduction: 'We wrote this together.',
        people: [{ post: 'Director', name: 'Mallow Thistle', since: 'May 2024' }],
        documents: [],
        area: '',
        proud: [{ label: null, words: 'Families are met early', dated: null, sections: ['8'] }],
        improve: [],
        risks: [],
        innovations: [],
        sections: [
          { number: '8', title: 'Early help', summary: help.summary, points: help.points },
        ],
        closing: '',
        inspections: [{ title: 'Inspection', dated: 'May 2025', outcome: 'Good' }],
        notUnderstood: [
          {
            where: 'table 5',
            text: 'School | Pupils',
            why: 'A table of no kind that the form has; copy what is wanted of it by hand',
          },
        ],
      },
      idOf(98),
      fresh({ title: 'Self-assessment', period: '2026/27', contact: '' }),
    ),
  ),
  example(
    'self-evaluation',
    page,
    evaluationView({
      evaluation: {
        year: 2026,
        statements: {
          1: [
            {
              text: '24 criteria. 9 are fully met, 12 partially met, 3 not judged.',
              restsOn: [{ text: '1.1 Visits are on time', href: '/standards/criteria/a', on }],
              more: 20,
              age: 'of today to 11 months old',
              isWeak: false,
            },
          ],
          2: [
            {
              text: 'No source of the last year stands in the register.',
              restsOn: [],
              more: 0,
              age: 'It rests on nothing in the registers',
              isWeak: true,
            },
          ],
          3: [],
        },
        words: new Map([
          [
            1,
            {
              id: idOf(97) as never,
              words: 'We know our practice well.\n- audits\n- visits',
              written,
            },
          ],
        ]),
      },
      names,
      mayWrite: true,
      mayExport: true,
      years: [2026, 2025],
    }),
  ),
];
