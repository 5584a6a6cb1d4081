import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { testApp } from '#test/app.ts';
import { paths } from '../paths.ts';
import {
  hidden,
  officerOf,
  pictureOf,
  setCast,
  setScene,
  today,
  wordsOf,
  type Cast,
} from './scene.test-help.ts';
import { selectedKey } from './selected-form.ts';

const test = await testApp();
const cast = await setCast(test);

const planFields = (more: Record<string, string | string[]> = {}) => ({
  title: 'Adult safeguarding plan',
  'from-day': '1',
  'from-month': '4',
  'from-year': '2026',
  'to-day': '31',
  'to-month': 'March',
  'to-year': '2027',
  owner: 'Head of Adult Safeguarding',
  'more-boards': 'Safeguarding Adults Board\nScrutiny Committee',
  'review-cycle': 'other',
  'review-days': '45',
  'green-used': 'yes',
  'green-name': 'Done',
  'green-meaning': 'Finished, and seen to work',
  'green-stands-for': 'complete',
  'amber-used': 'yes',
  'amber-name': 'Going',
  'amber-meaning': 'Begun',
  'amber-stands-for': 'on track',
  ...more,
});

/** The settings page says what a plan has, so the tests read it there, as a person would. */
const settingsOf = async ({ officer }: Pick<Cast, 'officer'>, slug: string) =>
  wordsOf(await officer.get(paths.settings(slug)));

describe('beginning a plan', () => {
  it('keeps its title, period, owner, boards, cycle and what each colour means', async () => {
    const answer = await cast.officer.post(paths.newPlan(), {
      ...planFields(),
      submission_id: newId<'plan'>(),
    });
    expect(answer.statusCode).toBe(303);
    const page = wordsOf(await cast.officer.get(String(answer.headers.location)));
    expect(page).toContain('The plan is begun');
    expect(page).toContain('Adult safeguarding plan');
    expect(page).toContain('1 April 2026 to 31 March 2027');
    expect(page).toContain('Head of Adult Safeguarding');
    expect(page).toContain('Safeguarding Adults Board Scrutiny Committee');
    expect(page).toContain('Every 45 days');
    expect(page).toContain('Done Finished, and seen to work (complete)');
    expect(page).toContain('Going Begun (in progress, on track)');
    expect(page).not.toContain('Red');
  });

  it('is one plan when the form is sent twice', async () => {
    const fields = { ...planFields({ title: 'Sent twice' }), submission_id: newId<'plan'>() };
    const [one, two] = await Promise.all([
      cast.officer.post(paths.newPlan(), fields),
      cast.officer.post(paths.newPlan(), fields),
    ]);
    expect([one.statusCode, two.statusCode]).toEqual([303, 303]);
    expect([one.headers.location, two.headers.location]).toEqual([
      paths.settings('sent-twice'),
      paths.settings('sent-twice'),
    ]);
    expect((await cast.officer.get(paths.plan('sent-twice-2'))).statusCode).toBe(404);
  });

  it('gives a plan called New an address that is not the page of new plans', async () => {
    const answer = await cast.officer.post(paths.newPlan(), planFields({ title: 'New' }));
    expect(answer.headers.location).toBe(paths.settings('new-plan'));
  });

  it('says every mistake at once and keeps what was typed', async () => {
    const page = await cast.officer.post(
      paths.newPlan(),
      planFields({
        title: 'Period the wrong way round',
        'from-year': '2028',
        'review-days': 'often',
        'green-meaning': '',
        'amber-stands-for': '',
      }),
    );
    expect(page.statusCode).toBe(422);
    const words = wordsOf(page);
    expect(words).toContain('The last day must be the same as or after the first day');
    expect(words).toContain('Enter a number of days from 1 to 999');
    expect(words).toContain('Say what green means in this plan');
    expect(words).toContain('Choose what amber stands for');
    expect(page.body).toContain('value="Period the wrong way round"');
    expect(page.body).toContain('value="often"');
  });

  it('asks for one colour at least', async () => {
    const fields: Record<string, string | string[]> = planFields();
    delete fields['green-used'];
    delete fields['amber-used'];
    const page = await cast.officer.post(paths.newPlan(), fields);
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('Use at least one colour');
  });

  it('is not there for who may not begin plans', async () => {
    for (const who of [cast.lead, cast.member]) {
      expect((await who.get(paths.newPlan())).statusCode).toBe(404);
      expect((await who.post(paths.newPlan(), planFields())).statusCode).toBe(404);
    }
  });
});

const changed = (more: Record<string, string> = {}) => ({
  ...planFields(),
  version: '1',
  ...more,
});

