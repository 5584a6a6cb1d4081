import { expect, it } from 'vitest';
import { readDocument } from '#platform/documents/read/index.ts';
import { testApp } from '#test/app.ts';
import { readFrameworkSheets } from '../rules/read-framework-sheets.ts';
import { criterionIn, day, judgeAs, pictureOf, setCast, today, wordsOf } from './cast.test-help.ts';
import { paths } from './paths.ts';

const test = await testApp();
const cast = await setCast(test);
const { officer, stranger, member, editionId } = cast;
const picture = await pictureOf(test, cast);
const id = (ref: string) => criterionIn(picture, ref);

// A year ago, and now: one up, one down, one newly judged, one as it was.
const then = day('2025-04-10');
await judgeAs(test, officer, id('1.1'), { level: 'not-met' }, then);
await judgeAs(test, officer, id('1.2'), { level: 'fully-met' }, then);
await judgeAs(test, officer, id('2.1'), { level: 'partially-met' }, then);
await judgeAs(
  test,
  officer,
  id('1.1'),
  { level: 'partially-met', howMet: 'The offer is published' },
  today,
  1,
);
await judgeAs(
  test,
  officer,
  id('1.2'),
  { level: 'partially-met', whyNot: 'Cover was lost' },
  today,
  1,
);
await judgeAs(test, officer, id('4.1'), { level: 'fully-met' });
await officer.post(paths.verdict(id('4.1')), {
  whose: 'peer',
  level: 'not-met',
  'said-day': '1',
  'said-month': '2',
  'said-year': '2026',
});

it('compares two days: what moved, and why', async () => {
  const page = wordsOf(
    await officer.get(`${paths.compare(editionId)}?from=2025-05-01&to=2026-03-04`),
  );
  expect(page).toContain('1 moved up, 1 down, 1 became judged and 17 are as they were');
  expect(page).toContain('The offer is published');
  expect(page).toContain('Cover was lost');
  const earlier = wordsOf(
    await officer.get(`${paths.compare(editionId)}?from=2025-04-02&to=2025-04-20`),
  );
  expect(earlier).toContain('0 moved up, 0 down, 3 became judged');
  const wrong = await officer.get(`${paths.compare(editionId)}?from=2026-03-04&to=2025-03-04`);
  expect(wrong.statusCode).toBe(400);
});

it('says the position by domain: counts, moved up and down, contested', async () => {
  const page = await officer.get(`${paths.position(editionId)}?from=2025-05-01`);
  const words = wordsOf(page);
  expect(words).toContain('20 criteria. 1 is fully met, 3 partially met, 16 not judged.');
  expect(words).toContain('1 criterion has moved up and 1 down. 1 criterion is contested.');
  const row = /Help and protection[\s\S]*?<\/tr>/.exec(page.body)?.[0] ?? '';
  expect(wordsOf({ body: row }).match(/\d+/g)).toEqual(['0', '2', '0', '0', '4', '1', '1', '0']);
});

it('shows an earlier day as it stood then', async () => {
  const page = wordsOf(await officer.get(`${paths.edition(editionId)}?as-at=2025-04-20`));
  expect(page).toContain('1 is fully met, 1 partially met, 1 not met, 17 not judged');
  expect(page).not.toContain('Load a framework');
});

it('leaves as Word, as PDF and as a workbook that can be loaded again', async () => {
  const word = await officer.get(`${paths.exportPosition(editionId)}?format=docx`);
  expect(word.statusCode).toBe(200);
  const grid = await readDocument(word.rawPayload, 'position.docx');
  if ('refused' in grid) throw new Error(grid.refused);
  const cells = grid.tables.flatMap(({ rows }) => rows.map((row) => row.map(({ text }) => text)));
  expect(cells.find(([first]) => first === 'Leadership')).toEqual([
    'Leadership',
    '1',
    '0',
    '0',
    '0',
    '3',
    '0',
    '0',
    '1',
  ]);
  const pdf = await officer.get(`${paths.exportPosition(editionId)}?format=pdf`);
  expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');

  const sheet = await officer.get(paths.exportEdition(editionId));
  const book = await readDocument(sheet.rawPayload, 'edition.xlsx');
  if ('refused' in book) throw new Error(book.refused);
  const read = readFrameworkSheets(book);
  expect(read.problems).toEqual([]);
  expect(read.title).toBe(picture.edition.title);
  expect(read.levels).toEqual(picture.edition.levels);
  expect(
    read.domains.map(({ ref, title, criteria }) => ({
      ref,
      title,
      criteria: criteria.map(({ ref: number, text, descriptors }) => [number, text, descriptors]),
    })),
  ).toEqual(
    picture.edition.domains.map(({ ref, title, criteria }) => ({
      ref,
      title,
      criteria: criteria.map((one) => [one.ref, one.text, one.descriptors]),
    })),
  );
  const said = book.tables
    .find(({ name }) => name === 'Criteria')
    ?.rows.map((row) => row.map(({ text }) => text));
  expect(said?.find((row) => row[2] === '1.2')).toEqual(
    expect.arrayContaining(['Partially met', 'Cover was lost', id('1.2')]),
  );
});

it('is not there for strangers and members', async () => {
  for (const outsider of [stranger, member]) {
    for (const url of [
      paths.position(editionId),
      paths.compare(editionId),
      `${paths.exportPosition(editionId)}?format=docx`,
      paths.exportEdition(editionId),
    ]) {
      expect([url, [403, 404].includes((await outsider.get(url)).statusCode)]).toEqual([url, true]);
    }
  }
});
