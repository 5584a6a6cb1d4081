import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import { firstChoices } from '../../actions/import-file.ts';
import { readDue } from '#kernel/due/read-due.ts';
import type { ImportChoices } from '../../rules/import-choices.ts';
import type { PlanReading, ReadAction, ReadColumn } from '../../rules/reading.ts';
import { doneView, undoView } from './afterwards.view.ts';
import { beginView } from './begin.view.ts';
import { checkView } from './check.view.ts';
import { coloursView } from './colours.view.ts';
import { columnsView } from './columns.view.ts';
import { rowsView } from './rows.view.ts';
import { stepTemplate } from './steps.view.ts';

const folder = 'rooms/plans/web/import';
const positionOn = day('2026-01-31');
const unbroken = 'visits-and-reviews-'.repeat(12);
const paragraph =
  'Every late visit is written down with its reason, and with what was done for the child meanwhile; the service manager reads the list each Monday. ';

const columns: ReadColumn[] = [
  column(1, 'Priority', 'section', ['Children in care', 'Care leavers']),
  column(2, 'What we want', 'objective', ['Children are seen and heard', paragraph]),
  column(3, 'What we will do', 'text', [paragraph, unbroken, '- one\n- two']),
  column(4, 'Who', 'leads', ['Service Manager, Children in Care / Designated Doctor']),
  column(5, 'By when', 'due', ['Revised date September 2026', 'END AUG 2026', 'ASAP']),
  column(6, 'RAG', 'rag', ['Green', 'A', 'Off track']),
  column(7, '', 'ignored', []),
];

const actions: ReadAction[] = [
  action(4, 'Children are seen and heard', `${paragraph}\n- ${unbroken}`, 'END AUG 2026', 'amber'),
  action(5, 'Children are seen and heard', 'The council of children sees the plan', 'ASAP', null),
  action(6, paragraph, 'Assessments are booked within two days', '31 February 2026', 'red'),
  action(7, paragraph, 'The pledge is rewritten with those it is made to', 'June 26', 'blue'),
];

const reading: PlanReading = {
  title: 'Children’s services improvement plan',
  columns,
  sections: ['Children in care'],
  objectives: [...new Set(actions.map((one) => one.objective))].map((title) => ({
    ref: null,
    title,
    section: 'Children in care',
    sources: ['Inspection of children’s services, 2025'],
  })),
  actions,
  problems: [
    doubt('Plan!E6', 'The date says “31 February 2026”, and there is no such day.', 'Plan!C6'),
    doubt('Plan!E7', '“June 26” may be June 2026 or 26 June. We read June 2026.', 'Plan!C7'),
    doubt('Plan!D7', `The lead “${unbroken}” is named nowhere else.`, 'Plan!C7'),
    doubt('Notes', 'This hidden sheet was not read.'),
  ],
  ragMeanings: [],
  counts: {
    objectives: 2,
    actions: 4,
    byRag: { red: 1, amber: 1, green: 0, blue: 1, none: 1 },
    revised: 1,
  },
};
const choices = firstChoices(reading, 'plan.xlsx', undefined);
const said: ImportChoices = {
  ...choices,
  schemeConfirmed: true,
  statusFromColour: true,
  ragScheme: choices.ragScheme.map((one) => ({ ...one, meaning: paragraph })),
  rows: { 'Plan!C5': { leaveOut: true }, 'Plan!C6': { accepted: true } },
};
const standing = {
  id: newId<'import'>(),
  fileName: 'Children’s improvement plan, as at January.xlsx',
  version: 3,
  positionOn,
  reading,
  choices,
};
const confirmed = { ...standing, choices: said };
const certain = { ...confirmed, reading: { ...reading, problems: [] } };
const many: PlanReading = {
  ...reading,
  problems: [],
  actions: Array.from({ length: 105 }, (_, index) => ({
    ...(actions[index % actions.length] ?? never()),
    where: `Plan!C${index + 4}`,
  })),
};
const untouched = { values: {}, errors: [] };

