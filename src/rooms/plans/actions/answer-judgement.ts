import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, JudgementId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { endItemLink, linkItems } from '#findings';
import { recordFacts, type Actor } from '#people';
import { actionsOfCriteria, openJudgement } from '#standards';
import { openAction } from './open-plan.ts';
import { refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';
import { tellActions } from './tell-progress.ts';

type AnswerJudgementOutcome = { kind: 'done' } | NotFound | Forbidden | Refused;

/** One action and one judgement. */
export interface JudgementAnswer {
  actionId: ActionId;
  judgementId: JudgementId;
}

/**
 * Says that an action answers a judgement: whoever may change the action and may judge the criterion.
 * What is said already, of this judgement or of one before it, is not said twice.
 */
export async function answerJudgement(
  db: Db,
  actor: Actor,
  today: IsoDate,
  { actionId, judgementId }: JudgementAnswer,
): Promise<AnswerJudgementOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openAction(tx, actor, actionId, 'U', today);
    if (opened.kind !== 'open') return opened;
    if (opened.action.withdrawn) {
      return refused({ field: 'action', text: 'This action was withdrawn. Choose another one' });
    }
    const found = await openJudgement(tx, actor, judgementId, today);
    if (found.kind !== 'open') return found;
    const { id: criterionId } = found.criterion;
    const answers = await actionsOfCriteria(tx, actor.authorityId, [criterionId], today);
    if (answers.get(criterionId)?.some((one) => one.actionId === actionId) === true) {
      return { kind: 'done' };
    }
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written = [
      ...(await tellActions(tx, writing, today, [actionId])),
      ...(await linkItems(tx, writing, [judgementAnsweredBy(judgementId, actionId)])),
    ];
    await recordFacts(tx, actor.userId, 'answered a judgement with an action', written);
    return { kind: 'done' };
  });
}

/** Says that an action no longer answers a criterion, whichever judgement on it was linked. */
export async function endJudgementAnswer(
  db: Db,
  actor: Actor,
  today: IsoDate,
  { actionId, judgementId }: JudgementAnswer,
): Promise<AnswerJudgementOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const found = await openJudgement(tx, actor, judgementId, today);
    if (found.kind !== 'open') return found;
    const { id: criterionId } = found.criterion;
    const answers = await actionsOfCriteria(tx, actor.authorityId, [criterionId], today);
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const written = [];
    for (const { actionId: answering, linkId } of answers.get(criterionId) ?? []) {
      if (answering === actionId) written.push(...(await endItemLink(tx, writing, linkId)));
    }
    if (written.length > 0) {
      await recordFacts(tx, actor.userId, 'took an action from a judgement', written);
    }
    return { kind: 'done' };
  });
}

/** The link that says so. */
export function judgementAnsweredBy(judgementId: JudgementId, actionId: ActionId) {
  return {
    from: { kind: 'judgement', id: judgementId },
    to: { kind: 'action', id: actionId },
    relation: 'answered by',
  } as const;
}
