import { addMonths, formatDate, lastDayOfMonth, type IsoDate } from '#kernel/dates.ts';
import { readDue } from '#kernel/due/read-due.ts';
import { precisionWords } from './own-export.ts';
import type { Due, DuePrecision } from './reading.ts';

/** The four cells of a due date in our own export, as they stand when the file comes back. */
export interface OwnDueCells {
  asWritten: string;
  from: IsoDate | null;
  to: IsoDate | null;
  /** The words of the cell: "Day", "As soon as possible". */
  precision: string;
}

/**
 * The due date of the four cells. As they were sent out they agree, and are taken as they are.
 * Where a person changed one of them the day counts, and the doubt says what else stands there.
 */
export function settleOwnDue(cells: OwnDueCells): { due: Due; doubts: string[] } {
  const { asWritten, from, to } = cells;
  const precision = readPrecision(cells.precision);
  if (precision !== null && partsAgree(precision, from, to)) {
    return { due: { asWritten, from, to, precision }, doubts: otherWords(asWritten, to) };
  }
  if (to === null) return withoutDay(cells);
  const due: Due = { asWritten, from: to, to, precision: 'day' };
  // A row that was added: the day alone is enough.
  if (precision === null && from === null) {
    return {
      due: { ...due, asWritten: asWritten || formatDate(to) },
      doubts: otherWords(asWritten, to),
    };
  }
  const doubt = `The due date is ${formatDate(to)}, which does not fit the cells beside it. It was taken as that day.`;
  return { due: { ...due, asWritten: formatDate(to) }, doubts: [doubt] };
}

/** The day was taken away, or the row was added with words alone. */
function withoutDay({ asWritten, precision }: OwnDueCells): { due: Due; doubts: string[] } {
  const said = readDue(asWritten);
  if (precision === '' || said.due.to === null) return { due: said.due, doubts: said.doubts };
  return {
    due: { asWritten, from: null, to: null, precision: 'none' },
    doubts: [`There is no due date here, though the words say “${asWritten}”. None was taken.`],
  };
}

/** Words that plainly mean another day than the date: one of the two was changed. */
function otherWords(asWritten: string, to: IsoDate | null): string[] {
  const said = readDue(asWritten);
  if (said.doubts.length > 0 || said.due.to === null || said.due.to === to) return [];
  const taken = to === null ? 'no due date' : `the due date ${formatDate(to)}`;
  return [`The words say “${asWritten}” beside ${taken}, which was taken.`];
}

function readPrecision(written: string): DuePrecision | null {
  const precisions = Object.keys(precisionWords) as DuePrecision[];
  return (
    precisions.find((one) => precisionWords[one].toLowerCase() === written.toLowerCase()) ?? null
  );
}

function partsAgree(precision: DuePrecision, from: IsoDate | null, to: IsoDate | null): boolean {
  switch (precision) {
    case 'asap':
    case 'ongoing':
    case 'none':
      return from === null && to === null;
    case 'day':
      return to !== null && (from === null || from === to);
    case 'month':
      return to !== null && (from === null || lastDayOfMonth(from) === to);
    case 'quarter':
      return to !== null && (from === null || lastDayOfMonth(addMonths(from, 2)) === to);
    case 'period':
      return to !== null && (from === null || from <= to);
  }
}