/** Every step of an import: with much, with little, and with what went wrong. */
export const examples: PageExample[] = [
  example('Begin', `${folder}/begin.njk`, beginView({ prepared: [], values: {} })),
  example(
    'Begin, with mistakes and another half-way',
    `${folder}/begin.njk`,
    beginView({
      prepared: [{ id: standing.id, title: paragraph, fileName: `${unbroken}.xlsx` }],
      values: { 'position-day': '31', 'position-month': '2', title: paragraph },
      errors: [{ field: 'position', text: 'The date must have a year.' }],
      fileName: `${unbroken}.xlsx`,
    }),
    { status: 422 },
  ),
  example(
    'Begin, with a file that cannot be read',
    `${folder}/begin.njk`,
    beginView({
      prepared: [],
      values: {},
      errors: [
        { field: 'file', text: 'This workbook may hold macros. Save it as .xlsx, and try again.' },
      ],
    }),
    { status: 422 },
  ),
  example('Columns', stepTemplate, columnsView(standing, reading)),
  example(
    'Columns, none with actions',
    stepTemplate,
    columnsView(standing, reading, [
      { field: '', text: 'With these columns there are no actions. Choose another' },
    ]),
    { status: 422 },
  ),
  example('Colours', stepTemplate, coloursView(standing, untouched)),
  example(
    'Colours, with mistakes',
    stepTemplate,
    coloursView(standing, {
      values: { 'red-name': '', 'red-meaning': paragraph, 'status-from-colour': 'no' },
      errors: [{ field: 'red-name', text: 'Give red a name of 40 characters at most' }],
    }),
    { status: 422 },
  ),
  example(
    'Rows, with doubts',
    stepTemplate,
    rowsView(standing, { which: 'doubts', page: 1 }, untouched),
  ),
  example(
    'Rows, no doubt',
    stepTemplate,
    rowsView(certain, { which: 'doubts', page: 1 }, untouched),
  ),
  example(
    'Rows, all, one left out',
    stepTemplate,
    rowsView(confirmed, { which: 'all', page: 1 }, untouched),
  ),
  example(
    'Rows, with mistakes',
    stepTemplate,
    rowsView(
      confirmed,
      { which: 'all', page: 1 },
      {
        values: {
          'row-0-shown': 'Plan!C4',
          'row-0-text': '',
          'row-0-due': 'when the moon is full',
        },
        errors: [
          { field: 'row-0-text', text: 'Write what is to be done, or leave the row out' },
          { field: 'row-0-due', text: 'We could not read “when the moon is full” as a date' },
        ],
      },
    ),
    { status: 422 },
  ),
  example(
    'Rows, the last page of three',
    stepTemplate,
    rowsView({ ...confirmed, reading: many }, { which: 'all', page: 3 }, untouched),
  ),
  example(
    'Check',
    stepTemplate,
    checkView(confirmed, {
      known: new Set(),
      before: [{ title: paragraph, on: '4 March 2026' }],
      errors: [],
    }),
  ),
  example(
    'Check, refused',
    stepTemplate,
    checkView(certain, {
      known: new Set(),
      before: [],
      errors: [{ field: '', text: 'Plan!C4: A lead has more than 300 characters.' }],
    }),
    { status: 422 },
  ),
  example(
    'Done',
    `${folder}/done.njk`,
    doneView(confirmed, { title: paragraph.trim(), slug: 'plan' }),
  ),
  example('Undo', `${folder}/undo.njk`, undoView(confirmed)),
];

function column(
  index: number,
  header: string,
  meaning: ReadColumn['meaning'],
  samples: string[],
): ReadColumn {
  return { table: 'Plan', index, where: 'ABCDEFG'.charAt(index - 1), header, meaning, samples };
}

function action(
  row: number,
  objective: string,
  text: string,
  due: string,
  claimedRag: ReadAction['claimedRag'],
): ReadAction {
  return {
    where: `Plan!C${row}`,
    section: 'Children in care',
    objectiveRef: null,
    objective,
    ref: null,
    text,
    leads: ['Service Manager, Children in Care', `Designated Doctor ${row}`],
    contributors: [],
    priority: null,
    due: readDue(due, null, { positionOn }).due,
    revised: row === 4,
    claimedRag,
    ragFrom: claimedRag === null ? 'none' : 'fill',
    status: null,
    successMeasure: null,
    outcome: null,
    progress: null,
    evidence: null,
    sources: [],
  };
}

function doubt(where: string, message: string, about?: string): PlanReading['problems'][number] {
  return { where, severity: 'doubt', message, ...(about === undefined ? {} : { action: about }) };
}

function day(text: string): IsoDate {
  return parseIsoDate(text) ?? never();
}

function never(): never {
  throw new Error('An example is not as it was meant');
}
