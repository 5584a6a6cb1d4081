import { formatInstant, londonDay } from '#kernel/dates.ts';
import { writeWorkbook, type WorkbookValue } from '#platform/documents/write/workbook.ts';
import type { GivenOut } from '../actions/give-out.ts';

export const disclosureFormats = ['xlsx', 'json'] as const;
export type DisclosureFormat = (typeof disclosureFormats)[number];

export interface MadeBy {
  name: string;
  authorityName: string;
  at: Date;
}

/** What is given out, as a file: a workbook to read and to black out, or JSON with every column. */
export async function disclosureFile(
  format: DisclosureFormat,
  out: GivenOut,
  by: MadeBy,
): Promise<{ fileName: string; mediaType: string; bytes: Uint8Array }> {
  const fileName = `${out.kind}-given-out-${londonDay(by.at)}.${format}`;
  if (format === 'json') {
    const bytes = new TextEncoder().encode(JSON.stringify(asJson(out, by), null, 2));
    return { fileName, mediaType: 'application/json; charset=utf-8', bytes };
  }
  return {
    fileName,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: await workbook(out, by),
  };
}

function asJson(out: GivenOut, by: MadeBy) {
  return {
    title: out.title,
    authority: by.authorityName,
    givenOutBy: by.name,
    givenOutAt: by.at.toISOString(),
    recipient: out.recipient,
    reason: out.reason,
    people: Object.fromEntries(out.people),
    records: out.rows.map(({ table, row }) => ({ record: table, ...row })),
    log: out.log.map(({ at, by: who, act, fact, id }) => ({
      at: at.toISOString(),
      by: who === null ? null : (out.people.get(who) ?? who),
      act,
      record: fact,
      id,
    })),
  };
}

/** Columns that say which row it is, and not what was written. */
const aboutTheRow = ['id', 'recorded_at', 'recorded_by', 'submission_id'];

function workbook(out: GivenOut, by: MadeBy): Promise<Uint8Array> {
  const nameOf = (id: unknown) => (typeof id === 'string' ? (out.people.get(id) ?? '') : '');
  const records: WorkbookValue[][] = out.rows.flatMap(({ table, row }) =>
    Object.entries(row)
      .filter(([column, value]) => value !== null && !aboutTheRow.includes(column))
      .map(([column, value]) => [
        inWords(table),
        typeof row['recorded_at'] === 'string' ? formatInstant(new Date(row['recorded_at'])) : '',
        nameOf(row['recorded_by']),
        inWords(column),
        typeof value === 'string' ? value : JSON.stringify(value),
        typeof row['id'] === 'string' ? row['id'] : '',
      ]),
  );
  const footer = `Given out to ${out.recipient}`;
  const notes: [string, string][] = [
    ['What this is', out.title],
    ['Council', by.authorityName],
    ['For', out.recipient],
    ['Why', out.reason],
    ['Made by', by.name],
    ['Made on', formatInstant(by.at)],
    ['Records', String(out.rows.length)],
    [
      'Files',
      'Files are listed with their names and SHA-256; the files themselves are not in this',
    ],
    [
      'Before it leaves',
      'Read it and take out what is about others. This file is not checked for that',
    ],
  ];
  return writeWorkbook({ title: out.title, author: by.name, madeAt: by.at }, [
    sheet(
      'Notes',
      [
        ['Note', 24],
        ['Value', 90],
      ],
      notes,
      footer,
    ),
    sheet(
      'Records',
      [
        ['Record', 22],
        ['Recorded on', 24],
        ['By', 22],
        ['Field', 22],
        ['Words', 80],
        ['Number', 38],
      ],
      records,
      footer,
    ),
    ...(out.log.length === 0
      ? []
      : [
          sheet(
            'Audit log',
            [
              ['When', 24],
              ['Who', 22],
              ['What was done', 40],
              ['To what', 22],
              ['Number', 38],
            ],
            out.log.map((entry) => [
              formatInstant(entry.at),
              nameOf(entry.by),
              entry.act,
              inWords(entry.fact),
              entry.id,
            ]),
            footer,
          ),
        ]),
  ]);
}

function sheet(
  name: string,
  columns: readonly [header: string, width: number][],
  rows: readonly (readonly WorkbookValue[])[],
  footer: string,
) {
  return {
    name,
    columns: columns.map(([header, width]) => ({ header, width })),
    rows,
    printedColumns: columns.length,
    footer,
  };
}

function inWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
