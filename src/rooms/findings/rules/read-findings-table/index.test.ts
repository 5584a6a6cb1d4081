import { describe, expect, it } from 'vitest';
import { letter, workbook, type Made } from '#platform/documents/tables/grid.test-help.ts';
import { readFindingsTable } from './index.ts';

const headings = ['No', 'Recommendation', 'Page', 'Para', 'Response', 'Reason', 'Lead', 'Themes'];
const read = (made: Made[][]) => readFindingsTable(workbook(made), { kind: 'strength' });

describe('a table of findings', () => {
  const { findings, columns, problems } = read([
    headings,
    [
      '1',
      'Write up each visit\nwithin two days',
      'p. 4',
      '12',
      'Accepted',
      '',
      'Head of Service',
      'Visits; Recording',
    ],
    ['1.10', 'Find carers nearby', '6', '', 'Partly accepted', 'No money yet', '', ''],
    ['3', 'Close the hub', '', '', 'Not accepted', '', '', ''],
    ['4', 'Ask families', '', '', 'Work has begun', '', '', ''],
  ]);

  it('keeps the words to the letter, with where they stand', () => {
    expect(findings[0]).toEqual({
      where: 'Plan!B2',
      kind: 'recommendation',
      ref: '1',
      words: 'Write up each visit\nwithin two days',
      page: '4',
      paragraph: '12',
      area: null,
      answer: 'accepted',
      reason: null,
      lead: 'Head of Service',
      reportsTo: null,
      themes: ['Visits', 'Recording'],
    });
    expect(findings[1]).toMatchObject({
      ref: '1.10',
      answer: 'partly accepted',
      reason: 'No money yet',
    });
  });

  it('says what each column is', () => {
    expect(columns.map(({ meaning }) => meaning)).toEqual([
      ...['ref', 'words', 'page', 'paragraph', 'response', 'reason', 'lead', 'themes'],
    ]);
  });

  it('asks for the reason of a refusal, and about words that are no answer', () => {
    expect(problems.map(({ where, finding }) => [where, finding])).toEqual([
      ['Plan!E4', 'Plan!B4'],
      ['Plan!E5', 'Plan!B5'],
    ]);
    expect(findings[3]).toMatchObject({ answer: null, reason: 'Work has begun' });
  });
});

describe('the kind of a finding', () => {
  it('is what its column says, then the heading above, then what the person said', () => {
    const { findings } = read([
      ['Finding', 'Type', 'Page'],
      ['Children are seen', 'Strength', '1'],
      [{ text: 'What needs to improve', across: 3 }, '', ''],
      ['Plans drift', '', '2'],
      ['Who tells children?', 'Key question', '3'],
    ]);
    expect(findings.map(({ kind }) => kind)).toEqual([
      'strength',
      'area for development',
      'key question',
    ]);
  });

  it('is the heading of each table in a letter', () => {
    const { findings } = readFindingsTable(
      letter(
        {
          before: ['Strengths'],
          rows: [
            ['Finding', 'Page'],
            ['Children are seen', '1'],
          ],
        },
        {
          before: ['Areas for improvement'],
          rows: [
            ['Finding', 'Page'],
            ['Plans drift', '2'],
          ],
        },
      ),
      { kind: 'recommendation' },
    );
    expect(findings.map(({ kind }) => kind)).toEqual(['strength', 'area for development']);
  });

  it('that is not known is asked about', () => {
    const { findings, problems } = read([
      ['Finding', 'Type', 'Page'],
      ['Children are seen', 'Puzzle', '1'],
    ]);
    expect(findings[0]?.kind).toBe('strength');
    expect(problems.map(({ where }) => where)).toEqual(['Plan!B2']);
  });
});

describe('a table that is none of findings', () => {
  it('is said to hold none, and takes what a person says of its columns', () => {
    const grid = workbook([
      ['A', 'B'],
      ['1', 'Plans drift'],
    ]);
    const before = readFindingsTable(grid, { kind: 'recommendation' });
    expect(before.findings).toEqual([]);
    expect(before.problems).toMatchObject([{ severity: 'error' }]);
    const { findings } = readFindingsTable(grid, {
      kind: 'recommendation',
      columns: [
        { table: 'Plan', index: 1, meaning: 'ref' },
        { table: 'Plan', index: 2, meaning: 'words' },
      ],
    });
    expect(findings).toMatchObject([{ ref: '1', words: 'Plans drift', kind: 'recommendation' }]);
  });

  it('leaves a row without words out, and says so', () => {
    const { findings, problems } = read([
      headings,
      ['1', 'Write', '', '', '', '', '', ''],
      ['2', '', '9', '', '', '', '', ''],
    ]);
    expect(findings).toHaveLength(1);
    expect(problems).toMatchObject([{ where: 'Plan!A3', severity: 'doubt' }]);
  });
});
