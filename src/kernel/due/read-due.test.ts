import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  formatDate,
  formatMonth,
  lastDayOfMonth,
  monthName,
  parseIsoDate,
  type IsoDate,
} from '../dates.ts';
import type { Status } from '../status.ts';
import type { DuePrecision } from './due.ts';
import { readDue, type DueContext } from './read-due.ts';

function iso(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new Error(`not a date: ${text}`);
  return date;
}

const in2014: DueContext = { positionOn: iso('2014-11-27') };
const in2021: DueContext = { positionOn: iso('2021-02-08') };

/** [text, from, to, precision] */
type Row = [string, string | null, string | null, DuePrecision];

const plainForms: Row[] = [
  ['5th November 2014', '2014-11-05', '2014-11-05', 'day'],
  ['5 November 2014', '2014-11-05', '2014-11-05', 'day'],
  ['5th of November, 2014', '2014-11-05', '2014-11-05', 'day'],
  ['November 5th 2014', '2014-11-05', '2014-11-05', 'day'],
  ['Aug 3, 2020', '2020-08-03', '2020-08-03', 'day'],
  ['Mon 3 Aug 2020', '2020-08-03', '2020-08-03', 'day'],
  ['Monday, 3rd August 2020', '2020-08-03', '2020-08-03', 'day'],
  ['05-Aug-20', '2020-08-05', '2020-08-05', 'day'],
  ['01/08/2020', '2020-08-01', '2020-08-01', 'day'],
  ['1/8/20', '2020-08-01', '2020-08-01', 'day'],
  ['1.8.20', '2020-08-01', '2020-08-01', 'day'],
  ['01-08-2020', '2020-08-01', '2020-08-01', 'day'],
  ['2020-08-01', '2020-08-01', '2020-08-01', 'day'],
  ['2020-08-01 00:00:00', '2020-08-01', '2020-08-01', 'day'],
  ['by 31st March 2021', '2021-03-31', '2021-03-31', 'day'],
  ['By 31 March 2021 at the latest', '2021-03-31', '2021-03-31', 'day'],
  ['To be completed by 31 March 2021', '2021-03-31', '2021-03-31', 'day'],
  ['END AUG 2020', '2020-08-31', '2020-08-31', 'day'],
  ['End of January 2014', '2014-01-31', '2014-01-31', 'day'],
  ['End of Jan 14', '2014-01-31', '2014-01-31', 'day'],
  ['By the end of February 2020', '2020-02-29', '2020-02-29', 'day'],
  ['End of 2021', '2021-12-31', '2021-12-31', 'day'],
  ['September 2014', '2014-09-01', '2014-09-30', 'month'],
  ['Sept 2014', '2014-09-01', '2014-09-30', 'month'],
  ['Sept. 2014', '2014-09-01', '2014-09-30', 'month'],
  ["Sep '14", '2014-09-01', '2014-09-30', 'month'],
  ['December, 2014', '2014-12-01', '2014-12-31', 'month'],
  ['Dec-20', '2020-12-01', '2020-12-31', 'month'],
  ['Dec–20', '2020-12-01', '2020-12-31', 'month'],
  ['08/2020', '2020-08-01', '2020-08-31', 'month'],
  ['May 2021', '2021-05-01', '2021-05-31', 'month'],
  ['by end of Q2 2021/22', '2021-07-01', '2021-09-30', 'quarter'],
  ['Q4 2021-22', '2022-01-01', '2022-03-31', 'quarter'],
  ['Quarter 1 2020/21', '2020-04-01', '2020-06-30', 'quarter'],
  ['2020/21 Q3', '2020-10-01', '2020-12-31', 'quarter'],
  ['Sept 2014 – March 2015', '2014-09-01', '2015-03-31', 'period'],
  ['April to June 2021', '2021-04-01', '2021-06-30', 'period'],
  ['Nov/Dec 2014', '2014-11-01', '2014-12-31', 'period'],
  ['June & July 2014', '2014-06-01', '2014-07-31', 'period'],
  ['June and July 2014', '2014-06-01', '2014-07-31', 'period'],
  ['November to January 2021', '2020-11-01', '2021-01-31', 'period'],
  ['November 2020 to January', '2020-11-01', '2021-01-31', 'period'],
  ['1-5 March 2021', '2021-03-01', '2021-03-05', 'period'],
  ['1st March 2021 to 5th April 2021', '2021-03-01', '2021-04-05', 'period'],
  ['between April 2021 and June 2021', '2021-04-01', '2021-06-30', 'period'],
  ['From September 2014 to March 2015', '2014-09-01', '2015-03-31', 'period'],
  ['ASAP', null, null, 'asap'],
  ['a.s.a.p.', null, null, 'asap'],
  ['As soon as possible', null, null, 'asap'],
  ['Immediately', null, null, 'asap'],
  ['Immediate', null, null, 'asap'],
  ['ongoing', null, null, 'ongoing'],
  ['On-going', null, null, 'ongoing'],
  ['Continuous', null, null, 'ongoing'],
  ['Monthly', null, null, 'ongoing'],
  ['Quarterly', null, null, 'ongoing'],
  ['N/A', null, null, 'none'],
  ['n/a', null, null, 'none'],
  ['-', null, null, 'none'],
  ['', null, null, 'none'],
];

