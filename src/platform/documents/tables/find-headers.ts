import { flat, spoken, type Line, type Seen } from './lines.ts';

/** What the headings of a kind of table say, and which rows are rows of headings. */
export interface HeadingWords {
  /** What a heading says its column holds; null where it is none that is known. */
  meaningOf: (heading: string) => string | null;
  /**
   * Whether cells of these meanings (null: unknown words) are a row of headings. `isFurther`:
   * the table has one already, so that a second, different one must be plainer.
   */
  isHeadingRow: (meanings: readonly (string | null)[], isFurther: boolean) => boolean;
}

/** The heading row of a table, perhaps in two rows, and what stands under it. */
export interface Header {
  line: Line;
  /** The second heading row, where there is one. */
  below: Line | null;
  /** The words of each column that has some, by its index. */
  words: Map<number, string>;
  /** The same words made plain, each row's own too, to know the heading row again by. */
  plain: ReadonlySet<string>;
}

export interface Segment {
  /** Rows above the heading row: since the table began, or since the last actions. */
  above: Line[];
  header: Header;
  rows: Line[];
}

/** No heading of a column is longer, in characters. */
const longestHeading = 200;

/**
 * Cuts a table at its heading rows. Empty where it has none that is known. A table that may go
 * on under the headings of the table before needs a plainer heading row of its own.
 */
export function segmentsOf(
  words: HeadingWords,
  lines: readonly Line[],
  before: Header | null = null,
): Segment[] {
  const segments: Segment[] = [];
  let above: Line[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    const current = segments.at(-1);
    if (isHeader(words, line, current?.header ?? before)) {
      const next = lines[at + 1];
      const below = next !== undefined && isSecondRow(words, line, next) ? next : null;
      const before = lines[at - 1];
      const over = before !== undefined && isGroupRow(words, before, line) ? before : null;
      const held = current === undefined ? above : takeHeadingsOff(current.rows);
      segments.push({
        above: held.filter((one) => one !== over),
        header: headerOf(over, line, below),
        rows: [],
      });
      above = [];
      if (below !== null) at += 1;
    } else if (current === undefined) above.push(line);
    else current.rows.push(line);
  }
  return segments;
}

/** Rows of one cell directly above a repeated heading row are headings of what follows. */
function takeHeadingsOff(rows: Line[]): Line[] {
  let from = rows.length;
  while (from > 0 && spoken(rows[from - 1] ?? { row: 0, seen: [] }).length === 1) from -= 1;
  return rows.splice(from);
}

/** The header that a person's own mapping makes of the first row with several cells. */
export function headerByHand(lines: readonly Line[]): Segment[] {
  const at = lines.findIndex((line) => spoken(line).length >= 2);
  const line = lines[at];
  if (line === undefined) return [];
  const header = headerOf(null, line, null);
  return [{ above: lines.slice(0, at), header, rows: lines.slice(at + 1) }];
}

/** A table that goes on from the one before, under the same headings. */
export function continued(lines: readonly Line[], header: Header): Segment {
  return { above: [], header, rows: [...lines] };
}

function isHeader(words: HeadingWords, line: Line, known: Header | null): boolean {
  const cells = spoken(line).filter(({ cell }) => cell.text !== '');
  if (cells.length < 2 || cells.some(({ cell }) => cell.date !== null)) return false;
  if (cells.some(({ cell }) => cell.text.length > longestHeading)) return false;
  if (known !== null && isSameHeader(line, known)) return true;
  // "Owner: Director", "Version: 2": a box of particulars, not a row of headings.
  if (cells.filter(({ cell }) => /^[^:]{2,30}:\s*\S/.test(cell.text)).length >= 2) return false;
  const meanings = cells.map(({ cell }) => words.meaningOf(cell.text));
  return words.isHeadingRow(meanings, known !== null);
}

function isSameHeader(line: Line, known: Header): boolean {
  const own = spoken(line).map(({ cell }) => plainHeading(cell.text));
  const same = own.filter((words) => known.plain.has(words)).length;
  return same >= 2 && same / own.length >= 0.7;
}

function headerOf(over: Line | null, line: Line, below: Line | null): Header {
  const words = wordsOf(over, line, below);
  const all = [...words.values()].flatMap((one) => [one, ...one.split(' – ')]);
  return { line, below, words, plain: new Set(all.map(plainHeading)) };
}

/** "Progress" over "RAG" and "Comment": a row of headings below those that span columns. */
function isSecondRow(words: HeadingWords, line: Line, next: Line): boolean {
  const cells = spoken(next);
  if (cells.length === 0 || cells.length >= next.seen.length) return false;
  if (cells.some(({ cell }) => cell.date !== null || cell.text.length > 60)) return false;
  const isUnder = (one: Seen): boolean => {
    const over = line.seen.find(
      ({ column, span }) => one.column >= column && one.column < column + span,
    );
    return over !== undefined && (over.span > 1 || over.cell.text === '');
  };
  return (
    cells.every(isUnder) &&
    cells.filter(({ cell }) => words.meaningOf(cell.text) !== null).length >= cells.length / 2
  );
}

/** A row above the header that names groups of its columns, and columns that it leaves blank. */
function isGroupRow(words: HeadingWords, before: Line, header: Line): boolean {
  const cells = spoken(before);
  if (cells.length < 2 || cells.some(({ cell }) => cell.date !== null || cell.text.length > 60))
    return false;
  const fills = cells.filter(({ column, cell }) => {
    const below = header.seen.find((one) => one.column === column);
    return (below?.cell.text ?? '') === '' && words.meaningOf(cell.text) !== null;
  });
  return fills.length > 0;
}

function wordsOf(over: Line | null, line: Line, below: Line | null): Map<number, string> {
  const words = new Map<number, string>();
  for (const each of [over, line, below]) {
    for (const { cell, column, span, above } of each?.seen ?? []) {
      if (cell.text === '' || (above && each !== line)) continue;
      for (let at = column; at < column + span; at += 1) {
        const text = flat(cell.text);
        const already = words.get(at);
        if (already === text) continue;
        // A name of a group alone says nothing of its columns: the lower row does.
        words.set(at, already !== undefined && each === below ? `${already} – ${text}` : text);
      }
    }
  }
  return words;
}

/** In small letters, without brackets and marks; what is in brackets where nothing else is. */
export function plainHeading(text: string): string {
  const plain = (words: string): string =>
    words
      .toLowerCase()
      .replace(/['’]/g, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const outside = plain(text.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '));
  return outside === '' ? plain(text) : outside;
}
