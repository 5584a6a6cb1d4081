import { inAuthority } from '#platform/db/authority.ts';
import { addParty, holdPost, parseRole } from '#people';
import type { PartyId } from '#kernel/ids.ts';
import { londonDay } from '#kernel/dates.ts';
import {
  demoAuthority,
  openSession,
  userWith,
  type SignedIn,
  type TestApp,
  type TestAuthority,
} from '../app.ts';
import { openToken } from '../tokens.ts';
import { expectedRoles } from './expectations.ts';

/** Somebody who holds one role, with a browser of their own. */
export interface Resident extends SignedIn {
  role: string;
  userId: string;
}

/** A council with somebody for every role but the public, who has nobody. */
export interface Household {
  authority: TestAuthority;
  residents: ReadonlyMap<string, Resident>;
  /** The post and the board that every resident holds: plans that name them are near to all. */
  nearPost: string;
  nearBoard: string;
}

/**
 * A council where one person holds each role and all hold one post and sit on one board, so that
 * an item which names those is near to everybody (conditions `a` and `c`), and any other is far.
 */
export async function setHousehold(test: TestApp, name: string): Promise<Household> {
  const authority = await demoAuthority(test, name);
  const nearPost = `Head of ${name}`;
  const nearBoard = `Board of ${name}`;
  const doer = { authorityId: authority.id, userId: null } as const;
  const { db } = test.database;
  const partyIds = await inAuthority(db, authority.id, async (tx) => {
    const ids: PartyId[] = [];
    for (const party of [
      { kind: 'post', name: nearPost },
      { kind: 'board', name: nearBoard },
    ] as const) {
      const added = await addParty(tx, doer, party);
      if (added.kind !== 'added') throw new Error(`${party.name}: ${added.kind}`);
      ids.push(added.partyId);
    }
    return ids;
  });
  const residents = new Map<string, Resident>();
  for (const word of expectedRoles) {
    const role = parseRole(word);
    if (role === null) continue;
    const user = await userWith(test, authority, [role], `Person ${role}`, null);
    await inAuthority(db, authority.id, async (tx) => {
      const startsOn = londonDay(test.clock.now);
      for (const partyId of partyIds) {
        await holdPost(tx, doer, { partyId, userId: user.userId, startsOn });
      }
    });
    const browser = await openSession(test, user);
    const program = await openToken(test, user);
    // At an address for programs they ask as a program of theirs does.
    const get = (url: string) => (url.startsWith('/api/') ? program : browser).get(url);
    residents.set(word, { ...browser, get, role: word, userId: user.userId });
  }
  return { authority, residents, nearPost, nearBoard };
}

/** The person of a role; the role must be one that can be held. */
export function residentOf({ residents }: Household, role: string): Resident {
  const resident = residents.get(role);
  if (resident === undefined) throw new Error(`Nobody is ${role}`);
  return resident;
}
