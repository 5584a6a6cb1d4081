import { londonDay } from '#kernel/dates.ts';
import type { AuthorityId, PartyId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { addParty, addUser, grantRole, holdPost, type Actor, type GrantableRole } from '#people';
import type { PartyKind } from '#people';

/** A password for those who are to sign in. */
export const testPassword = 'seven grey herons fish';

export interface TestPerson {
  name: string;
  email: string;
  /** Nobody has one unless given, for it takes its time to hash. */
  password: string;
  roles: GrantableRole[];
  /** Posts, boards and organisations that they hold from the first day. */
  holds: { kind: Exclude<PartyKind, 'team'>; name: string }[];
}

let made = 0;

/**
 * A user of the authority, holding these roles and posts from today on. Made as at the server,
 * so that no second administrator is asked.
 */
export async function makePerson(
  db: Db,
  authorityId: AuthorityId,
  person: Partial<TestPerson> = {},
  now: Date = new Date(),
): Promise<Actor & { email: string }> {
  made += 1;
  const name = person.name ?? `Person ${made}`;
  const email = person.email ?? `person-${made}@saltmarsh.example`;
  const roles = person.roles ?? ['qa-manager'];
  const doer = { authorityId, userId: null } as const;
  const today = londonDay(now);
  return await inAuthority(db, authorityId, async (tx) => {
    const user = { name, email, password: person.password ?? null, mustChange: false };
    const added = await addUser(tx, doer, user, now);
    if (added.kind !== 'added') throw new Error(`${email}: ${added.kind}`);
    const { userId } = added;
    for (const role of roles) await grantRole(tx, doer, { userId, role, startsOn: today });
    const partyIds: PartyId[] = [];
    for (const held of person.holds ?? []) {
      const party = await addParty(tx, doer, held);
      if (party.kind === 'refused') throw new Error('A test party was refused');
      await holdPost(tx, doer, { partyId: party.partyId, userId, startsOn: today });
      partyIds.push(party.partyId);
    }
    return { authorityId, userId, name, roles, partyIds, email };
  });
}
