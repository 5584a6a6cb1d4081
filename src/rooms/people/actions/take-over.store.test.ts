import { describe, expect, it } from 'vitest';
import { londonDay } from '#kernel/dates.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { makePerson } from '#test/people.ts';
import type { Actor } from '../rules/policy.ts';
import { confirmRole, grantRole } from './grant-role.ts';
import { makePasswordLink } from './password-link.ts';
import { resetCodeOf } from './set-password.ts';

const { db, keeper } = await testDatabase();
const now = new Date();

/** A council with three administrators and somebody who is to have a role. */
async function council() {
  const { id } = await freshAuthority({ keeper });
  const administrator = () => makePerson(db, id, { roles: ['administrator'] }, now);
  const first = await administrator();
  const second = await administrator();
  const third = await administrator();
  const person = await makePerson(db, id, { roles: [] }, now);
  const write = <T>(work: (tx: Tx) => Promise<T>) => inAuthority(db, id, work);
  const put = async (by: Actor) => {
    const grant = { userId: person.userId, role: 'director', startsOn: londonDay(now) } as const;
    const given = await write((tx) => grantRole(tx, by, grant));
    if (given.kind !== 'granted') throw new Error(given.kind);
    return given.grantId;
  };
  return { first, second, third, person, write, put };
}

describe('an administrator who would be two', () => {
  it('opens a colleague’s way in, and neither of them agrees to what the other puts forward', async () => {
    const { first, second, third, write, put } = await council();
    expect((await write((tx) => makePasswordLink(tx, first, second.userId, now))).kind).toBe(
      'made',
    );
    const grantId = await put(first);
    const agree = (by: Actor) => write((tx) => confirmRole(tx, by, grantId));
    expect(await agree(second)).toEqual({ kind: 'one-opened-the-other' });
    expect(await agree(third)).toEqual({ kind: 'confirmed' });
  });

  it('nor the other way round: the colleague puts it forward, and they would agree', async () => {
    const { first, second, third, write, put } = await council();
    expect((await write((tx) => resetCodeOf(tx, first, second.userId, now))).kind).toBe('reset');
    const grantId = await put(second);
    const agree = (by: Actor) => write((tx) => confirmRole(tx, by, grantId));
    expect(await agree(first)).toEqual({ kind: 'one-opened-the-other' });
    expect(await agree(third)).toEqual({ kind: 'confirmed' });
  });

  it('takes over nobody’s account alone: the link and the codes need one each', async () => {
    const { first, second, person, write } = await council();
    const link = (by: Actor) => write((tx) => makePasswordLink(tx, by, person.userId, now));
    const codes = (by: Actor) => write((tx) => resetCodeOf(tx, by, person.userId, now));
    expect((await link(first)).kind).toBe('made');
    expect(await codes(first)).toEqual({ kind: 'link-made-by-you' });
    expect(await codes(second)).toEqual({ kind: 'reset' });
    expect(await link(second)).toEqual({ kind: 'codes-reset-by-you' });
    // A link that was lost is made again.
    expect((await link(first)).kind).toBe('made');
  });
});
