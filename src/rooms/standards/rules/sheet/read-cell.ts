import type { IsoDate } from '#kernel/dates.ts';
import type { Due } from '#kernel/due/due.ts';
import { readDue } from '#kernel/due/read-due.ts';
import { readLeads } from '#kernel/leads.ts';
import { progresses, results, type Progress, type Result } from '../kinds.ts';
import type { Level } from '../levels.ts';
import { longest } from '../read-criteria/draft.ts';
import { readLevel } from '../read-criteria/read-level.ts';
import { progressNames, resultNames } from '../words.ts';
import type { SheetColumn } from './sheet-columns.ts';

/** What a judgement says that a workbook can change. Leads are names as written. */
export interface SheetContent {
  level: string | null;
  progress: Progress;
  result: Result | null;
  howMet: string | null;
  whyNot: string | null;
  whatNext: string | null;
  due: Due | null;
  leads: string[];
}

/** A cell that was understood: what it would set, and what is to be looked at. */
export interface ReadCell {
  sets: Partial<SheetContent>;
  doubts: string[];
}

export interface ReadingGround {
  levels: readonly Level[];
  today: IsoDate;
  /** Who acts on other criteria: a name that is known can stand beside another at "and". */
  knownLeads: readonly string[];
}

/** As many names as one box takes. */
const mostLeads = 20;

/** Reads a cell by the rules of the import of criteria; `fault`: why nothing of it can be taken. */
export function readCell(
  column: SheetColumn,
  text: string,
  date: IsoDate | null,
  ground: ReadingGround,
): ReadCell | { fault: string } {
  switch (column) {
    case 'level':
      return readLevelCell(text, ground.levels);
    case 'progress': {
      const said = named(progresses, progressNames, text);
      return said === undefined
        ? { fault: `Say one of these: ${Object.values(progressNames).join(', ')}.` }
        : { sets: { progress: said }, doubts: [] };
    }
    case 'result': {
      const said = text === '' ? null : named(results, resultNames, text);
      return said === undefined
        ? {
            fault: `Say one of these, or leave it empty: ${Object.values(resultNames).join(', ')}.`,
          }
        : { sets: { result: said }, doubts: [] };
    }
    case 'howMet':
    case 'whyNot':
    case 'whatNext':
      if (text.length > longest.howMet) return tooLong(longest.howMet);
      return { sets: { [column]: text === '' ? null : text }, doubts: [] };
    case 'due': {
      if (text === '') return { sets: { due: null }, doubts: [] };
      const { due, doubts } = readDue(text, date, { positionOn: ground.today });
      if (due.asWritten.length > longest.due) return tooLong(longest.due);
      return { sets: { due: due.asWritten === '' ? null : due }, doubts };
    }
    case 'leads': {
      const split = readLeads([...ground.knownLeads, text]).at(-1);
      const leads = split?.parts ?? [];
      if (leads.length > mostLeads) return { fault: `These are more than ${mostLeads} names.` };
      if (leads.some((name) => name.length > longest.lead)) return tooLong(longest.lead);
      return { sets: { leads }, doubts: split?.doubts ?? [] };
    }
  }
}

/** The words that stand behind a level in its cell: the reason, by the rules of the import. */
export function besideLevel(levels: readonly Level[], text: string): string {
  return isLevel(levels, text) ? '' : (readLevel(levels, text)?.rest ?? '');
}

function readLevelCell(text: string, levels: readonly Level[]): ReadCell | { fault: string } {
  if (text === '' || /^not judged$/i.test(text)) return { sets: { level: null }, doubts: [] };
  const exact = levels.find(({ name }) => name.toLowerCase() === text.toLowerCase());
  const key = exact?.key ?? readLevel(levels, text)?.key;
  return key === undefined
    ? { fault: `The levels here are: ${levels.map(({ name }) => name).join(', ')}.` }
    : { sets: { level: key }, doubts: [] };
}

function isLevel(levels: readonly Level[], text: string): boolean {
  return levels.some(({ name }) => name.toLowerCase() === text.toLowerCase());
}

function named<Word extends string>(
  words: readonly Word[],
  names: Readonly<Record<Word, string>>,
  text: string,
): Word | undefined {
  const said = text.toLowerCase().replace(/\s+/g, ' ');
  return words.find((word) => word === said || names[word].toLowerCase() === said);
}

function tooLong(most: number): { fault: string } {
  return { fault: `This has more than ${most.toLocaleString('en-GB')} characters. Shorten it.` };
}
