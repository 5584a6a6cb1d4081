import type { IsoDate } from '#kernel/dates.ts';
import type { DateRequest } from './date-requests.ts';
import { isForTheBoard } from './date-requests.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import type { Capacity } from './who-decides.ts';

/** A date on the table of the board that oversees the plan. */
export interface BoardRow {
  action: ActionPicture;
  /** Why and with what effect the date it has now was asked for; null where a paper brought it. */
  request: DateRequest | null;
  granted: { as: Capacity; on: IsoDate } | null;
}

/**
 * The table that the overseeing board is to approve: every open action from the second change of
 * its date on, those without an answer first, each as it stands in the plan.
 */
export function boardTable(picture: PlanPicture, requests: readonly DateRequest[]): BoardRow[] {
  return picture.actions
    .filter(isForTheBoard)
    .map((action) => {
      const request =
        requests.find(
          (one) =>
            one.actionId === action.id &&
            one.decision?.outcome === 'granted' &&
            one.decision.dueVersion === action.dueVersion,
        ) ?? null;
      const decision = request?.decision ?? null;
      return {
        action,
        request,
        granted: decision === null ? null : { as: decision.capacity, on: decision.effectiveOn },
      };
    })
    .sort((a, b) => Number(a.action.boardAnswer !== null) - Number(b.action.boardAnswer !== null));
}
