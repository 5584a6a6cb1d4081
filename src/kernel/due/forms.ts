import { addDays, dateOf, lastDayOfMonth, monthName, type IsoDate } from '../dates.ts';
import type { DuePrecision } from './due.ts';
import { monthOf, plainMonthOf } from './month-words.ts';

/**
 * The forms in which a plan writes a date. Each form is a pattern, tried where a word begins,
 * on the text in small letters. British order: the day comes before the month.
 */
export interface Span {
  from: IsoDate;
  to: IsoDate;
}

export interface Form {
  /** The year written, or null where the words leave it open. */
  year: number | null;
  precision: DuePrecision & ('day' | 'month' | 'quarter' | 'period');
  /** The days meant in that year, or null where there is no such day. */
  spanIn: (year: number) => Span | null;
  /** What to ask about, whatever the year. */
  doubts: string[];
  /** "February 14": a month of a year, or a day of a month? Its two numbers as written. */
  either?: { month: number; number: number } | undefined;
}

type Groups = Record<string, string | undefined>;
type Reader = (groups: Groups, quoted: string) => Form | null;

const day = String.raw`(?<day>\d{1,2})\s?(?:st|nd|rd|th)?`;
const month = String.raw`(?<month>[a-z]{3,10})\.?`;
const longYear = String.raw`(?<year>(?:19|20)\d{2})`;
const anyYear = String.raw`(?<year>(?:19|20)\d{2}|'?\s?\d{2})`;
const gap = String.raw`[\s,.\-/]*`;
const end = String.raw`(?![a-z0-9])`;

/** In the order tried: the longer and the plainer first. */
const forms: [string, Reader][] = [
  // 2020-08-01, with or without a time
  [
    String.raw`${longYear}[-/.](?<n2>\d{1,2})[-/.](?<n3>\d{1,2})(?:[t\s]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?z?)?`,
    (g) => dayForm(yearOf(g['year']), Number(g['n2']), Number(g['n3'])),
  ],
  // 01/08/2020, 1.8.20
  [
    String.raw`(?<n1>\d{1,2})\s?[-/.]\s?(?<n2>\d{1,2})\s?[-/.]\s?(?<year>\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?`,
    (g, quoted) => britishForm(Number(g['n1']), Number(g['n2']), yearOf(g['year']), quoted),
  ],
  // 1-5 March 2021
  [
    String.raw`${day}\s?(?:-|to|until|&|and)\s?(?<last>\d{1,2})\s?(?:st|nd|rd|th)?(?:\s+of)?${gap}${month}(?:${gap}${longYear})?`,
    (g, quoted) => daysOfMonth(g, quoted),
  ],
  // 5th November 2014, 5-Nov-14
  [
    String.raw`${day}(?:\s+of)?${gap}${month}${gap}${anyYear}`,
    (g, quoted) => monthly(g, quoted, (m) => dayForm(yearOf(g['year']), m, Number(g['day']))),
  ],
  // November 5th 2014, Aug 3, 2020
  [
    String.raw`${month}\s*${day}${gap}${longYear}`,
    (g, quoted) => monthly(g, quoted, (m) => dayForm(yearOf(g['year']), m, Number(g['day']))),
  ],
  // September 2014, Sept '14
  [
    String.raw`${month}${gap}(?:of\s+)?(?<year>(?:19|20)\d{2}|'\s?\d{2})`,
    (g, quoted) => monthly(g, quoted, (m) => monthForm(yearOf(g['year']), m)),
  ],
  // Dec-20, as Excel writes a month; "February 14", which may be either
  [
    String.raw`${month}(?<dash>\s?-\s?|\s*)(?<number>\d{2})`,
    (g, quoted) =>
      monthly(g, quoted, (m) => {
        const number = Number(g['number']);
        const form = monthForm(2000 + number, m);
        return g['dash']?.trim() === '-' ? form : { ...form, either: { month: m, number } };
      }),
  ],
  // November 5th
  [
    String.raw`${month}\s*(?<day>\d{1,2})\s?(?:st|nd|rd|th)?`,
    (g, quoted) => monthly(g, quoted, (m) => dayForm(null, m, Number(g['day']))),
  ],
  // 31 March
  [
    String.raw`${day}(?:\s+of)?[\s\-/]*${month}`,
    (g, quoted) => monthly(g, quoted, (m) => dayForm(null, m, Number(g['day']))),
  ],
  // 08/2020, 2020-08
  [
    String.raw`(?<month2>\d{1,2})\s?[-/.]\s?(?<year>20\d{2})`,
    (g) => monthNumberForm(yearOf(g['year']), Number(g['month2'])),
  ],
  // Q2 2021/22, quarter 3, 2020
  [
    String.raw`(?:q|qtr\.?\s?|quarter\s)\s?(?<quarter>[1-4])(?:(?:\s*,?\s*(?:of\s+)?|\s?[-/]\s?)(?:fy\s?)?(?:(?<year>20\d{2})(?:\s?[-/]\s?(?<next>(?:20)?\d{2}))?|(?<short>\d{2})\s?[-/]\s?(?<shortNext>\d{2})|'(?<short2>\d{2})))?`,
    (g, quoted) => quarterForm(g, quoted),
  ],
  // first quarter of 2021/22
  [
    String.raw`(?<quarterWord>first|1st|second|2nd|third|3rd|fourth|4th|final|last)\s+(?:quarter|qtr)(?:\s*,?\s*(?:of\s+)?(?<year>20\d{2})(?:\s?[-/]\s?(?<next>(?:20)?\d{2}))?)?`,
    (g, quoted) => quarterForm(g, quoted),
  ],
  // 2021/22 Q2
  [
    String.raw`(?<year>20\d{2})(?:\s?[-/]\s?(?<next>(?:20)?\d{2}))?\s*,?\s*(?:q|quarter\s)\s?(?<quarter>[1-4])`,
    (g, quoted) => quarterForm(g, quoted),
  ],
  // spring 2021, autumn term
  [
    String.raw`(?<season>spring|summer|autumn|winter|christmas)(?<term>\s+(?:half[\s-]?)?term|\s+holidays?)?(?:\s*,?\s*(?:of\s+)?(?<year>20\d{2}|'?\d{2}))?`,
    (g, quoted) => seasonForm(g, quoted),
  ],
  // financial year 2021/22, academic year 2021-22
  [
    String.raw`(?<kind>(?:financial|academic|school)\s+year\s+|fy\s?)?(?<year>20\d{2})\s?[-/]\s?(?<next>(?:20)?\d{2})`,
    (g, quoted) => yearPairForm(g, quoted),
  ],
  // 2020-08
  [
    String.raw`(?<year>20\d{2})\s?[-/.]\s?(?<month2>\d{1,2})`,
    (g) => monthNumberForm(yearOf(g['year']), Number(g['month2'])),
  ],
  // 2021
  [
    String.raw`(?<year>20\d{2})`,
    (g, quoted) => ({
      year: yearOf(g['year']),
      precision: 'period',
      spanIn: (year) => between(dateOf(year, 1, 1), dateOf(year, 12, 31)),
      doubts: [`“${quoted}” is read as the whole of that year.`],
    }),
  ],
  // September
  [
    month,
    (g) => {
      const found = plainMonthOf(g['month'] ?? '');
      return found === null ? null : monthForm(null, found);
    },
  ],
];

