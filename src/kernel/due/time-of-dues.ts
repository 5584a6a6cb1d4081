import type { IsoDate } from '../dates.ts';
import type { DueReading } from './read-due.ts';

/** The first, middle and last of the dates that leave no doubt: the time in which a paper lies. */
export function timeOfDues(readings: readonly DueReading[]): IsoDate[] {
  const dates = readings
    .flatMap(({ due, doubts }) => (doubts.length === 0 && due.to !== null ? [due.to] : []))
    .sort();
  if (dates.length <= 3) return dates;
  return [0, Math.floor(dates.length / 2), dates.length - 1].flatMap((at) => dates[at] ?? []);
}
