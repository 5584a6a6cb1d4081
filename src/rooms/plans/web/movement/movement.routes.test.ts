import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { addParty } from '#people';
import { testApp } from '#test/app.ts';
import { changeAction, withdrawAction } from '../../actions/change-action.ts';
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

/** What moved between two days, the plan's own table, and the handover sheet, as people see them. */
const test = await testApp();
const cast = await setCast(test);
const { db } = test.database;
const begun = '2026-01-10' as typeof today;
const later = '2026-02-10' as typeof today;

const scene = () => setScene(test, cast, begun);

async function update(
  of: Scene,
  index: 0 | 1 | 2,
  choice: string,
  on = later,
  who: Officer = cast.officer,
) {
  const outcome = await giveUpdate(db, who.actor, on, {
    actionId: of.actions[index],
    choice,
    whatChanged: 'Visits are on time',
    evidence: [],
    seenVersion: (await of.picture()).actions[index]?.updateVersion ?? 0,
    submissionId: newId<'submission'>(),
    corrects: null,
  });
  expect(outcome.kind).toBe('done');
}

/** Of three actions one is completed, one withdrawn and one led by somebody else. */
async function history() {
  const of = await scene();
  await update(of, 0, 'green', later, cast.lead);
  await update(of, 1, 'blue');
  const { actor } = cast.officer;
  const [, , third] = (await of.picture()).actions;
  if (third === undefined) throw new Error('Three actions stand');
  const reason = 'No longer needed';
  await changeAction(db, actor, later, third.id, third.version, {
    objectiveId: third.objectiveId,
    ref: third.ref,
    text: 'Train all team managers <b>twice</b>',
    leads: ['Principal Social Worker'],
    contributors: [],
    priority: null,
    successMeasure: null,
    outcomeForChildren: null,
    sources: [],
  });
  await withdrawAction(db, actor, today, third.id, third.version + 1, { withdrawn: true, reason });
  return of;
}

const movement = ({ slug }: Scene, query: string) => `${paths.movement(slug)}?${query}`;

