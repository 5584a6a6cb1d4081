import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { Progress, RestKind, Result, Whose } from './kinds.ts';
import { levelOf, type Level } from './levels.ts';

/** "1 criterion", "12 criteria" */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

export const progressNames: Record<Progress, string> = {
  'not started': 'Not started',
  'in progress': 'In progress',
  'in review': 'In review',
  done: 'Done',
};

export const resultNames: Record<Result, string> = {
  'good practice': 'Good practice',
  strength: 'Strength',
  observation: 'Observation',
  'minor gap': 'Minor gap',
  'major gap': 'Major gap',
};

export const restNames: Record<RestKind, string> = {
  data: 'Data',
  'audit of practice': 'Audit of practice',
  voice: 'Voice of children, families or adults',
  external: 'Somebody outside the service',
  'own word': 'The service’s own word',
};

export const whoseNames: Record<Whose, string> = { peer: 'Peers', inspection: 'Inspection' };

/** The name of a level, or "Not judged". A key that the scheme does not have is shown as it is. */
export function levelName(levels: readonly Level[], key: string | null): string {
  return key === null ? 'Not judged' : (levelOf(levels, key)?.name ?? key);
}

/** "a fortnight old" in plain figures: "12 days old", "7 months old", "3 years old". */
export function ageInWords(days: number): string {
  if (days < 1) return 'of today';
  if (days < 60) return `${countOf(days, 'day')} old`;
  if (days < 730) return `${countOf(Math.floor(days / 30.44), 'month')} old`;
  return `${countOf(Math.floor(days / 365.25), 'year')} old`;
}

/** "2014/15": the self-assessment year of a day, from April to March. */
export function yearOf(day: IsoDate): string {
  const year = Number(day.slice(0, 4)) - (day.slice(5, 7) < '04' ? 1 : 0);
  return `${year}/${String((year + 1) % 100).padStart(2, '0')}`;
}

/** "since 4 March 2026" */
export function since(day: IsoDate): string {
  return `since ${formatDate(day)}`;
}

/** Texts as a list in a sentence: "a, b and c". */
export function listed(texts: readonly string[]): string {
  return texts.length < 2
    ? texts.join('')
    : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`;
}
