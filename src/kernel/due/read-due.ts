import { addDays, daysBetween, formatDate, parseIsoDate, type IsoDate } from '../dates.ts';
import { findDates, isFarFromOthers, plain, type FoundDate, type NearDates } from './find-dates.ts';
import { readStatus, type Status } from '../status.ts';
import type { Due } from './due.ts';

export interface DueContext extends NearDates {
  /** What is struck through in the same cell. */
  struck?: string | null;
}

export interface DueReading {
  due: Due;
  /** The cell itself says that the date is not the first one. */
  revised: boolean;
  /** A status that stands in the date cell, such as "COMPLETED". */
  statusHint: Status | null;
  doubts: string[];
}

/**
 * Reads what a plan writes as a due date, in British order, with two-digit years as 20xx.
 * `realDate` is the date of a real date cell. The words are always kept in `asWritten`;
 * whatever is not plain is a doubt, with the best reading in `due`.
 */
export function readDue(
  text: string,
  realDate: IsoDate | null = null,
  context: DueContext = {},
): DueReading {
  const struckDate = findDates(context.struck ?? '', context).length > 0;
  if (realDate !== null) return readRealDate(text, realDate, struckDate, context);
  const words = plain(text).trim();
  if (words === '') {
    const doubts = struckDate
      ? [`The date “${(context.struck ?? '').trim()}” is struck through and no other is given.`]
      : [];
    return nothing(text, doubts);
  }
  if (/^(?:n\s?\/?\s?a|not applicable|none|nil|-+)\.?$/.test(words)) return nothing(text);
  if (notSet.test(words))
    return nothing(text, [`No date is set yet: the cell says “${text.trim()}”.`]);
  const serial = daySerial(words);
  if (serial !== null) {
    const doubt = `The number ${words} is read as the day Excel counts so, ${formatDate(serial)}.`;
    return day(text, serial, [doubt]);
  }
  const dates = findDates(text, context);
  return dates.length === 0
    ? readWordsAlone(text, words)
    : readWithDates(text, dates, struckDate, context);
}

const notSet =
  /^(?:date\s+)?(?:t\.?b\.?[cad]\.?|to be (?:confirmed|agreed|advised|determined|decided|set)|not (?:yet )?(?:set|agreed|known))\W*$/;
const soon =
  /\b(?:a\.?s\.?a\.?p\.?|as soon as (?:is )?(?:possible|practicable)|immediate(?:ly)?|urgent(?:ly)?|straight ?away|with immediate effect)(?![a-z])/i;
const always =
  /\b(?:on-?\s?going|continu(?:ous|ously|al|ally|ing|es)|rolling(?: programme)?|(?:bi-?|fort)?(?:weekly|nightly|monthly)|daily|termly|quarterly|annual(?:ly)?|yearly|(?:every|each) (?:(?:\d+|two|three|four|six) )?(?:weeks|months|week|month|term|quarter|year)|business as usual|bau|throughout(?: the year)?|onwards?)(?![a-z])/i;

function nothing(asWritten: string, doubts: string[] = []): DueReading {
  const due: Due = { asWritten, from: null, to: null, precision: 'none' };
  return { due, revised: false, statusHint: null, doubts };
}

function day(asWritten: string, date: IsoDate, doubts: string[]): DueReading {
  const due: Due = { asWritten, from: date, to: date, precision: 'day' };
  return { due, revised: false, statusHint: null, doubts };
}

/** A date cell that shows only a month, such as "Dec-20", means the month, as it says. */
function readRealDate(
  text: string,
  realDate: IsoDate,
  struckDate: boolean,
  context: DueContext,
): DueReading {
  const [shown, ...more] = findDates(text, context);
  const span = shown?.span ?? null;
  const showsMonth =
    shown?.precision === 'month' && more.length === 0 && span !== null && span.from === realDate;
  const due: Due = showsMonth
    ? { asWritten: text, from: span.from, to: span.to, precision: 'month' }
    : { asWritten: text, from: realDate, to: realDate, precision: 'day' };
  return { due, revised: struckDate, statusHint: null, doubts: farAway(due.to, context) };
}

/** Excel counts days from the end of 1899; a cell formatted as a number shows that count. */
function daySerial(words: string): IsoDate | null {
  if (!/^\d{5}$/.test(words)) return null;
  const epoch = parseIsoDate('1899-12-30');
  const date = epoch === null ? null : addDays(epoch, Number(words));
  return date !== null && date >= '2005-01-01' && date < '2050-01-01' ? date : null;
}

