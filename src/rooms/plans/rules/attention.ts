import { daysBetween, type IsoDate } from '#kernel/dates.ts';
import { isAgreedTest } from './closure-words.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import { isOpen } from './position.ts';

/** What needs somebody's attention in a plan, each list in the order in which to look. */
export interface Attention {
  /** Longest overdue first. */
  overdue: ActionPicture[];
  /** No update within the plan's review cycle, longest silent first. */
  stale: ActionPicture[];
  withoutLead: ActionPicture[];
  withoutDate: ActionPicture[];
  /** Nobody wrote how it will be tested, or it is still to be agreed. */
  withoutTest: ActionPicture[];
}

/** Open actions that need attention; an action can stand in several lists. */
export function needsAttention(picture: PlanPicture): Attention {
  const open = picture.actions.filter(isOpen);
  const silence = (action: ActionPicture) =>
    daysSinceUpdate(action, picture.asAt) ?? Number.POSITIVE_INFINITY;
  return {
    overdue: open
      .filter((action) => action.daysOverdue > 0)
      .sort((a, b) => b.daysOverdue - a.daysOverdue),
    stale: open
      .filter((action) => isStale(action, picture))
      .sort((a, b) => (silence(a) === silence(b) ? 0 : silence(b) - silence(a))),
    withoutLead: open.filter((action) => action.leads.length === 0),
    withoutDate: open.filter((action) => action.due.to === null),
    withoutTest: open.filter(({ test }) => !isAgreedTest(test)),
  };
}

/** Days since the last update, or null where there was none. */
export function daysSinceUpdate(action: ActionPicture, asAt: IsoDate): number | null {
  return action.lastUpdate === null ? null : daysBetween(action.lastUpdate.effectiveOn, asAt);
}

/**
 * Days without an update: since the last one, else since the action was added, for a new action
 * owes none yet. Null where neither is known.
 */
export function daysSilent(
  action: Pick<ActionPicture, 'lastUpdate' | 'addedOn'>,
  asAt: IsoDate,
): number | null {
  const since = action.lastUpdate?.effectiveOn ?? action.addedOn;
  return since === null ? null : daysBetween(since, asAt);
}

/** Whether an open action has had no update within the plan's review cycle. */
export function isStale(action: ActionPicture, picture: PlanPicture): boolean {
  if (!isOpen(action)) return false;
  const cycle = picture.plan.reviewCycleDays;
  if (cycle === null) return false;
  const days = daysSilent(action, picture.asAt);
  return days === null || days > cycle;
}
