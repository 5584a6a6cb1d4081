import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { holdPost, setPostAbove } from '#people';
import { testApp } from '#test/app.ts';
import { day } from '#test/plans.ts';
import { readPicture } from '../../store/read-picture.ts';
import { withdrawAction } from '../../actions/change-action.ts';
import { changePlan } from '../../actions/change-plan.ts';
import {
  hidden,
  officerOf,
  setCast,
  setScene,
  today,
  wordsOf,
  type Officer,
  type Scene,
} from '../edit/scene.test-help.ts';
import { paths } from '../paths.ts';
import { setStrangers } from '../strangers.test-help.ts';
import { decide, openOf, requestsOf } from './asked.test-help.ts';

const test = await testApp();
const { db } = test.database;
const cast = await setCast(test);
const { authority } = cast;
const strangers = await setStrangers(test, cast);
const chief = await officerOf(test, authority, ['director'], 'Jules Thorne', 'Chief Executive');
const chair = await officerOf(test, authority, ['board-chair'], 'Bo Harrow');
const doer = { authorityId: authority.id, userId: null } as const;

/** Puts somebody on the board of the scenes, or in the post of a party that stands. */
async function seat(who: Officer, name: string) {
  await inAuthority(db, authority.id, async (tx) => {
    const { id: partyId } = await tx
      .selectFrom('party')
      .select('id')
      .where('authority_id', '=', authority.id)
      .where('name', '=', name)
      .executeTakeFirstOrThrow();
    await holdPost(tx, doer, { partyId, userId: who.actor.userId, startsOn: today });
    who.actor.partyIds.push(partyId);
  });
}

async function partyOf(name: string) {
  return readInAuthority(db, authority.id, async (tx) => {
    const found = tx.selectFrom('party').select('id').where('name', '=', name);
    return (await found.where('authority_id', '=', authority.id).executeTakeFirstOrThrow()).id;
  });
}

await setScene(test, cast);
await seat(chair, 'Improvement Board');
const deputy = await officerOf(test, authority, ['director'], 'Ola Fenn');
await seat(deputy, 'Director of Children’s Services');

const ask = async (scene: Scene, who: Officer, due = '30 September 2026', index = 0) => {
  const action = scene.actions[index] ?? scene.actions[0];
  const version = String((await scene.picture()).actions[index]?.dueVersion ?? 0);
  const fields = { version, due, reason: 'Recruitment took longer', effect: 'Late visits stay' };
  const answer = await who.post(paths.due(scene.slug, action), fields);
  expect(answer.statusCode).toBe(303);
};
const pageOf = async (scene: Scene, who: Officer) =>
  who.get(paths.dateRequest(scene.slug, await openOf(scene)));
const grant = async (scene: Scene, who: Officer) =>
  expect((await decide(scene, who, 'granted')).statusCode).toBe(303);

