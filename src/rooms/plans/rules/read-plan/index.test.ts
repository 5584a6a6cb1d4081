import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import type { DocumentGrid } from '#platform/documents/grid.ts';
import type { ColumnMeaning, PlanReading } from '../reading.ts';
import {
  letter,
  sheets,
  table,
  workbook,
  type Made,
} from '#platform/documents/tables/grid.test-help.ts';
import { readPlan } from './index.ts';

const green = '00B050';
const amber = 'FFC000';
const red = 'FF0000';

function iso(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new Error(`not a date: ${text}`);
  return date;
}

/** What the columns were taken for, by heading. */
function mapping(reading: PlanReading): Record<string, ColumnMeaning> {
  return Object.fromEntries(
    reading.columns.map(({ header, where, meaning }) => [header || where, meaning]),
  );
}

function doubtsAt(reading: PlanReading, where: string): string[] {
  return reading.problems.filter((one) => one.where === where).map(({ message }) => message);
}

const simple = ['Objective', 'Action', 'Lead', 'By when', 'RAG'];

describe('a plan in a sheet', () => {
  const reading = readPlan(
    workbook([
      ['Saltmarsh improvement plan 2025/26'],
      ['Updated 3 June 2025'],
      [],
      [
        'Recommendation',
        'Who?',
        'Does what?',
        'By when?',
        'How will we know?',
        'Outcomes for children',
        'RAG rated progress',
        '',
      ],
      ['INSPECTION FINDINGS'],
      [
        'Help arrives in time',
        'Early help lead',
        'Write the guide',
        { text: '11-May-25', date: '2025-05-11' },
        'Guide is out',
        'Less waiting',
        { fill: green },
        'complete',
      ],
      [
        '',
        'Team managers',
        'Train the team\n• in May\n• in June',
        'END AUG 2025',
        'All trained',
        'as above',
        { fill: amber },
        'This will be completed after the move',
      ],
      ['AUDIT'],
      [
        'Plans are clear',
        'Early help lead',
        'Check ten plans a month',
        'ASAP',
        'Ten checked',
        '',
        { fill: red },
        '',
      ],
    ]),
  );

  it('has its title, sections and objectives', () => {
    expect(reading.title).toBe('Saltmarsh improvement plan 2025/26');
    expect(reading.sections).toEqual(['INSPECTION FINDINGS', 'AUDIT']);
    expect(reading.objectives).toEqual([
      { ref: null, title: 'Help arrives in time', section: 'INSPECTION FINDINGS', sources: [] },
      { ref: null, title: 'Plans are clear', section: 'AUDIT', sources: [] },
    ]);
  });

  it('maps its columns, the one without a heading too', () => {
    expect(mapping(reading)).toEqual({
      Recommendation: 'objective',
      'Who?': 'leads',
      'Does what?': 'text',
      'By when?': 'due',
      'How will we know?': 'successMeasure',
      'Outcomes for children': 'outcome',
      'RAG rated progress': 'rag',
      H: 'progress',
    });
    expect(reading.columns[3]).toMatchObject({ table: 'Plan', index: 4, where: 'D' });
  });

  it('has one action a row, whole', () => {
    expect(reading.actions).toHaveLength(3);
    expect(reading.actions[0]).toEqual({
      where: 'Plan!C6',
      section: 'INSPECTION FINDINGS',
      objectiveRef: null,
      objective: 'Help arrives in time',
      ref: null,
      text: 'Write the guide',
      leads: ['Early help lead'],
      contributors: [],
      priority: null,
      due: { asWritten: '11-May-25', from: '2025-05-11', to: '2025-05-11', precision: 'day' },
      revised: false,
      claimedRag: 'green',
      ragFrom: 'fill',
      status: 'complete',
      successMeasure: 'Guide is out',
      outcome: 'Less waiting',
      progress: 'complete',
      evidence: null,
      sources: [],
    });
    expect(reading.actions[1]).toMatchObject({
      objective: 'Help arrives in time',
      text: 'Train the team\n• in May\n• in June',
      due: { to: '2025-08-31' },
      claimedRag: 'amber',
      status: null,
    });
    expect(reading.actions[2]?.due.precision).toBe('asap');
  });

  it('counts, and has nothing to ask', () => {
    expect(reading.counts).toEqual({
      objectives: 2,
      actions: 3,
      byRag: { red: 1, amber: 1, green: 1, blue: 0, none: 0 },
      revised: 0,
    });
    expect(reading.problems).toEqual([]);
  });
});