const compiled = forms.map(([pattern, read]) => ({
  pattern: new RegExp(pattern + end, 'y'),
  read,
}));

/**
 * The first form that stands at this place of the text.
 * `small` is the text in small letters, `text` the same as it was written.
 */
export function formAt(
  small: string,
  text: string,
  at: number,
): { form: Form; end: number } | null {
  for (const { pattern, read } of compiled) {
    pattern.lastIndex = at;
    const match = pattern.exec(small);
    if (match?.groups === undefined) continue;
    const form = read(match.groups, text.slice(at, at + match[0].length).trim());
    if (form !== null) return { form, end: at + match[0].length };
  }
  return null;
}

function yearOf(written: string | undefined): number | null {
  const digits = (written ?? '').replace(/\D/g, '');
  if (digits === '') return null;
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

function between(from: IsoDate | null, to: IsoDate | null): Span | null {
  return from === null || to === null ? null : { from, to };
}

/** One day, or the month of that number in that year when `dayOfMonth` is not a number of days. */
export function dayForm(year: number | null, monthNumber: number, dayOfMonth: number): Form {
  return {
    year,
    precision: 'day',
    spanIn: (y) => {
      const date = dateOf(y, monthNumber, dayOfMonth);
      return between(date, date);
    },
    doubts: [],
  };
}

export function monthForm(year: number | null, monthNumber: number): Form {
  return { year, precision: 'month', spanIn: (y) => monthSpan(y, monthNumber), doubts: [] };
}

function monthNumberForm(year: number | null, monthNumber: number): Form | null {
  return monthNumber >= 1 && monthNumber <= 12 ? monthForm(year, monthNumber) : null;
}

function monthSpan(year: number, monthNumber: number): Span | null {
  const first = dateOf(year, monthNumber, 1);
  return first === null ? null : { from: first, to: lastDayOfMonth(first) };
}

/** Whole months from one to another, the last perhaps of the next year. */
function months(year: number, first: number, lastYear: number, last: number): Span | null {
  return between(monthSpan(year, first)?.from ?? null, monthSpan(lastYear, last)?.to ?? null);
}

function monthly(groups: Groups, quoted: string, make: (month: number) => Form): Form | null {
  const found = monthOf(groups['month'] ?? '');
  if (found === null) return null;
  const form = make(found.month);
  if (!found.misspelt) return form;
  const doubt = `“${quoted}” is read as ${monthName(found.month)}: the month is not spelt so.`;
  return { ...form, doubts: [...form.doubts, doubt] };
}

/** Day, month, year; where only the other order gives a day, that one, with a question. */
function britishForm(n1: number, n2: number, year: number | null, quoted: string): Form {
  if (n2 > 12 && n2 <= 31 && n1 >= 1 && n1 <= 12) {
    const doubt = `“${quoted}” is read with the month first: ${n2} ${monthName(n1)}.`;
    return { ...dayForm(year, n1, n2), doubts: [doubt] };
  }
  return dayForm(year, n2, n1);
}

function daysOfMonth(groups: Groups, quoted: string): Form | null {
  return monthly(groups, quoted, (m) => ({
    year: yearOf(groups['year']),
    precision: 'period',
    spanIn: (y) =>
      between(dateOf(y, m, Number(groups['day'])), dateOf(y, m, Number(groups['last']))),
    doubts: [],
  }));
}

const quarterWords = ['first', 'second', 'third', 'fourth'];

/** Quarters of the financial year, from April to March, as councils count them. */
function quarterForm(groups: Groups, quoted: string): Form | null {
  const word = groups['quarterWord'] ?? '';
  const quarter =
    Number(groups['quarter'] ?? word.replace(/\D/g, '')) ||
    (word === 'final' || word === 'last' ? 4 : quarterWords.indexOf(word) + 1);
  if (quarter < 1 || quarter > 4) return null;
  const year = yearOf(groups['year'] ?? groups['short'] ?? groups['short2']);
  const next = yearOf(groups['next'] ?? groups['shortNext']);
  if (next !== null && year !== null && next !== year + 1) return null;
  const first = [4, 7, 10, 1][quarter - 1] ?? 4;
  const yearStarts = (y: number): number => (quarter === 4 ? y + 1 : y);
  const spanIn = (y: number): Span | null => months(yearStarts(y), first, yearStarts(y), first + 2);
  const doubts: string[] = [];
  if (next === null) {
    const words = `${monthName(first)} to ${monthName(first + 2)}`;
    doubts.push(
      year === null
        ? `“${quoted}” is read as a quarter of the financial year: ${words}.`
        : `“${quoted}” is read as a quarter of the financial year: ${words} ${yearStarts(year)}.`,
    );
  }
  return { year, precision: 'quarter', spanIn, doubts };
}

function seasonForm(groups: Groups, quoted: string): Form | null {
  const season = groups['season'] ?? '';
  const term = (groups['term'] ?? '').includes('term');
  const year = yearOf(groups['year']);
  const doubts = [`“${quoted}” is not an exact date.`];
  if (season === 'christmas') return { ...dayForm(year, 12, 25), doubts };
  const spans: Record<string, [number, number]> = term
    ? { spring: [1, 3], summer: [4, 7], autumn: [9, 12] }
    : { spring: [3, 5], summer: [6, 8], autumn: [9, 11], winter: [12, 2] };
  const span = spans[season];
  if (span === undefined) return null;
  const [first, last] = span;
  return {
    year,
    precision: 'period',
    spanIn: (y) => months(y, first, last < first ? y + 1 : y, last),
    doubts,
  };
}

function yearPairForm(groups: Groups, quoted: string): Form | null {
  const year = yearOf(groups['year']);
  if (year === null || yearOf(groups['next']) !== year + 1) return null;
  const academic = /academic|school/.test(groups['kind'] ?? '');
  return {
    year,
    precision: 'period',
    spanIn: (y) => (academic ? months(y, 9, y + 1, 8) : months(y, 4, y + 1, 3)),
    doubts: [
      academic
        ? `“${quoted}” is read as September ${year} to August ${year + 1}.`
        : `“${quoted}” is read as the financial year, April ${year} to March ${year + 1}.`,
    ],
  };
}

/** The seven days from that one. */
export function weekFrom(first: IsoDate): Span {
  return { from: first, to: addDays(first, 6) };
}
