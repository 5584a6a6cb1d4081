import { beforeEach, describe, expect, it } from 'vitest';
import { addDays, londonDay } from '#kernel/dates.ts';
import { newId, type AuthorityId, type UserId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { makePerson } from '#test/people.ts';
import { changeDetails, closeAccount, openAccount } from '../actions/account.ts';
import { addUser } from '../actions/add-user.ts';
import { correctKind } from '../actions/correct-party.ts';
import { delegatePost, endDelegation } from '../actions/delegate-post.ts';
import { confirmRole, grantRole } from '../actions/grant-role.ts';
import { addParty, holdPost, setTeamAnswer } from '../actions/hold-post.ts';
import { nameGuest, withdrawGuest } from '../actions/name-guest.ts';
import { conflictOfRoles, type Actor } from '../rules/policy.ts';
import { accountEvents } from './accounts.ts';
import { actorOf } from './actors.ts';
import { listParties, partiesByIds } from './parties.ts';
import type { PartyKind } from './tables.ts';
import { listUsers, userByEmail } from './users.ts';
import { verifyChain } from './verify-chain.ts';

const { db, keeper } = await testDatabase();
const now = new Date('2026-03-04T09:00:00Z');
const today = londonDay(now);
let mine: AuthorityId;
let admin: Actor;
/** A team manager of the council, who holds one post. */
let person: Actor & { email: string };

beforeEach(async () => {
  mine = (await freshAuthority({ keeper })).id;
  admin = await makePerson(db, mine, { roles: ['administrator'] }, now);
  const holds = [{ kind: 'post' as const, name: 'Team Manager' }];
  person = await makePerson(db, mine, { roles: ['team-manager'], holds }, now);
});

const write = <T>(work: (tx: Tx) => Promise<T>) => inAuthority(db, mine, work);
const standing = (userId: UserId, on = today) =>
  write((tx) => actorOf(tx, mine, { id: userId, name: '' }, on));
const party = (kind: PartyKind, name: string) =>
  write(async (tx) => {
    const added = await addParty(tx, { authorityId: mine, userId: null }, { kind, name });
    if (added.kind === 'refused') throw new Error('refused');
    return added.partyId;
  });
const chainProblems = async () => (await write((tx) => verifyChain(tx, mine))).problems;
const post = () => person.partyIds[0] ?? newId<'party'>();

describe('the details of a person', () => {
  it('change, sign in by the new address, and let the old one go', async () => {
    const details = { name: 'Cleo Marsh', email: 'Cleo.Marsh@saltmarsh.example' };
    expect(await write((tx) => changeDetails(tx, admin, person.userId, details))).toEqual({
      kind: 'changed',
    });
    await write(async (tx) => {
      expect(await userByEmail(tx, mine, person.email)).toBe(undefined);
      expect(await userByEmail(tx, mine, 'cleo.marsh@saltmarsh.example')).toMatchObject({
        id: person.userId,
        name: 'Cleo Marsh',
      });
      const other = { name: 'Another', email: person.email, password: 'seven grey herons fish' };
      const added = await addUser(tx, admin, { ...other, mustChange: true }, now);
      expect(added.kind).toBe('added');
    });
    expect(await chainProblems()).toEqual([]);
  });

  it('are refused an address that is somebody else’s, and what nobody changed', async () => {
    const taken = { name: person.name, email: person.email };
    await write(async (tx) => {
      expect((await changeDetails(tx, admin, admin.userId, taken)).kind).toBe('address-taken');
      expect((await changeDetails(tx, admin, person.userId, taken)).kind).toBe('nothing-changed');
      expect((await changeDetails(tx, person, person.userId, taken)).kind).toBe('refused');
      expect((await changeDetails(tx, admin, newId(), taken)).kind).toBe('unknown-user');
    });
  });

  it('of two who are given one address at once are taken by one', async () => {
    const details = { name: 'Same', email: 'same@saltmarsh.example' };
    const given = await Promise.all(
      [admin.userId, person.userId].map((userId) =>
        write((tx) => changeDetails(tx, admin, userId, details)),
      ),
    );
    expect(given.map(({ kind }) => kind).sort()).toEqual(['address-taken', 'changed']);
  });
});

describe('closing an account', () => {
  const close = (userId = person.userId, doer = admin) =>
    write((tx) =>
      closeAccount(tx, doer, { userId, reason: 'Left for another council' }, today, now),
    );

  it('ends its roles, posts, delegations and grants together, and opening gives none back', async () => {
    const acting = await makePerson(db, mine, { roles: ['action-lead'] }, now);
    const days = { startsOn: today, endsOn: addDays(today, 7) };
    await write((tx) =>
      delegatePost(tx, person, { partyId: post(), userId: acting.userId, ...days }, today),
    );
    expect((await standing(acting.userId)).partyIds).toEqual([post()]);
    expect(await close()).toEqual({ kind: 'closed' });
    expect(await standing(person.userId)).toMatchObject({
      roles: [],
      partyIds: [],
      grantedIds: [],
    });
    expect((await standing(acting.userId)).partyIds).toEqual([]);
    expect(await close()).toEqual({ kind: 'closed-already' });

    const grant = { userId: person.userId, role: 'iro' as const, startsOn: today };
    const held = { userId: person.userId, partyId: post(), startsOn: today };
    await write(async (tx) => {
      expect((await grantRole(tx, admin, grant)).kind).toBe('account-closed');
      expect((await holdPost(tx, admin, held)).kind).toBe('account-closed');
      const opening = { userId: person.userId, reason: 'Came back' };
      expect(await openAccount(tx, admin, opening, now)).toEqual({
        kind: 'opened',
        before: 'closed',
      });
      expect((await openAccount(tx, admin, opening, now)).kind).toBe('open-already');
    });
    expect((await standing(person.userId)).roles).toEqual([]);
    const told = await write((tx) => accountEvents(tx, mine, person.userId));
    expect(told.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['closed', 'Left for another council'],
      ['opened', 'Came back'],
    ]);
    expect(await chainProblems()).toEqual([]);
  });

  it('is an administrator’s, never of their own, nor of the last one', async () => {
    expect((await close(admin.userId)).kind).toBe('ones-own-account');
    expect((await close(admin.userId, person)).kind).toBe('refused');
    const other = await makePerson(db, mine, { roles: ['administrator'] }, now);
    expect((await close(other.userId)).kind).toBe('closed');
    const asOther: Actor = { ...other, roles: ['administrator'] };
    expect((await close(admin.userId, asOther)).kind).toBe('last-administrator');
    expect((await close(newId())).kind).toBe('unknown-user');
  });
});

