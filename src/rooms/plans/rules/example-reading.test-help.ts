import type { ImportChoices } from './import-choices.ts';
import type { PlanReading, ReadAction } from './reading.ts';

/** A row as it was read, with whatever a test wants different. */
export function read(change: Partial<ReadAction> & { where: string }): ReadAction {
  return {
    section: null,
    objectiveRef: null,
    objective: 'Visits are on time',
    ref: null,
    text: 'Visit every child',
    leads: [],
    contributors: [],
    priority: null,
    due: { asWritten: '', from: null, to: null, precision: 'none' },
    revised: false,
    claimedRag: null,
    ragFrom: 'none',
    status: null,
    successMeasure: null,
    outcome: null,
    progress: null,
    evidence: null,
    sources: [],
    ...change,
  };
}

/** The reading of a file with these rows. */
export function reading(
  actions: ReadAction[],
  problems: PlanReading['problems'] = [],
): PlanReading {
  const titles = [...new Set(actions.map((one) => one.objective))];
  return {
    title: null,
    columns: [],
    sections: [],
    objectives: titles.map((title) => ({ ref: null, title, section: null, sources: [] })),
    actions,
    problems,
    ragMeanings: [],
    counts: {
      objectives: titles.length,
      actions: actions.length,
      byRag: { red: 0, amber: 0, green: 0, blue: 0, none: 0 },
      revised: 0,
    },
  };
}

/** Choices that change nothing. */
export const choices: ImportChoices = {
  title: 'Plan',
  columns: [],
  ragScheme: [{ colour: 'green', name: 'Green', meaning: 'Done', standsFor: 'complete' }],
  schemeConfirmed: true,
  statusFromColour: false,
  rows: {},
};