describe('deciding on a date', () => {
  it('shows both dates, how far, why, and the ledger; the owner grants, and My work says what waits', async () => {
    const scene = await setScene(test, cast);
    await ask(scene, scene.lead);
    const work = wordsOf(await scene.owner.get(paths.myWork()));
    expect(work).toMatch(/\d+ dates? waits? for your decision/);
    expect(work).toContain('Due 30 June 2026, asked for 30 September 2026');
    expect(wordsOf(await scene.officer.get(paths.myWork()))).not.toContain('for your decision');
    const words = wordsOf(await pageOf(scene, scene.owner));
    expect(words).toContain('92 days later than the date now. It would be its 2nd date.');
    expect(words).toContain('Recruitment took longer');
    expect(words).toContain('Late visits stay');
    expect(words).toContain('Alex Marsh on 4 March 2026');
    expect(words).toContain('First date: 30 June 2026');
    const done = await decide(scene, scene.owner, 'granted', 'The board knows');
    expect(done.headers.location).toBe(paths.dates(scene.slug));
    const [request] = await requestsOf(scene);
    expect(request).toMatchObject({
      outcome: 'granted',
      capacity: 'owner',
      by: scene.owner.actor.userId,
    });
    const told = wordsOf(await scene.lead.get(paths.action(scene.slug, scene.actions[0])));
    expect(told).toContain('Another due date asked for: 30 September 2026');
    expect(told).toContain('Due date changed from 30 June 2026 to 30 September 2026');
    expect(told).toContain(
      'Asked for by Alex Marsh on 4 March 2026, and granted as the plan’s owner: “The board knows”',
    );
    // What waited waits no longer, and the page says what became of it.
    const after = await scene.lead.get(paths.dateRequest(scene.slug, request?.id ?? ''));
    expect(wordsOf(after)).toContain('Granted as the plan’s owner on 4 March 2026, Kim Alder');
  });

  it('needs a reason where it refuses, and moves nothing', async () => {
    const scene = await setScene(test, cast);
    await ask(scene, scene.lead);
    expect((await decide(scene, scene.owner, '')).statusCode).toBe(422);
    const silent = await decide(scene, scene.owner, 'refused', ' ');
    expect(silent.statusCode).toBe(422);
    expect(wordsOf(silent)).toContain('Say why, so that whoever asked knows what to do');
    expect((await decide(scene, scene.owner, 'refused', 'Too long')).statusCode).toBe(303);
    expect((await scene.picture()).actions[0]).toMatchObject({
      due: { to: '2026-06-30' },
      dueVersion: 1,
      asked: null,
    });
    const told = wordsOf(await scene.lead.get(paths.action(scene.slug, scene.actions[0])));
    expect(told).toContain('The date that was asked for, 30 September 2026, was refused');
    expect(told).toContain('Too long');
  });

  it('is one decision where two race, and a decision or a taking back, never both', async () => {
    const scene = await setScene(test, cast);
    await ask(scene, scene.lead);
    const url = paths.dateRequest(scene.slug, await openOf(scene));
    const answers = await Promise.all([
      scene.owner.post(url, { outcome: 'granted', reason: '' }),
      deputy.post(url, { outcome: 'refused', reason: 'Not now' }),
      scene.lead.post(paths.takeDateBack(scene.slug, await openOf(scene))),
    ]);
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([303, 409, 409]);
    const late = answers.find((answer) => answer.statusCode === 409);
    expect(late === undefined ? '' : wordsOf(late)).toContain('Somebody was quicker');
    const [request, ...others] = await requestsOf(scene);
    expect(others).toEqual([]);
    const { dueVersion, asked } = (await scene.picture()).actions[0] ?? {};
    expect(dueVersion).toBe(request?.outcome === 'granted' ? 2 : 1);
    expect(asked).toBeNull();
  });

  it('is one decision when sent twice', async () => {
    const scene = await setScene(test, cast);
    await ask(scene, scene.lead);
    const url = paths.dateRequest(scene.slug, await openOf(scene));
    const send = () => scene.owner.post(url, { outcome: 'granted', reason: '' });
    const answers = await Promise.all([send(), send()]);
    expect(answers.map((answer) => answer.statusCode)).toEqual([303, 303]);
    expect((await scene.picture()).actions[0]?.dueVersion).toBe(2);
  });

  it('is not granted for an action that was withdrawn meanwhile, and can be refused', async () => {
    const scene = await setScene(test, cast);
    await ask(scene, scene.lead);
    const left = { withdrawn: true, reason: 'Done elsewhere' };
    await withdrawAction(db, scene.officer.actor, today, scene.actions[0], 1, left);
    const page = await decide(scene, scene.owner, 'granted');
    expect(page.statusCode).toBe(422);
    expect(wordsOf(page)).toContain('This action was withdrawn, so it needs no other date');
    expect((await scene.picture()).actions[0]?.dueVersion).toBe(1);
    expect((await decide(scene, scene.owner, 'refused', 'Withdrawn')).statusCode).toBe(303);
  });
});

