import { dueInWords } from '#kernel/due/due-in-words.ts';
import type { Level } from '../levels.ts';
import type { Judgement } from '../picture.ts';
import { levelName, progressNames, resultNames } from '../words.ts';

/** The header of what a row is known by, in an edition's workbook. */
export const codeHeader = 'ID';

/** What of a judgement comes back in a workbook, and the header of each. */
export const sheetHeaders = {
  level: 'Level',
  progress: 'Work',
  result: 'Result',
  howMet: 'How it is met',
  whyNot: 'Why not fully',
  whatNext: 'What comes next',
  due: 'By when',
  leads: 'Who',
} as const;
export type SheetColumn = keyof typeof sheetHeaders;
export const sheetColumns = Object.keys(sheetHeaders) as SheetColumn[];

/** What a cell of a judgement's row says; '' where nothing stands. */
export function cellText(
  judgement: Judgement | undefined,
  column: SheetColumn,
  levels: readonly Level[],
): string {
  if (judgement === undefined) return '';
  const { due, level, result } = judgement;
  switch (column) {
    case 'level':
      return level === null ? '' : levelName(levels, level);
    case 'progress':
      return progressNames[judgement.progress];
    case 'result':
      return result === null ? '' : resultNames[result];
    case 'howMet':
    case 'whyNot':
    case 'whatNext':
      return judgement[column] ?? '';
    case 'due':
      return due === null ? '' : due.asWritten || dueInWords(due);
    case 'leads':
      return judgement.leads.map(({ name }) => name).join('; ');
  }
}
