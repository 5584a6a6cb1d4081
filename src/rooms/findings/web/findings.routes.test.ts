import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { recordFacts, verifyChain, type GrantableRole } from '#people';
import { demoAuthority, testApp } from '#test/app.ts';
import { day } from '#test/plans.ts';
import { linkItems } from '../store/links.ts';
import { tellProgress } from '../store/progress.ts';
import { appendThemes } from '../store/themes.ts';
import { paths } from './paths.ts';
import {
  aFinding,
  aSource,
  findingIn,
  officerOf,
  someFinding,
  type Officer,
} from './register.test-help.ts';

const test = await testApp();
const { db } = test.database;
const authority = await demoAuthority(test);
const officer = await officerOf(test, authority, ['qa-manager']);
const elsewhere = await demoAuthority(test, 'Fenmoor Council');
const stranger = await officerOf(test, elsewhere, ['qa-manager']);
const post = 'Service Manager, Assessment';
const board = 'Improvement Board';
const lead = await officerOf(test, authority, ['action-lead'], [{ kind: 'post', name: post }]);

const words = (more: Record<string, string | string[]> = {}) => ({
  kind: 'recommendation',
  words: `Write up each visit ${newId()}`,
  page: '4',
  paragraph: '12',
  ...more,
});
const form = (more: Record<string, string | string[]> = {}) => ({
  submission_id: newId(),
  ...words(more),
});
const changed = (more: Record<string, string | string[]> = {}) => ({
  version: '1',
  reason: 'The printer had cut it short',
  ...words(more),
});

describe('a finding', () => {
  it('is kept to the letter, and a form sent twice makes one of it', async () => {
    const source = await aSource(test, officer);
    const given = form({
      words: 'Visits must be\n\n“timely”; 1.10 of 10',
      ref: '1.10',
      lead: post,
    });
    const made = await officer.post(paths.newFinding(source), given);
    const again = await officer.post(paths.newFinding(source), given);
    expect(again.headers.location).toBe(made.headers.location);
    const page = (await officer.get(String(made.headers.location))).body;
    expect(page).toContain('“Visits must be<br /><br />“timely”; 1.10 of 10”');
    expect(page).toContain('Recommendation 1.10, open: it has no response and no action yet.');
    expect(page).toContain('page 4, paragraph 12');
    expect(page).toContain(post);
    expect((await officer.get(paths.source(source))).body).toContain(
      '1 finding: 1 recommendation.',
    );
  });

  it('keeps what was typed, and begins the next one with what they share', async () => {
    const source = await aSource(test, officer);
    const empty = await officer.post(
      paths.newFinding(source),
      form({ words: '', area: 'Fostering' }),
    );
    expect(empty.statusCode).toBe(422);
    expect(empty.body).toContain('Copy the words of the source');
    expect(empty.body).toContain('value="Fostering"');
    const saved = await officer.post(
      paths.newFinding(source),
      form({ words: 'Find more foster carers nearby', then: 'another', 'reports-to': board }),
    );
    const next = (await officer.get(String(saved.headers.location))).body;
    expect(next).toContain('Add a finding');
    expect(next).toContain(`value="${board}"`);
    expect(next).toContain('value="recommendation" checked');
  });

  it('is corrected with a reason, and its older words stay to be seen', async () => {
    const source = await aSource(test, officer);
    const id = await aFinding(test, officer, source, { words: 'Vists are late' });
    const url = paths.changeFinding(id);
    expect((await officer.post(url, changed({ reason: '' }))).statusCode).toBe(422);
    const saved = await officer.post(url, changed({ words: 'Visits are late' }));
    expect(saved.statusCode).toBe(303);
    const page = (await officer.get(paths.finding(id))).body;
    expect(page).toContain('“Visits are late”');
    expect(page).toContain('It said before:');
    expect(page).toContain('“Vists are late”');
    expect(page).toContain('The printer had cut it short');
    const second = await officer.post(url, changed({ words: 'All visits are late' }));
    expect(second.statusCode).toBe(409);
    expect(second.body).toContain('<mark>All visits</mark>');
  });

  it('is answered by who may change it, with a reason unless it is accepted', async () => {
    const source = await aSource(test, officer);
    const id = await aFinding(test, officer, source, { lead: post });
    const other = await aFinding(test, officer, source);
    const no = { version: '0', answer: 'not accepted', reason: '' };
    expect((await lead.post(paths.response(id), no)).body).toContain('Say why it is not accepted');
    const partly = { version: '0', answer: 'partly accepted', reason: 'Not for the night team' };
    expect((await lead.post(paths.response(id), partly)).statusCode).toBe(303);
    const page = (await lead.get(paths.finding(id))).body;
    expect(page).toContain('Recommendation, open: it has a response, and no action yet.');
    expect(page).toContain('Partly accepted on 4 March 2026');
    expect(page).toContain('Not for the night team');
    const late = await officer.post(paths.response(id), { ...partly, reason: 'Not at night' });
    expect(late.statusCode).toBe(409);
    // The lead of one finding of a source knows of no other of it.
    expect((await lead.get(paths.finding(other))).statusCode).toBe(404);
    expect((await lead.get(paths.source(source))).body).toContain('1 finding: 1 recommendation.');
    expect((await lead.get(paths.withdrawFinding(id))).statusCode).toBe(404);
  });

  it('is withdrawn and brought back by the quality manager alone', async () => {
    const source = await aSource(test, officer);
    const id = await aFinding(test, officer, source);
    const given = { version: '1', withdrawn: 'yes', reason: 'Typed twice' };
    expect((await officer.post(paths.withdrawFinding(id), given)).statusCode).toBe(303);
    expect((await officer.get(paths.finding(id))).body).toContain('withdrawn: it was withdrawn.');
    const back = { version: '2', withdrawn: 'no', reason: 'It was another' };
    expect((await officer.post(paths.withdrawFinding(id), back)).statusCode).toBe(303);
    expect((await officer.get(paths.finding(id))).body).toContain('open: it has no response');
  });

  it('says of its themes that other sources raised them before', async () => {
    const [theme = newId<'theme'>()] = await inAuthority(db, authority.id, async (tx) => {
      const writing = { authority: authority.id, by: null, effectiveOn: day('2026-03-04') };
      const made = await appendThemes(tx, writing, [{ name: 'Recording', meaning: null }]);
      await recordFacts(tx, null, 'added a theme', made.written);
      return made.ids;
    });
    for (const year of ['2014', '2016']) {
      const source = await aSource(test, officer, { publishedOn: day(`${year}-05-01`) });
      await aFinding(test, officer, source, { words: `Records of ${year}`, themeIds: [theme] });
    }
    const now = await aSource(test, officer);
    const id = await aFinding(test, officer, now, { words: 'Records of now', themeIds: [theme] });
    expect((await officer.get(paths.finding(id))).body).toContain(
      'not the first time, also said in 2014 and 2016',
    );
  });

  it('is nothing to another council', async () => {
    const source = await aSource(test, officer);
    const id = await aFinding(test, officer, source);
    for (const url of [
      paths.finding(id),
      paths.changeFinding(id),
      paths.response(id),
      paths.same(id),
    ]) {
      expect((await stranger.get(url)).statusCode, url).toBe(404);
    }
    expect((await stranger.post(paths.newFinding(source), form())).statusCode).toBe(404);
    expect(
      (await stranger.post(paths.response(id), { version: '0', answer: 'accepted' })).statusCode,
    ).toBe(404);
    expect((await stranger.get(paths.findings())).body).not.toContain(someFinding.words);
  });
});

