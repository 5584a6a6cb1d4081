import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { testApp } from '#test/app.ts';
import { day } from '#test/plans.ts';
import { changeAction } from '../actions/change-action.ts';
import { giveUpdate } from '../actions/give-update.ts';
import {
  officerOf,
  setCast,
  setScene,
  today,
  wordsOf,
  type Scene,
} from './edit/scene.test-help.ts';
import { paths } from './paths.ts';
import { saysNothing, setStrangers } from './strangers.test-help.ts';

const test = await testApp();
const cast = await setCast(test);
const strangers = await setStrangers(test, cast);
const begun = day('2026-01-12');

const pagesOf = ({ slug, actions }: Scene) => [
  paths.plan(slug),
  paths.actions(slug),
  paths.changes(slug),
  paths.action(slug, actions[0]),
];

const tell = (scene: Scene, on: string, choice: string, whatChanged: string, seenVersion = 0) =>
  giveUpdate(test.database.db, cast.officer.actor, day(on), {
    actionId: scene.actions[0],
    choice,
    whatChanged,
    evidence: [],
    seenVersion,
    submissionId: newId<'submission'>(),
    corrects: null,
  });

describe('the pages of a plan', () => {
  it('say how the plan stands, to its officers, its leads and its board', async () => {
    const scene = await setScene(test, cast, begun);
    await tell(scene, '2026-02-10', 'amber', 'Two visits were late');
    for (const reader of [cast.officer, cast.lead, strangers.boardMember]) {
      const [overview = '', list = '', changes = '', action = ''] = await Promise.all(
        pagesOf(scene).map(async (path) => wordsOf(await reader.get(path))),
      );
      expect(overview).toContain('3 actions.');
      expect(overview).toContain('2 actions without a lead');
      expect(overview).toContain('Children in care are visited on time');
      expect(list).toContain('Report every late visit weekly');
      expect(list).toContain('Service Manager, Children in Care');
      expect(list).toContain('22 days ago');
      expect(changes).toContain('Two visits were late');
      expect(action).toContain('In progress, claimed amber. Due 30 June 2026');
      expect(action).toContain('Last update 22 days ago by Robin Fenwick');
    }
  });

  it('are not there for those with no part in the plan, as if it were not there', async () => {
    const scene = await setScene(test, cast);
    const { boardMember, ...others } = strangers;
    expect((await boardMember.get(paths.plan(scene.slug))).statusCode).toBe(200);
    for (const who of [cast.stranger, cast.member, ...Object.values(others)]) {
      const absent = saysNothing(await who.get(paths.plan('no-such-plan')));
      expect(absent.status).toBe(404);
      for (const path of pagesOf(scene)) {
        const page = await who.get(path);
        expect(saysNothing(page), path).toEqual(absent);
        expect(page.body).not.toContain('Children’s services');
        // Nor is it told that it was once there.
        expect(saysNothing(await who.get(`${path}?as-at=2020-01-01`)).words).toBe(absent.words);
      }
      expect((await who.get(paths.plans())).body).not.toContain(scene.slug);
    }
  });

  it('send whoever is not signed in to the sign-in', async () => {
    const { slug } = await setScene(test, cast);
    const answer = await test.app.inject(paths.actions(slug));
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(
      `/sign-in?next=${encodeURIComponent(paths.actions(slug))}`,
    );
  });

  it('offer to change something only to whoever may', async () => {
    const { slug, actions } = await setScene(test, cast);
    const offers = async (who: typeof cast.officer) => {
      const list = await who.get(paths.actions(slug));
      const action = await who.get(paths.action(slug, actions[0]));
      return {
        export: list.body.includes(paths.exported(slug)),
        add: list.body.includes(paths.newAction(slug)),
        select: list.body.includes('name="selected"'),
        update: [0, 1].map((n) => list.body.includes(paths.update(slug, actions[n] ?? ''))),
        updateHere: action.body.includes(paths.update(slug, actions[0])),
        change: action.body.includes(paths.changeAction(slug, actions[0])),
      };
    };
    const nothing = { export: false, add: false, select: false, change: false };
    expect(await offers(cast.officer)).toEqual({
      export: true,
      add: true,
      select: true,
      update: [true, true],
      updateHere: true,
      change: true,
    });
    expect(await offers(cast.lead)).toEqual({
      ...nothing,
      update: [true, false],
      updateHere: true,
    });
    expect(await offers(strangers.boardMember)).toEqual({
      ...nothing,
      update: [false, false],
      updateHere: false,
    });
  });

  it('know no action of another plan, nor one that is not there', async () => {
    const [one, other] = [await setScene(test, cast), await setScene(test, cast)];
    for (const id of [other.actions[0], newId<'action'>(), 'no-id', '%00', "'--"]) {
      const page = await cast.officer.get(paths.action(one.slug, id));
      expect([400, 404]).toContain(page.statusCode);
    }
    for (const slug of ['%00', '%F0%9F%8C%8A', 'x'.repeat(101), '..%2F..', "'%3B--"]) {
      expect([400, 404]).toContain((await cast.officer.get(paths.plan(slug))).statusCode);
    }
  });
});

