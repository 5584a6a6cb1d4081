import { describe, expect, it } from 'vitest';
import { readInAuthority } from '#platform/db/authority.ts';
import { testApp } from '#test/app.ts';
import { shippedFile } from '../actions/frameworks.ts';
import { readEditionHeads, readCriterionLinks } from '../store/read-editions.ts';
import {
  criterionIn,
  hidden,
  judgeAs,
  pictureOf,
  setCast,
  today,
  wordsOf,
} from './cast.test-help.ts';
import { paths } from './paths.ts';

const test = await testApp();
const cast = await setCast(test);
const { officer, director, stranger, writer, editionId, authority } = cast;
const yaml = (text: string) => ({ name: 'standards.yaml', bytes: new TextEncoder().encode(text) });
const shippedText = new TextDecoder().decode(shippedFile('childrens-services'));

const heads = () =>
  readInAuthority(test.database.db, authority.id, (tx) =>
    readEditionHeads(tx, authority.id, { asAt: today }),
  );

const small = `title: Foster homes
edition: "2026"
levels:
  - name: Strong
    counts as: met
  - name: Weak
    counts as: not met
domains:
  - title: Homes
    criteria:
      - ref: 1.9
        text: Homes are safe.
      - ref: 1.10
        text: Homes are warm.
        descriptors:
          Strong: Children say so.
      - ref: 1.20
        text: Homes last.
`;

describe('loading a framework', () => {
  it('shows what was read, and loads it with its references as text in their order', async () => {
    const sent = await officer.postFile(paths.load(), { follows: '' }, yaml(small));
    expect(sent.statusCode).toBe(303);
    const href = String(sent.headers.location);
    const preview = await officer.get(href);
    expect(wordsOf(preview)).toContain('We found 3 criteria in 1 domain. Nothing is loaded yet.');
    const form = { version: hidden(preview, 'version'), label: '2026', step: 'load' };
    const loaded = await officer.post(href, form);
    expect(loaded.statusCode).toBe(303);
    // Sent twice, it leads to the same edition.
    expect((await officer.post(href, form)).headers.location).toBe(loaded.headers.location);
    expect((await heads()).filter(({ title }) => title === 'Foster homes')).toHaveLength(1);
    const page = await officer.get(String(loaded.headers.location));
    const order = Array.from(
      page.body.matchAll(/data-label="Reference">([^<]+)</g),
      ([, ref]) => ref,
    );
    expect(order).toEqual(['1.9', '1.10', '1.20']);
  });

  it('names each problem by its line, and loads nothing', async () => {
    const wrong = small
      .replace('counts as: met', 'counts as: splendid')
      .replace('ref: 1.10', 'reference: 1.10')
      .replace('ref: 1.20', 'ref: 1.9');
    const sent = await officer.postFile(paths.load(), { follows: '' }, yaml(wrong));
    const href = String(sent.headers.location);
    const preview = wordsOf(await officer.get(href));
    expect(preview).toContain('line 4 : Say as what the level counts');
    expect(preview).toContain('line 13 : “reference” is not known here');
    expect(preview).toContain('The reference 1.9 stands twice, first at line 11');
    expect(preview).not.toContain('Load this framework');
    const forced = await officer.post(href, { version: '1', label: '2026', step: 'load' });
    expect(forced.statusCode).toBe(422);
  });

  it('says what is new, changed and removed against the edition before, and lets the mapping be changed', async () => {
    await judgeAs(test, officer, criterionIn(await pictureOf(test, cast), '1.3'), {
      level: 'not-met',
    });
    const text = shippedText
      .replace("edition: '2026'", "edition: '2027'")
      .replace('Families get early help before their needs grow', 'Families get help early')
      .replace("- ref: '1.2'", "- ref: '1.21'")
      .replace(
        / {6}- ref: '4\.4'[\s\S]*$/,
        '      - ref: "4.5"\n        text: Something that nobody asked before.\n',
      );
    const sent = await officer.postFile(paths.load(), { follows: editionId }, yaml(text));
    const href = String(sent.headers.location);
    const preview = await officer.get(href);
    expect(wordsOf(preview)).toContain('18 the same, 1 changed, 1 new and 1 removed');
    const from = (page: { body: string }, index: number) =>
      new RegExp(`name="from-${index}" value="([^"]*)"`).exec(page.body)?.[1] ?? '';
    const chosen = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`from-${index}`, from(preview, index)]),
    );
    const old = '4.4';
    const twice = await officer.post(href, {
      ...chosen,
      'from-18': old,
      'from-19': old,
      version: '1',
      label: '2027',
      step: 'load',
    });
    expect(twice.statusCode).toBe(422);
    expect(wordsOf(twice)).toContain('4.4 is chosen for 4.3 and for 4.5');
    const loaded = await officer.post(href, {
      ...chosen,
      'from-19': old,
      version: '1',
      label: '2027',
      step: 'load',
    });
    expect(loaded.statusCode).toBe(303);
    const newId = (await heads()).find(({ label }) => label === '2027')?.id;
    if (newId === undefined) throw new Error('Not loaded');
    const links = await readInAuthority(test.database.db, authority.id, (tx) =>
      readCriterionLinks(tx, authority.id, newId),
    );
    expect(links).toHaveLength(20);
    expect(links.filter(({ relation }) => relation === 'changed')).toHaveLength(2);
    // The judgement of the edition before is told on the page of the new criterion.
    const next = await pictureOf(test, { authority, editionId: newId });
    const page = wordsOf(await officer.get(paths.criterion(criterionIn(next, '1.3'))));
    expect(page).toContain('Nobody has judged this criterion yet');
    expect(page).toContain('Not met');
    expect(page).toContain('Edition 2026');
  });

  it('refuses an edition under a label that is taken', async () => {
    const sent = await officer.postFile(paths.load(), { follows: editionId }, yaml(shippedText));
    const href = String(sent.headers.location);
    const answer = await officer.post(href, { version: '1', label: '2026', step: 'load' });
    expect(answer.statusCode).toBe(422);
    expect(wordsOf(answer)).toContain('has an edition “2026” already');
  });

  it('refuses what is no framework, and says why', async () => {
    const cases: [string, string, string][] = [
      ['standards.csv', 'a,b', 'is read from an Excel workbook'],
      ['standards.yaml', 'title: [', 'cannot be read as YAML'],
      ['standards.yaml', 'a: &x b\nc: *x', 'anchor'],
      ['standards.yaml', 'title: !!js/function x', 'tag'],
      ['standards.yaml', 'title: a\ntitle: b', 'says “title” twice'],
      ['standards.yaml', 'title: "a\\0b"', 'cannot be kept'],
    ];
    for (const [name, text, why] of cases) {
      const bytes = new TextEncoder().encode(text);
      const answer = await officer.postFile(paths.load(), { follows: '' }, { name, bytes });
      expect([text, answer.statusCode]).toEqual([text, 422]);
      expect(wordsOf(answer)).toContain(why);
    }
  });
});

