import { formatDate, formatInstant } from '#kernel/dates.ts';
import type { ActionId } from '#kernel/ids.ts';
import {
  writeWorkbook,
  type WorkbookColumn,
  type WorkbookSheet,
  type WorkbookValue,
} from '#platform/documents/write/workbook.ts';
import { ragFills } from '../rules/own-export.ts';
import type { ActionPicture } from '../rules/picture.ts';
import { givenCells } from '../rules/sheet/given-cells.ts';
import { writeRowCode, type SheetVersions } from '../rules/sheet/row-code.ts';
import {
  filledColumns,
  filledHeaders,
  givenColumns,
  headerName,
  sheetHeaders,
  sheetNames,
  type GivenColumn,
  type SheetColumn,
} from '../rules/sheet/sheet-columns.ts';
import { updateChoices } from '../rules/update-choices.ts';
import { isSelection, whatIsShown, type Export, type ExportInput } from './export-input.ts';

export interface UpdateSheetInput extends ExportInput {
  /** What stands of each action, for the IDs of its rows. */
  versions: ReadonlyMap<ActionId, SheetVersions>;
}

/** The background of what is to be filled in: pale, so that black on it has a contrast over 18 to 1. */
const toFill = 'FFF8DC';

const widths: Record<SheetColumn, number> = {
  code: 26,
  ref: 10,
  text: 40,
  leads: 22,
  due: 17,
  claimed: 12,
  status: 12,
  lastUpdate: 36,
  lastUpdateOn: 16,
  going: 18,
  changed: 44,
  shows: 30,
  newDue: 16,
  reason: 28,
  effect: 28,
  toldBy: 24,
};

/**
 * The actions of a plan as a workbook that people without an account fill in. It carries what
 * stood when it was made, in the ID of each row; docs/data-out.md tells what each column holds.
 */
export async function updateSheet(input: UpdateSheetInput): Promise<Export> {
  const { plan, asAt } = input.picture;
  const head = { title: plan.title, author: input.exportedBy, madeAt: input.exportedAt };
  return {
    fileName: `${plan.slug}-${asAt}-update-sheet.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: await writeWorkbook(head, [actionsSheet(input), notesSheet(input)]),
  };
}

const columns = ['code', ...givenColumns, ...filledColumns] as const;

function actionsSheet(input: UpdateSheetInput): WorkbookSheet {
  const { plan } = input.picture;
  const answers = updateChoices(plan.ragScheme).map(({ label }) => label);
  return {
    name: sheetNames.actions,
    columns: columns.map((column): WorkbookColumn => ({
      header: sheetHeaders[column],
      width: widths[column],
      ...(column in filledHeaders ? { fill: toFill } : {}),
      ...(column === 'going' ? { choices: answers } : {}),
    })),
    rows: (input.actions ?? input.picture.actions).map((action) => rowOf(input, action)),
    printedColumns: columns.length,
    footer: footer(input),
  };
}

function rowOf({ picture: { plan }, versions }: UpdateSheetInput, action: ActionPicture) {
  const known = versions.get(action.id);
  if (known === undefined) throw new Error(`What stands of action ${action.id} is not known`);
  const given = givenCells(plan, action);
  return [
    writeRowCode(action.id, known),
    ...givenColumns.map((column) => givenCell(column, given[column], action)),
    ...filledColumns.map(() => ({ text: '', fill: toFill })),
  ];
}

function givenCell(column: GivenColumn, text: string, action: ActionPicture): WorkbookValue {
  if (column === 'claimed' && action.claimedRag !== null) {
    return { text, fill: ragFills[action.claimedRag] };
  }
  if (column === 'lastUpdateOn' && action.lastUpdate !== null) {
    return { date: action.lastUpdate.effectiveOn };
  }
  return text === '' ? null : text;
}

/** How it is filled in, in plain words: whoever opens it may never have seen Sightline. */
function notesSheet(input: UpdateSheetInput): WorkbookSheet {
  const { plan, asAt } = input.picture;
  const rows: WorkbookValue[][] = [
    ['Plan', plan.title],
    ['Authority', input.authorityName],
    ['What this is', 'A sheet to say how the actions of this plan are going. You need no account.'],
    ['Position as at', { date: asAt }],
    ['What is shown', whatIsShown(input)],
    [
      'What to fill in',
      {
        text: `The columns whose heading ends with “(fill in)”. Their cells are pale yellow. Leave a row empty if there is nothing to say.`,
        fill: toFill,
      },
    ],
    [
      headerName('going'),
      'Choose one of the answers below. Leave it empty if the rating stays as it is.',
    ],
    ...updateChoices(plan.ragScheme).map(({ label, hint, rag }): WorkbookValue[] => [
      rag === null ? label : { text: label, fill: ragFills[rag] },
      hint,
    ]),
    [
      headerName('changed'),
      'What has been done since the last update, and what it changed for children. Short is fine. Do not name a child.',
    ],
    [headerName('shows'), 'A link, or a note of where it can be seen. One on each line.'],
    [
      headerName('newDue'),
      'Only if the date is no longer right, such as 30 June 2026. This asks for another date; it does not change it. Say why, and what it means for children, in the two columns beside it.',
    ],
    [headerName('toldBy'), 'It is kept with what you write.'],
    [
      'What to leave as it is',
      `The column “${headerName('code')}” says which action a row is about. Rows can be sorted, and rows that are not yours deleted. What is written over in the other columns is not taken.`,
    ],
    ['Send it back to', input.exportedBy],
    ['Made by', input.exportedBy],
    ['Made on', `${formatInstant(input.exportedAt)}, London time`],
    ['Classification', input.classification],
  ];
  if (isSelection(input))
    rows.splice(5, 0, ['Why not all', 'Only some of the actions were sent to you.']);
  return {
    name: sheetNames.notes,
    columns: [
      { header: 'About this sheet', width: 26 },
      { header: 'What it says', width: 100 },
    ],
    rows,
    printedColumns: 2,
    footer: footer(input),
  };
}

function footer(input: UpdateSheetInput): string {
  return `${input.classification}. Position as at ${formatDate(input.picture.asAt)}`;
}
