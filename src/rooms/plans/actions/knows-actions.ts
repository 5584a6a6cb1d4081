import type { ActionId } from '#kernel/ids.ts';
import type { KnowsItems } from '#findings';
import { may } from '#people';
import { plansOfActions } from '../store/find-action.ts';
import { readPictures } from '../store/read-picture.ts';
import { readableToday } from './open-plan.ts';

/** Which of these actions a person may know of: those of the plans that they may read today. */
export const knowsActions: KnowsItems = async (tx, actor, actionIds, today) => {
  if (actionIds.length === 0) return new Set();
  if (may(actor, 'R', 'PLN')) return new Set(actionIds);
  const planOf = await plansOfActions(tx, actor.authorityId, actionIds as readonly ActionId[]);
  const planIds = [...new Set(planOf.values())];
  const pictures = await readPictures(tx, actor.authorityId, today, planIds);
  const readable = await readableToday(tx, actor, pictures, today);
  return new Set(
    actionIds.filter((id) => {
      const planId = planOf.get(id as ActionId);
      return planId !== undefined && readable.has(planId);
    }),
  );
};
