import type { PartyId } from '#kernel/ids.ts';
import type { ActionPicture, PlanHead, PlanPicture } from './picture.ts';

/** What of a person counts here: whom they act for, and what was shared with them by name. */
export interface Standpoint {
  partyIds: readonly PartyId[];
  grantedIds?: readonly string[];
}

/** How a person stands to a record: the conditions `a`, `c` and `t` of the permission matrix. */
export interface Standing {
  /** One of their posts, teams or organisations is named in it, or owns the plan. */
  assigned: boolean;
  /** They sit on a board that oversees the plan. */
  onBoard: boolean;
  /** The plan was shared with them by name, and their time is not over. */
  granted: boolean;
}

type Head = Pick<PlanHead, 'id' | 'owner' | 'boards'>;

/** How they stand to a plan's own head: its title, its objectives, its settings. */
export function standingToHead({ partyIds, grantedIds = [] }: Standpoint, plan: Head): Standing {
  return {
    assigned: plan.owner !== null && partyIds.includes(plan.owner.id),
    onBoard: plan.boards.some((board) => partyIds.includes(board.id)),
    granted: grantedIds.includes(plan.id),
  };
}

/** How they stand to one action: its leads and contributors are assigned, as is the plan's owner. */
export function standingToAction(
  who: Standpoint,
  action: Pick<ActionPicture, 'leads' | 'contributors'>,
  plan: Head,
): Standing {
  const head = standingToHead(who, plan);
  const named = [...action.leads, ...action.contributors].some((party) =>
    who.partyIds.includes(party.id),
  );
  return { ...head, assigned: head.assigned || named };
}

/** How they stand to the plan as a reader: whoever holds one action of it is assigned to it. */
export function standingToPlan(
  who: Standpoint,
  picture: Pick<PlanPicture, 'plan' | 'actions'>,
): Standing {
  const head = standingToHead(who, picture.plan);
  return {
    ...head,
    assigned:
      head.assigned ||
      picture.actions.some((action) => standingToAction(who, action, picture.plan).assigned),
  };
}
