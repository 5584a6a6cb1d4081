import { describe, expect, it } from 'vitest';
import { workbook } from '#platform/documents/tables/grid.test-help.ts';
import { readPlan } from './index.ts';

describe('a column that holds a status here and a colour there', () => {
  it('is asked about where word and background differ', () => {
    const reading = readPlan(
      workbook([
        ['Action', 'Lead', 'Status'],
        ['Write the guide', 'SM', 'Not started'],
        ['Print the guide', 'SM', { text: 'Amber', fill: 'FF0000' }],
        ['Send the guide', 'SM', 'Complete'],
        ['Ask about the guide', 'SM', { text: 'Amber', fill: 'FFC000' }],
      ]),
    );
    expect(reading.actions.map(({ claimedRag }) => claimedRag)).toEqual([
      null,
      'amber',
      null,
      'amber',
    ]);
    expect(reading.problems.map(({ where }) => where)).toEqual(['Plan!C3']);
  });
});
