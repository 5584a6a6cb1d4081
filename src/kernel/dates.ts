import { Temporal } from 'temporal-polyfill';

/**
 * Dates travel as text, `YYYY-MM-DD`, and have no time zone: a due date is a day in London.
 * Every function here is pure; the time is given by the caller.
 */
declare const isoDate: unique symbol;
export type IsoDate = string & { readonly [isoDate]: true };

/** The text as a date, or null when it is not a real day written `YYYY-MM-DD`. */
export function parseIsoDate(text: string): IsoDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  return dateOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)));
}

/** The day of these numbers (month 1 to 12), or null when there is no such day, such as 31 February. */
export function dateOf(year: number, month: number, day: number): IsoDate | null {
  if (year < 1000 || year > 9999) return null;
  try {
    return Temporal.PlainDate.from(
      { year, month, day },
      { overflow: 'reject' },
    ).toString() as IsoDate;
  } catch {
    return null;
  }
}

/** The London day on which this instant falls. */
export function londonDay(instant: Date): IsoDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO('Europe/London')
    .toPlainDate()
    .toString() as IsoDate;
}

/** The day that many days later (earlier when negative). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ days }).toString() as IsoDate;
}

/** The day that many months later, or the month's last day where there is no such day. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ months }).toString() as IsoDate;
}

/** Whole days from the first to the second; negative when the second is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' })
    .days;
}

/** The last day of the month that this day is in. */
export function lastDayOfMonth(date: IsoDate): IsoDate {
  const day = Temporal.PlainDate.from(date);
  return day.with({ day: day.daysInMonth }).toString() as IsoDate;
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** "4 March 2026" */
export function formatDate(date: IsoDate): string {
  const day = Temporal.PlainDate.from(date);
  return `${day.day} ${monthName(day.month)} ${day.year}`;
}

/** "March 2026" */
export function formatMonth(date: IsoDate): string {
  const day = Temporal.PlainDate.from(date);
  return `${monthName(day.month)} ${day.year}`;
}

/** "4 March 2026 at 9.05am", London time. */
export function formatInstant(instant: Date): string {
  const at = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(
    'Europe/London',
  );
  const hour = at.hour % 12 === 0 ? 12 : at.hour % 12;
  const minute = String(at.minute).padStart(2, '0');
  return `${formatDate(at.toPlainDate().toString() as IsoDate)} at ${hour}.${minute}${at.hour < 12 ? 'am' : 'pm'}`;
}

/** The English name of a month, 1 to 12. */
export function monthName(month: number): string {
  const name = months[month - 1];
  if (name === undefined) throw new RangeError(`No month ${month}`);
  return name;
}
