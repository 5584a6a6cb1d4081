/** Which text is taken: the sheet's, the one that stands here, or both. */
export type CellChoice = 'sheet' | 'ours' | 'both';

/** The cells of a row that are chosen one by one. */
export const chosenCells = ['going', 'words', 'shows', 'date'] as const;
export type ChosenCell = (typeof chosenCells)[number];

/** What a person put in for what the sheet left out or wrote so that it could not be read. */
export const mendedCells = ['going', 'words', 'due', 'reason', 'effect'] as const;
export type MendedCell = (typeof mendedCells)[number];

export interface SheetRowChoice {
  /** What stood when it was chosen, as `seenNow` says it: what came later is chosen anew. */
  seen: string;
  cells: Partial<Record<ChosenCell, CellChoice>>;
  mended: Partial<Record<MendedCell, string>>;
}

/** What a person decided of a sheet, by the place of its rows in the reading. */
export interface SheetChoices {
  rows: Record<string, SheetRowChoice>;
}

export const noChoices: SheetChoices = { rows: {} };

/** What was saved of one action. */
export interface SavedOfSheet {
  actionId: string;
  update: boolean;
  date: boolean;
}
