import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { testApp } from '#test/app.ts';
import { paths } from '../paths.ts';
import { hidden, setCast, setScene, wordsOf } from './scene.test-help.ts';

const test = await testApp();
const cast = await setCast(test);

const fields = (more: Record<string, string> = {}) => ({
  title: 'Children are heard',
  ref: '3',
  section: 'Voice of the child',
  ...more,
});

describe('adding an objective', () => {
  it('puts it at the end, with its section and its sources', async () => {
    const scene = await setScene(test, cast);
    const answer = await scene.officer.post(
      paths.newObjective(scene.slug),
      fields({
        submission_id: newId<'objective'>(),
        'source-1-title': 'Survey of children in care 2025',
        'source-2-title': 'Ofsted inspection, May 2025',
        'source-2-page': '4',
      }),
    );
    expect(answer.statusCode).toBe(303);
    expect((await scene.picture()).objectives.at(-1)).toMatchObject({
      title: 'Children are heard',
      ref: '3',
      section: 'Voice of the child',
      sources: [
        { title: 'Survey of children in care 2025', page: null },
        { title: 'Ofsted inspection, May 2025', page: '4' },
      ],
    });
  });

  it('is one objective when sent twice', async () => {
    const scene = await setScene(test, cast);
    const twice = fields({ submission_id: newId<'objective'>() });
    for (const answer of await Promise.all([
      scene.officer.post(paths.newObjective(scene.slug), twice),
      scene.officer.post(paths.newObjective(scene.slug), twice),
    ])) {
      expect(answer.statusCode).toBe(303);
    }
    expect((await scene.picture()).objectives).toHaveLength(3);
  });

  it('takes no id of another plan’s action or objective, whose sources it would change', async () => {
    const [scene, other] = [await setScene(test, cast), await setScene(test, cast)];
    const sources = { 'source-1-title': 'Survey of children in care 2025' };
    for (const submission_id of [other.actions[0], other.objectives[0]]) {
      const answer = await scene.officer.post(
        paths.newObjective(scene.slug),
        fields({ submission_id, ...sources }),
      );
      expect(answer.statusCode).toBe(404);
    }
    expect((await scene.picture()).objectives).toHaveLength(2);
    expect((await other.picture()).actions[0]?.sources).toEqual([]);
  });

  it('says so when a form that was saved is changed and sent again', async () => {
    const scene = await setScene(test, cast);
    const sent = fields({ submission_id: newId<'objective'>() });
    await scene.officer.post(paths.newObjective(scene.slug), sent);
    const again = { ...sent, title: 'Children are heard in time' };
    const page = await scene.officer.post(paths.newObjective(scene.slug), again);
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('This form was saved already');
    expect(page.body).toContain('Children are heard in time');
    expect((await scene.picture()).objectives).toHaveLength(3);
  });

  it('keeps what was typed when the reference is taken', async () => {
    const scene = await setScene(test, cast);
    const page = await scene.officer.post(paths.newObjective(scene.slug), fields({ ref: '1' }));
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('Another objective has the reference 1');
    expect(page.body).toContain('Children are heard');
    expect(page.body).toContain('value="Voice of the child"');
  });

  it('is not there for a stranger, and refused to a lead', async () => {
    const scene = await setScene(test, cast);
    const href = paths.newObjective(scene.slug);
    expect((await scene.stranger.get(href)).statusCode).toBe(404);
    expect((await scene.stranger.post(href, fields())).statusCode).toBe(404);
    expect((await scene.lead.post(href, fields())).statusCode).toBe(403);
    expect((await scene.picture()).objectives).toHaveLength(2);
  });
});

describe('changing an objective', () => {
  it('changes its words and moves it before the others', async () => {
    const scene = await setScene(test, cast);
    const href = paths.changeObjective(scene.slug, scene.objectives[1]);
    const form = await scene.officer.get(href);
    expect(form.body).toMatch(
      new RegExp(`<option value="${scene.objectives[0]}" selected>\\s*After 1`),
    );
    const answer = await scene.officer.post(
      href,
      fields({ ref: '2', place: 'first', version: hidden(form, 'version') }),
    );
    expect(answer.statusCode).toBe(303);
    const { objectives } = await scene.picture();
    expect(objectives.map((one) => one.title)).toEqual([
      'Children are heard',
      'Children in care are visited on time',
    ]);
    // The other one did not have to move.
    expect(objectives.map((one) => one.version)).toEqual([2, 1]);
  });

  it('is not withdrawn while actions stand under it', async () => {
    const scene = await setScene(test, cast);
    const href = paths.changeObjective(scene.slug, scene.objectives[1]);
    const page = await scene.officer.post(href, fields({ version: '1', withdrawn: 'yes' }));
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('Actions still stand under this objective');
    expect(page.body).toMatch(/name="withdrawn"[^>]*value="yes"[^>]*checked/);
  });

  it('shows both when somebody saved first', async () => {
    const scene = await setScene(test, cast);
    const href = paths.changeObjective(scene.slug, scene.objectives[0]);
    await scene.colleague.post(href, fields({ version: '1', title: 'Theirs' }));
    const page = await scene.officer.post(href, fields({ version: '1', title: 'Mine' }));
    expect(page.statusCode).toBe(409);
    expect(wordsOf(page)).toContain('Somebody saved this while you were writing');
    expect(page.body).toMatch(/<textarea[^>]*name="title"[^>]*>Mine</);
    const again = await scene.officer.post(
      href,
      fields({ version: hidden(page, 'version'), title: 'Mine' }),
    );
    expect(again.statusCode).toBe(303);
    expect((await scene.picture()).objectives[0]?.title).toBe('Mine');
  });

  it('is not there for a stranger, nor under another plan', async () => {
    const scene = await setScene(test, cast);
    const other = await setScene(test, cast);
    const href = paths.changeObjective(scene.slug, scene.objectives[0]);
    expect((await scene.stranger.get(href)).statusCode).toBe(404);
    expect((await scene.stranger.post(href, fields({ version: '1' }))).statusCode).toBe(404);
    const mixed = paths.changeObjective(other.slug, scene.objectives[0]);
    expect((await scene.officer.get(mixed)).statusCode).toBe(404);
    expect((await scene.officer.post(mixed, fields({ version: '1' }))).statusCode).toBe(404);
  });
});
