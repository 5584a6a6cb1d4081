import type { GridCell, GridTable } from '../grid.ts';

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

/**
 * The only cell of a row that says anything, where the row is merged across or coloured from
 * end to end like a band, or simply holds nothing else. Null where the row says more.
 */
export function aloneIn(line: Line): { seen: Seen; isBand: boolean } | null {
  const [only, ...more] = spoken(line);
  if (only === undefined || more.length > 0) return null;
  const width = line.seen.reduce((sum, { span }) => sum + span, 0);
  const fill = only.cell.fill;
  const oneColour =
    fill !== null && line.seen.length > 2 && line.seen.every(({ cell }) => cell.fill === fill);
  const isWide = only.span >= Math.max(3, width / 2) || only.span === width;
  return { seen: only, isBand: isWide || oneColour };
}

/** The column's letter in a sheet, from the place of the heading cell that covers it. */
export function letterOf(
  where: string | null,
  index: number,
  headingColumn: number | undefined,
): string | null {
  const letters = /!([A-Z]{1,3})\d+$/.exec(where ?? '')?.[1];
  if (letters === undefined) return null;
  if (index === headingColumn) return letters;
  let rest = index + 1;
  let name = '';
  for (; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}
