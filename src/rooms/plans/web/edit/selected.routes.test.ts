import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { testApp } from '#test/app.ts';
import { paths } from '../paths.ts';
import { hidden, setCast, setScene, wordsOf, type Scene } from './scene.test-help.ts';
import { selectedKey } from './selected-form.ts';

const test = await testApp();
const cast = await setCast(test);

async function keysOf(scene: Scene, refs = ['1.1', '1.2', '2.1']): Promise<string[]> {
  const { actions } = await scene.picture();
  return actions.filter((action) => refs.includes(action.ref)).map(selectedKey);
}

const toLead = { what: 'lead', leads: ['Head of Fieldwork', ''] };

describe('changing several actions', () => {
  it('goes from the list over what to change and a look at it back to the list', async () => {
    const scene = await setScene(test, cast);
    const href = paths.selected(scene.slug);
    const back = `${paths.actions(scene.slug)}?rag=none`;
    const list = await scene.officer.get(paths.actions(scene.slug));
    const boxes = [...list.body.matchAll(/name="selected" value="([^"]+)"/g)].map(([, key]) => key);
    const selected = boxes.filter((key) => key !== undefined);
    expect(selected).toHaveLength(3);

    const choose = await scene.officer.post(href, { selected, back });
    expect(choose.statusCode).toBe(200);
    expect(wordsOf(choose)).toContain('Change 3 actions');

    const sent = { selected, back, submission_id: hidden(choose, 'submission_id'), ...toLead };
    const confirm = await scene.officer.post(href, { ...sent, step: 'confirm' });
    expect(confirm.statusCode).toBe(200);
    expect(wordsOf(confirm)).toContain('Service Manager, Children in Care Head of Fieldwork');
    expect((await scene.picture()).actions.map((action) => action.version)).toEqual([1, 1, 1]);

    const saved = await scene.officer.post(href, { ...sent, step: 'save' });
    expect(saved.headers.location).toBe(back);
    expect(wordsOf(await scene.officer.get(back))).toContain('3 actions changed.');
    const { actions } = await scene.picture();
    expect(actions.map((action) => action.leads.map((lead) => lead.name))).toEqual([
      ['Head of Fieldwork'],
      ['Head of Fieldwork'],
      ['Head of Fieldwork'],
    ]);
  });

  it.each([
    ['priority', { priority: 'high' }, { priority: 'high' }],
    [
      'due',
      {
        due: '31 October 2026',
        'due-reason': 'Agreed at the board',
        'due-effect': 'No child waits longer',
      },
      { due: { to: '2026-06-30' }, asked: { due: { to: '2026-10-31' } } },
    ],
    ['withdraw', { 'withdraw-reason': 'Done elsewhere' }, { withdrawn: true }],
    [
      'update',
      { choice: 'amber', 'what-changed': 'Waiting for the new system' },
      { claimedRag: 'amber', status: 'in progress' },
    ],
  ])('changes the %s of each', async (what, sent, expected) => {
    const scene = await setScene(test, cast);
    const answer = await scene.officer.post(paths.selected(scene.slug), {
      selected: await keysOf(scene, ['1.1', '2.1']),
      step: 'save',
      what,
      ...sent,
    });
    expect(answer.statusCode).toBe(303);
    const { actions } = await scene.picture();
    expect(actions[0]).toMatchObject(expected);
    expect(actions[2]).toMatchObject(expected);
    expect(actions[1]).not.toMatchObject(expected);
  });

  it('asks for no second date where one waits for an answer, and says so', async () => {
    const scene = await setScene(test, cast);
    const href = paths.selected(scene.slug);
    const date = { what: 'due', 'due-reason': 'The board met later', 'due-effect': 'None' };
    const ask = async (due: string, refs: string[], step: string) =>
      scene.officer.post(href, { selected: await keysOf(scene, refs), step, due, ...date });
    await ask('31 October 2026', ['1.1'], 'save');
    const look = await ask('30 November 2026', ['1.1', '1.2'], 'confirm');
    expect(wordsOf(look)).toContain('No change: another date waits for an answer');
    await ask('30 November 2026', ['1.1', '1.2'], 'save');
    const { actions } = await scene.picture();
    expect(actions.map((action) => action.asked?.due.to ?? null)).toEqual([
      '2026-10-31',
      '2026-11-30',
      null,
    ]);
    expect(actions.map((action) => action.dueVersion)).toEqual([1, 1, 1]);
  });

  it('leaves alone what is so already, and says so', async () => {
    const scene = await setScene(test, cast);
    const post = async (refs: string[]) =>
      scene.officer.post(paths.selected(scene.slug), {
        selected: await keysOf(scene, refs),
        step: 'save',
        ...toLead,
      });
    await post(['1.1']);
    await post(['1.1', '1.2']);
    const { actions } = await scene.picture();
    expect(actions.map((action) => action.version)).toEqual([2, 2, 1]);
    const list = wordsOf(await scene.officer.get(paths.actions(scene.slug)));
    expect(list).toContain('1 action changed, 1 was so already.');
  });

  it.each([
    ['priority', { priority: 'low' }],
    ['update', { choice: 'green', 'what-changed': 'It is done', submission_id: cast.authority.id }],
  ])('is one change of the %s when sent twice', async (what, sent) => {
    const scene = await setScene(test, cast);
    const fields = { selected: await keysOf(scene), step: 'save', what, ...sent };
    for (const answer of await Promise.all([
      scene.officer.post(paths.selected(scene.slug), fields),
      scene.officer.post(paths.selected(scene.slug), fields),
    ])) {
      expect(answer.statusCode).toBe(303);
    }
    const { actions } = await scene.picture();
    for (const action of actions) expect(action.version + action.updateVersion).toBe(2);
  });

  it('loses nothing of an update that was saved, changed and sent again', async () => {
    const scene = await setScene(test, cast);
    const href = paths.selected(scene.slug);
    const sent = {
      selected: await keysOf(scene, ['1.1']),
      step: 'save',
      what: 'update',
      choice: 'green',
      'what-changed': 'It is done',
      submission_id: newId<'submission'>(),
    };
    await scene.officer.post(href, sent);
    // On the same action, and on another one: the first save is never taken for the second.
    for (const refs of [['1.1'], ['1.2']]) {
      const selected = await keysOf(scene, refs);
      const again = { ...sent, selected, 'what-changed': `Done again, ${refs.join()}` };
      const page = await scene.officer.post(href, again);
      expect(page.statusCode).toBe(409);
      const submission_id = /name="submission_id" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
      const saved = await scene.officer.post(href, { ...again, submission_id });
      expect(saved.statusCode).toBe(303);
    }
    const { actions } = await scene.picture();
    expect(actions.map((action) => action.updateVersion)).toEqual([2, 1, 0]);
    expect(actions[1]?.lastUpdate?.whatChanged).toBe('Done again, 1.2');
  });

  it('changes none when somebody saved one of them since, and shows which', async () => {
    const scene = await setScene(test, cast);
    const selected = await keysOf(scene);
    const href = paths.selected(scene.slug);
    await scene.colleague.post(href, {
      selected: await keysOf(scene, ['1.2']),
      step: 'save',
      what: 'lead',
      leads: 'Independent Chair',
    });
    const page = await scene.officer.post(href, { selected, step: 'save', ...toLead });
    expect(page.statusCode).toBe(409);
    const words = wordsOf(page);
    expect(words).toContain('Somebody saved 1 of these actions while you were looking');
    expect(words).toContain('Agree cover for sickness Saved since you looked Independent Chair');
    expect((await scene.picture()).actions.map((action) => action.version)).toEqual([1, 2, 1]);

    const now = [...page.body.matchAll(/name="selected" value="([^"]+)"/g)].map(([, key]) => key);
    const again = await scene.officer.post(href, {
      selected: now.filter((key) => key !== undefined),
      step: 'save',
      ...toLead,
    });
    expect(again.statusCode).toBe(303);
    expect((await scene.picture()).actions.map((action) => action.version)).toEqual([2, 3, 2]);
  });

  it.each([
    [{}, 'Choose what to change'],
    [{ what: 'lead', leads: ['', ''] }, 'Enter who leads them now'],
    [{ what: 'due', due: '' }, 'Enter the new date'],
    [{ what: 'due', due: '1 May 2026', 'due-reason': 'x' }, 'Say what it means for children'],
    [{ what: 'due', due: 'June 27', 'due-reason': 'x' }, 'We read “June 27” as June 2027'],
    [{ what: 'priority' }, 'Choose a priority'],
    [{ what: 'update', 'what-changed': 'x' }, 'Choose how these actions are going'],
    [{ what: 'withdraw' }, 'Say why they are withdrawn'],
  ])('asks again where %j is not enough', async (sent, text) => {
    const scene = await setScene(test, cast);
    const page = await scene.officer.post(paths.selected(scene.slug), {
      selected: await keysOf(scene),
      step: 'confirm',
      ...sent,
    });
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain(text);
  });

  it('says what to do where nothing is selected', async () => {
    const scene = await setScene(test, cast);
    const page = await scene.officer.post(paths.selected(scene.slug), {});
    expect(wordsOf(page)).toContain('No action is selected');
  });

  it('never leads away from the list', async () => {
    const scene = await setScene(test, cast);
    for (const back of ['https://example.org/', '//example.org', '/plans/other/actions']) {
      const answer = await scene.officer.post(paths.selected(scene.slug), {
        selected: await keysOf(scene, ['1.1']),
        back,
        step: 'save',
        ...toLead,
      });
      expect(answer.headers.location).toBe(paths.actions(scene.slug));
    }
  });

  it('is not there for a stranger or a member, nor for actions of another plan, and refused to a lead', async () => {
    const scene = await setScene(test, cast);
    const other = await setScene(test, cast);
    const fields = { selected: await keysOf(scene), step: 'save', ...toLead };
    const href = paths.selected(scene.slug);
    expect((await scene.stranger.post(href, fields)).statusCode).toBe(404);
    expect((await scene.member.post(href, fields)).statusCode).toBe(404);
    expect((await scene.lead.post(href, fields)).statusCode).toBe(403);
    const mixed = await scene.officer.post(paths.selected(other.slug), fields);
    expect(mixed.statusCode).toBe(404);
    expect((await scene.picture()).actions.map((action) => action.version)).toEqual([1, 1, 1]);
  });
});
