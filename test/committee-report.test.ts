import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import {
  addParty,
  decideDisposal,
  holdPost,
  putForDisposal,
  takeOutPath,
  verifyChain,
  type GrantableRole,
} from '#people';
import { changeAction, giveUpdate } from '#plans';
import {
  hidden,
  setScene,
  today,
  wordsOf as wordsIn,
  type Officer,
} from '../src/rooms/plans/web/edit/scene.test-help.ts';
import { paths } from '../src/rooms/committee/web/paths.ts';
import { demoAuthority, openSession, testApp, userWith, type TestAuthority } from './app.ts';
import { everyPlaceOf } from './canary.ts';

/**
 * The report to committee as people write, clear and read it: through the
 * program's own pages, with the stranger's twin of each.
 */
const test = await testApp();
const { db, keeper } = test.database;
const authority = await demoAuthority(test);
const elsewhere = await demoAuthority(test, 'Fenmoor Council');

/** Somebody with these roles, who holds these posts and boards. */
async function person(
  where: TestAuthority,
  role: GrantableRole,
  name: string,
  holds: { kind: 'post' | 'board'; name: string }[] = [],
): Promise<Officer> {
  const { userId } = await userWith(test, where, [role], name, null);
  const partyIds = await inAuthority(db, where.id, async (tx) => {
    const ids = [];
    for (const party of holds) {
      const doer = { authorityId: where.id, userId: null } as const;
      const added = await addParty(tx, doer, party);
      if (added.kind === 'refused') throw new Error(party.name);
      await holdPost(tx, doer, { partyId: added.partyId, userId, startsOn: today });
      ids.push(added.partyId);
    }
    return ids;
  });
  const actor = { authorityId: where.id, userId, name, roles: [role], partyIds };
  return { ...(await openSession(test, { userId, authority: where })), actor };
}

const board = { kind: 'board', name: 'Improvement Board' } as const;
const finance = { kind: 'post', name: 'Head of Finance' } as const;
const officer = await person(authority, 'qa-manager', 'Robin Fenwick');
const colleague = await person(authority, 'qa-manager', 'Sam Reed');
const clerk = await person(authority, 'clerk', 'Kit Wade');
const director = await person(authority, 'director', 'Ruth Reed');
const financier = await person(authority, 'report-author', 'Ash Brook', [finance]);
const member = await person(authority, 'member', 'Lee Sallow', [board]);
const otherMember = await person(authority, 'member', 'Jo Quay');
const stranger = await person(elsewhere, 'qa-manager', 'Pat Saltern');
const cast = { authority, officer, colleague, lead: officer, owner: officer, member, stranger };

/** The words of a page; a figure is a piece of its own, with no blank before what follows it. */
const wordsOf = (page: { body: string }) => wordsIn(page).replace(/ ([,.:;])/g, '$1');

const boxes = (name: string, date: string) => {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
};

/** A plan begun in January, one of whose three actions is complete, and a report on it. */
async function begun(
  changes: Record<string, string | string[]> = {},
  by: Officer = officer,
): Promise<{ scene: Awaited<ReturnType<typeof setScene>>; id: string }> {
  const scene = await setScene(test, cast, '2026-01-05' as typeof today);
  await update(scene.actions[0], 'blue', 'Visits are reported weekly', '2026-02-10');
  const answer = await by.post(paths.newReport(), {
    ...(await startForm(by, scene.planId)),
    ...changes,
  });
  expect([answer.statusCode, wordsOf(answer).slice(0, 300)]).toEqual([303, expect.anything()]);
  return { scene, id: String(answer.headers.location).split('/').at(-1) ?? '' };
}

async function startForm(by: Officer, planId: string): Promise<Record<string, string | string[]>> {
  const form = await by.get(paths.newReport());
  const boardId = /<option value="([^"]+)"[^>]*>Improvement Board</.exec(form.body)?.[1] ?? '';
  return {
    submission: hidden(form, 'submission'),
    replaces: '',
    plans: planId,
    depth: 'members',
    title: 'Progress of the plan',
    committee: boardId,
    'committee-other': '',
    ...boxes('meeting', '2026-03-20'),
    ...boxes('as-at', '2026-03-01'),
    since: 'day',
    ...boxes('since-date', '2026-01-31'),
    public: 'yes',
    'exemption-reason': '',
  };
}

