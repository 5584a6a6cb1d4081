import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { londonDay } from '#kernel/dates.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { authorityBySlug, userByEmail } from '#people';
import { testDatabase } from '#test/database.ts';
import { rolesOf } from '../rooms/people/store/roles.ts';
import { createAdministrator, type NewAdministrator } from './admin-create.ts';
import { verify, verifyLines } from './verify.ts';

const { db, keeper } = await testDatabase();
const now = new Date('2026-03-04T10:00:00Z');
const asked = (change: Partial<NewAdministrator> = {}): NewAdministrator => ({
  slug: `t-${randomBytes(4).toString('hex')}`,
  authorityName: 'Saltmarsh Borough Council',
  email: 'ada.marsh@saltmarsh.example',
  name: 'Ada Marsh',
  password: 'three grey herons',
  ...change,
});

describe('the first administrator', () => {
  it('is made with the authority, and holds the role from today', async () => {
    const first = asked();
    const outcome = await createAdministrator(keeper, first, now);
    expect(outcome).toMatchObject({ kind: 'created', newAuthority: true });
    const authority = await authorityBySlug(db, first.slug);
    if (authority === undefined) throw new Error('No authority');
    expect(authority).toMatchObject({ name: 'Saltmarsh Borough Council', isDemo: false });
    const roles = await readInAuthority(db, authority.id, async (tx) => {
      const user = await userByEmail(tx, authority.id, first.email);
      return user && (await rolesOf(tx, authority.id, user.id, londonDay(now)));
    });
    expect(roles).toEqual(['administrator']);
  });

  it('is followed by a second, for giving a role takes two', async () => {
    const first = asked();
    await createAdministrator(keeper, first, now);
    const second = {
      ...first,
      authorityName: null,
      email: 'ben@saltmarsh.example',
      name: 'Ben Reed',
    };
    expect(await createAdministrator(keeper, second, now)).toMatchObject({
      kind: 'created',
      newAuthority: false,
    });
  });

  it.each([
    ['a word that no address can hold', { slug: 'Salt Marsh' }, 'small letters'],
    ['a word that a room answers to', { slug: 'plans' }, 'a part of Sightline'],
    ['no name for a new authority', { authorityName: null }, '--authority-name'],
    ['a bad address', { email: 'ada' }, 'email address'],
    ['a weak password', { password: 'password1234' }, 'stranger'],
  ])('is refused with %s, and nothing is written', async (_what, change, words) => {
    const wrong = asked(change);
    const outcome = await createAdministrator(keeper, wrong, now);
    expect(outcome).toMatchObject({ kind: 'refused' });
    if (outcome.kind === 'refused') expect(outcome.reasons.join(' ')).toContain(words);
    expect(await authorityBySlug(db, wrong.slug)).toBeUndefined();
  });

  it('is refused where there is one with the address, or the authority has another name', async () => {
    const first = asked();
    await createAdministrator(keeper, first, now);
    expect(await createAdministrator(keeper, first, now)).toMatchObject({ kind: 'refused' });
    const renamed = { ...first, email: 'ben@saltmarsh.example', authorityName: 'Fenmoor Council' };
    expect(await createAdministrator(keeper, renamed, now)).toMatchObject({ kind: 'refused' });
  });
});

describe('verify', () => {
  it('finds every authority whole, then tells where one is not, and leaves the others be', async () => {
    const [sound, bent] = [asked(), asked()];
    await createAdministrator(keeper, sound, now);
    await createAdministrator(keeper, bent, now);
    const problemsOf = async (slug: string) =>
      (await verify(db)).find(({ authority }) => authority === slug)?.problems;
    expect(await problemsOf(sound.slug)).toEqual([]);
    expect(await problemsOf(bent.slug)).toEqual([]);

    const authority = await authorityBySlug(db, bent.slug);
    if (authority === undefined) throw new Error('No authority');
    const changed = await keeper
      .updateTable('role_grant')
      .set({ role: 'director' })
      .where('authority_id', '=', authority.id)
      .returning('id')
      .executeTakeFirstOrThrow();
    expect(await problemsOf(sound.slug)).toEqual([]);
    expect(await problemsOf(bent.slug)).toEqual([
      `role_grant ${changed.id}, logged by entry 2, was changed since.`,
    ]);
    const lines = verifyLines(await verify(db)).join('\n');
    expect(lines).toContain(`${sound.slug}: 2 entries, all as they were written`);
    expect(lines).toContain(`${bent.slug}: 2 entries, and these are not`);
  });
});
