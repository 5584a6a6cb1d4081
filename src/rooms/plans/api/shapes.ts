import { z } from 'zod';
import { rags, statuses } from '../rules/kinds.ts';

/**
 * What the API answers, field by field: the answers are held against these, and the OpenAPI
 * document is made from them. A name is a promise: it changes with the `v1` of the address alone.
 */
const day = (description: string) =>
  z.string().meta({ description, format: 'date', example: '2026-03-04' });
const id = (description: string) =>
  z.string().meta({ description, format: 'uuid', example: '019512f2-6c00-7abc-8def-0123456789ab' });
// The bounds of a safe number are no bounds of these.
const count = (description: string) => z.int().min(0).meta({ description, maximum: undefined });
const days = (description: string) =>
  z.int().meta({ description, minimum: undefined, maximum: undefined });
const words = (description: string) => z.string().meta({ description });

const rag = z.enum(rags);
const standing = z.enum(['off track', 'at risk', 'not started', 'on track', 'complete']);
const precision = z.enum(['day', 'month', 'quarter', 'period', 'asap', 'ongoing', 'none']);

const party = z
  .object({
    id: id('Stable'),
    kind: z.enum(['post', 'team', 'board', 'organisation']),
    name: words('As the plan has it on the day'),
  })
  .meta({ id: 'Party', description: 'A post, team, board or outside organisation' });

const source = z
  .object({
    title: words('Such as an inspection'),
    words: words('The source’s own words').nullable(),
    page: words('Where in it').nullable(),
  })
  .meta({ id: 'Source', description: 'What an objective or an action comes from' });

const due = z
  .object({
    asWritten: words('The words of the plan'),
    from: day('The first day that the words mean').nullable(),
    to: day('The last day that they mean; null where they name none').nullable(),
    precision,
  })
  .meta({ id: 'Due', description: 'A due date' });

const figures = z
  .object({
    actions: count('Not withdrawn'),
    byStatus: z.object({
      complete: count('Complete'),
      'in progress': count('In progress'),
      'not started': count('Not started'),
      none: count('None given'),
    }),
    byRag: z.object({
      red: count('Red'),
      amber: count('Amber'),
      green: count('Green'),
      blue: count('Blue'),
      none: count('None given'),
    }),
    overdue: count('Past their due date and not complete'),
    revised: count('Whose due date was changed'),
    withoutLead: count('Nobody leads them'),
    withoutDate: count('No day by which they are due'),
    withdrawn: count('Counted here and nowhere else'),
  })
  .meta({ id: 'Figures', description: 'Counts of actions' });

export const planShape = z
  .object({
    id: id('Stable; use it in addresses'),
    slug: words('The words in the address of its page; they can change'),
    title: words('Its title'),
    state: z.enum(['active', 'archived']),
    periodFrom: day('First day of its period').nullable(),
    periodTo: day('Last day of its period').nullable(),
    owner: party.nullable(),
    boards: z.array(party),
    reviewCycleDays: count('How often each action is to be reviewed, in days').nullable(),
    ragScheme: z
      .array(
        z.object({
          colour: rag,
          name: words('What the plan calls it'),
          meaning: words('What it means in this plan'),
          standsFor: standing,
        }),
      )
      .meta({ description: 'What the colours mean in this plan' }),
    figures,
  })
  .meta({ id: 'Plan' });

export const objectiveShape = z
  .object({
    id: id('Stable'),
    planId: id('Its plan'),
    place: count('Its place in the plan, from 1'),
    section: words('The section of the plan').nullable(),
    ref: words('As text: 1.10 is not 1.1').nullable(),
    title: words('Its title'),
    sources: z.array(source),
    withdrawn: z.boolean(),
    figures,
  })
  .meta({ id: 'Objective' });

export const actionShape = z
  .object({
    id: id('Stable'),
    planId: id('Its plan'),
    objectiveId: id('Its objective'),
    place: count('Its place in the plan, from 1'),
    ref: words('As text: 1.10 is not 1.1'),
    text: words('What is to be done'),
    leads: z.array(party),
    contributors: z.array(party),
    priority: z.enum(['high', 'medium', 'low']).nullable(),
    due,
    firstDue: due.meta({ description: 'The first due date, which never changes' }),
    dueDateCount: count('How many different due dates it has had, the first included'),
    revised: z.boolean().meta({ description: 'Whether its due date was changed' }),
    slippageDays: days('From the first due date to the current one').nullable(),
    daysOverdue: count('Days past the due date while not complete; else 0'),
    claimedRag: rag.nullable().meta({ description: 'The colour that the lead gives' }),
    claimedStanding: standing.nullable().meta({ description: 'What the claim stands for' }),
    status: z.enum(statuses).nullable(),
    derived: z
      .object({
        standing,
        colour: rag,
        reasons: z.array(z.string()).meta({ description: 'In words, those that decided first' }),
      })
      .nullable()
      .meta({ description: 'What the facts bear out, beside the claim; null where withdrawn' }),
    claim: z.enum(['agrees', 'more hopeful', 'more cautious']).nullable().meta({
      description: 'The claim against what is derived; null where one of them is missing',
    }),
    evidenceCount: count('Pieces of evidence that it rests on'),
    closure: z
      .enum(['none', 'done', 'practice changed', 'children better off', 'accepted as untested'])
      .meta({ description: 'How far it has come, so far as that was signed off' }),
    closureSince: day('From which day that holds').nullable(),
    onTable: z
      .boolean()
      .meta({ description: 'Whether the plan’s own table, as members see it, still holds it' }),
    successMeasure: words('How we will know').nullable(),
    outcomeForChildren: words('What is to change for children').nullable(),
    sources: z.array(source),
    lastUpdate: z
      .object({
        on: day('The day on which it holds'),
        by: words('Who gave it').nullable(),
        whatChanged: words('In words'),
      })
      .nullable(),
    withdrawn: z.boolean().meta({ description: 'No longer to be done; in no count' }),
  })
  .meta({ id: 'Action' });

