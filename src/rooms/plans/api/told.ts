import { daysBetween } from '#kernel/dates.ts';
import type { EvidenceId, UserId } from '#kernel/ids.ts';
import type { EvidenceItem } from '#findings';
import type { z } from 'zod';
import { actionOf, dueOf, objectiveOf, planOf } from '../out/json.ts';
import {
  claimedStanding,
  compareStandings,
  deriveRag,
  reasonInWords,
  type DerivedRag,
  type RagStanding,
} from '../rules/derived-rag.ts';
import type { DueFact, UpdateFact } from '../rules/history.ts';
import type { Movement } from '../rules/movement.ts';
import { movementFigures } from '../rules/movement.ts';
import { countDueDates } from '../rules/picture-action.ts';
import type { ActionPicture, ObjectivePicture, PlanPicture } from '../rules/picture.ts';
import { summarise } from '../rules/position.ts';
import type { Keyed } from './page.ts';
import type {
  actionShape,
  dateShape,
  movementShape,
  objectiveShape,
  planShape,
  updateShape,
} from './shapes.ts';

/** A plan as the API tells it. One that was taken back is told to nobody. */
export function tellPlan(picture: PlanPicture): Keyed<z.input<typeof planShape>> {
  const { plan } = picture;
  const state = plan.state === 'archived' ? 'archived' : 'active';
  return {
    key: plan.id,
    tell: () => ({ ...planOf(plan), state, figures: summarise(picture.actions) }),
  };
}

export function tellObjective(
  objective: ObjectivePicture,
  picture: PlanPicture,
): Keyed<z.input<typeof objectiveShape>> {
  const place = picture.objectives.indexOf(objective) + 1;
  const own = picture.actions.filter((action) => action.objectiveId === objective.id);
  const planId = picture.plan.id;
  return {
    key: objective.id,
    tell: () => ({ ...objectiveOf(objective), planId, place, figures: summarise(own) }),
  };
}

/** Tells every action of a plan; which of them is the caller's to choose. */
export function actionTeller(picture: PlanPicture) {
  const places = new Map(picture.actions.map(({ id }, index) => [id, index + 1]));
  const told = (action: ActionPicture): z.input<typeof actionShape> => {
    const derived = deriveRag(action, picture);
    const claimed = claimedStanding(action, picture.plan.ragScheme);
    return {
      ...actionOf(action),
      planId: picture.plan.id,
      place: places.get(action.id) ?? 0,
      claimedStanding: claimed,
      derived: derived && {
        standing: derived.standing,
        colour: derived.colour,
        reasons: derived.reasons.map((reason) => reasonInWords(reason, action)),
      },
      claim: claimAgainst(claimed, derived),
      evidenceCount: action.evidenceCount,
      closure: action.closure.reached,
      closureSince: action.closure.since,
      onTable: action.onTable,
    };
  };
  return (action: ActionPicture) => ({ key: action.id, tell: () => told(action) });
}

/** Whether a claim says more than the facts bear out. */
export function claimAgainst(claimed: RagStanding | null, derived: DerivedRag | null) {
  if (claimed === null || derived === null) return null;
  const differ = compareStandings(derived.standing, claimed);
  return differ === 0 ? 'agrees' : differ > 0 ? 'more hopeful' : 'more cautious';
}

export function tellUpdate(
  update: UpdateFact,
  names: ReadonlyMap<UserId, string>,
  evidence: ReadonlyMap<EvidenceId, EvidenceItem>,
): Keyed<z.input<typeof updateShape>> {
  return {
    key: update.id,
    tell: () => ({
      id: update.id,
      actionId: update.actionId,
      on: update.effectiveOn,
      recordedAt: update.recordedAt.toISOString(),
      by: update.by === null ? null : (names.get(update.by) ?? null),
      claimedRag: update.claimedRag,
      status: update.status,
      whatChanged: update.whatChanged,
      correctsId: update.correctsId,
      evidence: update.evidenceIds.flatMap((id) => {
        const item = evidence.get(id);
        return item === undefined
          ? []
          : [{ id, kind: item.kind, title: item.title, url: item.url }];
      }),
    }),
  };
}

/** Every date that actions have had, in the order in which they held. */
export function tellDates(
  dues: readonly DueFact[],
  names: ReadonlyMap<UserId, string>,
): Keyed<z.input<typeof dateShape>>[] {
  const byAction = Map.groupBy(dues, ({ actionId }) => actionId);
  return [...byAction.values()].flatMap((entries) => {
    const held = entries.sort(
      (a, b) => a.effectiveOn.localeCompare(b.effectiveOn) || a.version - b.version,
    );
    // Until an action has a date there is none that could slip.
    const first = held.find(({ due }) => due.to !== null)?.due.to ?? null;
    return held.map((entry, index) => ({
      key: `${entry.actionId}.${String(entry.version).padStart(6, '0')}`,
      tell: () => ({
        actionId: entry.actionId,
        version: entry.version,
        nth: countDueDates(held.slice(0, index + 1)),
        due: dueOf(entry.due),
        daysFromFirst:
          first === null || entry.due.to === null ? null : daysBetween(first, entry.due.to),
        on: entry.effectiveOn,
        recordedAt: entry.recordedAt.toISOString(),
        by: entry.by === null ? null : (names.get(entry.by) ?? null),
        reason: entry.reason,
        effectOnChildren: entry.effectOnChildren,
        declaredRevised: entry.declaredRevised,
      }),
    }));
  });
}

export function tellMovement(planId: string, movement: Movement): z.input<typeof movementShape> {
  const { from, to, table, added, reopened, completed, withdrawn } = movement;
  const { revised, newlyOverdue, better, worse } = movement;
  return {
    planId,
    from,
    to,
    figures: movementFigures(movement),
    actions: { added, reopened, completed, withdrawn, revised, newlyOverdue, better, worse },
    table,
  };
}
