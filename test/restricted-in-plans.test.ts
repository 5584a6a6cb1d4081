import { describe, expect, it } from 'vitest';
import { londonDay } from '#kernel/dates.ts';
import { createPlan, addObjective } from '#plans';
import { registerSource } from '#findings';
import { demoAuthority, openSession, testApp, userWith } from './app.ts';
import { testScheme } from './plans.ts';

/**
 * A plan is read by more people than a restricted source (FND): what a plan quoted from one before
 * it was registered as restricted is no longer shown by the plan, on no page and in no file.
 */
const test = await testApp();
const { db } = test.database;
const authority = await demoAuthority(test);
const today = londonDay(test.clock.now);
const title = 'Case audits of the autumn';
const words = 'Eight of eighteen plans had no dates';

const person = async (role: 'qa-manager' | 'analyst') => {
  const user = await userWith(test, authority, [role], 'Robin Fenwick', null);
  const actor = {
    authorityId: authority.id,
    userId: user.userId,
    name: user.name,
    roles: [role],
    partyIds: [],
  };
  return { ...(await openSession(test, user)), actor };
};
const manager = await person('qa-manager');
const analyst = await person('analyst');

const plan = await createPlan(db, manager.actor, today, {
  title: 'Improvement plan',
  periodFrom: null,
  periodTo: null,
  owner: null,
  boards: [],
  reviewCycleDays: 60,
  ragScheme: testScheme,
});
if (plan.kind !== 'done') throw new Error(plan.kind);
const objective = await addObjective(db, manager.actor, today, plan.planId, {
  section: null,
  ref: '1',
  title: 'Plans have dates',
  sources: [{ title, words, page: '6' }],
});
if (objective.kind !== 'done') throw new Error(objective.kind);

const read = async () =>
  Promise.all(
    [
      `/plans/${plan.slug}`,
      `/plans/${plan.slug}/actions`,
      ...['xlsx', 'csv', 'docx', 'json'].map(
        (format) => `/plans/${plan.slug}/export?format=${format}`,
      ),
      '/plans/new',
      '/findings/sources',
    ].map(async (url) => ({ url, answer: await analyst.get(url) })),
  );

describe('a source that a plan names', () => {
  it('is shown by the plan until it is registered as restricted, and by no page of it after', async () => {
    const before = await read();
    expect(before.some(({ answer }) => answer.body.includes(title))).toBe(true);
    expect(before.some(({ answer }) => answer.body.includes(words))).toBe(true);
    const given = await registerSource(db, manager.actor, today, {
      kind: 'case audit',
      title,
      body: null,
      reference: null,
      visitFrom: null,
      visitTo: null,
      publishedOn: null,
      receivedOn: null,
      overall: null,
      overallIs: 'none given',
      grades: [],
      summary: null,
      classification: 'restricted',
    });
    expect(given.kind).toBe('done');
    const after = await read();
    for (const { url, answer } of after) {
      expect(answer.body, url).not.toContain(title);
      expect(answer.body, url).not.toContain(words);
    }
    expect(after.some(({ answer }) => answer.body.includes('A restricted source'))).toBe(true);
  });

  it('can be registered by its title by somebody who may not know of it, and is not told of', async () => {
    const form = await analyst.get('/findings/sources/new');
    expect(form.statusCode).toBe(200);
    const given = await registerSource(db, analyst.actor, today, {
      kind: 'survey',
      title,
      body: null,
      reference: null,
      visitFrom: null,
      visitTo: null,
      publishedOn: null,
      receivedOn: null,
      overall: null,
      overallIs: 'none given',
      grades: [],
      summary: null,
      classification: 'internal',
    });
    expect(given.kind).toBe('done');
  });
});
