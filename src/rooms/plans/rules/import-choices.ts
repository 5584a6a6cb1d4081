import type { IsoDate } from '#kernel/dates.ts';
import type { RagColour } from './picture.ts';
import type { ColumnMeaning, Due, Rag, Status } from './reading.ts';

/**
 * What the person decided while preparing an import: the mapping of columns, the meaning of
 * each colour, and corrections of single rows. Kept beside the reading, which stays as read.
 */
export interface ImportChoices {
  title: string;
  columns: { table: string; index: number; meaning: ColumnMeaning }[];
  ragScheme: RagColour[];
  /** By the `where` of the action's cell. */
  rows: Record<string, RowChoice>;
}

export interface RowChoice {
  /** Not to be imported, by the person's choice. */
  leaveOut?: boolean;
  text?: string;
  leads?: string[];
  due?: Due;
  /** Overrides whether the date counts as a revised one. */
  revised?: boolean;
  claimedRag?: Rag | null;
  status?: Status | null;
  /** The person looked at this row's doubts and accepts the reading. */
  accepted?: boolean;
}

/** The day on which the imported position holds, and the words of the file it came from. */
export interface ImportOrigin {
  fileName: string;
  positionOn: IsoDate;
}
