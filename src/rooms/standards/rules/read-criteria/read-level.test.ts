import { describe, expect, it } from 'vitest';
import { metLevels, ofstedGrades } from '../levels.ts';
import { readLevel, readScheme } from './read-level.ts';

describe('the level of a criterion', () => {
  it.each([
    ['Fully', 'fully-met'],
    ['FULLY MET', 'fully-met'],
    ['Met', 'fully-met'],
    ['Partially', 'partially-met'],
    ['Partly met.', 'partially-met'],
    ['Not met', 'not-met'],
    ['Not yet met', 'not-met'],
    ['N/A', 'not-applicable'],
    ['Not applicable', 'not-applicable'],
    ['Metropolitan', null],
    ['Somewhat', null],
    ['No evidence was found', null],
  ])('%s', (words, key) => {
    expect(readLevel(metLevels, words)?.key ?? null).toBe(key);
  });

  it.each([
    ['Requires improvement', 'requires-improvement'],
    ['Requires improvement to be good', 'requires-improvement'],
    ['Good', 'good'],
    ['INADEQUATE', 'inadequate'],
    ['Goodish', null],
  ])('%s', (words, key) => {
    expect(readLevel(ofstedGrades, words)?.key ?? null).toBe(key);
  });

  it('is told from the reason that stands behind it', () => {
    expect(readLevel(metLevels, 'Partially - no audit yet')).toEqual({
      key: 'partially-met',
      rest: 'no audit yet',
    });
  });
});

describe('the scheme of a table', () => {
  it('is the one that most cells are written in', () => {
    expect(readScheme(['Met', 'Partially', '', 'Later'])).toEqual(metLevels);
    expect(readScheme(['Good', 'Outstanding'])).toEqual(ofstedGrades);
    expect(readScheme([])).toEqual(metLevels);
  });

  it('is the few words of the authority itself, where they are its own', () => {
    const levels = readScheme(['Secure', 'Growing', 'Secure', 'Starting', 'Growing', 'Growing']);
    expect(levels.map(({ name }) => name)).toEqual(['Secure', 'Growing', 'Starting']);
    expect(readLevel(levels, 'growing')?.key).toBe('growing');
  });
});