async function update(actionId: string, choice: string, whatChanged: string, on: string) {
  const picture = await keeper
    .selectFrom('action_update')
    .select((make) => make.fn.max('version').as('version'))
    .where('action_id', '=', actionId as never)
    .executeTakeFirst();
  const given = await giveUpdate(db, officer.actor, on as typeof today, {
    actionId: actionId as never,
    choice,
    whatChanged,
    evidence: [{ kind: 'note', title: 'Weekly list' }],
    seenVersion: picture?.version ?? 0,
    submissionId: newId<'submission'>(),
    corrects: null,
  });
  expect(given.kind).toBe('done');
}

const write = async (who: Officer, id: string, section: string, words: string, version = '0') =>
  who.post(paths.section(id, section), { version, words });

/** Asks the post of finance, and lets its holder clear what stands. */
async function cleared(id: string): Promise<void> {
  const page = await officer.get(paths.clearance(id));
  const post = /<option value="([^"]+)"[^>]*>Head of Finance</.exec(page.body)?.[1] ?? '';
  expect((await officer.post(paths.clearance(id), { post })).statusCode).toBe(303);
  expect((await clear(financier, id)).statusCode).toBe(303);
}

async function clear(who: Officer, id: string, answer = 'cleared', words = '') {
  const page = await who.get(paths.clearance(id));
  const clearance = /clearance\/([0-9a-f-]{36})\/answer/.exec(page.body)?.[1];
  const asked = clearance ?? (await clearanceOf(id));
  return await who.post(paths.answerClearance(id, asked), {
    'words-hash': hashOf(page, 'words'),
    'figures-hash': hashOf(page, 'figures'),
    [`answer-${asked}`]: answer,
    [`words-${asked}`]: words,
  });
}

const hashOf = (page: { body: string }, what: string) =>
  new RegExp(`name="${what}-hash" value="([0-9a-f]+)"`).exec(page.body)?.[1] ?? '';

async function clearanceOf(id: string): Promise<string> {
  const row = await keeper
    .selectFrom('report_clearance')
    .select('id')
    .where('report_id', '=', id as never)
    .executeTakeFirstOrThrow();
  return row.id;
}

async function finalised(id: string, by: Officer = officer) {
  const page = await by.get(paths.finalise(id));
  return await by.post(paths.finalise(id), {
    'words-hash': hashOf(page, 'words'),
    'figures-hash': hashOf(page, 'figures'),
  });
}

describe('a report', () => {
  it('is begun from a plan, with its first words written from the figures', async () => {
    const { id } = await begun();
    const text = wordsOf(await officer.get(paths.report(id)));
    expect(text).toContain(
      'As at 1 March 2026, Children’s services improvement plan holds 3 actions: 1 is complete',
    );
    expect(text).toContain('Since 31 January 2026, 1 action was completed and none was added.');
    expect(text).toContain('No action is overdue');
    expect(text).toContain('Improvement Board');
    expect(text).toContain('Members are asked to note this report.');
    // What the plan says later is not in figures of an earlier day.
    expect(text).toContain('On 31 January 2026, 3 actions were outstanding.');
    expect(text).toContain('That leaves 2 actions outstanding.');
  });

  it('asks for what is missing, beside each field, and keeps what was typed', async () => {
    const scene = await setScene(test, cast, '2026-01-05' as typeof today);
    const form = await startForm(officer, scene.planId);
    const answer = await officer.post(paths.newReport(), {
      ...form,
      committee: '',
      public: 'no',
      ...boxes('as-at', '2026-03-05'),
    });
    expect(answer.statusCode).toBe(422);
    expect(wordsOf(answer)).toContain('Choose the committee or board, or write its name');
    const second = await officer.post(paths.newReport(), {
      ...form,
      public: 'no',
      ...boxes('as-at', '2026-03-05'),
    });
    const text = wordsOf(second);
    expect(text).toContain('Figures are of today or an earlier day');
    expect(text).toContain('Choose the paragraph of Schedule 12A under which it is exempt');
    expect(text).toContain('Say why the public interest in keeping it exempt');
    expect(second.body).toContain('value="Progress of the plan"');
  });

  it('is made once when its form is sent twice', async () => {
    const scene = await setScene(test, cast, '2026-01-05' as typeof today);
    const form = await startForm(officer, scene.planId);
    const first = await officer.post(paths.newReport(), form);
    const second = await officer.post(paths.newReport(), form);
    expect(second.headers.location).toBe(first.headers.location);
  });

  it('is begun by nobody who may not export the plan or write a report', async () => {
    const scene = await setScene(test, cast, '2026-01-05' as typeof today);
    const form = await startForm(officer, scene.planId);
    for (const outsider of [member, otherMember]) {
      expect((await outsider.get(paths.newReport())).statusCode).toBe(404);
      expect((await outsider.post(paths.newReport(), form)).statusCode).toBe(404);
    }
    const theirs = await stranger.post(paths.newReport(), { ...form, 'committee-other': 'Board' });
    expect(theirs.statusCode).toBe(422);
    expect(wordsOf(theirs)).toContain('Choose the plans');
  });
});

