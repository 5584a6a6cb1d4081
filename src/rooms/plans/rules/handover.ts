import { lastDayOfMonth, type IsoDate } from '#kernel/dates.ts';
import type { PartyId } from '#kernel/ids.ts';
import { isStale } from './attention.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import { countOf, isOpen } from './position.ts';
import { nthDate, sentenceCase } from './words.ts';

/** An action on a handover sheet, in its plan. */
export interface OnSheet {
  picture: PlanPicture;
  action: ActionPicture;
}

/** What somebody who takes over a post, or hands it on, has to know. */
export interface Handover {
  /** Open when the present holder began, as it stood on that day, and as it stands now. */
  inherited: (OnSheet & { now: ActionPicture | null })[];
  /** Its date changed, or it became overdue, since then; with what happened. */
  slipped: (OnSheet & { how: string })[];
  /** What was said of it last, and the date that was asked for. */
  promised: OnSheet[];
  /** Due by the end of the month, overdue, or silent for longer than its plan's cycle. */
  owed: (OnSheet & { why: string })[];
}

/**
 * The sheet of one post from the plans on two days: the day on which its holder began, and the day
 * of the sheet. `then` is empty where nobody holds the post. Archived plans are left out.
 */
export function handoverOf(
  partyId: PartyId,
  then: readonly PlanPicture[],
  now: readonly PlanPicture[],
  day: IsoDate,
): Handover {
  const before = led(partyId, then);
  const earlier = new Map(before.map(({ action }) => [action.id, action]));
  const standing = new Map(
    now.flatMap(({ actions }) => actions).map((action) => [action.id, action]),
  );
  const own = led(partyId, now).filter(({ action }) => isOpen(action));
  return {
    inherited: before
      .filter(({ action }) => isOpen(action))
      .map((one) => ({ ...one, now: standing.get(one.action.id) ?? null })),
    slipped: own.flatMap((one) => {
      const how = slipOf(one.action, earlier.get(one.action.id) ?? null);
      return how === null ? [] : [{ ...one, how }];
    }),
    promised: own.filter(({ action }) => action.lastUpdate !== null || action.asked !== null),
    owed: own.flatMap((one) => {
      const why = owedWhy(one, day);
      return why === null ? [] : [{ ...one, why }];
    }),
  };
}

function led(partyId: PartyId, pictures: readonly PlanPicture[]): OnSheet[] {
  return pictures
    .filter(({ plan }) => plan.state === 'active')
    .flatMap((picture) =>
      picture.actions
        .filter(({ leads, withdrawn }) => !withdrawn && leads.some(({ id }) => id === partyId))
        .map((action) => ({ picture, action })),
    );
}

function slipOf(action: ActionPicture, earlier: ActionPicture | null): string | null {
  const moved = action.dueDateCount > (earlier?.dueDateCount ?? 1);
  const late = action.daysOverdue > 0 && !((earlier?.daysOverdue ?? 0) > 0);
  const said = [
    ...(moved ? [`date changed, now its ${nthDate(action.dueDateCount)}`] : []),
    ...(late ? [`became overdue, by ${countOf(action.daysOverdue, 'day')}`] : []),
  ];
  return said.length === 0 ? null : sentenceCase(said.join('; '));
}

function owedWhy({ action, picture }: OnSheet, day: IsoDate): string | null {
  const { to } = action.due;
  const said = [
    ...(action.daysOverdue > 0 ? [`${countOf(action.daysOverdue, 'day')} overdue`] : []),
    ...(to !== null && to >= day && to <= lastDayOfMonth(day) ? ['due this month'] : []),
    ...(isStale(action, picture) ? ['an update is owed'] : []),
  ];
  return said.length === 0 ? null : sentenceCase(said.join('; '));
}
