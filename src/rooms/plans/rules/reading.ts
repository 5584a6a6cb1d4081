import type { Due } from '#kernel/due/due.ts';
import type { Status } from '#kernel/status.ts';

export type { Due, DuePrecision } from '#kernel/due/due.ts';
export type { Status } from '#kernel/status.ts';

/**
 * What was understood of a plan in Word, Excel or .csv: the shape that the preview shows and
 * that `bin/sightline import plan --dry-run --json` prints. Nothing is guessed in silence:
 * a doubtful cell keeps its words, carries its best reading and is listed in `problems`.
 */
export type Rag = 'red' | 'amber' | 'green' | 'blue';

/** What a column of a plan can hold. */
export type ColumnMeaning =
  | 'ref'
  | 'section'
  | 'objectiveRef'
  | 'objective'
  | 'source'
  | 'text'
  | 'leads'
  | 'contributors'
  | 'priority'
  | 'due'
  | 'rag'
  | 'status'
  | 'successMeasure'
  | 'outcome'
  | 'progress'
  | 'evidence'
  | 'ignored';

export interface ReadColumn {
  table: string;
  /** Counted from 1, and its letter or `cell 3`. */
  index: number;
  where: string;
  header: string;
  meaning: ColumnMeaning;
  samples: string[];
}

export interface ReadObjective {
  ref: string | null;
  title: string;
  section: string | null;
  /** As written under the objective or in a column of their own. */
  sources: string[];
}

export interface ReadAction {
  where: string;
  section: string | null;
  objectiveRef: string | null;
  objective: string;
  ref: string | null;
  text: string;
  leads: string[];
  contributors: string[];
  priority: 'high' | 'medium' | 'low' | null;
  due: Due;
  revised: boolean;
  claimedRag: Rag | null;
  ragFrom: 'text' | 'fill' | 'none';
  status: Status | null;
  successMeasure: string | null;
  outcome: string | null;
  progress: string | null;
  evidence: string | null;
  /** Sources of this action alone, where the plan has no objective that they belong to. */
  sources: string[];
}

export interface ReadingProblem {
  /** The place of the cell that is in doubt, or the table's or sheet's name. */
  where: string;
  severity: 'error' | 'doubt';
  message: string;
  /** The `where` of the action that the cell belongs to, when it belongs to one. */
  action?: string;
}

/** What a colour means in this plan, as its own key says. */
export interface RagMeaning {
  colour: Rag;
  meaning: string;
}

export interface PlanReading {
  /** The title that stood above the table, when there was one. */
  title: string | null;
  columns: ReadColumn[];
  sections: string[];
  objectives: ReadObjective[];
  actions: ReadAction[];
  problems: ReadingProblem[];
  /** From the key or legend of the document, each colour once; empty where it has none. */
  ragMeanings: RagMeaning[];
  counts: {
    objectives: number;
    actions: number;
    byRag: Record<Rag | 'none', number>;
    revised: number;
  };
}
