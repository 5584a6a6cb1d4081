import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { example, type PageExample } from '#platform/web/examples.ts';
import type { OpenSheet } from '../../actions/bring-back-sheet.ts';
import type { ActionPicture } from '../../rules/picture.ts';
import { readDate, type SheetRow } from '../../rules/sheet/read-sheet.ts';
import { writeRowCode } from '../../rules/sheet/row-code.ts';
import { noChoices } from '../../rules/sheet/sheet-choices.ts';
import type { FilledColumn } from '../../rules/sheet/sheet-columns.ts';
import { versionsNow, weighSheet, type SheetGround } from '../../rules/sheet/weigh-sheet.ts';
import { examplePicture as picture } from '../plans.examples.ts';
import { beginSheetView } from './begin.view.ts';
import { checkSheetView, sheetDoneView } from './check.view.ts';
import { sheetTemplate } from './ground.ts';
import { sheetRowsView } from './rows.view.ts';

const folder = 'rooms/plans/web/sheet';
const today = day('2026-03-04');
const unbroken = 'visits-and-reviews-'.repeat(12);
const [first, second, third, fourth] = picture.actions;
if (first === undefined || second === undefined || third === undefined || fourth === undefined) {
  throw new Error('An example is not as it was meant');
}
const written = new Date('2026-03-04T09:52:00Z');
const [moved, ...others] = picture.actions;
const conflicted =
  moved === undefined ? [] : [{ ...moved, updateVersion: moved.updateVersion + 1 }];
const ground: SheetGround = {
  picture: { ...picture, actions: [...conflicted, ...others] },
  mayUpdate: ({ id }) => id !== fourth.id,
  updates: new Map([
    [
      first.id,
      [
        {
          version: first.updateVersion + 1,
          claimedRag: 'red',
          status: 'in progress',
          whatChanged: `Two visits were late, and the children were asked why it mattered.\n${unbroken}`,
          at: written,
          by: 'Alex Marsh',
        },
      ],
    ],
  ]),
  dates: new Map(),
  rowKey: () => newId(),
  savedRows: new Set(),
};

const rows: SheetRow[] = [
  row(2, first, { going: 'Green', changed: 'All visits were on time.', toldBy: 'Kit Wade' }),
  row(3, second, { going: 'Purple', changed: unbroken, newDue: '31 February', reason: 'Late' }),
  row(4, third, { changed: 'Seen by all.', shows: 'https://saltmarsh.example/list\nThe list' }),
  row(5, fourth, { going: 'Green', changed: 'Done' }),
  { ...row(6, first, { changed: 'An added row' }), code: '' },
];

const sheet: OpenSheet['sheet'] = {
  id: newId(),
  planId: picture.plan.id,
  fileId: newId(),
  fileName: 'Children’s improvement plan, update sheet.xlsx',
  reading: { rows, problems: ['The sheet came back without the column “Effect on children”.'] },
  choices: noChoices,
  saved: [{ actionId: third.id, update: true, date: true }],
  version: 2,
  state: 'prepared',
  startedAt: written,
  startedBy: newId(),
  finishedAt: null,
};
const opened: OpenSheet = {
  sheet,
  picture: ground.picture,
  rows: weighSheet(sheet.reading, sheet.choices, ground, today),
};
const settled = { ...opened, rows: opened.rows.slice(2) };
const begin = { picture, mayExport: true, mayBringBack: true, prepared: [sheet], values: {} };

export const examples: PageExample[] = [
  example('Begin', `${folder}/begin.njk`, beginSheetView(begin)),
  example(
    'Rows that need somebody',
    sheetTemplate,
    sheetRowsView(opened, { which: 'needs', page: 1 }),
  ),
  example('All rows', sheetTemplate, sheetRowsView(settled, { which: 'all', page: 1 })),
  example('Check', sheetTemplate, checkSheetView(settled)),
  example('Done', `${folder}/done.njk`, sheetDoneView(opened)),
];

function row(
  number: number,
  action: ActionPicture,
  filled: Partial<Record<FilledColumn, string>>,
): SheetRow {
  const blank = {
    going: '',
    changed: '',
    shows: '',
    newDue: '',
    reason: '',
    effect: '',
    toldBy: '',
  };
  return {
    where: `row ${number}`,
    code: writeRowCode(action.id, versionsNow(action, [])),
    given: {},
    filled: { ...blank, ...filled },
    newDue: filled.newDue === undefined ? null : readDate(filled.newDue, null, today),
    doubts: [],
  };
}

function day(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new Error('An example is not as it was meant');
  return date;
}