describe('findings that say the same', () => {
  it('are suggested when one is added, grouped, and answered by one action each with its own link', async () => {
    const words = 'Managers must challenge drift and delay in plans for children in care';
    const first = await aFinding(test, officer, await aSource(test, officer), {
      words,
      reportsTo: board,
    });
    const made = await officer.post(
      paths.newFinding(await aSource(test, officer)),
      form({ words: 'Managers should challenge drift and delay in the plans of children in care' }),
    );
    const second = findingIn(made);
    expect(made.headers.location).toBe(paths.same(second));
    const side = (await officer.get(paths.same(second))).body;
    expect(side).toContain(words);
    expect(side).toMatch(/Much the same words|Almost the same words/);
    expect(
      (await officer.post(paths.same(second), { other: first, verdict: 'same' })).statusCode,
    ).toBe(303);
    const actionId = newId<'action'>();
    await inAuthority(db, authority.id, async (tx) => {
      const writing = { authority: authority.id, by: null, effectiveOn: day('2026-03-04') };
      const told = await tellProgress(tx, writing, [
        {
          kind: 'action',
          id: actionId,
          label: 'Hold a monthly meeting on drift',
          place: 'Improvement plan, 1.1',
          href: '/plans/improvement-plan/actions/x',
          withinId: newId(),
          partyIds: [],
          state: 'in progress',
          dueOn: null,
          firstDueOn: null,
        },
      ]);
      const links = await linkItems(tx, writing, [
        {
          from: { kind: 'finding', id: first },
          to: { kind: 'action', id: actionId },
          relation: 'answered by',
        },
      ]);
      await recordFacts(tx, null, 'test', [...told, ...links]);
    });
    const page = (await officer.get(paths.finding(second))).body;
    expect(page).toContain('These say the same');
    expect(page).toContain(`Reported to ${board}.`);
    expect(page).toContain('Which of them does “Hold a monthly meeting on drift” answer too?');
    const answers = { action: actionId, finding: second };
    expect((await officer.post(paths.answerTogether(second), answers)).statusCode).toBe(303);
    const after = (await officer.get(paths.finding(second))).body;
    expect(after).toContain('in progress: its one action is in progress');
    expect(after).not.toContain('answer too?');
    // An action that answers none of the group is not taken from a form.
    const stray = { action: newId(), finding: second };
    expect((await officer.post(paths.answerTogether(second), stray)).statusCode).toBe(404);
  });

  it('are not suggested again once somebody said that they do not', async () => {
    const words =
      'Offer every care leaver a personal adviser whom they know before they turn sixteen';
    const first = await aFinding(test, officer, await aSource(test, officer), { words });
    const second = await aFinding(test, officer, await aSource(test, officer), { words });
    expect((await officer.get(paths.finding(second))).body).toContain('These may say the same');
    await officer.post(paths.same(second), { other: first, verdict: 'different' });
    for (const id of [first, second]) {
      expect((await officer.get(paths.finding(id))).body).not.toContain('These may say the same');
    }
    const theirs = await aFinding(test, stranger, await aSource(test, stranger), { words });
    const across = { other: theirs, verdict: 'same' };
    expect((await officer.post(paths.same(second), across)).statusCode).toBe(404);
  });
});

