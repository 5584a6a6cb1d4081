import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lostNoughts, takeRef } from './refs.ts';

describe('refs that Excel shortened', () => {
  it('come back whole, whatever the criteria', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 })), {
          selector: ([domain, number]) => `${domain}.${number}`,
          minLength: 1,
        }),
        (given) => {
          const refs = [...given]
            .sort((a, b) => a[0] - b[0] || a[1] - b[1])
            .map(([domain, number]) => `${domain}.${number}`);
          const seen = refs.map((ref) => String(Number(ref)));
          const mended = lostNoughts(seen);
          const read = seen.map((ref, at) => mended.get(at) ?? ref);
          // Only where the order tells: 1.10 first of all cannot be told from 1.1.
          const rises = read.every((ref, at) => at === 0 || ref !== read[at - 1]);
          expect(rises).toBe(true);
          const told = seen.filter((ref, at) => ref !== refs[at] && mended.get(at) !== refs[at]);
          for (const ref of told) expect(ref).toMatch(/^\d\.[1-9]$/);
          expect([...mended].every(([at, ref]) => refs[at] === ref)).toBe(true);
        },
      ),
    );
  });

  it('are left alone where the table is in no order at all', () => {
    expect(lostNoughts(['2.9', '1.1', '2.3', '1.2']).size).toBe(0);
    expect(lostNoughts(['1.9', '1.20', '1.9']).size).toBe(0);
    expect(lostNoughts(['A', '1.9', '1.1']).size).toBe(0);
  });
});

describe('a ref in the words', () => {
  it.each([
    ['1.9 Decisions are recorded', '1.9', 'Decisions are recorded'],
    ['Standard 4: Visits are kept', 'Standard 4', 'Visits are kept'],
    ['3) Visits are kept', '3', 'Visits are kept'],
    ['12 visits were kept', null, '12 visits were kept'],
    ['Visits are kept', null, 'Visits are kept'],
  ])('%s', (words, ref, rest) => {
    expect(takeRef(words)).toEqual({ ref, rest });
  });
});
