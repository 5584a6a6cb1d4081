import type { IsoDate } from '#kernel/dates.ts';
import { withoutFormulaGuard } from '#kernel/formula-safe.ts';
import type { DocumentGrid, GridCell, GridTable } from '#platform/documents/grid.ts';
import { readDue } from '#kernel/due/read-due.ts';
import type { Due } from '../reading.ts';
import {
  columnOfHeader,
  filledColumns,
  givenColumns,
  headerName,
  type FilledColumn,
  type GivenColumn,
  type SheetColumn,
} from './sheet-columns.ts';

/** One row of a sheet that came back, as it was written. */
export interface SheetRow {
  /** "row 14", with the sheet's name where several were read. */
  where: string;
  code: string;
  /** Columns that stand in the sheet alone; one that was deleted says nothing. */
  given: Partial<Record<GivenColumn, string>>;
  filled: Record<FilledColumn, string>;
  /** The new date as it was read; null where none was written. */
  newDue: ReadDate | null;
  /** What of the row was not taken, such as words struck through. */
  doubts: string[];
}

export interface ReadDate {
  due: Due;
  doubts: string[];
}

/** What was understood of a sheet that came back, before it is held against the plan. */
export interface SheetReading {
  rows: SheetRow[];
  /** Of the file as a whole, in words for a person. */
  problems: string[];
}

/** More rows than any plan has: whoever sends them sends something else. */
const mostRows = 3000;
/** A title, and a note on whom to send it to, may stand above the headers. */
const headersWithin = 30;

/**
 * Reads an update sheet: the columns by the words of their headers, the rows wherever they were
 * moved to. The answer is a refusal, in words for the person who sent it, where the file holds
 * no such sheet.
 */
export function readSheet(grid: DocumentGrid, today: IsoDate): SheetReading | { refused: string } {
  if (grid.format === 'docx') {
    return {
      refused:
        'This is a Word document. Choose the workbook (.xlsx) that was sent out, or a .csv of it',
    };
  }
  const found = grid.tables.flatMap((table) => {
    if (table.hidden) return [];
    const headers = findHeaders(table);
    return headers === null ? [] : [{ table, ...headers }];
  });
  if (found.length === 0) {
    return {
      refused:
        'We found no update sheet in this file: no row holds the headings “ID” and “What has changed?”. Choose the workbook that was sent out, with its headings',
    };
  }
  const rows = found.flatMap(({ table, row, places }) =>
    table.rows
      .slice(row + 1)
      .flatMap(
        (cells) =>
          readRow(cells, places, grid.format, found.length > 1 ? table.name : null, today) ?? [],
      ),
  );
  if (rows.length > mostRows) {
    return {
      refused: `This file has more than ${mostRows.toLocaleString('en-GB')} rows, which no update sheet has`,
    };
  }
  if (rows.length === 0) return { refused: 'There is no row below the headings of this sheet' };
  return {
    rows,
    problems: [
      ...grid.problems.map(({ where, message }) => `${where}: ${message}`),
      ...found.flatMap(({ places }) => missing(places)),
    ],
  };
}

type Places = ReadonlyMap<SheetColumn, number>;

function findHeaders({ rows }: GridTable): { row: number; places: Places } | null {
  for (const [row, cells] of rows.slice(0, headersWithin).entries()) {
    const places = new Map<SheetColumn, number>();
    for (const [place, cell] of cells.entries()) {
      const column = columnOfHeader(cell.text);
      if (column !== null && !places.has(column)) places.set(column, place);
    }
    if (places.has('code') && filledColumns.some((column) => places.has(column))) {
      return { row, places };
    }
  }
  return null;
}

function missing(places: Places): string[] {
  const absent = filledColumns.filter((column) => !places.has(column));
  if (absent.length === 0) return [];
  const names = absent.map((column) => `“${headerName(column)}”`).join(', ');
  return [
    `The sheet came back without ${absent.length === 1 ? 'the column' : 'the columns'} ${names}.`,
  ];
}

/** Of a mark that was cleaned away, such as a lone tab, its guard alone is left: nothing stands there. */
function withoutGuard(written: string): string {
  return written.trim() === "'" ? '' : withoutFormulaGuard(written);
}

/** Null for a row in which nothing stands. */
function readRow(
  cells: readonly GridCell[],
  places: Places,
  format: DocumentGrid['format'],
  sheet: string | null,
  today: IsoDate,
): SheetRow | null {
  const cellOf = (column: SheetColumn) => cells[places.get(column) ?? -1];
  const textOf = (column: SheetColumn) => {
    const written = cellOf(column)?.text ?? '';
    return (format === 'csv' ? withoutGuard(written) : written).trim();
  };
  const filled = Object.fromEntries(
    filledColumns.map((column) => [column, textOf(column)]),
  ) as SheetRow['filled'];
  const given: SheetRow['given'] = {};
  for (const column of givenColumns) if (places.has(column)) given[column] = textOf(column);
  // Several rows merged into one ID are one row that somebody made of them.
  const code = cellOf('code')?.mergedInto == null ? textOf('code') : '';
  if ([code, ...Object.values(filled), ...Object.values(given)].every((text) => text === '')) {
    return null;
  }
  const number = /(\d+)$/.exec(cells[0]?.where ?? '')?.[1] ?? '';
  return {
    where: sheet === null ? `row ${number}` : `row ${number} of “${sheet}”`,
    code,
    given,
    filled,
    newDue:
      filled.newDue === '' ? null : readDate(filled.newDue, cellOf('newDue')?.date ?? null, today),
    doubts: filledColumns.flatMap((column) =>
      cellOf(column)?.struck == null
        ? []
        : `What is struck through under “${headerName(column)}” was not taken.`,
    ),
  };
}

/** A new date as it was written: whatever is not plain is a doubt. */
export function readDate(text: string, realDate: IsoDate | null, today: IsoDate): ReadDate {
  const { due, doubts } = readDue(text, realDate, { positionOn: today });
  return { due, doubts };
}
