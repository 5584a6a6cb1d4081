import { describe, expect, it } from 'vitest';
import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import {
  letter,
  sheets,
  table,
  workbook,
  type Made,
} from '#platform/documents/tables/grid.test-help.ts';
import { readCriteria } from './index.ts';

function day(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new Error(`not a day: ${text}`);
  return date;
}

const headings = [
  'Ref',
  'Description',
  'How do we meet this',
  'Fully / Partially / Not Met',
  'If not fully, why this judgement?',
  'What else do we need to do',
  'When do we need to do it by?',
  'Who is responsible for doing it?',
];

const rows: Made[][] = [
  [
    '1.9',
    'Records say who decided',
    'Monthly look',
    'Partially',
    'Two gaps',
    'Mend the form',
    'End of January 2014',
    'Social workers / TM/HOS',
  ],
  ['1.10', 'Assessments are in time', 'Weekly list', 'Fully met', '', '', 'February 14', 'HOS/TM'],
  [
    '1.19',
    'Families are asked',
    '',
    'Not met',
    'No survey',
    "='Old tab'!F17",
    'Feb 14',
    'HOS/TM/SG/GM',
  ],
  ['1.20', 'An advocate is offered', 'By phone', 'N/A', '', '', 'End of Jan 14', 'TM/admin'],
];

describe('a table of criteria', () => {
  const reading = readCriteria(workbook([headings, ...rows]));

  it('keeps the refs as text, in the order of the document', () => {
    expect(reading.judgements.map(({ ref }) => ref)).toEqual(['1.9', '1.10', '1.19', '1.20']);
  });

  it('says what each column holds, with samples', () => {
    expect(reading.columns.map(({ where, meaning }) => [where, meaning])).toEqual([
      ['A', 'ref'],
      ['B', 'criterion'],
      ['C', 'howMet'],
      ['D', 'level'],
      ['E', 'why'],
      ['F', 'next'],
      ['G', 'due'],
      ['H', 'leads'],
    ]);
    expect(reading.columns[1]?.samples[0]).toBe('Records say who decided');
  });

  it('takes every cell of a criterion to the letter', () => {
    expect(reading.judgements[0]).toEqual({
      where: 'Plan!B2',
      domain: null,
      ref: '1.9',
      criterion: 'Records say who decided',
      howMet: 'Monthly look',
      level: 'partially-met',
      why: 'Two gaps',
      next: 'Mend the form',
      due: {
        asWritten: 'End of January 2014',
        from: '2014-01-31',
        to: '2014-01-31',
        precision: 'day',
      },
      leads: ['Social workers', 'TM', 'HOS'],
    });
  });

  it('reads the levels, and leaves an empty cell empty', () => {
    expect(reading.judgements.map(({ level }) => level)).toEqual([
      'partially-met',
      'fully-met',
      'not-met',
      'not-applicable',
    ]);
    expect(reading.judgements[1]).toMatchObject({ why: null, next: null });
  });

  it('reads “February 14” by the dates beside it, and asks', () => {
    expect(reading.judgements[1]?.due).toMatchObject({
      from: '2014-02-01',
      to: '2014-02-28',
      precision: 'month',
    });
    expect(reading.problems).toContainEqual({
      where: 'Plan!G3',
      severity: 'doubt',
      message:
        '“February 14” is read as the month February 2014; it could also be the day 14 February.',
      judgement: 'Plan!B3',
    });
    expect(reading.judgements[3]?.due).toMatchObject({ to: '2014-01-31', precision: 'day' });
  });

  it('says that a cell holds a formula and not words', () => {
    expect(reading.judgements[2]?.next).toBe("='Old tab'!F17");
    expect(reading.problems.map(({ where }) => where)).toContain('Plan!F4');
  });

  it('reads a date without a year near the day of the position', () => {
    const { judgements } = readCriteria(
      workbook([headings, ['1.1', 'A', 'B', 'Partially', '', '', '14 May', 'TM']]),
      { positionOn: day('2019-04-01') },
    );
    expect(judgements[0]?.due.to).toBe('2019-05-14');
  });
});

