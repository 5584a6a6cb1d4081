import { addDays, dateOf, daysBetween, type IsoDate } from './dates.ts';

/**
 * Working days in England: Monday to Friday, without bank holidays. The usual ones follow from the
 * Banking and Financial Dealings Act 1971 and its yearly substitutes; those that were moved or
 * proclaimed once are listed. A day proclaimed after this was written counts as a working day.
 */
export function isWorkingDay(day: IsoDate): boolean {
  return !isWeekend(day) && !bankHolidays(Number(day.slice(0, 4))).has(day);
}

/** How many working days passed after the one day, up to and with the other; 0 where it is not later. */
export function workingDaysBetween(from: IsoDate, to: IsoDate): number {
  let count = 0;
  for (let day = from, left = daysBetween(from, to); left > 0; left -= 1) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) count += 1;
  }
  return count;
}

/** The latest day after which so many working days have passed, up to and with the given one. */
export function workingDaysBack(to: IsoDate, count: number): IsoDate {
  let day = to;
  for (let left = count; left > 0; day = addDays(day, -1)) if (isWorkingDay(day)) left -= 1;
  return day;
}

const known = new Map<number, ReadonlySet<IsoDate>>();

function bankHolidays(year: number): ReadonlySet<IsoDate> {
  const before = known.get(year);
  if (before !== undefined) return before;
  const easter = easterSunday(year);
  const days = new Set<IsoDate>([
    nextFree(on(year, 1, 1), []),
    addDays(easter, -2),
    addDays(easter, 1),
    mayDays[year] ?? mondayFrom(on(year, 5, 1)),
    springDays[year] ?? mondayFrom(on(year, 5, 25)),
    mondayFrom(on(year, 8, 25)),
    ...christmas(year),
    ...(onceOnly[year] ?? []).map((day) => day as IsoDate),
  ]);
  known.set(year, days);
  return days;
}

/** The early May holiday where it was moved: for the anniversaries of VE Day. */
const mayDays: Readonly<Record<number, IsoDate>> = {
  1995: '1995-05-08' as IsoDate,
  2020: '2020-05-08' as IsoDate,
};

/** The spring holiday where it was moved: for jubilees. */
const springDays: Readonly<Record<number, IsoDate>> = {
  2002: '2002-06-04' as IsoDate,
  2012: '2012-06-04' as IsoDate,
  2022: '2022-06-02' as IsoDate,
};

/** Proclaimed once: a millennium, a wedding, jubilees, a state funeral, a coronation. */
const onceOnly: Readonly<Record<number, readonly string[]>> = {
  1999: ['1999-12-31'],
  2002: ['2002-06-03'],
  2011: ['2011-04-29'],
  2012: ['2012-06-05'],
  2022: ['2022-06-03', '2022-09-19'],
  2023: ['2023-05-08'],
};

/** Christmas Day and Boxing Day, each on the next free weekday where it falls on a weekend. */
function christmas(year: number): IsoDate[] {
  const days = [on(year, 12, 25), on(year, 12, 26)];
  const kept = days.filter((day) => !isWeekend(day));
  for (const day of days.filter(isWeekend)) kept.push(nextFree(day, kept));
  return kept;
}

function nextFree(day: IsoDate, taken: readonly IsoDate[]): IsoDate {
  let free = day;
  while (isWeekend(free) || taken.includes(free)) free = addDays(free, 1);
  return free;
}

function mondayFrom(day: IsoDate): IsoDate {
  let monday = day;
  while (weekday(monday) !== 1) monday = addDays(monday, 1);
  return monday;
}

/** The Sunday of Easter in the Gregorian calendar, by the anonymous algorithm of 1876. */
function easterSunday(year: number): IsoDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return on(year, Math.floor(n / 31), (n % 31) + 1);
}

function on(year: number, month: number, day: number): IsoDate {
  const date = dateOf(year, month, day);
  if (date === null) throw new RangeError(`No day ${year}-${month}-${day}`);
  return date;
}

const isWeekend = (day: IsoDate): boolean => [0, 6].includes(weekday(day));

/** 0 is Sunday. */
function weekday(day: IsoDate): number {
  return ((daysBetween('1970-01-04' as IsoDate, day) % 7) + 7) % 7;
}