describe('who decides', () => {
  it('is never whoever asked, whatever roles and posts they hold; every reason is said at once', async () => {
    const scene = await setScene(test, cast);
    await ask(scene, scene.officer);
    const own = await pageOf(scene, scene.officer);
    const words = wordsOf(own);
    expect(words).toContain('You cannot decide on this date');
    expect(words).toContain('You asked for this date');
    expect(words).toContain('You do not hold the post that owns the plan');
    expect(words).toContain('whoever holds the post Director of Children’s Services');
    expect(own.body).not.toContain('name="outcome"');
    expect((await decide(scene, scene.officer, 'granted')).statusCode).toBe(403);
    // A lead may not approve at all: the route is not for them.
    expect(wordsOf(await pageOf(scene, scene.lead))).toContain('Your role does not let you');
    expect((await decide(scene, scene.lead, 'granted')).statusCode).toBe(404);
    expect((await scene.picture()).actions[0]?.dueVersion).toBe(1);
  });

  it('is the post above where the owner asked, or the chair of the board, not the owner’s deputy', async () => {
    const scene = await setScene(test, cast);
    const both = await officerOf(test, authority, ['director', 'board-chair'], 'Pat Twohats');
    await seat(both, 'Director of Children’s Services');
    await seat(both, 'Improvement Board');
    // Nobody stands above yet: the chair alone.
    await ask(scene, both);
    expect(wordsOf(await pageOf(scene, scene.owner))).toContain(
      'It is for the chair of Improvement Board.',
    );
    expect((await decide(scene, scene.owner, 'granted')).statusCode).toBe(403);
    expect((await decide(scene, both, 'granted')).statusCode).toBe(403);
    await grant(scene, chair);
    // An administrator says to whom the post answers.
    const [postId, aboveId] = await Promise.all([
      partyOf('Director of Children’s Services'),
      partyOf('Chief Executive'),
    ]);
    const line = { postId, aboveId, effectiveOn: today };
    await inAuthority(db, authority.id, (tx) => setPostAbove(tx, doer, line));
    await ask(scene, scene.owner, '31 December 2026');
    expect((await decide(scene, deputy, 'granted')).statusCode).toBe(403);
    expect(wordsOf(await chief.get(paths.myWork()))).toContain('1 date waits for your decision');
    await grant(scene, chief);
    expect((await requestsOf(scene)).map((one) => one.capacity)).toEqual([
      'board chair',
      'post above',
    ]);
  });

  it('is the chair of the board where nobody owns the plan', async () => {
    const scene = await setScene(test, cast);
    const { plan } = await scene.picture();
    const head = { ...plan, owner: null, boards: ['Improvement Board'] };
    const changed = await changePlan(db, scene.officer.actor, today, scene.planId, 1, head);
    expect(changed.kind).toBe('done');
    await ask(scene, scene.lead);
    const words = wordsOf(await pageOf(scene, scene.owner));
    expect(words).toContain('The plan names no owner.');
    expect(words).toContain('It is for the chair of Improvement Board.');
    expect((await decide(scene, scene.owner, 'granted')).statusCode).toBe(403);
    await grant(scene, chair);
  });

  it('is nobody of another council, nor who may not read the plan: it is not there for them', async () => {
    const scene = await setScene(test, cast);
    const other = await setScene(test, cast);
    await ask(scene, scene.lead);
    const id = await openOf(scene);
    const absent = '01980a7e-0000-7000-8000-000000000000';
    for (const who of [scene.stranger, scene.member, strangers.leadElsewhere]) {
      for (const [slug, request] of [
        [scene.slug, id],
        [scene.slug, absent],
      ] as const) {
        expect((await who.get(paths.dateRequest(slug, request))).statusCode).toBe(404);
      }
      const url = paths.dateRequest(scene.slug, id);
      const sent = await who.post(url, { outcome: 'granted', reason: '' });
      expect([403, 404]).toContain(sent.statusCode);
      expect((await who.get(paths.dates(scene.slug))).statusCode).toBe(404);
      expect((await who.get(paths.boardDates(scene.slug))).statusCode).toBe(404);
    }
    // Nor under the address of another plan.
    const elsewhere = paths.dateRequest(other.slug, id);
    expect((await scene.owner.get(elsewhere)).statusCode).toBe(404);
    const answer = { outcome: 'granted', reason: '' };
    expect((await scene.owner.post(elsewhere, answer)).statusCode).toBe(404);
    expect((await requestsOf(scene)).map((one) => one.outcome)).toEqual([null]);
  });
});

