import { addDays, dateOf, daysBetween, formatMonth, monthName, type IsoDate } from '../dates.ts';
import { dayForm, formAt, weekFrom, type Form, type Span } from './forms.ts';

/** What is known of when the dates of a plan lie. All of it may be empty. */
export interface NearDates {
  /** The day on which the plan stood as it is written. */
  positionOn?: IsoDate;
  /** Dates elsewhere in the plan that leave no doubt. */
  otherDates?: readonly IsoDate[];
}

export interface FoundDate {
  /** Where its words begin and end in the text. */
  start: number;
  end: number;
  /** Its words, as written. */
  quoted: string;
  /** Null where there is no such day, or no year to be had. */
  span: Span | null;
  precision: 'day' | 'month' | 'quarter' | 'period';
  doubts: string[];
}

interface Piece extends Form {
  start: number;
  end: number;
  edge: Edge | null;
  /** Its number was settled as a year, and may be a day. */
  settled: boolean;
}

type Edge = 'end' | 'start' | 'middle' | 'late' | 'week from' | 'week to';

const edges: [Edge, RegExp][] = [
  [
    'end',
    /(?:\bend|\bclose|\byear[\s-]?end|\bmonth[\s-]?end|\blast day)(?:\s+of)?(?:\s+the)?(?:\s+month)?(?:\s+of)?[\s:-]*$/,
  ],
  ['start', /(?:\bearly|\b(?:beginning|start|first week)\s+of)(?:\s+in)?(?:\s+the)?[\s-]*$/],
  ['middle', /(?:\bmid|\bmiddle\s+of)(?:\s+in)?(?:\s+the)?[\s-]*$/],
  ['late', /\blate(?:\s+in)?[\s-]*$/],
  ['week from', /(?:\bw\s?\/?\s?[cb]\b\.?|\bweek\s+(?:commencing|beginning|starting))[\s:]*$/],
  ['week to', /(?:\bw\s?\/\s?e\b\.?|\bweek\s+ending)[\s:]*$/],
];

/** No cell that says when is longer, in characters; a longer one is a narrative. */
const longestDate = 1000;

/**
 * Every date that the text writes, in order, each with the days meant and what to ask about it.
 * None in a text of more than a thousand characters.
 */
export function findDates(text: string, near: NearDates): FoundDate[] {
  if (text.length > longestDate) return [];
  const small = plain(text);
  const pieces = joinSpans(
    findPieces(small, text).map((piece) => settleEither(piece, text, near)),
    small,
    text,
  );
  return pieces.map((piece) => resolve(piece, text, near));
}

