import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, PlanId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { progressOf, tellProgress, type ItemProgress } from '#findings';
import { pictureAction } from '../rules/picture-action.ts';
import type { ActionPicture, PlanHead } from '../rules/picture.ts';
import { progressStateOf } from '../rules/progress-state.ts';
import type { WrittenFact, Writing } from '../store/append.ts';
import { daysWrittenBetween } from '../store/days-written.ts';
import { actionsOfPlan } from '../store/find-action.ts';
import { partiesById, readActionFacts, readHeads } from '../store/read-picture.ts';

/**
 * Tells the floor below how far these actions are, so that a finding knows what came of it. Every
 * deed that changes an action calls it after its other writes and names the answer in its log. What
 * is written for an earlier day is told for each later day from which something holds as well.
 */
export async function tellActions(
  tx: Tx,
  writing: Writing,
  today: IsoDate,
  actionIds: readonly ActionId[],
): Promise<WrittenFact[]> {
  if (actionIds.length === 0) return [];
  const { authority, effectiveOn } = writing;
  const parties = await partiesById(tx, authority);
  const later = await daysWrittenBetween(tx, authority, actionIds, effectiveOn, today);
  const written: WrittenFact[] = [];
  for (const asAt of [effectiveOn, ...later]) {
    const facts = await readActionFacts(tx, authority, { actionIds }, { asAt });
    const planIds = [...new Set(facts.map(({ planId }) => planId))];
    const heads = await readHeads(tx, authority, asAt, parties, planIds);
    const headOf = new Map(heads.map((head) => [head.id, head]));
    const items = facts.flatMap(({ planId, ...fact }) => {
      const head = headOf.get(planId);
      if (head === undefined) return [];
      const action = pictureAction(fact, { asAt, parties, names: new Map(), sources: [] });
      return [progressItem(head, action)];
    });
    written.push(...(await tellProgress(tx, { ...writing, effectiveOn: asAt }, items)));
  }
  return written;
}

/** As `tellActions`, of all actions of a plan: its title is their place, its owner theirs too. */
export async function tellPlan(
  tx: Tx,
  writing: Writing,
  today: IsoDate,
  planId: PlanId,
): Promise<WrittenFact[]> {
  return tellActions(tx, writing, today, await actionsOfPlan(tx, writing.authority, planId));
}

/** Tells that the actions of a plan stand no longer, for its import was undone. */
export async function tellPlanGone(
  tx: Tx,
  writing: Writing,
  planId: PlanId,
): Promise<WrittenFact[]> {
  const ids = await actionsOfPlan(tx, writing.authority, planId);
  const told = await progressOf(tx, writing.authority, ids, writing.effectiveOn);
  const items = [...told.values()].map((item) => ({ ...item, state: 'withdrawn' as const }));
  return tellProgress(tx, writing, items);
}

/** What findings are told of an action: how far it is, where it stands, and whom it names. */
export function progressItem(head: PlanHead, action: ActionPicture): ItemProgress {
  const parties = [...action.leads, ...action.contributors, ...(head.owner ? [head.owner] : [])];
  return {
    kind: 'action',
    id: action.id,
    label: action.text,
    place: action.ref === '' ? head.title : `${head.title}, ${action.ref}`,
    href: `/plans/${head.slug}/actions/${action.id}`,
    withinId: head.id,
    partyIds: [...new Set(parties.map(({ id }) => id))],
    state: progressStateOf(action),
    dueOn: action.due.to,
    firstDueOn: action.firstDue.to,
  };
}
