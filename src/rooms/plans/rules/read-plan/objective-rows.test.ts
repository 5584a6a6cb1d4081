import { describe, expect, it } from 'vitest';
import { workbook } from '#platform/documents/tables/grid.test-help.ts';
import { readPlan } from './index.ts';

describe('a row of a number and the words of an objective', () => {
  it('begins it, also between the actions of a table without a column for it', () => {
    const heading = ['Action number', 'Action', 'Lead', 'By when'];
    const reading = readPlan(
      workbook([
        ['Action plan'],
        ['Objective 1', 'Good social work'],
        heading,
        ['1.1', 'Choose a model', 'PSW', 'May 2025'],
        ['Objective 2', 'Good leaders'],
        heading,
        ['2.1', 'Coach managers', 'SM', 'June 2025'],
      ]),
    );
    expect(reading.actions.map(({ ref, objective }) => [ref, objective])).toEqual([
      ['1.1', 'Good social work'],
      ['2.1', 'Good leaders'],
    ]);
  });
});

describe('an objective that needs no action', () => {
  const heading = [
    'Ref',
    'Standard',
    'Fully / Partially / Not met',
    'What else will we do?',
    'Who',
  ];

  it('is kept, and asked about with what the row says of it', () => {
    const reading = readPlan(
      workbook([
        heading,
        ['1.9', 'Decisions are recorded', 'Partially', 'Check the records', 'SM'],
        ['1.10', 'Visits are on time', 'Fully', '', ''],
        ['1.20', 'Advocates are offered', 'Not met', 'Find advocates', 'TM'],
      ]),
    );
    expect(reading.objectives.map(({ ref }) => ref)).toEqual(['1.9', '1.10', '1.20']);
    expect(reading.actions.map(({ objectiveRef }) => objectiveRef)).toEqual(['1.9', '1.20']);
    expect(reading.problems).toEqual([
      {
        where: 'Plan!A3',
        severity: 'doubt',
        message:
          'The objective “Visits are on time” has no action under it. What the row says of it is left out: “Fully”.',
      },
    ]);
  });

  it('may have a colour of its own above those of its actions', () => {
    const reading = readPlan(
      workbook([
        ['Objective', 'Action', 'Lead', 'RAG'],
        ['Visits are on time', '', '', 'Amber'],
        ['', 'Plan the visits', 'SM', 'Green'],
        ['', 'Count the visits', 'TM', 'Red'],
      ]),
    );
    expect(reading.actions.map(({ objective, claimedRag }) => [objective, claimedRag])).toEqual([
      ['Visits are on time', 'green'],
      ['Visits are on time', 'red'],
    ]);
    expect(reading.problems.map(({ where, severity }) => [where, severity])).toEqual([
      ['Plan!A2', 'doubt'],
    ]);
  });
});
