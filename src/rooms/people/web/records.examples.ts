import { parseId, type Id } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import type { Item } from '../actions/items.ts';
import type { FoundPlace } from '../actions/take-out-name.ts';
import { kindsOfRecord } from '../rules/retention.ts';
import { placeKey } from '../store/redaction-places.ts';
import type { Redaction } from '../store/redactions.ts';
import { recordPaths } from './records.paths.ts';
import { askView, decideView, namesView } from './redaction.view.ts';
import { retentionFormView, retentionView } from './retention.view.ts';

const noForm = { values: {}, errors: [] };
const ada = id<'user'>(1);
const cleo = id<'user'>(2);
const names = new Map([
  [ada, 'Ada Marsh'],
  [cleo, 'Cleo Fenn'],
]);
const pages = (current: string) =>
  [
    ['Names to take out', recordPaths.names],
    ['Due for disposal', recordPaths.disposal],
    ['Holds', recordPaths.holds],
    ['What was given out', recordPaths.disclosures],
    ['How long we keep things', recordPaths.retention],
  ].map(([text = '', href = '']) => ({ text, href, current: href === current }));

const item: Item = {
  kind: 'action',
  id: id(3),
  cls: 'PLN',
  title: 'Children’s services improvement plan · Action 1.10',
  href: '/plans/children/actions/1',
  mayChange: true,
  mayExport: true,
};
const update: FoundPlace = {
  table: 'action_update',
  column: 'what_changed',
  rowId: id(4),
  cls: 'PLN',
  label: 'an update',
  before: 'The team met ',
  passage: 'Wren Sedgemoor',
  after: '’s mother at the school on Tuesday, and the plan is agreed',
  wholeFile: false,
  ofItem: true,
};
const file: FoundPlace = {
  ...update,
  table: 'file_chunk',
  column: 'bytes',
  label: 'a whole file',
  before: '',
  passage: 'minutes-of-the-strategy-discussion-of-the-fourth-of-march-final-version.docx',
  after: '',
  wholeFile: true,
  ofItem: false,
};
const answers = { passage: 'Wren Sedgemoor', reason: 'A child was named by mistake' };
const waiting: Redaction = {
  id: id<'redaction'>(5),
  itemKind: 'action',
  itemId: item.id,
  reason: answers.reason,
  askedAt: new Date('2026-03-04T09:05:00Z'),
  askedBy: ada,
  agreed: null,
  decidedAt: null,
  decidedBy: null,
  places: 2,
  passage: answers.passage,
};
const decided: Redaction = {
  ...waiting,
  id: id<'redaction'>(6),
  agreed: true,
  decidedAt: new Date('2026-03-04T09:55:00Z'),
  decidedBy: cleo,
  passage: null,
};

const ask = 'rooms/people/web/redaction-ask.njk';
const asked = { item, places: null, chosen: [], values: {}, errors: [] };
const decide = 'rooms/people/web/redaction-decide.njk';
const disposal = 'rooms/people/web/retention-disposal.njk';
const holds = 'rooms/people/web/holds.njk';
const given = 'rooms/people/web/disclosures.njk';
const [plans] = kindsOfRecord;

