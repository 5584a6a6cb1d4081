import { addDays, lastDayOfMonth, type IsoDate } from '#kernel/dates.ts';
import { isStale } from './attention.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import { isOpen } from './position.ts';

export type MyGroup = 'overdue' | 'due this month' | 'no update lately' | 'later' | 'done lately';

export interface MyAction {
  action: ActionPicture;
  picture: PlanPicture;
}

/**
 * One lead's actions in the order of a lead's day; each stands in the first group that fits.
 * "Done lately" is completed in the last 30 days; what was completed before is left out.
 */
export function groupMyActions(
  mine: readonly MyAction[],
  today: IsoDate,
): Record<MyGroup, MyAction[]> {
  const groups: Record<MyGroup, MyAction[]> = {
    overdue: [],
    'due this month': [],
    'no update lately': [],
    later: [],
    'done lately': [],
  };
  for (const one of mine) {
    const group = groupOf(one, today);
    if (group !== null) groups[group].push(one);
  }
  for (const list of Object.values(groups)) {
    list.sort((a, b) => (a.action.due.to ?? '9999').localeCompare(b.action.due.to ?? '9999'));
  }
  return groups;
}

function groupOf({ action, picture }: MyAction, today: IsoDate): MyGroup | null {
  if (action.withdrawn) return null;
  if (!isOpen(action)) {
    const on = action.lastUpdate?.effectiveOn;
    return on !== undefined && on >= addDays(today, -30) ? 'done lately' : null;
  }
  if (action.daysOverdue > 0) return 'overdue';
  if (action.due.to !== null && action.due.to <= lastDayOfMonth(today)) return 'due this month';
  return isStale(action, picture) ? 'no update lately' : 'later';
}
