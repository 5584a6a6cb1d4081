import type { IsoDate } from '#kernel/dates.ts';

/**
 * A paper as one list of blocks, from which Word, PDF and HTML are made: whoever writes a paper
 * says what its parts are, and never how one of the three shows them.
 */
export interface Paper {
  head: PaperHead;
  blocks: readonly Block[];
}

export interface PaperHead {
  /** The title of the document: in its properties and at the head of every page. */
  title: string;
  /** Who answers for the paper: in its properties. */
  author: string;
  /** The day that its figures are bound to: at the head of every page. */
  asAt: IsoDate;
  /** "Public", or "Non-public" with its ground: at the head of every page. */
  classification: string;
  /** Said before the classification: "Draft 3". Nothing where the paper is final. */
  status?: string;
  /** At the foot of every page. */
  printed: { by: string; at: Date };
  orientation: 'portrait' | 'landscape';
}

/** A piece of text that looks the same throughout. It is text: nothing in it is markup. */
export interface Run {
  text: string;
  strong?: boolean;
  quiet?: boolean;
  /** A value that stands no more. */
  struck?: boolean;
  /** A number bound to the paper's day: marked quietly, and frozen when a report is finalised. */
  figure?: boolean;
}

/** A plain text, or runs. A new line begins a new paragraph; in a heading or a key, a space. */
export type Words = string | readonly Run[];

export type Block =
  | { kind: 'title'; text: string }
  /** The table at the head of a committee paper: one or two pairs a row, each key a row header. */
  | { kind: 'cover'; rows: readonly (readonly CoverPair[])[] }
  | {
      kind: 'heading';
      level: 1 | 2 | 3;
      text: string;
      /** An appendix begins a page in Word and PDF. */
      newPage?: boolean;
    }
  | { kind: 'text'; text: Words; style?: 'lead' | 'quiet'; keepWithNext?: boolean }
  /** A paragraph with the next number of the paper ("7."), and its parts: "(a)", "(b)". */
  | { kind: 'numbered'; text: Words; parts?: readonly Words[] }
  | { kind: 'bullets'; items: readonly Words[] }
  | TableBlock
  | ChartBlock
  /** "Figures marked like this are as at 27 November 2014." */
  | { kind: 'figures-note'; asAt: IsoDate }
  | ContactBlock;

export interface CoverPair {
  key: string;
  value: Words;
}

/** A table whose header row is repeated on every page and whose rows do not split. */
export interface TableBlock {
  kind: 'table';
  /** Above the table, which it names. Nothing where a heading just above says the same. */
  caption?: string;
  /** `share` is the part of the page's width, beside the other columns' shares. */
  columns: readonly { header: string; share: number; numeric?: boolean }[];
  /** The column, from 0, whose cells name their rows. None unless said. */
  rowHeader?: number;
  rows: readonly (readonly Cell[])[];
}

export type Cell = Words | FilledCell;

export interface FilledCell {
  text: Words;
  /** Six hexadecimal digits. Never shown where the cell has no word. */
  fill: string;
}

/** A drawing that nobody needs to see: its title, sentence and table say the same. */
export interface ChartBlock {
  kind: 'chart';
  /** States the finding. */
  title: string;
  sentence: string;
  /** With a `viewBox`, from `#platform/charts`. */
  svg: string;
  alt: string;
  table: TableBlock;
}

/** Whom to ask: a line for each that is given. */
export interface ContactBlock {
  kind: 'contact';
  name: string;
  role?: string;
  department?: string;
  telephone?: string;
  email?: string;
}

/** Each on a line of its own. */
export function inLines(lines: readonly Words[]): Words {
  return lines.flatMap((words, at): readonly Run[] => [
    ...(at === 0 ? [] : [{ text: '\n' }]),
    ...(typeof words === 'string' ? [{ text: words }] : words),
  ]);
}
