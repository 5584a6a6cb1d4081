import { daysBetween, type IsoDate } from '#kernel/dates.ts';
import type { ActionId, ObjectiveId, PartyId, UpdateId, UserId } from '#kernel/ids.ts';
import { closureOf, nothingClosed, type ClosureStep, type Completion } from './closure.ts';
import type {
  ActionPicture,
  ActionTest,
  AskedDue,
  BoardAnswer,
  PartyRef,
  SourceRef,
} from './picture.ts';
import type { Due, Rag, Status } from './reading.ts';

/** One due date that an action has had. */
export interface DueEntry {
  due: Due;
  declaredRevised: boolean;
  version: number;
}

/** The facts of one action that hold at a day, as the store reads them. */
export interface ActionFacts {
  id: ActionId;
  objectiveId: ObjectiveId;
  ref: string;
  position: number;
  text: string;
  priority: 'high' | 'medium' | 'low' | null;
  successMeasure: string | null;
  outcomeForChildren: string | null;
  withdrawn: boolean;
  version: number;
  leadIds: PartyId[];
  contributorIds: PartyId[];
  /** In the order in which they held; never empty for an action made here. */
  dues: DueEntry[];
  update: {
    id: UpdateId;
    effectiveOn: IsoDate;
    by: UserId | null;
    claimedRag: Rag | null;
    status: Status | null;
    whatChanged: string;
  } | null;
  /** The highest version of any update, also one that holds later than this day. */
  updateVersion: number;
  /** The day from which it stands in the plan. */
  addedOn: IsoDate | null;
  truth: ActionTruth;
}

/** What else is known of an action: dates asked for, its test, its closure, its place on the table. */
export interface ActionTruth {
  asked: AskedDue | null;
  /** What boards said of its dates, in the order in which it was said. */
  boardAnswers: readonly (Omit<BoardAnswer, 'board'> & { boardId: PartyId; dueVersion: number })[];
  test: ActionTest | 'to be agreed' | null;
  testVersion: number;
  evidenceCount: number;
  /** In the order in which they were written. */
  steps: readonly ClosureStep[];
  /** Of the latest step of any day: the next one counts on from it. */
  closureVersion: number;
  /** Of the update that holds now, where it claims that the action is complete. */
  completion: Completion | null;
  onTable: boolean;
  tableVersion: number;
}

/** Of an action about which none of it was written. */
export const noTruth: ActionTruth = {
  asked: null,
  boardAnswers: [],
  test: null,
  testVersion: 0,
  evidenceCount: 0,
  steps: [],
  closureVersion: 0,
  completion: null,
  onTable: true,
  tableVersion: 0,
};

export interface PictureContext {
  asAt: IsoDate;
  parties: ReadonlyMap<PartyId, PartyRef>;
  names: ReadonlyMap<UserId, string>;
  sources: SourceRef[];
}

const noDate: Due = { asWritten: '', from: null, to: null, precision: 'none' };

/**
 * An action as at a day. The first due date never changes; each later entry whose last day or
 * precision differs from the one before it is one change, so a date typed again in other words
 * is not a slip, and neither is the first date of an action that had none. Slippage runs from the first last-day to the current one, in calendar days.
 */
export function pictureAction(facts: ActionFacts, context: PictureContext): ActionPicture {
  const first = fromFirstDate(facts.dues)[0]?.due ?? noDate;
  const current = facts.dues[facts.dues.length - 1];
  const due = current?.due ?? noDate;
  const dueDateCount = countDueDates(facts.dues);
  const open = facts.update?.status !== 'complete' && !facts.withdrawn;
  const past = due.to !== null && open ? daysBetween(due.to, context.asAt) : 0;
  return {
    id: facts.id,
    ref: facts.ref,
    objectiveId: facts.objectiveId,
    position: facts.position,
    text: facts.text,
    leads: facts.leadIds.flatMap((id) => context.parties.get(id) ?? []),
    contributors: facts.contributorIds.flatMap((id) => context.parties.get(id) ?? []),
    priority: facts.priority,
    successMeasure: facts.successMeasure,
    outcomeForChildren: facts.outcomeForChildren,
    sources: context.sources,
    due,
    firstDue: first,
    dueDateCount,
    revised: dueDateCount > 1 || facts.dues.some((entry) => entry.declaredRevised),
    slippageDays: first.to === null || due.to === null ? null : daysBetween(first.to, due.to),
    claimedRag: facts.update?.claimedRag ?? null,
    status: facts.update?.status ?? null,
    lastUpdate:
      facts.update === null
        ? null
        : {
            id: facts.update.id,
            effectiveOn: facts.update.effectiveOn,
            by: facts.update.by === null ? null : (context.names.get(facts.update.by) ?? null),
            whatChanged: facts.update.whatChanged,
          },
    withdrawn: facts.withdrawn,
    daysOverdue: Math.max(past, 0),
    version: facts.version,
    updateVersion: facts.updateVersion,
    dueVersion: facts.dues.reduce((highest, entry) => Math.max(highest, entry.version), 0),
    addedOn: facts.addedOn,
    asked: facts.truth.asked,
    boardAnswer: boardAnswerOf(facts, context),
    test: facts.truth.test,
    testVersion: facts.truth.testVersion,
    evidenceCount: facts.truth.evidenceCount,
    closure: closureOf({
      steps: facts.truth.steps,
      completion: completionOf(facts),
      priority: facts.priority,
    }),
    closureVersion: facts.truth.closureVersion,
    // What is still to do is never off the table, whatever was said while it was complete.
    onTable: facts.truth.onTable || facts.update?.status !== 'complete',
    tableVersion: facts.truth.tableVersion,
  };
}

function completionOf({ update, truth }: ActionFacts): Completion | null {
  if (update?.status !== 'complete') return null;
  return truth.completion ?? { since: update.effectiveOn, by: update.by };
}

/** The last answer to the date that holds: one to an earlier date says nothing of this one. */
function boardAnswerOf(facts: ActionFacts, context: PictureContext): BoardAnswer | null {
  const current = facts.dues[facts.dues.length - 1]?.version;
  const said = facts.truth.boardAnswers.findLast((one) => one.dueVersion === current);
  if (said === undefined) return null;
  const { answer, minute, on, version, boardId } = said;
  return { answer, minute, on, version, board: context.parties.get(boardId) ?? null };
}

/**
 * How many different due dates these entries are, the first included. That there was none at
 * first counts as none; that one was taken away again is a change.
 */
export function countDueDates(entries: readonly DueEntry[]): number {
  let count = 0;
  let before: Due | null = null;
  for (const { due } of fromFirstDate(entries)) {
    if (before === null || !sameDue(before, due)) count += 1;
    before = due;
  }
  return Math.max(count, 1);
}

/** The entries from the first on that gives a date; all where none does. */
export function fromFirstDate<Entry extends { due: Due }>(
  entries: readonly Entry[],
): readonly Entry[] {
  const first = entries.findIndex(({ due }) => due.precision !== 'none');
  return first === -1 ? entries : entries.slice(first);
}

/** Whether two due dates mean the same last day, whatever their words. */
export function sameDue(a: Due, b: Due): boolean {
  return a.to === b.to && (a.to !== null || a.precision === b.precision);
}

/** What a picture says of an action about which none of it was written. */
export const untold = {
  addedOn: null,
  asked: null,
  boardAnswer: null,
  test: null,
  testVersion: 0,
  evidenceCount: 0,
  closure: nothingClosed,
  closureVersion: 0,
  onTable: true,
  tableVersion: 0,
} as const satisfies Partial<ActionPicture>;
