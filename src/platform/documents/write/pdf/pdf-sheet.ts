import { textWidth } from '#platform/charts/text-width.ts';
import type { Paper, Words } from '../../paper-blocks.ts';
import { layOut, pageTexts, type LaidOut, type LaidOutTable } from '../layout.ts';
import { paragraphsOf, plainText } from '../words.ts';
import { writableLine, writableText } from '../writable-text.ts';
import { graphemesOf, plainlyShowable, showable, standIn } from './fonts.ts';
import type { RowHeaders } from './row-headers.ts';

/** What paper.typ reads. Lengths are in points. */
export interface PdfSheet {
  title: string;
  author: string;
  landscape: boolean;
  margin: number;
  size: number;
  page: ReturnType<typeof pageTexts>;
  blocks: readonly object[];
}

interface SheetCell {
  lines: readonly SheetLine[];
  fill: string | null;
  /** Whether it may go over to the next page. */
  breakable: boolean;
}

interface SheetLine {
  runs: readonly object[];
  rtl: boolean;
}

const long = 841.89;
const short = 595.28;
const margin = 51;

/**
 * The paper as data for Typst, with the row headers that its tables have, in order. `plainly` shows
 * the letters of one font alone.
 */
export function pdfSheet(
  { head, blocks }: Paper,
  { plainly }: { plainly: boolean },
): { sheet: PdfSheet; tables: RowHeaders[] } {
  const shown = plainly ? plainlyShowable : showable;
  const landscape = head.orientation === 'landscape';
  const page = { width: (landscape ? long : short) - 2 * margin, height: landscape ? short : long };
  const size = landscape ? 10 : 11;
  const writer = new SheetWriter(page, size, shown);
  const laidOut = layOut(blocks);
  const drawn = laidOut.map((block) => writer.block(block));
  const { what, asAt, classification, by } = pageTexts(head);
  if (writer.missing) drawn.push(writer.missingNote());
  return {
    sheet: {
      // PDF/UA-1 takes no document without a title.
      title: shown(writableLine(head.title)) || 'Untitled',
      author: shown(writableLine(head.author)),
      landscape,
      margin,
      size,
      page: {
        what: shown(what),
        asAt,
        classification: shown(classification),
        by: shown(by),
      },
      blocks: drawn,
    },
    tables: laidOut.flatMap(rowHeadersOf),
  };
}

function rowHeadersOf(block: LaidOut): RowHeaders[] {
  if (block.kind === 'cover') return ['even'];
  const table = block.kind === 'chart' ? block.table : block.kind === 'table' ? block : null;
  if (table === null) return [];
  return [table.rowHeader === null ? 'none' : { column: table.rowHeader }];
}

/** The shares of a cover table's four columns, as in paper.typ. */
const coverShares = [1.15, 1.6, 0.8, 1.05];
const coverShare = coverShares.reduce((sum, share) => sum + share, 0);

class SheetWriter {
  readonly #page: { width: number; height: number };
  readonly #size: number;
  readonly #show: (text: string) => string;
  /** Whether something had to be replaced, because no font has it. */
  missing = false;

  constructor(
    page: { width: number; height: number },
    size: number,
    show: (text: string) => string,
  ) {
    this.#page = page;
    this.#size = size;
    this.#show = show;
  }