/** Forms that are read, and asked about. */
const doubtful: Row[] = [
  ['February 14', '2014-02-01', '2014-02-28', 'month'],
  ['March 14', '2014-03-01', '2014-03-31', 'month'],
  ['Feb 14', '2014-02-01', '2014-02-28', 'month'],
  ['August 14-December 14', '2014-08-01', '2014-12-31', 'period'],
  ['Q3 2014', '2014-10-01', '2014-12-31', 'quarter'],
  ['Spring 2014', '2014-03-01', '2014-05-31', 'period'],
  ['Spring term', '2015-01-01', '2015-03-31', 'period'],
  ['Autumn term 2014', '2014-09-01', '2014-12-31', 'period'],
  ['2014', '2014-01-01', '2014-12-31', 'period'],
  ['2014/15', '2014-04-01', '2015-03-31', 'period'],
  ['31 March', '2015-03-31', '2015-03-31', 'day'],
  ['September', '2014-09-01', '2014-09-30', 'month'],
  ['early March 2014', '2014-03-01', '2014-03-10', 'period'],
  ['mid-May 2014', '2014-05-11', '2014-05-20', 'period'],
  ['late February 2014', '2014-02-21', '2014-02-28', 'period'],
  ['W/C 3 November 2014', '2014-11-03', '2014-11-09', 'period'],
  ['week ending 7 November 2014', '2014-11-01', '2014-11-07', 'period'],
  ['Febuary 2014', '2014-02-01', '2014-02-28', 'month'],
  ['Setpember 2014', '2014-09-01', '2014-09-30', 'month'],
  ['5 Novemeber 2014', '2014-11-05', '2014-11-05', 'day'],
  ['12/31/2014', '2014-12-31', '2014-12-31', 'day'],
  ['41974', '2014-12-01', '2014-12-01', 'day'],
  ['Review September 2014', '2014-09-01', '2014-09-30', 'month'],
  ['September 2014 subject to funding', '2014-09-01', '2014-09-30', 'month'],
  ['June 2014 and September 2014', '2014-09-01', '2014-09-30', 'month'],
  ['30/06/2014\n30/09/2014', '2014-09-30', '2014-09-30', 'day'],
  ['Tuesday 5 November 2014', '2014-11-05', '2014-11-05', 'day'],
  ['September 2014 and ongoing', '2014-09-01', '2014-09-30', 'month'],
  ['From September 2014 onwards, ongoing', null, null, 'ongoing'],
  ['Ongoing - review March 2015', null, null, 'ongoing'],
  ['TBC', null, null, 'none'],
  ['31 February 2021', null, null, 'none'],
  ['31/02/2021', null, null, 'none'],
  ['31/13/2020', null, null, 'none'],
  ['within 3 months', null, null, 'none'],
  ['Next AEB', null, null, 'none'],
  ['Phase 2', null, null, 'none'],
  ['Completed June 2014', null, null, 'none'],
  ['COMPLETED', null, null, 'none'],
];

