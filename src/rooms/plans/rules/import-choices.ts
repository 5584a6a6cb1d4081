import type { RagColour } from './picture.ts';
import type { ColumnMeaning, Due, Rag, Status } from './reading.ts';

/**
 * What the person decided while preparing an import: the mapping of columns, the meaning of
 * each colour, and corrections of single rows. Kept beside the reading, which stays as read.
 */
export interface ImportChoices {
  title: string;
  /** Empty while the columns are as they were recognised. */
  columns: { table: string; index: number; meaning: ColumnMeaning }[];
  ragScheme: RagColour[];
  /** The person said what each colour means; until then none of it is taken as said. */
  schemeConfirmed: boolean;
  /** Where a row says no status, take the one that its colour stands for. */
  statusFromColour: boolean;
  /** By the `where` of the action's cell. */
  rows: Record<string, RowChoice>;
}

/** A correction of one row: each field that is there replaces what was read. */
export interface RowChoice {
  /** Not to be imported, by the person's choice. */
  leaveOut?: boolean;
  text?: string;
  leads?: string[];
  due?: Due;
  revised?: boolean;
  claimedRag?: Rag | null;
  status?: Status | null;
  /** The person looked at this row's doubts and accepts the reading. */
  accepted?: boolean;
}
