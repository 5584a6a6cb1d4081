import type { GridTable } from '#platform/documents/grid.ts';
import type { ColumnMeaning } from '../reading.ts';
import type { Header } from '#platform/documents/tables/find-headers.ts';
import { isShouted } from './headings.ts';
import { flat, spoken, under, type Line, type Seen } from '#platform/documents/tables/lines.ts';
import { takeRef } from './objective-cell.ts';
import type { Column } from './settle-columns.ts';

/** The rows under one heading row, and what is true of them as a whole. */
export interface Rows {
  table: GridTable;
  header: Header;
  columns: readonly Column[];
  rows: readonly Row[];
  hasObjectives: boolean;
  /** Most actions carry their number in their own words: "1. Write the guide". */
  numbersInText: boolean;
  /** Most actions are written in capitals: capitals make no heading here. */
  allShouted: boolean;
  /** Most rows say who or when: a row of one cell is of another kind. */
  mostlyFull: boolean;
}

/** The cells of one row, by what they hold. */
export class Row {
  readonly line: Line;
  /** By the column of the heading row that they stand under. */
  readonly cells: ReadonlyMap<number, Seen>;
  readonly #meanings: ReadonlyMap<number, ColumnMeaning>;

  constructor(header: Header, meanings: ReadonlyMap<number, ColumnMeaning>, line: Line) {
    this.line = line;
    this.cells = under(header.line, line);
    this.#meanings = meanings;
  }

  /** What the column of a cell of this row holds. */
  meaningOf(seen: Seen): ColumnMeaning {
    for (const [column, one] of this.cells) {
      if (one === seen) return this.#meanings.get(column) ?? 'ignored';
    }
    return 'ignored';
  }

  /** The cells of these columns, whatever they say. */
  of(...wanted: ColumnMeaning[]): Seen[] {
    return [...this.cells]
      .filter(([column]) => wanted.includes(this.#meanings.get(column) ?? 'ignored'))
      .map(([, seen]) => seen);
  }

  /** Whether this row itself, and not one above that it is merged with, fills such a column. */
  says(...wanted: ColumnMeaning[]): boolean {
    return this.of(...wanted).some(
      ({ above, cell }) => !above && (cell.text !== '' || cell.date !== null),
    );
  }

  /** An action of its own, under the objective of the rows above. */
  get goesOn(): boolean {
    const [objective] = this.of('objective');
    const isBlank = objective === undefined || objective.above || isDitto(objective.cell.text);
    return isBlank && this.of('text').some(({ cell }) => cell.text !== '');
  }
}

/** Nothing, or a sign that the words above hold here too. */
export function isDitto(text: string): boolean {
  return /^(?:(?:same )?as above|ditto|"|”|''|〃|do\.?|see above)?$/i.test(flat(text));
}

export function rowsOf(
  given: Pick<Rows, 'table' | 'header' | 'columns'>,
  lines: readonly Line[],
): Rows {
  const { columns } = given;
  const meanings = new Map(columns.map(({ index, meaning }) => [index, meaning]));
  const rows = lines.map((line) => new Row(given.header, meanings, line));
  const texts = rows.flatMap((row) =>
    row.of('text').flatMap(({ above, cell }) => (above || cell.text === '' ? [] : [cell.text])),
  );
  const ofActions = rows.filter(({ line }) => spoken(line).length >= 2);
  const shouted = ofActions.filter((row) =>
    row.of('text').some(({ cell }) => isShouted(cell.text)),
  );
  const says = columns.filter(({ meaning }) => meaning === 'leads' || meaning === 'due');
  const full = lines.filter((line) => spoken(line).length >= 3).length;
  const alone = lines.filter((line) => spoken(line).length === 1).length;
  return {
    ...given,
    rows,
    hasObjectives: columns.some(({ meaning }) => meaning === 'objective'),
    numbersInText:
      texts.length > 0 &&
      texts.filter((text) => takeRef(text).ref !== null).length >= texts.length * 0.6,
    allShouted: shouted.length > ofActions.length / 2,
    mostlyFull: says.length > 0 && full > alone,
  };
}
