import type { IsoDate } from '#kernel/dates.ts';
import type { DocumentGrid, GridCell, GridTable } from '#platform/documents/grid.ts';
import { codeHeader, sheetColumns, sheetHeaders, type SheetColumn } from './sheet-columns.ts';

/** A cell as it came back. */
export interface SheetCell {
  /** Its place, as `Criteria!E7`. */
  where: string;
  text: string;
  date: IsoDate | null;
}

/** A row of a workbook that came back. A column that was deleted says nothing. */
export interface SheetRow {
  code: Pick<SheetCell, 'where' | 'text'>;
  cells: Partial<Record<SheetColumn, SheetCell>>;
}

/** More rows than any framework has: whoever sends them sends something else. */
export const mostRows = 3000;
/** A title, and a note, may stand above the headers. */
const headersWithin = 30;

/** Reads an edition's workbook: the columns by their headers, the rows wherever they were moved to. */
export function readSheet(grid: DocumentGrid): { rows: SheetRow[] } | { refused: string } {
  const rows = grid.format === 'xlsx' ? grid.tables.flatMap(readTable) : [];
  if (rows.length > mostRows) {
    return { refused: `This file has more than ${mostRows.toLocaleString('en-GB')} rows` };
  }
  if (rows.length > 0) return { rows };
  return {
    refused: `We found no row of a framework in this file: choose the workbook (.xlsx) that was exported, with its column “${codeHeader}”`,
  };
}

function readTable({ rows, hidden }: GridTable): SheetRow[] {
  if (hidden) return [];
  for (const [at, header] of rows.slice(0, headersWithin).entries()) {
    const place = (name: string) => header.findIndex((cell) => plain(cell) === name.toLowerCase());
    const code = place(codeHeader);
    const columns = sheetColumns.flatMap((column) => {
      const found = place(sheetHeaders[column]);
      return found === -1 ? [] : [[column, found] as const];
    });
    if (code === -1 || columns.length === 0) continue;
    return rows.slice(at + 1).flatMap((cells) => readRow(cells, code, columns) ?? []);
  }
  return [];
}

/** Null for a row in which nothing stands. */
function readRow(
  cells: readonly GridCell[],
  codePlace: number,
  columns: readonly (readonly [SheetColumn, number])[],
): SheetRow | null {
  if (cells.every(({ text }) => text === '')) return null;
  const code = cells[codePlace];
  // Several rows merged into one ID are one row that somebody made of them.
  const written = code?.mergedInto == null ? (code?.text ?? '') : '';
  const said = columns.flatMap(([column, place]) => {
    const cell = cells[place];
    if (cell === undefined) return [];
    const { where, text, date } = cell;
    return [[column, { where, text, date }] as const];
  });
  const where = code?.where ?? cells[0]?.where ?? '';
  return { code: { where, text: written }, cells: Object.fromEntries(said) };
}

function plain({ text }: GridCell): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}