describe('a due date that is plain', () => {
  it.each(plainForms)('%j is %s to %s, %s', (text, from, to, precision) => {
    const reading = readDue(text);
    expect(reading.due).toEqual({ asWritten: text, from, to, precision });
    expect(reading.doubts).toEqual([]);
    expect(reading.revised).toBe(false);
    expect(reading.statusHint).toBeNull();
  });
});

describe('a due date that is asked about', () => {
  it.each(doubtful)('%j is %s to %s, %s, with a doubt', (text, from, to, precision) => {
    const reading = readDue(text, null, in2014);
    expect(reading.due).toEqual({ asWritten: text, from, to, precision });
    expect(reading.doubts).not.toEqual([]);
  });

  it('quotes what else the cell says, as it is written', () => {
    const doubts = readDue('SEPT 2014 – SUBJECT TO FUNDING').doubts.join(' ');
    expect(doubts).toContain('“SUBJECT TO FUNDING”');
  });

  it('names the day that does not exist', () => {
    expect(readDue('31 February 2021').doubts.join(' ')).toContain('31 February 2021');
  });

  it('reads "March 20" as the day where no year 2020 is near', () => {
    const reading = readDue('March 20', null, { positionOn: iso('2014-11-27') });
    expect(reading.due).toMatchObject({ from: '2015-03-20', to: '2015-03-20', precision: 'day' });
    expect(reading.doubts.join(' ')).toContain('the month March 2020');
  });

  it('takes the other dates of the plan as company', () => {
    const company = { otherDates: [iso('2020-05-11'), iso('2020-09-30'), iso('2021-02-01')] };
    expect(readDue('March 20', null, company).due.precision).toBe('month');
    expect(readDue('30 June', null, company).due.to).toBe('2020-06-30');
  });

  it('asks about a year far from the other dates, and trusts them over a late position', () => {
    const company = {
      otherDates: [iso('2014-05-11'), iso('2014-09-30'), iso('2015-02-01')],
      positionOn: iso('2026-03-01'),
    };
    expect(readDue('September 2041', null, company).doubts).toHaveLength(1);
    expect(readDue('September 2014', null, company).doubts).toEqual([]);
    expect(readDue('31 March', null, company).due.to).toBe('2015-03-31');
    expect(readDue('February 14', null, company).due.to).toBe('2014-02-28');
  });

  it('asks once about a period of two such months', () => {
    expect(readDue('August 14-December 14', null, in2014).doubts).toHaveLength(1);
  });

  it('gives no date where neither the cell nor the plan says a year', () => {
    expect(readDue('31 March').due).toMatchObject({ to: null, precision: 'none' });
    expect(readDue('31 March').doubts).not.toEqual([]);
  });
});

describe('a revised date', () => {
  const revised: Row[] = [
    ['Revised date September 2014', '2014-09-01', '2014-09-30', 'month'],
    ['Revised: 5th November 2014', '2014-11-05', '2014-11-05', 'day'],
    ['Revised date End of September 2014', '2014-09-30', '2014-09-30', 'day'],
    ['Sept 2014 Revised Nov 2014', '2014-11-01', '2014-11-30', 'month'],
    ['30/06/2014 revised to 30/09/2014', '2014-09-30', '2014-09-30', 'day'],
    ['30/06/2014\nRevised date: 30/09/2014', '2014-09-30', '2014-09-30', 'day'],
    ['November 2014 (revised from September 2014)', '2014-11-01', '2014-11-30', 'month'],
    ['November 2014 (was September 2014)', '2014-11-01', '2014-11-30', 'month'],
    ['Original June 2014, now September 2014', '2014-09-01', '2014-09-30', 'month'],
    ['Extended from 30/06/2014 to 30/09/2014', '2014-09-30', '2014-09-30', 'day'],
    ['Extended to 31 March 2015', '2015-03-31', '2015-03-31', 'day'],
    ['June 2014 → September 2014', '2014-09-01', '2014-09-30', 'month'],
    ['September 2014 (revised)', '2014-09-01', '2014-09-30', 'month'],
  ];
  it.each(revised)('%j is %s to %s', (text, from, to, precision) => {
    const reading = readDue(text, null, in2014);
    expect(reading.due).toEqual({ asWritten: text, from, to, precision });
    expect(reading.revised).toBe(true);
    expect(reading.doubts).toEqual([]);
  });

  it('is the later one, with a question, where a cell goes on to another', () => {
    const reading = readDue('Revised: June 2014\nSeptember 2014', null, in2014);
    expect(reading).toMatchObject({ due: { to: '2014-09-30' }, revised: true });
    expect(reading.doubts.join(' ')).toContain('September 2014');
  });

  it('is one beside an older date that is struck through', () => {
    expect(readDue('30/09/2014', null, { struck: '30/06/2014' })).toMatchObject({
      due: { to: '2014-09-30', precision: 'day' },
      revised: true,
    });
    expect(readDue('', iso('2014-09-30'), { struck: '30/06/2014' }).revised).toBe(true);
    expect(readDue('30/09/2014', null, { struck: 'Team Manager' }).revised).toBe(false);
  });

  it('is said even where the new date is not', () => {
    expect(readDue('Revised date TBC')).toMatchObject({
      due: { precision: 'none' },
      revised: true,
    });
  });

  it('is missing where a struck-through date stands alone', () => {
    const reading = readDue('', null, { struck: 'June 2014' });
    expect(reading.due.precision).toBe('none');
    expect(reading.doubts.join(' ')).toContain('June 2014');
  });
});

