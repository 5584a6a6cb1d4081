import { describe, expect, it } from 'vitest';
import { testApp } from '#test/app.ts';
import { paths } from '../paths.ts';
import { decide, openOf, requestsOf } from '../dates/asked.test-help.ts';
import { hidden, setCast, setScene, wordsOf } from './scene.test-help.ts';

const test = await testApp();
const cast = await setCast(test);

const fields = (more: Record<string, string> = {}) => ({
  version: '1',
  due: '30 September 2026',
  reason: 'The recruitment took longer than planned',
  effect: 'Some visits stay late over the summer',
  ...more,
});

describe('asking for another due date', () => {
  it('moves nothing until it is granted, and says what was asked', async () => {
    const scene = await setScene(test, cast);
    const href = paths.due(scene.slug, scene.actions[0]);
    const answer = await scene.lead.post(href, fields());
    expect(answer.statusCode).toBe(303);
    expect((await scene.picture()).actions[0]).toMatchObject({
      due: { to: '2026-06-30' },
      dueDateCount: 1,
      asked: { due: { to: '2026-09-30' }, on: '2026-03-04' },
    });
    const words = wordsOf(await scene.lead.get(href));
    expect(words).toContain('First date: 30 June 2026');
    expect(words).toContain('You asked for 30 September 2026 on 4 March 2026');
    expect(words).toContain('The recruitment took longer than planned');
    expect(words).toContain('Effect on children: Some visits stay late over the summer');
    const list = wordsOf(await scene.officer.get(paths.actions(scene.slug)));
    expect(list).toContain('asked for 30 September 2026, not yet agreed');
  });

  it('keeps every date that was given, the first for ever', async () => {
    const scene = await setScene(test, cast);
    const [action] = scene.actions;
    const href = paths.due(scene.slug, action);
    await scene.lead.post(href, fields());
    expect((await decide(scene, scene.owner, 'granted')).statusCode).toBe(303);
    expect((await scene.picture()).actions[0]).toMatchObject({
      due: { to: '2026-09-30' },
      firstDue: { to: '2026-06-30' },
      dueDateCount: 2,
      slippageDays: 92,
      asked: null,
    });
    const words = wordsOf(await scene.lead.get(href));
    expect(words).toContain('First date: 30 June 2026');
    expect(words).toContain('Then: 30 September 2026');
    expect(words).toContain('The recruitment took longer than planned');
    const list = wordsOf(await scene.officer.get(paths.actions(scene.slug)));
    expect(list).toContain('2nd date, 92 days later than first');
  });

  it('asks for a date, a reason and the effect on children, and keeps what was typed', async () => {
    const scene = await setScene(test, cast);
    const href = paths.due(scene.slug, scene.actions[0]);
    const page = await scene.lead.post(href, fields({ due: '', reason: '' }));
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('Enter the new date');
    expect(wordsOf(page)).toContain('Say why the date is no longer right');
    expect(page.body).toContain('Some visits stay late over the summer');
    const silent = await scene.lead.post(href, fields({ effect: ' ' }));
    expect(silent.statusCode).toBe(422);
    expect(wordsOf(silent)).toContain('Say what it means for children, or that it means nothing');
    expect((await scene.picture()).actions[0]?.asked).toBeNull();
  });

  it('asks about words in which there is no date', async () => {
    const scene = await setScene(test, cast);
    const href = paths.due(scene.slug, scene.actions[0]);
    const page = await scene.lead.post(href, fields({ due: '31 February 2027' }));
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('We found no date in “31 February 2027”');
    const no = { 'due-asked': hidden(page, 'due-asked'), 'due-right': 'no' };
    const again = await scene.lead.post(href, fields({ due: '31 February 2027', ...no }));
    expect(wordsOf(again)).toContain('Write the date again');
    const saved = await scene.lead.post(href, fields({ due: '28 February 2027', ...no }));
    expect(saved.statusCode).toBe(303);
  });

  it('refuses the date that it has already', async () => {
    const scene = await setScene(test, cast);
    const href = paths.due(scene.slug, scene.actions[0]);
    const page = await scene.lead.post(href, fields({ due: '30/06/2026' }));
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('This is the date it has already');
  });

  it('is one request when sent twice', async () => {
    const scene = await setScene(test, cast);
    const href = paths.due(scene.slug, scene.actions[0]);
    for (const answer of await Promise.all([
      scene.lead.post(href, fields()),
      scene.lead.post(href, fields()),
    ])) {
      expect(answer.statusCode).toBe(303);
    }
    expect(await requestsOf(scene)).toHaveLength(1);
  });

  it('is one at a time: a second sees both texts, and asks once the first is taken back', async () => {
    const scene = await setScene(test, cast);
    const href = paths.due(scene.slug, scene.actions[0]);
    await scene.officer.post(href, fields({ due: '31 July 2026', reason: 'Agreed at the board' }));
    const page = await scene.lead.post(href, fields());
    expect(page.statusCode).toBe(409);
    const words = wordsOf(page);
    expect(words).toContain('Saved by Robin Fenwick');
    expect(words).toContain('Agreed at the board');
    expect(words).toContain('One date at a time waits for an answer');
    expect(page.body).toContain('value="30 September 2026"');
    expect(page.body).toMatch(/<textarea[^>]*name="reason"[^>]*>The recruitment took longer/);
    expect(wordsOf(await scene.lead.get(href))).not.toContain('Take my request back');
    expect(wordsOf(await scene.officer.get(href))).toContain('Take my request back');

    const back = paths.takeDateBack(scene.slug, await openOf(scene));
    expect((await scene.lead.post(back)).statusCode).toBe(403);
    expect((await scene.officer.post(back)).statusCode).toBe(303);
    // Pressed twice, it is taken back once.
    expect((await scene.officer.post(back)).statusCode).toBe(303);
    const again = await scene.lead.post(href, fields({ version: hidden(page, 'version') }));
    expect(again.statusCode).toBe(303);
    expect((await requestsOf(scene)).map((one) => one.outcome)).toEqual(['taken back', null]);
  });

  it('shows both dates and reasons where the date was changed meanwhile', async () => {
    const scene = await setScene(test, cast);
    const href = paths.due(scene.slug, scene.actions[0]);
    await scene.officer.post(href, fields({ due: '31 July 2026', reason: 'Agreed at the board' }));
    await decide(scene, scene.owner, 'granted');
    const page = await scene.lead.post(href, fields());
    expect(page.statusCode).toBe(409);
    expect(wordsOf(page)).toContain('Saved by Kim Alder');
    expect(wordsOf(page)).toContain('Agreed at the board');
    const again = await scene.lead.post(href, fields({ version: hidden(page, 'version') }));
    expect(again.statusCode).toBe(303);
    expect((await scene.picture()).actions[0]?.asked?.due.to).toBe('2026-09-30');
  });

  it('is refused to who leads another action, and is not there for a stranger', async () => {
    const scene = await setScene(test, cast);
    const others = paths.due(scene.slug, scene.actions[1]);
    expect((await scene.lead.get(others)).statusCode).toBe(403);
    expect((await scene.lead.post(others, fields())).statusCode).toBe(403);
    const href = paths.due(scene.slug, scene.actions[0]);
    expect((await scene.stranger.get(href)).statusCode).toBe(404);
    expect((await scene.stranger.post(href, fields())).statusCode).toBe(404);
    expect((await scene.member.get(href)).statusCode).toBe(404);
    expect(await requestsOf(scene)).toEqual([]);
  });
});

