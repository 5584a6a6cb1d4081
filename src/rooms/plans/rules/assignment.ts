import type { PartyId } from '#kernel/ids.ts';
import type { ActionPicture, PlanHead, PlanPicture } from './picture.ts';

/** How a person stands to a record: the conditions `a` and `c` of the permission matrix. */
export interface Standing {
  /** One of their posts, teams or organisations is named in it, or owns the plan. */
  assigned: boolean;
  /** They sit on a board that oversees the plan. */
  onBoard: boolean;
}

/** How these parties stand to a plan's own head: its title, its objectives, its settings. */
export function standingToHead(
  partyIds: readonly PartyId[],
  plan: Pick<PlanHead, 'owner' | 'boards'>,
): Standing {
  return {
    assigned: plan.owner !== null && partyIds.includes(plan.owner.id),
    onBoard: plan.boards.some((board) => partyIds.includes(board.id)),
  };
}

/** How they stand to one action: its leads and contributors are assigned, as is the plan's owner. */
export function standingToAction(
  partyIds: readonly PartyId[],
  action: Pick<ActionPicture, 'leads' | 'contributors'>,
  plan: Pick<PlanHead, 'owner' | 'boards'>,
): Standing {
  const head = standingToHead(partyIds, plan);
  const named = [...action.leads, ...action.contributors].some((party) =>
    partyIds.includes(party.id),
  );
  return { ...head, assigned: head.assigned || named };
}

/** How they stand to the plan as a reader: whoever holds one action of it is assigned to it. */
export function standingToPlan(
  partyIds: readonly PartyId[],
  picture: Pick<PlanPicture, 'plan' | 'actions'>,
): Standing {
  const head = standingToHead(partyIds, picture.plan);
  return {
    ...head,
    assigned:
      head.assigned ||
      picture.actions.some((action) => standingToAction(partyIds, action, picture.plan).assigned),
  };
}
