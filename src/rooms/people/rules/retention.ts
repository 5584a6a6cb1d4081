/** What is kept for a set time, and may be held. */
export type RetentionKind = 'plan' | 'report' | 'import-file' | 'sign-in' | 'audit-log';

/** One kind of record, how long it is kept, and who says that it goes. */
export interface KindOfRecord {
  kind: RetentionKind;
  name: string;
  /** What goes, and from when it is counted. */
  meaning: string;
  /** In months: what holds where the council said nothing, and the least that it may say. */
  usual: number;
  least: number;
  /** The source of the figure. */
  basis: string;
  /** Whether a person puts it forward and another agrees; else the daily run does it. */
  byPeople: boolean;
}

/**
 * What is kept for how long. Source: security 2.5 and P-04. The usual times and the least stand
 * in migrations/0007_records.sql too, where the database itself goes by them; a test holds one
 * against the other.
 */
export const kindsOfRecord: readonly KindOfRecord[] = [
  {
    kind: 'plan',
    name: 'Archived plans',
    meaning:
      'A plan with its actions, updates and evidence, counted from the day it was archived, or its import was undone',
    usual: 72,
    least: 12,
    basis: 'Six years after closing is a common choice. No law sets a time for these records.',
    byPeople: true,
  },
  {
    kind: 'report',
    name: 'Committee reports',
    meaning:
      'A report with its drafts, comments and clearances, counted from the day it was final, or was last written to',
    usual: 72,
    least: 72,
    basis:
      'Reports of a committee are open to inspection for six years (section 100C of the Local Government Act 1972).',
    byPeople: true,
  },
  {
    kind: 'import-file',
    name: 'Imported files',
    meaning: 'The file that a plan was read from and what was read, counted from the import',
    usual: 3,
    least: 1,
    basis: 'The plan itself stays. The file serves to look a doubt up.',
    byPeople: false,
  },
  {
    kind: 'sign-in',
    name: 'Sessions',
    meaning: 'That somebody was signed in, with which browser, counted from the sign-in',
    usual: 1,
    least: 1,
    basis: 'That they signed in stays in the audit log.',
    byPeople: false,
  },
  {
    kind: 'audit-log',
    name: 'The audit log',
    meaning: 'Who did what to which item, and who read and exported, counted from the entry',
    usual: 72,
    least: 6,
    basis:
      'At least six months (Ministry of Justice). Six years answers who saw what. A shorter time, or the end of a hold, bites 30 days later, so that others see it first.',
    byPeople: false,
  },
];

/** The longest time that can be set: 100 years. */
export const mostMonths = 1200;

/** What is wrong with a time that somebody sets, each beside its field; empty when nothing. */
export function retentionProblems(
  of: KindOfRecord,
  given: { months: string; reason: string },
): { field: 'months' | 'reason'; text: string }[] {
  const problems: { field: 'months' | 'reason'; text: string }[] = [];
  const months = /^\d{1,4}$/.test(given.months.trim()) ? Number(given.months) : null;
  if (months === null || months > mostMonths) {
    problems.push({ field: 'months', text: 'Write a number of months, such as 72' });
  } else if (months < of.least) {
    problems.push({ field: 'months', text: `Keep this at least ${monthsInWords(of.least)}` });
  }
  if (given.reason.trim() === '') {
    problems.push({ field: 'reason', text: 'Say why, such as the name of your schedule' });
  }
  return problems;
}

/** "3 months", "6 years", "1 year and 6 months". */
export function monthsInWords(months: number): string {
  const years = Math.floor(months / 12);
  const rest = months % 12;
  const parts = [
    years > 0 ? `${years} ${years === 1 ? 'year' : 'years'}` : null,
    rest > 0 || years === 0 ? `${rest} ${rest === 1 ? 'month' : 'months'}` : null,
  ];
  return parts.filter((part) => part !== null).join(' and ');
}