describe('withdrawing an action', () => {
  const reason = 'The duty passed to the partnership';

  it('takes it out of the plan with its reason, and brings it back', async () => {
    const scene = await setScene(test, cast);
    const href = paths.withdraw(scene.slug, scene.actions[0]);
    const page = await scene.officer.get(href);
    const sent = { version: hidden(page, 'version'), withdrawn: hidden(page, 'withdrawn'), reason };
    expect((await scene.officer.post(href, sent)).statusCode).toBe(303);
    // Sent twice, it is withdrawn once.
    expect((await scene.officer.post(href, sent)).statusCode).toBe(303);
    expect((await scene.picture()).actions[0]).toMatchObject({ withdrawn: true, version: 2 });
    const shown = wordsOf(await scene.officer.get(paths.action(scene.slug, scene.actions[0])));
    expect(shown).toContain(reason);
    expect((await scene.lead.get(paths.due(scene.slug, scene.actions[0]))).statusCode).toBe(409);

    const back = await scene.officer.get(href);
    expect(wordsOf(back)).toContain('Bring action 1.1 back');
    const restored = { version: '2', withdrawn: hidden(back, 'withdrawn'), reason: 'It came back' };
    expect((await scene.officer.post(href, restored)).statusCode).toBe(303);
    expect((await scene.picture()).actions[0]).toMatchObject({ withdrawn: false, version: 3 });
  });

  it('asks for a reason', async () => {
    const scene = await setScene(test, cast);
    const href = paths.withdraw(scene.slug, scene.actions[0]);
    const page = await scene.officer.post(href, { version: '1', withdrawn: 'yes', reason: ' ' });
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('Say why, so that people who read the plan later know');
  });

  it('shows what somebody saved first', async () => {
    const scene = await setScene(test, cast);
    const href = paths.withdraw(scene.slug, scene.actions[0]);
    await scene.colleague.post(href, { version: '1', withdrawn: 'yes', reason: 'Another reason' });
    const page = await scene.officer.post(href, { version: '1', withdrawn: 'yes', reason });
    expect(page.statusCode).toBe(409);
    expect(wordsOf(page)).toContain('Another reason');
    expect(page.body).toMatch(new RegExp(`<textarea[^>]*name="reason"[^>]*>${reason}`));
  });

  it('is refused to its lead, and is not there for a stranger', async () => {
    const scene = await setScene(test, cast);
    const href = paths.withdraw(scene.slug, scene.actions[0]);
    const sent = { version: '1', withdrawn: 'yes', reason };
    expect((await scene.lead.post(href, sent)).statusCode).toBe(403);
    expect((await scene.stranger.post(href, sent)).statusCode).toBe(404);
    expect((await scene.picture()).actions[0]?.withdrawn).toBe(false);
  });
});