describe('the wordings of many councils', () => {
  const wordings: [string[], ColumnMeaning[]][] = [
    [
      [
        'Ref',
        'Area for improvement',
        'What we will do',
        'Lead officer',
        'Timescale',
        'Success criteria',
        'Progress',
        'BRAG',
      ],
      ['objectiveRef', 'objective', 'text', 'leads', 'due', 'successMeasure', 'progress', 'rag'],
    ],
    [
      [
        'What do we want to achieve?',
        'What are we going to do?',
        'Who is responsible?',
        'By when?',
        'What difference will it make?',
        'Update',
      ],
      ['objective', 'text', 'leads', 'due', 'outcome', 'progress'],
    ],
    [
      ['No.', 'Action', 'Owner', 'Deadline', 'KPI', 'Status'],
      ['ref', 'text', 'leads', 'due', 'successMeasure', 'status'],
    ],
    [
      [
        'Theme',
        'Objective',
        'Key actions',
        'Responsible',
        'Target date',
        'Impact',
        'Evidence',
        'RAG rating',
        'Comments',
      ],
      ['section', 'objective', 'text', 'leads', 'due', 'outcome', 'evidence', 'rag', 'progress'],
    ],
    [
      ['Priority', 'Task', 'By whom', 'Completion date', 'Measure', 'Position as at 31 March'],
      ['objective', 'text', 'leads', 'due', 'successMeasure', 'progress'],
    ],
  ];
  it.each(wordings)('%j', (headings, meanings) => {
    const rows = [1, 2, 3].map((n) => headings.map((heading) => filling(heading, n)));
    const reading = readPlan(workbook([headings, ...rows]));
    expect(reading.columns.map(({ meaning }) => meaning)).toEqual(meanings);
    expect(reading.actions).toHaveLength(3);
  });

  function filling(heading: string, n: number): string {
    if (/^(?:ref|no\.)$/i.test(heading)) return `${n}.1`;
    if (/when|timescale|deadline|date/i.test(heading)) return `${n} June 2025`;
    if (/rag/i.test(heading)) return 'Green';
    if (/status/i.test(heading)) return 'In progress';
    return `${heading.replace(/\W/g, '')} words number ${n}`;
  }

  it('takes a priority of high, medium or low for a level, and any other for an objective', () => {
    const levels = readPlan(
      workbook([
        ['Action', 'Priority', 'Lead', 'Due'],
        ['Write the guide', 'High', 'SM', 'May 2025'],
        ['Train the team', 'L', 'SM', 'May 2025'],
      ]),
    );
    expect(levels.actions.map(({ priority }) => priority)).toEqual(['high', 'low']);
    expect(mapping(levels)).toMatchObject({ Priority: 'priority' });
  });

  it('takes numbers for a priority, and asks once', () => {
    const reading = readPlan(
      workbook([
        ['Action', 'Priority', 'Lead', 'Due'],
        ['Write the guide', '1', 'SM', 'May 2025'],
        ['Train the team', '3', 'SM', 'May 2025'],
      ]),
    );
    expect(reading.actions.map(({ priority }) => priority)).toEqual(['high', 'low']);
    expect(reading.problems.map(({ where }) => where)).toEqual(['Plan!B1']);
  });

  it('tells what it leaves out', () => {
    const reading = readPlan(
      workbook([
        ['Action', 'Lead', 'By when', 'Cost'],
        ['Write the guide', 'SM', 'May 2025', '£300'],
      ]),
    );
    expect(mapping(reading)).toMatchObject({ Cost: 'ignored' });
    expect(doubtsAt(reading, 'Plan!D1').join()).toContain('Cost');
  });

  it('reads headings in two rows', () => {
    const reading = readPlan(
      workbook([
        [
          { text: 'Objective', down: 2 },
          { text: 'Action', down: 2 },
          { text: 'Lead', down: 2 },
          { text: 'Timescale', down: 2 },
          { text: 'Monitoring', across: 2 },
        ],
        ['', '', '', '', 'RAG', 'Comments'],
        ['Help arrives in time', 'Write the guide', 'SM', 'May 2025', 'Green', 'It is out'],
      ]),
    );
    expect(reading.columns.map(({ meaning }) => meaning)).toEqual([
      'objective',
      'text',
      'leads',
      'due',
      'rag',
      'progress',
    ]);
    expect(reading.actions).toHaveLength(1);
    expect(reading.actions[0]).toMatchObject({ claimedRag: 'green', progress: 'It is out' });
  });

  it('reads a RAG column and its words under one merged heading', () => {
    const reading = readPlan(
      workbook([
        ['Action', 'Lead', 'Due', { text: 'RAG rated progress', across: 2 }, ''],
        ['Write the guide', 'SM', 'May 2025', { fill: green }, 'It is out'],
        ['Train the team', 'SM', 'June 2025', { fill: amber }, 'Half are trained'],
      ]),
    );
    expect(reading.actions.map(({ claimedRag, progress }) => [claimedRag, progress])).toEqual([
      ['green', 'It is out'],
      ['amber', 'Half are trained'],
    ]);
  });

  it('reads a lead and a date that share a column', () => {
    const reading = readPlan(
      workbook([
        ['Objective', 'Action', 'Lead and timescale', 'RAG'],
        ['Help arrives in time', 'Write the guide', 'Head of Service\nMay 2025', 'Green'],
      ]),
    );
    expect(reading.actions[0]).toMatchObject({
      leads: ['Head of Service'],
      due: { to: '2025-05-31' },
    });
  });

  it('takes the revised date where there are two columns of dates', () => {
    const reading = readPlan(
      workbook([
        ['Action', 'Lead', 'Original date', 'Revised date'],
        ['Write the guide', 'SM', 'May 2025', 'July 2025'],
        ['Train the team', 'SM', 'June 2025', ''],
      ]),
    );
    expect(reading.actions.map(({ due, revised }) => [due.asWritten, revised])).toEqual([
      ['July 2025', true],
      ['June 2025', false],
    ]);
    expect(reading.counts.revised).toBe(1);
  });
});

