import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { PlanId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, type Actor, type Letter } from '#people';
import { readPlanFor } from '../actions/open-plan.ts';
import {
  standingToAction,
  standingToHead,
  standingToPlan,
  type Standing,
} from '../rules/assignment.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { findPlanId } from '../store/read-picture.ts';
import type { PlanDeps } from './deps.ts';

/** What this person may do on a page of a plan, on the day that it shows. */
export interface Allowed {
  /** Change the plan itself: its settings, objectives and actions. */
  changePlan: boolean;
  /** Begin a plan, import one, copy one forward. */
  create: boolean;
  export: boolean;
  /** Share it with a guest by name. */
  share: boolean;
  /** Give updates to this action and move its date. */
  update: (action: ActionPicture) => boolean;
}

export interface LoadedPlan<More> {
  picture: PlanPicture;
  allowed: Allowed;
  more: More;
}

/**
 * Reads the plan of a request as its person may see it on the day of the page, with whatever
 * else the page needs from the same snapshot. Answers null once a problem page was sent: what
 * is absent and what is hidden look alike.
 */
export async function loadPlan<More>(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  slug: string,
  more: (tx: Tx, picture: PlanPicture) => Promise<More>,
): Promise<LoadedPlan<More> | null> {
  const { actor, asAt, today } = request;
  const loaded = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
    const planId = await findPlanId(tx, actor.authorityId, slug);
    if (planId === null) return 'absent';
    const picture = await readPlanFor(tx, actor, planId, asAt, today);
    if (picture === null)
      return (await isLater(tx, actor, planId, asAt, today)) ? 'later' : 'absent';
    return {
      picture,
      allowed: allowedOn(actor, picture, asAt === today),
      more: await more(tx, picture),
    };
  });
  if (loaded === 'later') {
    reply.problem(404, {
      title: 'This plan had not begun by then',
      text: `Nothing was recorded for ${formatDate(asAt)} or before. Choose a later day.`,
    });
    return null;
  }
  if (loaded === 'absent') {
    reply.notFound();
    return null;
  }
  return loaded;
}

/** What a person may do with a plan; nothing can be changed on an earlier day. */
export function allowedOn(actor: Actor, picture: PlanPicture, isToday: boolean): Allowed {
  const head = standingToHead(actor, picture.plan);
  const reader = standingToPlan(actor, picture);
  const can = (letter: Letter, standing: Standing) => may(actor, letter, 'PLN', standing);
  const writable = isToday && picture.plan.state === 'active';
  return {
    changePlan: isToday && can('U', head),
    create: isToday && can('C', head),
    export: can('E', reader),
    share: isToday && can('G', head),
    update: (action) =>
      writable && !action.withdrawn && can('U', standingToAction(actor, action, picture.plan)),
  };
}

async function isLater(
  tx: Tx,
  actor: Actor,
  planId: PlanId,
  asAt: IsoDate,
  today: IsoDate,
): Promise<boolean> {
  return asAt < today && (await readPlanFor(tx, actor, planId, today, today)) !== null;
}
