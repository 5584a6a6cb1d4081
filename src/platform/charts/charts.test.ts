import { XMLValidator } from 'fast-xml-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOf, type IsoDate } from '#kernel/dates.ts';
import { hostileText } from '../documents/write/hostile-text.test-help.ts';
import { slippageChart, statusByRound } from './index.ts';

const day = (year: number, month: number, date: number): IsoDate => {
  const found = dateOf(year, month, date);
  if (found === null) throw new Error('No such day');
  return found;
};
const parts = [
  { name: 'Complete', open: false },
  { name: 'In progress', open: true },
  { name: 'Not started', open: true },
];
const rounds = (...counts: number[][]) =>
  counts.map((of, at) => ({ label: ['June', 'July', 'August'][at] ?? 'later', counts: of }));
const titleOf = (...counts: number[][]) =>
  statusByRound({ parts, columns: rounds(...counts) }).title;

describe('status by round', () => {
  it('states how many are open, and how that compares with the round before', () => {
    expect(titleOf([34, 10, 5], [31, 12, 6])).toBe(
      '18 of 49 actions are open; 3 more than in June',
    );
    expect(titleOf([30, 2, 0], [31, 1, 0])).toBe('1 of 32 actions is open; 1 fewer than in June');
    expect(titleOf([5, 1, 0], [5, 0, 1])).toBe('1 of 6 actions is open; as many as in June');
    expect(titleOf([5, 1, 0])).toBe('1 of 6 actions is open');
    expect(titleOf([4, 1, 0], [5, 0, 0])).toBe(
      'None of the 5 actions is open; 1 fewer than in June',
    );
    expect(titleOf([0, 1, 0])).toBe('1 of 1 action is open');
  });

  it('has nothing to say of nothing', () => {
    expect(titleOf()).toBe('There are no actions');
    expect(titleOf([0, 0, 0])).toBe('There are no actions');
    const none = statusByRound({ parts, columns: [] });
    expect(none.svg).toContain('Nothing to show yet');
    expect(none.table.rows).toEqual([]);
  });

  it('has every number in its table, and each that fits in the drawing', () => {
    const { svg, table, sentence } = statusByRound({
      parts,
      columns: rounds([20, 60, 53], [108, 24, 1]),
    });
    expect(table.rows).toEqual([
      ['June', '20', '60', '53', '133'],
      ['July', '108', '24', '1', '133'],
    ]);
    expect(sentence).toBe(
      'June: 20 complete, 60 in progress and 53 not started. July: 108 complete, 24 in progress and 1 not started.',
    );
    for (const count of [20, 60, 53, 108, 24, 133]) expect(svg).toContain(`>${count}</text>`);
  });

  it('draws the last twelve rounds, and says how many more are in the table', () => {
    const many = Array.from({ length: 15 }, (_, at) => ({
      label: `Round ${at}`,
      counts: [1, 2, 3],
    }));
    const chart = statusByRound({ parts, columns: many });
    expect(chart.svg).not.toContain('>Round 2<');
    expect(chart.svg).toContain('>Round 3<');
    expect(chart.sentence).toContain('3 earlier rounds are in the table only.');
    expect(chart.table.rows).toHaveLength(15);
  });
});

describe('first against current due dates', () => {
  const asAt = day(2014, 11, 27);
  const action = (ref: string, first: IsoDate, current: IsoDate) => ({
    ref,
    text: 'Visits',
    first,
    current,
  });

  it('puts the most slipped on top, and states how many have moved', () => {
    const chart = slippageChart({
      asAt,
      actions: [
        action('kept', day(2014, 3, 1), day(2014, 3, 1)),
        action('far', day(2014, 3, 1), day(2014, 7, 19)),
        action('back', day(2014, 3, 1), day(2014, 2, 1)),
        action('near', day(2014, 3, 1), day(2014, 3, 2)),
      ],
    });
    expect(chart.title).toBe(
      '2 of 4 actions are due later than first agreed, up to 140 days later',
    );
    expect(chart.table.rows.map(([ref, , , , days]) => [ref, days])).toEqual([
      ['far', '140'],
      ['near', '1'],
      ['kept', '0'],
      ['back', '-28'],
    ]);
    expect(chart.sentence).toContain('1 has kept the first date. 1 is due earlier than first.');
    expect(chart.svg).toContain('+140 days');
  });

  it('has a title for one, for none that moved, and for none at all', () => {
    const titled = (...actions: ReturnType<typeof action>[]) =>
      slippageChart({ asAt, actions }).title;
    expect(titled(action('1', day(2014, 3, 1), day(2014, 3, 2)))).toBe(
      '1 of 1 action is due later than first agreed, by 1 day',
    );
    expect(titled(action('1', day(2014, 3, 1), day(2014, 3, 1)))).toBe(
      'The action is not due later than its first date',
    );
    expect(titled(...['1', '2'].map((ref) => action(ref, day(2014, 3, 1), day(2014, 3, 1))))).toBe(
      'None of the 2 actions is due later than its first date',
    );
    expect(titled()).toBe('There are no due dates to compare');
  });

  it('draws thirty, and says how many more the table has', () => {
    const chart = slippageChart({
      asAt,
      actions: Array.from({ length: 42 }, (_, at) =>
        action(`ref${at}.`, day(2014, 1, 1), day(2014, 2 + (at % 10), 1)),
      ),
    });
    expect(chart.svg.match(/>ref\d+\./g)).toHaveLength(30);
    expect(chart.svg).toContain('and 12 more in the table');
    expect(chart.table.rows).toHaveLength(42);
  });
});

it('whatever it is made of, a drawing is sound, named and described, without script or style', () => {
  const date = fc
    .tuple(
      fc.integer({ min: 1990, max: 2040 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .map(([year, month, date]) => day(year, month, date));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(hostileText, fc.array(fc.nat(500), { maxLength: 4 })), { maxLength: 4 }),
      fc.array(fc.record({ ref: hostileText, text: hostileText, first: date, current: date }), {
        maxLength: 4,
      }),
      date,
      (columns, actions, asAt) => {
        const drawings = [
          statusByRound({
            parts: columns.map(([name], at) => ({ name, open: at > 0 })),
            columns: columns.map(([label, counts]) => ({ label, counts })),
          }),
          slippageChart({ actions, asAt }),
        ];
        for (const { svg } of drawings) {
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is a package more
          expect(XMLValidator.validate(svg)).toBe(true);
          expect(svg).toMatch(/^<svg [^>]*role="img"[^>]*>\n<title>[^<]+<\/title>\n<desc>/);
          expect(svg).not.toMatch(/<script|<style|\sstyle=|\son\w+="|href|NaN|Infinity/);
        }
      },
    ),
    { numRuns: 50 },
  );
});
