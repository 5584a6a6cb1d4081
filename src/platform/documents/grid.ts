import type { IsoDate } from '#kernel/dates.ts';

/**
 * What a reader of documents hands on: the tables of a file, cell by cell, with the place of
 * each. Nothing here knows what a plan is.
 */
export interface GridCell {
  /** What a person sees in the cell, trimmed; paragraphs and bullets are lines. Never null. */
  text: string;
  /** The real date of a date cell, else null. A text that looks like a date is not one. */
  date: IsoDate | null;
  /** The background as six hexadecimal digits in capitals, such as `FFC000`; null for none, or white. */
  fill: string | null;
  /**
   * The place as a person would say it, counted from 1: `Plan!B4`, `csv!B4`, or `table 2 row 5
   * cell 3`, the third cell that is seen in that row however many columns it spans.
   */
  where: string;
  /** In a merged area, the place of the area's first cell where this is not it; else null. */
  mergedInto: string | null;
  /** Text struck through, which its author meant to be read as deleted. Not part of `text`. */
  struck: string | null;
}

export interface GridTable {
  /** The sheet's name, or `table 2`. */
  name: string;
  /** Headings and text that stood before the table in a Word document, nearest last. */
  before: string[];
  /** Every row as long as the widest; a merged cell is repeated, with `mergedInto`. */
  rows: GridCell[][];
  /** The sheet is hidden from whoever opens the workbook. */
  hidden: boolean;
  /** Rows (index in `rows`) that are hidden or filtered out of sight. */
  hiddenRows: number[];
}

export interface GridProblem {
  /** A cell's `where`; a table's `name`; or `workbook`, `document` or `csv` for the whole file. */
  where: string;
  severity: 'error' | 'doubt';
  message: string;
}

export interface DocumentGrid {
  format: 'xlsx' | 'docx' | 'csv';
  tables: GridTable[];
  /** What a person should know of the file itself: hidden sheets, tracked changes, comments left out. */
  problems: GridProblem[];
}

/** A file that is not read at all, with the reason and what to do, in plain words. */
export interface DocumentRefusal {
  refused: string;
}