describe('sections', () => {
  it('are headings that stand alone, are merged across or are coloured from end to end', () => {
    const band = 'DCE6F1';
    const reading = readPlan(
      workbook([
        simple,
        [{ text: 'Priority 1: Leadership', across: 5 }],
        ['Leaders know', 'Visit teams', 'DCS', 'May 2025', 'Green'],
        [
          { text: 'Practice', fill: band },
          { fill: band },
          { fill: band },
          { fill: band },
          { fill: band },
        ],
        ['Plans are clear', 'Check plans', 'SM', 'June 2025', 'Amber'],
        ['WORKFORCE'],
        ['People stay', 'Ask them why', 'HR', 'June 2025', 'Amber'],
      ]),
    );
    expect(reading.sections).toEqual(['Priority 1: Leadership', 'Practice', 'WORKFORCE']);
    expect(reading.actions.map(({ section }) => section)).toEqual(reading.sections);
    expect(reading.problems).toEqual([]);
  });

  it('are told from an objective that goes on below it', () => {
    const reading = readPlan(
      workbook([
        simple,
        ['Leadership'],
        ['1.1 Leaders know'],
        ['', 'Visit teams', 'DCS', 'May 2025', 'Green'],
        ['', 'Read files', 'DCS', 'May 2025', 'Green'],
      ]),
    );
    expect(reading.sections).toEqual(['Leadership']);
    expect(reading.objectives).toEqual([
      { ref: '1.1', title: 'Leaders know', section: 'Leadership', sources: [] },
    ]);
    expect(reading.actions.map(({ objective }) => objective)).toEqual([
      'Leaders know',
      'Leaders know',
    ]);
  });

  it('end the objective before them', () => {
    const reading = readPlan(
      workbook([
        simple,
        ['Leaders know', 'Visit teams', 'DCS', 'May 2025', 'Green'],
        ['PRACTICE'],
        ['', 'Check plans', 'SM', 'June 2025', 'Amber'],
      ]),
    );
    expect(reading.actions.map(({ objective }) => objective)).toEqual(['Leaders know', 'PRACTICE']);
  });

  it('are the objectives where no column names them', () => {
    const reading = readPlan(
      workbook([
        ['Action', 'Lead', 'By when', 'RAG'],
        [{ text: 'Priority 1 – Leadership', across: 4 }],
        ['Visit teams', 'DCS', 'May 2025', 'Green'],
        [{ text: 'Priority 2 – Practice', across: 4 }],
        ['Check plans', 'SM', 'June 2025', 'Amber'],
      ]),
    );
    expect(reading.sections).toEqual(['Priority 1 – Leadership', 'Priority 2 – Practice']);
    expect(reading.objectives.map(({ ref, title }) => [ref, title])).toEqual([
      ['Priority 1', 'Leadership'],
      ['Priority 2', 'Practice'],
    ]);
  });

  it('and headings of objectives within them are told apart', () => {
    const reading = readPlan(
      workbook([
        ['Action', 'Lead', 'By when', 'RAG'],
        [{ text: 'LEADERSHIP', across: 4 }],
        [{ text: 'Objective 1: Leaders know', across: 4 }],
        ['Visit teams', 'DCS', 'May 2025', 'Green'],
        [{ text: 'Objective 2: Leaders act', across: 4 }],
        ['Read files', 'DCS', 'May 2025', 'Green'],
        [{ text: 'PRACTICE', across: 4 }],
        [{ text: 'Objective 3: Plans are clear', across: 4 }],
        ['Check plans', 'SM', 'June 2025', 'Amber'],
      ]),
    );
    expect(reading.sections).toEqual(['LEADERSHIP', 'PRACTICE']);
    expect(reading.actions.map(({ section, objective }) => [section, objective])).toEqual([
      ['LEADERSHIP', 'Leaders know'],
      ['LEADERSHIP', 'Leaders act'],
      ['PRACTICE', 'Plans are clear'],
    ]);
  });

  it('are asked about where a row might also be an action', () => {
    const reading = readPlan(
      workbook([
        ['Action', 'Lead', 'By when'],
        ['Front door'],
        ['Visit teams', 'DCS', 'May 2025'],
        ['Check plans', 'SM', 'June 2025'],
      ]),
    );
    expect(reading.sections).toEqual(['Front door']);
    expect(doubtsAt(reading, 'Plan!A2')).toHaveLength(1);
  });

  it('are asked about where they are long enough to be an objective', () => {
    const reading = readPlan(
      workbook([
        simple,
        ['Leaders know', 'Visit teams', 'DCS', 'May 2025', 'Green'],
        ['Young people are helped to see their own doctor'],
        ['Plans are clear', 'Check plans', 'SM', 'June 2025', 'Amber'],
      ]),
    );
    expect(reading.sections).toEqual(['Young people are helped to see their own doctor']);
    expect(doubtsAt(reading, 'Plan!A3')).toHaveLength(1);
  });

  it('come from a column of their own', () => {
    const reading = readPlan(
      workbook([
        ['Theme', 'Objective', 'Action', 'Lead', 'Due'],
        ['Leadership', 'Leaders know', 'Visit teams', 'DCS', 'May 2025'],
        ['', 'Leaders act', 'Read files', 'DCS', 'May 2025'],
        ['Practice', 'Plans are clear', 'Check plans', 'SM', 'May 2025'],
      ]),
    );
    expect(reading.sections).toEqual(['Leadership', 'Practice']);
    expect(reading.actions.map(({ section }) => section)).toEqual([
      'Leadership',
      'Leadership',
      'Practice',
    ]);
  });

  it('keep a heading row that is repeated for each of them out of the actions', () => {
    const reading = readPlan(
      workbook([
        ['Saltmarsh plan'],
        ['Priority 1: Leadership'],
        simple,
        ['Leaders know', 'Visit teams', 'DCS', 'May 2025', 'Green'],
        [],
        ['Priority 2: Practice'],
        simple,
        ['Plans are clear', 'Check plans', 'SM', 'June 2025', 'Amber'],
        simple,
        ['', 'Read files', 'SM', 'June 2025', 'Amber'],
      ]),
    );
    expect(reading.title).toBe('Saltmarsh plan');
    expect(reading.sections).toEqual(['Priority 1: Leadership', 'Priority 2: Practice']);
    expect(reading.actions.map(({ section, objective }) => [section, objective])).toEqual([
      ['Priority 1: Leadership', 'Leaders know'],
      ['Priority 2: Practice', 'Plans are clear'],
      ['Priority 2: Practice', 'Plans are clear'],
    ]);
  });
});

