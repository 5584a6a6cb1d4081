import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { disclosePath, verifyChain } from '#people';
import { giveUpdate } from '#plans';
import { demoAuthority, openSession, testApp, userWith } from '#test/app.ts';
import { makeSource } from '#test/findings.ts';
import { day, makePlan } from '#test/plans.ts';
import { evidencePaths } from '../src/rooms/findings/web/evidence/paths.ts';

/**
 * "Evidence library: files (revisions, SHA-256, expiry), links and notes; one evidence item serves
 * many things; where used; out of date; unsafe file types refused."
 */
const test = await testApp();
const { db } = test.database;
const authority = await demoAuthority(test);
const elsewhere = await demoAuthority(test, 'Fenmoor Council');
const someone = async (at: typeof authority, role: Parameters<typeof userWith>[2][number]) => {
  const user = await userWith(test, at, [role], 'Robin Fenwick', null);
  const actor = {
    authorityId: at.id,
    userId: user.userId,
    name: user.name,
    roles: [role],
    partyIds: [],
  };
  return { ...(await openSession(test, user)), actor };
};
const officer = await someone(authority, 'qa-manager');
const clerk = await someone(authority, 'clerk');
const director = await someone(authority, 'director');
const lead = await someone(authority, 'action-lead');
const stranger = await someone(elsewhere, 'qa-manager');
const today = day('2026-03-04');
const { sourceId, findingIds } = await makeSource(db, officer.actor, today, {
  title: 'Focused visit',
});
const [findingId] = findingIds;
const pdf = Buffer.from('%PDF-1.7\nan audit of twelve visits\n');

const links = () =>
  readInAuthority(db, authority.id, (tx) =>
    tx
      .selectFrom('item_link')
      .select(['from_id as from', 'to_id as to', 'relation', 'page'])
      .where('authority_id', '=', authority.id)
      .execute(),
  );

/** Adds a note for the finding and answers its id. */
async function addNote(title: string, more: Record<string, string> = {}): Promise<string> {
  const sent = { title, classification: 'internal', ...more };
  const answer = await officer.post(evidencePaths.add(`finding:${findingId}`), sent);
  expect([answer.statusCode, answer.headers.location]).toEqual([303, `/findings/${findingId}`]);
  const found = await readInAuthority(db, authority.id, (tx) =>
    tx
      .selectFrom('evidence')
      .select('id')
      .where('authority_id', '=', authority.id)
      .where('title', '=', title)
      .executeTakeFirstOrThrow(),
  );
  return found.id;
}

