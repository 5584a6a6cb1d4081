import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { freshAuthority, testDatabase } from '../../../../test/database.ts';
import { makePerson } from '../../../../test/people.ts';
import { day, dueOn, grantDate, makePlan } from '../../../../test/plans.ts';
import { giveUpdate } from '../actions/give-update.ts';
import { findPlanId, readHeads, readPicture } from './read-picture.ts';

const database = await testDatabase();
const { db } = database;
const opened = day('2026-01-05');

async function scene() {
  const authority = await freshAuthority(database);
  const now = new Date('2026-01-05T09:00:00Z');
  const manager = await makePerson(db, authority.id, { roles: ['qa-manager'] }, now);
  const owner = await makePerson(
    db,
    authority.id,
    { roles: ['director'], holds: [{ kind: 'post', name: 'Director' }] },
    now,
  );
  const plan = await makePlan(
    db,
    manager,
    opened,
    [{ text: 'Visit every child on time', leads: ['Early Help Lead'], due: dueOn('2026-03-01') }],
    { owner: 'Director' },
  );
  const [actionId] = plan.actionIds;
  if (actionId === undefined) throw new Error('No action');
  return { authority, manager, owner, plan, actionId };
}

/** One thing that somebody writes, so many days after the plan began. */
type Deed =
  | { kind: 'update'; after: number; choice: 'red' | 'amber' | 'green' | 'blue' }
  | { kind: 'due'; after: number; to: number };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    kind: fc.constant('update' as const),
    after: fc.integer({ min: 0, max: 20 }),
    choice: fc.constantFrom('red' as const, 'amber' as const, 'green' as const, 'blue' as const),
  }),
  fc.record({
    kind: fc.constant('due' as const),
    after: fc.integer({ min: 0, max: 20 }),
    to: fc.integer({ min: 0, max: 5 }),
  }),
);

const claim = (choice: 'red' | 'blue', after: number): Deed => ({ kind: 'update', after, choice });

describe('a plan as at a day', () => {
  it('is what had been written with effect by that day, in whatever order it was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 6 }), async (deeds) => {
        const { authority, manager, owner, plan, actionId } = await scene();
        const claims: { on: IsoDate; choice: string }[] = [];
        const dues: { on: IsoDate; to: IsoDate }[] = [{ on: opened, to: day('2026-03-01') }];
        for (const one of deeds) {
          const on = addDays(opened, one.after);
          const now = await readInAuthority(db, authority.id, (tx) =>
            readPicture(tx, authority.id, plan.planId, addDays(opened, 40)),
          );
          const action = now?.actions[0];
          if (action === undefined) throw new Error('The action is gone');
          if (one.kind === 'update') {
            // The version that is seen is the latest of any day: a later one may stand already.
            const outcome = await giveUpdate(db, manager, on, {
              actionId,
              choice: one.choice,
              whatChanged: one.choice,
              evidence: [],
              seenVersion: action.updateVersion,
              submissionId: newId<'submission'>(),
              corrects: null,
              // Counts where the action was complete by then.
              failedAgain: 'It failed again',
            });
            expect(outcome.kind).toBe('done');
            claims.push({ on, choice: one.choice });
          } else {
            const to = addDays(day('2026-03-01'), one.to);
            const people = [manager, owner] as const;
            const { dueVersion } = action;
            const moved = await grantDate(db, people, on, actionId, dueVersion, dueOn(to));
            if (moved === 'done') dues.push({ on, to });
          }
        }
        for (const offset of [-1, 0, 3, 10, 20, 30]) {
          const asAt = addDays(opened, offset);
          const picture = await readInAuthority(db, authority.id, (tx) =>
            readPicture(tx, authority.id, plan.planId, asAt),
          );
          if (offset < 0) {
            expect(picture).toBeNull();
            continue;
          }
          expect(picture?.actions[0]?.claimedRag ?? null).toBe(
            latest(claims, asAt)?.choice ?? null,
          );
          expect(picture?.actions[0]?.due.to).toBe(latest(dues, asAt)?.to);
          expect(picture?.actions[0]?.firstDue.to).toBe('2026-03-01');
        }
      }),
      {
        numRuns: 6,
        // Complete, and not any more: on the day itself, later, and written later for an earlier day.
        examples: [
          [
            [
              claim('blue', 9),
              claim('red', 9),
              claim('blue', 4),
              claim('red', 12),
              claim('red', 6),
            ],
          ],
        ],
      },
    );
  });

  it('is hidden from another authority, whose rows the database itself does not show', async () => {
    const { plan } = await scene();
    const elsewhere = await freshAuthority(database, 'Northmere Council');
    const seen = await readInAuthority(db, elsewhere.id, async (tx) => ({
      byId: await findPlanId(tx, elsewhere.id, plan.planId),
      bySlug: await findPlanId(tx, elsewhere.id, plan.slug),
      picture: await readPicture(tx, elsewhere.id, plan.planId, day('2026-03-04')),
      heads: await readHeads(tx, elsewhere.id, day('2026-03-04'), new Map()),
      rows: await tx.selectFrom('action').selectAll().execute(),
    }));
    expect(seen).toEqual({ byId: null, bySlug: null, picture: null, heads: [], rows: [] });
  });
});

/** The last written of those that hold latest: the simplest reading of the rule. */
function latest<Fact extends { on: IsoDate }>(
  facts: readonly Fact[],
  asAt: IsoDate,
): Fact | undefined {
  return facts
    .filter((fact) => fact.on <= asAt)
    .reduce<Fact | undefined>(
      (best, fact) => (best === undefined || fact.on >= best.on ? fact : best),
      undefined,
    );
}