export const updateShape = z
  .object({
    id: id('Stable'),
    actionId: id('Its action'),
    on: day('The day on which it holds'),
    recordedAt: z.string().meta({ description: 'When it was written', format: 'date-time' }),
    by: words('Who gave it').nullable(),
    claimedRag: rag.nullable(),
    status: z.enum(statuses).nullable(),
    whatChanged: words('In words'),
    correctsId: id('The update that it puts right').nullable(),
    evidence: z.array(
      z.object({
        id: id('Stable'),
        kind: z.enum(['link', 'note', 'file']),
        title: words('What it shows'),
        url: words('Of a link').nullable(),
      }),
    ),
  })
  .meta({ id: 'Update' });

export const dateShape = z
  .object({
    actionId: id('Its action'),
    version: count('Stable together with the action'),
    nth: count('Which different date it is; the first is 1'),
    due,
    daysFromFirst: days('Days later than the first date; below 0 where earlier').nullable(),
    on: day('The day from which it holds'),
    recordedAt: z.string().meta({ description: 'When it was written', format: 'date-time' }),
    by: words('Who wrote it').nullable(),
    reason: words('Why the date was changed').nullable(),
    effectOnChildren: words('What that means for children').nullable(),
    declaredRevised: z.boolean().meta({ description: 'The imported paper called it revised' }),
  })
  .meta({ id: 'DateEntry', description: 'One entry of the ledger of due dates' });

const table = z.object({
  total: count('All that the plan ever took on and did not withdraw'),
  complete: count('Complete'),
  shown: count('Shown on the table'),
  shownComplete: count('Shown, and complete'),
  outstanding: count('Shown, and not complete'),
});
const actionIds = z.array(id('An action'));

export const movementShape = z
  .object({
    planId: id('The plan'),
    from: day('After the end of this day'),
    to: day('Up to the end of this day'),
    figures: z
      .object({
        opening: count('Open at the end of the first day: not complete, not withdrawn'),
        added: count('Added'),
        reopened: count('Begun again: no longer complete, or no longer withdrawn'),
        completed: count('Completed'),
        withdrawn: count('Withdrawn'),
        closing: count('opening + added + reopened - completed - withdrawn'),
        revised: count('Whose due date was changed'),
        newlyOverdue: count('Overdue at the end and not at the beginning'),
        better: count('Open at both ends, the later claim better'),
        worse: count('Open at both ends, the later claim worse'),
      })
      .meta({ description: 'They always add up' }),
    actions: z
      .object({
        added: actionIds,
        reopened: actionIds,
        completed: actionIds,
        withdrawn: actionIds,
        revised: actionIds,
        newlyOverdue: actionIds,
        better: actionIds,
        worse: actionIds,
      })
      .meta({ description: 'Which; an action stands once for every time that it happened' }),
    table: z
      .object({ then: table, now: table, left: actionIds })
      .meta({ description: 'The plan’s own table, as members see it, at both ends' }),
  })
  .meta({ id: 'Movement' });

export const columnShape = z
  .object({
    name: words('The header of the column'),
    type: z.enum(['text', 'date', 'number', 'true or false']),
    meaning: words('What it holds'),
  })
  .meta({ id: 'Column', description: 'A column of actions.csv' });

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  const shape = z.object({
    asAt: day('The day of the position'),
    total: count('How many there are on all pages'),
    limit: count('How many a page holds'),
    next: words('The address of the next page; null on the last').nullable(),
    items: z.array(item),
  });
  return shape.meta({ description: 'A page of the list' });
}

/** One thing on a day. */
export function oneOf<Item extends z.ZodType>(item: Item) {
  const shape = z.object({ asAt: day('The day of the position'), item });
  return shape.meta({ description: 'As it stood' });
}

export const problemShape = z
  .object({
    type: z.literal('about:blank'),
    title: words('What happened'),
    status: z.int(),
    detail: words('What to do'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemShape } },
});

/** The answers that every route can give beside its own. */
export const problems = {
  400: problem('A parameter is not known, or not as described'),
  401: problem('No token, or one that opens nothing'),
  403: problem('The token has not this scope, or the plan may be read and not exported'),
  404: problem('Not there, or not for the token’s person'),
  429: problem('Too many requests: wait as Retry-After says'),
};