describe('its words', () => {
  it('are kept as versions, with figures that go on following the plan', async () => {
    const { id, scene } = await begun();
    const words = 'We finished {completed actions}. {Overdue actions are} late.';
    expect((await write(officer, id, 'summary', words)).statusCode).toBe(303);
    expect(wordsOf(await officer.get(paths.report(id)))).toContain(
      'We finished 1 action. No action is late.',
    );
    // A late record of an earlier day changes the number and leaves the words.
    await update(scene.actions[1], 'blue', 'Cover is agreed', '2026-02-20');
    const later = await officer.get(paths.report(id));
    expect(wordsOf(later)).toContain('We finished 2 actions. No action is late.');
    await write(officer, id, 'summary', 'Other words entirely.', '1');
    const versions = await officer.get(`${paths.versions(id, 'summary')}?a=1&b=2`);
    expect(wordsOf(versions)).toContain('We finished {completed actions}');
    expect(versions.body).toContain('<mark>');
    const anew = await officer.post(paths.anew(id, 'summary'), { version: '2' });
    expect(anew.statusCode).toBe(303);
    expect(wordsOf(await officer.get(paths.report(id)))).toContain('holds 3 actions: 2 are');
    expect(wordsOf(await officer.get(paths.versions(id, 'summary')))).toContain('3 texts');
  });

  it('name no figure that there is not, and numbers typed by hand are listed gently', async () => {
    const { id } = await begun();
    const refused = await write(officer, id, 'summary', 'There are {lates} late.');
    expect(refused.statusCode).toBe(422);
    expect(wordsOf(refused)).toContain('{lates} is no figure of this report');
    expect(refused.body).toContain('There are {lates} late.');
    await write(officer, id, 'summary', 'We looked at 17 files in May 2026, and 3 actions.');
    expect(wordsOf(await officer.get(paths.words(id)))).toContain(
      'Numbers in these words that follow no figure: 17, 3 (the value of {actions}).',
    );
  });

  it('of two who write at once, show the second both texts', async () => {
    const { id } = await begun();
    expect((await write(colleague, id, 'conclusion', 'Theirs is saved first.')).statusCode).toBe(
      303,
    );
    const second = await write(officer, id, 'conclusion', 'Mine comes second.');
    expect(second.statusCode).toBe(409);
    const text = wordsOf(second);
    expect(text).toContain('Somebody saved this while you were writing');
    expect(text).toContain('Theirs is saved first.');
    expect(second.body).toContain('Mine comes second.');
    expect((await write(officer, id, 'conclusion', 'Mine comes second.', '1')).statusCode).toBe(
      303,
    );
  });

  it('are there for nobody else', async () => {
    const { id } = await begun();
    for (const outsider of [stranger, member, otherMember, financier]) {
      for (const url of [paths.report(id), paths.words(id), paths.clearance(id), paths.cover(id)]) {
        const answer = await outsider.get(url);
        expect([url, answer.statusCode]).toEqual([url, 404]);
        expect(answer.body).not.toContain('Progress of the plan');
      }
      expect((await write(outsider, id, 'summary', 'Not mine')).statusCode).toBe(404);
      expect((await outsider.get(paths.reports())).body).not.toContain(id);
    }
  });
});

