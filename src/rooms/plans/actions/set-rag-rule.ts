import type { IsoDate } from '#kernel/dates.ts';
import { newId, type PlanId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { recordFacts, type Actor } from '#people';
import type { PlanPicture } from '../rules/picture.ts';
import { thresholdFaults, usualRule, type RagThresholds } from '../rules/rag-thresholds.ts';
import { openPlan } from './open-plan.ts';
import { refused, type Forbidden, type NotFound, type Refused } from './outcome.ts';

export type SetRagRuleOutcome =
  | { kind: 'done'; picture: PlanPicture }
  | { kind: 'stale'; picture: PlanPicture }
  | NotFound
  | Forbidden
  | Refused;

/**
 * Sets the figures by which a plan's RAG is derived from today on. What was derived for an
 * earlier day stays as it was. Nothing is written where the figures are those that hold.
 */
export async function setRagRule(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  seenVersion: number,
  given: { thresholds: RagThresholds; reason: string },
): Promise<SetRagRuleOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openPlan(tx, actor, planId, 'U', today);
    if (opened.kind !== 'open') return opened;
    const { picture } = opened;
    const { ragRule, state } = picture.plan;
    if (state === 'archived') {
      return refused({
        field: null,
        text: 'This plan is archived, so nothing in it can be changed. Bring it back first.',
      });
    }
    if (sameThresholds(ragRule.thresholds, given.thresholds)) return { kind: 'done', picture };
    if (ragRule.version !== seenVersion) return { kind: 'stale', picture };
    const faults = thresholdFaults(given.thresholds);
    if (faults.length > 0) return refused(...faults);
    const version = ragRule.version + 1;
    const id = newId<'rag rule'>();
    await tx
      .insertInto('plan_rag_rule')
      .values({
        authority_id: actor.authorityId,
        id,
        plan_id: planId,
        version,
        effective_on: today,
        recorded_by: actor.userId,
        edition: usualRule(today).edition,
        thresholds: JSON.stringify(given.thresholds),
        reason: given.reason,
      })
      .execute();
    await recordFacts(tx, actor.userId, 'changed how colours are derived', [
      { fact: 'plan_rag_rule', id, version },
    ]);
    return { kind: 'done', picture };
  });
}

function sameThresholds(a: RagThresholds, b: RagThresholds): boolean {
  return (Object.keys(a) as (keyof RagThresholds)[]).every((name) => a[name] === b[name]);
}
