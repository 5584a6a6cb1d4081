import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import type { GridCell, GridTable } from '#platform/documents/grid.ts';
import type { OwnColumn } from './own-export.ts';
import type { ReadingProblem } from './reading.ts';

export type CellText = (cell: GridCell | undefined) => string;

export function hasHeaders(table: GridTable, headers: readonly string[]): boolean {
  const present = new Set(table.rows[0]?.map((cell) => cell.text));
  return headers.every((header) => present.has(header));
}

export function columnPlaces<Column extends string>(
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
export class OwnRow {
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

  isWithdrawn(): boolean {
    return this.text('withdrawn').toLowerCase() === 'yes';
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
