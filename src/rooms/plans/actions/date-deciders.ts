import type { IsoDate } from '#kernel/dates.ts';
import type { DueRequestId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, mightEver, partiesOf, postsAbove, type Actor } from '#people';
import { standingToHead } from '../rules/assignment.ts';
import type { DateRequest } from '../rules/date-requests.ts';
import type { ActionPicture, AskedDue, PartyRef, PlanHead, PlanPicture } from '../rules/picture.ts';
import { forWhom, whoDecides } from '../rules/who-decides.ts';
import { lockPlan } from '../store/append.ts';
import { planOfAction } from '../store/find-action.ts';
import { plansWithOpenRequests, readRequests } from '../store/read-dates.ts';
import { partiesById, readPictures } from '../store/read-picture.ts';
import { readableToday, readPlanFor } from './open-plan.ts';
import { notFound, refused, type NotFound, type Refused } from './outcome.ts';

/** Whether somebody decides on a date, and for whom it is. */
export interface Deciding {
  verdict: ReturnType<typeof whoDecides>;
  /** The posts that decide on it. */
  posts: PartyRef[];
  /** The boards whose chair decides on it. */
  boards: PartyRef[];
}

/** How this person stands to a date that somebody asked for in this plan, by the posts of today. */
export async function decidingOn(
  tx: Tx,
  actor: Actor,
  plan: PlanHead,
  requestedBy: UserId | null,
  today: IsoDate,
): Promise<Deciding> {
  const { authorityId } = actor;
  const owner = plan.owner?.id ?? null;
  const above = await postsAbove(tx, authorityId, today);
  const asked = {
    requestedBy,
    requesterPartyIds:
      requestedBy === null ? [] : await partiesOf(tx, authorityId, requestedBy, today),
    owner,
    above: owner === null ? null : (above.get(owner) ?? null),
  };
  const { postIds, chair } = forWhom(asked);
  const standing = standingToHead(actor, plan);
  // A date that goes to the post above is assigned to it (condition `a` of the matrix).
  const assigned = standing.assigned || postIds.some((id) => actor.partyIds.includes(id));
  const verdict = whoDecides(
    {
      userId: actor.userId,
      partyIds: actor.partyIds,
      isChair: actor.roles.includes('board-chair') && standing.onBoard,
      mayApprove: may(actor, 'A', 'PLN', { ...standing, assigned }),
    },
    asked,
  );
  const parties = await partiesById(tx, authorityId);
  return {
    verdict,
    posts: postIds.flatMap((id) => parties.get(id) ?? []),
    boards: chair ? plan.boards : [],
  };
}

export type OpenRequest =
  | { kind: 'open'; picture: PlanPicture; action: ActionPicture; request: DateRequest }
  | NotFound
  | Refused;

/** Opens a request for an answer, as `openAction` does an action: the plan is locked. */
export async function openRequest(
  tx: Tx,
  actor: Actor,
  requestId: DueRequestId,
  today: IsoDate,
): Promise<OpenRequest> {
  const { authorityId } = actor;
  const until = { asAt: today };
  const [found] = await readRequests(tx, authorityId, { requestId }, until);
  const planId = found === undefined ? null : await planOfAction(tx, authorityId, found.actionId);
  if (planId === null) return notFound;
  await lockPlan(tx, authorityId, planId);
  // Read again under the lock: somebody may have answered meanwhile.
  const [request] = await readRequests(tx, authorityId, { requestId }, until);
  const picture = await readPlanFor(tx, actor, planId, today, today);
  const action = picture?.actions.find((one) => one.id === request?.actionId);
  if (picture === null || action === undefined || request === undefined) return notFound;
  if (picture.plan.state === 'archived') {
    return refused({
      field: null,
      text: 'This plan is archived, so nothing in it can be changed. Bring it back first.',
    });
  }
  return { kind: 'open', picture, action, request };
}

/** A date that waits for an answer. */
export interface WaitingDate {
  picture: PlanPicture;
  action: ActionPicture;
  asked: AskedDue;
}

/** The dates on which this person decides today, in the plans that they may read. */
export async function datesWaitingFor(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
): Promise<WaitingDate[]> {
  if (!mightEver(actor, 'A', 'PLN')) return [];
  const planIds = await plansWithOpenRequests(tx, actor.authorityId);
  if (planIds.length === 0) return [];
  const pictures = await readPictures(tx, actor.authorityId, today, planIds);
  const readable = await readableToday(tx, actor, pictures, today);
  const waiting: WaitingDate[] = [];
  for (const picture of pictures) {
    if (picture.plan.state !== 'active' || !readable.has(picture.plan.id)) continue;
    for (const { action, asked } of waitingIn(picture)) {
      const { verdict } = await decidingOn(tx, actor, picture.plan, asked.by, today);
      if (verdict.kind === 'may') waiting.push({ picture, action, asked });
    }
  }
  return waiting;
}

/** The dates of a plan that wait for an answer; those of withdrawn actions rest. */
export function waitingIn(picture: PlanPicture): WaitingDate[] {
  return picture.actions.flatMap((action) =>
    action.asked === null || action.withdrawn ? [] : [{ picture, action, asked: action.asked }],
  );
}
