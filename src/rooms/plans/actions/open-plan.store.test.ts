import { describe, expect, it } from 'vitest';
import { newId, type PartyId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { roles, type Actor, type Role } from '#people';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { makePerson } from '#test/people.ts';
import { day, makePlan } from '#test/plans.ts';
import { allowedOn } from '../web/load-plan.ts';
import { openAction, openPlan, readPlanFor } from './open-plan.ts';

const database = await testDatabase();
const { db } = database;
const today = day('2026-03-04');
const authority = await freshAuthority(database);
const manager = await makePerson(db, authority.id, {}, new Date('2026-03-04T09:00:00Z'));
const { planId, actionIds } = await makePlan(
  db,
  manager,
  today,
  [{ text: 'Visit on time', leads: ['Early Help Lead'] }, { text: 'Write to every school' }],
  { owner: 'Director of People', boards: ['Improvement Board'] },
);
const picture = await inAuthority(db, authority.id, (tx) =>
  readPlanFor(tx, manager, planId, today, today),
);
if (picture === null) throw new Error('The plan of the test is not there');

/** How somebody may stand to the plan of this test. */
const named = (name: string): PartyId => {
  const { owner, boards } = picture.plan;
  const parties = [owner, ...boards, ...picture.actions.flatMap((action) => action.leads)];
  const party = parties.find((one) => one?.name === name);
  if (party === undefined || party === null) throw new Error(`No party ${name}`);
  return party.id;
};
const standings = {
  none: {},
  lead: { partyIds: [named('Early Help Lead')] },
  owner: { partyIds: [named('Director of People')] },
  board: { partyIds: [named('Improvement Board')] },
  guest: { grantedIds: [planId] },
} satisfies Record<string, Partial<Actor>>;
type StandingName = keyof typeof standings;

const person = (role: Role, standing: StandingName, authorityId = authority.id): Actor => ({
  authorityId,
  userId: manager.userId,
  name: 'Somebody',
  roles: [role],
  partyIds: [],
  ...standings[standing],
});

/** Who may do what with a plan, from the column PLN of security 2.1, written by hand. */
const everybody: StandingName[] = ['none', 'lead', 'owner', 'board', 'guest'];
const assigned: StandingName[] = ['lead', 'owner'];
const nobody: StandingName[] = [];
const expected: Record<
  Role,
  { reads: StandingName[]; updates: StandingName[]; exports: StandingName[] }
> = {
  public: { reads: nobody, updates: nobody, exports: nobody },
  member: { reads: ['board'], updates: nobody, exports: nobody },
  clerk: { reads: everybody, updates: nobody, exports: everybody },
  director: { reads: everybody, updates: everybody, exports: everybody },
  'qa-manager': { reads: everybody, updates: everybody, exports: everybody },
  'service-manager': { reads: everybody, updates: assigned, exports: everybody },
  'team-manager': { reads: assigned, updates: assigned, exports: assigned },
  'action-lead': { reads: assigned, updates: assigned, exports: nobody },
  'report-author': { reads: everybody, updates: nobody, exports: everybody },
  'participation-officer': { reads: everybody, updates: assigned, exports: nobody },
  auditor: { reads: assigned, updates: nobody, exports: nobody },
  iro: { reads: everybody, updates: nobody, exports: nobody },
  'board-chair': { reads: ['board'], updates: nobody, exports: ['board'] },
  advocate: { reads: nobody, updates: nobody, exports: nobody },
  'peer-reviewer': { reads: ['guest'], updates: nobody, exports: nobody },
  analyst: { reads: everybody, updates: everybody, exports: everybody },
  administrator: { reads: nobody, updates: nobody, exports: nobody },
};

/** What comes of opening the plan, its first action and its second, for reading and for writing. */
const opened = (actor: Actor) =>
  inAuthority(db, actor.authorityId, async (tx) => {
    const [first, second] = actionIds;
    if (first === undefined || second === undefined) throw new Error('No actions');
    const seen = await readPlanFor(tx, actor, planId, today, today);
    return {
      reads: seen !== null,
      exports: seen !== null && allowedOn(actor, seen, true).export,
      plan: (await openPlan(tx, actor, planId, 'U', today)).kind,
      first: (await openAction(tx, actor, first, 'U', today)).kind,
      second: (await openAction(tx, actor, second, 'U', today)).kind,
    };
  });

describe('opening a plan', () => {
  it.each(roles)('as %s, by how they stand to it', async (role) => {
    const wanted = expected[role];
    for (const standing of everybody) {
      const reads = wanted.reads.includes(standing);
      const always = wanted.updates === everybody;
      const may = (yes: boolean) => (yes ? 'open' : reads ? 'forbidden' : 'not-found');
      const wholePlan = always || (standing === 'owner' && wanted.updates.includes('owner'));
      expect(await opened(person(role, standing)), `${role}, ${standing}`).toEqual({
        reads,
        exports: wanted.exports.includes(standing),
        plan: may(wholePlan),
        first: may(wanted.updates.includes(standing)),
        second: may(wholePlan),
      });
    }
  });

  it('is nothing to a person of another council, however they stand', async () => {
    const elsewhere = await freshAuthority(database);
    for (const role of roles) {
      for (const standing of everybody) {
        expect(await opened(person(role, standing, elsewhere.id)), `${role}, ${standing}`).toEqual({
          reads: false,
          exports: false,
          plan: 'not-found',
          first: 'not-found',
          second: 'not-found',
        });
      }
    }
  });

  it('takes a grant for its own plan alone', async () => {
    const other = { ...person('peer-reviewer', 'none'), grantedIds: [newId<'plan'>()] };
    expect((await opened(other)).reads).toBe(false);
  });
});
