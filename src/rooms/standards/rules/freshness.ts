import { daysBetween, type IsoDate } from '#kernel/dates.ts';
import { levelOf, type Level } from './levels.ts';
import type { JudgementContent, Rest } from './picture.ts';
import { ageInWords } from './words.ts';

/** What a judgement rests on is old when it is older than this. */
export const oldAfterDays = 365;

export interface RestAge {
  days: number | null;
  /** "7 months old", or that nobody said. */
  words: string;
  isOld: boolean;
}

/** How old it is, on a day, what a judgement rests on. */
export function restAge(rest: Pick<Rest, 'datedOn'>, asAt: IsoDate): RestAge {
  if (rest.datedOn === null) return { days: null, words: 'no date given', isOld: false };
  const days = Math.max(0, daysBetween(rest.datedOn, asAt));
  return { days, words: ageInWords(days), isOld: days > oldAfterDays };
}

/**
 * Whether a criterion is said to be met on the service's own word alone: nothing is named on which
 * it rests, or nothing but the own word.
 */
export function isOwnWordAlone(
  judgement: Pick<JudgementContent, 'level' | 'restsOn'>,
  levels: readonly Level[],
): boolean {
  return (
    levelOf(levels, judgement.level)?.countsAs === 'met' &&
    judgement.restsOn.every(({ kind }) => kind === 'own word')
  );
}

/** The kinds on which a judgement rests, the own word left out: the more, the better it stands. */
export function sidesOf(judgement: Pick<JudgementContent, 'restsOn'>): Rest['kind'][] {
  return [...new Set(judgement.restsOn.map(({ kind }) => kind))].filter(
    (kind) => kind !== 'own word',
  );
}
