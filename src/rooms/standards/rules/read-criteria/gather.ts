import type { DocumentGrid, GridCell } from '#platform/documents/grid.ts';
import { aloneIn, flat, quoted, spoken } from '#platform/documents/tables/lines.ts';
import { doubtAt, type TablePart, type TableRow } from '#platform/documents/tables/read-tables.ts';
import { criteriaMeanings, type CriteriaMeaning, type CriteriaProblem } from './reading.ts';
import { takeRef } from './refs.ts';

/** A criterion with its cells, those of rows that went on from it included. */
export interface GatheredCriterion {
  where: string;
  domain: string | null;
  ref: string | null;
  refWhere: string;
  criterion: string;
  cells: Partial<Record<CriteriaMeaning, GridCell[]>>;
}

type Row = TableRow<CriteriaMeaning>;
type Part = TablePart<CriteriaMeaning>;

/** Goes through the tables in their order, gathering the criteria and what they stand under. */
export function gatherCriteria(
  format: DocumentGrid['format'],
  parts: readonly Part[],
  problems: CriteriaProblem[],
): { title: string | null; criteria: GatheredCriterion[] } {
  const criteria: GatheredCriterion[] = [];
  const tables = new Set(parts.map(({ table }) => table.name));
  const isOneATable = tables.size > 1 && format === 'xlsx';
  let title: string | null = null;
  let domain: string | null = null;
  for (const [at, part] of parts.entries()) {
    const heading = part.before.map(flat).filter(isHeading).at(-1);
    if (at === 0 && tables.size === 1) title = heading ?? null;
    else if (heading !== undefined) domain = heading;
    else if (isOneATable && part.table.name !== parts[at - 1]?.table.name) domain = part.table.name;
    for (const row of part.rows) {
      const found = headingOf(row, part);
      if (found !== null) {
        domain = found;
        continue;
      }
      const own = row.words('domain');
      if (own !== '') domain = flat(own);
      takeRow(row, { part, domain, criteria, problems });
    }
  }
  return { title, criteria };
}

function isHeading(words: string): boolean {
  return words !== '' && words.length <= 200 && !/[.;]$/.test(words);
}

/** A row that only names a domain: "Domain 1: Early help", alone or beside its number. */
function headingOf(row: Row, part: Part): string | null {
  const cells = spoken(row.line);
  const alone = aloneIn(row.line);
  if (alone !== null) {
    const meaning = row.meaningOf(alone.seen);
    const words = flat(alone.seen.cell.text);
    if (words === '' || words.length > 200) return null;
    if (alone.isBand) return words;
    if (meaning === 'domain' && part.meanings.has('criterion')) return words;
    const isBeside = meaning === 'criterion' || meaning === 'ref' || meaning === 'ignored';
    return isBeside && isHeading(words) && /^\P{Ll}/u.test(words) && !/^[\d.\s]+$/.test(words)
      ? words
      : null;
  }
  const [number, words, ...more] = cells;
  if (number === undefined || words === undefined || more.length > 0) return null;
  const isNumber = row.meaningOf(number) === 'ref' && /^\d+\.?$/.test(flat(number.cell.text));
  const isWords = row.meaningOf(words) === 'criterion' && isHeading(flat(words.cell.text));
  const isShort = flat(words.cell.text).split(' ').length <= 12;
  return isNumber && isWords && isShort
    ? `${flat(number.cell.text).replace(/\.$/, '')} ${flat(words.cell.text)}`
    : null;
}

function takeRow(
  row: Row,
  {
    part,
    domain,
    criteria,
    problems,
  }: {
    part: Part;
    domain: string | null;
    criteria: GatheredCriterion[];
    problems: CriteriaProblem[];
  },
): void {
  const last = criteria.at(-1);
  const refCell = row.own('ref')[0];
  const ref = trimRef(refCell?.text ?? '');
  const words = row.words('criterion');
  if (words === '' && ref === '') {
    if (last === undefined) {
      const said = quoted(
        spoken(row.line)
          .map(({ cell }) => cell.text)
          .join(', '),
      );
      const message = `This row names no criterion, and is left out. It says ${said}.`;
      problems.push({ where: row.where, severity: 'error', message });
      return;
    }
    addCells(last, row);
    const message = 'This row names no criterion: what it says is added to the one above.';
    problems.push({ ...doubtAt(row.where, message), judgement: last.where });
    return;
  }
  const hasRefs = part.meanings.has('ref');
  const isFurther = last !== undefined && ref === '' && hasRefs && takeRef(words).ref === null;
  if (isFurther && (isUnfinished(last, words) || row.own('level').length === 0)) {
    // The words of a criterion that run over into the next row, as at the end of a page.
    last.criterion = `${last.criterion}\n${words}`;
    addCells(last, row);
    const message = 'This row has no reference: its words are added to the criterion above.';
    problems.push({ ...doubtAt(row.where, message), judgement: last.where });
    return;
  }
  const taken = ref === '' ? takeRef(words) : { ref, rest: words };
  if (words === '') {
    const message = `The criterion ${ref} has no words.`;
    problems.push({ ...doubtAt(row.where, message), judgement: row.where });
  }
  const one: GatheredCriterion = {
    where: row.own('criterion')[0]?.where ?? row.where,
    domain,
    ref: taken.ref,
    refWhere: refCell?.where ?? row.where,
    criterion: taken.rest,
    cells: {},
  };
  addCells(one, row);
  criteria.push(one);
}

/** The words above end in the middle of a sentence, or these begin in it. */
function isUnfinished(last: GatheredCriterion, words: string): boolean {
  return /^\p{Ll}/u.test(words) && !/[.!?:]$/.test(last.criterion);
}

function addCells(one: GatheredCriterion, row: Row): void {
  for (const meaning of criteriaMeanings) {
    const cells = row.own(meaning);
    if (cells.length > 0) one.cells[meaning] = [...(one.cells[meaning] ?? []), ...cells];
  }
}

function trimRef(text: string): string {
  return flat(text).replace(/[):\s]+$|(?<=\d)\.$/g, '');
}
