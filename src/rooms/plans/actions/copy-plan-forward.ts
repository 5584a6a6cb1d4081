import type { IsoDate } from '#kernel/dates.ts';
import { newId, type ObjectiveId, type PlanId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { linkSources, type NewSourceLink } from '#findings';
import { may, recordFacts, type Actor } from '#people';
import { isOpen } from '../rules/position.ts';
import type { PlanPicture, SourceRef } from '../rules/picture.ts';
import { slugOf } from '../rules/slug.ts';
import {
  appendActionVersions,
  appendActions,
  appendDueDates,
  appendObjectives,
  appendPlan,
  appendPlanVersion,
  lockPlan,
} from '../store/append.ts';
import { appendTests } from '../store/append-closure.ts';
import { planBegun } from '../store/find-plan.ts';
import { contentOf } from './change-action.ts';
import { headContent, sentTwice, type ChangePlanOutcome } from './change-plan.ts';
import { readPlanFor } from './open-plan.ts';
import { forbidden, notFound } from './outcome.ts';
import { tellActions } from './tell-progress.ts';

export interface CopyForward {
  title: string;
  periodFrom: IsoDate | null;
  periodTo: IsoDate | null;
  /** Only what is still to be done, or every action, to be begun again. */
  which: 'open' | 'all';
}

/**
 * Copies a plan forward to its next year: objectives, actions, leads, measures, tests and sources, but
 * none of the ticks. Updates, colours and statuses stay with the old plan; each new action
 * names the one it was copied from. An open action keeps its due date, words and all; one that
 * was complete starts without a date. `newPlanId` is made with the form: the same form sent
 * twice copies once.
 */
export async function copyPlanForward(
  db: Db,
  actor: Actor,
  today: IsoDate,
  planId: PlanId,
  given: CopyForward,
  newPlanId: PlanId = newId<'plan'>(),
): Promise<ChangePlanOutcome> {
  return inAuthority(db, actor.authorityId, async (tx) => {
    await lockPlan(tx, actor.authorityId, planId);
    const old = await readPlanFor(tx, actor, planId, today, today);
    if (old === null) return notFound;
    if (!may(actor, 'C', 'PLN')) return forbidden;
    await lockPlan(tx, actor.authorityId, newPlanId);
    const before = await planBegun(tx, actor.authorityId, newPlanId);
    if (before !== null) return sentTwice(actor, newPlanId, before);
    const writing = { authority: actor.authorityId, by: actor.userId, effectiveOn: today };
    const actions = old.actions.filter(
      (action) => !action.withdrawn && (given.which === 'all' || isOpen(action)),
    );
    const objectives = old.objectives.filter(
      (objective) =>
        !objective.withdrawn &&
        (given.which === 'all' || actions.some((action) => action.objectiveId === objective.id)),
    );
    const plan = await appendPlan(tx, writing, slugOf(given.title), newPlanId);
    const head = await appendPlanVersion(tx, writing, plan.planId, 1, {
      ...headContent(old.plan),
      title: given.title,
      periodFrom: given.periodFrom,
      periodTo: given.periodTo,
      state: 'active',
    });
    const copied = await appendObjectives(
      tx,
      writing,
      plan.planId,
      objectives.map(({ section, ref, title, position }) => ({
        section,
        ref,
        title,
        position,
        withdrawn: false,
      })),
    );
    const newObjective = new Map<ObjectiveId, ObjectiveId>();
    objectives.forEach((objective, index) => {
      const id = copied.ids[index];
      if (id !== undefined) newObjective.set(objective.id, id);
    });
    const pairs = actions.flatMap((from) => {
      const objectiveId = newObjective.get(from.objectiveId);
      return objectiveId === undefined ? [] : [{ from, objectiveId, id: newId<'action'>() }];
    });
    const written = [
      ...plan.written,
      ...head,
      ...copied.written,
      ...(await appendActions(
        tx,
        writing,
        plan.planId,
        pairs.map(({ id, from }) => ({ id, copiedFrom: from.id, submissionId: null })),
      )),
      ...(await appendActionVersions(
        tx,
        writing,
        pairs.map(({ id, from, objectiveId }) => ({
          id,
          version: 1,
          content: { ...contentOf(from), objectiveId },
        })),
      )),
      ...(await appendDueDates(
        tx,
        writing,
        pairs.map(({ id, from }) => ({
          id,
          version: 1,
          content: {
            due: isOpen(from)
              ? from.due
              : { asWritten: '', from: null, to: null, precision: 'none' as const },
            declaredRevised: isOpen(from) && from.revised,
            reason: null,
            effectOnChildren: null,
          },
        })),
      )),
    ];
    // The test goes along: it was written for what is to be done, and that is done anew.
    const tests = pairs.flatMap(({ id, from: { test } }) =>
      test === null ? [] : [{ id, version: 1, test }],
    );
    written.push(...(await appendTests(tx, writing, tests)));
    const links = sourceLinks(old, newObjective, pairs, today);
    const linkIds = await linkSources(tx, actor.authorityId, links, actor.userId);
    written.push(...linkIds.map((id) => ({ fact: 'source_link', id })));
    const ids = pairs.map(({ id }) => id);
    written.push(...(await tellActions(tx, writing, today, ids)));
    await recordFacts(tx, actor.userId, 'copied a plan forward', written);
    return { kind: 'done', planId: plan.planId, slug: plan.slug };
  });
}

function sourceLinks(
  old: PlanPicture,
  newObjective: ReadonlyMap<ObjectiveId, ObjectiveId>,
  pairs: readonly { from: PlanPicture['actions'][number]; id: string }[],
  today: IsoDate,
): NewSourceLink[] {
  const link = (targetKind: 'objective' | 'action', targetId: string, source: SourceRef) => ({
    targetKind,
    targetId,
    sourceId: source.id,
    words: (source.restricted ?? source).words,
    page: (source.restricted ?? source).page,
    effectiveOn: today,
  });
  return [
    ...old.objectives.flatMap((objective) => {
      const id = newObjective.get(objective.id);
      return id === undefined
        ? []
        : objective.sources.map((source) => link('objective', id, source));
    }),
    ...pairs.flatMap(({ from, id }) => from.sources.map((source) => link('action', id, source))),
  ];
}