describe('a plan as it stood on an earlier day', () => {
  it('shows what was known of that day, with nothing to change and every link on that day', async () => {
    const scene = await setScene(test, cast, begun);
    await tell(scene, '2026-02-10', 'amber', 'Two visits were late');
    await tell(scene, '2026-02-24', 'green', 'All visits are on time', 1);
    for (const path of pagesOf(scene)) {
      const page = await cast.officer.get(`${path}?as-at=2026-02-12`);
      expect(page.statusCode, path).toBe(200);
      expect(page.body, path).toContain(
        'You are looking at <strong>12 February 2026</strong>. Nothing can be changed here.',
      );
      expect(page.body, path).toContain(`<a class="govuk-link" href="${path}">Go to today</a>`);
      expect(page.body, path).not.toContain('All visits are on time');
      // Signing out, and staying signed in, change nothing of what is shown.
      expect(page.body, path).not.toMatch(
        /<form[^>]*method="post"(?![^>]*action="\/(sign-out|account\/stay)")/,
      );
      expect(page.body, path).not.toMatch(/\/(update|change|due|withdraw|new|settings)"/);
      const inside = [...page.body.matchAll(/href="(\/plans\/[^"]*)"/g)].map((match) => match[1]);
      const leavesTheDay = inside.filter((href) => !/[?&](amp;)?as-at=2026-02-12/.test(href ?? ''));
      expect(leavesTheDay, path).toEqual([path]);
    }
    const action = wordsOf(await cast.officer.get(`${pagesOf(scene)[3] ?? ''}?as-at=2026-02-12`));
    expect(action).toContain('In progress, claimed amber');
    expect(action).toContain('Last update 2 days ago');
  });

  it('keeps the day in the forms that ask for a part of the page', async () => {
    const scene = await setScene(test, cast, begun);
    for (const path of [paths.actions(scene.slug), paths.changes(scene.slug)]) {
      const page = await cast.officer.get(`${path}?as-at=2026-02-12`);
      const forms = [...page.body.matchAll(/<form[^>]*method="get"[\s\S]*?<\/form>/g)].filter(
        ([form]) => !form.includes('sl-as-at'),
      );
      expect(forms, path).toHaveLength(1);
      expect(forms[0]?.[0]).toContain('<input type="hidden" name="as-at" value="2026-02-12"');
    }
  });

  it('says that it had not begun, to those who may know of it', async () => {
    const scene = await setScene(test, cast, begun);
    for (const path of pagesOf(scene)) {
      const page = await cast.officer.get(`${path}?as-at=2026-01-11`);
      expect(page.statusCode).toBe(404);
      expect(wordsOf(page)).toContain('This plan had not begun by then');
      expect(wordsOf(page)).toContain('11 January 2026');
    }
    expect((await cast.officer.get(`${paths.plan(scene.slug)}?as-at=2026-01-12`)).statusCode).toBe(
      200,
    );
  });

  it('is no day that has not come, nor one that cannot be read', async () => {
    const { slug } = await setScene(test, cast);
    for (const day of [
      '2026-03-05',
      'yesterday',
      '31+2+2026',
      '0',
      '2026-03-04&as-at=2026-03-03',
    ]) {
      const page = await cast.officer.get(`${paths.plan(slug)}?as-at=${day}`);
      expect(page.statusCode, day).toBe(400);
      expect(wordsOf(page)).toContain('We could not look back to that day');
    }
  });
});

describe('the plans', () => {
  it('are those that the person may read', async () => {
    const elsewhere = await setCast(test);
    const scene = await setScene(test, elsewhere);
    expect(wordsOf(await elsewhere.officer.get(paths.plans()))).toContain('1 plan.');
    expect(wordsOf(await elsewhere.lead.get(paths.plans()))).toContain('1 plan.');
    expect(wordsOf(await elsewhere.member.get(paths.plans()))).toContain('No plans yet');
    expect((await elsewhere.officer.get(paths.plans())).body).toContain(paths.plan(scene.slug));
  });

  it('are begun or imported by whoever may begin one, and only today', async () => {
    const links = async (who: typeof cast.officer, query = '') => {
      const { body } = await who.get(`${paths.plans()}${query}`);
      return [paths.importPlan(), paths.newPlan()].map((href) => body.includes(`"${href}"`));
    };
    expect(await links(cast.officer)).toEqual([true, true]);
    expect(await links(cast.officer, '?as-at=2026-03-03')).toEqual([false, false]);
    expect(await links(cast.lead)).toEqual([false, false]);
    expect(await links(strangers.boardMember)).toEqual([false, false]);
  });

  it('are no page for an administrator, who finds nothing in their own work either', async () => {
    const { administrator } = strangers;
    expect((await administrator.get(paths.plans())).statusCode).toBe(404);
    expect(wordsOf(await administrator.get(paths.myWork()))).toContain('You have no open actions');
  });
});

describe('my work', () => {
  it('is what the person’s post leads, each with a way to answer', async () => {
    const own = await setCast(test);
    const { slug, actions } = await setScene(test, own);
    const page = await own.lead.get(paths.myWork());
    const words = wordsOf(page);
    expect(words).toContain('For Service Manager, Children in Care.');
    expect(words).toContain('1 open action');
    expect(words).toContain('1.1 Report every late visit weekly');
    expect(words).not.toContain('Agree cover for sickness');
    expect(page.body).toContain(`href="${paths.update(slug, actions[0])}"`);
    expect(wordsOf(await own.officer.get(paths.myWork()))).toContain('You have no open actions');
    expect(wordsOf(await own.stranger.get(paths.myWork()))).not.toContain(
      'Report every late visit',
    );
  });

  it('takes no answer for an earlier day', async () => {
    const own = await setCast(test);
    const { slug, actions } = await setScene(test, own, begun);
    const page = await own.lead.get(`${paths.myWork()}?as-at=2026-02-12`);
    expect(page.body).toContain(`href="${paths.action(slug, actions[0])}?as-at=2026-02-12"`);
    expect(page.body).not.toContain(paths.update(slug, actions[0]));
    const empty = await own.officer.get(`${paths.myWork()}?as-at=2026-02-12`);
    expect(empty.body).toContain(`href="${paths.plans()}?as-at=2026-02-12"`);
  });
});

describe('the changes of a plan', () => {
  it('can be asked for since a day, written as people write it', async () => {
    const scene = await setScene(test, cast, begun);
    await tell(scene, '2026-02-10', 'amber', 'Two visits were late');
    const since = async (written: string) =>
      wordsOf(
        await cast.officer.get(`${paths.changes(scene.slug)}?since=${encodeURIComponent(written)}`),
      );
    expect(await since('')).toContain('4 changes, newest first');
    expect(await since('9 2 2026')).toContain('1 change since 9 February 2026');
    expect(await since('10 February 2026')).toContain('No changes');
  });

  it('says that a day cannot be read', async () => {
    const { slug } = await setScene(test, cast, today);
    const page = await cast.officer.get(`${paths.changes(slug)}?since=31+February+2026`);
    expect(page.statusCode).toBe(400);
    expect(wordsOf(page)).toContain('We could not read that date');
  });

  it('has no page beyond its last', async () => {
    const { slug } = await setScene(test, cast, today);
    for (const page of ['0', '-1', '99999', 'NaN', '1e9']) {
      const answer = await cast.officer.get(`${paths.changes(slug)}?page=${page}`);
      expect(answer.statusCode, page).toBe(200);
      expect(wordsOf(answer)).toContain('3 changes');
    }
  });
});

describe('my work on an earlier day', () => {
  it('holds nothing of a plan that its former lead may no longer read', async () => {
    const scene = await setScene(test, cast, begun);
    const pages = [
      `${paths.myWork()}?as-at=2026-02-10`,
      `${paths.exportMyWork()}?format=json&as-at=2026-02-10`,
    ] as const;
    const manager = await officerOf(test, cast.authority, ['team-manager'], 'Jo Reed', 'Team Head');
    const lead = async (name: string, seen: number, on: string) => {
      const outcome = await changeAction(
        test.database.db,
        cast.officer.actor,
        day(on),
        scene.actions[1],
        seen,
        {
          objectiveId: scene.objectives[0],
          ref: '1.2',
          text: 'Agree cover for sickness',
          leads: [name],
          contributors: [],
          priority: null,
          successMeasure: null,
          outcomeForChildren: null,
          sources: [],
        },
      );
      expect(outcome.kind).toBe('done');
    };
    await lead('Team Head', 1, '2026-01-20');
    for (const page of pages) {
      expect((await manager.get(page)).body).toContain('Agree cover for sickness');
    }
    await lead('Somebody Else', 2, today);
    expect((await manager.get(`${paths.plan(scene.slug)}?as-at=2026-02-10`)).statusCode).toBe(404);
    for (const page of pages) {
      expect((await manager.get(page)).body).not.toContain('Agree cover for sickness');
    }
  });
});
