import readExcel from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { brokenParts, officeParts } from '#platform/documents/write/office-parts.test-help.ts';
import type { ExportInput } from './export-input.ts';
import { exampleInput } from './example-picture.test-help.ts';
import { exportPlan } from './index.ts';

type Value = string | number | boolean | Date | null;

/** The sheets as an independent reader gives them. */
async function sheetsOf(input: ExportInput): Promise<Map<string, Value[][]>> {
  const { bytes } = await exportPlan('xlsx', input);
  const sheets = await readExcel(Buffer.from(bytes));
  return new Map(sheets.map(({ sheet, data }) => [sheet, data as Value[][]]));
}

/** The rows of the sheet of actions, by header. */
async function actionsOf(input: ExportInput): Promise<Record<string, Value>[]> {
  const [header = [], ...rows] = (await sheetsOf(input)).get('Actions') ?? [];
  return rows.map((row) =>
    Object.fromEntries(header.map((name, at) => [String(name), row[at] ?? null])),
  );
}

async function notesOf(input: ExportInput): Promise<Map<Value, Value>> {
  const rows = (await sheetsOf(input)).get('Notes') ?? [];
  return new Map(rows.map(([label, says]) => [label ?? null, says ?? null]));
}

describe('the workbook of a plan', () => {
  it('has one action a row under one header row, with its identifiers', async () => {
    const input = exampleInput();
    const rows = await actionsOf(input);
    expect(rows.map((row) => row['Action ID'])).toEqual(
      input.picture.actions.map((action) => action.id),
    );
    expect(rows.map((row) => row['Objective ref'])).toEqual(['1.1', '1.1', '1.10', '1.10', '2.1']);
    expect(rows[0]).toMatchObject({
      Section: 'Help and protection',
      Objective: 'Children who need help are seen in time',
      Ref: '1',
      Action: 'Agree the standard for visits:\n• within 5 working days\n• recorded within 2',
      Lead: 'Service Manager, Help and Protection\nEarly Help',
      Contributors: 'Health, Education and Police',
      Priority: 'High',
      RAG: 'Yellow (amber)',
      Status: 'In progress',
      Progress: 'The standard is written; teams are being briefed.',
      'Success measure': '95 of 100 visits are in time',
      'Outcome for children': 'Children are seen when they need to be',
      'Sources of the action': '“No shared standard” (Team audit, July 2025, pages 3-4)',
      'Date revised': 'Yes',
      'Dates so far': 2,
      'Days overdue': 12,
      Withdrawn: 'No',
    });
  });

  it('holds dates as dates, the words of the plan beside them, and none where none is meant', async () => {
    const rows = await actionsOf(exampleInput());
    expect(rows[0]).toMatchObject({
      'Due as written': 'Revised date 20/02/2026',
      'Due date': new Date('2026-02-20T00:00:00Z'),
      'First due date': new Date('2025-12-01T00:00:00Z'),
      'Last update': new Date('2026-02-02T00:00:00Z'),
    });
    expect(rows[1]).toMatchObject({ 'Due as written': 'ASAP', 'Due date': null });
    expect(rows[2]).toMatchObject({
      'Due as written': 'April to June 2026',
      'Due date': new Date('2026-06-30T00:00:00Z'),
      'Due from': new Date('2026-04-01T00:00:00Z'),
      'Due precision': 'Quarter',
    });
  });

  it('paints the colour that the word says', async () => {
    const { bytes } = await exportPlan('xlsx', exampleInput());
    const parts = officeParts(bytes);
    const styles = parts.get('xl/styles.xml') ?? '';
    const fills = [...styles.matchAll(/<fill>.*?<\/fill>/g)].map(([fill]) => fill);
    const formats = [...(/<cellXfs.*<\/cellXfs>/.exec(styles)?.[0] ?? '').matchAll(/<xf [^>]*>/g)];
    const cell = /<c r="I2"[^>]* s="(\d+)"/.exec(parts.get('xl/worksheets/sheet1.xml') ?? '')?.[1];
    const fill = /fillId="(\d+)"/.exec(formats[Number(cell)]?.[0] ?? '')?.[1];
    expect(fills[Number(fill)]).toContain('FFFFC000');
  });

  it('has nothing merged, hidden or to be worked out, and every part is well-formed', async () => {
    const { bytes } = await exportPlan('xlsx', exampleInput());
    expect(brokenParts(bytes)).toEqual([]);
    const sheets = [...officeParts(bytes)].filter(([name]) => name.startsWith('xl/worksheets/'));
    expect(sheets).toHaveLength(3);
    for (const [, sheet] of sheets) expect(sheet).not.toMatch(/mergeCell|hidden|<f[ />]/);
  });

  it('says in its notes what it is, of whom, as at when, by whom, and what the colours mean', async () => {
    const notes = await notesOf(exampleInput());
    expect(notes.get('Plan')).toBe('Children’s services improvement plan');
    expect(notes.get('Authority')).toBe('Saltmarsh Borough Council');
    expect(notes.get('Position as at')).toEqual(new Date('2026-03-04T00:00:00Z'));
    expect(notes.get('What is shown')).toBe('All 4 actions, and 1 withdrawn');
    expect(notes.get('In figures')).toBe(
      '4 actions. 1 is complete, 2 in progress and 1 not started; 1 is overdue and 1 has had its date changed.',
    );
    expect(notes.get('Exported by')).toBe('Priya Shah');
    // In July London is an hour ahead of Greenwich.
    expect(notes.get('Exported on')).toBe('5 July 2026 at 9.05am, London time');
    expect(notes.get('Classification')).toBe('Internal');
    expect(notes.get('Yellow (amber)')).toBe('Late, but it can be mended');
    expect(notes.has('The whole plan')).toBe(false);
  });

  it('shows the list on the screen in its order, and says of how many', async () => {
    const whole = exampleInput();
    const [first, second] = whole.picture.actions;
    if (first === undefined || second === undefined)
      throw new Error('the example lost its actions');
    const input = { ...whole, actions: [second, first], selection: 'Led by Early Help' };
    expect((await actionsOf(input)).map((row) => row['Ref'])).toEqual(['2', '1']);
    const objectives = (await sheetsOf(input)).get('Objectives') ?? [];
    expect(objectives.slice(1).map((row) => row[1])).toEqual(['1.1']);
    const notes = await notesOf(input);
    expect(notes.get('What is shown')).toBe('2 of 4 actions: Led by Early Help');
    expect(notes.get('In figures')).toMatch(/^2 actions\./);
    expect(notes.get('The whole plan')).toMatch(/^4 actions\./);
  });

  it('is named after the plan and the day of the position', async () => {
    const input = exampleInput();
    expect((await exportPlan('xlsx', input)).fileName).toBe('improvement-plan-2026-03-04.xlsx');
    const selected = { ...input, actions: [], selection: 'Overdue' };
    expect((await exportPlan('xlsx', selected)).fileName).toBe(
      'improvement-plan-2026-03-04-selection.xlsx',
    );
  });
});
