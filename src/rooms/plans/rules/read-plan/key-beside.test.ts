import { describe, expect, it } from 'vitest';
import { workbook, type Made } from '#platform/documents/tables/grid.test-help.ts';
import { readPlan } from './index.ts';

const [red, amber, green] = ['FF0000', 'FFC000', '00B050'];

describe('a key beside the plan', () => {
  const plan: Made[][] = [
    ['Saltmarsh plan for young carers', '', '', '', '', 'Key'],
    ['Action', 'Lead', 'By when', 'RAG', '', { text: 'On track', fill: green }],
    ['Write the guide', 'SM', 'May 2025', { fill: green }, '', { text: 'Slipping', fill: amber }],
    ['PARTNERS', '', '', '', '', { text: 'Off track', fill: red }],
    ['Ask the schools', 'TM', 'June 2025', { fill: red }],
  ];

  it('says what the colours mean, and is no part of the plan', () => {
    const reading = readPlan(workbook(plan));
    expect(reading.title).toBe('Saltmarsh plan for young carers');
    expect(reading.sections).toEqual(['PARTNERS']);
    expect(
      reading.actions.map(({ text, claimedRag, progress }) => [text, claimedRag, progress]),
    ).toEqual([
      ['Write the guide', 'green', null],
      ['Ask the schools', 'red', null],
    ]);
    expect(reading.ragMeanings).toEqual([
      { colour: 'green', meaning: 'On track' },
      { colour: 'amber', meaning: 'Slipping' },
      { colour: 'red', meaning: 'Off track' },
    ]);
  });

  it('is not seen in a column of the plan that stands after an empty one', () => {
    const reading = readPlan(
      workbook([
        ['Action', 'Lead', 'By when', '', 'RAG'],
        ['Write the guide', 'SM', 'May 2025', '', { text: 'Green', fill: green }],
        ['Ask the schools', 'TM', 'June 2025', '', { text: 'Red', fill: red }],
      ]),
    );
    expect(reading.actions.map(({ claimedRag }) => claimedRag)).toEqual(['green', 'red']);
    expect(reading.ragMeanings).toEqual([]);
  });
});