describe('findings of restricted sources', () => {
  const words = 'In eleven of forty files nobody had seen the child alone';
  const share = 'Children are not always seen alone';
  const wholeTo: [GrantableRole, boolean][] = [
    ['director', false],
    ['qa-manager', false],
    ['service-manager', true],
    ['team-manager', true],
    ['action-lead', true],
    ['report-author', true],
    ['iro', true],
  ];

  it('are whole, derived or nothing, by role', async () => {
    const source = await aSource(test, officer, {
      title: 'Audit of forty files',
      kind: 'case audit',
      classification: 'restricted',
    });
    const near = await aFinding(test, officer, source, { words, lead: post, wordsToShare: share });
    const far = await aFinding(test, officer, source, {
      words: `${words}, again`,
      wordsToShare: share,
    });
    const sees = async (who: Officer, id: string) => {
      const { statusCode, body } = await who.get(paths.finding(id));
      if (statusCode === 404) return 'nothing';
      expect(body).toContain(share);
      if (body.includes(words)) return 'whole';
      for (const hidden of ['Audit of forty files', post, '4 March 2026, by', '20 February']) {
        expect(body).not.toContain(hidden);
      }
      expect(body).toContain('Recommendation of February 2026, open.');
      return 'derived';
    };
    for (const [role, byPost] of wholeTo) {
      const holder = await officerOf(test, authority, [role], [{ kind: 'post', name: post }]);
      expect(await sees(holder, near), role).toBe('whole');
      expect(await sees(holder, far), role).toBe(byPost ? 'nothing' : 'whole');
    }
    for (const role of ['participation-officer', 'board-chair', 'analyst'] as const) {
      const who = await officerOf(test, authority, [role]);
      expect(await sees(who, near), role).toBe('derived');
      const list = (await who.get(paths.findings())).body;
      expect(list, role).toContain(share);
      expect(list, role).not.toContain(words);
      expect((await who.get(paths.source(source))).statusCode, role).toBe(404);
    }
    for (const role of [
      'member',
      'clerk',
      'auditor',
      'peer-reviewer',
      'advocate',
      'administrator',
    ] as const) {
      const who = await officerOf(
        test,
        authority,
        [role],
        [{ kind: 'post', name: `${post} ${role}` }],
      );
      expect(await sees(who, near), role).toBe('nothing');
      expect((await who.get(paths.findings())).body, role).not.toContain(share);
    }
  });
});

describe('the register as a list', () => {
  it('is filtered by its address, says of how many, and leaves as files with IDs', async () => {
    const source = await aSource(test, officer, { publishedOn: day('2011-05-01') });
    const id = await aFinding(test, officer, source, {
      words: 'Boats for every island',
      area: 'Isles',
    });
    await aFinding(test, officer, source, { words: 'Ferries too', kind: 'strength' });
    const page = (await officer.get(`${paths.findings()}?year=2011&kind=recommendation&area=Isles`))
      .body;
    expect(page).toContain('Boats for every island');
    expect(page).not.toContain('Ferries too');
    expect(page).toMatch(/1 of \d+ findings as at 4 March 2026: 1 open\./);
    const csv = await officer.get(`${paths.exportFindings()}?format=csv&year=2011`);
    expect(csv.statusCode).toBe(200);
    expect(csv.body).toContain('Boats for every island');
    expect(csv.body).toContain(id);
    expect(csv.body).toContain(source);
    const xlsx = await officer.get(`${paths.exportFindings()}?format=xlsx&year=2011`);
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect((await lead.get(`${paths.exportFindings()}?format=csv`)).statusCode).toBe(404);
  });

  it('keeps restricted findings out of the file of whoever needs a second person for it', async () => {
    const csv = (await officer.get(`${paths.exportFindings()}?format=csv`)).body;
    expect(csv).not.toContain('nobody had seen the child alone');
    const director = await officerOf(test, authority, ['director']);
    expect((await director.get(`${paths.exportFindings()}?format=csv`)).body).toContain(
      'nobody had seen the child alone',
    );
  });
});

it('leaves an audit chain that holds', async () => {
  const report = await readInAuthority(db, authority.id, (tx) => verifyChain(tx, authority.id));
  expect(report.problems).toEqual([]);
});