describe('objectives', () => {
  it('hold for all rows of a merged cell', () => {
    const reading = readPlan(
      workbook([
        simple,
        [
          { text: '1.10 Help arrives in time\nSource: Ofsted 2012; Case audit 2014', down: 2 },
          'Write the guide',
          'SM',
          'May 2025',
          'Green',
        ],
        ['', 'Train the team', 'SM', 'June 2025', 'Amber'],
      ]),
    );
    expect(reading.objectives).toEqual([
      {
        ref: '1.10',
        title: 'Help arrives in time',
        section: null,
        sources: ['Ofsted 2012', 'Case audit 2014'],
      },
    ]);
    expect(reading.actions.map(({ objectiveRef }) => objectiveRef)).toEqual(['1.10', '1.10']);
  });

  it('are one where a sheet repeats them on every row', () => {
    const reading = readPlan(
      workbook([
        ['Ref', ...simple, 'Source'],
        [
          '1.1',
          'Help arrives in time',
          'Write the guide',
          'SM',
          'May 2025',
          'Green',
          'Ofsted 2012',
        ],
        ['1.1', 'Help arrives in time', 'Train the team', 'SM', 'June 2025', 'Amber', 'SBLR 2014'],
        ['1.10', 'Help is known', 'Tell schools', 'SM', 'June 2025', 'Amber', ''],
      ]),
    );
    expect(reading.objectives).toEqual([
      {
        ref: '1.1',
        title: 'Help arrives in time',
        section: null,
        sources: ['Ofsted 2012', 'SBLR 2014'],
      },
      { ref: '1.10', title: 'Help is known', section: null, sources: [] },
    ]);
  });

  it('leave a number of its own to the action', () => {
    const reading = readPlan(
      workbook([
        ['Objective', 'Ref', 'Action', 'Lead', 'Due'],
        ['1. Help arrives in time', '1.1', 'Write the guide', 'SM', 'May 2025'],
        ['', '1.2', 'Train the team', 'SM', 'June 2025'],
      ]),
    );
    expect(reading.objectives.map(({ ref }) => ref)).toEqual(['1']);
    expect(reading.actions.map(({ ref }) => ref)).toEqual(['1.1', '1.2']);
  });

  it('are kept, and asked about, where no action stands under them', () => {
    const reading = readPlan(
      workbook([
        ['Ref', ...simple],
        ['1', 'Help arrives in time', 'Write the guide', 'SM', 'May 2025', 'Green'],
        ['2', 'Help is known', '', '', '', ''],
        ['3', 'Help lasts', 'Ask families', 'SM', 'May 2025', 'Green'],
      ]),
    );
    expect(reading.actions).toHaveLength(2);
    expect(reading.problems.map(({ message }) => message).join()).toContain('Help is known');
  });

  it('are the actions where a plan has recommendations alone', () => {
    const reading = readPlan(
      workbook([
        ['Recommendation', 'Lead', 'Timescale', 'Progress'],
        ['Write the guide', 'SM', 'May 2025', 'It is out'],
      ]),
    );
    expect(reading.actions[0]).toMatchObject({ text: 'Write the guide', objective: 'Actions' });
  });
});

