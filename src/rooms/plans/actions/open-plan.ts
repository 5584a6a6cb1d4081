import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, PlanId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, noteRead, type Actor, type Letter } from '#people';
import { standingToAction, standingToHead, standingToPlan } from '../rules/assignment.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { lockPlan } from '../store/append.ts';
import { planOfAction } from '../store/find-action.ts';
import { readPicture, readPictures } from '../store/read-picture.ts';
import {
  forbidden,
  notFound,
  refused,
  type Forbidden,
  type NotFound,
  type Refused,
} from './outcome.ts';

export type OpenPlan = { kind: 'open'; picture: PlanPicture } | NotFound | Forbidden | Refused;

export type OpenAction =
  { kind: 'open'; picture: PlanPicture; action: ActionPicture } | NotFound | Forbidden | Refused;

/** The plan as this person may read it as at a day, or null where they may not know of it. */
export async function readPlanFor(
  tx: Tx,
  actor: Actor,
  planId: PlanId,
  asAt: IsoDate,
  today: IsoDate,
): Promise<PlanPicture | null> {
  const picture = await readPicture(tx, actor.authorityId, planId, asAt);
  if (picture === null) return null;
  if (!(await readableToday(tx, actor, [picture], today)).has(planId)) return null;
  noteRead(actor, [{ fact: 'plan', id: planId }]);
  return picture;
}

/**
 * Which of these plans, pictured as at any day, this person may read. Permissions are always
 * today's: an old position is read by today's leads and owner. Every page, list and export of
 * plans asks here.
 */
export async function readableToday(
  tx: Tx,
  actor: Actor,
  pictures: readonly PlanPicture[],
  today: IsoDate,
): Promise<ReadonlySet<PlanId>> {
  const older = pictures.filter((picture) => picture.asAt !== today);
  const planIds = [...new Set(older.map(({ plan }) => plan.id))];
  const now = [
    ...pictures.filter((picture) => picture.asAt === today),
    ...(planIds.length === 0 ? [] : await readPictures(tx, actor.authorityId, today, planIds)),
  ];
  return new Set(
    now
      .filter((picture) => may(actor, 'R', 'PLN', standingToPlan(actor, picture)))
      .map(({ plan }) => plan.id),
  );
}

/**
 * Opens a plan for writing to its own head: locks it, reads it as it stands today, and asks
 * whether this person may. What is read here cannot change before the transaction ends.
 */
export async function openPlan(
  tx: Tx,
  actor: Actor,
  planId: PlanId,
  letter: Letter,
  today: IsoDate,
): Promise<OpenPlan> {
  await lockPlan(tx, actor.authorityId, planId);
  const picture = await readPlanFor(tx, actor, planId, today, today);
  if (picture === null) return notFound;
  return may(actor, letter, 'PLN', standingToHead(actor, picture.plan))
    ? { kind: 'open', picture }
    : forbidden;
}

/** Opens an action for writing, as `openPlan` does a plan. An archived plan is read only. */
export async function openAction(
  tx: Tx,
  actor: Actor,
  actionId: ActionId,
  letter: Letter,
  today: IsoDate,
): Promise<OpenAction> {
  const planId = await planOfAction(tx, actor.authorityId, actionId);
  if (planId === null) return notFound;
  await lockPlan(tx, actor.authorityId, planId);
  const picture = await readPlanFor(tx, actor, planId, today, today);
  const action = picture?.actions.find((one) => one.id === actionId);
  if (picture === null || action === undefined) return notFound;
  if (!may(actor, letter, 'PLN', standingToAction(actor, action, picture.plan))) {
    return forbidden;
  }
  if (picture.plan.state === 'archived') {
    return refused({
      field: null,
      text: 'This plan is archived, so nothing in it can be changed. Bring it back first.',
    });
  }
  return { kind: 'open', picture, action };
}
