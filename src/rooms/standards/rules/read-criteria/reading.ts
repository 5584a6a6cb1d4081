import type { Due } from '#kernel/due/due.ts';
import type { TableColumn } from '#platform/documents/tables/read-tables.ts';
import type { Level } from '../levels.ts';

/**
 * What was understood of a table of criteria in Word, Excel or .csv. Nothing is guessed in
 * silence: a doubtful cell keeps its words, carries its best reading and is listed in `problems`.
 */
export const criteriaMeanings = [
  'ref',
  'domain',
  'criterion',
  'howMet',
  'level',
  'why',
  'next',
  'due',
  'leads',
] as const;
/** What a column of a table of criteria can hold. */
export type CriteriaMeaning = (typeof criteriaMeanings)[number];

export interface ReadJudgement {
  where: string;
  /** The heading that it stands under. */
  domain: string | null;
  /** As text, as it is written: 1.9, 1.10, 1.20. */
  ref: string | null;
  criterion: string;
  howMet: string | null;
  /** The key of a level of the reading; null: none said, or none that could be read. */
  level: string | null;
  why: string | null;
  next: string | null;
  due: Due;
  leads: string[];
}

export interface CriteriaProblem {
  where: string;
  severity: 'error' | 'doubt';
  message: string;
  /** The `where` of the judgement that it belongs to, when it belongs to one. */
  judgement?: string;
}

export interface CriteriaReading {
  /** The title that stood above the table, when there was one. */
  title: string | null;
  columns: TableColumn<CriteriaMeaning>[];
  /** The scheme that the levels of the table belong to. */
  levels: Level[];
  judgements: ReadJudgement[];
  problems: CriteriaProblem[];
}

/** A correction of one judgement: each field that is there replaces what was read. */
export interface JudgementChoice extends Partial<Omit<ReadJudgement, 'where' | 'domain'>> {
  leaveOut?: boolean;
  /** The person looked at its doubts and accepts the reading. */
  accepted?: boolean;
}

/** What the person decided while preparing an import. */
export interface CriteriaChoices {
  /** The framework to be made, where no edition that stands is judged. */
  made: { title: string; label: string } | null;
  /** By the `where` of the criterion. */
  rows: Record<string, JudgementChoice>;
}

/** How many criteria stand at each level of the scheme; `none`: no level was read. */
export function countByLevel(
  levels: readonly Level[],
  judgements: readonly Pick<ReadJudgement, 'level'>[],
): Map<Level | null, number> {
  const count = (key: string | null): number =>
    judgements.filter(({ level }) => level === key).length;
  return new Map<Level | null, number>([
    ...levels.map((level): [Level, number] => [level, count(level.key)]),
    [null, count(null)],
  ]);
}