describe('the dates of a plan', () => {
  it('lists what waits, what changed by how far it slipped, and as at a day what was so then', async () => {
    const scene = await setScene(test, cast, day('2026-01-12'));
    await ask(scene, scene.officer, '31 July 2026', 0);
    await grant(scene, scene.owner);
    await ask(scene, scene.officer, '31 October 2026', 1);
    await grant(scene, scene.owner);
    await ask(scene, scene.officer, '30 November 2026', 2);
    const words = wordsOf(await scene.officer.get(paths.dates(scene.slug)));
    expect(words).toContain('2 actions have had the date changed. 1 date waits for an answer.');
    expect(words).toContain('30 November 2026 for 2.1');
    expect(words.indexOf('123 days later than first')).toBeGreaterThan(0);
    expect(words.indexOf('123 days later')).toBeLessThan(words.indexOf('31 days later'));
    const before = wordsOf(await scene.officer.get(`${paths.dates(scene.slug)}?as-at=2026-03-03`));
    expect(before).toContain('No action has had its date changed.');
    expect(before).toContain('No date waits for an answer.');
    // A later reading, of what was known before the last was asked for.
    const asked = await readInAuthority(db, authority.id, async (tx) => {
      const rows = tx.selectFrom('due_date_request').select('recorded_at');
      const { recorded_at } = await rows
        .where('action_id', '=', scene.actions[2])
        .executeTakeFirstOrThrow();
      const knownAt = new Date(recorded_at.getTime() - 1);
      return readPicture(tx, authority.id, scene.planId, today, knownAt);
    });
    expect(asked?.actions.map((action) => [action.due.to, action.asked])).toEqual([
      ['2026-07-31', null],
      ['2026-10-31', null],
      ['2026-06-30', null],
    ]);
  });

  it('says what nobody had decided when a round closed: changed, not agreed', async () => {
    const scene = await setScene(test, cast);
    await ask(scene, scene.lead);
    await inAuthority(db, authority.id, async (tx) => {
      const row = { authority_id: authority.id, effective_on: today, recorded_by: null };
      const id = newId<'round'>();
      const round = { ...row, id, plan_id: scene.planId, name: 'Spring round', asked_by: today };
      await tx.insertInto('review_round').values(round).execute();
      const close = { ...row, id: newId<'round close'>(), round_id: id, note: null };
      await tx.insertInto('review_round_close').values(close).execute();
    });
    const words = wordsOf(await scene.officer.get(paths.dates(scene.slug)));
    expect(words).toContain('Changed, not agreed');
    expect(words).toContain('30 September 2026, asked for on 4 March 2026. It still waits.');
    await grant(scene, scene.owner);
    const after = wordsOf(await scene.officer.get(paths.dates(scene.slug)));
    expect(after).toContain('asked for on 4 March 2026. Granted on 4 March 2026.');
  });
});