describe('who loads', () => {
  it('is whoever may begin such records; the load is theirs alone', async () => {
    const sent = await officer.postFile(paths.load(), { follows: '' }, yaml(small));
    const href = String(sent.headers.location);
    expect((await director.get(href)).statusCode).toBe(404);
    expect((await stranger.get(href)).statusCode).toBe(404);
    expect((await officer.post(`${href}/leave`)).statusCode).toBe(303);
    expect((await officer.get(href)).statusCode).toBe(404);
    expect([403, 404]).toContain((await writer.get(paths.load())).statusCode);
    const posted = await writer.post(paths.startShipped(), { key: 'adult-safeguarding' });
    expect([403, 404]).toContain(posted.statusCode);
    // One of another council cannot follow an edition of ours.
    const foreign = await stranger.postFile(paths.load(), { follows: editionId }, yaml(small));
    expect(foreign.statusCode).toBe(422);
  });

  it('starts with a shipped framework once, however often it is pressed', async () => {
    const first = await officer.post(paths.startShipped(), { key: 'adult-safeguarding' });
    const second = await director.post(paths.startShipped(), { key: 'adult-safeguarding' });
    expect(second.headers.location).toBe(first.headers.location);
    expect(wordsOf(await officer.get(String(first.headers.location)))).toContain(
      '18 criteria. 18 are not judged.',
    );
  });

  it('retires an edition, after which nothing in it is judged', async () => {
    const [adults] = (await heads()).filter(({ title }) => title.startsWith('Adult'));
    if (adults === undefined) throw new Error('None');
    const href = paths.editionState(adults.id);
    const version = hidden(await officer.get(href), 'version');
    expect((await stranger.post(href, { version })).statusCode).toBe(404);
    expect((await officer.post(href, { version, reason: 'Merged' })).statusCode).toBe(303);
    const picture = await pictureOf(test, { authority, editionId: adults.id });
    const id = criterionIn(picture, '1.1');
    const judged = await officer.post(paths.judge(id), {
      version: '0',
      progress: 'done',
      level: 'fully-met',
    });
    expect(judged.statusCode).toBe(422);
  });
});