describe('clearance', () => {
  it('lets the post read and comment, stands for exactly what was read, and is asked again after an edit', async () => {
    const { id } = await begun();
    expect((await financier.get(paths.report(id))).statusCode).toBe(404);
    await cleared(id);
    const comment = { submission: newId(), section: 'financial', comment: 'Say what it costs' };
    expect((await financier.post(paths.comments(id), comment)).statusCode).toBe(303);
    expect(wordsOf(await officer.get(paths.comments(id)))).toContain('Say what it costs');
    expect(wordsOf(await officer.get(paths.clearance(id)))).toContain(
      'It stands for what the report says now',
    );
    await write(officer, id, 'financial', 'It costs nothing more.');
    expect(wordsOf(await officer.get(paths.clearance(id)))).toContain(
      'The words were changed since',
    );
    expect((await finalised(id)).statusCode).toBe(409);
    expect((await clear(financier, id, 'returned', '')).statusCode).toBe(422);
    expect((await clear(financier, id, 'returned', 'Which budget?')).statusCode).toBe(303);
    expect((await finalised(id)).statusCode).toBe(409);
  });

  it('is out of date when a figure moves, and says so', async () => {
    const { id, scene } = await begun();
    await cleared(id);
    await update(scene.actions[2], 'amber', 'Training began', '2026-02-25');
    expect(wordsOf(await officer.get(paths.clearance(id)))).toContain('A figure changed since');
  });

  it('is never given by who began the report or changed it last, in the program and the database', async () => {
    const { id } = await begun({}, financier);
    const page = await financier.get(paths.clearance(id));
    const post = /<option value="([^"]+)"[^>]*>Head of Finance</.exec(page.body)?.[1] ?? '';
    await financier.post(paths.clearance(id), { post });
    expect((await clear(financier, id)).statusCode).toBe(403);
    const clearanceId = await clearanceOf(id);
    const forged = keeper
      .insertInto('report_clearance_answer')
      .values({
        authority_id: authority.id,
        id: newId(),
        clearance_id: clearanceId as never,
        report_id: id as never,
        version: 1,
        author_id: financier.actor.userId,
        editor_id: officer.actor.userId,
        answer: 'cleared',
        words: null,
        words_hash: 'x',
        figures_hash: 'x',
        recorded_by: financier.actor.userId,
      })
      .execute();
    await expect(forged).rejects.toThrow('clearing_takes_two');
  });
});

