import type { IsoDate } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, type Actor, type Item, type ItemKind } from '#people';
import { readPlanFor } from '../actions/open-plan.ts';
import { standingToAction, standingToHead, standingToPlan } from '../rules/assignment.ts';
import { planOfAction } from '../store/find-action.ts';
import { paths } from './paths.ts';

/**
 * What this room keeps, as the keeping of records needs to know it. The rows of each are told by
 * rows_of_plan and rows_of_action in the migrations.
 */
export const planItemKinds: readonly ItemKind[] = [
  { kind: 'plan', name: 'plan', find: findPlan },
  { kind: 'action', name: 'action', find: findAction },
];

async function findPlan(tx: Tx, actor: Actor, id: string, today: IsoDate): Promise<Item | null> {
  const planId = parseId<'plan'>(id);
  const picture = planId && (await readPlanFor(tx, actor, planId, today, today));
  if (picture === null) return null;
  const { plan } = picture;
  return {
    kind: 'plan',
    id,
    cls: 'PLN',
    title: plan.title,
    href: paths.plan(plan.slug),
    mayChange: may(actor, 'U', 'PLN', standingToHead(actor, plan)),
    mayExport: may(actor, 'E', 'PLN', standingToPlan(actor, picture)),
  };
}

async function findAction(tx: Tx, actor: Actor, id: string, today: IsoDate): Promise<Item | null> {
  const actionId = parseId<'action'>(id);
  const planId = actionId && (await planOfAction(tx, actor.authorityId, actionId));
  const picture = planId && (await readPlanFor(tx, actor, planId, today, today));
  const action = picture?.actions.find((one) => one.id === actionId);
  if (picture === null || action === undefined) return null;
  const { plan } = picture;
  return {
    kind: 'action',
    id,
    cls: 'PLN',
    title: `${plan.title} · Action ${action.ref}`,
    href: paths.action(plan.slug, action.id),
    mayChange: may(actor, 'U', 'PLN', standingToAction(actor, action, plan)),
    mayExport: may(actor, 'E', 'PLN', standingToPlan(actor, picture)),
  };
}
