import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { londonDay, parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { newId, type AuthorityId, type PartyId, type UserId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { makePerson } from '#test/people.ts';
import { addParty, endHolding, holdPost, setTeamAnswer } from '../actions/hold-post.ts';
import { endRole, grantRole } from '../actions/grant-role.ts';
import type { Actor } from '../rules/policy.ts';
import type { FactRef } from './audit-log.ts';
import { useCodeStep } from './credentials.ts';
import { answeringPosts } from './holdings.ts';
import { findOrAddParty, listParties, partiesByIds, partiesOf, partyNameKey } from './parties.ts';
import { roleGrants, rolesOf } from './roles.ts';
import type { PartyKind } from './tables.ts';
import { userByEmail, userNames } from './users.ts';

const { db, keeper } = await testDatabase();
let mine: AuthorityId;
let theirs: AuthorityId;

beforeEach(async () => {
  mine = (await freshAuthority({ keeper })).id;
  theirs = (await freshAuthority({ keeper }, 'Fenmoor Council')).id;
});

const day = (text: string): IsoDate => {
  const date = parseIsoDate(text);
  if (date === null) throw new Error(`${text} is no day`);
  return date;
};
const write = <T>(work: (tx: Tx) => Promise<T>) => inAuthority(db, mine, work);
const server = () => ({ authorityId: mine, userId: null });
const party = (kind: PartyKind, name: string): Promise<PartyId> =>
  write(async (tx) => {
    const added = await addParty(tx, server(), { kind, name });
    if (added.kind === 'refused') throw new Error('refused');
    return added.partyId;
  });
const hold = (userId: UserId, partyId: PartyId, startsOn: IsoDate) =>
  write((tx) => holdPost(tx, server(), { partyId, userId, startsOn }));
const heldOn = (userId: UserId, on: IsoDate) =>
  readInAuthority(db, mine, (tx) => partiesOf(tx, mine, userId, on));

describe('the posts, boards and teams that a user acts for on a day', () => {
  it('begin on the first day and end before the last', async () => {
    const { userId } = await makePerson(db, mine);
    const post = await party('post', 'Head of Early Help');
    const held = await hold(userId, post, day('2025-09-01'));
    if (held.kind !== 'held') throw new Error(held.kind);
    await write((tx) => endHolding(tx, server(), held.holdingId, day('2026-01-01')));
    expect(await heldOn(userId, day('2025-08-31'))).toEqual([]);
    expect(await heldOn(userId, day('2025-09-01'))).toEqual([post]);
    expect(await heldOn(userId, day('2025-12-31'))).toEqual([post]);
    expect(await heldOn(userId, day('2026-01-01'))).toEqual([]);
  });

  it('take in the teams that a held post answers for, as at that day', async () => {
    const { userId } = await makePerson(db, mine);
    const post = await party('post', 'Head of Early Help');
    const otherPost = await party('post', 'Head of Care');
    const team = await party('team', 'Early Help');
    await hold(userId, post, day('2025-01-01'));
    const answers = (postId: PartyId, effectiveOn: IsoDate) =>
      write((tx) => setTeamAnswer(tx, server(), { teamId: team, postId, effectiveOn }));
    await answers(post, day('2025-06-01'));
    await answers(otherPost, day('2025-12-01'));
    expect(await heldOn(userId, day('2025-05-31'))).toEqual([post]);
    expect(new Set(await heldOn(userId, day('2025-06-01')))).toEqual(new Set([post, team]));
    expect(await heldOn(userId, day('2025-12-01'))).toEqual([post]);
    const then = await readInAuthority(db, mine, (tx) =>
      answeringPosts(tx, mine, day('2025-11-30')),
    );
    expect(then).toEqual(new Map([[team, post]]));
  });

  it('follow the last word about a day when the same day was said twice', async () => {
    const { userId } = await makePerson(db, mine);
    const [post, wrongPost] = [await party('post', 'Right'), await party('post', 'Wrong')];
    const team = await party('team', 'Early Help');
    await hold(userId, post, day('2025-01-01'));
    for (const postId of [wrongPost, post]) {
      const answer = { teamId: team, postId, effectiveOn: day('2025-06-01') };
      await write((tx) => setTeamAnswer(tx, server(), answer));
    }
    expect(await heldOn(userId, day('2025-06-01'))).toContain(team);
  });

  it('may be shared, and are no one else’s', async () => {
    const one = await makePerson(db, mine);
    const other = await makePerson(db, mine);
    const nobody = await makePerson(db, mine);
    const post = await party('post', 'Head of Care');
    await hold(one.userId, post, day('2025-01-01'));
    await hold(other.userId, post, day('2025-01-01'));
    expect(await heldOn(one.userId, day('2026-01-01'))).toEqual([post]);
    expect(await heldOn(other.userId, day('2026-01-01'))).toEqual([post]);
    expect(await heldOn(nobody.userId, day('2026-01-01'))).toEqual([]);
  });

  it('are hidden from another authority, and cannot be given to its users', async () => {
    const { userId } = await makePerson(db, mine, { holds: [{ kind: 'post', name: 'Head' }] });
    const stranger = await makePerson(db, theirs);
    const today = day('2100-01-01');
    expect(await heldOn(userId, today)).toHaveLength(1);
    expect(await readInAuthority(db, theirs, (tx) => partiesOf(tx, mine, userId, today))).toEqual(
      [],
    );
    const post = await party('post', 'Another post');
    expect(await hold(stranger.userId, post, today)).toEqual({ kind: 'unknown' });
    const reached = await inAuthority(db, theirs, (tx) =>
      holdPost(
        tx,
        { authorityId: theirs, userId: null },
        { partyId: post, userId: stranger.userId, startsOn: today },
      ),
    );
    expect(reached).toEqual({ kind: 'unknown' });
  });
});

/** Returns once a transaction of this database waits for a lock that another holds. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ waiting: number }>`
      select count(*) as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    if ((rows[0]?.waiting ?? 0) > 0) return;
  }
}

describe('roles', () => {
  it('are held from their first day to the day before their end, and can be held again', async () => {
    const { userId } = await makePerson(db, mine, { roles: [] });
    const grant = (startsOn: IsoDate) =>
      write((tx) => grantRole(tx, server(), { userId, role: 'director', startsOn }));
    const held = (on: IsoDate) => readInAuthority(db, mine, (tx) => rolesOf(tx, mine, userId, on));
    const first = await grant(day('2025-01-01'));
    if (first.kind !== 'granted') throw new Error(first.kind);
    expect(await grant(day('2025-02-01'))).toEqual({ kind: 'has-it-already' });
    await write((tx) => endRole(tx, server(), first.grantId, day('2025-06-01')));
    expect(await held(day('2024-12-31'))).toEqual([]);
    expect(await held(day('2025-05-31'))).toEqual(['director']);
    expect(await held(day('2025-06-01'))).toEqual([]);
    expect((await grant(day('2025-09-01'))).kind).toBe('granted');
    expect(await held(day('2025-09-01'))).toEqual(['director']);
  });

  it('leave one administrator even when two take each other’s role at the same moment', async () => {
    const ada = await makePerson(db, mine, { roles: ['administrator'] });
    const ben = await makePerson(db, mine, { roles: ['administrator'] });
    const grants = await readInAuthority(db, mine, (tx) => roleGrants(tx, mine));
    const today = londonDay(new Date());
    const take = (tx: Tx, doer: Actor, from: Actor) => {
      const grant = grants.find(({ userId }) => userId === from.userId);
      if (grant === undefined) throw new Error('No grant');
      return endRole(tx, doer, grant.id, today);
    };
    const { promise: opened, resolve: open } = Promise.withResolvers<undefined>();
    const { promise: decided, resolve: tell } = Promise.withResolvers<undefined>();
    const first = write(async (tx) => {
      const outcome = await take(tx, ada, ben);
      tell(undefined);
      await opened;
      return outcome;
    });
    await decided;
    const second = write((tx) => take(tx, ben, ada));
    await somebodyWaits();
    open(undefined);
    expect(await Promise.all([first, second])).toEqual([
      { kind: 'ended' },
      { kind: 'last-administrator' },
    ]);
  });

  it('are given to nobody of another authority', async () => {
    const stranger = await makePerson(db, theirs);
    const grant = {
      userId: stranger.userId,
      role: 'director',
      startsOn: day('2025-01-01'),
    } as const;
    expect(await write((tx) => grantRole(tx, server(), grant))).toEqual({ kind: 'unknown-user' });
  });
});

describe('parties', () => {
  it('are one, however their name is written', () => {
    expect(partyNameKey('  Head  of\tEarly Help ')).toBe('head of early help');
    expect(partyNameKey('HEAD OF EARLY HELP')).toBe('head of early help');
    expect(partyNameKey('Children’s Services – East')).toBe(
      partyNameKey("Children's Services - East"),
    );
    expect(partyNameKey('Ｈead of Early Help')).toBe('head of early help');
  });

  it('have a key that stays the same when it is made again', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(partyNameKey(partyNameKey(name))).toBe(partyNameKey(name));
      }),
    );
  });

  it('are found or added, and only an added one is to be logged', async () => {
    const facts: FactRef[] = [];
    const [first, again] = await write(async (tx) => {
      const add = (name: string) => findOrAddParty(tx, mine, { kind: 'post', name }, null, facts);
      return [await add('Head  of Care'), await add('head of care')];
    });
    expect(again).toBe(first);
    expect(facts).toEqual([{ fact: 'party', id: first }]);
    expect(await readInAuthority(db, mine, (tx) => listParties(tx, mine))).toEqual([
      { id: first, kind: 'post', name: 'Head of Care' },
    ]);
  });

  it('are one even when two people name the same new one at once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 4 }, () =>
        write((tx) => findOrAddParty(tx, mine, { kind: 'team', name: 'New team' }, null, [])),
      ),
    );
    expect(new Set(ids).size).toBe(1);
  });

  it('are each authority’s own', async () => {
    const post = await party('post', 'Head of Care');
    const seen = await readInAuthority(db, theirs, async (tx) => ({
      theirs: await listParties(tx, theirs),
      mine: await listParties(tx, mine),
      byId: await partiesByIds(tx, theirs, [post, newId<'party'>()]),
    }));
    expect(seen).toEqual({ theirs: [], mine: [], byId: new Map() });
  });
});

describe('users', () => {
  it('are found by their address in any capitals, by their own authority alone', async () => {
    const { userId, email, name } = await makePerson(db, mine);
    const find = (authority: AuthorityId) =>
      readInAuthority(db, authority, (tx) => userByEmail(tx, authority, ` ${email.toUpperCase()}`));
    expect(await find(mine)).toEqual({ id: userId, email, name });
    expect(await find(theirs)).toBeUndefined();
    const names = (authority: AuthorityId) =>
      readInAuthority(db, authority, (tx) => userNames(tx, authority, [userId]));
    expect(await names(mine)).toEqual(new Map([[userId, name]]));
    expect(await names(theirs)).toEqual(new Map());
  });
});

describe('the step of a one-time code', () => {
  it('is used up once, and no earlier one after it', async () => {
    const { userId } = await makePerson(db, mine);
    const now = new Date('2026-03-04T10:00:00Z');
    const use = (authority: AuthorityId, step: number) =>
      inAuthority(db, authority, (tx) => useCodeStep(tx, authority, userId, step, now));
    expect(await use(theirs, 100)).toBe(false);
    expect(await use(mine, 100)).toBe(true);
    expect(await use(mine, 100)).toBe(false);
    expect(await use(mine, 99)).toBe(false);
    const atOnce = await Promise.all([use(mine, 101), use(mine, 101), use(mine, 101)]);
    expect(atOnce.filter(Boolean)).toHaveLength(1);
  });
});
