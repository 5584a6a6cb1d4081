import { readSources } from '#kernel/leads.ts';
import type { DocumentGrid } from '#platform/documents/grid.ts';
import { aloneIn, flat, quoted, spoken } from '#platform/documents/tables/lines.ts';
import {
  readTables,
  type TableColumnChoice,
  type TablePart,
  type TableRow,
} from '#platform/documents/tables/read-tables.ts';
import type { FindingKind } from '../kinds.ts';
import { findingWords } from './header-words.ts';
import type { FindingMeaning, FindingProblem, FindingsReading, ReadFinding } from './reading.ts';
import { answerIn, kindIn } from './words-of-cells.ts';

export interface ReadFindingsOptions {
  /** What findings are that say no kind of their own. */
  kind: FindingKind;
  columns?: readonly TableColumnChoice<FindingMeaning>[];
}

type Row = TableRow<FindingMeaning>;

/**
 * Understands a table of findings: one a row, with its words to the letter. A row of one cell
 * that names a kind ("Strengths") says it of the rows under it, as does the heading of the column;
 * a row without words goes on from the one above.
 */
export function readFindingsTable(
  grid: DocumentGrid,
  options: ReadFindingsOptions,
): FindingsReading {
  const { columns, parts, problems: ofFile } = readTables(grid, findingWords, options.columns);
  const problems: FindingProblem[] = [...ofFile];
  const findings: ReadFinding[] = [];
  for (const part of parts)
    readPart(part, columnKind(part, columns) ?? options.kind, findings, problems);
  if (findings.length === 0 && problems.every(({ severity }) => severity !== 'error')) {
    problems.push({
      where: grid.tables.find(({ hidden }) => !hidden)?.name ?? 'the file',
      severity: 'error',
      message:
        'No findings were found. The table needs a row of headings, such as “No”, “Recommendation”, “Page” and “Response”, above its findings.',
    });
  }
  return { columns, findings, problems };
}

/** What the heading of the column says its findings are: "Recommendation". */
function columnKind(
  { table }: TablePart<FindingMeaning>,
  columns: FindingsReading['columns'],
): FindingKind | null {
  const heading = columns.find((one) => one.table === table.name && one.meaning === 'words');
  return heading === undefined ? null : kindIn(heading.header);
}

function readPart(
  part: TablePart<FindingMeaning>,
  otherwise: FindingKind,
  findings: ReadFinding[],
  problems: FindingProblem[],
): void {
  const headed = part.before.flatMap((words) => kindIn(words) ?? []).at(-1);
  let kind = headed ?? otherwise;
  let last: ReadFinding | undefined;
  for (const row of part.rows) {
    const heading = headingOf(row);
    if (heading !== null) {
      kind = heading;
      continue;
    }
    const cell = row.own('words')[0];
    if (cell === undefined) {
      goOn(row, last, problems);
      continue;
    }
    last = findingOf(row, kind, problems);
    findings.push(last);
  }
}

function headingOf(row: Row): FindingKind | null {
  const alone = aloneIn(row.line);
  return alone === null ? null : kindIn(alone.seen.cell.text);
}

/** A row without words of a finding: what it says belongs to the one above, or is left out. */
function goOn(row: Row, last: ReadFinding | undefined, problems: FindingProblem[]): void {
  const said = quoted(
    spoken(row.line)
      .map(({ cell }) => cell.text)
      .join(', '),
  );
  const message = `This row has no words of a finding, and is left out. It says ${said}.`;
  problems.push({
    where: row.where,
    severity: 'doubt',
    message,
    ...(last === undefined ? {} : { finding: last.where }),
  });
}

function findingOf(row: Row, headed: FindingKind, problems: FindingProblem[]): ReadFinding {
  const where = row.own('words')[0]?.where ?? row.where;
  const tell = (meaning: FindingMeaning, message: string): void => {
    const at = row.own(meaning)[0]?.where ?? where;
    problems.push({ where: at, severity: 'doubt', message, finding: where });
  };
  const short = (meaning: FindingMeaning): string | null => flat(row.words(meaning)) || null;
  const saidKind = short('kind');
  const kind = saidKind === null ? null : kindIn(saidKind);
  if (saidKind !== null && kind === null) {
    tell('kind', `No kind of finding could be read from ${quoted(saidKind)}.`);
  }
  const response = row.words('response');
  const said = answerIn(response);
  const reasons = [said?.rest ?? response, row.words('reason')].filter((text) => text !== '');
  const reason = reasons.join('\n') || null;
  if (response !== '' && said === null) {
    tell(
      'response',
      `${quoted(response)} is neither accepted, partly nor not accepted: say which.`,
    );
  }
  if (said !== null && said.answer !== 'accepted' && reason === null) {
    tell('response', `No reason is given why it is ${said.answer}.`);
  }
  return {
    where,
    kind: kind ?? headed,
    ref: short('ref'),
    words: row.words('words'),
    page: short('page')?.replace(/^(?:pages?|pp?\.?)\s*(?=\d)/i, '') ?? null,
    paragraph: short('paragraph')?.replace(/^(?:paragraphs?|paras?\.?)\s*(?=\d)/i, '') ?? null,
    area: short('area'),
    answer: said?.answer ?? null,
    reason,
    lead: short('lead'),
    reportsTo: short('reportsTo'),
    themes: readSources([row.words('themes')]).flatMap(({ parts }) => parts),
  };
}
