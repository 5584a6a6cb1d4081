import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#kernel/dates.ts';
import type { DueRequestId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { makePerson } from '#test/people.ts';
import { day, dueOn, makePlan } from '#test/plans.ts';
import { readHistory } from '../store/read-history.ts';
import { readPicture } from '../store/read-picture.ts';
import { askForDate, takeDateBack } from './ask-for-date.ts';
import { decideDate } from './decide-date.ts';

/** The ledger under any order of asking, granting, refusing and taking back. */
const database = await testDatabase();
const { db } = database;
const authority = await freshAuthority(database);
const now = new Date('2026-01-05T09:00:00Z');
const opened = day('2026-01-05');
const first = day('2026-03-01');
const manager = await makePerson(db, authority.id, { roles: ['qa-manager'] }, now);
const owner = await makePerson(
  db,
  authority.id,
  { roles: ['director'], holds: [{ kind: 'post', name: 'Director' }] },
  now,
);

type Deed =
  | { kind: 'ask'; by: 'manager' | 'owner'; to: number }
  | { kind: 'granted' | 'refused'; by: 'manager' | 'owner' }
  | { kind: 'take back'; by: 'manager' | 'owner' };
const by = fc.constantFrom('manager' as const, 'owner' as const);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('ask' as const), by, to: fc.integer({ min: -3, max: 90 }) }),
  fc.record({ kind: fc.constantFrom('granted' as const, 'refused' as const), by }),
  fc.record({ kind: fc.constant('take back' as const), by }),
);

describe('the ledger of due dates', () => {
  it('never changes its first date, and moves by what somebody else granted alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: 9 }), async (deeds) => {
        const plan = await makePlan(
          db,
          manager,
          opened,
          [{ text: 'Visit every child on time', due: dueOn(first) }],
          { owner: 'Director' },
        );
        const [actionId] = plan.actionIds;
        if (actionId === undefined) throw new Error('No action');
        const people = { manager, owner };
        let current = first;
        let open: { id: DueRequestId; by: Deed['by']; to: string } | null = null;
        for (const [index, one] of deeds.entries()) {
          const on = addDays(opened, index);
          const actor = people[one.by];
          const read = () =>
            readInAuthority(db, authority.id, async (tx) => ({
              picture: await readPicture(tx, authority.id, plan.planId, on),
              facts: await readHistory(tx, authority.id, { actionId }, on),
            }));
          const before = (await read()).picture?.actions[0];
          if (one.kind === 'ask') {
            const to = addDays(first, one.to);
            const given = { due: dueOn(to), reason: `By ${to}`, effectOnChildren: 'None' };
            const seen = before?.dueVersion ?? 0;
            const outcome = await askForDate(db, actor, on, actionId, seen, given);
            const hoped =
              open === null
                ? to === current
                  ? 'refused'
                  : 'done'
                : open.by === one.by && open.to === to
                  ? 'done'
                  : 'waiting';
            expect(outcome.kind).toBe(hoped);
            if (outcome.kind === 'done' && open === null) {
              const asked = (await read()).picture?.actions[0]?.asked;
              if (asked == null) throw new Error('Nothing was asked for');
              open = { id: asked.id, by: one.by, to };
            }
          } else if (open !== null) {
            const outcome =
              one.kind === 'take back'
                ? await takeDateBack(db, actor, on, open.id)
                : await decideDate(db, actor, on, open.id, { outcome: one.kind, reason: 'So' });
            // The owner alone decides, and nobody here stands above: what they asked for waits.
            const may =
              one.kind === 'take back'
                ? open.by === one.by
                : one.by === 'owner' && open.by === 'manager';
            expect(outcome.kind === 'done').toBe(may);
            if (may) {
              if (one.kind === 'granted') current = day(open.to);
              open = null;
            }
          }
          const { picture, facts } = await read();
          const action = picture?.actions[0];
          expect(action?.firstDue.to).toBe(first);
          expect(action?.due.to).toBe(current);
          expect(action?.asked?.due.to ?? null).toBe(open?.to ?? null);
          const granted = facts.requests.filter((asked) => asked.decision?.outcome === 'granted');
          expect(facts.dues).toHaveLength(1 + granted.length);
          expect(granted.every((asked) => asked.decision?.by !== asked.by)).toBe(true);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('is read as at a day before and after the decision, and as it was known then', async () => {
    const plan = await makePlan(
      db,
      manager,
      opened,
      [{ text: 'Visit every child on time', due: dueOn(first) }],
      { owner: 'Director' },
    );
    const [actionId] = plan.actionIds;
    if (actionId === undefined) throw new Error('No action');
    const asOf = (on: string, knownAt?: Date) =>
      readInAuthority(db, authority.id, async (tx) => {
        const picture = await readPicture(tx, authority.id, plan.planId, day(on), knownAt);
        const facts = await readHistory(tx, authority.id, { actionId }, day(on), knownAt);
        const action = picture?.actions[0];
        const decided = facts.requests.map((one) => one.decision?.outcome ?? null);
        return [action?.due.to, action?.asked?.due.to ?? null, decided];
      });
    const given = { due: dueOn('2026-09-30'), reason: 'Later', effectOnChildren: 'None' };
    await askForDate(db, manager, day('2026-02-02'), actionId, 1, given);
    const request = await readInAuthority(db, authority.id, (tx) =>
      tx
        .selectFrom('due_date_request')
        .select(['id', 'recorded_at'])
        .where('action_id', '=', actionId)
        .executeTakeFirstOrThrow(),
    );
    const grant = { outcome: 'granted', reason: null } as const;
    const decided = await decideDate(db, owner, day('2026-02-10'), request.id, grant);
    expect(decided.kind).toBe('done');
    expect(await asOf('2026-02-01')).toEqual([first, null, []]);
    expect(await asOf('2026-02-02')).toEqual([first, '2026-09-30', [null]]);
    expect(await asOf('2026-02-09')).toEqual([first, '2026-09-30', [null]]);
    expect(await asOf('2026-02-10')).toEqual(['2026-09-30', null, ['granted']]);
    // As it was known when it had been asked for, and before.
    // An instant of the database is finer than one of the program.
    const [before, after] = [-1, 1].map((ms) => new Date(request.recorded_at.getTime() + ms));
    expect(await asOf('2026-02-10', after)).toEqual([first, '2026-09-30', [null]]);
    expect(await asOf('2026-02-10', before)).toEqual([first, null, []]);
  });
});
