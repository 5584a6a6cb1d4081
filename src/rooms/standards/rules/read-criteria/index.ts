import type { IsoDate } from '#kernel/dates.ts';
import { readDue, type DueReading } from '#kernel/due/read-due.ts';
import { timeOfDues } from '#kernel/due/time-of-dues.ts';
import { readLeads } from '#kernel/leads.ts';
import type { DocumentGrid, GridCell } from '#platform/documents/grid.ts';
import { quoted } from '#platform/documents/tables/lines.ts';
import { readTables, type TableColumnChoice } from '#platform/documents/tables/read-tables.ts';
import type { Level } from '../levels.ts';
import { gatherCriteria, type GatheredCriterion } from './gather.ts';
import { criteriaWords } from './header-words.ts';
import { readLevel, readScheme } from './read-level.ts';
import type {
  CriteriaMeaning,
  CriteriaProblem,
  CriteriaReading,
  ReadJudgement,
} from './reading.ts';
import { lostNoughts } from './refs.ts';

export interface ReadCriteriaOptions {
  /** The day on which the table stood as it is written: dates without a year lie near it. */
  positionOn?: IsoDate;
  /** The levels of the edition that is judged; absent, the scheme that the table is written in. */
  levels?: readonly Level[];
  /** What columns hold, as the person corrected it. */
  columns?: readonly TableColumnChoice<CriteriaMeaning>[];
}

/**
 * Understands a self-assessment against criteria: which columns hold what, and every criterion
 * in the order of the document with what is said of it. A row that names no criterion goes on
 * from the one above; a row of one cell is the heading of a domain.
 */
export function readCriteria(
  grid: DocumentGrid,
  options: ReadCriteriaOptions = {},
): CriteriaReading {
  const { columns, parts, problems: ofFile } = readTables(grid, criteriaWords, options.columns);
  const problems: CriteriaProblem[] = [...ofFile];
  const { title, criteria } = gatherCriteria(grid.format, parts, problems);
  const levels = [...(options.levels ?? readScheme(criteria.map((one) => textOf(one, 'level'))))];
  const judgements = readJudgements(criteria, levels, options, problems);
  if (judgements.length === 0 && problems.every(({ severity }) => severity !== 'error')) {
    problems.push(noCriteria(grid));
  }
  return { title, columns, levels, judgements, problems: withoutRepeats(problems) };
}

function readJudgements(
  criteria: readonly GatheredCriterion[],
  levels: readonly Level[],
  options: ReadCriteriaOptions,
  problems: CriteriaProblem[],
): ReadJudgement[] {
  const plain = criteria.map((one) => dueOf(one, {}).reading);
  const near = {
    ...(options.positionOn === undefined ? {} : { positionOn: options.positionOn }),
    otherDates: timeOfDues(plain),
  };
  const refs = refsOf(criteria, problems);
  const leads = readLeads(criteria.map((one) => textOf(one, 'leads')));
  const judgements = criteria.map((one, at): ReadJudgement => {
    const tell = (where: string, message: string): void => {
      problems.push({ where, severity: 'doubt', message, judgement: one.where });
    };
    const due = dueOf(one, near);
    for (const message of due.reading.doubts) tell(due.where, message);
    const split = leads[at];
    for (const message of split?.doubts ?? []) tell(whereOf(one, 'leads'), message);
    for (const meaning of ['criterion', 'howMet', 'why', 'next'] as const) {
      for (const cell of one.cells[meaning] ?? []) {
        if (isFormula(cell.text)) tell(cell.where, formulaDoubt(cell.text));
      }
    }
    const level = levelOf(one, levels, tell);
    return {
      where: one.where,
      domain: one.domain,
      ref: refs[at] ?? null,
      criterion: one.criterion,
      howMet: wordsOf(one, 'howMet'),
      level: level.key,
      why: [level.rest, wordsOf(one, 'why') ?? ''].filter((text) => text !== '').join('\n') || null,
      next: wordsOf(one, 'next'),
      due: due.reading.due,
      leads: split?.parts ?? [],
    };
  });
  tellRepeats(judgements, problems);
  return judgements;
}

