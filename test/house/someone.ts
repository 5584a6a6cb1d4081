import { londonDay } from '#kernel/dates.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { addParty, holdPost, type Actor, type GrantableRole } from '#people';
import type { Officer } from '../../src/rooms/plans/web/edit/scene.test-help.ts';
import { openSession, userWith, type TestApp, type TestAuthority } from '../app.ts';

/** Somebody new with one role who holds that post, signed in without a password. */
export async function someone(
  test: TestApp,
  authority: TestAuthority,
  role: GrantableRole,
  post: string,
): Promise<Officer> {
  const { userId, name } = await userWith(test, authority, [role], 'Alex Marsh', null);
  const doer = { authorityId: authority.id, userId: null } as const;
  const partyId = await inAuthority(test.database.db, authority.id, async (tx) => {
    const party = await addParty(tx, doer, { kind: 'post', name: post });
    if (party.kind === 'refused') throw new Error('The post was refused');
    const startsOn = londonDay(test.clock.now);
    await holdPost(tx, doer, { partyId: party.partyId, userId, startsOn });
    return party.partyId;
  });
  const actor: Actor = {
    authorityId: authority.id,
    userId,
    name,
    roles: [role],
    partyIds: [partyId],
  };
  return { ...(await openSession(test, { userId, authority })), actor };
}
