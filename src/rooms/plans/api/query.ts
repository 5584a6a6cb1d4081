import { z } from 'zod';
import { rags, statuses } from '../rules/kinds.ts';
import type { ActionFilter } from '../rules/filter.ts';
import { readListQuery } from '../web/list-query.ts';

/** Every question that the API takes. What is not named here is refused with 400. */
const written = (description: string) =>
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .meta({ description, format: 'date', example: '2026-03-04' });

/** The platform has read it by the time that a route is asked: it stands here to be described. */
const asAt = {
  'as-at': written('The position at the end of this day; today unless given').optional(),
};

/** The longest page, and the usual one. */
export const pageLimit = { most: 200, usual: 100 } as const;

const paging = {
  limit: z
    .preprocess(
      (value) => (typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value),
      z.int().min(1).max(pageLimit.most).optional(),
    )
    .meta({ description: 'How many a page holds', default: pageLimit.usual }),
  after: z
    .string()
    .regex(/^[0-9a-f-]{36}(\.\d{6})?$/)
    .optional()
    .meta({ description: 'Where the page before ended: `next` holds it' }),
};

/** Several values come as the parameter repeated. */
function several<S extends z.ZodType<string, string>>(one: S, description: string) {
  return z
    .preprocess(
      (value) => (value === undefined ? undefined : [value].flat()),
      z.array(one).max(50).optional(),
    )
    .meta({ description: `${description}; may be repeated` });
}
const yes = (description: string) => z.literal('yes').optional().meta({ description });
const idOf = z.uuid();

const filters = {
  q: z.string().max(200).optional().meta({ description: 'Words that stand somewhere in it' }),
  objective: several(idOf, 'The id of an objective'),
  lead: several(z.union([idOf, z.literal('none')]), 'The id of a lead, or `none`'),
  rag: several(z.enum([...rags, 'none']), 'The colour claimed'),
  status: several(z.enum([...statuses, 'none']), 'The status'),
  source: several(idOf, 'The id of a source'),
  priority: several(z.enum(['high', 'medium', 'low', 'none']), 'The priority'),
  overdue: yes('Only what is overdue'),
  revised: yes('Only what had its date changed'),
  stale: yes('Only what had no update within the review cycle'),
  'without-date': yes('Only what has no date'),
  'without-test': yes('Only what has no agreed test'),
  'effect-not-shown': yes('Only what is complete, and its effect not yet shown'),
  regressed: yes('Only what failed again'),
  withdrawn: yes('Withdrawn actions too'),
};

export const onADay = z.strictObject(asAt);
export const listQuery = z.strictObject({ ...asAt, ...paging });
export const actionsQuery = z.strictObject({ ...asAt, ...paging, ...filters });
export const factsQuery = z.strictObject({
  ...asAt,
  ...paging,
  action: several(idOf, 'The id of an action'),
});
export const movementQuery = z.strictObject({
  ...asAt,
  from: written('After the end of this day'),
  to: written('Up to the end of this day; that of as-at unless given').optional(),
});

/** The filter that is asked for, in the words of the list page and read as there. */
export function filterOf(query: z.output<typeof actionsQuery>): ActionFilter {
  const { objective = [], lead = [], rag = [], status = [], source = [], priority = [] } = query;
  const lists = { objective, lead, rag, status, source, priority };
  return readListQuery({ ...query, ...lists }, 'shown').filter;
}
