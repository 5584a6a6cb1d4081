import { formatDate } from '#kernel/dates.ts';
import { dueInWords } from '#kernel/due/due-in-words.ts';
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
import { levelName, progressNames, restNames, resultNames } from '../rules/words.ts';
import type { Judgement, Rest } from '../rules/picture.ts';
import { progresses, results } from '../rules/kinds.ts';

/**
 * An edition as a workbook that can be loaded again as a framework, with what is said of each
 * criterion beside it, and the ids by which a row is known.
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
    { header: 'Level', width: 18, choices: edition.levels.map(({ name }) => name) },
    { header: 'Work', width: 14, choices: progresses.map((one) => progressNames[one]) },
    { header: 'Result', width: 16, choices: results.map((one) => resultNames[one]) },
    { header: 'How it is met', width: 50 },
    { header: 'Why not fully', width: 40 },
    { header: 'What comes next', width: 40 },
    { header: 'By when', width: 18 },
    { header: 'Who', width: 28 },
    { header: 'Rests on', width: 40 },
    { header: 'Judged on', width: 14 },
    ...edition.levels.map(({ name }) => ({ header: name, width: 30 })),
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
    judgement.level === null ? null : levelName(edition.levels, judgement.level),
    progressNames[judgement.progress],
    judgement.result === null ? null : resultNames[judgement.result],
    judgement.howMet,
    judgement.whyNot,
    judgement.whatNext,
    judgement.due === null ? null : judgement.due.asWritten || dueInWords(judgement.due),
    judgement.leads.map(({ name }) => name).join('; '),
    judgement.restsOn.map(restInWords).join('\n'),
    { date: judgement.effectiveOn },
  ];
}

function restInWords({ kind, words, datedOn }: Rest): string {
  return [restNames[kind], words, datedOn === null ? null : formatDate(datedOn)]
    .filter((part) => part !== null)
    .join(', ');
}