describe('the table of the board', () => {
  /** An action on its third date. */
  async function slipped() {
    const scene = await setScene(test, cast);
    for (const due of ['31 July 2026', '30 September 2026']) {
      await ask(scene, scene.lead, due);
      await grant(scene, scene.owner);
    }
    return scene;
  }
  const answersOf = (page: { body: string }, answer: string) => {
    const seen = [...page.body.matchAll(/name="seen" value="([^"]+)"/g)].map(
      ([, key]) => key ?? '',
    );
    const answers = Object.fromEntries(seen.map((key) => [`answer-${key.slice(0, 36)}`, answer]));
    return { board: hidden(page, 'board'), seen, minute: 'minute 7 of 3 March', ...answers };
  };

  it('begins with the second change, and takes the answer of the board once', async () => {
    const scene = await setScene(test, cast);
    const href = paths.boardDates(scene.slug);
    await ask(scene, scene.lead, '31 July 2026');
    await grant(scene, scene.owner);
    expect(wordsOf(await chair.get(href))).toContain('Nothing for the board');
    await ask(scene, scene.lead, '30 September 2026');
    await grant(scene, scene.owner);
    const page = await chair.get(href);
    expect(wordsOf(page)).toContain('3rd date, 92 days later than first');
    const sent = answersOf(page, 'not approved');
    const nothing = await chair.post(href, { ...sent, [`answer-${scene.actions[0]}`]: [] });
    expect(nothing.statusCode).toBe(422);
    expect((await chair.post(href, { ...sent, minute: '' })).statusCode).toBe(422);
    const saved = await Promise.all([chair.post(href, sent), chair.post(href, sent)]);
    expect(saved.map((answer) => answer.statusCode)).toEqual([303, 303]);
    expect((await scene.picture()).actions[0]?.boardAnswer).toMatchObject({
      answer: 'not approved',
      version: 1,
      minute: 'minute 7 of 3 March',
      board: { name: 'Improvement Board' },
    });
    const list = wordsOf(await scene.officer.get(paths.actions(scene.slug)));
    expect(list).toContain('not approved by Improvement Board');
    const told = wordsOf(await scene.officer.get(paths.changes(scene.slug)));
    expect(told).toContain('30 September 2026 not approved by Improvement Board');
    // Somebody who saw the table without the answer is shown it.
    const late = await scene.owner.post(href, { ...sent, ...{ minute: 'another minute' } });
    expect(late.statusCode).toBe(409);
    expect(wordsOf(late)).toContain('Saved since you looked');
    // Another date is another question.
    await ask(scene, scene.lead, '31 December 2026');
    await grant(scene, scene.owner);
    expect((await scene.picture()).actions[0]?.boardAnswer).toBeNull();
  });

  it('is written down by the chair, or who may approve in the plan, and never by who asked', async () => {
    const scene = await slipped();
    const href = paths.boardDates(scene.slug);
    const sent = answersOf(await chair.get(href), 'approved');
    expect((await scene.lead.get(href)).body).not.toContain('name="minute"');
    expect((await scene.lead.post(href, sent)).statusCode).toBe(404);
    expect((await scene.stranger.post(href, sent)).statusCode).toBe(404);
    const other = await officerOf(test, authority, ['board-chair'], 'Chris Elsewhere', 'Clerk');
    expect((await other.post(href, sent)).statusCode).toBe(404);
    expect((await scene.officer.post(href, sent)).statusCode).toBe(303);
    await ask(scene, scene.officer, '31 December 2026');
    await grant(scene, scene.owner);
    const own = await scene.officer.get(href);
    expect(wordsOf(own)).toContain('You asked for this date, so somebody else writes down');
    const again = answersOf(await chair.get(href), 'approved');
    expect((await scene.officer.post(href, again)).statusCode).toBe(422);
    expect((await scene.picture()).actions[0]?.boardAnswer).toBeNull();
  });

  it('leaves as Word and as a list, for those who may export', async () => {
    const scene = await slipped();
    const href = (format: string) => `${paths.exportBoardDates(scene.slug)}?format=${format}`;
    const csv = await scene.officer.get(href('csv'));
    expect(csv.body).toContain(',Days later than first,');
    expect(csv.body).toContain('Recruitment took longer');
    expect(csv.body).toContain('3rd date');
    const word = await scene.officer.get(href('docx'));
    expect(word.rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect((await scene.lead.get(href('csv'))).statusCode).toBe(404);
    expect((await scene.stranger.get(href('csv'))).statusCode).toBe(404);
  });
});
