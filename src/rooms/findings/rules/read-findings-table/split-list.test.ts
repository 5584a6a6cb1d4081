import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitList } from './split-list.ts';

const split = (text: string) =>
  splitList(text, 'recommendation').findings.map(({ ref, words }) => [ref, words]);

describe('a pasted list', () => {
  it.each<[string, string, (string | null)[][]]>([
    [
      'by numbers',
      '1. Write up visits\n2. Find carers',
      [
        ['1', 'Write up visits'],
        ['2', 'Find carers'],
      ],
    ],
    [
      'by brackets',
      '1) Write\n(b) Find',
      [
        ['1', 'Write'],
        ['b', 'Find'],
      ],
    ],
    [
      'by names',
      'R1 Write\nRecommendation 2: Find',
      [
        ['R1', 'Write'],
        ['Recommendation 2', 'Find'],
      ],
    ],
    [
      'by parts',
      '1.9 Write\n1.10 Find',
      [
        ['1.9', 'Write'],
        ['1.10', 'Find'],
      ],
    ],
    [
      'by bullets',
      '• Write\n– Find',
      [
        [null, 'Write'],
        [null, 'Find'],
      ],
    ],
    [
      'by blank lines',
      'Write up\nvisits\n\nFind carers',
      [
        [null, 'Write up visits'],
        [null, 'Find carers'],
      ],
    ],
    [
      'by lines',
      'Write\nFind',
      [
        [null, 'Write'],
        [null, 'Find'],
      ],
    ],
    [
      'with lines that go on',
      '1. Write up every\nvisit\n2. Find',
      [
        ['1', 'Write up every visit'],
        ['2', 'Find'],
      ],
    ],
    [
      'with a paragraph within',
      '1. Write.\n\nBy March.\n2. Find',
      [
        ['1', 'Write.\nBy March.'],
        ['2', 'Find'],
      ],
    ],
    ['with a word cut in two', '1. Multi-\nagency plans', [['1', 'Multi-agency plans']]],
    [
      'with lines of Windows',
      '1. Write\r\n2. Find',
      [
        ['1', 'Write'],
        ['2', 'Find'],
      ],
    ],
  ])('is split %s', (_, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  it('takes a year or a count at the start of a line as words', () => {
    expect(split('1. Audit each team by\n2026 and tell the board')).toEqual([
      ['1', 'Audit each team by 2026 and tell the board'],
    ]);
  });

  it('takes the kind from the lines that name one', () => {
    const { findings } = splitList(
      'Strengths\n• Seen\nAreas for improvement\n• Drift',
      'key question',
    );
    expect(findings.map(({ kind, words }) => [kind, words])).toEqual([
      ['strength', 'Seen'],
      ['area for development', 'Drift'],
    ]);
  });

  it('asks about what stands before the first number', () => {
    const { findings, problems } = splitList('The inspectors said:\n1. Write', 'recommendation');
    expect(findings.map(({ where }) => where)).toEqual(['line 1', 'line 2']);
    expect(problems).toMatchObject([{ where: 'line 1', finding: 'line 1' }]);
  });

  it('holds nothing where nothing was pasted', () => {
    expect(split(' \n\n')).toEqual([]);
  });

  it('loses no word and adds none, whatever is numbered', () => {
    const words = fc
      .array(fc.stringMatching(/^[A-Z][a-z]{3,8}$/), { minLength: 2, maxLength: 6 })
      .map((all) => all.join(' '));
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 30 }), (points) => {
        const text = points.map((point, at) => `${at + 1}. ${point.replace(' ', '\n')}`).join('\n');
        expect(split(text)).toEqual(points.map((point, at) => [String(at + 1), point]));
      }),
    );
  });
});
