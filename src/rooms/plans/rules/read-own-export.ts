import { withoutFormulaGuard } from '#kernel/formula-safe.ts';
import type { DocumentGrid, GridCell, GridTable } from '#platform/documents/grid.ts';
import { ownHeaders, ownSheets, readRagCell, titleLabel, type OwnColumn } from './own-export.ts';
import { OwnObjectives, listedObjectives } from './own-objectives.ts';
import { columnPlaces, hasHeaders, OwnRow } from './own-row.ts';
import type {
  ColumnMeaning,
  Due,
  PlanReading,
  Rag,
  RagMeaning,
  ReadAction,
  ReadColumn,
  ReadingProblem,
  ReadObjective,
  Status,
} from './reading.ts';
import { settleOwnDue } from './settle-own-due.ts';
import { readStatus } from '#kernel/status.ts';

/**
 * Reads our own export exactly as it stands, or answers null for any other document. The sign is
 * a header row with the columns that hold what a council's own table does not: the identifiers
 * and the parts of the due date. Whatever a person changed in it is read as she left it; where
 * two cells of a row then disagree, the doubt says which was taken. A mapping that a person
 * corrected (columns counted from 1) is for the general reader, so the answer is null then too.
 */
export function readOwnExport(
  grid: DocumentGrid,
  choices: readonly { table: string; index: number; meaning: ColumnMeaning }[] = [],
): PlanReading | null {
  const table = grid.tables.find((candidate) => hasHeaders(candidate, signature));
  if (table === undefined) return null;
  const columns = readColumns(table);
  const isCorrected = choices.some(
    (choice) =>
      choice.table === table.name && columns[choice.index - 1]?.meaning !== choice.meaning,
  );
  if (isCorrected) return null;
  const text =
    grid.format === 'csv'
      ? (cell: GridCell | undefined) => withoutFormulaGuard(cell?.text ?? '').trim()
      : (cell: GridCell | undefined) => cell?.text ?? '';

  const problems: ReadingProblem[] = [...grid.problems];
  const at = columnPlaces(table, ownHeaders);
  const objectives = new OwnObjectives();
  const actions: ReadAction[] = [];

  for (const cells of table.rows.slice(1)) {
    const row = new OwnRow(cells, at, text, problems);
    if (row.isBlank()) continue;
    if (row.text('text') === '') {
      row.problem('text', 'error', 'This row has no action, so it was left out.');
      continue;
    }
    if (row.isWithdrawn()) {
      row.problem('withdrawn', 'doubt', 'This action was withdrawn, so it was left out.');
      continue;
    }
    objectives.add(row);
    actions.push(readAction(row));
  }

  const all = objectives.inOrder(listedObjectives(grid, text));
  return {
    title: planTitle(grid),
    columns,
    sections: [...new Set(all.map(({ section }) => section).filter((section) => section !== null))],
    objectives: all,
    actions,
    problems,
    ragMeanings: ragMeanings(grid),
    counts: count(all, actions),
  };
}

const signature: readonly string[] = [
  ownHeaders.actionId,
  ownHeaders.objectiveId,
  ownHeaders.objective,
  ownHeaders.text,
  ownHeaders.due,
  ownHeaders.dueTo,
  ownHeaders.dueFrom,
  ownHeaders.precision,
];

function readAction(row: OwnRow): ReadAction {
  const claimedRag = readRag(row);
  return {
    where: row.where('text'),
    section: row.textOrNull('section'),
    objectiveRef: row.textOrNull('objectiveRef'),
    objective: row.text('objective'),
    ref: row.textOrNull('ref'),
    text: row.text('text'),
    leads: row.lines('leads'),
    contributors: row.lines('contributors'),
    priority: readPriority(row),
    due: readOwnDue(row),
    revised: row.text('revised').toLowerCase() === 'yes',
    claimedRag,
    ragFrom: claimedRag === null ? 'none' : 'text',
    status: readStatusCell(row),
    successMeasure: row.textOrNull('successMeasure'),
    outcome: row.textOrNull('outcome'),
    progress: row.textOrNull('progress'),
    evidence: null,
    sources: row.lines('actionSources'),
  };
}

