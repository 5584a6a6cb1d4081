import type { IsoDate } from '#kernel/dates.ts';
import type { ClosureStepId, UserId } from '#kernel/ids.ts';
import type { Status } from './reading.ts';

/** What a step of closure says. Done is not improved: an action can be done and nobody better off. */
export type ClosureState =
  'done' | 'practice changed' | 'children better off' | 'accepted as untested' | 'regressed';

/** How far an action has come, so far as it was signed off. */
export type ClosureReached = Exclude<ClosureState, 'regressed'> | 'none';

export type Priority = 'high' | 'medium' | 'low' | null;

/** One step as the store reads it, with its answer where there is one. */
export interface ClosureStep {
  id: ClosureStepId;
  version: number;
  state: ClosureState;
  account: string;
  testResult: 'met' | 'not met' | null;
  heldDays: number | null;
  on: IsoDate;
  by: UserId | null;
  evidenceCount: number;
  answer: {
    answer: 'verified' | 'returned';
    on: IsoDate;
    by: UserId | null;
    reason: string | null;
  } | null;
}

export interface ClosurePicture {
  reached: ClosureReached;
  /** From which day it holds; null where nothing is reached. */
  since: IsoDate | null;
  /** The step that waits for its sign-off. */
  waiting: ClosureStep | null;
  /** Every time that it failed again, oldest first. */
  regressions: { on: IsoDate; heldDays: number | null }[];
  /** All steps, in the order in which they were written. */
  steps: readonly ClosureStep[];
}

export const nothingClosed: ClosurePicture = {
  reached: 'none',
  since: null,
  waiting: null,
  regressions: [],
  steps: [],
};

/** Proportion matters: of a low priority one step closes, and nobody signs it off. */
export function needsSignOff(priority: Priority): boolean {
  return priority !== 'low';
}

/** A high priority is closed by evidence, not by word. */
export function needsEvidence(priority: Priority): boolean {
  return priority === 'high';
}

/**
 * How far an action has come by its steps. A step counts once it was verified, of a low priority
 * at once; what was before a regression counts no more; and nothing counts of an action that its
 * lead does not claim as complete. A low priority that is claimed complete is done.
 */
export function closureOf(given: {
  steps: readonly ClosureStep[];
  status: Status | null;
  statusSince: IsoDate | null;
  priority: Priority;
}): ClosurePicture {
  const { steps, status, statusSince, priority } = given;
  const regressions = steps
    .filter((step) => step.state === 'regressed')
    .map(({ on, heldDays }) => ({ on, heldDays }));
  const standing = steps.slice(steps.findLastIndex((step) => step.state === 'regressed') + 1);
  const waiting =
    standing.findLast(
      (step) =>
        step.answer === null && needsSignOff(priority) && step.state !== 'accepted as untested',
    ) ?? null;
  const counted =
    status === 'complete' ? standing.filter((step) => stepCounts(step, priority)) : [];
  const last = counted.at(-1);
  if (last !== undefined && last.state !== 'regressed') {
    const since = last.answer?.on ?? last.on;
    return { reached: last.state, since, waiting, regressions, steps };
  }
  const doneAtOnce = status === 'complete' && !needsSignOff(priority);
  return {
    reached: doneAtOnce ? 'done' : 'none',
    since: doneAtOnce ? statusSince : null,
    waiting,
    regressions,
    steps,
  };
}

/** Whether a step counts: verified, of a low priority at once, and an acceptance by who may accept. */
function stepCounts(step: ClosureStep, priority: Priority): boolean {
  if (step.answer?.answer === 'returned' || step.state === 'regressed') return false;
  if (step.state === 'accepted as untested' || !needsSignOff(priority)) return true;
  return step.answer?.answer === 'verified';
}

/** Whether the effect on children is shown, or somebody accepted that it will not be. */
export function isSettled(closure: Pick<ClosurePicture, 'reached'>): boolean {
  return closure.reached === 'children better off' || closure.reached === 'accepted as untested';
}

/** What can be said next of an action's closure. */
export function nextStates(closure: Pick<ClosurePicture, 'reached'>): ClosureState[] {
  switch (closure.reached) {
    case 'none':
      return ['done', 'accepted as untested'];
    case 'done':
      return ['practice changed', 'accepted as untested', 'regressed'];
    case 'practice changed':
      return ['children better off', 'accepted as untested', 'regressed'];
    case 'children better off':
    case 'accepted as untested':
      return ['regressed'];
  }
}
