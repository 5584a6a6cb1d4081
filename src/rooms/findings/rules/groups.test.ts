import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FindingId } from '#kernel/ids.ts';
import { groupOf, judgedBeside, likenessInWords, type Pair } from './groups.ts';

const id = (text: string) => text as FindingId;
const same = (a: string, b: string): Pair => ({ a: id(a), b: id(b), verdict: 'same' });
const different = (a: string, b: string): Pair => ({ a: id(a), b: id(b), verdict: 'different' });

describe('findings that say the same', () => {
  it('are those connected by it, over others too, and never the finding itself', () => {
    const pairs = [same('a', 'b'), same('b', 'c'), different('a', 'd'), same('e', 'f')];
    expect(groupOf(id('a'), pairs).sort()).toEqual(['b', 'c']);
    expect(groupOf(id('d'), pairs)).toEqual([]);
    expect(judgedBeside(id('a'), pairs)).toEqual(['b', 'd']);
  });

  it('are the same group whichever of them is asked', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const pairs = fc.array(
      fc
        .tuple(names, names, fc.constantFrom('same' as const, 'different' as const))
        .map(([a, b, verdict]): Pair => ({ a: id(a), b: id(b), verdict })),
    );
    fc.assert(
      fc.property(pairs, names, (all, name) => {
        const whole = [name, ...groupOf(id(name), all)].sort();
        for (const one of whole) {
          expect([one, ...groupOf(id(one), all)].sort()).toEqual(whole);
        }
      }),
    );
  });

  it('are alike in words', () => {
    expect([0.3, 0.5, 0.8].map(likenessInWords)).toEqual([
      'Some of the same words',
      'Much the same words',
      'Almost the same words',
    ]);
  });
});
