import { describe, expect, it } from 'vitest';
import { readInAuthority } from '#platform/db/authority.ts';
import { verifyChain } from '#people';
import { testApp } from '#test/app.ts';
import { startShipped } from '../../actions/frameworks.ts';
import {
  begunOn,
  criterionIn,
  hidden,
  judgeAs,
  pictureOf,
  setCast,
  today,
  wordsOf,
  type Officer,
} from '../cast.test-help.ts';
import { paths } from '../paths.ts';
import { changedWorkbook } from './changed-workbook.test-help.ts';

const test = await testApp();
const cast = await setCast(test);
const { officer, colleague, writer, member, stranger, editionId, authority } = cast;
const first = await pictureOf(test, cast);
const id = (ref: string) => criterionIn(first, ref);
const judgementOf = async (ref: string) => (await pictureOf(test, cast)).judgements.get(id(ref));
const back = paths.bringBack(editionId);
const exported = async (who: Officer = officer, of = editionId) =>
  (await who.get(paths.exportEdition(of))).rawPayload;
const judgementCount = () =>
  readInAuthority(test.database.db, authority.id, async (tx) => {
    const rows = await tx.selectFrom('judgement').select('id').execute();
    return rows.length;
  });

type Answer = Awaited<ReturnType<Officer['get']>>;