describe('actions', () => {
  it('are numbered by their own words', () => {
    const reading = readPlan(
      letter({
        before: ['Saltmarsh safeguarding board: outstanding actions'],
        rows: [
          [
            'Action',
            'Date Action Added and Corresponding Agenda Item',
            'Officer',
            'Target Date for Completion',
          ],
          [
            '1. Bring the report back',
            '12 October 2024, Agenda Item 15: Annual report',
            'IRO',
            'COMPLETED',
          ],
          [
            '2. Tell the board of costs',
            '10 February 2025, Agenda Item 5: Health',
            'ICB',
            '12 October 2025',
          ],
        ],
      }),
    );
    expect(reading.title).toBe('Saltmarsh safeguarding board: outstanding actions');
    expect(reading.actions.map(({ ref, text }) => [ref, text])).toEqual([
      ['1', 'Bring the report back'],
      ['2', 'Tell the board of costs'],
    ]);
    expect(reading.actions[0]).toMatchObject({
      status: 'complete',
      due: { asWritten: 'COMPLETED', precision: 'none' },
      objective: 'Saltmarsh safeguarding board: outstanding actions',
      sources: ['12 October 2024', 'Agenda Item 15: Annual report'],
    });
    expect(doubtsAt(reading, 'table 1 row 2 cell 4')).toHaveLength(1);
  });

  it('keep numbered steps in one action', () => {
    const text = '1. Write the guide\n2. Send it out';
    const reading = readPlan(workbook([simple, ['Help', text, 'SM', 'May 2025', 'Green']]));
    expect(reading.actions[0]).toMatchObject({ ref: null, text });
  });

  it('inherit a lead, a date and a colour that are merged over them', () => {
    const reading = readPlan(
      workbook([
        simple,
        [
          'Help',
          'Write the guide',
          { text: 'SM', down: 2 },
          { text: 'May 2025', down: 2 },
          { fill: amber, down: 2 },
        ],
        ['', 'Send it out', '', '', ''],
      ]),
    );
    expect(reading.actions).toHaveLength(2);
    expect(reading.actions[1]).toMatchObject({
      leads: ['SM'],
      due: { to: '2025-05-31' },
      claimedRag: 'amber',
    });
  });

  it('that are merged over rows with dates of their own are one for each', () => {
    const reading = readPlan(
      workbook([
        simple,
        [
          { text: 'Help', down: 2 },
          { text: 'Write the guide', down: 2 },
          'SM',
          'May 2025',
          'Green',
        ],
        ['', '', 'TM', 'June 2025', 'Amber'],
      ]),
    );
    expect(reading.actions.map(({ text, leads }) => [text, leads])).toEqual([
      ['Write the guide', ['SM']],
      ['Write the guide', ['TM']],
    ]);
  });

  it('take in rows that only go on with their measures', () => {
    const reading = readPlan(
      workbook([
        ['Objective', 'Action', 'Lead', 'Due', 'Success measure'],
        [
          { text: 'Help', down: 2 },
          { text: 'Write the guide', down: 2 },
          { text: 'SM', down: 2 },
          { text: 'May 2025', down: 2 },
          'It is out',
        ],
        ['', '', '', '', 'It is read'],
      ]),
    );
    expect(reading.actions).toHaveLength(1);
    expect(reading.actions[0]?.successMeasure).toBe('It is out\nIt is read');
  });

  it('without words are refused in their row, with the place', () => {
    const reading = readPlan(
      workbook([
        simple,
        ['Help', 'Write the guide', 'SM', 'May 2025', 'Green'],
        ['', '', 'TM', 'June 2025', 'Amber'],
      ]),
    );
    expect(reading.actions).toHaveLength(1);
    expect(reading.problems).toMatchObject([{ where: 'Plan!C3', severity: 'error' }]);
  });

  it('that are struck through are left out, and said', () => {
    const reading = readPlan(
      workbook([
        simple,
        ['Help', 'Write the guide', 'SM', 'May 2025', 'Green'],
        ['', { struck: 'Print the guide' }, { struck: 'TM' }, { struck: 'May 2025' }, ''],
      ]),
    );
    expect(reading.actions).toHaveLength(1);
    expect(doubtsAt(reading, 'Plan!B3').join()).toContain('Print the guide');
  });

  it('are not "N/A"', () => {
    const reading = readPlan(
      workbook([
        simple,
        ['Help', 'Write the guide', 'SM', 'May 2025', 'Green'],
        ['Hope', 'N/A', '', '', ''],
        ['Heart', 'Ask families', 'SM', 'May 2025', 'Green'],
      ]),
    );
    expect(reading.actions.map(({ text }) => text)).toEqual(['Write the guide', 'Ask families']);
    expect(reading.problems.map(({ message }) => message).join()).toContain('Hope');
  });

  it('that stand twice are asked about', () => {
    const row = ['Help', 'Write the guide', 'SM', 'May 2025', 'Green'];
    const reading = readPlan(workbook([simple, row, row]));
    expect(reading.actions).toHaveLength(2);
    expect(doubtsAt(reading, 'Plan!B3').join()).toContain('Plan!B2');
  });

  it('split leads at "and" only where both stand elsewhere in the plan', () => {
    const reading = readPlan(
      workbook([
        simple,
        ['Help', 'One', 'SWs and Managers', 'May 2025', 'Green'],
        ['', 'Two', 'SWs', 'May 2025', 'Green'],
        ['', 'Three', 'Managers/CSC & EH Team', 'May 2025', 'Green'],
        ['', 'Four', 'TBC', 'May 2025', 'Green'],
        ['', 'Five', 'As above', 'May 2025', 'Green'],
      ]),
    );
    expect(reading.actions.map(({ leads }) => leads)).toEqual([
      ['SWs', 'Managers'],
      ['SWs'],
      ['Managers', 'CSC & EH Team'],
      [],
      [],
    ]);
    expect(doubtsAt(reading, 'Plan!C5')).toHaveLength(1);
    expect(reading.problems.find(({ where }) => where === 'Plan!C5')?.action).toBe('Plan!B5');
  });
});

describe('dates in their company', () => {
  it('read "February 14" by the other dates of the plan, and ask', () => {
    const rows: Made[][] = [
      simple,
      ['Help', 'One', 'SM', 'End of January 2014', 'Green'],
      ['', 'Two', 'SM', 'February 14', 'Green'],
      ['', 'Three', 'SM', 'September 2014 Partially met', 'Green'],
      ['', 'Four', 'SM', 'Revised date September 2014', 'Green'],
      ['', 'Five', 'SM', 'August 14-December 14', 'Green'],
      ['', 'Six', 'SM', { text: '30/09/2014', struck: '30/06/2014' }, 'Green'],
    ];
    const reading = readPlan(workbook(rows));
    expect(reading.actions.map(({ due }) => [due.from, due.to])).toEqual([
      ['2014-01-31', '2014-01-31'],
      ['2014-02-01', '2014-02-28'],
      ['2014-09-01', '2014-09-30'],
      ['2014-09-01', '2014-09-30'],
      ['2014-08-01', '2014-12-31'],
      ['2014-09-30', '2014-09-30'],
    ]);
    expect(reading.actions.map(({ revised }) => revised)).toEqual([
      false,
      false,
      false,
      true,
      false,
      true,
    ]);
    expect(reading.actions[2]?.status).toBe('in progress');
    expect(doubtsAt(reading, 'Plan!D3')).toHaveLength(1);
    expect(reading.actions.map(({ due }) => due.asWritten)).toEqual(
      rows.slice(1).map((row) => (typeof row[3] === 'string' ? row[3] : row[3]?.text)),
    );
  });

  it('read a day without a year near the day of the position', () => {
    const grid = workbook([simple, ['Help', 'One', 'SM', '31 March', 'Green']]);
    expect(readPlan(grid, { positionOn: iso('2021-02-08') }).actions[0]?.due.to).toBe('2021-03-31');
    expect(readPlan(grid).actions[0]?.due.precision).toBe('none');
  });
});

