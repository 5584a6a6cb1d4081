import type { IsoDate } from '#kernel/dates.ts';
import type { ActionId, EvidenceId, ObjectiveId, PartyId, UpdateId, UserId } from '#kernel/ids.ts';
import {
  closureEntries,
  closureSentence,
  type ClosureEntry,
  type ClosureFact,
  type TestFact,
} from './closure-history.ts';
import type { BoardAnswerFact, DateRequest } from './date-requests.ts';
import type { Due, Rag, Status } from './reading.ts';
import { fromFirstDate, sameDue } from './picture-action.ts';
import { dueInSentence, dueInWords, sentenceCase } from './words.ts';

interface Recorded {
  actionId: ActionId;
  version: number;
  effectiveOn: IsoDate;
  recordedAt: Date;
  by: UserId | null;
}

/** A version of what an action says, as the store reads it. */
export interface VersionFact extends Recorded {
  ref: string;
  objectiveId: ObjectiveId;
  text: string;
  priority: string | null;
  successMeasure: string | null;
  outcomeForChildren: string | null;
  withdrawn: boolean;
  reason: string | null;
  leadIds: PartyId[];
  contributorIds: PartyId[];
}

export interface DueFact extends Recorded {
  due: Due;
  reason: string | null;
  effectOnChildren: string | null;
  declaredRevised: boolean;
}

export interface UpdateFact extends Recorded {
  id: UpdateId;
  claimedRag: Rag | null;
  status: Status | null;
  whatChanged: string;
  correctsId: UpdateId | null;
  evidenceIds: EvidenceId[];
}

/** One thing that became different, with its words before and after. */
export interface FieldChange {
  what: string;
  before: string;
  after: string;
}

/** One entry of an action's history. */
export type HistoryEntry = Recorded & { ref: string } & (
    | ClosureEntry
    | { kind: 'added'; due: Due; declaredRevised: boolean }
    | { kind: 'changed'; changes: FieldChange[]; reason: string | null }
    | { kind: 'withdrawn' | 'restored'; reason: string | null }
    | {
        kind: 'due';
        before: Due;
        after: Due;
        /** Which date this is; the first is 1. */
        nth: number;
        reason: string | null;
        effectOnChildren: string | null;
        /** The request that it answers; null where it came with a paper, or before dates were asked for. */
        granted: DateRequest | null;
      }
    | { kind: 'asked' | 'refused' | 'taken back'; request: DateRequest }
    | { kind: 'board'; said: BoardAnswerFact; board: string | null }
    | { kind: 'update'; update: UpdateFact; corrects: UpdateFact | null; before: UpdateFact | null }
  );

export interface HistoryNames {
  parties: ReadonlyMap<PartyId, { name: string }>;
  objectives: ReadonlyMap<ObjectiveId, { title: string }>;
}

/**
 * The history of actions from their facts, newest first by the day from which each holds, then
 * by when it was recorded. Facts of one action must come in the order of their versions.
 */
export function historyOf(
  facts: {
    versions: readonly VersionFact[];
    dues: readonly DueFact[];
    updates: readonly UpdateFact[];
    requests: readonly DateRequest[];
    boardAnswers: readonly BoardAnswerFact[];
    tests?: readonly TestFact[];
    closures?: readonly ClosureFact[];
  },
  names: HistoryNames,
): HistoryEntry[] {
  const refs = new Map(facts.versions.map((fact) => [fact.actionId, fact.ref]));
  const entries: HistoryEntry[] = [];
  const recordOf = (fact: Recorded) => ({
    actionId: fact.actionId,
    version: fact.version,
    effectiveOn: fact.effectiveOn,
    recordedAt: fact.recordedAt,
    by: fact.by,
    ref: refs.get(fact.actionId) ?? '',
  });
  const versionsOf = byAction(facts.versions);
  const duesOf = byAction(facts.dues);
  for (const [actionId, versions] of versionsOf) {
    let before: VersionFact | null = null;
    for (const version of versions) {
      if (before === null) {
        const first = duesOf.get(actionId)?.[0];
        entries.push({
          ...recordOf(version),
          kind: 'added',
          due: first?.due ?? { asWritten: '', from: null, to: null, precision: 'none' },
          declaredRevised: first?.declaredRevised ?? false,
        });
      } else if (before.withdrawn !== version.withdrawn) {
        const kind = version.withdrawn ? 'withdrawn' : 'restored';
        entries.push({ ...recordOf(version), kind, reason: version.reason });
      } else {
        const changes = differences(before, version, names);
        if (changes.length > 0) {
          entries.push({ ...recordOf(version), kind: 'changed', changes, reason: version.reason });
        }
      }
      before = version;
    }
  }
  for (const dues of duesOf.values()) {
    let before: DueFact | null = null;
    const counted = fromFirstDate(dues);
    let nth = 1;
    for (const due of dues) {
      const isChange: boolean = before !== null && !sameDue(before.due, due.due);
      if (isChange && due !== counted[0]) nth += 1;
      if (before !== null && isChange) {
        entries.push({
          ...recordOf(due),
          kind: 'due',
          before: before.due,
          after: due.due,
          nth,
          reason: due.reason,
          effectOnChildren: due.effectOnChildren,
          granted:
            facts.requests.find(
              (request) =>
                request.actionId === due.actionId && request.decision?.dueVersion === due.version,
            ) ?? null,
        });
      }
      before = due;
    }
  }
  for (const request of facts.requests) {
    const { actionId, version, decision } = request;
    entries.push({ ...recordOf(request), kind: 'asked', request });
    if (decision === null || decision.outcome === 'granted') continue;
    const decided = recordOf({ ...decision, actionId, version });
    entries.push({ ...decided, kind: decision.outcome, request });
  }
  for (const said of facts.boardAnswers) {
    const board = names.parties.get(said.boardId)?.name ?? null;
    entries.push({ ...recordOf(said), kind: 'board', said, board });
  }
  for (const entry of closureEntries({ tests: [], closures: [], ...facts })) {
    entries.push({ ...entry, ref: refs.get(entry.actionId) ?? '' });
  }
  for (const updates of byAction(facts.updates).values()) {
    let before: UpdateFact | null = null;
    for (const update of updates) {
      const corrects = updates.find((other) => other.id === update.correctsId) ?? null;
      entries.push({ ...recordOf(update), kind: 'update', update, corrects, before });
      before = update;
    }
  }
  return entries.sort(
    (a, b) =>
      b.effectiveOn.localeCompare(a.effectiveOn) ||
      b.recordedAt.getTime() - a.recordedAt.getTime() ||
      rank[b.kind] - rank[a.kind],
  );
}