/** The text in small letters, dashes and spaces made plain, each character in its place. */
export function plain(text: string): string {
  return text
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[‐-―−]/g, '-')
    .replace(/[\s\u00a0]/g, ' ')
    .replace(/[’‘`´]/g, "'");
}

function findPieces(small: string, text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < small.length) {
    const found = beginsWord(small, at) ? formAt(small, text, at) : null;
    if (found === null) {
      at += 1;
      continue;
    }
    const before = small.slice(pieces.at(-1)?.end ?? 0, at);
    const edge = edges.find(([, pattern]) => pattern.test(before));
    const start = edge === undefined ? at : at - (edge[1].exec(before)?.[0].length ?? 0);
    if (isBareMonthThatIsAWord(small, at, found.end)) {
      at = found.end;
      continue;
    }
    pieces.push({ ...found.form, start, end: found.end, edge: edge?.[0] ?? null, settled: false });
    at = found.end;
  }
  return pieces;
}

function beginsWord(small: string, at: number): boolean {
  return /[a-z0-9']/.test(small[at] ?? '') && !/[a-z0-9]/.test(small[at - 1] ?? '');
}

/** "may" and "march" are words too: alone they name a month only at the end of what is said. */
function isBareMonthThatIsAWord(small: string, at: number, end: number): boolean {
  if (!/^(?:may|march|mar|dec|sat|sep)$/.test(small.slice(at, end).trim())) return false;
  return /^\s*[a-z]/.test(small.slice(end).replace(/^\s*(?:to|until|and|or)\b/, ''));
}

/** "February 14": a month where the number is a likely year or the words say so, else a day. */
function settleEither(piece: Piece, text: string, near: NearDates): Piece {
  if (piece.either === undefined || piece.edge === 'end') return piece;
  const { month, number } = piece.either;
  const rest: Piece = { ...piece, either: undefined, settled: true };
  const quoted = text.slice(piece.start, piece.end).trim();
  const asMonth = `the month ${monthName(month)} ${2000 + number}`;
  const asDay = `the day ${number} ${monthName(month)}`;
  const couldBeDay = dateOf(2024, month, number) !== null;
  if (!couldBeDay || isLikelyYear(2000 + number, near)) {
    const other = couldBeDay ? `; it could also be ${asDay}` : '';
    return { ...rest, doubts: [...rest.doubts, `“${quoted}” is read as ${asMonth}${other}.`] };
  }
  const doubt = `“${quoted}” is read as ${asDay}; it could also be ${asMonth}.`;
  return { ...rest, ...dayForm(null, month, number), doubts: [...rest.doubts, doubt] };
}

function isLikelyYear(year: number, near: NearDates): boolean {
  const { first, last, position } = timeOf(near);
  if (position === null && first === null) return year >= 2008 && year <= 2030;
  if (position !== null && Math.abs(year - yearOf(position)) <= 3) return true;
  return first !== null && last !== null && year >= yearOf(first) - 1 && year <= yearOf(last) + 1;
}

/** The time in which a plan lies, by what is known of it. */
function timeOf(near: NearDates): {
  first: IsoDate | null;
  middle: IsoDate | null;
  last: IsoDate | null;
  position: IsoDate | null;
} {
  const others = [...(near.otherDates ?? [])].sort();
  return {
    first: others[0] ?? null,
    middle: others[Math.floor(others.length / 2)] ?? null,
    last: others.at(-1) ?? null,
    position: near.positionOn ?? null,
  };
}

/** A day near which the plan's dates lie: its position, unless an old plan is read years later. */
function anchorOf(near: NearDates): IsoDate | null {
  const { first, middle, last, position } = timeOf(near);
  if (position === null || first === null || last === null) return position ?? middle;
  const isOfItsTime = yearOf(position) >= yearOf(first) - 1 && yearOf(position) <= yearOf(last) + 1;
  return isOfItsTime ? position : middle;
}

/** Many years from the other dates of the plan: a year mistyped, perhaps. */
export function isFarFromOthers(date: IsoDate, near: NearDates): boolean {
  const { middle } = timeOf(near);
  if (middle === null || (near.otherDates ?? []).length < 3) return false;
  return Math.abs(daysBetween(middle, date)) > 6 * 365;
}

/** "April to June 2021", "Sept 2014 – March 2015": two pieces become one period. */
function joinSpans(pieces: Piece[], small: string, text: string): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const left = joined.at(-1);
    if (left !== undefined && isJoined(small, left, piece))
      joined.splice(-1, 1, join(left, piece, text));
    else joined.push(piece);
  }
  return joined;
}

function isJoined(small: string, left: Piece, right: Piece): boolean {
  const words = small.slice(left.end, right.start);
  // "revised from June 2014 to September 2014" moves a date: it is no period.
  const before = small.slice(0, left.start);
  if (
    /\b(?:revised|changed|moved|extended|amended|slipped|deferred)\s+(?:from\s+)?$/.test(before)
  ) {
    return false;
  }
  if (/^\s*\/\s*$/.test(words)) return left.precision === 'month' && right.precision === 'month';
  if (/^\s*(?:and|&)\s*$/.test(words)) {
    const isOfOneYear =
      left.precision === 'month' && right.precision === 'month' && left.year === null;
    return isOfOneYear || /\bbetween\s*$/.test(before);
  }
  return /^\s*(?:-|to|until|till|through|up to)\s*(?:the\s+)?$/.test(words);
}

function join(left: Piece, right: Piece, text: string): Piece {
  const spanIn = (year: number): Span | null => {
    const lastYear = right.year ?? left.year ?? year;
    const firstYear = left.year ?? lastYear;
    const pairs: [number, number][] = [[firstYear, lastYear]];
    // The year that is left out is the next or the one before, where the period ends before it begins.
    if (right.year === null && left.year !== null) pairs.push([firstYear, lastYear + 1]);
    else if (left.year === null) pairs.push([firstYear - 1, lastYear]);
    for (const [a, b] of pairs) {
      const first = edged(left, left.spanIn(a)).span;
      const last = edged(right, right.spanIn(b)).span;
      if (first !== null && last !== null && first.from <= last.to) {
        return { from: first.from, to: last.to };
      }
    }
    return null;
  };
  const quoted = text.slice(left.start, right.end).trim();
  const asMonths = `“${quoted}” is read as two months of a year; their numbers could also be days.`;
  return {
    year: right.year ?? left.year,
    precision: 'period',
    spanIn,
    doubts:
      left.settled && right.settled && left.precision === 'month' && right.precision === 'month'
        ? [asMonths]
        : [...left.doubts, ...right.doubts],
    start: left.start,
    end: right.end,
    edge: null,
    settled: false,
  };
}

function resolve(piece: Piece, text: string, near: NearDates): FoundDate {
  const quoted = text.slice(piece.start, piece.end).trim();
  const found = { start: piece.start, end: piece.end, quoted };
  const year = piece.year ?? likelyYear(piece, near);
  if (year === null) {
    const doubts = [...piece.doubts, `“${quoted}” gives no year.`];
    return { ...found, span: null, precision: piece.precision, doubts };
  }
  const { span, precision, doubts } = edged(piece, piece.spanIn(year));
  if (span === null) {
    const doubt = `The date says “${quoted}”, and there is no such day.`;
    return { ...found, span, precision: 'day', doubts: [doubt] };
  }
  // The last day of a year is plain, where the year as a whole was not.
  const isLastOfYear = piece.precision === 'period' && precision === 'day';
  const ofForm = isLastOfYear ? [] : piece.doubts;
  const all = [...ofForm, ...doubts.map((words) => `“${quoted}” ${words}`)];
  if (piece.year === null) all.push(`“${quoted}” gives no year: read as ${yearOf(span.to)}.`);
  return { ...found, span, precision, doubts: all };
}

/** "End of August 2020" is its last day; "mid-May 2021" a part of it. */
function edged(
  piece: Piece,
  span: Span | null,
): { span: Span | null; precision: Piece['precision']; doubts: string[] } {
  const asItIs = { span, precision: piece.precision, doubts: [] };
  if (span === null || piece.edge === null) return asItIs;
  const ofMonth = piece.precision === 'month';
  const part = (first: number, last: number): ReturnType<typeof edged> => ({
    span: { from: addDays(span.from, first - 1), to: addDays(span.from, last - 1) },
    precision: 'period',
    doubts: [`is read as day ${first} to ${last} of ${formatMonth(span.from)}.`],
  });
  switch (piece.edge) {
    case 'end': {
      const whole =
        ofMonth || (piece.precision === 'period' && /-(?:12-31|03-31|08-31)$/.test(span.to));
      if (!whole) return asItIs;
      return { span: { from: span.to, to: span.to }, precision: 'day', doubts: [] };
    }
    case 'start':
      return ofMonth ? part(1, 10) : asItIs;
    case 'middle':
      return ofMonth ? part(11, 20) : asItIs;
    case 'late':
      return ofMonth ? part(21, daysBetween(span.from, span.to) + 1) : asItIs;
    case 'week from':
      if (piece.precision !== 'day') return asItIs;
      return { span: weekFrom(span.from), precision: 'period', doubts: ['is read as that week.'] };
    case 'week to':
      if (piece.precision !== 'day') return asItIs;
      return {
        span: weekFrom(addDays(span.from, -6)),
        precision: 'period',
        doubts: ['is read as that week.'],
      };
  }
}

/** The year that brings the date nearest to the plan's own time; null where nothing is known of it. */
function likelyYear(piece: Piece, near: NearDates): number | null {
  const anchor = anchorOf(near);
  if (anchor === null) return null;
  const year = yearOf(anchor);
  let best: { year: number; days: number } | null = null;
  for (const candidate of [year, year + 1, year - 1]) {
    const span = piece.spanIn(candidate);
    if (span === null) continue;
    const days = Math.abs(daysBetween(anchor, span.to));
    if (best === null || days < best.days) best = { year: candidate, days };
  }
  return best?.year ?? year;
}

function yearOf(date: IsoDate): number {
  return Number(date.slice(0, 4));
}
