import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { day, dueOn, makePlan } from '../../../../test/plans.ts';
import { demoAuthority, signIn, testApp, userWith } from '../../../../test/app.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { actorByEmail } from '#people';

const test = await testApp();
const opened = day('2026-01-12');

async function scene(roles: Parameters<typeof userWith>[2] = ['qa-manager']) {
  const authority = await demoAuthority(test);
  const maker = await userWith(test, authority, ['qa-manager']);
  const actor = await inAuthority(test.database.db, authority.id, (tx) =>
    actorByEmail(tx, authority.id, maker.email, day('2026-03-04')),
  );
  if (actor === null) throw new Error('The test user is gone');
  const plan = await makePlan(test.database.db, actor, opened, [
    { text: '=HYPERLINK("http://bad.example")', due: dueOn('2026-02-27') },
  ]);
  const reader = await signIn(test.app, await userWith(test, authority, roles));
  return { authority, plan, reader };
}

const rowsOf = (body: string) => parse<Record<string, string>>(body, { bom: true, columns: true });

describe('lists as files', () => {
  it('send the plans as they stand on the screen, with real figures', async () => {
    const { reader } = await scene();
    const answer = await reader.get('/plans/export?format=csv');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-disposition']).toContain('plans-2026-03-04.csv');
    expect(rowsOf(answer.body)).toMatchObject([
      { Plan: 'Improvement plan', Actions: '1', Overdue: '1', State: 'active' },
    ]);
  });

  it('send the changes of a plan, harmless to whoever opens them in Excel', async () => {
    const { reader, plan } = await scene();
    const all = rowsOf((await reader.get(`/plans/${plan.slug}/changes/export?format=csv`)).body);
    expect(all.map((row) => row['What happened'])).toEqual([
      'Added to the plan. First due date: 27 February 2026',
    ]);
    expect(all[0]?.['Action']).toBe(`'=HYPERLINK("http://bad.example")`);
    const none = await reader.get(
      `/plans/${plan.slug}/changes/export?format=json&since=2026-01-12`,
    );
    expect(JSON.parse(none.body)).toMatchObject({ asAt: '2026-03-04', rows: [] });
  });

  it('send the day that the page shows', async () => {
    const { reader } = await scene();
    const answer = await reader.get('/plans/export?format=json&as-at=2026-01-11');
    expect(JSON.parse(answer.body)).toMatchObject({ asAt: '2026-01-11', rows: [] });
  });

  it('send nothing to those who may not export: a lead, an administrator, another council', async () => {
    const { plan } = await scene();
    for (const roles of [['action-lead'], ['administrator']] as const) {
      const { reader } = await scene(roles);
      expect((await reader.get('/plans/export?format=csv')).statusCode).toBe(404);
      expect((await reader.get('/my-work/export?format=csv')).statusCode).toBe(404);
    }
    const elsewhere = await demoAuthority(test, 'Northmere Council');
    const stranger = await signIn(test.app, await userWith(test, elsewhere, ['qa-manager']));
    const changes = await stranger.get(`/plans/${plan.slug}/changes/export?format=csv`);
    expect(changes.statusCode).toBe(404);
    expect(rowsOf((await stranger.get('/plans/export?format=csv')).body)).toEqual([]);
  });
});