describe('RAG and status', () => {
  it('come from words, from a fill, or from both', () => {
    const reading = readPlan(
      workbook([
        simple,
        ['Help', 'One', 'SM', 'May 2025', 'Green'],
        ['', 'Two', 'SM', 'May 2025', { fill: amber }],
        ['', 'Three', 'SM', 'May 2025', { text: 'Red', fill: red }],
        ['', 'Four', 'SM', 'May 2025', { text: 'Green', fill: red }],
        ['', 'Five', 'SM', 'May 2025', { text: 'Complete', fill: green }],
        ['', 'Six', 'SM', 'May 2025', ''],
        ['', 'Seven', 'SM', 'May 2025', { fill: '7030A0' }],
      ]),
    );
    expect(reading.actions.map(({ claimedRag, ragFrom }) => [claimedRag, ragFrom])).toEqual([
      ['green', 'text'],
      ['amber', 'fill'],
      ['red', 'text'],
      ['green', 'text'],
      ['green', 'fill'],
      [null, 'none'],
      [null, 'none'],
    ]);
    expect(reading.actions[4]?.status).toBe('complete');
    expect(doubtsAt(reading, 'Plan!E5')).toHaveLength(1);
    expect(doubtsAt(reading, 'Plan!E8')).toHaveLength(1);
    expect(reading.counts.byRag).toEqual({ red: 1, amber: 1, green: 3, blue: 0, none: 2 });
  });

  it('are not the band of a row, nor the colour of the heading', () => {
    const band = (text: string): Made => ({ text, fill: 'C6EFCE' });
    const reading = readPlan(
      workbook([
        simple,
        [band('Help'), band('One'), band('SM'), band('May 2025'), band('')],
        ['', 'Two', 'SM', 'May 2025', { fill: amber }],
      ]),
    );
    expect(reading.actions.map(({ claimedRag }) => claimedRag)).toEqual([null, 'amber']);
  });

  it('are the colours of another column where none says RAG', () => {
    const reading = readPlan(
      workbook([
        ['Action', 'Lead', 'By when', 'Progress'],
        ['One', 'SM', 'May 2025', { text: 'It is out and known to all', fill: green }],
        ['Two', 'SM', 'May 2025', { text: 'Half of it is done so far', fill: amber }],
        ['Three', 'SM', 'May 2025', { text: 'Nobody has begun with it', fill: red }],
      ]),
    );
    expect(reading.actions.map(({ claimedRag, progress }) => [claimedRag, progress])).toEqual([
      ['green', 'It is out and known to all'],
      ['amber', 'Half of it is done so far'],
      ['red', 'Nobody has begun with it'],
    ]);
  });

  it('keep the words of a status that is none', () => {
    const reading = readPlan(
      workbook([
        ['Action', 'Lead', 'By when', 'Status', 'Date completed'],
        ['One', 'SM', 'May 2025', 'In progress', ''],
        ['Two', 'SM', 'May 2025', 'Half a page', ''],
        ['Three', 'SM', 'May 2025', '', '12 May 2025'],
      ]),
    );
    expect(reading.actions.map(({ status }) => status)).toEqual(['in progress', null, 'complete']);
    expect(reading.actions[1]?.progress).toBe('Status: Half a page');
    expect(doubtsAt(reading, 'Plan!D3')).toHaveLength(1);
  });

  it('are given their meaning by the key of the document', () => {
    const reading = readPlan(
      workbook([
        simple,
        ['Help', 'One', 'SM', 'May 2025', 'Green'],
        [],
        ['RAG key'],
        [{ fill: green }, 'Complete'],
        ['Amber', 'On track'],
        ['Red = off track'],
      ]),
    );
    expect(reading.actions).toHaveLength(1);
    expect(reading.ragMeanings).toEqual([
      { colour: 'green', meaning: 'Complete' },
      { colour: 'amber', meaning: 'On track' },
      { colour: 'red', meaning: 'off track' },
    ]);
    expect(doubtsAt(reading, 'Plan!A4')).toHaveLength(1);
  });
});

describe('rows coloured from end to end', () => {
  const all = (fill: string, ...texts: string[]): Made[] => texts.map((text) => ({ text, fill }));

  it('are a RAG where they have several colours, and that is asked about', () => {
    const reading = readPlan(
      workbook([
        ['Action', 'Lead', 'By when'],
        all(green, 'One', 'SM', 'May 2025'),
        all(red, 'Two', 'SM', 'May 2025'),
      ]),
    );
    expect(reading.actions.map(({ claimedRag }) => claimedRag)).toEqual(['green', 'red']);
    expect(doubtsAt(reading, 'Plan!A1')).toHaveLength(1);
  });

  it('are bands where every other row has the one colour', () => {
    const reading = readPlan(
      workbook([
        ['Action', 'Lead', 'By when'],
        all('E2EFDA', 'One', 'SM', 'May 2025'),
        ['Two', 'SM', 'May 2025'],
        all('E2EFDA', 'Three', 'SM', 'May 2025'),
      ]),
    );
    expect(reading.counts.byRag.none).toBe(3);
  });
});

