import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { testApp } from '#test/app.ts';
import { paths } from '../paths.ts';
import { hidden, setCast, setScene, wordsOf, type Scene } from './scene.test-help.ts';

const test = await testApp();
const cast = await setCast(test);

const newFields = (scene: Scene, more: Record<string, string | string[]> = {}) => ({
  submission_id: newId<'submission'>(),
  objective: scene.objectives[0],
  ref: '1.3',
  text: 'Publish the visiting rota',
  leads: ['Team Manager, Fieldwork', '', 'Fostering Board'],
  contributors: ['', ''],
  priority: 'high',
  due: '30 September 2026',
  measure: 'Every late visit is known within a week',
  outcome: 'Children know who comes and when',
  test: 'to be agreed',
  'source-1-title': 'Ofsted inspection, May 2025',
  'source-1-words': 'Visits are too often late',
  'source-1-page': '12',
  ...more,
});

describe('adding an action', () => {
  it('suggests the next free reference under the objective', async () => {
    const scene = await setScene(test, cast);
    const page = await scene.officer.get(
      `${paths.newAction(scene.slug)}?objective=${scene.objectives[0]}`,
    );
    expect(page.statusCode).toBe(200);
    expect(page.body).toMatch(/name="ref"[^>]*value="1\.3"/);
  });

  it('asks for an objective first where the plan has none', async () => {
    const { officer } = cast;
    const begun = await officer.post('/plans/new', {
      title: 'No objectives yet',
      'green-used': 'yes',
      'green-name': 'Green',
      'green-meaning': 'Done',
      'green-stands-for': 'complete',
    });
    const slug = String(begun.headers.location).split('/')[2] ?? '';
    const answer = await officer.get(paths.newAction(slug));
    expect(answer.statusCode).toBe(303);
    const page = await officer.get(String(answer.headers.location));
    expect(wordsOf(page)).toContain('An action serves an objective, and this plan has none yet');
  });

  it('keeps everything that was written', async () => {
    const scene = await setScene(test, cast);
    const answer = await scene.officer.post(paths.newAction(scene.slug), newFields(scene));
    expect(answer.statusCode).toBe(303);
    const action = (await scene.picture()).actions.find((one) => one.ref === '1.3');
    expect(action).toMatchObject({
      text: 'Publish the visiting rota',
      priority: 'high',
      due: { asWritten: '30 September 2026', to: '2026-09-30', precision: 'day' },
      successMeasure: 'Every late visit is known within a week',
      outcomeForChildren: 'Children know who comes and when',
      sources: [
        { title: 'Ofsted inspection, May 2025', words: 'Visits are too often late', page: '12' },
      ],
    });
    expect(action?.leads.map((one) => [one.kind, one.name])).toEqual([
      ['post', 'Team Manager, Fieldwork'],
      ['board', 'Fostering Board'],
    ]);
    expect(answer.headers.location).toBe(paths.action(scene.slug, action?.id ?? ''));
  });

  it('is one action when the form is sent twice', async () => {
    const scene = await setScene(test, cast);
    const fields = newFields(scene);
    const [one, two] = await Promise.all([
      scene.officer.post(paths.newAction(scene.slug), fields),
      scene.officer.post(paths.newAction(scene.slug), fields),
    ]);
    expect([one.statusCode, two.statusCode]).toEqual([303, 303]);
    expect(one.headers.location).toBe(two.headers.location);
    expect((await scene.picture()).actions).toHaveLength(4);
  });

  it('says so when a form that was saved is changed and sent again', async () => {
    const scene = await setScene(test, cast);
    const fields = newFields(scene);
    await scene.officer.post(paths.newAction(scene.slug), fields);
    const again = { ...fields, measure: 'Another measure' };
    const page = await scene.officer.post(paths.newAction(scene.slug), again);
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain(`This form was saved already as action ${fields.ref}`);
    expect(page.body).toContain('Another measure');
    expect((await scene.picture()).actions).toHaveLength(4);
  });

  it('says every mistake at once and keeps what was typed', async () => {
    const scene = await setScene(test, cast);
    const page = await scene.officer.post(
      paths.newAction(scene.slug),
      newFields(scene, { ref: '', text: '', 'source-1-title': '', measure: 'Kept <b>words</b>' }),
    );
    expect(page.statusCode).toBe(422);
    const words = wordsOf(page);
    expect(words).toContain('Enter a reference');
    expect(words).toContain('Enter what is to be done');
    expect(words).toContain('Enter the title of the source that these words come from');
    expect(page.body).toContain('Kept &lt;b&gt;words&lt;/b&gt;');
    expect(page.body).toContain('value="Team Manager, Fieldwork"');
    expect(page.body).toContain('href="#source-1-title"');
    expect((await scene.picture()).actions).toHaveLength(3);
  });

  it('refuses a reference that another action has', async () => {
    const scene = await setScene(test, cast);
    const page = await scene.officer.post(
      paths.newAction(scene.slug),
      newFields(scene, { ref: '1.1' }),
    );
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('Another action has the reference 1.1');
  });

  it('asks about a date that can be read in two ways, and takes the answer', async () => {
    const scene = await setScene(test, cast);
    const fields = newFields(scene, { due: 'June 26' });
    const asked = await scene.officer.post(paths.newAction(scene.slug), fields);
    expect(asked.statusCode).toBe(422);
    expect(wordsOf(asked)).toContain('We read “June 26” as June 2026. Is that right?');
    expect((await scene.picture()).actions).toHaveLength(3);

    const answered = { ...fields, 'due-asked': hidden(asked, 'due-asked'), 'due-right': 'yes' };
    // The answer stays when something else is wrong.
    const wrong = await scene.officer.post(paths.newAction(scene.slug), { ...answered, text: '' });
    expect(wrong.body).toMatch(/name="due-right"[^>]*value="yes"[^>]*checked/);
    expect(wordsOf(wrong)).not.toContain('Say whether we read the date right');

    const saved = await scene.officer.post(paths.newAction(scene.slug), answered);
    expect(saved.statusCode).toBe(303);
    expect((await scene.picture()).actions.find((one) => one.ref === '1.3')?.due).toEqual({
      asWritten: 'June 26',
      from: '2026-06-01',
      to: '2026-06-30',
      precision: 'month',
    });
  });

  it('does not take an answer that was given to other words', async () => {
    const scene = await setScene(test, cast);
    const page = await scene.officer.post(
      paths.newAction(scene.slug),
      newFields(scene, { due: 'May 27', 'due-asked': 'June 26', 'due-right': 'yes' }),
    );
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('We read “May 27” as May 2027');
  });

  it('says that a past date is past', async () => {
    const scene = await setScene(test, cast);
    const page = await scene.officer.post(
      paths.newAction(scene.slug),
      newFields(scene, { due: '30 June 2020' }),
    );
    expect(wordsOf(page)).toContain('which is past already');
  });

  it('is not there for a stranger, nor for a member, and refused to a lead', async () => {
    const scene = await setScene(test, cast);
    for (const [who, status] of [
      [scene.stranger, 404],
      [scene.member, 404],
      [scene.lead, 403],
    ] as const) {
      expect((await who.get(paths.newAction(scene.slug))).statusCode).toBe(status);
      const posted = await who.post(paths.newAction(scene.slug), newFields(scene));
      expect(posted.statusCode).toBe(status);
    }
    expect((await scene.picture()).actions).toHaveLength(3);
  });

  it('is refused on an earlier day', async () => {
    const scene = await setScene(test, cast);
    const page = await scene.officer.get(`${paths.newAction(scene.slug)}?as-at=2026-03-01`);
    expect(page.statusCode).toBe(400);
    expect(wordsOf(page)).toContain('Nothing can be changed on an earlier day');
  });
});

