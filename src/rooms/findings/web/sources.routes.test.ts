import { describe, expect, it } from 'vitest';
import { londonDay } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { recordFacts } from '#people';
import { demoAuthority, openSession, testApp, userWith, type SignedIn } from '#test/app.ts';
import { findOrAddSources, linkSources } from '../store/sources.ts';
import { paths } from './paths.ts';

const test = await testApp();
const authority = await demoAuthority(test);
const officer = await officerWith('qa-manager');
const analyst = await officerWith('analyst');
const lead = await officerWith('action-lead');
const elsewhere = await demoAuthority(test, 'Fenmoor Council');
const stranger = await openSession(
  test,
  await userWith(test, elsewhere, ['qa-manager'], 'Ash Moor', null),
);

async function officerWith(role: 'qa-manager' | 'analyst' | 'action-lead'): Promise<SignedIn> {
  return await openSession(test, await userWith(test, authority, [role], 'Robin Fenwick', null));
}

let made = 0;
const form = (more: Record<string, string | string[]> = {}) => ({
  title: `Inspection of help and protection ${(made += 1)}`,
  kind: 'inspection',
  body: 'Ofsted',
  'visit-from-day': '12',
  'visit-from-month': '1',
  'visit-from-year': '2026',
  'published-day': '20',
  'published-month': '2',
  'published-year': '2026',
  'overall-is': 'none given',
  'grade-area': ['Children in care', ''],
  grade: ['Good', ''],
  classification: 'public',
  ...more,
});

async function register(who: SignedIn, given = form()): Promise<string> {
  const answer = await who.post(paths.newSource(), given);
  expect(answer.statusCode, answer.body.slice(0, 3000)).toBe(303);
  return String(answer.headers.location);
}

