import { writeXlsx } from 'hucre';
import type { Cell, CellStyle, WriteSheet } from 'hucre';
import type { IsoDate } from '#kernel/dates.ts';
import { writableLine, writableText } from './writable-text.ts';

/** A value of a cell: a text is never a formula, a date is a real one, a fill has six hexadecimal digits. */
export type WorkbookValue =
  string | number | null | { date: IsoDate } | { text: string; fill: string };

export interface WorkbookColumn {
  header: string;
  /** In characters of the usual font. */
  width: number;
  /** A short list of words offered to whoever edits the column; other words are allowed. */
  choices?: readonly string[];
  /** The background of its header, where it is to stand out; six hexadecimal digits. */
  fill?: string;
}

export interface WorkbookSheet {
  name: string;
  columns: readonly WorkbookColumn[];
  rows: readonly (readonly WorkbookValue[])[];
  /** How many columns, from the first, go on paper; the rest is for the screen. */
  printedColumns: number;
  /** At the foot of every printed page, beside its number. */
  footer: string;
}

export interface WorkbookHead {
  title: string;
  author: string;
  madeAt: Date;
}

/** Excel's own limit for the text of one cell. A longer file is called damaged by Excel. */
export const longestCellText = 32_767;
const cutNotice = ' … (cut here: Excel holds no longer text)';

/**
 * An .xlsx file: on each sheet one header row, frozen and repeated on paper, no merged and no
 * hidden cells, wrapped text, A4 landscape.
 */
export async function writeWorkbook(
  head: WorkbookHead,
  sheets: readonly WorkbookSheet[],
): Promise<Uint8Array> {
  return await writeXlsx({
    sheets: sheets.map(hucreSheet),
    defaultFont: { name: 'Arial', size: 10 },
    properties: {
      title: writableLine(head.title),
      creator: writableLine(head.author),
      created: head.madeAt,
      modified: head.madeAt,
    },
  });
}

const wrapped = { wrapText: true, vertical: 'top' } as const;
const line = { style: 'thin', color: { rgb: 'B1B4B6' } } as const;
const border = { top: line, bottom: line, left: line, right: line };
const styles = {
  header: {
    font: { name: 'Arial', size: 10, bold: true },
    fill: solid('E3E6EA'),
    alignment: wrapped,
    border,
  },
  // The format "text": what a person types here later stays text too, so that 1.10 is not 1.1.
  text: { numFmt: '@', alignment: wrapped, border },
  number: { alignment: wrapped, border },
  date: { numFmt: 'd mmmm yyyy', alignment: { ...wrapped, horizontal: 'left' }, border },
} satisfies Record<string, CellStyle>;

function hucreSheet(sheet: WorkbookSheet): WriteSheet {
  const cells = new Map<string, Partial<Cell>>();
  sheet.columns.forEach((column, at) => {
    const fill = column.fill === undefined ? {} : { fill: solid(column.fill) };
    cells.set(`0,${at}`, { ...textCell(column.header), style: { ...styles.header, ...fill } });
  });
  sheet.rows.forEach((row, index) => {
    row.forEach((value, at) => cells.set(`${index + 1},${at}`, cellOf(value)));
  });
  const lastRow = sheet.rows.length + 1;
  const lastColumn = columnLetter(sheet.columns.length);
  return {
    name: sheet.name,
    columns: sheet.columns.map(({ width }) => ({ width })),
    rows: [],
    cells,
    rowDefs: rowHeights(sheet),
    freezePane: { rows: 1 },
    autoFilter: { range: `A1:${lastColumn}${lastRow}` },
    dataValidations: sheet.columns.flatMap((column, at) =>
      validation(column, `${columnLetter(at + 1)}2:${columnLetter(at + 1)}${Math.max(lastRow, 2)}`),
    ),
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
      printTitlesRow: '$1:$1',
      printArea: `$A$1:$${columnLetter(sheet.printedColumns)}$${lastRow}`,
    },
    headerFooter: { oddFooter: `&L${pageText(sheet.footer)}&RPage &P of &N` },
    a11y: { headerRow: 0 },
  };
}

/** LibreOffice does not grow a row to its wrapped text by itself, so each is given its height. */
function rowHeights(sheet: WorkbookSheet): Map<number, { height: number }> {
  const rows = [sheet.columns.map(({ header }) => header), ...sheet.rows];
  return new Map(
    rows.map((row, index) => {
      const lines = row.map((value, at) => linesOf(value, sheet.columns[at]?.width ?? 10));
      return [index, { height: Math.min(Math.max(...lines, 1) * 13 + 3, tallestRow) }];
    }),
  );
}

/** Excel's own limit, in points. */
const tallestRow = 409;

/** How many lines the text takes, by a guess from its length. */
function linesOf(value: WorkbookValue, width: number): number {
  const text = typeof value === 'string' ? value : '';
  const fitting = Math.max(width * 1.05, 1);
  return text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(Math.ceil(line.length / fitting), 1), 0);
}

function cellOf(value: WorkbookValue): Partial<Cell> {
  if (value === null) return { value: null, style: styles.text };
  if (typeof value === 'number') return { value, style: styles.number };
  if (typeof value === 'string') return { ...textCell(value), style: styles.text };
  if ('fill' in value) {
    return { ...textCell(value.text), style: { ...styles.text, fill: solid(value.fill) } };
  }
  // Excel's calendar has no day before 1900, and takes 1900 for a leap year.
  if (value.date < '1900-03-01') return { ...textCell(value.date), style: styles.text };
  return { value: new Date(`${value.date}T00:00:00Z`), style: styles.date };
}

/** Names of Excel's errors: as a plain value the library would write such an error, not its words. */
const errorName = /^#[A-Z_/0-9]+[!?]?$/;

function textCell(text: string): Pick<Cell, 'value' | 'type'> & Partial<Pick<Cell, 'richText'>> {
  const value = cellText(text);
  return errorName.test(value)
    ? { value, type: 'richText', richText: [{ text: value }] }
    : { value, type: 'string' };
}

function cellText(text: string): string {
  // In a cell, _x0041_ stands for "A": a text that happens to say so is marked as text.
  const escaped = writableText(text).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  if (escaped.length <= longestCellText) return escaped;
  return escaped.slice(0, longestCellText - cutNotice.length).toWellFormed() + cutNotice;
}

function validation(
  column: WorkbookColumn,
  range: string,
): NonNullable<WriteSheet['dataValidations']> {
  const choices = column.choices ?? [];
  // Excel takes a list of at most 255 characters, parted by commas.
  const fits = choices.join(',').length <= 255 && !choices.some((choice) => /[,"]/.test(choice));
  if (choices.length === 0 || !fits) return [];
  return [
    {
      type: 'list',
      values: choices.map(writableLine),
      range,
      allowBlank: true,
      showErrorMessage: true,
      errorStyle: 'warning',
      errorTitle: column.header,
      errorMessage: `Usual words: ${choices.join(', ')}.`.slice(0, 220),
    },
  ];
}

/** Header and footer codes begin with "&", and the whole may have 255 characters. */
function pageText(text: string): string {
  return writableLine(text).slice(0, 100).toWellFormed().replaceAll('&', '&&');
}

function solid(rgb: string): { type: 'pattern'; pattern: 'solid'; fgColor: { rgb: string } } {
  return { type: 'pattern', pattern: 'solid', fgColor: { rgb } };
}

/** 1 is A, 27 is AA. */
function columnLetter(number: number): string {
  const last = String.fromCharCode(65 + ((number - 1) % 26));
  return number <= 26 ? last : columnLetter(Math.floor((number - 1) / 26)) + last;
}