describe('the shapes in which people keep it', () => {
  it('takes rows of one cell, merged or not, as domains', () => {
    const { judgements, problems } = readCriteria(
      workbook([
        headings,
        [{ text: 'Help and protection', across: 8 }, '', '', '', '', '', '', ''],
        rows[0] ?? [],
        ['2', 'Children in care', '', '', '', '', '', ''],
        ['2.4', 'Visits are kept', 'List', 'Met', '', '', '', 'TM'],
      ]),
    );
    expect(judgements.map(({ domain, ref }) => [domain, ref])).toEqual([
      ['Help and protection', '1.9'],
      ['2 Children in care', '2.4'],
    ]);
    expect(problems).toEqual([]);
  });

  it('adds rows that name no criterion to the one above, and says so', () => {
    const { judgements, problems } = readCriteria(
      workbook([
        headings,
        ['1.9', 'Records', 'First', 'Partially', '', 'One', '', 'TM'],
        ['', '', 'Second', '', '', 'Two', '', 'HOS'],
      ]),
    );
    expect(judgements).toHaveLength(1);
    expect(judgements[0]).toMatchObject({
      howMet: 'First\nSecond',
      next: 'One\nTwo',
      leads: ['TM', 'HOS'],
    });
    expect(problems.map(({ where }) => where)).toEqual(['Plan!C3']);
  });

  it('knows a criterion merged over several rows once', () => {
    const { judgements } = readCriteria(
      workbook([
        headings,
        [
          { text: '1.9', down: 2 },
          { text: 'Records', down: 2 },
          'First',
          'Partially',
          '',
          'One',
          '',
          'TM',
        ],
        ['', '', 'Second', '', '', 'Two', '', 'HOS'],
      ]),
    );
    expect(judgements.map(({ ref, next }) => [ref, next])).toEqual([['1.9', 'One\nTwo']]);
  });

  it('reads on under repeated headings, and over a table that Word has cut', () => {
    const { judgements } = readCriteria(
      letter(
        { before: ['Self-assessment'], rows: [headings, rows[0] ?? [], headings, rows[1] ?? []] },
        { rows: [rows[2] ?? [], rows[3] ?? []] },
      ),
    );
    expect(judgements.map(({ ref }) => ref)).toEqual(['1.9', '1.10', '1.19', '1.20']);
  });

  it('takes each sheet of a workbook as a domain, and leaves a hidden one out', () => {
    const made = (name: string, row: Made[] | undefined, hidden = false) =>
      table(name, [headings, row ?? []], { hidden });
    const { judgements, problems } = readCriteria(
      sheets(made('Help', rows[0]), made('Care', rows[1]), made('Old', rows[2], true)),
    );
    expect(judgements.map(({ domain }) => domain)).toEqual(['Help', 'Care']);
    expect(problems.map(({ where }) => where)).toContain('Old');
  });

  it('takes the ref from the words where no column holds it', () => {
    const { judgements } = readCriteria(
      workbook([
        ['Standard', 'Judgement', 'Evidence'],
        ['1.9 Records say who decided', 'Good', 'Look'],
        ['1.10 Assessments are in time', 'Requires improvement', 'List'],
      ]),
    );
    expect(
      judgements.map(({ ref, criterion, level, howMet }) => [ref, criterion, level, howMet]),
    ).toEqual([
      ['1.9', 'Records say who decided', 'good', 'Look'],
      ['1.10', 'Assessments are in time', 'requires-improvement', 'List'],
    ]);
  });

  it('puts back the noughts that Excel left out of the refs, and says so', () => {
    const short = rows.map((row, at) => [['1.9', '1.1', '1.19', '1.2'][at] ?? '', ...row.slice(1)]);
    const { judgements, problems } = readCriteria(workbook([headings, ...short]));
    expect(judgements.map(({ ref }) => ref)).toEqual(['1.9', '1.10', '1.19', '1.20']);
    expect(problems.map(({ where }) => where)).toEqual(
      expect.arrayContaining(['Plan!A3', 'Plan!A5']),
    );
  });

  it('says which level it could not read, and which ref stands twice', () => {
    const { judgements, problems } = readCriteria(
      workbook([headings, ...rows, ['1.9', 'Again', '', 'Somewhat', '', '', '', 'TM']]),
    );
    expect(judgements.at(-1)?.level).toBeNull();
    const said = problems.filter(({ judgement }) => judgement === 'Plan!B6');
    expect(said.map(({ where }) => where).sort()).toEqual(['Plan!B6', 'Plan!D6']);
  });

  it('takes what a person says of a column', () => {
    const { judgements } = readCriteria(
      workbook([
        ['A', 'B', 'C'],
        ['7', 'Visits are kept', 'Met'],
      ]),
      {
        columns: [
          { table: 'Plan', index: 1, meaning: 'ref' },
          { table: 'Plan', index: 2, meaning: 'criterion' },
          { table: 'Plan', index: 3, meaning: 'level' },
        ],
      },
    );
    expect(judgements).toMatchObject([
      { ref: '7', criterion: 'Visits are kept', level: 'fully-met' },
    ]);
  });
});

describe('a file that is no such table', () => {
  it('is said to hold no criteria, and its columns are listed', () => {
    const reading = readCriteria(
      workbook([
        ['Name', 'Town'],
        ['Ash', 'Saltmarsh'],
        ['Elm', 'Marsh'],
      ]),
    );
    expect(reading.judgements).toEqual([]);
    expect(reading.problems).toMatchObject([{ severity: 'error' }]);
    expect(reading.columns.map(({ header }) => header)).toEqual(['Name', 'Town']);
  });

  it('is not read beyond ten thousand rows', () => {
    const many = Array.from({ length: 10_000 }, () => ['1', 'x', 'y', 'Met', '', '', '', '']);
    const reading = readCriteria(workbook([headings, ...many]));
    expect(reading.judgements).toEqual([]);
    expect(reading.problems).toMatchObject([{ severity: 'error' }]);
  });

  it('of headings alone holds no criteria', () => {
    expect(readCriteria(workbook([headings])).problems).toMatchObject([{ severity: 'error' }]);
  });
});
