import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { manyOf } from '#platform/web/forms.ts';
import { findingStates } from '../rules/finding-state.ts';
import type { FindingFilter } from '../rules/filter-findings.ts';
import { findingKinds } from '../rules/kinds.ts';
import { pageIn } from './source-query.ts';

const word = z.string().max(200);

/** The address of the list of findings: it is the whole view, so that it can be kept as a link. */
export const findingQuery = z.strictObject({
  q: word.optional(),
  kind: manyOf(word),
  state: manyOf(word),
  source: manyOf(word),
  theme: manyOf(word),
  area: manyOf(word),
  lead: manyOf(word),
  year: manyOf(word),
  page: word.optional(),
});
export type FindingQuery = z.output<typeof findingQuery>;

export interface FindingList {
  filter: FindingFilter;
  /** Counted from 1. */
  page: number;
}

/** What the address asks for; what an old link names and no longer stands is left out. */
export function readFindingQuery(query: FindingQuery): FindingList {
  return {
    filter: {
      text: (query.q ?? '').trim(),
      kinds: findingKinds.filter((one) => query.kind.includes(one)),
      states: findingStates.filter((one) => query.state.includes(one)),
      sources: query.source.flatMap((id) => parseId<'source'>(id) ?? []),
      themes: query.theme.flatMap((id) => (id === 'none' ? 'none' : (parseId<'theme'>(id) ?? []))),
      areas: query.area,
      leads: query.lead.flatMap((id) => (id === 'none' ? 'none' : (parseId<'party'>(id) ?? []))),
      years: query.year.filter((year) => /^\d{4}$/.test(year)),
    },
    page: pageIn(query.page),
  };
}

export function writeFindingQuery({ filter, page }: FindingList): string {
  const query = new URLSearchParams();
  if (filter.text !== '') query.append('q', filter.text);
  const lists: [string, readonly string[]][] = [
    ['kind', filter.kinds],
    ['state', filter.states],
    ['source', filter.sources],
    ['theme', filter.themes],
    ['area', filter.areas],
    ['lead', filter.leads],
    ['year', filter.years],
  ];
  for (const [name, values] of lists) for (const value of values) query.append(name, value);
  if (page > 1) query.append('page', String(page));
  return query.toString();
}
