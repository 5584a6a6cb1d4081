import type { DocumentGrid, GridTable } from '#platform/documents/grid.ts';
import { findDates } from '#kernel/due/find-dates.ts';
import {
  continued,
  headerByHand,
  segmentsOf,
  type Header,
  type Segment,
} from '#platform/documents/tables/find-headers.ts';
import { partKeyBeside } from './key-beside.ts';
import {
  flat,
  letterOf,
  linesOf,
  spoken,
  under,
  type Line,
} from '#platform/documents/tables/lines.ts';
import { planHeadings, type ColumnChoice } from './plan-headings.ts';
import { settleColumns, type Column } from './settle-columns.ts';

/** A column as it is shown to whoever checks the mapping. */
export interface LaidColumn extends Column {
  /** Its letter, or `cell 3`. */
  label: string;
  /** The place of its heading. */
  where: string | null;
  samples: string[];
}

/** A table with what its columns hold; without segments where it is no plan. */
export interface Layout {
  table: GridTable;
  lines: Line[];
  /** The lines of a key that stands beside the plan, which are none of the table's. */
  key: Line[];
  segments: { segment: Segment; columns: LaidColumn[] }[];
  /** As listed: those under its first heading row. */
  columns: LaidColumn[];
}

interface Cut {
  table: GridTable;
  lines: Line[];
  key: Line[];
  segments: Segment[];
}

/** Finds the plan in each table, and what its columns hold; a person's own mapping comes first. */
export function findLayouts(
  format: DocumentGrid['format'],
  tables: readonly GridTable[],
  choices: readonly ColumnChoice[],
): Layout[] {
  const cuts = cutTables(format, tables, choices);
  const settled = settleAlike(cuts);
  const layouts = cuts.map(({ table, lines, key, segments }): Layout => {
    const own = choices.filter((choice) => choice.table === table.name);
    const laid = segments
      .map((segment) => ({
        segment,
        columns: layColumns(withChoices(settled.get(keyOf(segment.header)) ?? [], own), segment),
      }))
      .filter(({ columns }) => isPlan(columns, own.length > 0));
    return { table, lines, key, segments: laid, columns: laid[0]?.columns ?? [] };
  });
  if (layouts.every(({ segments }) => segments.length === 0)) offerColumns(layouts);
  return layouts;
}

function cutTables(
  format: DocumentGrid['format'],
  tables: readonly GridTable[],
  choices: readonly ColumnChoice[],
): Cut[] {
  let before: { header: Header; width: number } | null = null;
  return tables.map((whole) => {
    const { plan: table, key } = partKeyBeside(whole);
    const lines = linesOf(table);
    const byHand = choices.some((choice) => choice.table === table.name);
    const width = table.rows[0]?.length ?? 0;
    const goesOn =
      format === 'docx' && before?.width === width && goesOnUnder(before.header, lines)
        ? before.header
        : null;
    let segments = segmentsOf(planHeadings, lines, goesOn);
    if (segments.length === 0 && byHand) segments = headerByHand(lines);
    if (segments.length === 0 && goesOn !== null) segments = [continued(lines, goesOn)];
    if (segments.length === 0) segments = segmentsOf(planHeadings, linesOf(turned(table)));
    const last = segments.at(-1);
    if (last !== undefined) before = { header: last.header, width };
    return { table, lines, key: key === null ? [] : linesOf(key), segments };
  });
}

/** A table whose headings stand in its first column is read with rows and columns exchanged. */
function turned(table: GridTable): GridTable {
  const width = table.rows[0]?.length ?? 0;
  if (width < 2 || width > 6 || table.rows.length < 3 || table.rows.length > 40)
    return { ...table, rows: [] };
  const rows = Array.from({ length: width }, (_, column) =>
    table.rows.flatMap((row) => row[column] ?? []),
  );
  return { ...table, rows };
}

