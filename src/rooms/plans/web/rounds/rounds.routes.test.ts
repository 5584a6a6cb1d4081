import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { testApp } from '#test/app.ts';
import { giveUpdate } from '../../actions/give-update.ts';
import { closeRound, openRound } from '../../actions/review-round.ts';
import {
  setCast,
  setScene,
  today,
  wordsOf,
  type Officer,
  type Scene,
} from '../edit/scene.test-help.ts';
import { paths } from '../paths.ts';
import { saysNothing } from '../strangers.test-help.ts';

/**
 * Review rounds: open one, see whose updates are missing, remind, close it;
 * what was missing at the close stays listed.
 */
const test = await testApp();
const cast = await setCast(test);
const { db } = test.database;
const byThen = { 'asked-by-day': '20', 'asked-by-month': '3', 'asked-by-year': '2026' };
const post = 'Service Manager, Children in Care';

const scene = () => setScene(test, cast, '2026-02-01' as typeof today);

async function begin({ slug }: Scene, name = 'March 2026', who: Officer = cast.officer) {
  const answer = await who.post(paths.newRound(slug), { name, ...byThen });
  expect(answer.statusCode).toBe(303);
  const href = answer.headers.location ?? '';
  return { href, id: href.split('/').at(-1) ?? '' };
}

function update(of: Scene, index: 0 | 1 | 2, who = cast.lead.actor) {
  return giveUpdate(db, who, today, {
    actionId: of.actions[index],
    choice: 'green',
    whatChanged: 'Visits are on time',
    evidence: [],
    seenVersion: 0,
    submissionId: newId<'submission'>(),
    corrects: null,
  });
}

