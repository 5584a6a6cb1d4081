import { formatDate } from '#kernel/dates.ts';
import {
  writeWorkbook,
  type WorkbookColumn,
  type WorkbookValue,
} from '#platform/documents/write/workbook.ts';
import type { EditionPicture } from '../actions/open-edition.ts';
import {
  aboutRows,
  criteriaHeaders,
  levelHeaders,
  sheetNames,
} from '../rules/read-framework-sheets.ts';
import { writeSheetCode } from '../rules/sheet/sheet-code.ts';
import { cellText, codeHeader, sheetColumns, sheetHeaders } from '../rules/sheet/sheet-columns.ts';
import { progressNames, restNames, resultNames } from '../rules/words.ts';
import type { Judgement, Rest } from '../rules/picture.ts';
import { progresses, results } from '../rules/kinds.ts';

/**
 * An edition as a workbook that can be loaded again as a framework, with what is said of each
 * criterion beside it, and the ID by which a row is known when it comes back.
 */
export async function editionWorkbook(
  picture: EditionPicture,
  printed: { by: string; at: Date },
): Promise<Uint8Array> {
  const { edition, judgements, asAt } = picture;
  const footer = `${edition.title}, edition ${edition.label}, position on ${formatDate(asAt)}`;
  const about: Record<(typeof aboutRows)[number], WorkbookValue> = {
    Title: edition.title,
    Edition: edition.label,
    Publisher: edition.publisher,
    'Published on': edition.publishedOn === null ? null : { date: edition.publishedOn },
    Note: edition.note,
  };
  const [number, domainHeader, ref, words] = criteriaHeaders;
  const columns: WorkbookColumn[] = [
    { header: number, width: 10 },
    { header: domainHeader, width: 24 },
    { header: ref, width: 11 },
    { header: words, width: 50 },
    { header: sheetHeaders.level, width: 18, choices: edition.levels.map(({ name }) => name) },
    {
      header: sheetHeaders.progress,
      width: 14,
      choices: progresses.map((one) => progressNames[one]),
    },
    { header: sheetHeaders.result, width: 16, choices: results.map((one) => resultNames[one]) },
    { header: sheetHeaders.howMet, width: 50 },
    { header: sheetHeaders.whyNot, width: 40 },
    { header: sheetHeaders.whatNext, width: 40 },
    { header: sheetHeaders.due, width: 18 },
    { header: sheetHeaders.leads, width: 28 },
    { header: 'Rests on', width: 40 },
    { header: 'Judged on', width: 14 },
    ...edition.levels.map(({ name }) => ({ header: name, width: 30 })),
    { header: codeHeader, width: 32 },
    { header: 'Criterion ID', width: 38 },
    { header: 'Judgement ID', width: 38 },
  ];
  const rows = edition.domains.flatMap((domain) =>
    domain.criteria.map((criterion): WorkbookValue[] => {
      const judgement = judgements.get(criterion.id);
      return [
        domain.ref,
        domain.title,
        criterion.ref,
        criterion.text,
        ...saidOf(judgement, picture),
        ...edition.levels.map(({ key }) => criterion.descriptors[key] ?? null),
        writeSheetCode(edition.id, criterion.id, judgement?.version ?? 0),
        criterion.id,
        judgement?.id ?? null,
      ];
    }),
  );
  const head = { title: footer, author: printed.by, madeAt: printed.at };
  return await writeWorkbook(head, [
    { name: sheetNames.criteria, columns, rows, printedColumns: 14, footer },
    {
      name: sheetNames.levels,
      columns: levelHeaders.map((header, index) => ({ header, width: index === 1 ? 60 : 20 })),
      rows: edition.levels.map(({ name, meaning, countsAs }) => [name, meaning, countsAs]),
      printedColumns: levelHeaders.length,
      footer,
    },
    {
      name: sheetNames.about,
      columns: [
        { header: 'What', width: 16 },
        { header: 'Value', width: 60 },
      ],
      rows: aboutRows.map((name) => [name, about[name]]),
      printedColumns: 2,
      footer,
    },
  ]);
}

function saidOf(judgement: Judgement | undefined, { edition }: EditionPicture): WorkbookValue[] {
  if (judgement === undefined) return Array.from({ length: 10 }, () => null);
  return [
    ...sheetColumns.map((column) => cellText(judgement, column, edition.levels) || null),
    judgement.restsOn.map(restInWords).join('\n'),
    { date: judgement.effectiveOn },
  ];
}

function restInWords({ kind, words, datedOn }: Rest): string {
  return [restNames[kind], words, datedOn === null ? null : formatDate(datedOn)]
    .filter((part) => part !== null)
    .join(', ');
}
