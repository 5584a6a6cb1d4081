import { formatDate, formatInstant } from '#kernel/dates.ts';
import {
  writeWorkbook,
  type WorkbookColumn,
  type WorkbookSheet,
  type WorkbookValue,
} from '#platform/documents/write/workbook.ts';
import {
  ownHeaders,
  ownObjectiveHeaders,
  ownSheets,
  ragCell,
  ragFills,
  titleLabel,
} from '../rules/own-export.ts';
import { statuses } from '../rules/kinds.ts';
import type { RagColour } from '../rules/picture.ts';
import { summarisePlan, summarySentence } from '../rules/position.ts';
import { statusName } from '../rules/words.ts';
import { actionColumns, printedColumns, sources, type ActionColumn } from './columns.ts';
import {
  exportObjectives,
  exportRows,
  figures,
  isSelection,
  whatIsShown,
  type ExportInput,
} from './export-input.ts';

/** The plan as an .xlsx workbook: its actions, its objectives, and notes that say what it is. */
export async function planWorkbook(input: ExportInput): Promise<Uint8Array> {
  return await writeWorkbook(
    { title: input.picture.plan.title, author: input.exportedBy, madeAt: input.exportedAt },
    [actionsSheet(input), objectivesSheet(input), notesSheet(input)],
  );
}

function actionsSheet(input: ExportInput): WorkbookSheet {
  const { ragScheme } = input.picture.plan;
  return {
    name: ownSheets.actions,
    columns: actionColumns.map((column) => sheetColumn(column, ragScheme)),
    rows: exportRows(input).map((row) => actionColumns.map(({ value }) => value(row, ragScheme))),
    printedColumns,
    footer: footer(input),
  };
}

function sheetColumn(
  { key, header, width }: ActionColumn,
  scheme: readonly RagColour[],
): WorkbookColumn {
  if (key === 'rag') {
    return { header, width, choices: scheme.map(({ colour }) => ragCell(scheme, colour)) };
  }
  if (key === 'status') {
    return { header, width, choices: statuses.map(statusName) };
  }
  return { header, width };
}

/** The objectives, those without an action included: the sheet of actions cannot hold these. */
function objectivesSheet(input: ExportInput): WorkbookSheet {
  return {
    name: ownSheets.objectives,
    columns: [
      { header: ownObjectiveHeaders.section, width: 24 },
      { header: ownObjectiveHeaders.objectiveRef, width: 10 },
      { header: ownObjectiveHeaders.objective, width: 60 },
      { header: ownObjectiveHeaders.objectiveSources, width: 60 },
      { header: ownObjectiveHeaders.withdrawn, width: 11 },
      { header: ownObjectiveHeaders.objectiveId, width: 38 },
    ],
    rows: exportObjectives(input).map((objective) => [
      objective.section,
      objective.ref,
      objective.title,
      sources(objective.sources),
      objective.withdrawn ? 'Yes' : 'No',
      objective.id,
    ]),
    printedColumns: 5,
    footer: footer(input),
  };
}

/** What, of whom, as at when, by whom, and what the colours mean: a file is read far from here. */
function notesSheet(input: ExportInput): WorkbookSheet {
  const { plan, asAt } = input.picture;
  const rows: WorkbookValue[][] = [
    [titleLabel, plan.title],
    ['Authority', input.authorityName],
    ['Position as at', { date: asAt }],
    [
      'What this is',
      `The actions of the plan as they stood at the end of ${formatDate(asAt)}, one action a row, on the sheet “${ownSheets.actions}”.`,
    ],
    ['What is shown', whatIsShown(input)],
    ['In figures', figures(input)],
  ];
  if (isSelection(input)) {
    rows.push(['The whole plan', summarySentence(summarisePlan(input.picture))]);
  }
  rows.push(
    ['Exported by', input.exportedBy],
    ['Exported on', `${formatInstant(input.exportedAt)}, London time`],
    ['Classification', input.classification],
    ...plan.ragScheme.map(({ colour, meaning }): WorkbookValue[] => [
      { text: ragCell(plan.ragScheme, colour), fill: ragFills[colour] },
      meaning,
    ]),
    [
      'Dates',
      `“${ownHeaders.due}” keeps the words of the plan. “${ownHeaders.dueTo}” is the last day that they mean, as a date that can be sorted; it is empty where they name no day.`,
    ],
    [
      'On paper',
      `The first ${printedColumns} columns print, on A4 landscape. To print more, change the print area.`,
    ],
    [
      'To bring it back',
      `Choose this file under “Import a plan”: you see what was read before anything is saved. Keep the header row and the columns from “${ownHeaders.dueFrom}” on. The word for the colour counts, not the fill. A changed “${ownHeaders.dueTo}” counts, not the words beside it.`,
    ],
  );
  return {
    name: ownSheets.notes,
    columns: [
      { header: 'About this file', width: 24 },
      { header: 'What it says', width: 100 },
    ],
    rows,
    printedColumns: 2,
    footer: footer(input),
  };
}

function footer(input: ExportInput): string {
  return `${input.classification}. Position as at ${formatDate(input.picture.asAt)}`;
}