describe('what stands above the actions', () => {
  const heading = ['Action', 'Lead', 'By when'];

  it('says the objective and the outcome of them all', () => {
    const reading = readPlan(
      workbook([
        [{ text: 'Area of weakness 1: Working with parents', across: 3 }],
        [{ text: 'What we want to achieve: families shape services', across: 3 }],
        [{ text: 'Outcome: families are heard', across: 3 }],
        heading,
        ['Write a charter', 'SM', 'May 2025'],
      ]),
    );
    expect(reading.title).toBeNull();
    expect(reading.actions[0]).toMatchObject({
      section: 'Area of weakness 1: Working with parents',
      objective: 'families shape services',
      outcome: 'families are heard',
    });
  });

  it('may be a box of particulars, which is no row of headings', () => {
    const reading = readPlan(
      workbook([
        ['Saltmarsh Borough Council'],
        ['Improvement plan 2025'],
        ['Owner: DCS', 'Status: draft', 'Date: May 2025'],
        heading,
        ['Write a charter', 'SM', 'May 2025'],
      ]),
    );
    expect(reading.title).toBe('Improvement plan 2025');
    expect(reading.actions.map(({ text }) => text)).toEqual(['Write a charter']);
  });

  it('may name groups of columns', () => {
    const reading = readPlan(
      workbook([
        [
          { text: 'Action', across: 2 },
          '',
          { text: 'Lead', down: 2 },
          { text: 'Timescale', across: 2 },
          '',
        ],
        ['No', 'Detail', '', 'Start', 'Complete'],
        ['1a', 'Write a charter', 'SM', 'May 2025', 'July 2025'],
      ]),
    );
    expect(reading.actions[0]).toMatchObject({
      ref: '1a',
      text: 'Write a charter',
      leads: ['SM'],
      due: { to: '2025-07-31' },
    });
  });
});

describe('a plan in Word', () => {
  it('is read from all its tables, each under its heading', () => {
    const heading = ['Action', 'Lead', 'By when', 'RAG'];
    const reading = readPlan(
      letter(
        {
          before: ['Saltmarsh improvement plan', 'Key: Green = done; Amber = on track'],
          rows: [
            ['Contact', 'Telephone'],
            ['SM', '0100'],
          ],
        },
        {
          before: ['Objective 1: Help arrives in time'],
          rows: [heading, ['Write the guide', 'SM', 'May 2025', 'Green']],
        },
        {
          before: [
            'Objective 2: Plans are clear',
            'Plans are read by people who were not there, and say who does what.',
          ],
          rows: [heading, ['Check plans', 'TM', 'June 2025', 'Amber']],
        },
        { rows: [['Read files', 'TM', 'July 2025', 'Amber']] },
      ),
    );
    expect(
      reading.actions.map(({ objectiveRef, objective, text }) => [objectiveRef, objective, text]),
    ).toEqual([
      ['Objective 1', 'Help arrives in time', 'Write the guide'],
      ['Objective 2', 'Plans are clear', 'Check plans'],
      ['Objective 2', 'Plans are clear', 'Read files'],
    ]);
    expect(reading.ragMeanings).toEqual([
      { colour: 'green', meaning: 'done' },
      { colour: 'amber', meaning: 'on track' },
    ]);
    expect(doubtsAt(reading, 'table 1 row 1 cell 1').join()).toContain('Contact');
  });

  it('is read where columns do not quite meet', () => {
    const reading = readPlan(
      letter({
        rows: [
          ['Objective', { text: 'Action', across: 2 }, '', 'Lead', 'By when'],
          [{ text: 'Help arrives in time', across: 2 }, '', 'Write the guide', 'SM', 'May 2025'],
        ],
      }),
    );
    expect(reading.actions[0]).toMatchObject({
      objective: 'Help arrives in time',
      text: 'Write the guide',
      leads: ['SM'],
    });
  });

  it('is read from forms, a table for each action', () => {
    const form = (action: string): Made[][] => [
      ['Objective', 'Help arrives in time'],
      ['Action', action],
      ['Lead officer', 'SM'],
      ['By when', 'May 2025'],
      ['RAG', 'Green'],
    ];
    const reading = readPlan(
      letter({ rows: form('Write the guide') }, { rows: form('Send it out') }),
    );
    expect(reading.actions.map(({ text, leads }) => [text, leads])).toEqual([
      ['Write the guide', ['SM']],
      ['Send it out', ['SM']],
    ]);
    expect(reading.actions[0]?.where).toBe('table 1 row 2 cell 2');
  });
});

describe('a workbook of several sheets', () => {
  it('reads each plan, names its section by its sheet, and leaves out hidden and other sheets', () => {
    const rows: Made[][] = [
      ['Action', 'Lead', 'Due'],
      ['Write the guide', 'SM', 'May 2025'],
    ];
    const reading = readPlan(
      sheets(
        table('Early help', rows),
        table('Care leavers', rows),
        table('Old', rows, { hidden: true }),
        table('Lists', [['Staff'], ['SM'], ['TM']]),
      ),
    );
    expect(reading.sections).toEqual(['Early help', 'Care leavers']);
    expect(reading.actions.map(({ where, section }) => [where, section])).toEqual([
      ['Early help!A2', 'Early help'],
      ['Care leavers!A2', 'Care leavers'],
    ]);
    expect(doubtsAt(reading, 'Old')).toHaveLength(1);
    expect(doubtsAt(reading, 'Lists!A1')).toHaveLength(1);
  });
});

