import { z } from 'zod';
import { manyOf } from '#platform/web/forms.ts';
import { sourceKinds, type SourceKind } from '../rules/kinds.ts';

const word = z.string().max(200);

/** The address of the list of sources: it is the whole view, so that it can be kept as a link. */
export const sourceQuery = z.strictObject({
  q: word.optional(),
  kind: manyOf(word),
  year: manyOf(word),
  page: word.optional(),
});

export interface SourceList {
  text: string;
  kinds: SourceKind[];
  years: string[];
  /** Counted from 1. */
  page: number;
}

/** What the address asks for; what an old link names and no longer stands is left out. */
export function readSourceQuery(query: z.output<typeof sourceQuery>): SourceList {
  return {
    text: (query.q ?? '').trim(),
    kinds: sourceKinds.filter((kind) => query.kind.includes(kind)),
    years: query.year.filter((year) => /^\d{4}$/.test(year)),
    page: pageIn(query.page),
  };
}

/** The page that an address asks for, counted from 1. */
export const pageIn = (text: string | undefined): number =>
  Math.max(1, Number.parseInt(text ?? '1', 10) || 1);

export function writeSourceQuery({ text, kinds, years, page }: SourceList): string {
  const query = new URLSearchParams();
  if (text !== '') query.append('q', text);
  for (const kind of kinds) query.append('kind', kind);
  for (const year of years) query.append('year', year);
  if (page > 1) query.append('page', String(page));
  return query.toString();
}