/** What a page would send: the boxes as they are ticked, with these changed. */
function formOf(page: Answer, chosen: Readonly<Record<string, 'sheet' | 'ours'>> = {}) {
  const fields: Record<string, string> = {};
  for (const [, name = '', value = ''] of page.body.matchAll(
    /type="hidden" name="((?:row-|rows)[^"]*)" value="([^"]*)"/g,
  )) {
    fields[name] = value
      .replaceAll('&quot;', '"')
      .replaceAll('&#34;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  }
  for (const [, name = '', value = ''] of page.body.matchAll(
    /type="radio" id="[^"]*" name="([^"]*)" value="([^"]*)" checked/g,
  )) {
    fields[name] = value;
  }
  for (const [, name = ''] of page.body.matchAll(/type="radio" id="[^"]*" name="([^"]*)"/g)) {
    const column = name.split('-').at(-1) ?? '';
    if (chosen[column] !== undefined) fields[name] = chosen[column];
  }
  return fields;
}
const save = (who: Officer, fields: Record<string, string>) =>
  who.post(paths.saveBroughtBack(editionId), fields);

await judgeAs(test, officer, id('1.1'), {
  progress: 'in review',
  level: 'partially-met',
  howMet: 'The offer is published.',
  restsOn: [
    {
      kind: 'data',
      words: 'Return of 2025',
      datedOn: null,
      evidenceId: null,
      sourceId: null,
      findingId: null,
    },
  ],
});

describe('a workbook that comes back', () => {
  it('changes nothing as it went out', async () => {
    const before = await judgementCount();
    const page = await officer.postFile(back, {}, { name: 'a.xlsx', bytes: await exported() });
    expect(page.statusCode).toBe(200);
    expect(wordsOf(page)).toContain('Nothing in this workbook changes what stands.');
    expect(wordsOf(page)).toContain('20 rows change nothing.');
    expect(await judgementCount()).toBe(before);
  });

  it('shows each changed cell beside what stands, saves it, and saves nothing the second time', async () => {
    const file = await changedWorkbook(await exported(), {
      '1.1': { Level: 'Fully met', 'Why not fully': 'Nothing is open.' },
      '1.2': {
        Level: 'partially',
        'How it is met': 'We ask “why” & <when>.',
        'By when': 'March 2027',
        Who: 'Head of Service; Virtual Head',
      },
      '1.3': { Level: 'Somewhat', Work: 'In progress', Result: 'Strength' },
    });
    const page = await officer.postFile(back, {}, file);
    const words = wordsOf(page);
    expect(words).toContain('8 cells of 3 criteria can be saved.');
    expect(words).toContain('Here, as it stands Partially met');
    expect(words).toMatch(/Criteria!\w+4 cannot be taken: The levels here are: Fully met/);
    const before = await judgementCount();
    const fields = formOf(page);
    expect((await save(officer, fields)).statusCode).toBe(303);
    expect(await judgementOf('1.1')).toMatchObject({
      ...{ progress: 'in review', level: 'fully-met', howMet: 'The offer is published.' },
      ...{ whyNot: 'Nothing is open.', restsOn: [{ words: 'Return of 2025' }], version: 2 },
    });
    expect(await judgementOf('1.2')).toMatchObject({
      ...{ progress: 'done', level: 'partially-met', howMet: 'We ask “why” & <when>.' },
      ...{ due: { asWritten: 'March 2027' } },
      leads: [{ name: 'Head of Service' }, { name: 'Virtual Head' }],
    });
    expect(await judgementOf('1.3')).toMatchObject({
      ...{ progress: 'in progress', level: null, result: 'strength' },
    });
    expect(await judgementCount()).toBe(before + 3);
    // The form once more, and the file once more.
    expect((await save(officer, fields)).statusCode).toBe(303);
    const again = await officer.postFile(back, {}, file);
    expect(wordsOf(again)).toContain('0 cells of 1 criterion can be saved');
    expect((await save(officer, formOf(again))).statusCode).toBe(303);
    expect(await judgementCount()).toBe(before + 3);
    const chain = await readInAuthority(test.database.db, authority.id, (tx) =>
      verifyChain(tx, authority.id),
    );
    expect(chain).toMatchObject({ problems: [] });
  });

  it('shows both texts where somebody judged since, and takes what is chosen', async () => {
    await judgeAs(test, officer, id('2.1'), { howMet: 'As it was.', whyNot: 'Old reason.' });
    const bytes = await exported();
    const file = await changedWorkbook(bytes, {
      '2.1': { 'How it is met': 'From the workbook.', 'Why not fully': 'Their reason.' },
    });
    const given = { howMet: 'Judged meanwhile.', whyNot: 'Old reason.' };
    await judgeAs(test, colleague, id('2.1'), given, today, 1);
    const page = await officer.postFile(back, {}, file);
    const words = wordsOf(page);
    expect(words).toMatch(/Judged here since: by Sam Reed on \d+ \w+ \d{4}/);
    expect(words).toContain('From the workbook.');
    expect(words).toContain('Judged meanwhile.');
    expect(words).toContain('1 cell needs you');
    const open = await save(officer, formOf(page));
    expect(open.statusCode).toBe(422);
    expect(wordsOf(open)).toContain(
      'Choose which text of “How it is met” of criterion 2.1 is kept',
    );
    expect(await judgementOf('2.1')).toMatchObject({ ...given, version: 2 });

    // Somebody judges again while the person chooses: nothing is overwritten unseen.
    const later = { howMet: 'Judged later.', whyNot: 'Old reason.' };
    await judgeAs(test, colleague, id('2.1'), later, today, 2);
    const stale = await save(officer, formOf(open, { howMet: 'sheet' }));
    expect(stale.statusCode).toBe(422);
    expect(wordsOf(stale)).toContain('Judged later.');
    expect(
      (await save(officer, formOf(stale, { howMet: 'ours', whyNot: 'sheet' }))).statusCode,
    ).toBe(303);
    expect(await judgementOf('2.1')).toMatchObject({
      ...{ howMet: 'Judged later.', whyNot: 'Their reason.', version: 4 },
    });
  });

  it('refuses rows of another edition, of another council, and with a wrong ID, each with its cell', async () => {
    const theirs = await startShipped(
      test.database.db,
      stranger.actor,
      begunOn,
      'childrens-services',
    );
    const other = await startShipped(
      test.database.db,
      officer.actor,
      begunOn,
      'adult-safeguarding',
    );
    if (theirs.kind !== 'done' || other.kind !== 'done') throw new Error('Not begun');
    for (const bytes of [
      await exported(stranger, theirs.editionId),
      await exported(officer, other.editionId),
    ]) {
      const file = await changedWorkbook(bytes, { '1.1': { 'How it is met': 'Theirs' } });
      const words = wordsOf(await officer.postFile(back, {}, file));
      expect(words).toMatch(/Criteria!\w+2: This is not a row of this edition\./);
      expect(words).toContain('1 row cannot be taken');
    }
    const wrong = await changedWorkbook(await exported(), {
      '1.1': { ID: '9QXD4HK7M2-4B7Z0N6T1C-3-8', 'How it is met': 'x' },
      '1.4': { ID: '', 'How it is met': 'x' },
    });
    const words = wordsOf(await officer.postFile(back, {}, wrong));
    expect(words).toMatch(/Criteria!\w+2: The ID “9QXD4HK7M2-4B7Z0N6T1C-3-8” is not right/);
    expect(words).toMatch(/Criteria!\w+3: This row has no ID/);
  });

  it('refuses a locked section with its name, also one locked since the page was made', async () => {
    const file = await changedWorkbook(await exported(), {
      '3.1': { 'How it is met': 'In time' },
      '2.2': { 'How it is met': 'In time too' },
    });
    const page = await officer.postFile(back, {}, file);
    await officer.post(paths.newRound(editionId), { name: '2025/26' });
    const domain = first.edition.domains.find(({ criteria }) =>
      criteria.some(({ ref }) => ref === '3.1'),
    );
    if (domain === undefined) throw new Error('3.1');
    const section = paths.section(editionId, domain.id);
    const seen = await officer.get(section);
    const step = { version: hidden(seen, 'version') || '0', hash: hidden(seen, 'hash') };
    const [postId = ''] = writer.actor.partyIds;
    const hand = { ...step, step: 'handed', post: postId, 'hand-comment': 'Please' };
    expect((await officer.post(section, hand)).statusCode).toBe(303);
    const now = await officer.get(section);
    const submit = {
      version: hidden(now, 'version'),
      hash: hidden(now, 'hash'),
      step: 'submitted',
    };
    expect((await writer.post(section, submit)).statusCode).toBe(303);

    const refusedSave = await save(officer, formOf(page));
    expect(refusedSave.statusCode).toBe(422);
    expect(wordsOf(refusedSave)).toContain(`The section “${domain.title}” is locked.`);
    // All or nothing: the row of the other section waits too.
    expect(await judgementOf('2.2')).toBeUndefined();
    expect((await save(officer, formOf(refusedSave))).statusCode).toBe(303);
    expect(await judgementOf('2.2')).toMatchObject({ howMet: 'In time too' });
    expect(await judgementOf('3.1')).toBeUndefined();
  });

  it('is refused in words where it is no such workbook', async () => {
    const none = await officer.postFile(back, {});
    expect(none.statusCode).toBe(422);
    const bytes = new TextEncoder().encode('a,b\n1,2');
    const csv = await officer.postFile(back, {}, { name: 'a.csv', bytes });
    expect(csv.statusCode).toBe(422);
    expect(wordsOf(csv)).toContain('We found no row of a framework in this file');
    expect((await save(officer, { rows: '[{"code":1}]' })).statusCode).toBe(400);
    expect((await save(officer, { rows: '[]', more: 'x' })).statusCode).toBe(400);
  });

  it('is offered to those who may judge, and is not there for strangers, members and readers', async () => {
    expect(wordsOf(await officer.get(paths.edition(editionId)))).toContain('Bring back from Excel');
    expect(wordsOf(await officer.get(back))).toContain('“Level”, “Work”');
    const file = await changedWorkbook(await exported(), { '4.1': { Level: 'Fully met' } });
    const fields = formOf(await officer.postFile(back, {}, file));
    expect(fields['rows']).toContain('Fully met');
    for (const who of [stranger, member]) {
      expect((await who.get(back)).statusCode).toBe(404);
      expect((await who.postFile(back, {}, file)).statusCode).toBe(404);
      expect((await save(who, fields)).statusCode).toBe(404);
    }
    // To whom one section was handed brings back its rows alone.
    const own = await writer.postFile(back, {}, file);
    expect(wordsOf(own)).toMatch(/criterion 4\.1: You may not judge in the section “\w+”/);
    expect((await save(writer, fields)).statusCode).toBe(422);
    expect(await judgementOf('4.1')).toBeUndefined();
  });
});
