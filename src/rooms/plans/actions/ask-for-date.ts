import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, DueRequestId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { recordFacts, type Actor } from '#people';
import type { DateRequest } from '../rules/date-requests.ts';
import type { ActionPicture, AskedDue, PlanPicture } from '../rules/picture.ts';
import { sameDue } from '../rules/picture-action.ts';
import { appendDateDecision, appendDateRequests, type AskedDate } from '../store/append-dates.ts';
import type { WrittenFact } from '../store/append.ts';
import { openRequest } from './date-deciders.ts';
import { openAction } from './open-plan.ts';
import { forbidden, refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';

export type AskForDateOutcome =
  /** Asked for; nothing in the ledger moves until it is granted. */
  | { kind: 'done'; picture: PlanPicture; action: ActionPicture }
  /** The date was changed since this person looked. */
  | { kind: 'stale'; picture: PlanPicture; action: ActionPicture }
  /** Another date waits for an answer already: one at a time. */
  | { kind: 'waiting'; picture: PlanPicture; action: ActionPicture; asked: AskedDue }
  | NotFound
  | Forbidden
  | Refused;

/**
 * Asks for another due date, with its reason and its effect on children. Whoever may give an
 * update may ask; the same form sent twice is one request. `seenVersion` is the `dueVersion` that
 * the person saw.
 */
export async function askForDate(
  db: Db,
  actor: Actor,
  today: IsoDate,
  actionId: ActionId,
  seenVersion: number,
  given: AskedDate,
): Promise<AskForDateOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openAction(tx, actor, actionId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const outcome = await writeDateRequest(tx, actor, today, opened, seenVersion, given);
    if (outcome.kind !== 'done') return outcome;
    const { written, ...done } = outcome;
    if (written.length > 0) {
      await recordFacts(tx, actor.userId, 'asked for another due date', written);
    }
    return done;
  });
}

export type WriteDateRequestOutcome =
  | (Extract<AskForDateOutcome, { kind: 'done' }> & { written: WrittenFact[] })
  | Extract<AskForDateOutcome, { kind: 'stale' | 'waiting' }>
  | Refused;

/**
 * As `askForDate`, of an action that was opened in this transaction: several dates can be asked
 * for in one. Whoever calls it records the facts, which are none where it was asked for before.
 */
export async function writeDateRequest(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  { picture, action }: { picture: PlanPicture; action: ActionPicture },
  seenVersion: number,
  given: AskedDate,
): Promise<WriteDateRequestOutcome> {
  if (action.withdrawn) {
    return refused({ field: null, text: 'This action was withdrawn, so its date stays.' });
  }
  if (action.asked !== null) {
    return isAskedAlready(action.asked, actor, given)
      ? { kind: 'done', picture, action, written: [] }
      : { kind: 'waiting', picture, action, asked: action.asked };
  }
  if (action.dueVersion !== seenVersion) return { kind: 'stale', picture, action };
  if (sameDue(action.due, given.due)) {
    return refused({ field: 'due', text: 'This is the date it has already' });
  }
  const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
  const written = await appendDateRequests(tx, writing, [{ id: action.id, content: given }]);
  return { kind: 'done', picture, action, written };
}

/** Whether these are this person's own words: two who mean the same for different reasons are not one. */
function isAskedAlready(asked: AskedDue, actor: Actor, given: AskedDate): boolean {
  return (
    asked.by === actor.userId &&
    sameDue(asked.due, given.due) &&
    asked.reason === given.reason &&
    asked.effectOnChildren === given.effectOnChildren
  );
}

export type TakeDateBackOutcome =
  | { kind: 'done'; picture: PlanPicture; action: ActionPicture }
  /** Somebody answered first. */
  | { kind: 'decided'; request: DateRequest }
  | NotFound
  | Forbidden
  | Refused;

/** Takes a request back: whoever asked, for as long as nobody answered. */
export async function takeDateBack(
  db: Db,
  actor: Actor,
  today: IsoDate,
  requestId: DueRequestId,
): Promise<TakeDateBackOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openRequest(tx, actor, requestId, today);
    if (opened.kind !== 'open') return opened;
    const { picture, action, request } = opened;
    if (request.by !== actor.userId) return forbidden;
    if (request.decision !== null) {
      return request.decision.outcome === 'taken back'
        ? { kind: 'done', picture, action }
        : { kind: 'decided', request };
    }
    const written = await appendDateDecision(
      tx,
      { authority: actor.authorityId, by: actor.userId, effectiveOn: today },
      {
        requestId,
        outcome: 'taken back',
        capacity: 'requester',
        reason: null,
        dueEntryId: null,
      },
    );
    await recordFacts(tx, actor.userId, 'took back a request for another due date', [written]);
    return { kind: 'done', picture, action };
  });
}