describe('the library of evidence', () => {
  it('keeps a file with its SHA-256, as the document of a source, and gives it back', async () => {
    const form = await officer.get(evidencePaths.add(`source:${sourceId}`));
    expect(form.body).toContain('For “Focused visit”');
    const sent = { title: 'The letter', classification: 'public', page: '2' };
    const added = await officer.postFile(evidencePaths.add(`source:${sourceId}`), sent, {
      name: 'letter.pdf',
      bytes: pdf,
    });
    expect(added.statusCode).toBe(303);
    const link = (await links()).find(({ to }) => to === sourceId);
    expect(link).toMatchObject({ relation: 'document of', page: '2' });
    const page = await officer.get(evidencePaths.one(link?.from ?? ''));
    expect(page.body).toContain(createHash('sha256').update(pdf).digest('hex'));
    expect(page.body).toContain('“Focused visit”');
    const file = await officer.get(evidencePaths.file(link?.from ?? ''));
    expect(file.rawPayload.equals(pdf)).toBe(true);
    expect(file.headers['content-disposition']).toContain('letter.pdf');
  });

  it('stands on the page of what it is for, with the day until which it is good', async () => {
    const good = { 'good-month': '3', 'good-year': '2026', 'good-day': '3' };
    await addNote('Survey of foster carers', good);
    const finding = (await officer.get(`/findings/${findingId}`)).body;
    expect(finding).toMatch(
      /Survey of foster carers<\/a>[^<]*<strong[^>]*>Out of date since 3 March 2026/,
    );
    const sent = { title: 'The whole report', classification: 'public', 'good-year': '2027' };
    const until = { ...sent, 'good-month': '1', 'good-day': '31' };
    await officer.post(evidencePaths.add(`source:${sourceId}`), until);
    const source = (await officer.get(`/findings/sources/${sourceId}`)).body;
    expect(source).toContain('Documents and evidence</h2>');
    expect(source).toMatch(/The whole report<\/a>[^<]*<span[^>]*>Good until 31 January 2027/);
    expect(source).toContain(`href="${evidencePaths.add(`source:${sourceId}`)}">Add a document`);
    // A reader sees it and is not asked to add; of what is restricted, only that it is there.
    await addNote('Files of Quay Street', { classification: 'restricted' });
    const page = await clerk.get(`/findings/sources/${sourceId}`);
    expect(page.body).toContain('The whole report');
    expect(page.body).not.toContain('Add a document');
    expect((await officer.get(`/findings/${findingId}`)).body).not.toContain('Quay Street');
    expect((await clerk.get(`/findings/${findingId}`)).body).not.toContain('A restricted piece');
    expect((await stranger.get(`/findings/sources/${sourceId}`)).statusCode).toBe(404);
  });

  it('is one piece where a form is sent twice, and two where it says something else', async () => {
    const href = evidencePaths.add(`finding:${findingId}`);
    const submission =
      /name="submission_id" value="([^"]+)"/.exec((await officer.get(href)).body)?.[1] ?? '';
    const sent = { title: 'Audit of May', classification: 'internal', submission_id: submission };
    const file = { name: 'may.pdf', bytes: pdf };
    const count = () =>
      readInAuthority(db, authority.id, async (tx) => {
        const rows = await tx
          .selectFrom('evidence')
          .select('id')
          .where('title', 'like', 'Audit of May%')
          .execute();
        return rows.length;
      });
    const answers = await Promise.all([
      officer.postFile(href, sent, file),
      officer.postFile(href, sent, file),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(await count()).toBe(1);
    await officer.postFile(href, { ...sent, title: 'Audit of May, signed' }, file);
    expect(await count()).toBe(2);
  });

  it('is an item of records: everything about it is given out to whoever may, and to no stranger', async () => {
    const id = await addNote('Notes of a visit');
    const href = disclosePath('evidence', id);
    expect((await director.get(href)).body).toContain('Notes of a visit');
    expect((await stranger.get(href)).statusCode).not.toBe(200);
  });

  it.each([
    ['a program', 'audit.exe', Buffer.from('MZ program')],
    ['a program under the name of a PDF', 'audit.pdf', Buffer.from('MZ program')],
    ['a page', 'audit.html', Buffer.from('<script>')],
  ])('refuses %s, and keeps what was typed', async (_, name, bytes) => {
    const sent = { title: 'An audit of visits', classification: 'internal' };
    const answer = await officer.postFile(evidencePaths.add(), sent, { name, bytes });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('An audit of visits');
    expect(answer.body).toContain('govuk-error-message');
  });

  it('says what is wrong beside each box', async () => {
    for (const [sent, text] of [
      [{ title: '', classification: 'internal' }, 'Say what it is'],
      [{ title: 'Notes' }, 'Choose who may read it'],
      [
        { title: 'Notes', classification: 'internal', link: 'javascript:alert(1)' },
        'A link begins with',
      ],
    ] as const) {
      const answer = await officer.post(evidencePaths.add(), sent);
      expect([text, answer.statusCode]).toEqual([text, 422]);
      expect(answer.body).toContain(text);
    }
  });

  it('lets one piece serve many things, and says where it is used', async () => {
    const id = await addNote('Supervision notes');
    const chosen = await officer.get(
      `${evidencePaths.use(`source:${sourceId}`)}&words=supervision`,
    );
    expect(chosen.body).toContain(`value="${id}"`);
    const used = await officer.post(evidencePaths.use(`source:${sourceId}`), { evidence: id });
    expect(used.statusCode).toBe(303);
    const page = await officer.get(evidencePaths.one(id));
    expect(page.body).toContain('It shows 2 things');
    expect(page.body).toContain('Recommendation 1 of “Focused visit”');
    const end = /action="([^"]+\/uses\/[^"]+\/end)"/.exec(page.body)?.[1] ?? '';
    expect((await officer.post(end, {})).statusCode).toBe(303);
    expect((await officer.get(evidencePaths.one(id))).body).toContain('It shows 1 thing');
  });

  it('keeps what it was before a revision, and refuses to overwrite another’s', async () => {
    const id = await addNote('Draft of the audit');
    const sent = { title: 'The audit', classification: 'internal', reason: 'It was finished' };
    const first = await officer.post(evidencePaths.revise(id), { ...sent, version: '1' });
    expect(first.statusCode).toBe(303);
    const late = { ...sent, title: 'Another audit', version: '1' };
    expect((await officer.post(evidencePaths.revise(id), late)).statusCode).toBe(409);
    const page = await officer.get(evidencePaths.one(id));
    expect(page.body).toMatch(/<h1[^>]*>[^<]*The audit/);
    expect(page.body).toContain('“Draft of the audit”');
    expect(page.body).toContain('It was finished');
  });

  it('is out of date after its last day, in the list and in the thread', async () => {
    const good = { 'good-month': '3', 'good-year': '2026' };
    const still = await addNote('Survey of staff', { ...good, 'good-day': '4' });
    const now = (await officer.get(evidencePaths.one(still))).body;
    expect(now).toContain('is good until 4 March 2026');
    await addNote('Survey of carers', { ...good, 'good-day': '2' });
    const out = (await officer.get(`${evidencePaths.list()}?state=out+of+date`)).body;
    expect(out).toContain('Survey of carers');
    expect(out).not.toContain('Survey of staff');
    const thread = await officer.get(`/findings/thread/finding/${findingId}`);
    expect(thread.body).toContain(
      'The evidence “Survey of carers” is out of date since 2 March 2026, 2 working days.',
    );
  });

  it('withdraws a piece with the reason, and brings it back', async () => {
    const id = await addNote('Told in error');
    const href = evidencePaths.withdraw(id);
    const unsaid = await officer.post(href, { version: '1', withdrawn: 'yes', reason: '' });
    expect(unsaid.statusCode).toBe(422);
    const sent = { version: '1', withdrawn: 'yes', reason: 'It names a school' };
    expect((await officer.post(href, sent)).statusCode).toBe(303);
    const page = await officer.get(evidencePaths.one(id));
    expect(page.body).toContain('It was withdrawn: it shows nothing any more.');
    const back = { version: '2', withdrawn: 'no', reason: 'The name is out' };
    expect((await officer.post(href, back)).statusCode).toBe(303);
    expect((await officer.get(evidencePaths.one(id))).body).toContain('It shows 1 thing');
  });

  it('holds what is given with an update, and says which action it shows', async () => {
    const plan = await makePlan(db, officer.actor, today, [{ text: 'Visit on time' }]);
    const [actionId = newId<'action'>()] = plan.actionIds;
    const given = await giveUpdate(db, officer.actor, today, {
      actionId,
      choice: 'green',
      whatChanged: 'Begun',
      evidence: [{ kind: 'note', title: 'Rota of March' }],
      seenVersion: 0,
      submissionId: newId<'submission'>(),
      corrects: null,
    });
    expect(given.kind).toBe('done');
    const list = await officer.get(`${evidencePaths.list()}?q=rota`);
    expect(list.body).toContain('Rota of March');
    expect(list.body).toContain('“Visit on time” (Improvement plan, 1)');
  });
});

