import readXlsx from 'read-excel-file/node';
import { writeWorkbook, type WorkbookValue } from '#platform/documents/write/workbook.ts';

/** The rows of a workbook's first sheet, by an independent reader, as text; the headers first. */
export async function rowsIn(bytes: Uint8Array): Promise<string[][]> {
  const [first] = await readXlsx(Buffer.from(bytes));
  return (first?.data ?? []).map((row) => row.map((cell) => textOf(cell)));
}

/** The workbook as somebody brings it back who typed these, by reference and header. */
export async function changedWorkbook(
  bytes: Uint8Array,
  typed: Readonly<Record<string, Readonly<Record<string, WorkbookValue>>>>,
  only = true,
): Promise<{ name: string; bytes: Uint8Array }> {
  const [headers = [], ...rows] = await rowsIn(bytes);
  const ref = headers.indexOf('Reference');
  const changed = rows
    .filter((row) => !only || (row[ref] ?? '') in typed)
    .map((row) => {
      const cells: WorkbookValue[] = headers.map((_, place) => row[place] ?? '');
      for (const [header, value] of Object.entries(typed[row[ref] ?? ''] ?? {})) {
        cells[headers.indexOf(header)] = value;
      }
      return cells;
    });
  const head = { title: 'Workbook', author: 'Somebody', madeAt: new Date('2026-03-04T10:00:00Z') };
  const written = await writeWorkbook(head, [
    {
      name: 'Criteria',
      columns: headers.map((header) => ({ header, width: 20 })),
      rows: changed,
      printedColumns: headers.length,
      footer: '',
    },
  ]);
  return { name: 'standards.xlsx', bytes: written };
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
}