  block(block: LaidOut): object {
    const { width } = this.#page;
    switch (block.kind) {
      case 'title':
        return { ...block, text: this.#text(block.text, width, 20) };
      case 'heading':
        return { ...block, text: this.#text(block.text, width, 15) };
      case 'text':
        return { ...block, text: this.#lines(block.text, width) };
      case 'cover':
        return { kind: 'cover', rows: block.rows.map((row) => this.#coverRow(row)) };
      case 'numbered':
        return {
          kind: 'numbered',
          items: block.items.map(({ number, text, parts }) => ({
            number,
            text: this.#lines(text, width - 40),
            parts: parts.map((part) => this.#lines(part, width - 80)),
          })),
        };
      case 'bullets':
        return { kind: 'bullets', items: block.items.map((item) => this.#lines(item, width - 40)) };
      case 'table':
        return this.#table(block);
      case 'chart':
        return {
          ...block,
          title: this.#text(writableLine(block.title), width),
          sentence: this.#text(writableLine(block.sentence), width),
          alt: writableLine(block.alt),
          svg: this.#shown(writableText(block.svg)),
          table: this.#table(block.table),
        };
      case 'contact':
        return { ...block, text: this.#lines(block.text, width) };
    }
  }

  missingNote(): object {
    const note = `${standIn} stands for a character that the fonts of this PDF do not have. The Word document and the page on the screen hold it.`;
    return { kind: 'text', text: this.#lines(note, this.#page.width), style: 'quiet' };
  }

  #coverRow(row: readonly { key: string; value: Words }[]): object[] {
    const pairs = row.slice(0, 2);
    const span = pairs.length === 1 ? 2 : 1;
    const cells = pairs.map(({ key, value }, at) => {
      const widthOf = (from: number) =>
        (coverShares.slice(from, from + span).reduce((sum, share) => sum + share, 0) / coverShare) *
          this.#page.width -
        12;
      return {
        key: this.#cell([{ text: writableLine(key), strong: true }], null, widthOf(at * 2)),
        value: this.#cell(value, null, widthOf(at * 2 + span)),
      };
    });
    const breakable = cells.some(({ key, value }) => key.breakable || value.breakable);
    return cells.map(({ key, value }) => ({
      span,
      key: { ...key, breakable },
      value: { ...value, breakable },
    }));
  }

  #table(table: LaidOutTable): object {
    const whole = table.columns.reduce((sum, { share }) => sum + share, 0);
    const widths = table.columns.map(({ share }) => (share / whole) * this.#page.width - 9);
    return {
      ...table,
      caption: table.caption === null ? null : this.#text(table.caption, this.#page.width),
      columns: table.columns.map(({ header, share, numeric }, at) => ({
        share,
        numeric,
        ...this.#cell(header, null, widths[at] ?? 0),
      })),
      rows: table.rows.map((row) => {
        const cells = row.map(({ text, fill }, at) => this.#cell(text, fill, widths[at] ?? 0));
        // A row splits only where all its cells may.
        const breakable = cells.some((cell) => cell.breakable);
        return cells.map((cell) => ({ ...cell, breakable }));
      }),
    };
  }

  #cell(text: Words, fill: string | null, width: number): SheetCell {
    const size = this.#size * 0.82;
    // A row that would not fit on a page has to split, or its end would be lost.
    const lines = plainText(text)
      .split('\n')
      .reduce((sum, line) => sum + Math.ceil((textWidth(line, size) * 1.15) / width) + 0.4, 0);
    const breakable = lines * size * 1.5 > (this.#page.height - 140) * 0.6;
    return { lines: this.#lines(text, width, size), fill, breakable };
  }

  #lines(words: Words, width: number, size = this.#size): SheetLine[] {
    return paragraphsOf(words).map(({ runs, rightToLeft }) => ({
      rtl: rightToLeft,
      runs: runs.map(({ text, strong, quiet, struck, figure }) => ({
        t: this.#text(text, width, size),
        ...(strong === true ? { strong } : {}),
        ...(quiet === true ? { quiet } : {}),
        ...(struck === true ? { struck } : {}),
        ...(figure === true ? { figure } : {}),
      })),
    }));
  }

  /** The text as the fonts can show it; a word that is wider than its column may break anywhere. */
  #text(text: string, width: number, size = this.#size): string {
    return this.#shown(text).replace(/\S{6,}/g, (word) =>
      textWidth(word, size) * 1.08 <= width ? word : graphemesOf(word).join('\u200B'),
    );
  }

  #shown(text: string): string {
    const shown = this.#show(text);
    this.missing ||= shown !== text;
    return shown;
  }
}
