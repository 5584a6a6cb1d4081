import { describe, expect, it } from 'vitest';
import { parseIsoDate } from '#kernel/dates.ts';
import type { DocumentGrid, GridCell } from '#platform/documents/grid.ts';
import { ownHeaders, ownObjectiveHeaders, type OwnColumn } from './own-export.ts';
import { readOwnExport } from './read-own-export.ts';

const columns = Object.keys(ownHeaders) as OwnColumn[];

const asSent: Partial<Record<OwnColumn, string>> = {
  section: 'Help and protection',
  objectiveRef: '1.10',
  objective: 'Records tell the child’s story',
  ref: '3',
  text: 'Teach staff to write for the child',
  leads: 'Principal Social Worker\nHealth, Education and Police',
  due: '30 June 2026',
  dueTo: '2026-06-30',
  dueFrom: '2026-06-30',
  precision: 'Day',
  rag: 'Green',
  status: 'In progress',
  revised: 'No',
  withdrawn: 'No',
  actionId: 'a1',
  objectiveId: 'o1',
};

function cells(texts: readonly string[], sheet: string, row: number): GridCell[] {
  return texts.map((text, at) => ({
    text,
    date: parseIsoDate(text),
    fill: null,
    where: `${sheet}!${String.fromCharCode(65 + at)}${row}`,
    mergedInto: null,
    struck: null,
  }));
}

function table(name: string, rows: readonly (readonly string[])[]) {
  return {
    name,
    before: [],
    rows: rows.map((texts, at) => cells(texts, name, at + 1)),
    hidden: false,
    hiddenRows: [],
  };
}

/** The file as it comes back, with what a person changed in each row. */
function comesBack(...rows: Partial<Record<OwnColumn, string>>[]): DocumentGrid {
  return {
    format: 'xlsx',
    problems: [],
    tables: [
      table('Actions', [
        columns.map((column) => ownHeaders[column]),
        ...rows.map((changes) =>
          columns.map((column) => ({ ...asSent, ...changes })[column] ?? ''),
        ),
      ]),
    ],
  };
}

function read(...rows: Partial<Record<OwnColumn, string>>[]) {
  const reading = readOwnExport(comesBack(...rows));
  if (reading === null) throw new Error('not known as our own');
  return reading;
}

describe('our own export, come back', () => {
  it('is read as it stands, with the place of each action', () => {
    const { actions, problems } = read({});
    expect(problems).toEqual([]);
    expect(actions).toHaveLength(1);
    expect(actions[0]).toMatchObject({
      where: 'Actions!E2',
      objectiveRef: '1.10',
      leads: ['Principal Social Worker', 'Health, Education and Police'],
      due: { asWritten: '30 June 2026', to: '2026-06-30', precision: 'day' },
      claimedRag: 'green',
      ragFrom: 'text',
      status: 'in progress',
      revised: false,
    });
  });

  it('takes what a person changed', () => {
    const { actions } = read({
      rag: 'Amber',
      status: 'Completed',
      progress: 'Done',
      revised: 'Yes',
    });
    expect(actions[0]).toMatchObject({
      claimedRag: 'amber',
      status: 'complete',
      progress: 'Done',
      revised: true,
    });
  });

  it('knows a colour by its plan’s own name, and asks about a word that is none', () => {
    const { actions, problems } = read({ rag: 'Yellow (amber)' }, { rag: 'Purple' });
    expect(actions.map(({ claimedRag }) => claimedRag)).toEqual(['amber', null]);
    expect(problems).toEqual([
      expect.objectContaining({ where: 'Actions!I3', severity: 'doubt', action: 'Actions!E3' }),
    ]);
  });

  it('leaves out a withdrawn action and says so; skips an empty row; names a row without action', () => {
    const empty = Object.fromEntries(columns.map((column) => [column, '']));
    const { actions, problems } = read({ withdrawn: 'Yes' }, empty, { text: '' }, { text: 'Kept' });
    expect(actions.map(({ text }) => text)).toEqual(['Kept']);
    expect(problems.map(({ where, severity }) => [where, severity])).toEqual([
      ['Actions!Z2', 'doubt'],
      ['Actions!E4', 'error'],
    ]);
  });

  it('puts an added row, without identifiers, under the objective of the same words', () => {
    const added = { actionId: '', objectiveId: '' };
    const { objectives, actions } = read({}, added, { ...added, objective: 'Something new' });
    expect(actions).toHaveLength(3);
    expect(objectives.map(({ title }) => title)).toEqual([
      'Records tell the child’s story',
      'Something new',
    ]);
  });

  it('knows a renamed objective in its place, without the old name', () => {
    const grid = comesBack({ objective: 'Records are the child’s' });
    grid.tables.push(
      table('Objectives', [
        Object.values(ownObjectiveHeaders),
        ['o1', 'Help and protection', '1.10', 'Records tell the child’s story', '', 'No'],
        ['o9', 'Help and protection', '1.11', 'Another', '', 'No'],
      ]),
    );
    expect(readOwnExport(grid)?.objectives.map(({ title }) => title)).toEqual([
      'Records are the child’s',
      'Another',
    ]);
  });

  it('says that a date could not be read, and guesses none', () => {
    const { actions, problems } = read({ dueTo: 'next summer' });
    expect(actions[0]?.due.to).toBeNull();
    expect(problems[0]).toMatchObject({ where: 'Actions!H2', severity: 'doubt' });
  });

  it('has the objectives that have no action yet, in the order of their sheet', () => {
    const grid = comesBack({});
    const labels = Object.keys(ownObjectiveHeaders) as (keyof typeof ownObjectiveHeaders)[];
    const listed: Record<(typeof labels)[number], string>[] = ['o0', 'o1', 'o2'].map((id) => ({
      objectiveId: id,
      section: 'Help and protection',
      objectiveRef: id,
      objective: `Objective ${id}`,
      objectiveSources: '',
      withdrawn: id === 'o2' ? 'Yes' : 'No',
    }));
    grid.tables.push(
      table('Objectives', [
        labels.map((label) => ownObjectiveHeaders[label]),
        ...listed.map((one) => labels.map((label) => one[label])),
      ]),
    );
    expect(readOwnExport(grid)?.objectives.map(({ title }) => title)).toEqual([
      'Objective o0',
      'Records tell the child’s story',
    ]);
  });

  it('leaves a mapping that a person corrected to the general reader', () => {
    const leads = { table: 'Actions', index: 6 };
    expect(readOwnExport(comesBack({}), [{ ...leads, meaning: 'leads' }])).not.toBeNull();
    expect(readOwnExport(comesBack({}), [{ ...leads, meaning: 'ignored' }])).toBeNull();
  });

  it('leaves every other document, and one whose columns were taken away, to the general reader', () => {
    const grid = comesBack({});
    for (const row of grid.tables[0]?.rows ?? []) row.pop();
    expect(readOwnExport(grid)).toBeNull();
    expect(readOwnExport({ format: 'xlsx', tables: [], problems: [] })).toBeNull();
    expect(
      readOwnExport({ ...grid, tables: [table('Plan', [['Ref', 'Action', 'Lead', 'RAG']])] }),
    ).toBeNull();
  });
});
