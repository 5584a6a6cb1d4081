import type { GridCell, GridTable } from '#platform/documents/grid.ts';

/** A cell as a person sees it in its row: once, however many columns it spans. */
export interface Seen {
  cell: GridCell;
  /** The first of its columns, counted from 0. */
  column: number;
  span: number;
  /** Merged downwards: the cell began in a row above. */
  above: boolean;
}

/** One row of a table, as it is seen. */
export interface Line {
  /** Its index in the table's rows. */
  row: number;
  seen: Seen[];
}

/** The rows of a table that show anything at all. */
export function linesOf(table: GridTable): Line[] {
  return table.rows
    .map((cells, row) => ({ row, seen: seenIn(cells) }))
    .filter(({ seen }) => seen.some(isFilled));
}

function seenIn(cells: readonly GridCell[]): Seen[] {
  const seen: Seen[] = [];
  for (const [column, given] of cells.entries()) {
    const cell = given.text.trim() === '' ? { ...given, text: '' } : given;
    const last = seen.at(-1);
    if (last !== undefined && cell.mergedInto !== null && areaOf(cell) === areaOf(last.cell)) {
      last.span += 1;
    } else {
      seen.push({ cell, column, span: 1, above: cell.mergedInto !== null });
    }
  }
  return seen;
}

function areaOf(cell: GridCell): string {
  return cell.mergedInto ?? cell.where;
}

function isFilled({ cell }: Seen): boolean {
  return cell.text !== '' || cell.date !== null || cell.struck !== null;
}

/** The cells that begin in this row and say something. */
export function spoken(line: Line): Seen[] {
  return line.seen.filter((one) => !one.above && isFilled(one));
}

/**
 * The cells of a line under the columns of a heading row: by column, or in their order where
 * both rows show as many cells. (The columns of a Word table often do not quite meet.)
 */
export function under(heading: Line | null, line: Line): Map<number, Seen> {
  const byOrder =
    heading !== null &&
    heading.seen.length === line.seen.length &&
    heading.seen.some((one, i) => one.column !== line.seen[i]?.column);
  return new Map(
    line.seen.map((one, i) => [
      byOrder ? (heading.seen[i]?.column ?? one.column) : one.column,
      one,
    ]),
  );
}

/** The words of a cell on one line, for comparing and quoting. */
export function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The words of a cell, cut to be quoted in a message. */
export function quoted(text: string): string {
  const words = flat(text);
  return words.length <= 60 ? `“${words}”` : `“${words.slice(0, 57)}…”`;
}
