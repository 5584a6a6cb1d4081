import type { IsoDate } from '../dates.ts';

/**
 * A due date as people write it: a day, a month, "Spring 2021", "as soon as possible". The words
 * are kept beside what they are read as, so that a doubt can always be settled from them.
 */
export type DuePrecision = 'day' | 'month' | 'quarter' | 'period' | 'asap' | 'ongoing' | 'none';

export interface Due {
  /** The words of the cell, as they stand there. */
  asWritten: string;
  from: IsoDate | null;
  /** The last day meant; null for `asap`, `ongoing` and `none`. */
  to: IsoDate | null;
  precision: DuePrecision;
}
