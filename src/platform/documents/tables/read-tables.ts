import type { DocumentGrid, GridCell, GridProblem, GridTable } from '../grid.ts';
import {
  continued,
  headerByHand,
  segmentsOf,
  type Header,
  type HeadingWords,
  type Segment,
} from './find-headers.ts';
import { flat, letterOf, linesOf, quoted, spoken, under, type Line, type Seen } from './lines.ts';

/** What the columns of a kind of table can hold. */
export interface TableWords<M extends string> extends HeadingWords {
  meaningOf: (heading: string) => M | null;
  /** Whether columns of these meanings are such a table at all, as "criterion" and "level" are. */
  isTable: (meanings: ReadonlySet<M>) => boolean;
}

/** A column as it was understood, for whoever checks it. */
export interface TableColumn<M extends string> {
  table: string;
  /** Counted from 1. */
  index: number;
  /** Its letter, or `cell 3`. */
  where: string;
  header: string;
  meaning: M | 'ignored';
  samples: string[];
}

/** One correction of what a column holds. */
export interface TableColumnChoice<M extends string> {
  table: string;
  index: number;
  meaning: M | 'ignored';
}

/** One row under a heading row, by what its columns hold. */
export class TableRow<M extends string> {
  readonly line: Line;
  readonly #cells: readonly [M | 'ignored', Seen][];

  constructor(line: Line, cells: readonly [M | 'ignored', Seen][]) {
    this.line = line;
    this.#cells = cells;
  }

  /** The place of the first of its own cells that says something. */
  get where(): string {
    return (spoken(this.line)[0] ?? this.line.seen[0])?.cell.where ?? '';
  }

  /** The cells of this column that say something, those merged with a row above left out. */
  own(meaning: M): GridCell[] {
    return this.#cells.flatMap(([one, { above, cell }]) =>
      one === meaning && !above && (cell.text !== '' || cell.date !== null) ? [cell] : [],
    );
  }

  /** The words of this column, in this row itself; several columns of one kind are lines. */
  words(meaning: M): string {
    return this.own(meaning)
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join('\n');
  }

  /** What the column of this cell of the row holds. */
  meaningOf(seen: Seen): M | 'ignored' {
    return this.#cells.find(([, one]) => one === seen)?.[0] ?? 'ignored';
  }
}

/** A run of rows under one heading row; a table may have several. */
export interface TablePart<M extends string> {
  table: GridTable;
  /** Headings and text above the table, for its first part; then single cells above the headings. */
  before: string[];
  meanings: ReadonlySet<M>;
  rows: TableRow<M>[];
}

export interface ReadTables<M extends string> {
  columns: TableColumn<M>[];
  parts: TablePart<M>[];
  problems: GridProblem[];
}

/** Far more than any table that people keep: a list of cases, or a file made to keep the server busy. */
export const mostRows = 10_000;

/**
 * Finds the tables of one kind in a document and says what each of their columns holds. A table
 * in Word that goes on after a page without headings is read under those before it. Where no
 * table of the kind is found, the columns of the largest are listed, to be named by hand.
 */
export function readTables<M extends string>(
  grid: DocumentGrid,
  words: TableWords<M>,
  choices: readonly TableColumnChoice<M>[] = [],
): ReadTables<M> {
  const visible = grid.tables.filter(({ hidden }) => !hidden);
  const hidden = grid.tables
    .filter((table) => table.hidden)
    .map(({ name }) =>
      doubtAt(name, `The sheet ${name} is hidden in the workbook, and is left out.`),
    );
  const problems = [
    ...grid.problems.filter(({ where }) => hidden.every((one) => one.where !== where)),
    ...hidden,
  ];
  if (visible.reduce((sum, { rows }) => sum + rows.length, 0) > mostRows) {
    const message = `The file has more than ${mostRows} rows, so it was not read. Keep only the table in it, and try again.`;
    const where = visible[0]?.name ?? 'the file';
    return {
      columns: [],
      parts: [],
      problems: [...problems, { where, severity: 'error', message }],
    };
  }
  const columns: TableColumn<M>[] = [];
  const parts: TablePart<M>[] = [];
  let above: { header: Header; width: number } | undefined;
  for (const table of visible) {
    const own = choices.filter((choice) => choice.table === table.name);
    const lines = linesOf(table);
    const width = table.rows[0]?.length ?? 0;
    let segments = segmentsOf(words, lines);
    if (segments.length === 0 && own.length > 0) segments = headerByHand(lines);
    if (segments.length === 0 && grid.format === 'docx' && above?.width === width) {
      segments = [continued(lines, above.header)];
    }
    const laid = segments.map((segment) => ({
      segment,
      columns: layColumns(words, table.name, segment, own),
    }));
    const kept = laid.filter(({ columns: ones }) => words.isTable(meaningsIn(ones)));
    if (kept.length === 0) {
      if (own.length > 0) columns.push(...(laid[0]?.columns ?? []));
      else if (visible.length > 1 && lines.length > 0) problems.push(leftOut(table, lines));
      continue;
    }
    columns.push(...(kept[0]?.columns ?? []));
    for (const [at, { segment, columns: ones }] of kept.entries()) {
      parts.push(partOf(table, segment, ones, at === 0));
      above = { header: segment.header, width };
    }
  }
  if (columns.length === 0) columns.push(...offered(words, visible));
  return { columns, parts, problems };
}