/** Rows without headings that hold, column by column, what those under the headings before held. */
function goesOnUnder(header: Header, lines: readonly Line[]): boolean {
  const columns = settleColumns(
    header,
    lines.map((line) => ({ header, line })),
  );
  const rows = lines
    .filter((line) => spoken(line).length >= 2)
    .map((line) => under(header.line, line));
  const textsAt = (meaning: Column['meaning']): string[] => {
    const index = columns.find((column) => column.meaning === meaning)?.index ?? -1;
    return rows.flatMap((row) => row.get(index)?.cell.text ?? []).filter((text) => text !== '');
  };
  if (rows.length === 0 || textsAt('text').length < rows.length * 0.6) return false;
  const dues = textsAt('due');
  if (dues.length === 0) return textsAt('leads').length >= rows.length * 0.6;
  const isDue = (text: string): boolean =>
    findDates(text, {}).length > 0 || /^(?:asap|on-?going|tbc|complete)/i.test(text);
  // A first row that says something else there is a row of headings.
  return isDue(dues[0] ?? '') && dues.filter(isDue).length >= dues.length * 0.5;
}

/** Tables under the same headings are settled together, by all their rows. */
function settleAlike(cuts: readonly Cut[]): Map<string, Column[]> {
  const rows = new Map<string, { header: Header; line: Line }[]>();
  const headers = new Map<string, Header>();
  for (const { header, rows: own } of cuts.flatMap(({ segments }) => segments)) {
    const key = keyOf(header);
    if (!headers.has(key)) headers.set(key, header);
    const alike = rows.get(key) ?? [];
    for (const line of own) alike.push({ header, line });
    rows.set(key, alike);
  }
  return new Map(
    [...headers].map(([key, header]) => [key, settleColumns(header, rows.get(key) ?? [])]),
  );
}

function keyOf(header: Header): string {
  return JSON.stringify([...header.words].map(([index, words]) => [index, words.toLowerCase()]));
}

function withChoices(columns: readonly Column[], choices: readonly ColumnChoice[]): Column[] {
  const chosen = new Map(choices.map(({ index, meaning }) => [index - 1, meaning]));
  const given = new Set(chosen.values());
  return columns.map((column) => {
    const meaning = chosen.get(column.index);
    if (meaning !== undefined) {
      const role = column.meaning === meaning ? column.role : null;
      return {
        ...column,
        meaning,
        role,
        ragFills: meaning === 'rag' || column.ragFills,
        doubt: null,
      };
    }
    // One column holds the actions and one the objectives: the one that the person names.
    const isReplaced =
      (column.meaning === 'text' || column.meaning === 'objective') && given.has(column.meaning);
    return isReplaced ? { ...column, meaning: 'ignored', role: null } : column;
  });
}

function isPlan(columns: readonly Column[], byHand: boolean): boolean {
  const meanings = new Set(columns.map(({ meaning }) => meaning));
  const others = [
    'leads',
    'due',
    'rag',
    'status',
    'progress',
    'successMeasure',
    'outcome',
    'evidence',
  ] as const;
  return meanings.has('text') && (byHand || others.some((meaning) => meanings.has(meaning)));
}

function layColumns(columns: readonly Column[], { header, rows }: Segment): LaidColumn[] {
  return columns.map((column) => {
    const place = header.line.seen.findIndex(
      (one) => column.index >= one.column && column.index < one.column + one.span,
    );
    const where = header.line.seen[place]?.cell.where ?? null;
    const texts = rows
      .map((line) => flat(under(header.line, line).get(column.index)?.cell.text ?? ''))
      .filter((text) => text !== '');
    return {
      ...column,
      label: letterOf(where, column.index, header.line.seen[place]?.column) ?? `cell ${place + 1}`,
      where,
      samples: [...new Set(texts)]
        .slice(0, 3)
        .map((text) => (text.length <= 120 ? text : `${text.slice(0, 117)}…`)),
    };
  });
}

/** Where no plan was found, the columns of the largest table are listed to be mapped by hand. */
function offerColumns(layouts: Layout[]): void {
  const [largest] = [...layouts].sort((a, b) => b.lines.length - a.lines.length);
  const [segment] = headerByHand(largest?.lines ?? []);
  if (largest === undefined || segment === undefined) return;
  const columns = settleColumns(
    segment.header,
    segment.rows.map((line) => ({ header: segment.header, line })),
  );
  const ignored = columns.map((column) => ({ ...column, doubt: null }));
  largest.columns = layColumns(ignored, segment);
}
