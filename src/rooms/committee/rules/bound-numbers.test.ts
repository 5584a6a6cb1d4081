import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IsoDate } from '#kernel/dates.ts';
import { boundFigures, looseNumbers, readWords, unknownTokens } from './bound-numbers.ts';
import { exampleFigures } from './example-figures.test-help.ts';
import { firstWords } from './first-words.ts';
import { sections } from './sections.ts';

const shown = (words: string, given = exampleFigures()) =>
  readWords(words, boundFigures(given))
    .map((piece) => (piece.kind === 'unknown' ? piece.token : piece.text))
    .join('');

describe('a figure in words', () => {
  it.each([
    ['{overdue}', 0, '0'],
    ['{overdue}', 1204, '1,204'],
    ['{overdue actions}', 0, 'no actions'],
    ['{overdue actions}', 1, '1 action'],
    ['{overdue actions}', 7, '7 actions'],
    ['{Overdue actions are} late.', 0, 'No action is late.'],
    ['{Overdue actions are} late.', 1, '1 action is late.'],
    ['{overdue were} late', 2, '2 were late'],
    ['{overdue have} slipped', 0, 'none has slipped'],
    ['{overdue became} late', 1, '1 became late'],
  ])('%s for %i is “%s”', (words, overdue, expected) => {
    expect(shown(words, exampleFigures({ overdue }))).toBe(expected);
  });

  it('of one plan among several is named by its number', () => {
    const two = exampleFigures({ overdue: 2 }, 2);
    expect(shown('{overdue}: {1.overdue} and {2.overdue}', two)).toBe('4: 2 and 2');
    expect(unknownTokens('{3.overdue}', boundFigures(two))).toEqual(['{3.overdue}']);
    expect(unknownTokens('{1.overdue}', boundFigures(exampleFigures()))).toEqual(['{1.overdue}']);
  });

  it('that there is none of is told, as it was typed', () => {
    const typed = '{late} {overdue actions sing} {overdue lots of} {overdue} {as-at actions}';
    expect(unknownTokens(typed, boundFigures(exampleFigures()))).toEqual([
      '{late}',
      '{overdue actions sing}',
      '{overdue lots of}',
      '{as-at actions}',
    ]);
  });
});

describe('a number typed by hand', () => {
  it('is listed, with the figure of the same value; a date and a reference are none', () => {
    const words = 'On 4 March 2026 and in May 2025, action 1.2 and 17 others of 3, by 2027/28.';
    expect(looseNumbers(words, boundFigures(exampleFigures()), ['1.2'])).toEqual([
      { number: '17', sameAs: [] },
      { number: '3', sameAs: ['actions', 'shown', 'opening', 'shown-then'] },
    ]);
  });
});

describe('the first words of every section', () => {
  const counts = fc.record({
    complete: fc.nat(3),
    inProgress: fc.nat(3),
    notStarted: fc.nat(3),
    notStated: fc.nat(3),
    overdue: fc.nat(3),
    revised: fc.nat(3),
  });

  it('name only figures that there are, end their sentences, and agree in number', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(1, 2), fc.boolean(), (given, plans, forDecision) => {
        const figures = exampleFigures(given, plans);
        for (const { key } of sections) {
          const words = firstWords(key, figures, { forDecision });
          expect(unknownTokens(words, boundFigures(figures))).toEqual([]);
          const text = shown(words, figures);
          for (const line of text.split('\n')) expect(line).toMatch(/^[^a-z].*\.$/s);
          expect(text).not.toMatch(/\b1 (actions|are|were|have)\b|\b0 /);
          expect(text).not.toMatch(/\b(no|none|[2-9]) (action|is|was|has)\b(?! )/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are honest where nothing happened, and where there is nothing to compare with', () => {
    const nothing = exampleFigures({ completed: 0 });
    expect(shown(firstWords('summary', nothing, { forDecision: false }), nothing)).toContain(
      'Since 1 September 2014, no action was completed',
    );
    const alone = { ...exampleFigures(), since: null };
    alone.plans = alone.plans.map((plan) => ({ ...plan, movement: null, then: null }));
    expect(shown(firstWords('position', alone, { forDecision: false }), alone)).toContain(
      'There is no earlier day with which to compare.',
    );
  });

  it('tell the arithmetic of 2014: 133 actions, 108 complete, a table of 32 of which 101 had left', () => {
    const figures = exampleFigures({
      actions: 133,
      complete: 108,
      inProgress: 25,
      notStarted: 0,
      outstanding: 25,
      shown: 32,
      leftTable: 101,
      shownThen: 133,
    });
    const text = shown(firstWords('position', figures, { forDecision: false }), figures);
    expect(text).toContain('holds 133 actions: 108 are complete and 25 are in progress.');
    expect(text).toContain('held 133 actions then and holds 32 actions now: 101 actions left it');
  });

  it('take a bracket in a plan’s title for no figure', () => {
    const figures = exampleFigures();
    figures.plans = figures.plans.map((plan) => ({ ...plan, title: 'Plan {overdue}' }));
    const text = shown(firstWords('background', figures, { forDecision: false }), figures);
    expect(text).toContain('Plan (overdue) has 1 objective');
  });
});

it('days are named in words', () => {
  expect(shown('{as-at} and {since}')).toBe('27 November 2014 and 1 September 2014');
  expect('2014-11-27' as IsoDate).toBe(exampleFigures().asAt);
});