describe('what goes on', () => {
  it.each(['Monthly from March 2014', 'April 2014 onwards', 'Ongoing – review September 2014'])(
    '%j is ongoing, and the date beside it is asked about once',
    (text) => {
      const reading = readDue(text, null, in2014);
      expect(reading.due).toEqual({ asWritten: text, from: null, to: null, precision: 'ongoing' });
      expect(reading.doubts).toHaveLength(1);
    },
  );
});

describe('a narrative in the date cell', () => {
  it('holds no date, whatever dates it mentions, and is asked about', () => {
    const text = `The work began in June 2014. ${'It went on and was revised. '.repeat(50)}`;
    const reading = readDue(text, null, in2014);
    expect(reading.due).toEqual({ asWritten: text, from: null, to: null, precision: 'none' });
    expect(reading.doubts).toHaveLength(1);
  });
});

describe('a status in the date cell', () => {
  const said: [string, string | null, Status][] = [
    ['September 2014 Partially met', '2014-09-30', 'in progress'],
    ['September 2014 – complete', '2014-09-30', 'complete'],
    ['September 2014 (completed)', '2014-09-30', 'complete'],
    ['Sept 2014\nCompleted', '2014-09-30', 'complete'],
    ['COMPLETED', null, 'complete'],
    ['Completed June 2014', null, 'complete'],
    ['Completed 12/06/2014', null, 'complete'],
    ['30/06/2014 completed 15/06/2014', '2014-06-30', 'complete'],
    ['Not started', null, 'not started'],
    ['On-going – Partially met', null, 'in progress'],
  ];
  it.each(said)('%j: due %s, %s', (text, to, status) => {
    const reading = readDue(text, null, in2014);
    expect(reading.due.to).toBe(to);
    expect(reading.statusHint).toBe(status);
    expect(reading.doubts).not.toEqual([]);
  });

  it('is none where the work is only to be completed', () => {
    expect(readDue('To be completed by June 2014').statusHint).toBeNull();
    expect(readDue('Not completed, June 2014').statusHint).toBeNull();
  });
});

describe('a real date of the workbook', () => {
  it('is its day', () => {
    const reading = readDue('11/05/2020', iso('2020-05-11'), in2021);
    expect(reading.due).toEqual({
      asWritten: '11/05/2020',
      from: '2020-05-11',
      to: '2020-05-11',
      precision: 'day',
    });
    expect(reading.doubts).toEqual([]);
  });

  it('is a month where the cell shows no more than the month', () => {
    expect(readDue('Dec-20', iso('2020-12-01'), in2021).due).toMatchObject({
      from: '2020-12-01',
      to: '2020-12-31',
      precision: 'month',
    });
  });
});