describe('sources', () => {
  it('registers a source, shows it with what it judged, and keeps what a change said before', async () => {
    const href = await register(officer, form({ title: 'Inspection of January' }));
    const page = await officer.get(href);
    expect(page.body).toContain('Inspection of January');
    expect(page.body).toContain('None was given');
    expect(page.body).toContain('Children in care: “Good”');
    expect(page.body).toContain('20 February 2026');
    expect(page.body).toContain('No finding of it is registered yet.');
    const changed = form({ title: 'Inspection of January', 'overall-is': 'given', version: '1' });
    const without = await officer.post(`${href}/change`, { ...changed, overall: 'Good' });
    expect(without.statusCode).toBe(422);
    expect(without.body).toContain('Say why it is changed');
    const saved = await officer.post(`${href}/change`, {
      ...changed,
      overall: 'Good',
      reason: 'The letter was read again',
    });
    expect(saved.statusCode).toBe(303);
    const after = (await officer.get(href)).body;
    expect(after).toContain('“Good”');
    expect(after).toContain('The letter was read again');
  });

  it('keeps what was typed, and says everything that is wrong at once', async () => {
    const answer = await officer.post(paths.newSource(), {
      ...form({ title: '', 'overall-is': 'given', grade: ['', ''] }),
      'published-day': '31',
      'published-month': '2',
    });
    expect(answer.statusCode).toBe(422);
    for (const text of [
      'Enter the title of the source',
      'Write the overall judgement as its body gave it',
      'Give each area its judgement',
      'value="Children in care"',
      'value="31"',
    ]) {
      expect(answer.body).toContain(text);
    }
  });

  it('makes one source of a form sent twice, and refuses another of the same title', async () => {
    const given = form();
    expect(await register(officer, given)).toBe(await register(officer, given));
    const other = await officer.post(paths.newSource(), { ...given, body: 'Somebody else' });
    expect(other.statusCode).toBe(422);
    expect(other.body).toContain('A source of this title stands already');
  });

  it('shows both texts to the second of two who change it at once', async () => {
    const given = form();
    const href = await register(officer, given);
    const change = (reference: string) =>
      officer.post(`${href}/change`, { ...given, reference, version: '1', reason: 'Found it' });
    expect((await change('AB 12')).statusCode).toBe(303);
    const second = await change('CD 34');
    expect(second.statusCode).toBe(409);
    expect(second.body).toContain('AB 12');
    expect(second.body).toContain('CD 34');
    expect(second.body).toContain('name="version" value="2"');
  });

  it('registers a source that a plan named, by the same form', async () => {
    const id = await inAuthority(test.database.db, authority.id, async (tx) => {
      const { added } = await findOrAddSources(
        tx,
        authority.id,
        ['Carers’ survey'],
        'survey',
        null,
      );
      const [sourceId = newId<'source'>()] = added;
      const link = { targetId: newId(), sourceId, words: null, page: null } as const;
      const effectiveOn = londonDay(test.clock.now);
      const links = [{ ...link, targetKind: 'objective', effectiveOn } as const];
      const [linkId = ''] = await linkSources(tx, authority.id, links, null);
      await recordFacts(tx, null, 'named a source', [
        { fact: 'source', id: sourceId },
        { fact: 'source_link', id: linkId },
      ]);
      return sourceId;
    });
    expect((await officer.get(paths.source(id))).body).toContain(
      'Nobody has registered it here yet',
    );
    const given = { ...form({ title: 'Carers’ survey', kind: 'survey', version: '0' }) };
    expect((await officer.post(`${paths.source(id)}/change`, given)).statusCode).toBe(303);
    expect((await officer.get(paths.source(id))).body).toContain('No finding of it is registered');
  });

  it('notes that it was looked through again, withdraws it with a reason and brings it back', async () => {
    const href = await register(officer);
    expect((await officer.post(`${href}/look`, { reason: 'Still so' })).statusCode).toBe(303);
    expect((await officer.get(href)).body).toContain('Still so');
    const given = { withdrawn: 'yes', version: '1' };
    expect((await officer.post(`${href}/withdraw`, { ...given, reason: '' })).statusCode).toBe(422);
    const gone = await officer.post(`${href}/withdraw`, { ...given, reason: 'Sent in error' });
    expect(gone.statusCode).toBe(303);
    expect((await officer.get(href)).body).toContain('This source was withdrawn');
    // Whoever may change plans does not thereby withdraw what was said of the council.
    expect((await analyst.get(`${href}/withdraw`)).statusCode).toBe(404);
  });

  it('is filtered by its address', async () => {
    await register(
      officer,
      form({ title: 'Survey of 2019', kind: 'survey', 'published-year': '2019' }),
    );
    const page = await officer.get(`${paths.sources()}?kind=survey&year=2019`);
    expect(page.body).toContain('Survey of 2019');
    expect(page.body).not.toContain('Inspection of January');
    expect(page.body).toMatch(/1 of \d+ sources/);
  });

  it('is nothing to another council, nor to a lead of none of its findings', async () => {
    const href = await register(officer, form({ title: 'Seen by ours alone' }));
    const absent = paths.source('01980a7e-0000-7000-8000-000000000000');
    for (const who of [stranger, lead]) {
      expect((await who.get(href)).statusCode).toBe(404);
      expect((await who.get(href)).body.length).toBe((await who.get(absent)).body.length);
      expect((await who.get(paths.sources())).body).not.toContain('Seen by ours alone');
      expect((await who.post(`${href}/look`, {})).statusCode).toBe(404);
    }
  });

  it('keeps a restricted source to those who read findings from files, and logs each reading', async () => {
    const title = 'Audit of forty files';
    const href = await register(
      officer,
      form({ title, kind: 'case audit', classification: 'restricted' }),
    );
    const reads = async () => {
      const rows = await test.database.keeper
        .selectFrom('audit_log')
        .selectAll()
        .where('authority_id', '=', authority.id)
        .where('act', '=', 'read, FND')
        .execute();
      return rows.length;
    };
    const before = await reads();
    expect((await officer.get(href)).body).toContain('Restricted');
    expect(await reads()).toBe(before + 1);
    expect((await analyst.get(href)).statusCode).toBe(404);
    expect((await analyst.get(paths.sources())).body).not.toContain(title);
    // Releasing it takes a second person.
    const released = form({ title, kind: 'case audit', version: '1', reason: 'Open it' });
    expect((await officer.post(`${href}/change`, released)).body).toContain('stays restricted');
  });
});