describe('a role that does not go with another (security 2.1, rule 4)', () => {
  it('is refused, whichever came first, waiting ones included', async () => {
    await write(async (tx) => {
      const to = (userId: UserId, role: 'administrator' | 'iro') =>
        grantRole(tx, { authorityId: mine, userId: null }, { userId, role, startsOn: today });
      expect(await to(admin.userId, 'iro')).toEqual({
        kind: 'roles-conflict',
        ...conflictOfRoles('iro', ['administrator']),
      });
      expect((await to(person.userId, 'administrator')).kind).toBe('roles-conflict');
    });
    const second = await makePerson(db, mine, { roles: ['administrator'] }, now);
    const nobody = await makePerson(db, mine, { roles: [] }, now);
    await write(async (tx) => {
      const put = await grantRole(tx, admin, {
        userId: nobody.userId,
        role: 'iro',
        startsOn: today,
      });
      if (put.kind !== 'granted') throw new Error(put.kind);
      const also = { userId: nobody.userId, role: 'administrator', startsOn: today } as const;
      expect((await grantRole(tx, admin, also)).kind).toBe('roles-conflict');
      expect((await confirmRole(tx, second, put.grantId)).kind).toBe('confirmed');
    });
  });
});

describe('acting in a post for its holder', () => {
  const give = (doer: Actor, userId: UserId, from = today, to = addDays(today, 7)) =>
    write((tx) =>
      delegatePost(tx, doer, { partyId: post(), userId, startsOn: from, endsOn: to }, today),
    );

  it('counts from the first day until the last, teams included, and ends when it is withdrawn', async () => {
    const team = await party('team', 'Care Team');
    await write((tx) =>
      setTeamAnswer(
        tx,
        { authorityId: mine, userId: null },
        { teamId: team, postId: post(), effectiveOn: today },
      ),
    );
    const deputy = await makePerson(db, mine, { roles: ['action-lead'] }, now);
    const given = await give(person, deputy.userId, addDays(today, 1), addDays(today, 4));
    if (given.kind !== 'delegated') throw new Error(given.kind);
    const on = async (days: number) =>
      new Set((await standing(deputy.userId, addDays(today, days))).partyIds);
    expect(await on(0)).toEqual(new Set());
    expect(await on(1)).toEqual(new Set([post(), team]));
    expect(await on(3)).toEqual(new Set([post(), team]));
    expect(await on(4)).toEqual(new Set());
    const tomorrow = addDays(today, 1);
    const end = (doer: Actor) =>
      write((tx) => endDelegation(tx, doer, given.delegationId, tomorrow));
    const stranger = await makePerson(db, mine, { roles: ['qa-manager'] }, now);
    expect((await end(stranger)).kind).toBe('nothing-to-end');
    expect((await end(deputy)).kind).toBe('ended');
    expect(await on(1)).toEqual(new Set());
    expect(await chainProblems()).toEqual([]);
  });

  it('is given by the holder or an administrator alone, and not passed on', async () => {
    const deputy = await makePerson(db, mine, { roles: ['action-lead'] }, now);
    const other = await makePerson(db, mine, { roles: ['action-lead'] }, now);
    expect((await give(other, deputy.userId)).kind).toBe('not-yours-to-give');
    expect((await give(admin, deputy.userId)).kind).toBe('delegated');
    expect((await give(deputy, other.userId)).kind).toBe('not-yours-to-give');
    expect((await give(person, deputy.userId)).kind).toBe('holds-it-already');
    expect((await give(person, person.userId)).kind).toBe('holds-it-already');
    expect((await give(person, newId())).kind).toBe('unknown-user');
    expect((await give(person, other.userId, today, today)).kind).toBe('wrong-days');
  });

  it('is nothing to a person of another council', async () => {
    const elsewhere = (await freshAuthority({ keeper }, 'Fenmoor Council')).id;
    const stranger = await makePerson(db, elsewhere, { roles: ['administrator'] }, now);
    expect((await give(person, stranger.userId)).kind).toBe('unknown-user');
    const days = { startsOn: today, endsOn: addDays(today, 7) };
    const theirs = await inAuthority(db, elsewhere, (tx) =>
      delegatePost(tx, stranger, { partyId: post(), userId: stranger.userId, ...days }, today),
    );
    expect(theirs.kind).toBe('not-a-post');
  });
});

