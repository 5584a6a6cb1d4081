import type { GridProblem } from './grid.ts';

/** A Word document in the order in which it is read: its headings, paragraphs and tables. */
export interface DocumentOutline {
  blocks: OutlineBlock[];
  /** What a person should know of the file itself: tracked changes, comments left out. */
  problems: GridProblem[];
}

export type OutlineBlock =
  | {
      kind: 'paragraph';
      /** The place as a person would say it: `paragraph 12`, empty ones not counted. */
      where: string;
      /** As it is seen, without `label`. */
      text: string;
      /** Its bullet or number, as Word draws it: `•`, `1.`, `(a)`. Empty for none. */
      label: string;
      /** 1 to 9 for a heading by its style; null for a plain paragraph. */
      heading: number | null;
    }
  | {
      kind: 'table';
      /** `table 2` */
      where: string;
      /** The text of each cell; a merged cell stands once, where it begins, and is empty after. */
      rows: string[][];
      /** The addresses that the words of each row lead to. */
      links: string[][];
    };