describe('tables that are no plan', () => {
  const plan: Made[][] = [
    ['Objective', 'Action', 'Lead', 'Due'],
    ['Help', 'Write the guide', 'SM', 'May 2025'],
  ];
  const others: [string, Made[][]][] = [
    [
      'a summary of the actions',
      [
        ['Priority', 'Total actions', 'Complete', 'On track'],
        ['Help', '12', '5', '7'],
        ['Plans', '10', '5', '5'],
      ],
    ],
    [
      'a summary that counts under "Action"',
      [
        ['Priority', 'Actions', 'Complete'],
        ['Help', '12', '5'],
        ['Plans', '10', '5'],
      ],
    ],
    [
      'a scorecard',
      [
        ['Indicator', 'Target', 'Q1', 'Owner', 'RAG'],
        ['Visits in time', '90%', '88%', 'SM', 'Amber'],
      ],
    ],
    [
      'a list of versions',
      [
        ['Version', 'Date', 'Author'],
        ['1.0', 'May 2025', 'PMO'],
      ],
    ],
    [
      'a list of people',
      [
        ['Name', 'Post', 'Telephone'],
        ['A. Officer', 'SM', '0100'],
      ],
    ],
    [
      'questions and answers',
      [
        ['Topic', 'Question', 'Response', 'Date'],
        ['Lists', 'Are old codes kept?', 'Yes, keep them.', 'May 2025'],
      ],
    ],
    [
      'a page to be signed',
      [
        ['Signed', ''],
        ['Date', ''],
      ],
    ],
  ];
  it.each(others)('%s is left out, and said', (_, rows) => {
    const reading = readPlan(sheets(table('Plan', plan), table('Other', rows)));
    expect(reading.actions.map(({ where }) => where)).toEqual(['Plan!B2']);
    expect(doubtsAt(reading, 'Other!A1')).toHaveLength(1);
  });
});

describe("a person's own mapping", () => {
  const rows: Made[][] = [
    ['Thing', 'Doer', 'Until', 'Colour'],
    ['Write the guide', 'SM', 'May 2025', 'Green'],
    ['Send it out', 'TM', 'June 2025', 'Red'],
  ];

  it('is asked for where no plan is recognised, with the columns to choose from', () => {
    const reading = readPlan(workbook(rows));
    expect(reading.actions).toEqual([]);
    expect(reading.problems.some(({ severity }) => severity === 'error')).toBe(true);
    expect(reading.columns.map(({ header }) => header)).toEqual([
      'Thing',
      'Doer',
      'Until',
      'Colour',
    ]);
  });

  it('holds over what was recognised', () => {
    const columns = [
      { table: 'Plan', index: 1, meaning: 'text' as const },
      { table: 'Plan', index: 2, meaning: 'leads' as const },
      { table: 'Plan', index: 3, meaning: 'due' as const },
    ];
    const reading = readPlan(workbook(rows), { columns });
    expect(
      reading.actions.map(({ text, leads, due, claimedRag }) => [text, leads, due.to, claimedRag]),
    ).toEqual([
      ['Write the guide', ['SM'], '2025-05-31', 'green'],
      ['Send it out', ['TM'], '2025-06-30', 'red'],
    ]);
  });
});

describe('whatever a document holds', () => {
  const word = fc.constantFrom(
    ...[
      '',
      'Action',
      'Lead',
      'By when',
      'RAG',
      'Objective',
      'Green',
      'SM and TM',
      'May 2025',
      'ASAP',
    ],
    ...[
      'PRIORITY 1',
      'Priority 2: Practice',
      'Key:',
      'complete',
      'as above',
      '1.1',
      'Write the guide',
      'Total',
    ],
  );
  const cell = fc.record({
    text: fc.oneof({ weight: 5, arbitrary: word }, fc.string()),
    fill: fc.constantFrom(green, amber, red, 'FFFFFF'),
    across: fc.constantFrom(1, 1, 1, 2, 3),
    down: fc.constantFrom(1, 1, 1, 2),
  });
  const rows = fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 10 });
  const grids = fc.oneof(
    rows.map((made) => workbook(made)),
    fc
      .array(fc.record({ rows, before: fc.array(word, { maxLength: 3 }) }), { maxLength: 3 })
      .map((tables) => letter(...tables)),
  );

  function places(grid: DocumentGrid): Set<string> {
    return new Set(grid.tables.flatMap((one) => one.rows.flat().map(({ where }) => where)));
  }

  it('is read without a fault, and every action has a place in it', () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const reading = readPlan(grid);
        const known = places(grid);
        for (const action of reading.actions) {
          expect(known).toContain(action.where);
          expect(action.text).not.toBe('');
          expect(reading.objectives.map(({ title }) => title)).toContain(action.objective);
          if (action.section !== null) expect(reading.sections).toContain(action.section);
        }
        expect(reading.counts.actions).toBe(reading.actions.length);
        expect(Object.values(reading.counts.byRag).reduce((a, b) => a + b)).toBe(
          reading.actions.length,
        );
      }),
      { numRuns: 1500 },
    );
  });
});
