import { z } from 'zod';
import { parseId, type ObjectiveId, type PartyId, type SourceId } from '#kernel/ids.ts';
import { manyOf } from '#platform/web/forms.ts';
import type { PlanPicture } from '../rules/picture.ts';
import { actionOrders, type ActionFilter, type ActionOrder } from '../rules/filter.ts';
import { isRag, isStatus } from '../rules/kinds.ts';
import { ragName, statusName } from '../rules/words.ts';
import { objectiveName } from './overview.view.ts';

const word = z.string().max(200);
const yes = z.enum(['yes', '']).optional();

/**
 * The address of a list of actions: it is the whole view, so that a filtered list can be kept
 * or sent as a link. What an old link names and no longer stands is left out.
 */
export const listQuery = z.strictObject({
  q: word.optional(),
  objective: manyOf(word),
  lead: manyOf(word),
  rag: manyOf(word),
  status: manyOf(word),
  source: manyOf(word),
  priority: manyOf(word),
  overdue: yes,
  revised: yes,
  stale: yes,
  'without-date': yes,
  'without-test': yes,
  'effect-not-shown': yes,
  regressed: yes,
  'off-table': z.enum(['hidden', 'shown', 'only', '']).optional(),
  withdrawn: yes,
  sort: word.optional(),
  page: word.optional(),
});
export type ListQuery = z.output<typeof listQuery>;

export interface ListView {
  filter: ActionFilter;
  order: ActionOrder;
  /** Counted from 1. */
  page: number;
}

/**
 * What the address asks for. `unsaid`: whether the complete actions that left the plan's own table
 * are there where it says nothing of them; pages hide them, files and programs get them.
 */
export function readListQuery(query: ListQuery, unsaid: 'hidden' | 'shown' = 'hidden'): ListView {
  return {
    filter: {
      text: (query.q ?? '').trim(),
      objectives: query.objective.flatMap((id) => parseId<'objective'>(id) ?? []),
      leads: query.lead.flatMap((id) => (id === 'none' ? 'none' : (parseId<'party'>(id) ?? []))),
      rags: query.rag.filter((one) => one === 'none' || isRag(one)),
      statuses: query.status.filter((one) => one === 'none' || isStatus(one)),
      sources: query.source.flatMap((id) => parseId<'source'>(id) ?? []),
      priorities: query.priority.filter(isPriorityOrNone),
      overdue: query.overdue === 'yes',
      revised: query.revised === 'yes',
      stale: query.stale === 'yes',
      withoutDate: query['without-date'] === 'yes',
      withoutTest: query['without-test'] === 'yes',
      effectNotShown: query['effect-not-shown'] === 'yes',
      regressed: query.regressed === 'yes',
      offTable:
        query['off-table'] === undefined || query['off-table'] === '' ? unsaid : query['off-table'],
      withdrawn: query.withdrawn === 'yes',
    },
    order: actionOrders.find((order) => order === query.sort) ?? 'plan',
    page: Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1),
  };
}

/** The address's words for a view; the first page and the plan's own order go without saying. */
export function writeListQuery(view: ListView): string {
  const { filter } = view;
  const query = new URLSearchParams();
  if (filter.text !== '') query.append('q', filter.text);
  for (const id of filter.objectives) query.append('objective', id);
  for (const id of filter.leads) query.append('lead', id);
  for (const rag of filter.rags) query.append('rag', rag);
  for (const status of filter.statuses) query.append('status', status);
  for (const id of filter.sources) query.append('source', id);
  for (const priority of filter.priorities) query.append('priority', priority);
  if (filter.overdue) query.append('overdue', 'yes');
  if (filter.revised) query.append('revised', 'yes');
  if (filter.stale) query.append('stale', 'yes');
  if (filter.withoutDate) query.append('without-date', 'yes');
  if (filter.withoutTest) query.append('without-test', 'yes');
  if (filter.effectNotShown) query.append('effect-not-shown', 'yes');
  if (filter.regressed) query.append('regressed', 'yes');
  if (filter.offTable !== 'hidden') query.append('off-table', filter.offTable);
  if (filter.withdrawn) query.append('withdrawn', 'yes');
  if (view.order !== 'plan') query.append('sort', view.order);
  if (view.page > 1) query.append('page', String(view.page));
  return query.toString();
}

