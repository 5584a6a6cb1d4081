import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveAfter, type Placed } from './place.ts';

const list = (...positions: number[]): Placed<string>[] =>
  positions.map((position, index) => ({ id: 'abcdefgh'.charAt(index), position }));

/** The ids in the order that holds once the changes are saved. */
function orderAfter(
  before: readonly Placed<string>[],
  changes: readonly Placed<string>[],
): string[] {
  const moved = new Map(changes.map((one) => [one.id, one.position]));
  return [...before]
    .map((one) => ({ ...one, position: moved.get(one.id) ?? one.position }))
    .sort((a, b) => a.position - b.position)
    .map((one) => one.id);
}

describe('moving one thing in a list', () => {
  it('changes nothing where it stands there already', () => {
    expect(moveAfter(list(1, 2, 3), 'b', 'a')).toEqual([]);
    expect(moveAfter(list(1, 2, 3), 'a', null)).toEqual([]);
    expect(moveAfter(list(1, 2, 3), 'b', 'b')).toEqual([]);
  });

  it('moves that thing alone to the start, to the end and into a gap', () => {
    expect(moveAfter(list(1, 2, 3), 'c', null)).toEqual([{ id: 'c', position: 0 }]);
    expect(moveAfter(list(1, 2, 3), 'a', 'c')).toEqual([{ id: 'a', position: 4 }]);
    expect(moveAfter(list(1, 5, 9), 'c', 'a')).toEqual([{ id: 'c', position: 2 }]);
  });

  it('puts it where it was asked and leaves the order of all others, whatever the list', () => {
    const lists = fc
      .uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 8 })
      .map((positions) => list(...positions));
    fc.assert(
      fc.property(lists, fc.nat(), fc.nat(), (before, which, where) => {
        const order = orderAfter(before, []);
        const id = order[which % order.length] ?? '';
        const others = order.filter((one) => one !== id);
        const place = where % (others.length + 1);
        const changes = moveAfter(before, id, others[place - 1] ?? null);
        const expected = [...others.slice(0, place), id, ...others.slice(place)];
        expect(orderAfter(before, changes)).toEqual(expected);
      }),
    );
  });
});
