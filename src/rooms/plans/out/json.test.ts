import { expect, it } from 'vitest';
import { z } from 'zod';
import { exampleInput } from './example-picture.test-help.ts';
import { exportPlan } from './index.ts';

const isoDay = z.iso.date().nullable();
const party = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['post', 'team', 'board', 'organisation']),
  name: z.string(),
});
const source = z.strictObject({
  title: z.string(),
  words: z.string().nullable(),
  page: z.string().nullable(),
});
const due = z.strictObject({
  asWritten: z.string(),
  from: isoDay,
  to: isoDay,
  precision: z.enum(['day', 'month', 'quarter', 'period', 'asap', 'ongoing', 'none']),
});
const counts = z.strictObject({
  actions: z.number(),
  byStatus: z.record(z.string(), z.number()),
  byRag: z.record(z.string(), z.number()),
  overdue: z.number(),
  revised: z.number(),
  withoutLead: z.number(),
  withoutDate: z.number(),
  withdrawn: z.number(),
});
const rag = z.enum(['red', 'amber', 'green', 'blue']);

/** The promise of docs/data-out.md: whoever adds or takes a name changes it there too. */
const promised = z.strictObject({
  format: z.literal('sightline-plan-1'),
  plan: z.strictObject({
    id: z.uuid(),
    slug: z.string(),
    title: z.string(),
    periodFrom: isoDay,
    periodTo: isoDay,
    owner: party.nullable(),
    boards: z.array(party),
    reviewCycleDays: z.number().nullable(),
    ragScheme: z.array(
      z.strictObject({
        colour: rag,
        name: z.string(),
        meaning: z.string(),
        standsFor: z.enum(['complete', 'on track', 'at risk', 'off track', 'not started']),
      }),
    ),
    state: z.enum(['active', 'archived', 'undone']),
  }),
  asAt: z.iso.date(),
  exported: z.strictObject({
    authority: z.string(),
    by: z.string(),
    at: z.iso.datetime(),
    selection: z.string().nullable(),
    classification: z.literal('Internal'),
  }),
  counts: z.strictObject({ plan: counts, shown: counts }),
  objectives: z.array(
    z.strictObject({
      id: z.uuid(),
      section: z.string().nullable(),
      ref: z.string().nullable(),
      title: z.string(),
      sources: z.array(source),
      withdrawn: z.boolean(),
    }),
  ),
  actions: z.array(
    z.strictObject({
      id: z.uuid(),
      objectiveId: z.uuid(),
      ref: z.string(),
      text: z.string(),
      leads: z.array(party),
      contributors: z.array(party),
      priority: z.enum(['high', 'medium', 'low']).nullable(),
      due,
      firstDue: due,
      dueDateCount: z.number(),
      revised: z.boolean(),
      slippageDays: z.number().nullable(),
      daysOverdue: z.number(),
      asked: z
        .strictObject({
          due,
          on: z.iso.date(),
          reason: z.string(),
          effectOnChildren: z.string(),
        })
        .nullable(),
      boardAnswer: z
        .strictObject({
          answer: z.enum(['approved', 'not approved']),
          board: z.string().nullable(),
          minute: z.string(),
          on: z.iso.date(),
        })
        .nullable(),
      claimedRag: rag.nullable(),
      status: z.enum(['not started', 'in progress', 'complete']).nullable(),
      successMeasure: z.string().nullable(),
      outcomeForChildren: z.string().nullable(),
      sources: z.array(source),
      lastUpdate: z
        .strictObject({ on: z.iso.date(), by: z.string().nullable(), whatChanged: z.string() })
        .nullable(),
      test: z
        .union([
          z.literal('to be agreed'),
          z.strictObject({
            measure: z.string(),
            sample: z.string().nullable(),
            threshold: z.string(),
            byWhen: z.iso.date().nullable(),
          }),
        ])
        .nullable(),
      closure: z.strictObject({
        reached: z.enum([
          'none',
          'done',
          'practice changed',
          'children better off',
          'accepted as untested',
        ]),
        since: z.iso.date().nullable(),
        waitsForSignOff: z.string().nullable(),
        regressions: z.array(z.strictObject({ on: z.iso.date(), heldDays: z.number().nullable() })),
      }),
      withdrawn: z.boolean(),
    }),
  ),
});

async function read(input = exampleInput()) {
  const { bytes } = await exportPlan('json', input);
  return promised.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
}

it('has exactly the names that are promised, and the plan’s own words', async () => {
  const document = await read();
  expect(document.asAt).toBe('2026-03-04');
  expect(document.exported.at).toBe('2026-07-05T08:05:00.000Z');
  expect(document.actions.map(({ ref }) => ref)).toEqual(['1', '2', '3', '4', '5']);
  expect(document.actions[1]?.text).toBe('=SUM(A1) is how this action begins, oddly');
  expect(document.counts.plan).toMatchObject({ actions: 4, overdue: 1, revised: 1, withdrawn: 1 });
  expect(document.objectives).toHaveLength(4);
});

it('holds the selection and counts it beside the whole', async () => {
  const input = exampleInput();
  const document = await read({
    ...input,
    actions: input.picture.actions.slice(0, 1),
    selection: 'Overdue',
  });
  expect(document.exported.selection).toBe('Overdue');
  expect([document.counts.shown.actions, document.counts.plan.actions]).toEqual([1, 4]);
  expect(document.objectives.map(({ ref }) => ref)).toEqual(['1.1']);
});