describe('every date', () => {
  const days = fc.integer({ min: 0, max: 7669 }).map((n) => addDays(iso('2010-01-01'), n));
  const two = (n: number): string => String(n).padStart(2, '0');
  const parts = (date: IsoDate): { y: number; m: number; d: number; month: string } => ({
    y: Number(date.slice(0, 4)),
    m: Number(date.slice(5, 7)),
    d: Number(date.slice(8, 10)),
    month: monthName(Number(date.slice(5, 7))),
  });
  const ordinal = (n: number): string =>
    `${n}${n >= 11 && n <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
  const dayForms: ((date: IsoDate) => string)[] = [
    (date) => date,
    formatDate,
    (date) => formatDate(date).toUpperCase(),
    (date) => `${ordinal(parts(date).d)} ${parts(date).month} ${parts(date).y}`,
    (date) => `${parts(date).month} ${ordinal(parts(date).d)} ${parts(date).y}`,
    (date) => `${parts(date).d} ${parts(date).month.slice(0, 3)} ${parts(date).y}`,
    (date) => `${two(parts(date).d)}-${parts(date).month.slice(0, 3)}-${two(parts(date).y % 100)}`,
    (date) => `${two(parts(date).d)}/${two(parts(date).m)}/${parts(date).y}`,
    (date) => `${parts(date).d}/${parts(date).m}/${two(parts(date).y % 100)}`,
    (date) => `${parts(date).d}.${parts(date).m}.${two(parts(date).y % 100)}`,
    (date) => `by ${formatDate(date)}`,
    (date) => `Revised date ${formatDate(date)}`,
  ];
  const monthForms: ((date: IsoDate) => string)[] = [
    formatMonth,
    (date) => formatMonth(date).toUpperCase(),
    (date) => `${parts(date).month.slice(0, 3)} ${parts(date).y}`,
    (date) => `${parts(date).month.slice(0, 3)}-${two(parts(date).y % 100)}`,
    (date) => `${parts(date).month} '${two(parts(date).y % 100)}`,
    (date) => `${two(parts(date).m)}/${parts(date).y}`,
  ];

  it('reads back as itself in every form of a day', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...dayForms), (date, written) => {
        const text = written(date);
        expect(readDue(text).due).toEqual({
          asWritten: text,
          from: date,
          to: date,
          precision: 'day',
        });
        expect(readDue(text).doubts).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads back as its month in every form of a month', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...monthForms), (date, written) => {
        const text = written(date);
        expect(readDue(text).due).toEqual({
          asWritten: text,
          from: `${date.slice(0, 7)}-01`,
          to: lastDayOfMonth(date),
          precision: 'month',
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('reads the end of its month as the last day', () => {
    fc.assert(
      fc.property(days, (date) => {
        const last = lastDayOfMonth(date);
        const written = [
          `End of ${formatMonth(date)}`,
          `end ${parts(date).month.slice(0, 3)} ${two(parts(date).y % 100)}`,
        ];
        for (const text of written) {
          expect(readDue(text).due).toMatchObject({ from: last, to: last, precision: 'day' });
        }
      }),
    );
  });

  it('keeps the words, and never ends before it begins, whatever is written', () => {
    const scraps = fc.constantFrom(
      ...['5th', 'Nov', '2014', '14', '-', 'to', '/', 'Revised', 'end of', 'Q3', '31', 'Spring'],
      ...[
        'term',
        'ASAP',
        'ongoing',
        'complete',
        'met',
        'March',
        'may',
        '2020/21',
        'w/c',
        '\n',
        '01',
      ],
    );
    const written = fc.oneof(
      fc.string(),
      fc.array(scraps, { maxLength: 8 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(written, fc.option(days), (text, real) => {
        const { due } = readDue(text, real, in2014);
        expect(due.asWritten).toBe(text);
        expect(due.from === null).toBe(due.to === null);
        if (due.from !== null && due.to !== null) expect(due.to >= due.from).toBe(true);
        if (['asap', 'ongoing', 'none'].includes(due.precision)) expect(due.to).toBeNull();
        else expect(due.to).not.toBeNull();
      }),
      { numRuns: 3000 },
    );
  });
});