/** Of things recorded at one instant, what was made comes before what was said of it. */
const rank: Record<HistoryEntry['kind'], number> = {
  added: 0,
  changed: 1,
  withdrawn: 1,
  restored: 1,
  asked: 2,
  refused: 3,
  'taken back': 3,
  due: 3,
  board: 4,
  test: 1,
  update: 5,
  closure: 6,
  'closure answer': 7,
};

function differences(before: VersionFact, after: VersionFact, names: HistoryNames): FieldChange[] {
  const nameList = (ids: readonly PartyId[]) =>
    ids.map((id) => names.parties.get(id)?.name ?? 'Unknown').join(', ');
  const objective = (id: ObjectiveId) => names.objectives.get(id)?.title ?? '';
  const fields: FieldChange[] = [
    { what: 'Reference', before: before.ref, after: after.ref },
    { what: 'Action', before: before.text, after: after.text },
    {
      what: 'Objective',
      before: objective(before.objectiveId),
      after: objective(after.objectiveId),
    },
    { what: 'Lead', before: nameList(before.leadIds), after: nameList(after.leadIds) },
    {
      what: 'Contributors',
      before: nameList(before.contributorIds),
      after: nameList(after.contributorIds),
    },
    {
      what: 'Priority',
      before: sentenceCase(before.priority ?? ''),
      after: sentenceCase(after.priority ?? ''),
    },
    {
      what: 'How we will know',
      before: before.successMeasure ?? '',
      after: after.successMeasure ?? '',
    },
    {
      what: 'Intended outcome for children',
      before: before.outcomeForChildren ?? '',
      after: after.outcomeForChildren ?? '',
    },
  ];
  return fields.filter((field) => field.before !== field.after);
}

/** The one sentence of an entry, without its full stop. */
export function historySentence(
  entry: HistoryEntry,
  ragWord: (colour: Rag | null) => string,
): string {
  switch (entry.kind) {
    case 'added':
      return `Added to the plan. First due date: ${dueInWords(entry.due)}`;
    case 'changed':
      return `Changed: ${entry.changes.map((change) => change.what.toLowerCase()).join(', ')}`;
    case 'withdrawn':
      return 'Withdrawn from the plan';
    case 'restored':
      return 'Brought back into the plan';
    case 'due':
      return `Due date changed from ${dueInWords(entry.before)} to ${dueInWords(entry.after)}`;
    case 'asked':
      return `Another due date asked for: ${dueInSentence(entry.request.due)}`;
    case 'refused':
      return `The date that was asked for, ${dueInSentence(entry.request.due)}, was refused`;
    case 'taken back':
      return `The request for ${dueInSentence(entry.request.due)} was taken back`;
    case 'board': {
      const { answer, due } = entry.said;
      return `${dueInWords(due)} ${answer} by ${entry.board ?? 'the board'}`;
    }
    case 'test':
    case 'closure':
    case 'closure answer':
      return closureSentence(entry);
    case 'update': {
      const { claimedRag, status } = entry.update;
      const said = [
        claimedRag === null ? null : ragWord(claimedRag),
        status === null ? null : status,
      ].filter((part) => part !== null);
      const head = entry.corrects === null ? 'Update' : 'Correction of an update';
      return said.length === 0 ? head : `${head}: ${said.join(', ')}`;
    }
  }
}

function byAction<Fact extends Recorded>(facts: readonly Fact[]): Map<ActionId, Fact[]> {
  const grouped = new Map<ActionId, Fact[]>();
  for (const fact of facts) {
    const list = grouped.get(fact.actionId);
    if (list === undefined) grouped.set(fact.actionId, [fact]);
    else list.push(fact);
  }
  for (const list of grouped.values()) {
    list.sort((a, b) => a.effectiveOn.localeCompare(b.effectiveOn) || a.version - b.version);
  }
  return grouped;
}