function refsOf(
  criteria: readonly GatheredCriterion[],
  problems: CriteriaProblem[],
): (string | null)[] {
  const written = criteria.map(({ ref }) => ref);
  const mended = lostNoughts(written);
  for (const [at, ref] of mended) {
    const one = criteria[at];
    if (one === undefined) continue;
    const message = `“${one.ref ?? ''}” is read as ${ref}: Excel leaves out the last nought of a number.`;
    problems.push({ where: one.refWhere, severity: 'doubt', message, judgement: one.where });
  }
  return written.map((ref, at) => mended.get(at) ?? ref);
}

function dueOf(
  one: GatheredCriterion,
  near: Parameters<typeof readDue>[2],
): { reading: DueReading; where: string } {
  const cells = one.cells.due ?? [];
  const [first] = cells;
  if (first === undefined) return { reading: readDue('', null, near), where: one.where };
  const struck = { ...near, struck: first.struck };
  const reading =
    cells.length === 1
      ? readDue(first.text, first.date, struck)
      : readDue(textOf(one, 'due'), null, struck);
  return { reading, where: first.where };
}

function levelOf(
  one: GatheredCriterion,
  levels: readonly Level[],
  tell: (where: string, message: string) => void,
): { key: string | null; rest: string } {
  const text = textOf(one, 'level');
  if (text === '') return { key: null, rest: '' };
  const where = whereOf(one, 'level');
  const said = readLevel(levels, text);
  if (said === null) {
    const names = levels.map(({ name }) => name).join(', ');
    tell(where, `No level could be read from ${quoted(text)}. The levels here are: ${names}.`);
    return { key: null, rest: '' };
  }
  if (said.rest !== '') {
    tell(where, `${quoted(said.rest)} stands beside the level: it is read as the reason.`);
  }
  return said;
}

function textOf(one: GatheredCriterion, meaning: CriteriaMeaning): string {
  return (one.cells[meaning] ?? [])
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n');
}

function wordsOf(one: GatheredCriterion, meaning: CriteriaMeaning): string | null {
  return textOf(one, meaning) || null;
}

function whereOf(one: GatheredCriterion, meaning: CriteriaMeaning): string {
  return firstOf(one.cells[meaning])?.where ?? one.where;
}

function firstOf(cells: readonly GridCell[] | undefined): GridCell | undefined {
  return cells?.[0];
}

/** What a formula says of itself where its result was lost: not words that somebody wrote. */
function isFormula(text: string): boolean {
  return (
    (/^=\s*(?:'[^'\n]*'?|[\w.]+)\s*!?/.test(text) &&
      /![A-Z$]{1,4}\d+|\w+\(|[A-Z]{1,3}\d/.test(text)) ||
    /^#(?:REF|NAME|VALUE|N\/A|DIV\/0|NULL|NUM)[!?]?$/.test(text)
  );
}

function formulaDoubt(text: string): string {
  return `${quoted(text)} is a formula and not words: it is kept as it stands.`;
}

/** The same ref twice names two criteria alike: somebody has to say which is which. */
function tellRepeats(judgements: readonly ReadJudgement[], problems: CriteriaProblem[]): void {
  const first = new Map<string, ReadJudgement>();
  for (const one of judgements) {
    if (one.ref === null) {
      const message = 'This criterion has no reference.';
      problems.push({ where: one.where, severity: 'doubt', message, judgement: one.where });
      continue;
    }
    const before = first.get(one.ref);
    if (before === undefined) first.set(one.ref, one);
    else {
      const message = `The reference ${one.ref} stands at ${before.where} too.`;
      problems.push({ where: one.where, severity: 'doubt', message, judgement: one.where });
    }
  }
}

function noCriteria(grid: DocumentGrid): CriteriaProblem {
  const where = grid.tables.find(({ hidden }) => !hidden)?.name ?? 'the file';
  const message =
    'No criteria were found. The table needs a row of headings, such as “Ref”, “Description”, “How do we meet this” and “Fully, partially or not met”, above its criteria.';
  return { where, severity: 'error', message };
}

function withoutRepeats(problems: readonly CriteriaProblem[]): CriteriaProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ where, message }) => {
    const key = `${where}\n${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