export const examples: PageExample[] = [
  example('Take out a name', ask, askView(asked)),
  example(
    'Take out a name, where it stands',
    ask,
    askView({ ...asked, values: answers, places: [update, file], chosen: [placeKey(update)] }),
  ),
  example('Take out a name, nowhere', ask, askView({ ...asked, values: answers, places: [] })),
  example(
    'Take out a name, nothing chosen',
    ask,
    askView({
      ...asked,
      values: { ...answers, reason: '' },
      places: [update, file],
      errors: [
        { field: 'reason', text: 'Say why it has to go, without the name' },
        { field: 'places', text: 'Choose at least one place' },
      ],
    }),
    { status: 422 },
  ),
  example(
    'Names to take out',
    'rooms/people/web/redaction-list.njk',
    namesView([waiting, decided], names, pages(recordPaths.names)),
  ),
  example(
    'Names to take out, none',
    'rooms/people/web/redaction-list.njk',
    namesView([], names, pages(recordPaths.names)),
  ),
  example(
    'Take out a name, for the second person',
    decide,
    decideView(
      {
        redaction: waiting,
        chosen: [update, file],
        besides: [{ ...update, label: 'the reason for a new date' }],
        mayAgree: true,
        mayTakeBack: false,
      },
      names,
    ),
  ),
  example(
    'Take out a name, one’s own request',
    decide,
    decideView(
      { redaction: waiting, chosen: [update], besides: [], mayAgree: false, mayTakeBack: true },
      names,
    ),
  ),
  example(
    'Take out a name, done',
    decide,
    decideView(
      { redaction: decided, chosen: [], besides: [], mayAgree: false, mayTakeBack: false },
      names,
    ),
  ),
  example(
    'How long we keep things',
    'rooms/people/web/retention.njk',
    retentionView(
      kindsOfRecord.map((of) => ({ of, months: of.usual, why: `The usual time. ${of.basis}` })),
      pages(recordPaths.retention),
    ),
  ),
  ...(plans === undefined
    ? []
    : [
        example(
          'How long we keep plans, too short',
          'rooms/people/web/retention-form.njk',
          retentionFormView(plans, { months: '3', reason: '' }, [
            { field: 'months', text: 'Keep this at least 1 year' },
            { field: 'reason', text: 'Say why, such as the name of your schedule' },
          ]),
          { status: 422 },
        ),
      ]),
  example('Holds', holds, {
    title: 'Holds',
    subNavigation: pages(recordPaths.holds),
    holds: [
      {
        id: id(7),
        what: 'Children’s services improvement plan',
        reason: 'A judicial review',
        since: 'Ada Marsh, 4 March 2026 at 9.05am',
      },
      {
        id: id(8),
        what: 'All: the audit log',
        reason: 'An inquiry',
        since: 'Cleo Fenn, 1 March 2026 at 9.05am',
      },
    ],
    items: kindsOfRecord.map(({ kind, name }) => ({
      value: kind,
      text: `All: ${name.toLowerCase()}`,
    })),
    action: recordPaths.holds,
    form: noForm,
    errors: [],
  }),
  example('Due for disposal', disposal, {
    title: 'Due for disposal',
    subNavigation: pages(recordPaths.disposal),
    listed: [
      due(9, 'Early help plan 2016', { asked: null }),
      due(10, 'Ofsted action plan 2015', { mayAgree: true }),
      due(11, 'Adoption plan 2015', {}),
      due(12, 'Fostering plan 2014', { asked: null, held: true }),
    ],
    byItself: 2,
    held: 1,
    done: [
      'A plan of 214 records, disposed of on 1 March 2026 at 9.05am. Ada Marsh put it forward, Cleo Fenn agreed',
    ],
    action: recordPaths.disposal,
  }),
  example('Due for disposal, nothing', disposal, {
    title: 'Due for disposal',
    subNavigation: pages(recordPaths.disposal),
    listed: [],
    byItself: 0,
    held: 0,
    done: [],
    action: recordPaths.disposal,
  }),
  example('Give out everything', 'rooms/people/web/disclosure.njk', {
    title: 'Give out everything about this action',
    caption: item.title,
    back: { text: 'Back', href: item.href },
    action: '/records/give-out/action/1',
    form: { values: { format: 'xlsx' }, errors: [] },
    errors: [],
  }),
  example(
    'What was given out, with mistakes',
    given,
    {
      title: 'What was given out',
      subNavigation: pages(recordPaths.disclosures),
      given: [
        {
          what: 'What Cleo Fenn wrote',
          to: 'The person who asked',
          reason: 'Request 12 of 2026',
          by: 'Ada Marsh, 4 March 2026 at 9.05am',
        },
      ],
      people: [
        { value: '', text: 'Choose a person' },
        { value: cleo, text: 'Cleo Fenn' },
      ],
      action: recordPaths.disclosures,
      form: { values: {}, errors: [{ field: 'person', text: 'Choose a person' }] },
      errors: [{ field: 'person', text: 'Choose a person' }],
    },
    { status: 422 },
  ),
];

function due(number: number, title: string, more: object) {
  return {
    id: id(number),
    title,
    since: 'Due since 1 March 2026',
    held: false,
    asked: 'Put forward by Ada Marsh on 3 March 2026 at 2.10pm',
    mayAgree: false,
    ...more,
  };
}

function id<Kind extends string>(number: number): Id<Kind> {
  const made = parseId<Kind>(`01980a7e-0000-7000-8000-${String(number).padStart(12, '0')}`);
  if (made === null) throw new Error('Not an identifier');
  return made;
}
