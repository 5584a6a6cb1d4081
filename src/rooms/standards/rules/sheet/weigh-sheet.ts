import { shortKey } from '#kernel/codes.ts';
import type { CriterionId, EditionId } from '#kernel/ids.ts';
import type { Criterion, Domain, DomainId, Judgement } from '../picture.ts';
import { besideLevel, readCell, type ReadingGround, type SheetContent } from './read-cell.ts';
import type { SheetCell, SheetRow } from './read-sheet.ts';
import { readSheetCode } from './sheet-code.ts';
import { cellText, sheetColumns, type SheetColumn } from './sheet-columns.ts';

export type CellChoice = 'sheet' | 'ours';

/** What was chosen of each criterion, by `placeOf`. */
export type SheetChoices = Readonly<
  Record<string, { seen: number; cells: Partial<Record<SheetColumn, CellChoice>> }>
>;

/** What a workbook is held against: its edition as it stands at this moment. */
export interface SheetGround extends ReadingGround {
  editionId: EditionId;
  domains: readonly Domain[];
  judgements: ReadonlyMap<CriterionId, Judgement>;
  /** Every judgement of each criterion, whatever its day. */
  history: ReadonlyMap<CriterionId, readonly Judgement[]>;
  /** Why nothing of a section can be taken; null where this person may judge in it. */
  shut: (domainId: DomainId) => string | null;
  /** Under which two names are one. */
  nameKey: (name: string) => string;
  /** A text as a workbook can hold it. */
  writable: (text: string) => string;
}

/** A cell that says something else than what stands. */
export interface WeighedCell {
  column: SheetColumn;
  where: string;
  sheet: string;
  ours: string;
  /** What it would set; null where it cannot be taken. */
  sets: Partial<SheetContent> | null;
  fault: string | null;
  doubts: string[];
  /** Somebody changed it here since the workbook was made. */
  changedSince: boolean;
  /** Nothing is chosen for the person. */
  open: boolean;
}

export interface WeighedRow {
  where: string;
  state: 'changed' | 'same' | 'not taken';
  /** Why nothing of it is taken. */
  note: string | null;
  criterion: Criterion | null;
  standing: Judgement | null;
  cells: WeighedCell[];
  row: SheetRow;
}

/** What the boxes of a criterion are named by. */
export function placeOf({ id }: Pick<Criterion, 'id'>): string {
  return shortKey(id);
}

/**
 * Holds a workbook that came back against its edition, cell by cell: what was changed in the
 * workbook, and where somebody wrote here meanwhile. Pure, and asked again in the transaction
 * that writes. A cell that was left as it was exported changes nothing, whatever stands now.
 */
export function weighSheet(rows: readonly SheetRow[], ground: SheetGround): WeighedRow[] {
  const first = new Map<CriterionId, string>();
  return rows.map((row): WeighedRow => {
    const where = row.code.where;
    const notTaken = (note: string, criterion: Criterion | null = null): WeighedRow => ({
      ...{ where, state: 'not taken', note, criterion, standing: null, cells: [], row },
    });
    const found = findCriterion(row, ground);
    if (typeof found === 'string') return notTaken(found);
    const { criterion, domain, seen } = found;
    const before = first.get(criterion.id);
    if (before !== undefined) {
      return notTaken(`Criterion ${criterion.ref} stands at ${before} too.`, criterion);
    }
    first.set(criterion.id, where);
    const standing = ground.judgements.get(criterion.id) ?? null;
    const cells = changedCells(row, criterion, seen, ground);
    if (cells.length === 0) {
      return { where, state: 'same', note: null, criterion, standing, cells, row };
    }
    const shut = ground.shut(domain.id);
    if (shut !== null) return notTaken(shut, criterion);
    return { where, state: 'changed', note: null, criterion, standing, cells, row };
  });
}

function findCriterion(
  { code, cells }: SheetRow,
  { editionId, domains }: SheetGround,
): { criterion: Criterion; domain: Domain; seen: number } | string {
  if (code.text.trim() === '') {
    return Object.keys(cells).length === 0 ? 'Nothing stands here.' : 'This row has no ID.';
  }
  const read = readSheetCode(code.text);
  if (read === null) {
    return `The ID “${code.text.slice(0, 60)}” is not right: a character of it was changed. Copy it from the workbook that was exported.`;
  }
  // Of other editions, and other councils, nothing is said.
  if (read.edition !== shortKey(editionId)) return 'This is not a row of this edition.';
  for (const domain of domains) {
    const criterion = domain.criteria.find(({ id }) => shortKey(id) === read.criterion);
    if (criterion !== undefined) return { criterion, domain, seen: read.seen };
  }
  return 'This is not a row of this edition.';
}

