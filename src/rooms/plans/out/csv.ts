import { writeCsv } from '#platform/documents/write/csv.ts';
import type { WorkbookValue } from '#platform/documents/write/workbook.ts';
import { writableText } from '#platform/documents/write/writable-text.ts';
import { actionColumns } from './columns.ts';
import { exportRows, type ExportInput } from './export-input.ts';

/** The actions as a .csv file: the columns of the workbook, with dates as YYYY-MM-DD. */
export function planCsv(input: ExportInput): Uint8Array {
  const { ragScheme } = input.picture.plan;
  return writeCsv(
    actionColumns.map(({ header }) => header),
    exportRows(input).map((row) => actionColumns.map(({ value }) => plain(value(row, ragScheme)))),
  );
}

function plain(value: WorkbookValue): string | number | null {
  if (value === null || typeof value === 'number') return value;
  if (typeof value === 'string') return writableText(value).replaceAll('\t', ' ').trim();
  return 'date' in value ? value.date : value.text;
}