export function doubtAt(where: string, message: string): GridProblem {
  return { where, severity: 'doubt', message };
}

function layColumns<M extends string>(
  words: TableWords<M>,
  table: string,
  { header, rows }: Segment,
  choices: readonly TableColumnChoice<M>[],
): TableColumn<M>[] {
  const indexes = new Set(header.words.keys());
  // A column without a heading is listed where something stands in it: a person may name it.
  for (const line of rows) {
    for (const [column, { cell }] of under(header.line, line)) {
      if (cell.text !== '') indexes.add(column);
    }
  }
  return [...indexes]
    .sort((a, b) => a - b)
    .map((index) => {
      const heading = header.words.get(index) ?? '';
      const place = header.line.seen.findIndex(
        ({ column, span }) => index >= column && index < column + span,
      );
      const seen = header.line.seen[place];
      const texts = rows
        .map((line) => flat(under(header.line, line).get(index)?.cell.text ?? ''))
        .filter((text) => text !== '');
      const chosen = choices.find((choice) => choice.index === index + 1)?.meaning;
      const { length } = heading.split(' – ');
      const lower = length > 1 ? (heading.split(' – ').at(-1) ?? '') : heading;
      return {
        table,
        index: index + 1,
        where: letterOf(seen?.cell.where ?? null, index, seen?.column) ?? `cell ${place + 1}`,
        header: heading,
        meaning: chosen ?? words.meaningOf(lower) ?? words.meaningOf(heading) ?? 'ignored',
        samples: [...new Set(texts)].slice(0, 3).map(shortened),
      };
    });
}

function shortened(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 117)}…`;
}

function meaningsIn<M extends string>(columns: readonly TableColumn<M>[]): ReadonlySet<M> {
  return new Set(columns.flatMap(({ meaning }) => (meaning === 'ignored' ? [] : [meaning])));
}

function partOf<M extends string>(
  table: GridTable,
  { above, header, rows }: Segment,
  columns: readonly TableColumn<M>[],
  isFirst: boolean,
): TablePart<M> {
  const meanings = new Map(columns.map(({ index, meaning }) => [index - 1, meaning]));
  const over = above.flatMap((line) => {
    const [only, ...more] = spoken(line);
    return only === undefined || more.length > 0 ? [] : [only.cell.text];
  });
  return {
    table,
    before: [...(isFirst ? table.before : []), ...over],
    meanings: meaningsIn(columns),
    rows: rows.map(
      (line) =>
        new TableRow<M>(
          line,
          [...under(header.line, line)].map(([column, seen]) => [
            meanings.get(column) ?? 'ignored',
            seen,
          ]),
        ),
    ),
  };
}

function leftOut(table: GridTable, lines: readonly Line[]): GridProblem {
  const cell = lines.flatMap(spoken)[0]?.cell;
  const name = /^table \d+$/.test(table.name)
    ? `T${table.name.slice(1)}`
    : `The sheet ${table.name}`;
  return doubtAt(
    cell?.where ?? table.name,
    `${name} is left out: it has none of the headings looked for. It begins ${quoted(cell?.text ?? '')}.`,
  );
}

function offered<M extends string>(
  words: TableWords<M>,
  tables: readonly GridTable[],
): TableColumn<M>[] {
  const [largest] = [...tables].sort((a, b) => b.rows.length - a.rows.length);
  if (largest === undefined) return [];
  const [segment] = headerByHand(linesOf(largest));
  return segment === undefined ? [] : layColumns(words, largest.name, segment, []);
}
