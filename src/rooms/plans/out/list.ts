import { formatDate, formatInstant, type IsoDate } from '#kernel/dates.ts';
import { writeCsv } from '#platform/documents/write/csv.ts';
import { writeWorkbook, type WorkbookValue } from '#platform/documents/write/workbook.ts';
import type { Export } from './export-input.ts';

export const listFormats = ['xlsx', 'csv', 'json'] as const;
export type ListFormat = (typeof listFormats)[number];

export interface ListColumn<Row> {
  /** The name in JSON. */
  key: string;
  header: string;
  /** In characters. */
  width: number;
  value: (row: Row) => string | number | IsoDate | null;
  /** The value is a day: a real date in a workbook. */
  isDay?: true;
}

/** A list that is not one plan's actions: plans, changes, a person's work. */
export interface ExportedList<Row> {
  /** The words of the file's name. */
  name: string;
  title: string;
  columns: readonly ListColumn<Row>[];
  rows: readonly Row[];
  asAt: IsoDate;
  exportedBy: string;
  exportedAt: Date;
  authorityName: string;
}

const mediaTypes: Record<ListFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** The list on the screen as a file: one header row, real dates, and notes that say what it is. */
export async function exportList<Row>(
  format: ListFormat,
  list: ExportedList<Row>,
): Promise<Export> {
  return {
    fileName: `${list.name}-${list.asAt}.${format}`,
    mediaType: mediaTypes[format],
    bytes: await bytesOf(format, list),
  };
}

function bytesOf<Row>(
  format: ListFormat,
  list: ExportedList<Row>,
): Uint8Array | Promise<Uint8Array> {
  switch (format) {
    case 'csv':
      return writeCsv(
        list.columns.map((column) => column.header),
        list.rows.map((row) => list.columns.map((column) => column.value(row))),
      );
    case 'json':
      return new TextEncoder().encode(
        JSON.stringify(
          {
            title: list.title,
            authority: list.authorityName,
            asAt: list.asAt,
            rows: list.rows.map((row) =>
              Object.fromEntries(list.columns.map((column) => [column.key, column.value(row)])),
            ),
          },
          null,
          2,
        ),
      );
    case 'xlsx':
      return workbook(list);
  }
}

function workbook<Row>(list: ExportedList<Row>): Promise<Uint8Array> {
  const footer = `Internal. Position as at ${formatDate(list.asAt)}`;
  const notes: [string, string][] = [
    ['What this is', list.title],
    ['Council', list.authorityName],
    ['Position as at', formatDate(list.asAt)],
    ['Rows', String(list.rows.length)],
    ['Made by', list.exportedBy],
    ['Made on', formatInstant(list.exportedAt)],
    ['Classification', 'Internal'],
  ];
  return writeWorkbook({ title: list.title, author: list.exportedBy, madeAt: list.exportedAt }, [
    {
      name: 'List',
      columns: list.columns.map(({ header, width }) => ({ header, width })),
      rows: list.rows.map((row) => list.columns.map((column) => cell(column, row))),
      printedColumns: list.columns.length,
      footer,
    },
    {
      name: 'Notes',
      columns: [
        { header: 'Note', width: 24 },
        { header: 'Value', width: 80 },
      ],
      rows: notes,
      printedColumns: 2,
      footer,
    },
  ]);
}

function cell<Row>(column: ListColumn<Row>, row: Row): WorkbookValue {
  const value = column.value(row);
  return column.isDay === true && typeof value === 'string' ? { date: value as IsoDate } : value;
}