/** One filter that is on: its words, and the filter without it. */
export interface FilterChip {
  words: string;
  without: ActionFilter;
}

/** The filters that are on, in words. */
export function filterChips(picture: PlanPicture, filter: ActionFilter): FilterChip[] {
  const chips: FilterChip[] = [];
  const add = (words: string, without: Partial<ActionFilter>) =>
    chips.push({ words, without: { ...filter, ...without } });
  const objective = (id: ObjectiveId) => {
    const found = picture.objectives.find((one) => one.id === id);
    return found === undefined ? 'another objective' : objectiveName(found);
  };
  if (filter.text !== '') add(`“${filter.text}”`, { text: '' });
  for (const id of filter.objectives) {
    add(objective(id), { objectives: filter.objectives.filter((one) => one !== id) });
  }
  for (const id of filter.leads) {
    const name = id === 'none' ? 'No lead' : `Led by ${leadName(picture, id)}`;
    add(name, { leads: filter.leads.filter((one) => one !== id) });
  }
  for (const rag of filter.rags) {
    const name = ragName(picture.plan.ragScheme, rag === 'none' ? null : rag);
    add(name, { rags: filter.rags.filter((one) => one !== rag) });
  }
  for (const status of filter.statuses) {
    const name = statusName(status === 'none' ? null : status);
    add(name, { statuses: filter.statuses.filter((one) => one !== status) });
  }
  for (const id of filter.sources) {
    add(`From ${sourceName(picture, id)}`, {
      sources: filter.sources.filter((one) => one !== id),
    });
  }
  for (const priority of filter.priorities) {
    add(priority === 'none' ? 'No priority' : `${priority} priority`, {
      priorities: filter.priorities.filter((one) => one !== priority),
    });
  }
  if (filter.overdue) add('Overdue', { overdue: false });
  if (filter.revised) add('Date revised', { revised: false });
  if (filter.stale) add('No update within the review cycle', { stale: false });
  if (filter.withoutDate) add('Without a date', { withoutDate: false });
  if (filter.withoutTest) add('Without an agreed test', { withoutTest: false });
  if (filter.effectNotShown) add('Complete, effect not yet shown', { effectNotShown: false });
  if (filter.regressed) add('Failed again', { regressed: false });
  if (filter.offTable === 'shown') add('With actions off the table', { offTable: 'hidden' });
  if (filter.offTable === 'only') add('Off the table', { offTable: 'hidden' });
  if (filter.withdrawn) add('With withdrawn actions', { withdrawn: false });
  return chips;
}

/** Every lead of the plan, by name. */
export function leadsOf(picture: PlanPicture): { id: PartyId; name: string }[] {
  const leads = new Map(picture.actions.flatMap((one) => one.leads.map((lead) => [lead.id, lead])));
  return [...leads.values()].sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
}

/** Every source that the plan names, by title. */
export function sourcesIn(picture: PlanPicture): { id: SourceId; title: string }[] {
  const all = [...picture.objectives, ...picture.actions].flatMap((one) => one.sources);
  const sources = new Map(all.map((source) => [source.id, source]));
  return [...sources.values()].sort((a, b) => a.title.localeCompare(b.title, 'en-GB'));
}

function leadName(picture: PlanPicture, id: PartyId): string {
  return leadsOf(picture).find((lead) => lead.id === id)?.name ?? 'somebody else';
}

function sourceName(picture: PlanPicture, id: SourceId): string {
  return sourcesIn(picture).find((source) => source.id === id)?.title ?? 'another source';
}

function isPriorityOrNone(text: string): text is 'high' | 'medium' | 'low' | 'none' {
  return ['high', 'medium', 'low', 'none'].includes(text);
}
