import type { TableColumn } from '#platform/documents/tables/read-tables.ts';
import type { Answer, FindingKind } from '../kinds.ts';

/** What a column of a table of findings can hold. */
export const findingMeanings = [
  'ref',
  'kind',
  'words',
  'page',
  'paragraph',
  'area',
  'response',
  'reason',
  'lead',
  'reportsTo',
  'themes',
] as const;
export type FindingMeaning = (typeof findingMeanings)[number];

/** A finding as it was read, or as a person corrected it; words to the letter. */
export interface ReadFinding {
  /** The cell of its words, or "line 4". */
  where: string;
  kind: FindingKind;
  ref: string | null;
  words: string;
  page: string | null;
  paragraph: string | null;
  area: string | null;
  answer: Answer | null;
  reason: string | null;
  lead: string | null;
  reportsTo: string | null;
  /** By name, as they are written. */
  themes: string[];
}

export interface FindingProblem {
  where: string;
  severity: 'error' | 'doubt';
  message: string;
  /** The `where` of the finding that it belongs to, when it belongs to one. */
  finding?: string;
}

/** What was understood of a table of findings, or of a list that was pasted. */
export interface FindingsReading {
  /** Empty for a list. */
  columns: TableColumn<FindingMeaning>[];
  findings: ReadFinding[];
  problems: FindingProblem[];
}

/** A correction of one finding: each field that is there replaces what was read. */
export interface FindingChoice extends Partial<Omit<ReadFinding, 'where'>> {
  leaveOut?: boolean;
  /** The person looked at its doubts and accepts the reading. */
  accepted?: boolean;
}

/** What the person decided while preparing an import. */
export interface FindingsChoices {
  /** What findings are that say no kind of their own. */
  kind: FindingKind;
  /** By the `where` of the finding. */
  rows: Record<string, FindingChoice>;
  /** The list as it was pasted, where it was. */
  pasted: string | null;
}
