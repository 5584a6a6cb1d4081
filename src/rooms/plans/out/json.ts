import type {
  ActionPicture,
  AskedDue,
  BoardAnswer,
  ObjectivePicture,
  PartyRef,
  PlanHead,
  SourceRef,
} from '../rules/picture.ts';
import { summarise, summarisePlan } from '../rules/position.ts';
import type { Due } from '../rules/reading.ts';
import { exportObjectives, exportRows, type ExportInput } from './export-input.ts';

/**
 * The plan as JSON. The names are a promise to whoever reads it with a program, written down in
 * docs/data-out.md: what changes here changes there, and raises `format`.
 */
export function planJson(input: ExportInput): Uint8Array {
  const { plan, asAt, actions } = input.picture;
  const document = {
    format: 'sightline-plan-1',
    plan: planOf(plan),
    asAt,
    exported: {
      authority: input.authorityName,
      by: input.exportedBy,
      at: input.exportedAt.toISOString(),
      selection: input.selection,
      classification: input.classification,
    },
    counts: { plan: summarisePlan(input.picture), shown: summarise(input.actions ?? actions) },
    objectives: exportObjectives(input).map(objectiveOf),
    actions: exportRows(input).map(({ action }) => actionOf(action)),
  };
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
}

/** The head of a plan. */
export function planOf(plan: PlanHead) {
  return {
    id: plan.id,
    slug: plan.slug,
    title: plan.title,
    periodFrom: plan.periodFrom,
    periodTo: plan.periodTo,
    owner: plan.owner === null ? null : partyOf(plan.owner),
    boards: plan.boards.map(partyOf),
    reviewCycleDays: plan.reviewCycleDays,
    ragScheme: plan.ragScheme.map(({ colour, name, meaning, standsFor }) => ({
      colour,
      name,
      meaning,
      standsFor,
    })),
    state: plan.state,
  };
}

export function objectiveOf(objective: ObjectivePicture) {
  return {
    id: objective.id,
    section: objective.section,
    ref: objective.ref,
    title: objective.title,
    sources: objective.sources.map(sourceOf),
    withdrawn: objective.withdrawn,
  };
}

export function actionOf(action: ActionPicture) {
  return {
    id: action.id,
    objectiveId: action.objectiveId,
    ref: action.ref,
    text: action.text,
    leads: action.leads.map(partyOf),
    contributors: action.contributors.map(partyOf),
    priority: action.priority,
    due: dueOf(action.due),
    firstDue: dueOf(action.firstDue),
    dueDateCount: action.dueDateCount,
    revised: action.revised,
    slippageDays: action.slippageDays,
    daysOverdue: action.daysOverdue,
    asked: action.asked === null ? null : askedOf(action.asked),
    boardAnswer: action.boardAnswer === null ? null : boardAnswerOf(action.boardAnswer),
    claimedRag: action.claimedRag,
    status: action.status,
    successMeasure: action.successMeasure,
    outcomeForChildren: action.outcomeForChildren,
    sources: action.sources.map(sourceOf),
    lastUpdate:
      action.lastUpdate === null
        ? null
        : {
            on: action.lastUpdate.effectiveOn,
            by: action.lastUpdate.by,
            whatChanged: action.lastUpdate.whatChanged,
          },
    test: action.test,
    closure: {
      reached: action.closure.reached,
      since: action.closure.since,
      waitsForSignOff: action.closure.waiting?.state ?? null,
      regressions: action.closure.regressions,
    },
    withdrawn: action.withdrawn,
  };
}

/** A date that was asked for and not agreed yet. */
function askedOf({ due, on, reason, effectOnChildren }: AskedDue) {
  return { due: dueOf(due), on, reason, effectOnChildren };
}

/** What the overseeing board said of the date that holds. */
function boardAnswerOf({ answer, board, minute, on }: BoardAnswer) {
  return { answer, board: board?.name ?? null, minute, on };
}

function partyOf({ id, kind, name }: PartyRef) {
  return { id, kind, name };
}

function sourceOf({ title, words, page }: SourceRef) {
  return { title, words, page };
}

export function dueOf({ asWritten, from, to, precision }: Due) {
  return { asWritten, from, to, precision };
}