describe('a review round', () => {
  it('shows whose updates are missing, who holds the post, and what was given', async () => {
    const of = await scene();
    const { href } = await begin(of);
    const before = wordsOf(await cast.officer.get(href));
    expect(before).toContain(
      'asks for updates by 20 March 2026. 0 of 3 actions have one; 3 are missing.',
    );
    expect(before).toContain(`${post} Held by Alex Marsh.`);
    expect(before).toContain('No lead');
    expect((await update(of, 0)).kind).toBe('done');
    const after = wordsOf(await cast.officer.get(href));
    expect(after).toContain('1 of 3 actions has one; 2 are missing.');
    expect(after).not.toContain('Held by Alex Marsh.');
    expect(wordsOf(await cast.officer.get(paths.plan(of.slug)))).toContain(
      'The March 2026 round asks for updates by 20 March 2026.',
    );
  });

  it('is asked for in My work of the lead, with the reminder; words for an e-mail name no text', async () => {
    const of = await scene();
    const { href, id } = await begin(of);
    expect(wordsOf(await cast.lead.get(paths.myWork()))).toContain(
      'Asked for in the March 2026 round, by 20 March 2026.',
    );
    const page = await cast.officer.get(href);
    const party = /name="party" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const words = /<textarea[^>]*readonly>([^<]*)</.exec(page.body)?.[1] ?? '';
    expect(words).toContain('Action 1.1, due: 30 June 2026');
    expect(words).not.toContain('Report every late visit');
    expect((await cast.officer.post(paths.remind(of.slug, id), { party })).statusCode).toBe(303);
    expect(wordsOf(await cast.lead.get(paths.myWork()))).toContain(
      'Asked for in the March 2026 round, by 20 March 2026; reminded on 4 March 2026.',
    );
    await update(of, 0);
    expect(wordsOf(await cast.lead.get(paths.myWork()))).not.toContain('reminded on');
  });

  it('is closed once: what is missing stays missing, and a later update belongs to no round', async () => {
    const of = await scene();
    const { href, id } = await begin(of);
    await update(of, 0);
    const close = paths.closeRound(of.slug, id);
    const answers = await Promise.all([
      cast.officer.post(close, { note: 'Reported to the board' }),
      cast.colleague.post(close, { note: 'Mine' }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    const closes = await test.database.keeper
      .selectFrom('review_round_close')
      .select('note')
      .where('round_id', '=', id as never)
      .execute();
    expect(closes).toHaveLength(1);
    await update(of, 1, cast.officer.actor);
    const words = wordsOf(await cast.officer.get(href));
    expect(words).toContain('was closed on 4 March 2026. 1 of 3 actions had one; 2 were missing.');
    expect(words).toContain(closes[0]?.note);
    expect(words).not.toContain('Close the round');
    // Nobody is reminded of a closed round.
    await cast.officer.post(paths.remind(of.slug, id), {
      party: cast.lead.actor.partyIds[0] ?? '',
    });
    const reminders = await test.database.keeper
      .selectFrom('review_reminder')
      .selectAll()
      .where('round_id', '=', id as never)
      .execute();
    expect(reminders).toEqual([]);
  });

  it('counts an update that races with the close on one side of it, and the close says the same', async () => {
    const of = await scene();
    const opened = await openRound(db, cast.officer.actor, today, of.planId, {
      name: 'Race',
      askedBy: today,
    });
    if (opened.kind !== 'done') throw new Error(opened.kind);
    const [given, closed] = await Promise.all([
      update(of, 0),
      closeRound(db, cast.officer.actor, today, of.planId, opened.roundId, null),
    ]);
    expect(given.kind).toBe('done');
    if (closed.kind !== 'done') throw new Error(closed.kind);
    const words = wordsOf(await cast.officer.get(paths.round(of.slug, opened.roundId)));
    expect(words).toContain(`${closed.missing} were missing.`);
    expect([2, 3]).toContain(closed.missing);
  });

  it('is one at a time, asks for a day to come, and keeps what was typed', async () => {
    const of = await scene();
    const wrong = await cast.officer.post(paths.newRound(of.slug), {
      name: 'February',
      ...byThen,
      'asked-by-month': '2',
    });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('Choose today, 4 March 2026, or a later day');
    expect(wrong.body).toContain('value="February"');
    const { href } = await begin(of);
    const second = await begin(of, 'April 2026');
    expect(second.href).toBe(href);
  });

  it('stands as it was on an earlier day, where nothing can be written', async () => {
    const of = await scene();
    const { actor } = cast.officer;
    const february = (day: number) => `2026-02-${day}` as typeof today;
    const given = { name: 'February 2026', askedBy: february(20) };
    const opened = await openRound(db, actor, february(10), of.planId, given);
    if (opened.kind !== 'done') throw new Error(opened.kind);
    await closeRound(db, actor, february(21), of.planId, opened.roundId, null);
    const href = paths.round(of.slug, opened.roundId);
    expect((await cast.officer.get(`${href}?as-at=2026-02-09`)).statusCode).toBe(404);
    const open = wordsOf(await cast.officer.get(`${href}?as-at=2026-02-15`));
    expect(open).toContain('asks for updates by 20 February 2026');
    expect(open).not.toContain('Remind');
  });

  it('is no round to a stranger, and not theirs to open or close for a lower role', async () => {
    const of = await scene();
    const { href, id } = await begin(of);
    const absent = saysNothing(await cast.stranger.get(paths.round('no-such-plan', id)));
    expect(saysNothing(await cast.stranger.get(href))).toEqual(absent);
    const { slug } = of;
    for (const path of [paths.newRound(slug), paths.closeRound(slug, id), paths.remind(slug, id)]) {
      expect((await cast.stranger.post(path, {})).statusCode).toBe(404);
      expect((await cast.lead.post(path, {})).statusCode).toBe(403);
    }
    expect((await cast.member.get(href)).statusCode).toBe(404);
    expect(wordsOf(await cast.lead.get(href))).not.toContain('Close the round');
    // A round of another plan is none of this one.
    const other = await scene();
    expect((await cast.officer.get(paths.round(other.slug, id))).statusCode).toBe(404);
    expect((await cast.officer.post(paths.closeRound(other.slug, id), {})).statusCode).toBe(404);
  });

  it('leaves as a file, row for row', async () => {
    const of = await scene();
    const { id } = await begin(of);
    await update(of, 0);
    const file = await cast.officer.get(`${paths.exportRound(of.slug, id)}?format=csv`);
    expect(file.body).toContain('Missing');
    expect(file.body.split('\n').filter((line) => line.includes('Given'))).toHaveLength(1);
    const list = await cast.officer.get(`${paths.exportRounds(of.slug)}?format=json`);
    expect(list.json<{ rows: unknown[] }>().rows).toHaveLength(1);
    expect((await cast.lead.get(`${paths.exportRound(of.slug, id)}?format=csv`)).statusCode).toBe(
      404,
    );
  });
});
