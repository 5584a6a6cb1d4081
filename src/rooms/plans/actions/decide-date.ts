import type { IsoDate } from '#kernel/dates.ts';
import type { DueRequestId, Id } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { recordFacts, type Actor } from '#people';
import type { DateRequest } from '../rules/date-requests.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { appendDueDates, type WrittenFact } from '../store/append.ts';
import { appendDateDecision } from '../store/append-dates.ts';
import { decidingOn, openRequest, type Deciding } from './date-deciders.ts';
import { refused, type NotFound, type Refused } from './outcome.ts';
import { tellActions } from './tell-progress.ts';

/** Granted, with words where there are some; or refused, with the reason. */
export type GivenDecision =
  { outcome: 'granted'; reason: string | null } | { outcome: 'refused'; reason: string };

export type DecideDateOutcome =
  | { kind: 'done'; picture: PlanPicture; action: ActionPicture; request: DateRequest }
  /** It was answered, or taken back, before this person answered. */
  | { kind: 'decided'; request: DateRequest }
  /** Everything that stands against this person's deciding, and who can. */
  | { kind: 'may not'; deciding: Deciding }
  | NotFound
  | Refused;

/**
 * Answers a request for another due date, once. Whether this person decides is asked here, in the
 * transaction, of today's posts. A grant appends the date to the ledger; the first date stays.
 */
export async function decideDate(
  db: Db,
  actor: Actor,
  today: IsoDate,
  requestId: DueRequestId,
  given: GivenDecision,
): Promise<DecideDateOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openRequest(tx, actor, requestId, today);
    if (opened.kind !== 'open') return opened;
    const { picture, action, request } = opened;
    const { decision } = request;
    if (decision !== null) {
      return decision.by === actor.userId &&
        decision.outcome === given.outcome &&
        decision.reason === given.reason
        ? { kind: 'done', picture, action, request }
        : { kind: 'decided', request };
    }
    const deciding = await decidingOn(tx, actor, picture.plan, request.by, today);
    if (deciding.verdict.kind === 'may not') return { kind: 'may not', deciding };
    const { capacity } = deciding.verdict;
    const granted = given.outcome === 'granted';
    if (granted && action.withdrawn) {
      return refused({
        field: 'outcome',
        text: 'This action was withdrawn, so it needs no other date. Refuse it, or bring the action back first',
      });
    }
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written: WrittenFact[] = [];
    if (granted) {
      const { due, reason, effectOnChildren } = request;
      const content = { due, declaredRevised: false, reason, effectOnChildren };
      const version = action.dueVersion + 1;
      written.push(...(await appendDueDates(tx, writing, [{ id: action.id, version, content }])));
    }
    const dueEntryId = (written[0]?.id ?? null) as Id<'due date'> | null;
    const { outcome, reason } = given;
    written.push(
      await appendDateDecision(tx, writing, { requestId, outcome, capacity, reason, dueEntryId }),
    );
    if (granted) written.push(...(await tellActions(tx, writing, today, [action.id])));
    await recordFacts(tx, actor.userId, `${outcome} another due date`, written);
    return { kind: 'done', picture, action, request };
  });
}
