import type { IsoDate } from '#kernel/dates.ts';
import type { Due } from '#kernel/due/due.ts';
import type { ActionId, Id, JudgementId, ObjectiveId, PlanId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { linkItems } from '#findings';
import { recordFacts, type Actor } from '#people';
import { actionsOfCriteria, openJudgement } from '#standards';
import { nextRef, type RefsTaken } from '../rules/next-ref.ts';
import type { WrittenFact } from '../store/append.ts';
import { actionOfSubmission } from '../store/find-action.ts';
import { judgementAnsweredBy } from './answer-judgement.ts';
import { writeAction } from './change-action.ts';
import { openPlan } from './open-plan.ts';
import { refused, type Forbidden, type NotFound, type Reason, type Refused } from './outcome.ts';

/** An action that a judgement proposes, as a person left it. */
export interface ProposedAction {
  judgementId: JudgementId;
  /** The id that was made with the form, one for each action. */
  submissionId: Id<'submission'>;
  text: string;
  due: Due;
  leads: string[];
}

export interface ProposedActions {
  planId: PlanId;
  objectiveId: ObjectiveId;
  actions: readonly ProposedAction[];
}

export type ProposeOutcome =
  | { kind: 'done'; made: ActionId[] }
  | NotFound
  | Forbidden
  /** A reason's field is the id of the judgement. */
  | Refused;

/**
 * Adds an action for each of these judgements, linked with it: all of them, or none. The same form
 * sent twice adds them once.
 */
export async function proposeActions(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: ProposedActions,
): Promise<ProposeOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const outcome = await writeProposed(tx, actor, today, given);
    // What was begun must not stand: the transaction ends with it.
    if (outcome.kind !== 'done') throw new NotAdded(outcome);
    const { written, made } = outcome;
    if (written.length > 0) {
      await recordFacts(tx, actor.userId, 'added actions that judgements propose', written);
    }
    return { kind: 'done' as const, made };
  }).catch((fault: unknown) => {
    if (fault instanceof NotAdded) return fault.outcome;
    throw fault;
  });
}

class NotAdded extends Error {
  readonly outcome: NotFound | Forbidden | Refused;
  constructor(outcome: NotFound | Forbidden | Refused) {
    super('The actions were not added');
    this.outcome = outcome;
  }
}

async function writeProposed(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
  { planId, objectiveId, actions }: ProposedActions,
): Promise<
  { kind: 'done'; made: ActionId[]; written: WrittenFact[] } | NotFound | Forbidden | Refused
> {
  const { authorityId } = actor;
  const opened = await openPlan(tx, actor, planId, 'U', today);
  if (opened.kind !== 'open') return opened;
  const { picture } = opened;
  const taken: RefsTaken = { objectives: picture.objectives, actions: [...picture.actions] };
  const writing = { authority: authorityId, by: actor.userId, effectiveOn: today };
  const written: WrittenFact[] = [];
  const made: ActionId[] = [];
  for (const { judgementId, submissionId, ...content } of actions) {
    const beside = (reasons: readonly Reason[]) =>
      refused(
        ...reasons.map(({ field, text }) => ({
          field: field === 'objective' ? field : judgementId,
          text,
        })),
      );
    const found = await openJudgement(tx, actor, judgementId, today);
    if (found.kind === 'refused') return beside(found.reasons);
    if (found.kind !== 'open') return found;
    const { criterion } = found;
    const before = await actionOfSubmission(tx, authorityId, submissionId);
    if (before === null) {
      const answers = await actionsOfCriteria(tx, authorityId, [criterion.id], today);
      if (answers.has(criterion.id)) {
        const text = `Criterion ${criterion.ref} has an action by now. Take the tick away`;
        return beside([{ field: null, text }]);
      }
    }
    const ref =
      picture.actions.find((one) => one.id === before)?.ref ?? nextRef(taken, objectiveId);
    const outcome = await writeAction(tx, actor, today, planId, {
      ...content,
      ...{ objectiveId, ref, submissionId, test: 'to be agreed' },
      ...{ contributors: [], priority: null, successMeasure: null },
      ...{ outcomeForChildren: null, sources: [] },
    });
    if (outcome.kind === 'refused') return beside(outcome.reasons);
    if (outcome.kind !== 'done') return outcome;
    if (outcome.written.length === 0) continue;
    made.push(outcome.actionId);
    taken.actions.push({ ref, objectiveId });
    const link = judgementAnsweredBy(judgementId, outcome.actionId);
    written.push(...outcome.written, ...(await linkItems(tx, writing, [link])));
  }
  return { kind: 'done', made, written };
}
