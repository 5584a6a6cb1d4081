import { describe, expect, it } from 'vitest';
import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import type { RagColour } from './picture.ts';
import type { Due, DuePrecision } from './reading.ts';
import { dueInWords, nthDate, ragName, sourceInWords, statusName } from './words.ts';

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

describe('which date it is', () => {
  it.each([
    [1, '1st date'],
    [2, '2nd date'],
    [3, '3rd date'],
    [4, '4th date'],
    [11, '11th date'],
    [13, '13th date'],
    [22, '22nd date'],
    [111, '111th date'],
  ])('%d is the %s', (count, words) => {
    expect(nthDate(count)).toBe(words);
  });
});

describe('names', () => {
  const scheme: RagColour[] = [
    { colour: 'amber', name: 'Yellow', meaning: 'Late but recoverable', standsFor: 'at risk' },
    { colour: 'blue', name: '  ', meaning: 'Done', standsFor: 'complete' },
  ];

  it('calls a colour what the plan calls it, else by its own word', () => {
    expect(ragName(scheme, 'amber')).toBe('Yellow');
    expect(ragName(scheme, 'blue')).toBe('Blue');
    expect(ragName(scheme, 'red')).toBe('Red');
    expect(ragName(scheme, null)).toBe('Not rated');
  });

  it('names a status in sentence case', () => {
    expect(statusName('in progress')).toBe('In progress');
    expect(statusName(null)).toBe('Not stated');
  });
});

describe('a source in words', () => {
  it.each([
    [
      { title: 'Inspection 2025', words: 'Plans drift', page: '12' },
      '“Plans drift” (Inspection 2025, page 12)',
    ],
    [{ title: 'Inspection 2025', words: null, page: null }, 'Inspection 2025'],
    [{ title: 'Inspection 2025', words: null, page: '12-13' }, 'Inspection 2025, pages 12-13'],
    [{ title: 'Annual survey', words: 'Annual survey', page: null }, 'Annual survey'],
  ])('%#', (source, words) => {
    expect(sourceInWords(source)).toBe(words);
  });
});