function readWordsAlone(text: string, words: string): DueReading {
  const status = readStatus(text);
  const isAlways = always.test(words);
  const isSoon = soon.test(words);
  if (isAlways || isSoon) {
    const due: Due = {
      asWritten: text,
      from: null,
      to: null,
      precision: isSoon ? 'asap' : 'ongoing',
    };
    const rest = text.replace(isSoon ? soon : always, ' ');
    const said = readRest([rest], false);
    return { due, revised: false, statusHint: said.status, doubts: said.doubts };
  }
  if (status !== null) {
    return { ...nothing(text, [statusDoubt(text.trim(), status)]), statusHint: status };
  }
  const unread = nothing(text, [`No date could be read from “${shortened(text)}”.`]);
  return { ...unread, revised: /\brevised\b/.test(words) };
}

type Role = 'due' | 'revised' | 'old' | 'completed' | 'review' | 'start';

const moved = String.raw`(?:revis\w*|amend\w*|exten\w+|re-?schedul\w*|re-?profil\w*|moved|changed|deferred|delayed|postponed|slipped|put back|pushed back|rolled over|carried (?:over|forward))`;
const oldBefore = new RegExp(
  String.raw`\b(?:original(?:ly)?|initial(?:ly)?|was|previous(?:ly)?|former(?:ly)?|old|${moved} from)\b(?:\s+(?:date|due|target|deadline|completion|by|for|to))*[\s:(\-]*$`,
);
const revisedBefore = new RegExp(
  String.raw`\b(?:${moved}\b[^.;]*|(?:now|new)\b(?:\s+(?:date|due|target|deadline|completion|timescale|by|for))*[\s:(\-]*)$`,
);
const revisedAfter = new RegExp(String.raw`^[\s(\[,\-]*(?:${moved}|new date)\b`);
const completedBefore =
  /\b(?:completed?|done|achieved|closed|finished|implemented|delivered|met|signed off)(?:\s+(?:on|in|at))?[\s:,(-]*$/;
const completedLater =
  /\b(?:to be|not|be|for|will be|date for)\s+\w+(?:\s+(?:on|in|at))?[\s:,(-]*$/;
const reviewBefore = /\breview(?:ed|s)?(?:\s+(?:date|again))?(?:\s+(?:in|on|by|at))?[\s:,(-]*$/;
const startBefore =
  /\b(?:start(?:s|ed|ing)?|from|commenc\w+|begin\w*|began|since)(?:\s+(?:date|in|on))?[\s:,(-]*$/;

function roleOf(date: FoundDate, before: string, after: string, isLast: boolean): Role {
  if (oldBefore.test(before)) return 'old';
  if (revisedBefore.test(before) || /(?:->|=>|[→➔⇒])\s*$/.test(before)) return 'revised';
  if (isLast && revisedAfter.test(after)) return 'revised';
  if (completedBefore.test(before) && !completedLater.test(before)) return 'completed';
  if (reviewBefore.test(before)) return 'review';
  if (startBefore.test(before) && date.precision !== 'period') return 'start';
  return 'due';
}

function readWithDates(
  text: string,
  dates: FoundDate[],
  struckDate: boolean,
  context: DueContext,
): DueReading {
  const small = plain(text);
  const known = dates.map((date, i) => {
    const before = small.slice(dates[i - 1]?.end ?? 0, date.start);
    const after = small.slice(date.end, dates[i + 1]?.start);
    return { date, role: roleOf(date, before, after, i === dates.length - 1) };
  });
  const { chosen, doubts } = choose(known);
  const revised =
    struckDate ||
    known.some(({ role }) => role === 'revised') ||
    (chosen !== null && known.some(({ role }) => role === 'old'));
  const gaps = dates.map((date, i) => text.slice(dates[i - 1]?.end ?? 0, date.start));
  const said = readRest(
    [...gaps, text.slice(dates.at(-1)?.end ?? 0)],
    known.some(({ role }) => role === 'completed'),
  );
  const all = [...doubts, ...said.doubts];
  if (said.ongoing && isFromThenOn(known, small)) {
    const due: Due = { asWritten: text, from: null, to: null, precision: 'ongoing' };
    const dateSaid = dates.map((date) => `“${date.quoted}”`).join(' and ');
    const doubt = `Read as ongoing; the cell also says ${dateSaid}.`;
    return { due, revised, statusHint: null, doubts: [...said.doubts, doubt] };
  }
  if (said.ongoing && said.doubts.length === 0) all.push(alsoSays('ongoing'));
  const span = chosen?.span ?? null;
  if (chosen === null || span === null) {
    return { ...nothing(text, all), revised, statusHint: said.status };
  }
  const due: Due = { asWritten: text, from: span.from, to: span.to, precision: chosen.precision };
  all.push(...wrongWeekday(small, chosen), ...farAway(due.to, context));
  return { due, revised, statusHint: said.status, doubts: all };
}

/** The due date among the dates of a cell, and what to ask about the choice. */
function choose(known: { date: FoundDate; role: Role }[]): {
  chosen: FoundDate | null;
  doubts: string[];
} {
  const of = (role: Role): FoundDate[] =>
    known.filter((one) => one.role === role).map(({ date }) => date);
  const completed = of('completed').map(
    (date) => `“${date.quoted}” is read as the day of completion, not as a due date.`,
  );
  const taken = (
    chosen: FoundDate | undefined,
    ...doubts: string[]
  ): ReturnType<typeof choose> => ({
    chosen: chosen ?? null,
    doubts: [...(chosen?.doubts ?? []), ...doubts, ...completed],
  });
  const due = of('due');
  const revised = of('revised').at(-1);
  if (revised !== undefined) {
    const later = due.filter(({ start, span }) => start > revised.start && isLater(span, revised));
    const latest = later.at(-1);
    if (latest === undefined) return taken(revised);
    const choice = `“${latest.quoted}” stands after “${revised.quoted}” and is later: it is taken as the due date.`;
    return taken(latest, choice);
  }
  if (due.length > 1) {
    const latest = due.reduce((a, b) => ((b.span?.to ?? '') > (a.span?.to ?? '') ? b : a));
    const choice = `The cell holds ${due.length} dates: “${latest.quoted}”, the latest, is taken as the due date.`;
    return taken(latest, choice);
  }
  if (due.length === 1) return taken(due[0]);
  const other = of('review').at(-1) ?? of('start').at(-1);
  if (other !== undefined) {
    const kind = of('review').length > 0 ? 'a review' : 'a start';
    const choice = `“${other.quoted}” seems to be the date of ${kind}; it is taken as the due date.`;
    return taken(other, choice);
  }
  return taken(of('completed').length > 0 ? undefined : of('old').at(-1));
}

function isLater(span: FoundDate['span'], other: FoundDate): boolean {
  return span !== null && span.to > (other.span?.to ?? '');
}

/** What a date cell says besides its dates: the stretches of text between them. */
function readRest(
  stretches: string[],
  completedOn: boolean,
): { status: Status | null; ongoing: boolean; doubts: string[] } {
  const ongoing = stretches.some((words) => always.test(words));
  const telling = stretches.filter((words) => withoutHarmless(words.replace(always, ' ')) !== '');
  if (telling.length === 0) return { status: null, ongoing, doubts: [] };
  const words = withoutHarmless(telling.join(' ').replace(always, ' '));
  const status = readStatus(words);
  const quoted = telling.map((one) => one.replace(outerMarks, '')).join(' … ');
  if (status === null) return { status, ongoing, doubts: [alsoSays(quoted)] };
  // That a date is one of completion is said with the date.
  return { status, ongoing, doubts: completedOn ? [] : [statusDoubt(words, status)] };
}

/** "From September 2014, ongoing", "September 2014 onwards", "Ongoing - review March 2015". */
function isFromThenOn(known: { role: Role }[], small: string): boolean {
  if (known.every(({ role }) => role === 'start' || role === 'review')) return true;
  return (
    always.exec(small)?.index === 0 || /-\s*(?:on-?\s?going|continuous)|\bonwards?\b/.test(small)
  );
}

const harmless = new RegExp(
  String.raw`\b(?:to be (?:completed?|done|achieved|implemented|delivered|reviewed|finished|in place)(?: by)?|completed? by|for completion|no later than|at the latest|latest|in time for|date|dates|due|target|deadline|timescale|completion|expected|planned|originally|original|initially|initial|previously|previous|formerly|was|now|new|${moved}|review|start|starts|starting|commencing|from|since|by|before|between|until|the|end|of|on|in|for|to|at|and|or|then|month|year|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b`,
  'gi',
);

const outerMarks = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

function withoutHarmless(words: string): string {
  return words
    .replace(harmless, ' ')
    .replace(/[‐-―]/g, '-')
    .replace(/[^\p{L}0-9%&'’/\s-]/gu, ' ')
    .replace(/(?<![\p{L}0-9])[-/&']+(?![\p{L}0-9])|^[-/&'\s]+|[-/&'\s]+$/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function alsoSays(words: string): string {
  return `The date cell also says “${shortened(words)}”.`;
}

function statusDoubt(words: string, status: Status): string {
  return `“${words}” stands in the date column: it is read as the status “${status}”.`;
}

function shortened(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= 80 ? line : `${line.slice(0, 77)}…`;
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function wrongWeekday(small: string, date: FoundDate): string[] {
  if (date.span === null || date.precision !== 'day') return [];
  const said = /\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*[\s,]*$/.exec(small.slice(0, date.start))?.[1];
  const monday = parseIsoDate('2001-01-01');
  if (said === undefined || monday === null) return [];
  const actual = weekdays[((daysBetween(monday, date.span.to) % 7) + 7) % 7];
  return said === actual ? [] : [`“${date.quoted}” is not the day of the week that the cell says.`];
}

/** A year slipped in typing shows as a date many years from the rest of the plan. */
function farAway(date: IsoDate | null, context: DueContext): string[] {
  if (date === null || !isFarFromOthers(date, context)) return [];
  return [`${formatDate(date)} is many years from the other dates.`];
}
