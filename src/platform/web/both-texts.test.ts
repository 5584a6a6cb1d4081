import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bothTexts, markDifferences } from './both-texts.ts';

const plain = (markup: { toString(): string }) =>
  markup
    .toString()
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('two texts side by side', () => {
  it('have what differs marked, and nothing else', () => {
    const { theirs, yours } = markDifferences('Booked within two days', 'Booked within one day');
    expect(theirs.toString()).toBe('Booked within <mark>two days</mark>');
    expect(yours.toString()).toBe('Booked within <mark>one day</mark>');
  });

  it('keep every word of both, and are never markup', () => {
    const words = fc
      .array(fc.constantFrom('late', 'visits', '<b>', '&', 'two\n', '"'), { minLength: 1 })
      .map((list) => list.join(' '));
    fc.assert(
      fc.property(words, words, (a, b) => {
        const { theirs, yours } = markDifferences(a, b);
        expect(plain(theirs)).toBe(a);
        expect(plain(yours)).toBe(b);
        expect(`${theirs.toString()}${yours.toString()}`.replace(/<\/?mark>/g, '')).not.toMatch(
          /[<>]/,
        );
      }),
    );
  });

  it('are shown whole where they are too long to compare', () => {
    const long = 'word '.repeat(5000);
    const { theirs } = markDifferences(long, `${long} and more`);
    expect(theirs.toString()).toBe(long);
  });

  it('leave out what is the same, and say who saved', () => {
    const pairs = [
      { label: 'Title', theirs: 'A', yours: 'A' },
      { label: 'Owner', theirs: 'A', yours: 'B' },
    ];
    const last = { by: 'Sam Reed', at: new Date('2026-03-04T09:05:00Z') };
    const both = bothTexts(pairs, last, '/plans');
    expect(both.saved).toBe('Saved by Sam Reed on 4 March 2026 at 9.05am');
    expect(both.pairs.map((pair) => pair.label)).toEqual(['Owner']);
    expect(bothTexts(pairs, null, '/plans').saved).toBe('Saved by somebody else');
  });
});
