import type { FastifyRequest } from 'fastify';
import { pageLimit } from './query.ts';

/** One thing of a list. */
export interface Keyed<Item> {
  /** Never changes and is nobody else's: the list is in its order. */
  key: string;
  /** Tells it; asked of the things on the page alone. */
  tell: () => Item;
}

/**
 * A page of a list, in the order of its keys and not of the plan: whoever goes from page to page
 * while others write meets everything that stood at the beginning exactly once.
 */
export function pageFrom<Item>(
  request: FastifyRequest,
  { limit = pageLimit.usual, after }: { limit?: number | undefined; after?: string | undefined },
  all: readonly Keyed<Item>[],
) {
  const inOrder = all.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const rest = after === undefined ? inOrder : inOrder.filter(({ key }) => key > after);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return {
    asAt: request.asAt as string,
    total: all.length,
    limit,
    next: last === undefined || rest.length <= limit ? null : nextPage(request, last.key),
    items: shown.map(({ tell }) => tell()),
  };
}

/** The same address after that key, of the same day, whatever day it is by then. */
function nextPage({ url, asAt }: FastifyRequest, after: string): string {
  const [path = '', query] = url.split('?', 2);
  const next = new URLSearchParams(query);
  next.set('as-at', asAt);
  next.set('after', after);
  return `${path}?${next.toString()}`;
}
