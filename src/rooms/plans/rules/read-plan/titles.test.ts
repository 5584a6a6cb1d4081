import { describe, expect, it } from 'vitest';
import { letter, workbook, type Made } from '#platform/documents/tables/grid.test-help.ts';
import { readPlan } from './index.ts';

const heading = ['Action', 'Lead', 'By when'];
const actionsOf = (reading: ReturnType<typeof readPlan>): [string, string | null, string][] =>
  reading.actions.map(({ text, section, objective }) => [text, section, objective]);

describe('lines above a heading row that is repeated', () => {
  it('are notes, but for the nearest, which names what follows', () => {
    const reading = readPlan(
      workbook([
        ['Saltmarsh improvement plan'],
        ['Agreed by the board on 3 March 2025. Items with a star are carried over.'],
        ['Help and protection'],
        heading,
        ['Write the guide', 'SM', 'May 2025'],
        ['Children in care'],
        heading,
        ['Book reviews', 'IRO', 'June 2025'],
      ]),
    );
    expect(reading.title).toBe('Saltmarsh improvement plan');
    expect(reading.sections).toEqual(['Help and protection', 'Children in care']);
  });
});

describe('a title with a date', () => {
  it('gives its year to dates that name none, with a question', () => {
    const reading = readPlan(
      letter({
        before: ['Saltmarsh improvement board', 'Action log – 3 March 2023'],
        rows: [heading, ['Write to schools', 'Chair', '31 March'], ['Meet', 'Chair', 'ASAP']],
      }),
    );
    expect(reading.actions[0]?.due).toMatchObject({ to: '2023-03-31', precision: 'day' });
    expect(reading.problems.map(({ where }) => where)).toEqual(['table 1 row 2 cell 3']);
  });
});

describe('a paragraph above a table', () => {
  it('that says only what the table is names no section', () => {
    const reading = readPlan(
      letter({
        before: ['Saltmarsh plan for children', 'Action plan'],
        rows: [heading, ['Write the guide', 'SM', 'May 2025']],
      }),
    );
    expect(reading.title).toBe('Saltmarsh plan for children');
    expect(reading.sections).toEqual([]);
  });
});

describe('a box of particulars above the actions', () => {
  const form = (outcome: string, source: string, action: string): { rows: Made[][] } => ({
    rows: [
      ['Outcome sought', { text: outcome, across: 2 }, ''],
      ['Source', { text: source, across: 2 }, ''],
      heading,
      [action, 'SM', 'May 2025'],
    ],
  });

  it('names their objective by the outcome, with its sources', () => {
    const reading = readPlan(
      letter(
        form('Children are heard', 'Peer review 2024; Survey 2023', 'Ask children'),
        form('Homes are safe', 'Peer review 2024', 'Visit homes'),
      ),
    );
    expect(actionsOf(reading)).toEqual([
      ['Ask children', null, 'Children are heard'],
      ['Visit homes', null, 'Homes are safe'],
    ]);
    expect(reading.objectives.map(({ sources }) => sources)).toEqual([
      ['Peer review 2024', 'Survey 2023'],
      ['Peer review 2024'],
    ]);
  });

  it('gives an outcome where an objective is named too, to its own actions only', () => {
    const named = (objective: string, outcome: string, action: string): { rows: Made[][] } => ({
      rows: [
        ['Objective', { text: objective, across: 2 }, ''],
        ['Outcome', { text: outcome, across: 2 }, ''],
        heading,
        [action, 'SM', 'May 2025'],
      ],
    });
    const reading = readPlan(
      letter(
        named('Hear children', 'Children feel heard', 'Ask children'),
        named('Visit homes', 'Children are safe', 'Plan the visits'),
      ),
    );
    expect(reading.actions.map(({ objective, outcome }) => [objective, outcome])).toEqual([
      ['Hear children', 'Children feel heard'],
      ['Visit homes', 'Children are safe'],
    ]);
  });
});