function readRag(row: OwnRow): Rag | null {
  const written = row.text('rag');
  const rag = readRagCell(written);
  if (rag === null && written !== '') {
    row.problem('rag', 'doubt', `“${written}” is not one of the colours, so none was taken.`);
  }
  return rag;
}

function readStatusCell(row: OwnRow): Status | null {
  const written = row.text('status');
  const status = readStatus(written);
  if (status === null && written !== '') {
    row.problem('status', 'doubt', `“${written}” does not say how far the action is.`);
  }
  return status;
}

function readPriority(row: OwnRow): ReadAction['priority'] {
  const written = row.text('priority');
  const priority = (['high', 'medium', 'low'] as const).find(
    (one) => one === written.toLowerCase(),
  );
  if (priority === undefined && written !== '') {
    row.problem('priority', 'doubt', `“${written}” is not “High”, “Medium” or “Low”.`);
  }
  return priority ?? null;
}

function readOwnDue(row: OwnRow): Due {
  const { due, doubts } = settleOwnDue({
    asWritten: row.text('due'),
    from: row.date('dueFrom'),
    to: row.date('dueTo'),
    precision: row.text('precision'),
  });
  for (const doubt of doubts) row.problem('dueTo', 'doubt', doubt);
  return due;
}

function planTitle(grid: DocumentGrid): string | null {
  return notes(grid).find(([label]) => label === titleLabel)?.[1] || null;
}

function ragMeanings(grid: DocumentGrid): RagMeaning[] {
  return notes(grid).flatMap(([label, meaning]) => {
    const colour = readRagCell(label);
    return colour === null ? [] : [{ colour, meaning }];
  });
}

/** The lines of the sheet of notes: what each says, and its label. */
function notes(grid: DocumentGrid): [label: string, says: string][] {
  const table = grid.tables.find(({ name }) => name === ownSheets.notes);
  return (table?.rows ?? []).map((cells) => [cells[0]?.text ?? '', cells[1]?.text ?? '']);
}

const meanings: Partial<Record<OwnColumn, ColumnMeaning>> = {
  section: 'section',
  objectiveRef: 'objectiveRef',
  objective: 'objective',
  ref: 'ref',
  text: 'text',
  leads: 'leads',
  due: 'due',
  dueTo: 'due',
  dueFrom: 'due',
  precision: 'due',
  rag: 'rag',
  status: 'status',
  progress: 'progress',
  contributors: 'contributors',
  priority: 'priority',
  successMeasure: 'successMeasure',
  outcome: 'outcome',
  objectiveSources: 'source',
};

function readColumns(table: GridTable): ReadColumn[] {
  const byHeader = new Map<string, ColumnMeaning>();
  for (const column of Object.keys(ownHeaders) as OwnColumn[]) {
    byHeader.set(ownHeaders[column], meanings[column] ?? 'ignored');
  }
  return (table.rows[0] ?? []).map((cell, index) => ({
    table: table.name,
    index: index + 1,
    where: /!([A-Z]+)\d+$/.exec(cell.where)?.[1] ?? cell.where,
    header: cell.text,
    meaning: byHeader.get(cell.text) ?? 'ignored',
    samples: table.rows
      .slice(1)
      .map((row) => row[index]?.text ?? '')
      .filter((sample) => sample !== '')
      .slice(0, 3),
  }));
}

function count(objectives: readonly ReadObjective[], actions: readonly ReadAction[]) {
  const byRag: Record<Rag | 'none', number> = { red: 0, amber: 0, green: 0, blue: 0, none: 0 };
  for (const action of actions) byRag[action.claimedRag ?? 'none'] += 1;
  return {
    objectives: objectives.length,
    actions: actions.length,
    byRag,
    revised: actions.filter((action) => action.revised).length,
  };
}
