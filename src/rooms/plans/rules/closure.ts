import type { IsoDate } from '#kernel/dates.ts';
import type { ClosureStepId, PartyId, UserId } from '#kernel/ids.ts';
import type { ActionTest } from './picture.ts';

/** What a step of closure says. Done is not improved: an action can be done and nobody better off. */
export type ClosureState =
  'done' | 'practice changed' | 'children better off' | 'accepted as untested' | 'regressed';

/** What somebody says was reached, and shows. */
export type SaidState = 'done' | 'practice changed' | 'children better off';

/** The three states, in their order. */
export const saidStates: readonly SaidState[] = ['done', 'practice changed', 'children better off'];

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

/** Since when an action is claimed complete without a break, and who claimed it first. */
export interface Completion {
  since: IsoDate;
  by: UserId | null;
  /** Who claimed it for that day in words that somebody has corrected since: they claimed it too. */
  alsoBy?: readonly UserId[];
}

export interface ClosurePicture {
  reached: ClosureReached;
  /** From which day it holds; null where nothing is reached. */
  since: IsoDate | null;
  /** Null while it is not claimed complete. */
  completion: Completion | null;
  /** The step that waits for its sign-off. */
  waiting: ClosureStep | null;
  /** The steps that stand: said of this completion, and not undone by a regression. */
  standing: readonly ClosureStep[];
  /** Every time that it failed again, oldest first. */
  regressions: { on: IsoDate; heldDays: number | null }[];
  /** All steps, in the order in which they were written. */
  steps: readonly ClosureStep[];
}

export const nothingClosed: ClosurePicture = {
  reached: 'none',
  since: null,
  completion: null,
  waiting: null,
  standing: [],
  regressions: [],
  steps: [],
};

/** Proportion matters: of a low priority one step closes, and nobody signs it off. */
export function needsSignOff(priority: Priority): boolean {
  return priority !== 'low';
}

const strictness = { high: 2, medium: 1, none: 1, low: 0 } as const;

/**
 * Whether another priority would let an action that is claimed complete be closed by less. Whoever
 * may change the priority could else sign it off alone, by calling it low for a minute.
 */
export function wouldTakeLess(
  action: { priority: Priority; closure: Pick<ClosurePicture, 'completion'> },
  priority: Priority,
): boolean {
  const before = strictness[action.priority ?? 'none'];
  return action.closure.completion !== null && strictness[priority ?? 'none'] < before;
}

/** A high priority is closed by evidence, not by word. */
export function needsEvidence(priority: Priority): boolean {
  return priority === 'high';
}

/**
 * How far an action has come by its steps, one state after the other. A step counts once it was
 * verified, of a low priority at once; what was before a regression, or belongs to an earlier
 * completion, counts no more; and nothing counts of an action that is not claimed complete. A low
 * priority that is claimed complete is done.
 */
export function closureOf(given: {
  steps: readonly ClosureStep[];
  completion: Completion | null;
  priority: Priority;
}): ClosurePicture {
  const { steps, completion, priority } = given;
  const regressions = steps
    .filter((step) => step.state === 'regressed')
    .map(({ on, heldDays }) => ({ on, heldDays }));
  const standing = standingSteps(steps, completion);
  let reached: ClosureReached = 'none';
  let since: IsoDate | null = null;
  if (completion !== null && !needsSignOff(priority)) {
    reached = 'done';
    since = completion.since;
  }
  for (const step of standing) {
    if (!stepCounts(step, priority) || step.state === 'regressed') continue;
    if (!nextStates({ reached }).includes(step.state)) continue;
    reached = step.state;
    since = step.answer?.on ?? step.on;
  }
  const waiting = needsSignOff(priority)
    ? (standing.findLast((step) => step.answer === null && isSaid(step.state)) ?? null)
    : null;
  return { reached, since, completion, waiting, standing, regressions, steps };
}

/** Whether somebody says so and another signs it off; the others hold as they are written. */
export function isSaid(state: ClosureState): state is SaidState {
  return state !== 'accepted as untested' && state !== 'regressed';
}

function standingSteps(
  steps: readonly ClosureStep[],
  completion: Completion | null,
): readonly ClosureStep[] {
  if (completion === null) return [];
  return steps
    .slice(steps.findLastIndex((step) => step.state === 'regressed') + 1)
    .filter((step) => step.on >= completion.since);
}

/** Whether a step counts: verified, of a low priority at once, and an acceptance as it is written. */
function stepCounts(step: ClosureStep, priority: Priority): boolean {
  if (step.answer?.answer === 'returned' || step.state === 'regressed') return false;
  if (step.state === 'accepted as untested' || !needsSignOff(priority)) return true;
  return step.answer?.answer === 'verified';
}

/** Whether the effect on children is shown, or somebody accepted that it will not be. */
export function isSettled(closure: Pick<ClosurePicture, 'reached'>): boolean {
  return closure.reached === 'children better off' || closure.reached === 'accepted as untested';
}