describe('changing an action', () => {
  const fieldsOf = (scene: Scene, more: Record<string, string | string[]> = {}) => ({
    version: '1',
    objective: scene.objectives[0],
    ref: '1.1',
    text: 'Report every late visit weekly',
    leads: ['Service Manager, Children in Care', ''],
    contributors: [''],
    priority: '',
    ...more,
  });

  it('shows what stands, and saves what is different', async () => {
    const scene = await setScene(test, cast);
    const href = paths.changeAction(scene.slug, scene.actions[0]);
    const page = await scene.officer.get(href);
    expect(page.body).toContain('value="Service Manager, Children in Care"');
    expect(hidden(page, 'version')).toBe('1');
    const answer = await scene.officer.post(
      href,
      fieldsOf(scene, { text: 'Report every late visit daily', objective: scene.objectives[1] }),
    );
    expect(answer.statusCode).toBe(303);
    expect((await scene.picture()).actions.find((one) => one.ref === '1.1')).toMatchObject({
      text: 'Report every late visit daily',
      objectiveId: scene.objectives[1],
      version: 2,
    });
  });

  it('writes nothing where nothing is different, and one change when sent twice', async () => {
    const scene = await setScene(test, cast);
    const href = paths.changeAction(scene.slug, scene.actions[0]);
    expect((await scene.officer.post(href, fieldsOf(scene))).statusCode).toBe(303);
    const versionNow = async () =>
      (await scene.picture()).actions.find((one) => one.ref === '1.1')?.version;
    expect(await versionNow()).toBe(1);
    const changed = fieldsOf(scene, { text: 'Report every late visit daily' });
    for (const answer of await Promise.all([
      scene.officer.post(href, changed),
      scene.officer.post(href, changed),
    ])) {
      expect(answer.statusCode).toBe(303);
    }
    expect(await versionNow()).toBe(2);
  });

  it('shows both texts when somebody saved first, and loses neither', async () => {
    const scene = await setScene(test, cast);
    const href = paths.changeAction(scene.slug, scene.actions[0]);
    await scene.colleague.post(href, fieldsOf(scene, { text: 'Report every late visit daily' }));
    const page = await scene.officer.post(
      href,
      fieldsOf(scene, { text: 'Report every late visit at once' }),
    );
    expect(page.statusCode).toBe(409);
    const words = wordsOf(page);
    expect(words).toContain('Somebody saved this while you were writing');
    expect(words).toContain('Saved by Sam Reed on ');
    expect(words).toContain('Report every late visit daily');
    expect(page.body).toMatch(/<textarea[^>]*name="text"[^>]*>Report every late visit at once</);
    expect(hidden(page, 'version')).toBe('2');

    const again = await scene.officer.post(
      href,
      fieldsOf(scene, { text: 'Report every late visit at once', version: '2' }),
    );
    expect(again.statusCode).toBe(303);
    const action = (await scene.picture()).actions.find((one) => one.ref === '1.1');
    expect(action).toMatchObject({ text: 'Report every late visit at once', version: 3 });
  });

  it('is refused to its lead, who gives updates and moves dates', async () => {
    const scene = await setScene(test, cast);
    const href = paths.changeAction(scene.slug, scene.actions[0]);
    expect((await scene.lead.get(href)).statusCode).toBe(403);
    const answer = await scene.lead.post(href, fieldsOf(scene, { text: 'Something easier' }));
    expect(answer.statusCode).toBe(403);
    expect((await scene.stranger.get(href)).statusCode).toBe(404);
    expect((await scene.stranger.post(href, fieldsOf(scene))).statusCode).toBe(404);
    expect((await scene.picture()).actions[0]?.version).toBe(1);
  });
});