describe('movement', () => {
  it('adds up on the page, in a sentence, with the actions behind each figure', async () => {
    const of = await history();
    const page = await cast.officer.get(movement(of, 'from=10 January 2026&to=4 March 2026'));
    const words = wordsOf(page);
    expect(words).toContain(
      'On 10 January 2026, 3 actions were open. Since then 1 was completed and 1 was withdrawn, so 1 is open on 4 March 2026.',
    );
    expect(words).toMatch(
      /Open on 10 January 2026 3 Added \+ 0 Reopened or brought back \+ 0 Completed − 1[^−]*Withdrawn − 1[^−]*Open on 4 March 2026 1/,
    );
    expect(words).toContain('How will we know whether children are better off');
    for (const name of ['completed', 'withdrawn']) {
      expect(page.body).toContain(`href="#${name}"`);
      expect(page.body).toContain(`id="${name}"`);
    }
  });

  it('is from a closed round, where one is named, and from the last one unless said', async () => {
    const of = await history();
    const { actor } = cast.officer;
    const given = { name: 'February 2026', askedBy: later };
    const opened = await openRound(db, actor, later, of.planId, given);
    if (opened.kind !== 'done') throw new Error(opened.kind);
    const asked = movement(of, `from=${opened.roundId}`);
    expect((await cast.officer.get(asked)).statusCode).toBe(400);
    await closeRound(db, actor, later, of.planId, opened.roundId, null);
    for (const path of [asked, paths.movement(of.slug)]) {
      expect(wordsOf(await cast.officer.get(path))).toContain(
        'On 10 February 2026, 2 actions were open. Since then 1 was withdrawn',
      );
    }
  });

  it('says why two days cannot be compared', async () => {
    const of = await scene();
    const why = async (query: string) => {
      const page = await cast.officer.get(movement(of, query));
      expect(page.statusCode).toBe(400);
      return wordsOf(page);
    };
    expect(await why('from=2026-03-01&to=2026-02-01')).toContain('later than the second');
    expect(await why('to=2026-04-01')).toContain('today or an earlier day');
    expect(await why('to=2025-12-01')).toContain('had not begun');
    expect(await why('from=31 February 2026')).toContain('could not compare');
  });

  it('sets both days side by side, what was struck through and said in words', async () => {
    const of = await history();
    const page = await cast.officer.get(
      movement(of, 'from=2026-01-10&to=2026-02-20&view=side-by-side'),
    );
    expect(wordsOf(page)).toContain('3 actions differ: 0 added, 0 removed, 3 changed.');
    const { body } = page;
    expect(body).toContain(
      '<del><span class="govuk-visually-hidden">Was: </span>Train all team managers in writing plans</del>',
    );
    expect(body).toContain('Now: </span>Train all team managers &lt;b&gt;twice&lt;/b&gt;</ins>');
    const removed = await cast.officer.get(
      movement(of, 'from=2026-01-10&view=side-by-side&show=removed'),
    );
    expect(wordsOf(removed)).toContain('Withdrawn');
    expect(wordsOf(removed)).not.toContain('Agree cover for sickness');
  });

  it('leaves as Word and as a list, row for row', async () => {
    const of = await history();
    const path = `${paths.exportMovement(of.slug)}?from=2026-01-10`;
    const csv = await cast.officer.get(`${path}&format=csv`);
    expect(csv.body).toContain('Train all team managers in writing plans');
    expect(csv.body).toContain('withdrawn');
    const word = await cast.officer.get(`${path}&format=docx`);
    expect(word.statusCode).toBe(200);
    expect(word.rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect((await cast.stranger.get(`${path}&format=csv`)).statusCode).toBe(404);
  });

  it('is nothing to a stranger', async () => {
    const of = await history();
    const absent = saysNothing(await cast.stranger.get(paths.movement('no-such-plan')));
    expect(saysNothing(await cast.stranger.get(paths.movement(of.slug)))).toEqual(absent);
    expect((await cast.member.get(paths.movement(of.slug))).statusCode).toBe(404);
  });
});

describe('the plan’s own table', () => {
  const keyOf = async (of: Scene, index: number) => {
    const action = (await of.picture()).actions[index];
    return `${action?.id ?? ''}:${action?.tableVersion ?? 0}:${action?.closureVersion ?? 0}`;
  };

  it('loses what is complete, and accepted as untested in the same act', async () => {
    const of = await history();
    const path = paths.table(of.slug);
    const fields = { act: 'leave', selected: await keyOf(of, 1), reason: 'Reported in March' };
    const untested = await cast.colleague.post(path, fields);
    expect(untested.statusCode).toBe(422);
    expect(wordsOf(untested)).toContain('Say why it is accepted as untested');
    expect(untested.body).toContain('Reported in March</textarea>');
    const accept = 'The audit of January saw it';
    const doer = await cast.officer.post(path, { ...fields, accept });
    expect(wordsOf(doer)).toContain('You cannot accept 1.2 as untested');
    const open = { ...fields, accept, selected: await keyOf(of, 0) };
    expect(wordsOf(await cast.colleague.post(path, open))).toContain('1.1 is not complete');
    expect((await of.picture()).actions.every(({ onTable }) => onTable)).toBe(true);

    const done = await cast.colleague.post(path, { ...fields, accept });
    expect(done.statusCode).toBe(303);
    const list = await cast.officer.get(paths.actions(of.slug));
    expect(wordsOf(list)).toContain('1 completed action has left this table: show it');
    expect(list.body).not.toContain('Agree cover for sickness');
    const shown = await cast.officer.get(`${paths.actions(of.slug)}?off-table=shown`);
    expect(shown.body).toContain('Agree cover for sickness');
    // What is counted is the whole plan, and files hold all of it.
    expect(wordsOf(await cast.officer.get(paths.plan(of.slug)))).toContain(
      '2 actions. 1 is complete',
    );
    const file = await cast.officer.get(`${paths.exported(of.slug)}?format=csv`);
    expect(file.body).toContain('Agree cover for sickness');

    const stale = await cast.officer.post(path, {
      act: 'return',
      selected: fields.selected,
      'back-reason': 'Too soon',
    });
    expect(stale.statusCode).toBe(409);
    const back = await cast.officer.post(path, {
      act: 'return',
      selected: await keyOf(of, 1),
      'back-reason': 'Too soon',
    });
    expect(back.statusCode).toBe(303);
    expect(wordsOf(await cast.officer.get(paths.actions(of.slug)))).not.toContain(
      'left this table',
    );
  });

  it('is not for a lower role, nor for a stranger', async () => {
    const of = await history();
    const fields = { act: 'leave', selected: await keyOf(of, 1), reason: 'Done', accept: 'Done' };
    expect((await cast.lead.post(paths.table(of.slug), fields)).statusCode).toBe(403);
    expect((await cast.stranger.post(paths.table(of.slug), fields)).statusCode).toBe(404);
    const other = await scene();
    expect((await cast.colleague.post(paths.table(other.slug), fields)).statusCode).toBe(404);
  });
});

describe('the handover sheet of a post', () => {
  it('holds what was inherited, slipped, promised and is owed, for the holder and who is above', async () => {
    const of = await history();
    const [post] = cast.lead.actor.partyIds;
    if (post === undefined) throw new Error('The lead holds a post');
    const sheet = paths.handover(post);
    const mine = wordsOf(await cast.lead.get(sheet));
    expect(mine).toContain('Held by Alex Marsh since 4 March 2026.');
    expect(mine).toContain('Report every late visit weekly');
    expect(mine).toContain('Visits are on time');
    expect(wordsOf(await cast.officer.get(sheet))).toContain('Held by Alex Marsh');
    expect(wordsOf(await cast.officer.get(`${sheet}?as-at=2026-02-20`))).toContain(
      'Nobody holds it on this day.',
    );
    const word = await cast.officer.get(paths.exportHandover(post));
    expect(word.rawPayload.subarray(0, 2).toString()).toBe('PK');
    // Another lead, a member and a stranger are told of no such sheet.
    const party = await inAuthority(db, cast.authority.id, (tx) =>
      addParty(
        tx,
        { authorityId: cast.authority.id, userId: null },
        { kind: 'post', name: 'Virtual Head' },
      ),
    );
    if (party.kind === 'refused') throw new Error('A test post was refused');
    const absent = saysNothing(await cast.lead.get(paths.handover(newId<'party'>())));
    expect(saysNothing(await cast.lead.get(paths.handover(party.partyId)))).toEqual(absent);
    for (const who of [cast.member, cast.stranger]) {
      expect((await who.get(sheet)).statusCode).toBe(404);
      expect((await who.get(paths.exportHandover(post))).statusCode).toBe(404);
    }
    expect(of.slug).not.toBe('');
  });
});
