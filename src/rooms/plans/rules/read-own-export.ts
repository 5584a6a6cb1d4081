import {
  formatDate,
  lastDayOfMonth,
  addMonths,
  parseIsoDate,
  type IsoDate,
} from '#kernel/dates.ts';
import { withoutFormulaGuard } from '#kernel/formula-safe.ts';
import type { DocumentGrid, GridCell, GridTable } from '#platform/documents/grid.ts';
import {
  ownHeaders,
  ownObjectiveHeaders,
  ownSheets,
  precisionWords,
  readRagCell,
  titleLabel,
  type OwnColumn,
} from './own-export.ts';
import type {
  ColumnMeaning,
  Due,
  DuePrecision,
  PlanReading,
  Rag,
  RagMeaning,
  ReadAction,
  ReadColumn,
  ReadingProblem,
  ReadObjective,
  Status,
} from './reading.ts';
import { readStatus } from './status.ts';

/**
 * Reads our own export exactly as it stands, or answers null for any other document. The sign is
 * a header row with the columns that hold what a council's own table does not: the identifiers
 * and the parts of the due date. Whatever a person changed in it is read as she left it; where
 * two cells of a row then disagree, the later one is taken and the doubt is listed.
 */
export function readOwnExport(grid: DocumentGrid): PlanReading | null {
  const table = grid.tables.find((candidate) => hasHeaders(candidate, signature));
  if (table === undefined) return null;
  const text =
    grid.format === 'csv'
      ? (cell: GridCell | undefined) => withoutFormulaGuard(cell?.text ?? '').trim()
      : (cell: GridCell | undefined) => cell?.text ?? '';

  const problems: ReadingProblem[] = [...grid.problems];
  const at = columnPlaces(table, ownHeaders);
  const listed = listedObjectives(grid, text);
  const objectives = new Map<string, ReadObjective>();
  const actions: ReadAction[] = [];

  for (const cells of table.rows.slice(1)) {
    const row = new OwnRow(cells, at, text, problems);
    if (row.isBlank()) continue;
    if (row.text('text') === '') {
      row.problem('text', 'error', 'This row has no action, so it was left out.');
      continue;
    }
    if (row.text('withdrawn').toLowerCase() === 'yes') {
      row.problem('withdrawn', 'doubt', 'This action was withdrawn, so it was left out.');
      continue;
    }
    const key = objectiveKey(row);
    if (!objectives.has(key)) {
      objectives.set(key, {
        ref: row.textOrNull('objectiveRef'),
        title: row.text('objective'),
        section: row.textOrNull('section'),
        sources: row.lines('objectiveSources'),
      });
    }
    actions.push(readAction(row));
  }

  const all = inListedOrder(listed, objectives);
  return {
    title: planTitle(grid),
    columns: readColumns(table),
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

type CellText = (cell: GridCell | undefined) => string;

function hasHeaders(table: GridTable, headers: readonly string[]): boolean {
  const present = new Set(table.rows[0]?.map((cell) => cell.text));
  return headers.every((header) => present.has(header));
}

function columnPlaces<Column extends string>(
  table: GridTable,
  headers: Readonly<Record<Column, string>>,
): Map<Column, number> {
  const first = table.rows[0] ?? [];
  const places = new Map<Column, number>();
  for (const column of Object.keys(headers) as Column[]) {
    const place = first.findIndex((cell) => cell.text === headers[column]);
    if (place >= 0) places.set(column, place);
  }
  return places;
}

/** One row of the sheet of actions: what stands in it, by column. */
class OwnRow {
  readonly #cells: readonly GridCell[];
  readonly #at: ReadonlyMap<OwnColumn, number>;
  readonly #text: CellText;
  readonly #problems: ReadingProblem[];

  constructor(
    cells: readonly GridCell[],
    at: ReadonlyMap<OwnColumn, number>,
    text: CellText,
    problems: ReadingProblem[],
  ) {
    this.#cells = cells;
    this.#at = at;
    this.#text = text;
    this.#problems = problems;
  }

  cell(column: OwnColumn): GridCell | undefined {
    const place = this.#at.get(column);
    return place === undefined ? undefined : this.#cells[place];
  }

  isBlank(): boolean {
    return this.#cells.every((cell) => cell.text === '');
  }

  text(column: OwnColumn): string {
    return this.#text(this.cell(column));
  }

  textOrNull(column: OwnColumn): string | null {
    return this.text(column) || null;
  }

  /** A name each line: a comma or an "and" may stand inside a name. */
  lines(column: OwnColumn): string[] {
    return this.text(column)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }

  /** The day, null for an empty cell or, with a problem listed, for one that holds no day. */
  date(column: OwnColumn): IsoDate | null {
    const written = this.text(column);
    if (written === '') return null;
    const date = this.cell(column)?.date ?? parseIsoDate(written);
    if (date === null) {
      this.problem(column, 'doubt', `“${written}” could not be read as a day, so it was left out.`);
    }
    return date;
  }

  where(column: OwnColumn): string {
    return this.cell(column)?.where ?? this.#cells[0]?.where ?? '';
  }

  problem(column: OwnColumn, severity: 'error' | 'doubt', message: string): void {
    const action = this.text('text') === '' ? {} : { action: this.where('text') };
    this.#problems.push({ where: this.where(column), severity, message, ...action });
  }
}

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
    due: readDue(row),
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

/**
 * The due date from its four cells. They agree as they were written; where they do not, a
 * person changed the day (or took it away), and the day as it stands now is the reading.
 */
function readDue(row: OwnRow): Due {
  const asWritten = row.text('due');
  const to = row.date('dueTo');
  const from = row.date('dueFrom');
  const precision = readPrecision(row.text('precision'));
  if (precision !== null && partsAgree(precision, from, to)) {
    return { asWritten, from, to, precision };
  }
  if (to === null) {
    row.problem('dueTo', 'doubt', `There is no due date here, so “${asWritten}” has none.`);
    return { asWritten, from: null, to: null, precision: 'none' };
  }
  row.problem(
    'dueTo',
    'doubt',
    `The due date is ${formatDate(to)}, which does not fit the other cells of this row. It was taken as that day.`,
  );
  return { asWritten: formatDate(to), from: to, to, precision: 'day' };
}

function readPrecision(written: string): DuePrecision | null {
  const precisions = Object.keys(precisionWords) as DuePrecision[];
  return (
    precisions.find((one) => precisionWords[one].toLowerCase() === written.toLowerCase()) ?? null
  );
}

function partsAgree(precision: DuePrecision, from: IsoDate | null, to: IsoDate | null): boolean {
  switch (precision) {
    case 'asap':
    case 'ongoing':
    case 'none':
      return from === null && to === null;
    case 'day':
      return to !== null && (from === null || from === to);
    case 'month':
      return to !== null && (from === null || lastDayOfMonth(from) === to);
    case 'quarter':
      return to !== null && (from === null || lastDayOfMonth(addMonths(from, 2)) === to);
    case 'period':
      return to !== null && (from === null || from <= to);
  }
}

function objectiveKey(row: OwnRow): string {
  const id = row.text('objectiveId');
  if (id !== '') return id;
  return JSON.stringify([row.text('section'), row.text('objectiveRef'), row.text('objective')]);
}

/** The sheet of objectives, by identifier: it holds those that have no action yet. */
function listedObjectives(grid: DocumentGrid, text: CellText): Map<string, ReadObjective> {
  const listed = new Map<string, ReadObjective>();
  const table = grid.tables.find(
    (candidate) =>
      candidate.name === ownSheets.objectives &&
      hasHeaders(candidate, Object.values(ownObjectiveHeaders)),
  );
  if (table === undefined) return listed;
  const at = columnPlaces(table, ownObjectiveHeaders);
  for (const cells of table.rows.slice(1)) {
    const row = new OwnRow(cells, at, text, []);
    const title = row.text('objective');
    if (title === '' || row.text('withdrawn').toLowerCase() === 'yes') continue;
    listed.set(row.text('objectiveId'), {
      ref: row.textOrNull('objectiveRef'),
      title,
      section: row.textOrNull('section'),
      sources: row.lines('objectiveSources'),
    });
  }
  return listed;
}

/** In the order of the sheet of objectives, each as its actions' rows have it; then the others. */
function inListedOrder(
  listed: ReadonlyMap<string, ReadObjective>,
  used: ReadonlyMap<string, ReadObjective>,
): ReadObjective[] {
  const first = [...listed].map(([key, objective]) => used.get(key) ?? objective);
  return [...first, ...[...used].filter(([key]) => !listed.has(key)).map(([, one]) => one)];
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