describe('changing a plan', () => {
  it('shows what stands and saves what is different, at the same address', async () => {
    const scene = await setScene(test, cast);
    const form = await scene.officer.get(paths.changePlan(scene.slug));
    expect(form.body).toContain('value="Children’s services improvement plan"');
    expect(form.body).toMatch(/value="Improvement Board"[^>]*checked/);
    const answer = await scene.officer.post(
      paths.changePlan(scene.slug),
      changed({ boards: 'Improvement Board', version: hidden(form, 'version') }),
    );
    expect(answer.headers.location).toBe(paths.settings(scene.slug));
    const words = await settingsOf(scene, scene.slug);
    expect(words).toContain('Adult safeguarding plan');
    expect(words).toContain('Improvement Board Safeguarding Adults Board Scrutiny Committee');
    expect((await scene.picture()).plan.version).toBe(2);
  });

  it('is one change when sent twice', async () => {
    const scene = await setScene(test, cast);
    const href = paths.changePlan(scene.slug);
    for (const answer of await Promise.all([
      scene.officer.post(href, changed()),
      scene.officer.post(href, changed()),
    ])) {
      expect(answer.statusCode).toBe(303);
    }
    expect((await scene.picture()).plan.version).toBe(2);
  });

  it('shows both when somebody saved first, yours still in the boxes', async () => {
    const scene = await setScene(test, cast);
    const href = paths.changePlan(scene.slug);
    await scene.colleague.post(href, changed({ title: 'Title of a colleague' }));
    const page = await scene.officer.post(href, changed({ title: 'Title of mine' }));
    expect(page.statusCode).toBe(409);
    expect(wordsOf(page)).toContain('Title of a colleague');
    expect(page.body).toContain('value="Title of mine"');
    expect((await scene.picture()).plan.title).toBe('Title of a colleague');
    const version = hidden(page, 'version');
    const saved = await scene.officer.post(href, changed({ title: 'Title of mine', version }));
    expect(saved.statusCode).toBe(303);
    expect((await scene.picture()).plan.title).toBe('Title of mine');
  });

  it('is not there for a stranger or a member, and refused to a lead', async () => {
    const scene = await setScene(test, cast);
    for (const [who, status] of [
      [scene.stranger, 404],
      [scene.member, 404],
      [scene.lead, 403],
    ] as const) {
      expect((await who.get(paths.changePlan(scene.slug))).statusCode).toBe(status);
      const answer = await who.post(paths.changePlan(scene.slug), changed());
      expect(answer.statusCode).toBe(status);
    }
    expect((await scene.picture()).plan.version).toBe(1);
  });
});

describe('a service manager', () => {
  const post = 'Director of Children’s Services';

  it('changes the plan that their post owns, and no other', async () => {
    const scene = await setScene(test, cast);
    const other = { ...planFields({ owner: 'Somebody else' }), submission_id: newId<'plan'>() };
    const elsewhere = await scene.officer.post(paths.newPlan(), other);
    const manager = await officerOf(test, cast.authority, ['service-manager'], 'Jo Reed', post);
    const answer = await manager.post(paths.changePlan(scene.slug), changed());
    expect(answer.statusCode).toBe(303);
    const slug = String(elsewhere.headers.location).split('/')[2] ?? '';
    expect((await manager.get(paths.settings(slug))).statusCode).toBe(200);
    expect((await manager.get(paths.changePlan(slug))).statusCode).toBe(403);
    expect((await manager.post(paths.changePlan(slug), changed())).statusCode).toBe(403);
  });

  it('is offered their own post as the owner of a new plan', async () => {
    const manager = await officerOf(test, cast.authority, ['service-manager'], 'Jo Reed', post);
    const page = await manager.get(paths.newPlan());
    expect(page.body).toMatch(new RegExp(`name="owner"[^>]*value="${post}"`));
  });
});

describe('the settings', () => {
  it('lead to every change, and to none on an earlier day', async () => {
    const scene = await setScene(test, cast);
    const page = await scene.officer.get(paths.settings(scene.slug));
    expect(page.body).toContain(paths.changeObjective(scene.slug, scene.objectives[0]));
    expect(page.body).toContain(`${paths.changePlan(scene.slug)}#title`);
    expect(page.body).toContain(paths.archive(scene.slug));
    expect(page.body).not.toContain('Undo this import');
    expect(page.body).toMatch(/href="\/log\?item=[0-9a-f-]{36}">What was done with it/);
    const older = await setScene(test, cast, '2026-03-02' as typeof today);
    const before = await older.officer.get(`${paths.settings(older.slug)}?as-at=2026-03-03`);
    expect(before.statusCode).toBe(200);
    expect(before.body).not.toContain(paths.changePlan(older.slug));
    expect(before.body).not.toContain(paths.archive(older.slug));
  });

  it('are not there for a stranger', async () => {
    const scene = await setScene(test, cast);
    expect((await scene.stranger.get(paths.settings(scene.slug))).statusCode).toBe(404);
    expect((await scene.member.get(paths.settings(scene.slug))).statusCode).toBe(404);
  });
});