describe('a final report', () => {
  it('takes a second person, and then stays as it is', async () => {
    const { id } = await begun();
    // Nobody else agreed yet: the writer alone cannot.
    expect((await finalised(id)).statusCode).toBe(409);
    await cleared(id);
    expect((await finalised(id)).statusCode).toBe(303);
    const once = await officer.get(paths.report(id));
    expect(wordsOf(once)).toContain('Final since');
    expect((await write(officer, id, 'summary', 'Later words')).statusCode).toBe(409);
    expect((await officer.get(paths.cover(id))).statusCode).toBe(409);
    const problems = await readInAuthority(db, authority.id, (tx) => verifyChain(tx, authority.id));
    expect(problems.problems).toEqual([]);
  });

  it('is made by somebody who did not write it, without any clearance; by no writer of another role', async () => {
    const { id } = await begun({}, financier);
    expect((await finalised(id, financier)).statusCode).toBe(409);
    expect((await finalised(id, clerk)).statusCode).toBe(303);
  });

  it('is made again with the same figures whatever the plan says by then, and lists what was recorded late', async () => {
    const { id, scene } = await begun();
    await cleared(id);
    await finalised(id);
    const before = await officer.get(`${paths.exported(id)}?format=html`);
    expect(before.statusCode).toBe(200);
    expect(wordsOf(await officer.get(paths.check(id)))).toContain('they are those of the paper');
    expect(wordsOf(await officer.get(paths.check(id)))).toContain('Nothing was recorded since');
    await update(scene.actions[1], 'blue', 'Cover was agreed in February', '2026-02-20');
    const after = await officer.get(`${paths.exported(id)}?format=html`);
    expect(after.body).toBe(before.body);
    const check = wordsOf(await officer.get(paths.check(id)));
    expect(check).toContain('they are those of the paper');
    expect(check).toContain('Actions that are complete 1 2');
    expect(check).toContain('Status: not stated');
    expect(check).toContain('Status: complete');
  });

  it('is read by the members of its committee, and tells them what has become of what it said', async () => {
    const { id, scene } = await begun();
    await write(officer, id, 'background', 'Words that were only a draft.');
    await write(officer, id, 'background', 'Words of the paper.', '1');
    await cleared(id);
    await finalised(id);
    expect(wordsOf(await member.get(paths.report(id)))).toContain('Words of the paper.');
    expect(wordsOf(await member.get(paths.reports()))).toContain('Progress of the plan');
    expect((await otherMember.get(paths.report(id))).statusCode).toBe(404);
    // How it was written is not the members' to see.
    for (const url of [paths.words(id), paths.comments(id), paths.versions(id, 'background')]) {
      expect([url, (await member.get(url)).statusCode]).toEqual([url, 404]);
    }
    await update(scene.actions[1], 'blue', 'Cover is agreed', '2026-03-03');
    const told = wordsOf(await member.get(paths.told(id)));
    expect(told).toContain('What the paper said of 1 March 2026');
    expect(told).toContain('Actions that are complete 1 2');
    expect(told).toMatch(/1 (was|action was) completed/);
  });

  it('counts the sources of its plans as they were known, whatever is linked later that day', async () => {
    const { id, scene } = await begun(boxes('as-at', today));
    await cleared(id);
    await finalised(id);
    const linked = await changeAction(db, officer.actor, today, scene.actions[1], 1, {
      objectiveId: scene.objectives[0],
      ref: '1.2',
      text: 'Agree cover for sickness',
      leads: [],
      contributors: [],
      priority: null,
      successMeasure: null,
      outcomeForChildren: null,
      sources: [{ title: 'A letter that came later', words: null, page: null }],
    });
    expect(linked.kind).toBe('done');
    expect(wordsOf(await officer.get(paths.check(id)))).toContain('they are those of the paper');
  });

  it('tells nobody what was recorded later in a plan that they may not read', async () => {
    const scrutiny = { kind: 'board', name: 'Scrutiny Committee' } as const;
    const scrutineer = await person(authority, 'member', 'Max Reed', [scrutiny]);
    const { id, scene } = await begun({ committee: scrutineer.actor.partyIds[0] ?? '' });
    await cleared(id);
    await finalised(id);
    await update(scene.actions[1], 'blue', 'Cover was agreed in February', '2026-02-20');
    expect(wordsOf(await officer.get(paths.check(id)))).toContain('Cover was agreed in February');
    const check = await scrutineer.get(paths.check(id));
    expect(wordsOf(check)).toContain('they are those of the paper');
    expect(wordsOf(check)).toContain('is not open to you');
    expect(wordsOf(check)).not.toContain('Cover was agreed in February');
    expect(wordsOf(check)).not.toContain('Actions that are complete 1 2');
  });

  it('that is exempt is marked on every form, read only with an entry in the log, by who may', async () => {
    const exempt = {
      public: 'no',
      paragraphs: ['1', '2'],
      'exemption-reason': 'Two families could be known by it',
    };
    const { id } = await begun(exempt);
    await cleared(id);
    expect((await finalised(id)).statusCode).toBe(409);
    expect((await finalised(id, clerk)).statusCode).toBe(303);
    expect((await member.get(paths.report(id))).statusCode).toBe(200);
    expect((await otherMember.get(paths.report(id))).statusCode).toBe(404);
    const page = await clerk.get(`${paths.exported(id)}?format=html`);
    expect(page.body).toContain('Not for publication: exempt under paragraphs 1 and 2');
    const next = await director.get(`${paths.newReport()}?replaces=${id}`);
    expect(next.body).toContain('Two families could be known by it');
    const { rows } = await sql<{ act: string; actor_id: string }>`
      select act, actor_id from audit_log where fact_id = ${id} and act like '%EXM' order by seq`.execute(
      keeper,
    );
    expect(rows).toContainEqual({ act: 'read, EXM', actor_id: member.actor.userId });
    // The form of the report that corrects it begins with its title and why it is exempt.
    expect(rows).toContainEqual({ act: 'read, EXM', actor_id: director.actor.userId });
    expect(rows).toContainEqual({ act: 'refused: read, EXM', actor_id: otherMember.actor.userId });
  });

  it('is corrected by another that says which it replaces', async () => {
    const { id } = await begun();
    await cleared(id);
    await finalised(id);
    const form = await officer.get(`${paths.newReport()}?replaces=${id}`);
    expect(wordsOf(form)).toContain(
      'The new report will say that it replaces “Progress of the plan”',
    );
    const plan = /name="plans" type="checkbox" value="([^"]+)" checked/.exec(form.body)?.[1] ?? '';
    const answer = await officer.post(paths.newReport(), {
      ...(await startForm(officer, plan)),
      replaces: id,
    });
    const next = String(answer.headers.location);
    expect(wordsOf(await officer.get(next))).toContain('This report replaces Progress of the plan');
  });

  it('is either edited or finalised, never both, when two do so at once', async () => {
    for (let round = 0; round < 2; round += 1) {
      const { id } = await begun();
      await cleared(id);
      const [edit, made] = await Promise.all([
        write(colleague, id, 'summary', `Words of round ${round}`),
        finalised(id),
      ]);
      const paper = wordsOf(await officer.get(paths.report(id)));
      const edited = edit.statusCode === 303;
      expect([edited, made.statusCode === 303]).toEqual([edited, !edited]);
      expect(paper.includes(`Words of round ${round}`)).toBe(edited);
    }
  });
});

