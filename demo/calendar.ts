import {
  addDays,
  addMonths,
  dateOf,
  daysBetween,
  formatDate,
  formatMonth,
  lastDayOfMonth,
  type IsoDate,
} from '#kernel/dates.ts';
import type { Due } from '#plans';

/**
 * The days of the demonstration, all counted from the day on which it is loaded, so that its
 * plans are always under way. Nothing in the content names a month of its own.
 */
export interface Calendar {
  readonly today: IsoDate;
  /** "March 2026": that many months from now; negative for the past. */
  month(offset: number): string;
  /** "2026": the year of that month. */
  year(offset: number): string;
  /** "4 March 2026": that many days from now, on a working day. */
  day(offset: number): string;
  /** Due in that month. The last day of an earlier month is always past; of this one never. */
  byMonth(offset: number): Due;
  /** Due on a working day, at most two days before the day that many days from now. */
  byDay(offset: number): Due;
  /** The first day of that month. */
  monthStart(offset: number): IsoDate;
  /** The last day of that month. */
  monthEnd(offset: number): IsoDate;
}

/** No day by which it can be held to, in the words that plans use. */
export const ongoing: Due = { asWritten: 'Ongoing', from: null, to: null, precision: 'ongoing' };
export const asSoonAsPossible: Due = { asWritten: 'ASAP', from: null, to: null, precision: 'asap' };
export const noDate: Due = { asWritten: '', from: null, to: null, precision: 'none' };

/** The calendar as seen from one day. */
export function calendarFrom(today: IsoDate): Calendar {
  const thisMonth = firstOfMonth(today);
  const monthStart = (offset: number) => addMonths(thisMonth, offset);
  const monthEnd = (offset: number) => lastDayOfMonth(monthStart(offset));
  const workingDay = (offset: number) => workingDayBefore(addDays(today, offset));
  return {
    today,
    month: (offset) => formatMonth(monthStart(offset)),
    year: (offset) => monthStart(offset).slice(0, 4),
    day: (offset) => formatDate(workingDay(offset)),
    byMonth: (offset) => ({
      asWritten: formatMonth(monthStart(offset)),
      from: monthStart(offset),
      to: monthEnd(offset),
      precision: 'month',
    }),
    byDay: (offset) => {
      const day = workingDay(offset);
      return { asWritten: formatDate(day), from: day, to: day, precision: 'day' };
    },
    monthStart,
    monthEnd,
  };
}

/** This day, or the Friday before it at a weekend: people write on working days. */
export function workingDayBefore(date: IsoDate): IsoDate {
  const weekday = (((daysBetween(aMonday, date) % 7) + 7) % 7) + 1;
  return weekday <= 5 ? date : addDays(date, 5 - weekday);
}

const aMonday = real(dateOf(2024, 1, 1));

function firstOfMonth(date: IsoDate): IsoDate {
  return real(dateOf(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 1));
}

function real(date: IsoDate | null): IsoDate {
  if (date === null) throw new RangeError('No such day');
  return date;
}