describe('a guest’s named grant (C-06)', () => {
  const itemId = newId<'plan'>();
  const share = (userId: UserId, lastDay = addDays(today, 13)) =>
    write((tx) =>
      nameGuest(
        tx,
        person,
        { userId, itemKind: 'plan', itemId, reason: 'Challenge', lastDay },
        today,
      ),
    );

  it('opens its item for 14 days at most, and for peer reviewers alone', async () => {
    const guest = await makePerson(db, mine, { roles: ['peer-reviewer'] }, now);
    expect((await share(person.userId)).kind).toBe('not-a-guest');
    expect((await share(guest.userId, addDays(today, 14))).kind).toBe('too-long');
    expect((await share(guest.userId, addDays(today, -1))).kind).toBe('too-long');
    expect((await share(guest.userId)).kind).toBe('named');
    expect((await share(guest.userId)).kind).toBe('named-already');
    const on = async (days: number) =>
      (await standing(guest.userId, addDays(today, days))).grantedIds;
    expect(await on(0)).toEqual([itemId]);
    expect(await on(13)).toEqual([itemId]);
    expect(await on(14)).toEqual([]);
  });

  it('opens nothing from the moment at which it is withdrawn, once', async () => {
    const guest = await makePerson(db, mine, { roles: ['peer-reviewer'] }, now);
    const named = await share(guest.userId);
    if (named.kind !== 'named') throw new Error(named.kind);
    const withdraw = (of: string) =>
      write((tx) => withdrawGuest(tx, person, { grantId: named.grantId, itemId: of }, today));
    expect((await withdraw(newId())).kind).toBe('nothing-to-withdraw');
    expect((await withdraw(itemId)).kind).toBe('withdrawn');
    expect((await withdraw(itemId)).kind).toBe('nothing-to-withdraw');
    expect((await standing(guest.userId)).grantedIds).toEqual([]);
    expect((await share(guest.userId)).kind).toBe('named');
    expect(await chainProblems()).toEqual([]);
  });
});

describe('the kind of a party', () => {
  it('is corrected where nothing that was said stands against it', async () => {
    const board = await party('board', 'Head of Panels');
    const team = await party('team', 'Duty Team');
    const correct = (id: typeof board, kind: PartyKind, doer: Actor = admin) =>
      write((tx) => correctKind(tx, doer, id, kind));
    expect((await correct(board, 'post', person)).kind).toBe('refused');
    expect((await correct(board, 'board')).kind).toBe('is-that-already');
    expect((await correct(board, 'post')).kind).toBe('corrected');
    expect((await correct(post(), 'team')).kind).toBe('is-held');
    const server = { authorityId: mine, userId: null };
    const answer = { teamId: team, postId: board, effectiveOn: today };
    expect((await write((tx) => setTeamAnswer(tx, server, answer))).kind).toBe('set');
    expect((await correct(board, 'organisation')).kind).toBe('answers');
    expect((await correct(newId(), 'post')).kind).toBe('unknown');
    await write(async (tx) => {
      expect((await partiesByIds(tx, mine, [board])).get(board)?.kind).toBe('post');
      expect((await listParties(tx, mine)).find(({ id }) => id === board)?.kind).toBe('post');
      expect((await listUsers(tx, mine)).map(({ id }) => id)).toContain(person.userId);
    });
    expect(await chainProblems()).toEqual([]);
  });
});
