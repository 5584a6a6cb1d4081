import { formatDate, formatInstant, type IsoDate } from '#kernel/dates.ts';
import { writeCsv } from '#platform/documents/write/csv.ts';
import { writeWorkbook, type WorkbookValue } from '#platform/documents/write/workbook.ts';
import {
  answerName,
  findingKindName,
  sentenceCase,
  sourceKindName,
  stateName,
} from '../rules/kind-words.ts';
import { dayOfSource, type FindingPicture } from '../rules/picture.ts';
import { stateReasonInWords } from '../rules/state-words.ts';

export const findingFormats = ['xlsx', 'csv'] as const;
export type FindingFormat = (typeof findingFormats)[number];

/** A list of findings that leaves as a file. */
export interface FindingsFile {
  findings: readonly FindingPicture[];
  /** The filters in words; null where every finding is there. */
  selection: string | null;
  /** How many restricted findings of the list are not in the file. */
  leftOut: number;
  asAt: IsoDate;
  exportedBy: string;
  exportedAt: Date;
  authorityName: string;
}

type Value = string | { date: IsoDate } | null;

const columns: readonly {
  header: string;
  width: number;
  value: (finding: FindingPicture) => Value;
}[] = [
  { header: 'Kind', width: 18, value: ({ kind }) => sentenceCase(findingKindName(kind)) },
  { header: 'Number', width: 9, value: ({ ref }) => ref },
  { header: 'In its own words', width: 60, value: ({ words }) => words },
  { header: 'Page', width: 8, value: ({ page }) => page },
  { header: 'Paragraph', width: 10, value: ({ paragraph }) => paragraph },
  { header: 'Area', width: 20, value: ({ area }) => area },
  { header: 'Themes', width: 24, value: ({ themes }) => themes.map(({ name }) => name).join('\n') },
  { header: 'Source', width: 34, value: ({ source }) => source.title },
  { header: 'Kind of source', width: 18, value: ({ source }) => sourceKindName(source.kind) },
  { header: 'Date of source', width: 16, value: ({ source }) => ({ date: dayOfSource(source) }) },
  {
    header: 'Response',
    width: 16,
    value: ({ response }) => (response === null ? null : answerName(response.answer)),
  },
  { header: 'Why', width: 30, value: ({ response }) => response?.reason ?? null },
  {
    header: 'Answered on',
    width: 16,
    value: ({ response }) => (response === null ? null : { date: response.on }),
  },
  { header: 'Lead post', width: 24, value: ({ lead }) => lead?.name ?? null },
  { header: 'Reported to', width: 24, value: ({ reportsTo }) => reportsTo?.name ?? null },
  { header: 'State', width: 16, value: ({ derived }) => stateName(derived.state) },
  {
    header: 'Why in this state',
    width: 34,
    value: ({ derived }) => stateReasonInWords(derived.reason),
  },
  {
    header: 'Actions that answer it',
    width: 40,
    value: ({ actions }) => actions.map(({ place, label }) => `${place}: ${label}`).join('\n'),
  },
  { header: 'Source ID', width: 38, value: ({ source }) => source.id },
  { header: 'Finding ID', width: 38, value: ({ id }) => id },
];

const mediaTypes: Record<FindingFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** The list on the screen as a file, with the IDs by which it is known again. */
export async function findingsFile(format: FindingFormat, list: FindingsFile) {
  return {
    fileName: `findings-${list.asAt}.${format}`,
    mediaType: mediaTypes[format],
    bytes: format === 'csv' ? csvOf(list) : await workbookOf(list),
  };
}

function csvOf({ findings }: FindingsFile): Uint8Array {
  const plain = (value: Value) =>
    value !== null && typeof value === 'object' ? value.date : value;
  return writeCsv(
    columns.map(({ header }) => header),
    findings.map((finding) => columns.map(({ value }) => plain(value(finding)))),
  );
}

async function workbookOf(list: FindingsFile): Promise<Uint8Array> {
  const { findings, asAt, exportedBy, exportedAt, authorityName, selection, leftOut } = list;
  const isRestricted = findings.some(({ source }) => source.classification === 'restricted');
  const classification = isRestricted ? 'Restricted' : 'Internal';
  const footer = `${classification}. Findings as at ${formatDate(asAt)}`;
  const notes: WorkbookValue[][] = [
    ['What this is', 'Findings in the words of their sources, and what came of them'],
    ['Council', authorityName],
    ['As at', formatDate(asAt)],
    ['Shown', selection ?? 'Every finding'],
    ['Findings', findings.length],
    ['Restricted findings left out', leftOut],
    ['Made by', exportedBy],
    ['Made on', formatInstant(exportedAt)],
    ['Classification', classification],
  ];
  return await writeWorkbook({ title: 'Findings', author: exportedBy, madeAt: exportedAt }, [
    {
      name: 'Findings',
      columns: columns.map(({ header, width }) => ({ header, width })),
      rows: findings.map((finding) => columns.map(({ value }) => value(finding))),
      printedColumns: columns.length - 2,
      footer,
    },
    {
      name: 'Notes',
      columns: [
        { header: 'Note', width: 28 },
        { header: 'Value', width: 80 },
      ],
      rows: notes,
      printedColumns: 2,
      footer,
    },
  ]);
}
