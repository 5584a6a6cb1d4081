import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import type { DocumentGrid } from '#platform/documents/grid.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { readBytes } from '#platform/documents/read/read-bytes.ts';
import { cleanText } from '#platform/documents/read/text.ts';
import { writeCsv } from '#platform/documents/write/csv.ts';
import type { WorkbookValue } from '#platform/documents/write/workbook.ts';
import { writeRows } from '../../web/sheet/filled-sheet.test-help.ts';
import { readSheet, type SheetReading } from './read-sheet.ts';
import { writeRowCode } from './row-code.ts';
import {
  filledColumns,
  sheetHeaders,
  type FilledColumn,
  type SheetColumn,
} from './sheet-columns.ts';

const today = '2026-03-04' as never;
const columns = Object.keys(sheetHeaders) as SheetColumn[];
const headers = Object.values(sheetHeaders);
const stood = { action: 1, update: 0, due: 1, asked: 0 };
const code = () => writeRowCode(newId<'action'>(), stood);
const words: FilledColumn[] = ['changed', 'shows', 'reason', 'effect', 'toldBy'];

function rowOf(cells: Partial<Record<SheetColumn, WorkbookValue>>): WorkbookValue[] {
  return columns.map((column) => cells[column] ?? null);
}

async function read(grid: Promise<DocumentGrid | { refused: string }>): Promise<SheetReading> {
  const found = await grid;
  if ('refused' in found) throw new Error(found.refused);
  const reading = readSheet(found, today);
  if ('refused' in reading) throw new Error(reading.refused);
  return reading;
}

const readRows = async (rows: WorkbookValue[][]) =>
  read(Promise.resolve(readBytes(await writeRows(rows), 'sheet.xlsx')));

/** Anything that a person may type, formulas and invisible marks among it; not a lone apostrophe. */
const typed = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom(
      '=1+1',
      '+44 20',
      '-5',
      '@home',
      "'=1",
      '#N/A',
      '1.10',
      'a\r\nb',
      '_x0041_',
      '31/07',
      'TRUE',
      '\t',
      '\n',
    ),
  )
  .filter((text) => cleanText(text) !== "'");

describe('the reader of update sheets', () => {
  it('reads any texts that people type as they typed them, from a workbook and from a .csv', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record(Object.fromEntries(words.map((column) => [column, typed]))), {
          minLength: 15,
          maxLength: 25,
        }),
        async (rows) => {
          const filled = rows.map((row) => ({ ...row, code: code() }));
          const expected = filled.map((row) =>
            words.map((column) => cleanText((row as Record<string, string>)[column] ?? '')),
          );
          const fromXlsx = await readRows([headers, ...filled.map(rowOf)]);
          expect(
            fromXlsx.rows.map(({ filled: said }) => words.map((column) => said[column])),
          ).toEqual(expected);
          const csv = writeCsv(
            headers,
            filled.map((row) => rowOf(row) as (string | null)[]),
          );
          const fromCsv = await read(Promise.resolve(readBytes(csv, 'sheet.csv')));
          expect(
            fromCsv.rows.map(({ filled: said }) => words.map((column) => said[column])),
          ).toEqual(expected);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('reads the same of shuffled rows and columns, and of fewer columns', async () => {
    const rows = Array.from({ length: 5 }, (_, at) =>
      rowOf({
        code: code(),
        ref: `1.${at}`,
        going: 'Green',
        changed: `Words ${at}`,
        newDue: '31 July 2026',
      }),
    );
    const plain = await readRows([headers, ...rows]);
    const byCode = ({ rows: read }: SheetReading) =>
      Object.fromEntries(
        read.map(({ code: id, filled, newDue }) => [id, { filled, due: newDue?.due.to }]),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
        fc.shuffledSubarray(
          columns.map((_, at) => at),
          { minLength: columns.length },
        ),
        fc.subarray([
          'ref',
          'text',
          'leads',
          'due',
          'lastUpdate',
          'shows',
          'toldBy',
        ] as SheetColumn[]),
        async (order, places, gone) => {
          const kept = places.filter((at) => !gone.some((column) => columns[at] === column));
          const moved = [headers, ...order.map((at) => rows[at] ?? [])].map((row) =>
            kept.map((at) => row[at] ?? null),
          );
          expect(byCode(await readRows(moved))).toEqual(byCode(plain));
        },
      ),
      { numRuns: 6 },
    );
  });

  it('finds the headings under a title, in other capitals and with blanks', async () => {
    const renamed = headers.map((header) => ` ${header.toUpperCase()}  `);
    const title: WorkbookValue[] = ['Please send back by Friday'];
    const { rows } = await readRows([
      title,
      [],
      renamed,
      rowOf({ code: `  ${code().toLowerCase()} `, changed: 'Seen ' }),
    ]);
    expect(rows).toMatchObject([{ where: 'row 4', filled: { changed: 'Seen' } }]);
  });

  it('reads dates as dates, as text, and as the number that a program made of one', async () => {
    const written: [WorkbookValue, string | null][] = [
      [{ date: '2026-07-31' as never }, '2026-07-31'],
      ['31/07/2026', '2026-07-31'],
      [46234, '2026-07-31'],
      ['July 2026', '2026-07-31'],
      ['31 February', null],
    ];
    const rows = written.map(([newDue]) => rowOf({ code: code(), newDue }));
    const read = await readRows([headers, ...rows]);
    expect(read.rows.map(({ newDue }) => newDue?.due.to)).toEqual(written.map(([, to]) => to));
  });

  it('reads a .csv with semicolons, and each of two sheets that hold rows', async () => {
    const text = `${sheetHeaders.code};${sheetHeaders.changed}\n${code()};Seen\n`;
    const csv = await read(readDocument(new TextEncoder().encode(text), 'sheet.csv'));
    expect(csv.rows).toMatchObject([{ where: 'row 2', filled: { changed: 'Seen' } }]);
    expect(csv.problems.join()).toContain('came back without the columns');
  });

  it('says of a file that is none what it is', () => {
    const table = { name: 'Plan', before: [], hidden: false, hiddenRows: [] };
    const cell = (text: string) => ({
      text,
      date: null,
      fill: null,
      where: 'Plan!A1',
      mergedInto: null,
      struck: null,
    });
    const other: DocumentGrid = {
      format: 'xlsx',
      tables: [{ ...table, rows: [[cell('Action'), cell('RAG')]] }],
      problems: [],
    };
    expect(readSheet(other, today)).toHaveProperty('refused');
    expect(readSheet({ ...other, format: 'docx' }, today)).toHaveProperty('refused');
    const empty = {
      ...other,
      tables: [{ ...table, rows: [filledColumns.concat().map(() => cell('')), headers.map(cell)] }],
    };
    expect(readSheet(empty, today)).toEqual({
      refused: 'There is no row below the headings of this sheet',
    });
  });
});
