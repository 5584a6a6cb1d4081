import type { ActionId } from '#kernel/ids.ts';
import { nothingClosed, type ClosureReached } from './closure.ts';
import { testInWords } from './closure-words.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import { isOpen } from './position.ts';
import { dueInWords, ragName, sentenceCase, statusName } from './words.ts';

/** One field of an action that is not as it was. */
export interface ChangedField {
  what: string;
  before: string;
  after: string;
}

/** An action that differs between two days. */
export interface ComparedAction {
  kind: 'added' | 'removed' | 'changed';
  /** Why it was added or removed; null for what only changed. */
  why: 'new' | 'brought back' | 'withdrawn' | 'left the table' | null;
  id: ActionId;
  /** As it is on the later day. */
  action: ActionPicture;
  /** What differs, field by field; of a new action, nothing. */
  fields: ChangedField[];
}

export const comparedKinds = ['added', 'removed', 'changed'] as const;

/**
 * Two pictures of one plan side by side, field by field: what was added (new, or brought back),
 * what was removed (withdrawn, or left the table once complete), and what changed. An action that
 * is the same on both days, or withdrawn on both, is left out. In the order of the later picture.
 */
export function comparePictures(before: PlanPicture | null, after: PlanPicture): ComparedAction[] {
  const then = new Map(before?.actions.map((action) => [action.id, action]) ?? []);
  return after.actions.flatMap((now): ComparedAction[] => {
    const earlier = then.get(now.id);
    if (earlier === undefined) {
      return now.withdrawn
        ? []
        : [{ kind: 'added', why: 'new', id: now.id, action: now, fields: [] }];
    }
    if (earlier.withdrawn && now.withdrawn) return [];
    const fields = before === null ? [] : changedFields(earlier, before, now, after);
    const one = { id: now.id, action: now, fields };
    if (!earlier.withdrawn && now.withdrawn) return [{ kind: 'removed', why: 'withdrawn', ...one }];
    if (earlier.withdrawn) return [{ kind: 'added', why: 'brought back', ...one }];
    if (earlier.onTable && !now.onTable) {
      return [{ kind: 'removed', why: 'left the table', ...one }];
    }
    if (!earlier.onTable && now.onTable) return [{ kind: 'added', why: 'brought back', ...one }];
    return fields.length === 0 ? [] : [{ kind: 'changed', why: null, ...one }];
  });
}

const reachedWords: Record<ClosureReached, string> = {
  none: '',
  done: 'Done',
  'practice changed': 'Practice changed',
  'children better off': 'Children better off',
  'accepted as untested': 'Accepted as untested',
};

/** What of an action is compared, each in the words of the pages. */
function fieldsOf(action: ActionPicture, picture: PlanPicture): [what: string, words: string][] {
  const objective = picture.objectives.find(({ id }) => id === action.objectiveId);
  const names = (list: ActionPicture['leads']) => list.map(({ name }) => name).join(', ');
  const reached = isOpen(action) ? nothingClosed.reached : action.closure.reached;
  return [
    ['Reference', action.ref],
    ['Action', action.text],
    ['Objective', objective?.title ?? ''],
    ['Lead', names(action.leads)],
    ['Contributors', names(action.contributors)],
    ['Priority', sentenceCase(action.priority ?? '')],
    ['How we will know', action.successMeasure ?? ''],
    ['Intended outcome for children', action.outcomeForChildren ?? ''],
    ['Test', testInWords(action.test)],
    ['Due', dueInWords(action.due)],
    ['Another date asked for', action.asked === null ? '' : dueInWords(action.asked.due)],
    ['Claimed', ragName(picture.plan.ragScheme, action.claimedRag)],
    ['Status', statusName(action.status)],
    ['Closure', reachedWords[reached]],
    ['Last update', action.lastUpdate?.whatChanged ?? ''],
  ];
}

function changedFields(
  earlier: ActionPicture,
  before: PlanPicture,
  now: ActionPicture,
  after: PlanPicture,
): ChangedField[] {
  const later = new Map(fieldsOf(now, after));
  return fieldsOf(earlier, before)
    .map(([what, words]) => ({ what, before: words, after: later.get(what) ?? '' }))
    .filter((field) => field.before !== field.after);
}