describe('the files', () => {
  it('leave with an entry in the log, for who may export', async () => {
    const { id } = await begun();
    expect((await officer.get(`${paths.exported(id)}?format=docx`)).statusCode).toBe(200);
    const { rows } = await sql<{ act: string }>`
      select act from audit_log where fact_id = ${id} and act like 'exported%'`.execute(keeper);
    expect(rows).toEqual([{ act: 'exported as docx' }]);
    await cleared(id);
    await finalised(id);
    expect((await member.get(`${paths.exported(id)}?format=html`)).statusCode).toBe(403);
    expect((await stranger.get(`${paths.exported(id)}?format=html`)).statusCode).toBe(404);
  });
});

describe('the records of a report', () => {
  it('lose a name that was typed by mistake, out of drafts and out of what is frozen, by two people', async () => {
    const name = 'Zebedee Quillfeather';
    const { id } = await begun();
    await write(officer, id, 'risk', `The mother of ${name} wrote to us.`);
    await cleared(id);
    await finalised(id);
    expect((await everyPlaceOf(keeper, 'quillfeather')).map(({ table }) => table).sort()).toEqual([
      'report_final',
      'report_section_version',
    ]);
    const page = takeOutPath('report', id);
    const ask = { passage: name, reason: 'A child was named by mistake' };
    const found = await officer.post(page, { ...ask, step: 'search' });
    const places = Array.from(
      found.body.matchAll(/name="places" type="checkbox" value="([^"]+)"/g),
      ([, value = '']) => value,
    );
    const asked = String(
      (await officer.post(page, { ...ask, step: 'ask', places })).headers.location,
    );
    // A quality assurance manager approves no exempt papers, and so agrees to none of these.
    expect((await colleague.post(`${asked}/agree`)).statusCode).toBe(404);
    expect((await director.post(`${asked}/agree`)).statusCode).toBe(303);
    expect(await everyPlaceOf(keeper, 'quillfeather')).toEqual([]);
    expect(wordsOf(await member.get(paths.report(id)))).toMatch(/mother of \[taken out on/);
    const report = await readInAuthority(db, authority.id, (tx) => verifyChain(tx, authority.id));
    expect(report.problems).toEqual([]);
  });

  it('go after six years by two people, and keep the plan that the paper stands on until then', async () => {
    const { id, scene } = await begun();
    await cleared(id);
    await finalised(id);
    const put = (itemId: string) =>
      inAuthority(db, authority.id, (tx) => putForDisposal(tx, officer.actor, itemId, today));
    expect(await put(id)).toEqual({ kind: 'not-due' });
    const long = new Date('2016-01-04T10:00:00Z');
    for (const table of ['report_final', 'report_version', 'report_section_version'] as const) {
      await keeper
        .updateTable(table)
        .set({ recorded_at: long as never })
        .where('report_id', '=', id as never)
        .execute();
    }
    await sql`update plan_version set state = 'archived', effective_on = '2016-01-04'
      where plan_id = ${scene.planId}`.execute(keeper);
    expect(await put(scene.planId)).toEqual({ kind: 'not-due' });
    expect(await put(id)).toEqual({ kind: 'put-forward' });
    const { rows } = await sql<{ id: never }>`
      select id from disposal where item_id = ${id}`.execute(keeper);
    const decide = (actor: Officer['actor']) =>
      inAuthority(db, authority.id, (tx) =>
        decideDisposal(tx, actor, rows[0]?.id as never, true, today),
      );
    expect(await decide(officer.actor)).toEqual({ kind: 'forbidden' });
    expect(await decide(colleague.actor)).toEqual({ kind: 'disposed' });
    expect((await officer.get(paths.report(id))).statusCode).toBe(404);
    const left = await sql`select from report_plan where report_id = ${id}`.execute(keeper);
    expect(left.rows).toEqual([]);
    expect(await put(scene.planId)).toEqual({ kind: 'put-forward' });
  });
});
