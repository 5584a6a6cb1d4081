import type { IsoDate } from '#kernel/dates.ts';
import { newId, type ActionId, type PlanId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { recordFacts, type Actor } from '#people';
import { isEffectUnshown, whyNotAccept } from '../rules/closure.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { countOf, listInWords } from '../rules/position.ts';
import type { WrittenFact, Writing } from '../store/append.ts';
import { appendClosureStep } from '../store/append-closure.ts';
import { appendTableLeaves } from '../store/append-table.ts';
import { verifierOf } from './close-action.ts';
import { openPlan } from './open-plan.ts';
import { refused, type Forbidden, type NotFound, type Reason, type Refused } from './outcome.ts';
import { tellActions } from './tell-progress.ts';

/** A chosen action, and what of it the person saw. */
export interface ChosenForTable {
  id: ActionId;
  tableVersion: number;
  closureVersion: number;
}

export interface GivenLeave {
  chosen: readonly ChosenForTable[];
  /** `leave`: off the table that members are shown. `return`: back on to it. */
  act: 'leave' | 'return';
  reason: string;
  /** Why the effect of those that are not tested need not be shown; null where nobody says so. */
  acceptUntested: string | null;
}

export type LeaveTableOutcome =
  | { kind: 'done'; moved: number; accepted: number }
  /** Somebody wrote about some of them since; nothing was written. */
  | { kind: 'stale'; picture: PlanPicture; actions: ActionPicture[] }
  | NotFound
  | Forbidden
  | Refused;

/**
 * Takes complete actions off the plan's own table, or brings them back. Done is not improved: what
 * has no effect shown leaves only where it is accepted as untested in the same act, with a reason
 * and by somebody who may; else none of them leaves.
 */
export async function leaveTable(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  given: GivenLeave,
): Promise<LeaveTableOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openPlan(tx, actor, planId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { picture } = opened;
    if (picture.plan.state === 'archived') {
      return refused({ field: null, text: 'This plan is archived, so nothing can be changed.' });
    }
    const byId = new Map(picture.actions.map((action) => [action.id, action]));
    const pairs = new Map(
      given.chosen.flatMap((seen) => {
        const action = byId.get(seen.id);
        return action === undefined ? [] : [[seen.id, { seen, action }] as const];
      }),
    );
    if (pairs.size === 0 || given.chosen.some(({ id }) => !pairs.has(id))) {
      return { kind: 'not-found' };
    }
    const leaves = given.act === 'leave';
    const touched = [...pairs.values()].filter(({ action }) => action.onTable === leaves);
    if (touched.length === 0) return { kind: 'done', moved: 0, accepted: 0 };
    const stale = touched.filter(
      ({ seen, action }) =>
        seen.tableVersion !== action.tableVersion ||
        (leaves && seen.closureVersion !== action.closureVersion),
    );
    if (stale.length > 0) {
      return { kind: 'stale', picture, actions: stale.map(({ action }) => action) };
    }
    const actions = touched.map(({ action }) => action);
    const unshown = leaves ? actions.filter(isEffectUnshown) : [];
    const reasons = leaves ? whyNotLeave(actor, picture, actions, unshown, given) : [];
    if (reasons.length > 0) return refused(...reasons);
    const writing: Writing = {
      authority: actor.authorityId,
      by: actor.userId,
      effectiveOn: today,
    };
    const written: WrittenFact[] = [];
    for (const action of unshown) {
      const step = await appendClosureStep(tx, writing, action.id, action.closureVersion + 1, {
        state: 'accepted as untested',
        account: given.acceptUntested ?? '',
        testResult: null,
        heldDays: null,
        submissionId: newId<'submission'>(),
        evidenceIds: [],
      });
      written.push(...step.written);
    }
    const moved = actions.map(({ id, tableVersion }) => ({ id, version: tableVersion + 1 }));
    const content = { onTable: !leaves, reason: given.reason };
    written.push(...(await appendTableLeaves(tx, writing, moved, content)));
    const accepted = unshown.map(({ id }) => id);
    written.push(...(await tellActions(tx, writing, today, accepted)));
    const act = leaves ? 'took actions off the table' : 'brought actions back to the table';
    await recordFacts(tx, actor.userId, act, written);
    return { kind: 'done', moved: actions.length, accepted: unshown.length };
  });
}

/** Why they cannot leave, every reason at once. */
function whyNotLeave(
  actor: Actor,
  picture: PlanPicture,
  actions: readonly ActionPicture[],
  unshown: readonly ActionPicture[],
  { acceptUntested }: GivenLeave,
): Reason[] {
  const reasons: Reason[] = [];
  const open = actions.filter(({ status, withdrawn }) => status !== 'complete' || withdrawn);
  if (open.length > 0) {
    reasons.push({
      field: 'selected',
      text: `Only complete actions leave the table: ${refs(open)} ${open.length === 1 ? 'is' : 'are'} not complete`,
    });
  }
  if (unshown.length > 0 && acceptUntested === null) {
    reasons.push({
      field: 'accept',
      text: `Nobody has shown yet what ${refs(unshown)} changed for children. Say why ${unshown.length === 1 ? 'it is' : 'they are'} accepted as untested, or leave ${unshown.length === 1 ? 'it' : 'them'} on the table`,
    });
  }
  const barred =
    acceptUntested === null
      ? []
      : unshown.filter(
          (action) => whyNotAccept(verifierOf(actor, action, picture), action).length > 0,
        );
  if (barred.length > 0) {
    reasons.push({
      field: 'accept',
      text: `You cannot accept ${refs(barred)} as untested: that is for somebody who may approve, and who neither leads the action nor claimed it complete`,
    });
  }
  return reasons;
}

/** "1.1, 1.2 and 3 more" */
function refs(actions: readonly ActionPicture[]): string {
  const shown = actions.slice(0, 5).map(({ ref }) => ref);
  const more = actions.length - shown.length;
  return listInWords(more === 0 ? shown : [...shown, countOf(more, 'more', 'more')]);
}
