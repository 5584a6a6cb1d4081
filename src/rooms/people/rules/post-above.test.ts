import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PartyId } from '#kernel/ids.ts';
import { wouldCircle } from './post-above.ts';

const posts = ['a', 'b', 'c', 'd', 'e'] as unknown as readonly PartyId[];

describe('to whom a post answers', () => {
  it('never comes back to itself, in whatever order the lines are drawn', () => {
    const line = fc.tuple(fc.constantFrom(...posts), fc.constantFrom(...posts));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const above = new Map<PartyId, PartyId>();
        for (const [post, over] of lines) {
          if (!wouldCircle(above, post, over)) above.set(post, over);
        }
        for (const post of posts) {
          let at = above.get(post);
          for (let steps = 0; at !== undefined; steps += 1) {
            expect(steps).toBeLessThan(posts.length);
            at = above.get(at);
          }
        }
      }),
    );
  });

  it('may be drawn wherever no circle is closed', () => {
    const [a, b, c] = posts as [PartyId, PartyId, PartyId];
    const above = new Map([[a, b]]);
    expect(wouldCircle(above, b, a)).toBe(true);
    expect(wouldCircle(above, b, c)).toBe(false);
    expect(wouldCircle(above, c, a)).toBe(false);
    expect(wouldCircle(above, a, c)).toBe(false);
    expect(wouldCircle(above, a, a)).toBe(true);
  });
});
