import { describe, expect, it } from 'vitest';
import { parseIsoDate, type IsoDate } from '../dates.ts';
import { dueInWords } from './due-in-words.ts';
import type { Due, DuePrecision } from './due.ts';

function day(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new Error(`not a day: ${text}`);
  return date;
}

function due(precision: DuePrecision, from: string | null, to: string | null): Due {
  return {
    asWritten: 'as it stood',
    precision,
    from: from === null ? null : day(from),
    to: to === null ? null : day(to),
  };
}

describe('a due date in words', () => {
  it.each([
    [due('day', '2026-06-30', '2026-06-30'), '30 June 2026'],
    [due('month', '2026-06-01', '2026-06-30'), 'June 2026'],
    [due('quarter', '2026-04-01', '2026-06-30'), 'April to June 2026'],
    [due('period', '2014-08-01', '2014-12-31'), 'August to December 2014'],
    [due('period', '2014-11-01', '2015-02-28'), 'November 2014 to February 2015'],
    [due('period', '2014-08-03', '2014-12-31'), '3 August to 31 December 2014'],
    [due('period', null, '2014-12-31'), 'By 31 December 2014'],
    [due('asap', null, null), 'As soon as possible'],
    [due('ongoing', null, null), 'Ongoing'],
    [due('none', null, null), 'No date'],
  ])('%#: %s', (given, words) => {
    expect(dueInWords(given)).toBe(words);
  });
});
