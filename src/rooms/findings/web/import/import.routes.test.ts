import { describe, expect, it } from 'vitest';
import type { SourceId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { recordFacts, verifyChain } from '#people';
import { inAuthority } from '#platform/db/authority.ts';
import { demoAuthority, testApp } from '#test/app.ts';
import { filledForm } from '#test/filled-form.ts';
import { day } from '#test/plans.ts';
import { readFindings } from '../../store/read-findings.ts';
import { appendThemes } from '../../store/themes.ts';
import { paths } from '../paths.ts';
import { aSource, officerOf, type Officer } from '../register.test-help.ts';
import { importPaths } from './paths.ts';

const test = await testApp();
const { db } = test.database;
const authority = await demoAuthority(test);
const officer = await officerOf(test, authority, ['qa-manager']);
const colleague = await officerOf(test, authority, ['qa-manager']);
const lead = await officerOf(test, authority, ['action-lead']);
const elsewhere = await demoAuthority(test, 'Fenmoor Council');
const stranger = await officerOf(test, elsewhere, ['qa-manager']);

const csv = (text: string, name = 'findings.csv') => ({
  name,
  bytes: new TextEncoder().encode(text),
});
const table = `No,Recommendation,Page,Response,Reason,Lead,Themes
1,Write up each visit,4,Accepted,,Head of Service,Visits
1.10,Find carers nearby,6,Not accepted,,,
3,Ask families,7,,,,Unknown theme
`;
const send = (who: Officer, source: SourceId, file = csv(table), kind = 'recommendation') =>
  who.postFile(importPaths.begin(source), { kind }, file);

/** Sends the file and gives the addresses of its steps. */
async function begun(source: SourceId, file = csv(table)): Promise<(step: string) => string> {
  const answer = await send(officer, source, file);
  expect(answer.statusCode).toBe(303);
  const columns = String(answer.headers.location);
  expect(columns).toMatch(/\/columns$/);
  return (step) => columns.replace(/columns$/, step);
}

/** Sends a page's form back as it stands, with some boxes changed. */
async function sendBack(href: string, change: Record<string, string> = {}, who = officer) {
  const page = await who.get(href);
  expect(page.statusCode).toBe(200);
  return who.post(href, { ...filledForm(page), ...change });
}

const findingsOf = (source: SourceId) =>
  readInAuthority(db, authority.id, (tx) =>
    readFindings(tx, authority.id, day('2026-03-04'), { sourceIds: [source] }),
  );

await inAuthority(db, authority.id, async (tx) => {
  const writing = { authority: authority.id, by: null, effectiveOn: day('2026-03-04') };
  const theme = { name: 'Visits', meaning: null, mergedInto: null, withdrawn: false, reason: null };
  const made = await appendThemes(tx, writing, [theme]);
  await recordFacts(tx, null, 'added a theme', made.written);
});

describe('a table of findings', () => {
  it('goes from the file to the findings, doubts first, each to be mended', async () => {
    const source = await aSource(test, officer);
    const at = await begun(source);
    const columns = (await officer.get(at('columns'))).body;
    expect(columns).toContain('We found one table with 3 findings.');
    expect((await sendBack(at('columns'))).headers.location).toBe(at('rows'));

    const doubts = (await officer.get(at('rows'))).body;
    expect(doubts).toContain('1 finding needs you');
    expect(doubts).toContain('No reason is given why it is not accepted.');
    const refused = await sendBack(at('rows'));
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('Say why it is not accepted in whole');
    const mended = await sendBack(at('rows'), { 'row-1-reason': 'There are none' });
    expect(mended.headers.location).toBe(`${at('rows')}?show=all`);
    const all = `${at('rows')}?show=all`;
    const checked = await sendBack(all, {
      'row-0-words': 'Write up each visit, always',
      'row-0-kind': 'area for development',
    });
    expect(checked.headers.location).toBe(at('check'));

    const check = (await officer.get(at('check'))).body;
    expect(check).toContain('3 findings will be added');
    expect(check).toContain('The theme “Unknown theme” is not in your list of themes.');
    expect(check).toContain('Head of Service');
    expect((await sendBack(at('check'))).headers.location).toBe(at('done'));
    expect((await officer.get(at('done'))).body).toContain('3 findings were imported');

    const made = await findingsOf(source);
    expect(made).toMatchObject([
      {
        ref: '1',
        words: 'Write up each visit, always',
        kind: 'area for development',
        page: '4',
        lead: { name: 'Head of Service' },
        themes: [{ name: 'Visits' }],
        response: { answer: 'accepted', reason: null },
      },
      {
        ref: '1.10',
        words: 'Find carers nearby',
        response: { answer: 'not accepted', reason: 'There are none' },
      },
      { ref: '3', words: 'Ask families', themes: [], response: null },
    ]);
    const chain = await readInAuthority(db, authority.id, (tx) => verifyChain(tx, authority.id));
    expect(chain.problems).toEqual([]);
  });

  it('is read again with a column as the person names it, and leaves out what they leave out', async () => {
    const source = await aSource(test, officer);
    const at = await begun(source, csv('A,B\nx,Plans drift\ny,Visits are late\n'));
    const none = await sendBack(at('columns'));
    expect(none.statusCode).toBe(422);
    expect(none.body).toContain('With these columns there are no findings');
    await sendBack(at('columns'), { 'column-0': 'ref', 'column-1': 'words' });
    await sendBack(at('rows'), { 'row-1-leave': 'yes' });
    expect((await officer.get(at('check'))).body).toContain('Visits are late');
    await sendBack(at('check'));
    expect(await findingsOf(source)).toMatchObject([{ ref: 'x', words: 'Plans drift' }]);
  });

  it('is undone while nobody wrote on its findings, and not after', async () => {
    const source = await aSource(test, officer);
    const take = async () => {
      const at = await begun(source, csv('No,Recommendation\n1,Plans drift\n'));
      await sendBack(at('check'));
      return at;
    };
    const first = await take();
    const undone = await officer.post(first('undo'));
    expect(undone.headers.location).toBe(paths.source(source));
    expect(await findingsOf(source)).toMatchObject([{ withdrawn: true }]);
    const second = await take();
    const [made] = (await findingsOf(source)).filter(({ withdrawn }) => !withdrawn);
    const answer = { answer: 'accepted', reason: '', version: '0' };
    const answered = await officer.post(paths.response(made?.id ?? ''), answer);
    expect(answered.statusCode).toBe(303);
    expect((await officer.post(second('undo'))).statusCode).toBe(409);
    expect((await findingsOf(source)).filter(({ withdrawn }) => !withdrawn)).toHaveLength(1);
  });

  it('makes its findings once, sent twice, and says that a file was here before', async () => {
    const source = await aSource(test, officer);
    const at = await begun(source);
    const { version } = filledForm(await officer.get(at('check')));
    await officer.post(at('check'), { version: String(version) });
    const again = await officer.post(at('check'), { version: String(version) });
    expect(again.headers.location).toBe(at('done'));
    expect(await findingsOf(source)).toHaveLength(3);
    const twice = await begun(source);
    expect((await officer.get(twice('check'))).body).toContain(
      'This same file was imported here before and made 3 findings.',
    );
  });

  it('does not overwrite what another window saved', async () => {
    const source = await aSource(test, officer);
    const at = await begun(source);
    const all = `${at('rows')}?show=all`;
    const stale = filledForm(await officer.get(all));
    await sendBack(all, { 'row-0-ref': '7', 'row-1-reason': 'None' });
    const lost = await officer.post(all, { ...stale, 'row-0-ref': '8', 'row-1-reason': 'None' });
    expect(lost.statusCode).toBe(409);
    expect((await officer.get(all)).body).toContain('value="7"');
  });

  it.each([
    ['a PDF', csv('%PDF-1.7', 'letter.pdf'), 'PDF'],
    ['nothing', csv('', 'empty.csv'), 'The file is empty'],
  ])('that is %s is refused, and what was chosen is kept', async (_, file, words) => {
    const source = await aSource(test, officer);
    const answer = await send(officer, source, file, 'strength');
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(words);
    expect(answer.body).toContain('value="strength" checked');
  });
});

describe('a pasted list', () => {
  it('is split, mended and kept to the letter', async () => {
    const source = await aSource(test, officer);
    const list = 'Recommendations\n1. Write up every\nvisit\n2. Find carers “nearby”';
    const answer = await officer.post(importPaths.list(source), { kind: 'strength', list });
    const rows = String(answer.headers.location);
    expect(rows).toMatch(/\/rows$/);
    await sendBack(rows, { 'row-1-kind': 'key question' });
    await sendBack(rows.replace(/rows$/, 'check'));
    expect(await findingsOf(source)).toMatchObject([
      { kind: 'recommendation', ref: '1', words: 'Write up every visit' },
      { kind: 'key question', ref: '2', words: 'Find carers “nearby”' },
    ]);
  });

  it('that is empty is asked for, and a half-way one is found again and thrown away', async () => {
    const source = await aSource(test, officer);
    const empty = await officer.post(importPaths.list(source), { kind: 'strength', list: ' ' });
    expect(empty.statusCode).toBe(422);
    expect(empty.body).toContain('Paste the list');
    const made = await officer.post(importPaths.list(source), { kind: 'strength', list: 'Seen' });
    const rows = String(made.headers.location);
    expect((await officer.get(importPaths.begin(source))).body).toContain(
      rows.replace('/rows', ''),
    );
    await officer.post(rows.replace(/rows$/, 'leave'));
    expect((await officer.get(rows)).statusCode).toBe(404);
    expect((await officer.get(importPaths.begin(source))).body).not.toContain('have not finished');
  });
});

describe('an import is for whoever began it and may add findings', () => {
  it('and is not there for a colleague, a lead or another authority', async () => {
    const source = await aSource(test, officer);
    const at = await begun(source);
    for (const step of ['columns', 'rows', 'check', 'done', 'undo']) {
      expect((await colleague.get(at(step))).statusCode).toBe(404);
      expect((await stranger.get(at(step))).statusCode).toBe(404);
      expect([403, 404]).toContain((await lead.get(at(step))).statusCode);
    }
    for (const step of ['check', 'leave', 'undo']) {
      const fields = step === 'check' ? { version: '1' } : {};
      expect((await colleague.post(at(step), fields)).statusCode).toBe(404);
      expect((await stranger.post(at(step), fields)).statusCode).toBe(404);
      expect([403, 404]).toContain((await lead.post(at(step), fields)).statusCode);
    }
    expect((await send(stranger, source)).statusCode).toBe(404);
    expect([403, 404]).toContain((await send(lead, source)).statusCode);
    expect(await findingsOf(source)).toEqual([]);
  });

  it('and of a restricted source only for those who may read and add restricted findings', async () => {
    const source = await aSource(test, officer, { classification: 'restricted' });
    const at = await begun(source);
    expect((await officer.get(at('rows'))).statusCode).toBe(200);
    const manager = await officerOf(test, authority, ['service-manager']);
    for (const who of [manager, lead, stranger]) {
      expect((await send(who, source)).statusCode).not.toBe(303);
      expect((await who.get(importPaths.begin(source))).statusCode).not.toBe(200);
    }
  });

  it('and not on an earlier day, nor into a source that was withdrawn', async () => {
    const source = await aSource(test, officer);
    const at = await begun(source);
    const earlier = await officer.get(`${importPaths.begin(source)}?as-at=2026-03-01`);
    expect(earlier.statusCode).toBe(400);
    const gone = { reason: 'Sent by mistake', version: '1', withdrawn: 'yes' };
    const answer = await officer.post(paths.withdrawSource(source), gone);
    expect([303, 422]).toContain(answer.statusCode);
    if (answer.statusCode !== 303)
      await sendBack(paths.withdrawSource(source), { reason: 'Wrong' });
    expect((await officer.post(at('check'), { version: '1' })).statusCode).toBe(403);
    expect(await findingsOf(source)).toEqual([]);
  });
});
