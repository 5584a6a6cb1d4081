import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, DueRequestId, PartyId, UserId } from '#kernel/ids.ts';
import { changesOf } from './derived-rag.ts';
import type { ActionPicture } from './picture.ts';
import { isOpen } from './position.ts';
import type { Due } from './reading.ts';
import type { Capacity } from './who-decides.ts';

/** Another due date that was asked for, with what became of it by the day that is looked at. */
export interface DateRequest {
  id: DueRequestId;
  actionId: ActionId;
  version: number;
  effectiveOn: IsoDate;
  recordedAt: Date;
  by: UserId | null;
  due: Due;
  reason: string;
  effectOnChildren: string;
  decision: DateDecision | null;
}

export interface DateDecision {
  outcome: 'granted' | 'refused' | 'taken back';
  capacity: Capacity;
  reason: string | null;
  effectiveOn: IsoDate;
  recordedAt: Date;
  by: UserId | null;
  /** The entry of the ledger that a grant made. */
  dueVersion: number | null;
}

/** What an overseeing board said of one date of an action. */
export interface BoardAnswerFact {
  actionId: ActionId;
  /** Which answer to this date; the latest holds. */
  version: number;
  effectiveOn: IsoDate;
  recordedAt: Date;
  by: UserId | null;
  /** The entry of the ledger that it is about, and its date. */
  dueVersion: number;
  due: Due;
  answer: 'approved' | 'not approved';
  minute: string;
  boardId: PartyId;
}

/** From how many changes on a date is put before the board that oversees the plan. */
const changesForTheBoard = 2;

/**
 * Whether the board is to be told of the date that this action has now: from the second change
 * on. What is withdrawn or complete needs no date any more.
 */
export function isForTheBoard(
  action: Pick<ActionPicture, 'dueDateCount' | 'revised' | 'status' | 'withdrawn'>,
): boolean {
  return isOpen(action) && changesOf(action) >= changesForTheBoard;
}

/** Of these requests those that nobody had decided at an instant: a round closed without them. */
export function undecidedAt(requests: readonly DateRequest[], at: Date): DateRequest[] {
  return requests.filter(
    ({ recordedAt, decision }) =>
      recordedAt <= at && (decision === null || decision.recordedAt > at),
  );
}

/** The actions with a changed date, the most slipped first; what slipped alike by how often, then as in the plan. */
export function bySlippage(actions: readonly ActionPicture[]): ActionPicture[] {
  return actions
    .filter((action) => action.revised && !action.withdrawn)
    .sort(
      (a, b) =>
        (b.slippageDays ?? -Infinity) - (a.slippageDays ?? -Infinity) ||
        b.dueDateCount - a.dueDateCount ||
        a.position - b.position,
    );
}
