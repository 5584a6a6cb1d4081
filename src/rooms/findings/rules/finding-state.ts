import type { IsoDate } from '#kernel/dates.ts';
import type { Answer, FindingKind, ProgressState } from './kinds.ts';

/** Where a finding stands. Nobody types it: it follows from its response and its actions. */
export const findingStates = [
  'open',
  'planned',
  'in progress',
  'done',
  'practice changed',
  'better for children',
  'regressed',
  'no action needed',
  'withdrawn',
] as const;
export type FindingState = (typeof findingStates)[number];

/** Why a finding is in its state; `stateReasonInWords` says it. */
export type StateReason =
  | { why: 'finding-withdrawn' | 'strength' | 'not-accepted' | 'no-response' | 'no-action' }
  | { why: 'actions-withdrawn' | 'none-started'; actions: number }
  | { why: 'under-way'; finished: number; actions: number }
  | { why: 'all-done' | 'all-changed' | 'all-better'; actions: number; untested: number }
  | { why: 'failed-again'; label: string; since: IsoDate; actions: number };

export interface DerivedState {
  state: FindingState;
  reason: StateReason;
}

/** What of an action counts for the finding that it answers. */
export interface CountedAction {
  label: string;
  state: ProgressState;
  /** The day from which it is in this state. */
  since: IsoDate;
}

/**
 * The state of a finding as at a day, from facts of that day alone. One action that failed again
 * outweighs all others; an action that was withdrawn counts for nothing; the finding is as far as
 * the least of what is left. "Accepted as untested" counts as done, and no more: done is not better.
 */
export function deriveState(given: {
  kind: FindingKind;
  withdrawn: boolean;
  answer: Answer | null;
  actions: readonly CountedAction[];
}): DerivedState {
  const { kind, withdrawn, answer, actions } = given;
  if (withdrawn) return { state: 'withdrawn', reason: { why: 'finding-withdrawn' } };
  const counted = actions.filter(({ state }) => state !== 'withdrawn');
  if (counted.length === 0) {
    if (kind === 'strength') return { state: 'no action needed', reason: { why: 'strength' } };
    if (answer === 'not accepted') {
      return { state: 'no action needed', reason: { why: 'not-accepted' } };
    }
    if (actions.length > 0) {
      return { state: 'open', reason: { why: 'actions-withdrawn', actions: actions.length } };
    }
    return { state: 'open', reason: { why: answer === null ? 'no-response' : 'no-action' } };
  }
  const total = counted.length;
  const failed = counted
    .filter(({ state }) => state === 'regressed')
    .sort((a, b) => (a.since < b.since ? 1 : -1))[0];
  if (failed !== undefined) {
    const { label, since } = failed;
    return { state: 'regressed', reason: { why: 'failed-again', label, since, actions: total } };
  }
  const reached = counted.map(({ state }) => depth[state]);
  const finished = reached.filter((one) => one >= depth.done).length;
  if (finished < total) {
    return reached.every((one) => one === depth.planned)
      ? { state: 'planned', reason: { why: 'none-started', actions: total } }
      : { state: 'in progress', reason: { why: 'under-way', finished, actions: total } };
  }
  const untested = counted.filter(({ state }) => state === 'accepted as untested').length;
  const least = Math.min(...reached);
  const far = { actions: total, untested };
  if (least === depth['better for children']) {
    return { state: 'better for children', reason: { why: 'all-better', ...far } };
  }
  if (least === depth['practice changed']) {
    return { state: 'practice changed', reason: { why: 'all-changed', ...far } };
  }
  return { state: 'done', reason: { why: 'all-done', ...far } };
}

const depth: Readonly<Record<Exclude<ProgressState, 'withdrawn'>, number>> & {
  withdrawn: number;
} = {
  withdrawn: -1,
  regressed: 0,
  planned: 1,
  'in progress': 2,
  done: 3,
  'accepted as untested': 3,
  'practice changed': 4,
  'better for children': 5,
};
