import type { IsoDate } from '#kernel/dates.ts';
import { newId, type ActionId, type ObjectiveId, type PlanId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import type { Actor } from '#people';
import {
  addAction,
  addObjective,
  askForDate,
  createPlan,
  decideDate,
  type Due,
  type RagColour,
} from '#plans';

/** A day in the form that the program takes. */
export function day(text: string): IsoDate {
  return text as IsoDate;
}

/** A due date that means one day. */
export function dueOn(text: string): Due {
  return { asWritten: text, from: day(text), to: day(text), precision: 'day' };
}

export const noDue: Due = { asWritten: '', from: null, to: null, precision: 'none' };

export const testScheme: RagColour[] = [
  { colour: 'red', name: 'Red', meaning: 'Off track', standsFor: 'off track' },
  { colour: 'amber', name: 'Amber', meaning: 'Some delay', standsFor: 'at risk' },
  { colour: 'green', name: 'Green', meaning: 'On track', standsFor: 'on track' },
  { colour: 'blue', name: 'Blue', meaning: 'Complete', standsFor: 'complete' },
];

export interface MadePlan {
  planId: PlanId;
  slug: string;
  objectiveId: ObjectiveId;
  actionIds: ActionId[];
}

/** A plan with one objective and these actions, made by this person on that day. */
export async function makePlan(
  db: Db,
  actor: Actor,
  on: IsoDate,
  actions: readonly { text: string; leads?: string[]; due?: Due }[],
  head: { title?: string; owner?: string; boards?: string[] } = {},
): Promise<MadePlan> {
  const plan = await createPlan(db, actor, on, {
    title: head.title ?? 'Improvement plan',
    periodFrom: null,
    periodTo: null,
    owner: head.owner ?? null,
    boards: head.boards ?? [],
    reviewCycleDays: 60,
    ragScheme: testScheme,
  });
  if (plan.kind !== 'done') throw new Error(`The test plan was not made: ${plan.kind}`);
  const objective = await addObjective(db, actor, on, plan.planId, {
    section: null,
    ref: '1.10',
    title: 'Visits are on time',
    sources: [{ title: 'Inspection letter', words: 'Visits are often late', page: '4' }],
  });
  if (objective.kind !== 'done') throw new Error(`No objective: ${objective.kind}`);
  const actionIds: ActionId[] = [];
  for (const [index, action] of actions.entries()) {
    const made = await addAction(db, actor, on, plan.planId, {
      objectiveId: objective.objectiveId,
      ref: String(index + 1),
      text: action.text,
      leads: action.leads ?? [],
      contributors: [],
      priority: null,
      successMeasure: null,
      outcomeForChildren: null,
      sources: [],
      due: action.due ?? noDue,
      submissionId: newId<'submission'>(),
    });
    if (made.kind !== 'done') throw new Error(`No action: ${made.kind}`);
    actionIds.push(made.actionId);
  }
  return { planId: plan.planId, slug: plan.slug, objectiveId: objective.objectiveId, actionIds };
}

/**
 * Moves the date of an action as two people do it: one asks, the other grants, both on that day.
 * The plan needs an owner whose post `decider` holds, or a board that they chair.
 */
export async function grantDate(
  db: Db,
  [asker, decider]: readonly [Actor, Actor],
  on: IsoDate,
  actionId: ActionId,
  seenVersion: number,
  due: Due,
  reason = 'The school asked for it',
): Promise<'done' | 'refused' | 'stale'> {
  const given = { due, reason, effectOnChildren: 'None' };
  const asked = await askForDate(db, asker, on, actionId, seenVersion, given);
  if (asked.kind === 'refused' || asked.kind === 'stale') return asked.kind;
  if (asked.kind !== 'done') throw new Error(`Not asked: ${asked.kind}`);
  const request = await readInAuthority(db, asker.authorityId, (tx) =>
    tx
      .selectFrom('due_date_request')
      .select('id')
      .where('authority_id', '=', asker.authorityId)
      .where('action_id', '=', actionId)
      .orderBy('version', 'desc')
      .executeTakeFirstOrThrow(),
  );
  const answer = { outcome: 'granted', reason: null } as const;
  const decided = await decideDate(db, decider, on, request.id, answer);
  if (decided.kind !== 'done') throw new Error(`Not granted: ${JSON.stringify(decided)}`);
  return 'done';
}