describe('archiving', () => {
  it('is asked before it is done, stops every change, and is taken back', async () => {
    const scene = await setScene(test, cast);
    const href = paths.archive(scene.slug);
    const page = await scene.officer.get(href);
    expect(wordsOf(page)).toContain('3 actions are still open');
    const fields = { version: hidden(page, 'version'), archived: hidden(page, 'archived') };
    expect((await scene.officer.post(href, fields)).statusCode).toBe(303);
    // Sent twice, it is archived once.
    expect((await scene.officer.post(href, fields)).statusCode).toBe(303);
    expect((await scene.picture()).plan).toMatchObject({ state: 'archived', version: 2 });

    for (const path of [
      paths.changePlan(scene.slug),
      paths.newObjective(scene.slug),
      paths.newAction(scene.slug),
      paths.changeAction(scene.slug, scene.actions[0]),
      paths.due(scene.slug, scene.actions[0]),
      paths.withdraw(scene.slug, scene.actions[0]),
    ]) {
      const refused = await scene.officer.get(path);
      expect(refused.statusCode, path).toBe(409);
      expect(wordsOf(refused)).toContain('This plan is archived');
    }

    const back = { version: '2', archived: 'no' };
    expect((await scene.officer.post(href, back)).statusCode).toBe(303);
    expect((await scene.picture()).plan.state).toBe('active');
  });

  it('is not for a stranger or a lead', async () => {
    const scene = await setScene(test, cast);
    const fields = { version: '1', archived: 'yes' };
    const href = paths.archive(scene.slug);
    expect((await scene.stranger.post(href, fields)).statusCode).toBe(404);
    expect((await scene.lead.post(href, fields)).statusCode).toBe(403);
    expect((await scene.picture()).plan.state).toBe('active');
  });
});

describe('copying forward', () => {
  const copyFields = (more: Record<string, string> = {}) => ({
    submission_id: newId<'plan'>(),
    title: 'Plan of next year',
    which: 'all',
    ...more,
  });

  it.each([
    ['open', ['1.1', '2.1'], [], ['2026-06-30', '2026-06-30']],
    ['all', ['1.1', '1.2', '2.1'], ['1.2'], ['2026-06-30', null, '2026-06-30']],
  ])(
    'copies %s actions without their ticks, and leaves this plan',
    async (which, refs, was, due) => {
      const scene = await setScene(test, cast);
      const done = (await scene.picture()).actions[1];
      await scene.officer.post(paths.selected(scene.slug), {
        selected: done === undefined ? [] : [selectedKey(done)],
        step: 'save',
        what: 'update',
        choice: 'blue',
        'what-changed': 'It is done',
      });
      const page = await scene.officer.get(paths.copyForward(scene.slug));
      expect(wordsOf(page)).toContain('Only what is still to be done: 2 actions');
      expect(wordsOf(page)).toContain('Every action, to be begun again: 3 actions');
      const title = `Next year ${which}`;
      const answer = await scene.officer.post(
        paths.copyForward(scene.slug),
        copyFields({ title, which, 'from-day': '1', 'from-month': '4', 'from-year': '2027' }),
      );
      const slug = `next-year-${which}`;
      expect(answer.headers.location).toBe(paths.plan(slug));
      const copy = await pictureOf(test, scene.authority, slug);
      expect(copy.plan).toMatchObject({ title, periodFrom: '2027-04-01', periodTo: null });
      expect(copy.actions.map((action) => action.ref)).toEqual(refs);
      expect(copy.actions.map((action) => action.due.to)).toEqual(due);
      for (const action of copy.actions) {
        expect(action).toMatchObject({ claimedRag: null, status: null, lastUpdate: null });
      }
      expect(copy.actions[0]?.leads.map((lead) => lead.name)).toEqual([
        'Service Manager, Children in Care',
      ]);
      // What was complete is complete in the old plan alone.
      const old = await scene.picture();
      expect(old.actions.map((action) => action.status)).toEqual([null, 'complete', null]);
      expect(copy.actions.filter((action) => action.due.to === null).map((one) => one.ref)).toEqual(
        was,
      );
    },
  );

  it('is one copy when sent twice', async () => {
    const scene = await setScene(test, cast);
    const fields = copyFields({ title: 'Copied twice' });
    const [one, two] = await Promise.all([
      scene.officer.post(paths.copyForward(scene.slug), fields),
      scene.officer.post(paths.copyForward(scene.slug), fields),
    ]);
    expect([one.headers.location, two.headers.location]).toEqual([
      paths.plan('copied-twice'),
      paths.plan('copied-twice'),
    ]);
    expect((await scene.officer.get(paths.plan('copied-twice-2'))).statusCode).toBe(404);
  });

  it('keeps what was typed when something is missing', async () => {
    const scene = await setScene(test, cast);
    const page = await scene.officer.post(paths.copyForward(scene.slug), {
      ...copyFields({ title: '', 'from-day': '31', 'from-month': '2', 'from-year': '2027' }),
    });
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('Enter a title for the new plan');
    expect(page.body).toMatch(/name="from-day"[^>]*value="31"/);
  });

  it('is not there for a stranger, a member or a lead', async () => {
    const scene = await setScene(test, cast);
    for (const who of [scene.stranger, scene.member, scene.lead]) {
      expect((await who.get(paths.copyForward(scene.slug))).statusCode).toBe(404);
      const answer = await who.post(paths.copyForward(scene.slug), copyFields());
      expect(answer.statusCode).toBe(404);
    }
  });
});
