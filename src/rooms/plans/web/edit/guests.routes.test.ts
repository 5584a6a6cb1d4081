import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, londonDay } from '#kernel/dates.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { namedGrants } from '#people';
import { testApp } from '#test/app.ts';
import { paths } from '../paths.ts';
import {
  officerOf,
  setCast,
  setScene,
  today,
  type Officer,
  type Scene,
} from './scene.test-help.ts';

/** Ten minutes before midnight: what ends today ends within a session. */
const lateAt = new Date('2026-03-04T23:50:00Z');
const test = await testApp(lateAt);
const { db } = test.database;
const cast = await setCast(test);
const guest = await officerOf(test, cast.authority, ['peer-reviewer'], 'Morgan Firth');
const service = await officerOf(test, cast.authority, ['service-manager'], 'Toni Wharf');

let scene: Scene;
let other: Scene;
beforeAll(async () => {
  scene = await setScene(test, cast);
  other = await setScene(test, cast);
});

const grantsOf = (of: Scene) =>
  inAuthority(db, cast.authority.id, (tx) =>
    namedGrants(tx, cast.authority.id, { itemId: of.planId }),
  );
const until = (on: string) => {
  const [year = '', month = '', day = ''] = on.split('-');
  return { 'until-day': day, 'until-month': month, 'until-year': year };
};
const share = (fields: Record<string, string> = {}, who: Officer = cast.officer, of = scene) =>
  who.post(paths.guests(of.slug), {
    guest: guest.actor.userId,
    reason: 'Challenge of the front door',
    ...until(today),
    ...fields,
  });
const pagesOf = (of: Scene) => [
  paths.plan(of.slug),
  paths.actions(of.slug),
  paths.changes(of.slug),
  paths.action(of.slug, of.actions[0]),
];
const reads = async (who: Officer, of: Scene) =>
  (await Promise.all(pagesOf(of).map((url) => who.get(url)))).map(({ statusCode }) => statusCode);
const all = (status: number) => pagesOf(scene).map(() => status);

describe('a plan that is shared with a guest by name (C-06)', () => {
  it('is theirs to read until it is taken back, and nothing else is', async () => {
    expect(await reads(guest, scene)).toEqual(all(404));
    expect((await guest.get('/plans')).body).not.toContain(scene.slug);

    expect((await share()).statusCode).toBe(303);
    expect(await reads(guest, scene)).toEqual(all(200));
    expect(await reads(guest, other)).toEqual(all(404));
    const list = (await guest.get('/plans')).body;
    expect(list).toContain(`href="${paths.plan(scene.slug)}"`);
    expect(list).not.toContain(`href="${paths.plan(other.slug)}"`);
    // Read and no more: no export, no update, no settings of theirs to change.
    const exported = await guest.get(`${paths.exported(scene.slug)}?format=csv`);
    expect(exported.statusCode).toBe(404);
    expect((await guest.get(paths.update(scene.slug, scene.actions[0]))).statusCode).toBe(404);
    expect((await guest.get(paths.guests(scene.slug))).statusCode).toBe(404);

    const [grant] = await grantsOf(scene);
    const withdraw = (who: Officer) =>
      who.post(paths.withdrawGuest(scene.slug), { id: grant?.id ?? '' });
    expect((await withdraw(guest)).statusCode).toBe(404);
    expect((await withdraw(cast.officer)).statusCode).toBe(303);
    expect(await reads(guest, scene)).toEqual(all(404));
    expect((await withdraw(cast.officer)).statusCode).toBe(404);
    const told = (await cast.officer.get(paths.guests(scene.slug))).body;
    expect(told).toContain('Shared before');
    expect(told).toContain('then taken back');
  });

  it('ends by itself at the end of its last day, within a session', async () => {
    expect((await share()).statusCode).toBe(303);
    expect((await guest.get(paths.plan(scene.slug))).statusCode).toBe(200);
    test.clock.now = new Date('2026-03-05T00:00:30Z');
    expect(await reads(guest, scene)).toEqual(all(404));
    expect((await guest.get('/plans')).body).not.toContain(scene.slug);
    test.clock.now = lateAt;
  });

  it('is shared for 14 days at most, with peer reviewers, by who may, for a reason', async () => {
    const last = londonDay(lateAt);
    const wrong = async (fields: Record<string, string>, words: string) => {
      const answer = await share(fields, cast.officer, other);
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain(words);
      return answer;
    };
    await wrong(until(addDays(last, 14)), 'one of the 13 days after it');
    await wrong(until(addDays(last, -1)), 'one of the 13 days after it');
    await wrong({ guest: cast.lead.actor.userId }, 'Choose a peer reviewer');
    await wrong({ guest: '' }, 'Choose a peer reviewer');
    await wrong({ reason: '' }, 'Say what they are to look at');
    const both = await wrong({ guest: '', reason: '' }, 'Say what they are to look at');
    expect(both.body).toContain('Choose a peer reviewer');
    const kept = await wrong(
      { 'until-day': '31', 'until-month': '2' },
      'Challenge of the front door',
    );
    expect(kept.body).toContain('value="31"');
    // A service manager shares only what is theirs; a lead and another council find nothing.
    expect((await share({}, service, other)).statusCode).toBe(403);
    expect((await share({}, cast.lead, other)).statusCode).toBe(404);
    expect((await share({}, cast.stranger, other)).statusCode).toBe(404);
    expect(await grantsOf(other)).toEqual([]);
    expect((await share(until(addDays(last, 13)), cast.officer, other)).statusCode).toBe(303);
    await wrong({}, 'shared with them already');
  });
});