function changedCells(
  row: SheetRow,
  criterion: Criterion,
  seen: number,
  ground: SheetGround,
): WeighedCell[] {
  const { judgements, history, levels } = ground;
  const tidy = (text: string) => ground.writable(text).trim();
  const standing = judgements.get(criterion.id);
  const all = history.get(criterion.id) ?? [];
  const base = all.find(({ version }) => version === seen);
  // A version that is not known was not made here: nothing of the row is taken without asking.
  const isKnown = seen === 0 || base !== undefined;
  const since = all.filter(({ version }) => version > seen);
  const { cells, reason } = withReason(row, standing, ground);
  return sheetColumns.flatMap((column): WeighedCell[] => {
    const cell = cells[column];
    if (cell === undefined) return [];
    const sheet = tidy(cell.text);
    const said = (one: Judgement | undefined) => tidy(cellText(one, column, levels));
    const ours = said(standing);
    if (isSame(sheet, ours) || (isKnown && isSame(sheet, said(base)))) return [];
    const read = readCell(column, sheet, cell.date, ground);
    const of = { column, where: cell.where, sheet, ours };
    const changedSince = !isKnown || since.some((one) => !isSame(said(one), said(base)));
    if ('fault' in read) {
      return [{ ...of, sets: null, fault: read.fault, doubts: [], changedSince, open: false }];
    }
    if (says(standing, read.sets, ground)) return [];
    const doubts = [
      ...read.doubts,
      ...(column === 'whyNot' && reason !== ''
        ? [`“${reason}” stands beside the level: it is read as the reason.`]
        : []),
    ];
    const open = changedSince || doubts.length > 0 || sheet === '';
    return [{ ...of, sets: read.sets, fault: null, doubts, changedSince, open }];
  });
}

/** Words that stand beside a level are the reason, above what the cell of reasons says. */
function withReason(
  { cells }: SheetRow,
  standing: Judgement | undefined,
  { levels, writable }: SheetGround,
): { cells: SheetRow['cells']; reason: string } {
  const tidy = (text: string) => writable(text).trim();
  const { level, whyNot } = cells;
  const reason = level === undefined ? '' : besideLevel(levels, tidy(level.text));
  if (level === undefined || reason === '') return { cells, reason: '' };
  const why: SheetCell = whyNot ?? {
    where: level.where,
    text: standing?.whyNot ?? '',
    date: null,
  };
  if (tidy(why.text).startsWith(reason)) return { cells, reason: '' };
  const text = [reason, why.text].filter((part) => part !== '').join('\n');
  return { cells: { ...cells, whyNot: { ...why, text } }, reason };
}

/** Whether what stands says the same already, however it is written. */
function says(
  standing: Judgement | undefined,
  sets: Partial<SheetContent>,
  { nameKey }: SheetGround,
): boolean {
  const content: SheetContent | undefined = standing && contentOf(standing);
  return Object.entries(sets).every(([name, value]) => {
    const ours = content?.[name as SheetColumn] ?? (name === 'leads' ? [] : null);
    return key(ours, nameKey) === key(value, nameKey);
  });
}

function key(value: SheetContent[SheetColumn], nameKey: (name: string) => string): string {
  if (Array.isArray(value)) return JSON.stringify(value.map(nameKey));
  if (value === null || typeof value === 'string') return JSON.stringify(value);
  return JSON.stringify([value.asWritten, value.from, value.to, value.precision]);
}

/** What of a judgement a workbook can change. */
export function contentOf(judgement: Judgement): SheetContent {
  const { level, progress, result, howMet, whyNot, whatNext, due, leads } = judgement;
  const names = leads.map(({ name }) => name);
  return { level, progress, result, howMet, whyNot, whatNext, due, leads: names };
}

/** What a row would make of a judgement by these choices; null where it leaves all as it stands. */
export function chosenContent(
  { standing, cells }: WeighedRow,
  chosen: Partial<Record<SheetColumn, CellChoice>>,
): SheetContent | null {
  const taken = cells.filter((cell) => cell.sets !== null && chosen[cell.column] === 'sheet');
  if (taken.length === 0) return null;
  const sets = taken.reduce<Partial<SheetContent>>((all, one) => ({ ...all, ...one.sets }), {});
  if (standing !== null) return { ...contentOf(standing), ...sets };
  // As the import of criteria has it where nothing says how far the work is.
  const progress = (sets.level ?? null) === null ? 'not started' : 'done';
  return {
    ...{ level: null, progress, result: null, howMet: null, whyNot: null, whatNext: null },
    ...{ due: null, leads: [], ...sets },
  };
}

/** Whether two texts say the same in the same words: a workbook keeps no blank lines and no tabs. */
function isSame(a: string, b: string): boolean {
  return a.replace(/\s+/g, ' ') === b.replace(/\s+/g, ' ');
}
