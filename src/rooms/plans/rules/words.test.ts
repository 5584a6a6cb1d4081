import { describe, expect, it } from 'vitest';
import type { RagColour } from './picture.ts';
import { nthDate, ragName, sourceInWords, statusName } from './words.ts';

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
