import type { ObjectiveId, PartyId, SourceId } from '#kernel/ids.ts';
import { isStale } from './attention.ts';
import { isEffectUnshown } from './closure.ts';
import { isAgreedTest } from './closure-words.ts';
import type { ActionPicture, PlanPicture } from './picture.ts';
import type { Rag, Status } from './reading.ts';

/** What a list of actions shows. An empty list or null means "any". */
export interface ActionFilter {
  text: string;
  objectives: ObjectiveId[];
  leads: (PartyId | 'none')[];
  rags: (Rag | 'none')[];
  statuses: (Status | 'none')[];
  sources: SourceId[];
  priorities: ('high' | 'medium' | 'low' | 'none')[];
  overdue: boolean;
  revised: boolean;
  /** No update within the plan's review cycle. */
  stale: boolean;
  withoutDate: boolean;
  /** Nobody wrote how it will be tested, or it is still to be agreed. */
  withoutTest: boolean;
  /** Claimed complete, and nobody has shown yet that children are better off. */
  effectNotShown: boolean;
  /** It failed again at least once. */
  regressed: boolean;
  /** Complete actions that left the plan's own table: left out unless asked for, or alone. */
  offTable: 'hidden' | 'shown' | 'only';
  /** Withdrawn actions are left out unless asked for. */
  withdrawn: boolean;
}

export const actionOrders = ['plan', 'due', 'overdue', 'updated', 'lead', 'rag'] as const;
export type ActionOrder = (typeof actionOrders)[number];

export const anyAction: ActionFilter = {
  text: '',
  objectives: [],
  leads: [],
  rags: [],
  statuses: [],
  sources: [],
  priorities: [],
  overdue: false,
  revised: false,
  stale: false,
  withoutDate: false,
  withoutTest: false,
  effectNotShown: false,
  regressed: false,
  offTable: 'shown',
  withdrawn: false,
};

/** The plan's actions that pass the filter, in the order asked for. */
export function filterActions(
  picture: PlanPicture,
  filter: ActionFilter,
  order: ActionOrder,
): ActionPicture[] {
  const objectives = new Map(picture.objectives.map((objective) => [objective.id, objective]));
  const words = filter.text.toLocaleLowerCase('en-GB').split(/\s+/).filter(Boolean);
  const kept = picture.actions.filter((action) => {
    const objective = objectives.get(action.objectiveId);
    const sources = [...action.sources, ...(objective?.sources ?? [])];
    if (action.withdrawn && !filter.withdrawn) return false;
    if (filter.offTable === 'hidden' && !action.onTable) return false;
    if (filter.offTable === 'only' && action.onTable) return false;
    if (filter.overdue && action.daysOverdue === 0) return false;
    if (filter.revised && !action.revised) return false;
    if (filter.withoutDate && action.due.to !== null) return false;
    if (filter.withoutTest && isAgreedTest(action.test)) return false;
    if (filter.effectNotShown && !isEffectUnshown(action)) return false;
    if (filter.regressed && action.closure.regressions.length === 0) return false;
    if (filter.stale && !isStale(action, picture)) return false;
    return (
      among(filter.objectives, [action.objectiveId]) &&
      among(filter.leads, action.leads.length === 0 ? ['none'] : action.leads.map((p) => p.id)) &&
      among(filter.rags, [action.claimedRag ?? 'none']) &&
      among(filter.statuses, [action.status ?? 'none']) &&
      among(filter.priorities, [action.priority ?? 'none']) &&
      among(
        filter.sources,
        sources.map((source) => source.id),
      ) &&
      matches(words, [
        action.ref,
        action.text,
        objective?.title,
        objective?.ref,
        objective?.section,
        action.successMeasure,
        action.outcomeForChildren,
        action.lastUpdate?.whatChanged,
        action.due.asWritten,
        ...action.leads.map((party) => party.name),
        ...action.contributors.map((party) => party.name),
        ...sources.flatMap((source) => [source.title, source.words]),
      ])
    );
  });
  return order === 'plan' ? kept : kept.sort(comparators[order]);
}

function among<Value>(wanted: readonly Value[], has: readonly Value[]): boolean {
  return wanted.length === 0 || has.some((value) => wanted.includes(value));
}

function matches(words: readonly string[], texts: readonly (string | null | undefined)[]): boolean {
  if (words.length === 0) return true;
  const all = texts
    .filter((text) => text != null)
    .join('\n')
    .toLocaleLowerCase('en-GB');
  return words.every((word) => all.includes(word));
}

const ragRank: Record<Rag | 'none', number> = { red: 0, amber: 1, none: 2, green: 3, blue: 4 };

/** Sorts are stable, so that ties stay in plan order. Without a date comes last. */
const comparators: Record<
  Exclude<ActionOrder, 'plan'>,
  (a: ActionPicture, b: ActionPicture) => number
> = {
  due: (a, b) => (a.due.to ?? '9999').localeCompare(b.due.to ?? '9999'),
  overdue: (a, b) => b.daysOverdue - a.daysOverdue,
  updated: (a, b) =>
    (b.lastUpdate?.effectiveOn ?? '').localeCompare(a.lastUpdate?.effectiveOn ?? ''),
  lead: (a, b) =>
    (a.leads[0]?.name ?? '\uffff').localeCompare(b.leads[0]?.name ?? '\uffff', 'en-GB'),
  rag: (a, b) => ragRank[a.claimedRag ?? 'none'] - ragRank[b.claimedRag ?? 'none'],
};