describe('the library and those who may not read all of it', () => {
  it('is not there for another council, for those who read nothing of it, nor on forms for readers', async () => {
    const id = await addNote('Minutes of March');
    for (const url of [evidencePaths.one(id), evidencePaths.revise(id)]) {
      expect((await stranger.get(url)).statusCode).toBe(404);
      expect((await lead.get(url)).statusCode).toBe(404);
    }
    expect((await stranger.get(evidencePaths.list())).body).not.toContain('Minutes of March');
    expect((await lead.get(evidencePaths.list())).body).not.toContain('Minutes of March');
    expect((await clerk.get(evidencePaths.one(id))).statusCode).toBe(200);
    expect((await clerk.get(evidencePaths.revise(id))).statusCode).not.toBe(200);
    const sent = { title: 'Mine', classification: 'internal' };
    expect((await clerk.post(evidencePaths.add(), sent)).statusCode).not.toBe(303);
    expect(
      (await stranger.post(evidencePaths.use(`finding:${findingId}`), { evidence: id })).statusCode,
    ).toBe(404);
  });

  it('tells restricted evidence to few, each time with an entry in the log, and lists it nowhere', async () => {
    const id = await addNote('Files of Harbour Street', { classification: 'restricted' });
    const reads = () =>
      inAuthority(db, authority.id, (tx) =>
        tx
          .selectFrom('audit_log')
          .select('act')
          .where('authority_id', '=', authority.id)
          .where('act', '=', 'read, FND')
          .execute(),
      );
    const before = (await reads()).length;
    expect((await officer.get(evidencePaths.one(id))).body).toContain('Files of Harbour Street');
    expect((await reads()).length).toBe(before + 1);
    expect((await officer.get(evidencePaths.list())).body).not.toContain('Harbour Street');
    expect((await clerk.get(evidencePaths.one(id))).statusCode).toBe(404);
    const thread = await clerk.get(`/findings/thread/finding/${findingId}`);
    expect(thread.body).not.toContain('Harbour Street');
    const lowered = await officer.post(evidencePaths.revise(id), {
      version: '2',
      title: 'Files of Harbour Street',
      classification: 'internal',
      reason: 'For all',
    });
    expect(lowered.statusCode).toBe(422);
  });

  it('leaves every fact in the audit chain', async () => {
    const { problems } = await readInAuthority(db, authority.id, (tx) =>
      verifyChain(tx, authority.id),
    );
    expect(problems).toEqual([]);
  });
});
