import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, PartyId, PlanId, UserId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { may, recordFacts, type Actor } from '#people';
import { standingToHead } from '../rules/assignment.ts';
import { isForTheBoard, type DateRequest } from '../rules/date-requests.ts';
import type { ActionPicture, PartyRef, PlanHead, PlanPicture } from '../rules/picture.ts';
import { lockPlan } from '../store/append.ts';
import { appendBoardAnswers, dueEntryIds } from '../store/append-dates.ts';
import { readRequests } from '../store/read-dates.ts';
import { readPlanFor } from './open-plan.ts';
import {
  forbidden,
  notFound,
  refused,
  type Forbidden,
  type NotFound,
  type Refused,
} from './outcome.ts';

/** What a board said of one date, and which answer to which date the person saw. */
export interface GivenBoardAnswer {
  actionId: ActionId;
  dueVersion: number;
  /** The version of the answer that stood; 0 where there was none. */
  seenVersion: number;
  answer: 'approved' | 'not approved';
}

export type AnswerForBoardOutcome =
  | { kind: 'done'; answered: number; picture: PlanPicture }
  /** Another date holds by now, or another answer; nothing was written. */
  | { kind: 'stale'; picture: PlanPicture; actions: ActionPicture[] }
  | NotFound
  | Forbidden
  | Refused;

/**
 * The boards of a plan for which this person records an answer: its chair for the own board;
 * for every one of them whoever may approve in the plan without a seat on it (letter A).
 */
export function boardsToAnswerFor(actor: Actor, plan: PlanHead): PartyRef[] {
  if (plan.state !== 'active') return [];
  const standing = { ...standingToHead(actor, plan), onBoard: false };
  if (may(actor, 'A', 'PLN', standing)) return plan.boards;
  const isChair = actor.roles.includes('board-chair');
  return isChair ? plan.boards.filter((board) => actor.partyIds.includes(board.id)) : [];
}

/** Who asked for the date that an action has now; nobody decides on words of their own (rule 3). */
export function askerOf(
  action: Pick<ActionPicture, 'id' | 'dueVersion'>,
  requests: readonly DateRequest[],
): UserId | null {
  const granted = requests.find(
    (one) => one.actionId === action.id && one.decision?.dueVersion === action.dueVersion,
  );
  return granted?.by ?? null;
}

/** Records what a board said of the dates on its table: all of these, or none. */
export async function answerForBoard(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  given: { boardId: PartyId; minute: string; answers: readonly GivenBoardAnswer[] },
): Promise<AnswerForBoardOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const authority = actor.authorityId;
    await lockPlan(tx, authority, planId);
    const picture = await readPlanFor(tx, actor, planId, today, today);
    if (picture === null) return notFound;
    const boards = boardsToAnswerFor(actor, picture.plan);
    if (boards.length === 0) return forbidden;
    if (!boards.some((board) => board.id === given.boardId)) {
      return refused({ field: 'board', text: 'Choose the board that said so' });
    }
    const byId = new Map(picture.actions.map((action) => [action.id, action]));
    const pairs = given.answers.flatMap((answer) => {
      const action = byId.get(answer.actionId);
      return action === undefined ? [] : [{ action, answer }];
    });
    if (pairs.length !== given.answers.length) return notFound;
    const differing = pairs.filter(({ action, answer }) => !isSaid(action, answer, given));
    if (differing.length === 0) return { kind: 'done', answered: pairs.length, picture };
    const actionIds = differing.map(({ action }) => action.id);
    const requests = await readRequests(tx, authority, { actionIds }, { asAt: today });
    const own = differing.filter(({ action }) => askerOf(action, requests) === actor.userId);
    if (own.length > 0) {
      const refs = own.map(({ action }) => action.ref).join(', ');
      return refused({
        field: `answer-${own[0]?.action.id ?? ''}`,
        text: `You asked for this date yourself (${refs}), so somebody else writes down what the board said`,
      });
    }
    const moved = differing.filter(
      ({ action, answer }) =>
        !isForTheBoard(action) ||
        action.dueVersion !== answer.dueVersion ||
        (action.boardAnswer?.version ?? 0) !== answer.seenVersion,
    );
    if (moved.length > 0) {
      return { kind: 'stale', picture, actions: moved.map(({ action }) => action) };
    }
    const entryOf = await dueEntryIds(tx, { authority }, actionIds);
    const answers = differing.flatMap(({ action, answer }) => {
      const dueEntryId = entryOf(action.id, action.dueVersion);
      const version = answer.seenVersion + 1;
      return dueEntryId === undefined ? [] : [{ dueEntryId, version, answer: answer.answer }];
    });
    const writing = { authority, by: actor.userId, effectiveOn: today };
    const written = await appendBoardAnswers(tx, writing, given, answers);
    await recordFacts(tx, actor.userId, 'wrote down what a board said of due dates', written);
    return { kind: 'done', answered: pairs.length, picture };
  });
}

/** The same form sent twice says nothing new. */
function isSaid(
  action: ActionPicture,
  answer: GivenBoardAnswer,
  given: { boardId: PartyId; minute: string },
): boolean {
  const said = action.boardAnswer;
  return (
    said?.answer === answer.answer &&
    said.minute === given.minute &&
    said.board?.id === given.boardId &&
    action.dueVersion === answer.dueVersion
  );
}