/** Whether it is claimed complete, and nobody has shown yet that children are better off. */
export function isEffectUnshown(action: {
  withdrawn: boolean;
  status: string | null;
  closure: Pick<ClosurePicture, 'reached'>;
}): boolean {
  return !action.withdrawn && action.status === 'complete' && !isSettled(action.closure);
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

/** The state that its lead can say next; null where the last one is reached. */
export function nextToSay(closure: Pick<ClosurePicture, 'reached'>): SaidState | null {
  return nextStates(closure).find(isSaid) ?? null;
}

/** What the test showed last, of this completion; null where it was not made. */
export function lastTestResult(
  closure: Pick<ClosurePicture, 'standing'>,
): ClosureStep['testResult'] {
  return closure.standing.findLast((step) => step.testResult !== null)?.testResult ?? null;
}

/** What of an action counts when a step of its closure is said or signed off. */
export interface ToClose {
  priority: Priority;
  withdrawn: boolean;
  test: ActionTest | 'to be agreed' | null;
  leads: readonly { id: PartyId }[];
  closure: ClosurePicture;
}

export type WhyNotSay =
  | 'withdrawn'
  | 'waits for its sign-off'
  | 'not next'
  | 'needs evidence'
  | 'test not made'
  | 'test not met';

/**
 * Why a step cannot be said now; every reason at once. A high priority needs evidence at each
 * step. Where a test was agreed, changed practice needs the test to be met; where none was, it
 * needs evidence in its place. A low priority needs neither, but a test that was not met shows
 * nothing whatever the priority.
 */
export function whyNotSay(
  action: ToClose,
  said: { state: SaidState; testResult: ClosureStep['testResult']; evidenceCount: number },
): WhyNotSay[] {
  const { closure, priority, test } = action;
  const reasons: WhyNotSay[] = [];
  if (action.withdrawn) reasons.push('withdrawn');
  if (closure.waiting !== null) reasons.push('waits for its sign-off');
  else if (nextToSay(closure) !== said.state) reasons.push('not next');
  const result = said.testResult ?? lastTestResult(closure);
  const isAgreed = test !== null && test !== 'to be agreed';
  const showsPractice = said.state === 'practice changed' && needsSignOff(priority);
  const needs = needsEvidence(priority) || (showsPractice && !isAgreed);
  if (needs && said.evidenceCount === 0) reasons.push('needs evidence');
  if (showsPractice && isAgreed && result === null) reasons.push('test not made');
  if (said.state !== 'done' && result === 'not met') reasons.push('test not met');
  return reasons;
}

/** Who would sign a step off, or accept an action as untested. */
export interface Verifier {
  userId: UserId;
  /** The posts that they hold or act in today, and the teams that such a post answers for. */
  partyIds: readonly PartyId[];
  /** Their role lets them approve in this plan (letter A of the permission matrix). */
  mayApprove: boolean;
}

export type WhyNotSignOff =
  | 'role may not approve'
  | 'wrote this step'
  | 'leads the action'
  | 'claimed it complete'
  | 'needs evidence'
  | 'nothing waits';

/**
 * Why this person cannot verify or return the step that waits; every reason at once. It is for
 * another person than the doer: not for who wrote the step, nor for who claimed the action
 * complete, nor for whoever acts for a post or team that leads it, whatever their role. Those who
 * contribute may: they are often everybody who knows. A high priority is verified by evidence
 * alone; to return it takes none.
 */
export function whyNotAnswer(
  who: Verifier,
  action: ToClose,
  answer: 'verified' | 'returned',
): WhyNotSignOff[] {
  const { waiting } = action.closure;
  const reasons = whyNotIndependent(who, action);
  if (waiting === null) return [...reasons, 'nothing waits'];
  if (waiting.by === who.userId) reasons.push('wrote this step');
  if (answer === 'verified' && needsEvidence(action.priority) && waiting.evidenceCount === 0) {
    reasons.push('needs evidence');
  }
  return reasons;
}

export type WhyNotAccept = WhyNotSignOff | 'withdrawn' | 'not complete' | 'not next';

/**
 * Why this person cannot accept an action as untested. The same stand behind it as behind a
 * sign-off: who did the work does not decide that nobody needs to look at its effect.
 */
export function whyNotAccept(who: Verifier, action: ToClose): WhyNotAccept[] {
  const reasons: WhyNotAccept[] = whyNotIndependent(who, action);
  if (action.withdrawn) reasons.push('withdrawn');
  else if (action.closure.completion === null) reasons.push('not complete');
  else if (!nextStates(action.closure).includes('accepted as untested')) reasons.push('not next');
  return reasons;
}

function whyNotIndependent(who: Verifier, { leads, closure }: ToClose): WhyNotSignOff[] {
  const reasons: WhyNotSignOff[] = [];
  if (!who.mayApprove) reasons.push('role may not approve');
  if (leads.some(({ id }) => who.partyIds.includes(id))) reasons.push('leads the action');
  const { by = null, alsoBy = [] } = closure.completion ?? {};
  if (by === who.userId || alsoBy.includes(who.userId)) reasons.push('claimed it complete');
  return reasons;
}
