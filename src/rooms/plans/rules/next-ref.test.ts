import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRef } from './next-ref.ts';
import type { PlanPicture } from './picture.ts';

/** Only what the rule reads: objectives `[id, ref]`, actions `[objective, ref]`. */
function plan(objectives: [string, string | null][], actions: [string, string][]): PlanPicture {
  return {
    objectives: objectives.map(([id, ref]) => ({ id, ref })),
    actions: actions.map(([objectiveId, ref]) => ({ objectiveId, ref })),
  } as unknown as PlanPicture;
}

describe('the reference suggested to a new action', () => {
  it.each([
    [
      'one more than the highest, as a number and not as text',
      [
        ['a', '1.9'],
        ['a', '1.10'],
      ],
      '1.11',
    ],
    [
      'in the form of its neighbours',
      [
        ['a', 'CIC/07'],
        ['a', 'CIC/9'],
      ],
      'CIC/10',
    ],
    [
      'one that is free where another objective has it',
      [
        ['a', '1.1'],
        ['b', '1.2'],
      ],
      '1.3',
    ],
    ['from the objective where it has none yet', [['b', '2.4']], '1.1'],
    ['whatever is no number is passed over', [['a', 'tbc']], '1.1'],
  ] as [string, [string, string][], string][])('is %s', (_, actions, expected) => {
    expect(
      nextRef(
        plan(
          [
            ['a', '1'],
            ['b', '2'],
          ],
          actions,
        ),
        'a',
      ),
    ).toBe(expected);
  });

  it('goes on through the whole plan where objectives have no reference', () => {
    const actions: [string, string][] = [
      ['b', '41'],
      ['b', '42'],
    ];
    expect(
      nextRef(
        plan(
          [
            ['a', null],
            ['b', null],
          ],
          actions,
        ),
        'a',
      ),
    ).toBe('43');
    expect(nextRef(plan([['a', null]], []), 'a')).toBe('1');
    expect(nextRef(plan([], []), null)).toBe('1');
  });

  it('is never taken, and never empty', () => {
    const refs = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.stringMatching(/^[A1.]{1,4}$/)));
    fc.assert(
      fc.property(refs, (actions) => {
        const ref = nextRef(
          plan(
            [
              ['a', '1'],
              ['b', null],
            ],
            actions,
          ),
          'a',
        );
        expect(ref).not.toBe('');
        expect(actions.map(([, taken]) => taken)).not.toContain(ref);
      }),
    );
  });
});
