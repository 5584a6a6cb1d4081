import { addDays, lastDayOfMonth, type IsoDate } from '#kernel/dates.ts';
import { isStale } from './attention.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import { isOpen } from './position.ts';
import type { Round } from './rounds.ts';

export type MyGroup =
  'asked for' | 'overdue' | 'due this month' | 'no update lately' | 'later' | 'done lately';

export interface MyAction {
  action: ActionPicture;
  picture: PlanPicture;
  /** The open review round that still asks for an update, and when its lead was last reminded. */
  askedFor?: { round: Pick<Round, 'name' | 'askedBy'>; remindedOn: IsoDate | null } | null;
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
    'asked for': [],
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

function groupOf({ action, picture, askedFor }: MyAction, today: IsoDate): MyGroup | null {
  if (action.withdrawn) return null;
  if (askedFor != null) return 'asked for';
  if (!isOpen(action)) {
    const on = action.lastUpdate?.effectiveOn;
    return on !== undefined && on >= addDays(today, -30) ? 'done lately' : null;
  }
  if (action.daysOverdue > 0) return 'overdue';
  if (action.due.to !== null && action.due.to <= lastDayOfMonth(today)) return 'due this month';
  return isStale(action, picture) ? 'no update lately' : 'later';
}
