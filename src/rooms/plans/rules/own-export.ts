import { isRag } from './kinds.ts';
import type { RagColour } from './picture.ts';
import type { DuePrecision, Rag } from './reading.ts';
import { ragName } from './words.ts';

/**
 * The sheets and headers of our own .xlsx and .csv exports. The writer and the reader share
 * them, so that what was exported is read again exactly; docs/data-out.md tells what each holds.
 */
export const ownSheets = { actions: 'Actions', objectives: 'Objectives', notes: 'Notes' } as const;

export const ownHeaders = {
  section: 'Section',
  objectiveRef: 'Objective ref',
  objective: 'Objective',
  ref: 'Ref',
  text: 'Action',
  leads: 'Lead',
  due: 'Due as written',
  dueTo: 'Due date',
  rag: 'RAG',
  status: 'Status',
  progress: 'Progress',
  updatedOn: 'Last update',
  contributors: 'Contributors',
  priority: 'Priority',
  successMeasure: 'Success measure',
  outcome: 'Outcome for children',
  objectiveSources: 'Sources of the objective',
  actionSources: 'Sources of the action',
  firstDue: 'First due date',
  revised: 'Date revised',
  dateCount: 'Dates so far',
  slippageDays: 'Days later than first',
  askedFor: 'Asked for, not yet agreed',
  boardAnswer: 'What the board said of the date',
  daysOverdue: 'Days overdue',
  withdrawn: 'Withdrawn',
  test: 'Test',
  testBy: 'Test by',
  closure: 'Closure',
  closureSince: 'Closure since',
  regressions: 'Failed again',
  dueFrom: 'Due from',
  precision: 'Due precision',
  actionId: 'Action ID',
  objectiveId: 'Objective ID',
} as const;

export type OwnColumn = keyof typeof ownHeaders;

/** Headers of the sheet that lists the objectives, those without an action included. */
export const ownObjectiveHeaders = {
  objectiveId: ownHeaders.objectiveId,
  section: ownHeaders.section,
  objectiveRef: ownHeaders.objectiveRef,
  objective: ownHeaders.objective,
  objectiveSources: ownHeaders.objectiveSources,
  withdrawn: ownHeaders.withdrawn,
} as const;

/** The label in the notes beside which the plan's title stands. */
export const titleLabel = 'Plan';

export const precisionWords: Record<DuePrecision, string> = {
  day: 'Day',
  month: 'Month',
  quarter: 'Quarter',
  period: 'Period',
  asap: 'As soon as possible',
  ongoing: 'Ongoing',
  none: 'No date',
};

/** "Amber", or "Yellow (amber)" where the plan calls the colour something else. */
export function ragCell(scheme: readonly RagColour[], colour: Rag): string {
  const name = ragName(scheme, colour).replace(/\s+/g, ' ');
  return name.toLowerCase() === colour ? name : `${name} (${colour})`;
}

/** The colour of such a cell, or null where it names none. */
export function readRagCell(text: string): Rag | null {
  const word = (/\(([^()]*)\)$/.exec(text)?.[1] ?? text).trim().toLowerCase();
  return isRag(word) ? word : null;
}

/** The fill beside the word, on screen and on paper: black text on each has a contrast over 8 to 1. */
export const ragFills: Record<Rag, string> = {
  red: 'FF8A80',
  amber: 'FFC000',
  green: '92D050',
  blue: '9DC3E6',
};
