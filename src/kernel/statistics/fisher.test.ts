import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fisherExact } from './fisher.ts';

/**
 * Reference values worked out by R 4.2.2 (Debian), which shares nothing with this code:
 * fisher.test(matrix(c(x1, n1 - x1, x2, n2 - x2), 2, byrow = TRUE))$p.value. The last one is
 * printed in Agresti (1990), page 61, as 0.4857: Fisher's tea.
 */
const reference: [x1: number, n1: number, x2: number, n2: number, p: number][] = [
  [24, 24, 20, 24, 0.109219858156028],
  [1, 3, 2, 3, 1],
  [3, 20, 9, 24, 0.173037460615453],
  [7, 9, 4, 12, 0.0804953560371517],
  [0, 24, 0, 22, 1],
  [24, 24, 0, 24, 6.20201122431975e-14],
  [3, 24, 12, 22, 0.00405482056077632],
  [3, 4, 1, 4, 0.485714285714286],
];

describe('Fisher’s exact test', () => {
  it.each(reference)('of %i of %i and %i of %i is as R has it', (x1, n1, x2, n2, p) => {
    const found = fisherExact({ count: x1, of: n1 }, { count: x2, of: n2 });
    expect(Math.abs(found - p) / p).toBeLessThan(1e-7);
  });

  it('is a probability, and the same whichever way it is asked', () => {
    const share = fc
      .tuple(fc.nat(60), fc.nat(60))
      .map(([a, b]) => ({ count: Math.min(a, b), of: Math.max(a, b) }));
    fc.assert(
      fc.property(share, share, (a, b) => {
        const p = fisherExact(a, b);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(fisherExact(b, a)).toBeCloseTo(p, 9);
        const missed = (one: typeof a) => ({ count: one.of - one.count, of: one.of });
        expect(fisherExact(missed(a), missed(b))).toBeCloseTo(p, 9);
      }),
    );
  });

  it('says nothing of what is nothing, and takes no more than there is', () => {
    expect(fisherExact({ count: 0, of: 0 }, { count: 3, of: 5 })).toBe(1);
    expect(() => fisherExact({ count: 3, of: 2 }, { count: 0, of: 1 })).toThrow('3 of 2');
  });
});
