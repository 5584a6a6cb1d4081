import readXlsx from 'read-excel-file/node';
import { writeWorkbook, type WorkbookValue } from '#platform/documents/write/workbook.ts';
import { sheetHeaders, type SheetColumn } from '../../rules/sheet/sheet-columns.ts';

/** What somebody types into a row, by column; null leaves a cell empty. */
export type Typed = Partial<Record<SheetColumn, WorkbookValue>>;

/** The rows of the first sheet of a workbook, by an independent reader, as text. */
export async function rowsIn(bytes: Uint8Array): Promise<string[][]> {
  const [first] = await readXlsx(Buffer.from(bytes));
  return (first?.data ?? []).map((row) => row.map((cell) => textOf(cell)));
}

/** The sheet as somebody sends it back who typed these into the rows of these references. */
export async function filledSheet(
  bytes: Uint8Array,
  typed: Readonly<Record<string, Typed>>,
  more: (rows: WorkbookValue[][]) => WorkbookValue[][] = (rows) => rows,
): Promise<Uint8Array> {
  const [headers = [], ...rows] = await rowsIn(bytes);
  const at = (column: SheetColumn) => headers.indexOf(sheetHeaders[column]);
  const filled = rows.map((row) => {
    const cells: WorkbookValue[] = headers.map((_, place) => row[place] ?? '');
    for (const [column, value] of Object.entries(typed[row[at('ref')] ?? ''] ?? {})) {
      cells[at(column as SheetColumn)] = value;
    }
    return cells;
  });
  return writeRows([headers, ...more(filled)]);
}

/** A workbook of these rows, the first of which is its header row. */
export function writeRows(rows: readonly (readonly WorkbookValue[])[]): Promise<Uint8Array> {
  const [headers = [], ...rest] = rows;
  const head = { title: 'Sheet', author: 'Somebody', madeAt: new Date('2026-03-04T10:00:00Z') };
  return writeWorkbook(head, [
    {
      name: 'Update sheet',
      columns: headers.map((header) => ({
        header: typeof header === 'string' ? header : '',
        width: 20,
      })),
      rows: rest,
      printedColumns: headers.length,
      footer: '',
    },
  ]);
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
}
