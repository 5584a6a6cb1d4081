import { describe, expect, it } from 'vitest';
import { inAuthority } from '#platform/db/authority.ts';
import {
  cell,
  document as wordDocument,
  paragraph,
  table,
} from '../../../../platform/documents/read/test-files.ts';
import { readFindings, readSources } from '#findings';
import { addParty, holdPost, takeOutPath, type Actor } from '#people';
import { demoAuthority, openSession, testApp, userWith, type SignedIn } from '#test/app.ts';
import { day } from '#test/plans.ts';
import { filledForm } from '#test/filled-form.ts';

const today = day('2026-03-04');
const test = await testApp(new Date('2026-03-04T10:00:00Z'));
const { db } = test.database;
const authority = await demoAuthority(test);
const enter = async (roles: Parameters<typeof userWith>[2], name: string, where = authority) =>
  openSession(test, await userWith(test, where, roles, name, null));
const manager = await enter(['qa-manager'], 'Robin Fenwick');
const analyst = await enter(['analyst'], 'Sam Reed');
const member = await enter(['member'], 'Jo Quay');
const stranger = await enter(['qa-manager'], 'Pat Far', await demoAuthority(test, 'Far Council'));

let year = 2020;
/** A new, empty self-assessment of a year of its own; answers its address. */
async function begin(): Promise<string> {
  year += 1;
  const answer = await manager.post('/standards/assessments/new', {
    title: 'Self-assessment of Saltmarsh',
    period: `${year}/x`,
    from: 'nothing',
  });
  expect(answer.statusCode).toBe(303);
  return String(answer.headers.location);
}

async function addSection(
  who: SignedIn,
  document: string,
  given: { number: string; title: string; summary?: string; strengths?: string; areas?: string },
): Promise<string> {
  const answer = await who.post(`${document}/sections/new`, {
    version: '0',
    number: given.number,
    title: given.title,
    summary: given.summary ?? '',
    'new-strength': given.strengths ?? '',
    'new-area': given.areas ?? '',
  });
  expect(answer.statusCode, answer.body).toBe(303);
  return await sectionOf(who, document, `${given.number}. ${given.title}`);
}

async function sectionOf(who: SignedIn, document: string, name: string): Promise<string> {
  const { body } = await who.get(document);
  const found = [...body.matchAll(/href="([^"]+\/sections\/[0-9a-f-]{36})">([^<]+)</g)].find(
    ([, , text]) => text === name,
  );
  if (found?.[1] === undefined) throw new Error(`No section ${name}`);
  return found[1];
}

const shown = (body: string) =>
  (/<main[\s\S]*<\/main>/.exec(body)?.[0] ?? '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('a section', () => {
  it('keeps its strengths and areas for development as findings of the assessment’s own source', async () => {
    const document = await begin();
    await addSection(manager, document, {
      number: '8',
      title: 'Early help',
      summary: 'Families are met early.',
      strengths: 'Workers know the families\n\nThe offer is wide',
      areas: 'Recording is thin',
    });
    const findings = await inAuthority(db, authority.id, async (tx) => {
      const source = (await readSources(tx, authority.id, today)).find(
        ({ title }) => title === `Self-assessment of Saltmarsh, ${year}/x`,
      );
      expect(source?.kind).toBe('self-assessment');
      return source === undefined
        ? []
        : await readFindings(tx, authority.id, today, { sourceIds: [source.id] });
    });
    expect(findings.map(({ kind, words, area }) => [kind, words, area])).toEqual([
      ['strength', 'Workers know the families', 'Early help'],
      ['strength', 'The offer is wide', 'Early help'],
      ['area for development', 'Recording is thin', 'Early help'],
    ]);
  });

  it('takes a point out of the register when its box is emptied, and keeps the others', async () => {
    const document = await begin();
    const section = await addSection(manager, document, {
      number: '1',
      title: 'Leadership',
      strengths: 'Leaders are seen\n\nLeaders listen',
    });
    const form = await manager.get(`${section}/change`);
    const values = filledForm(form);
    const [first] = Object.keys(values).filter((name) => name.startsWith('point-'));
    expect(first).toBeDefined();
    const answer = await manager.post(`${section}/change`, { ...values, [first ?? '']: '' });
    expect(answer.statusCode).toBe(303);
    const { body } = await manager.get(section);
    expect(shown(body)).toContain('1 strength and no areas');
    expect(shown(body)).toContain('Leaders listen');
    expect(shown(body)).not.toContain('Leaders are seen');
  });

  it('shows both texts when two people write at once, and loses neither', async () => {
    const document = await begin();
    const section = await addSection(manager, document, { number: '1', title: 'Leadership' });
    const mine = filledForm(await manager.get(`${section}/change`));
    const theirs = filledForm(await analyst.get(`${section}/change`));
    await manager.post(`${section}/change`, { ...mine, summary: 'Leaders are often seen.' });
    const answer = await analyst.post(`${section}/change`, {
      ...theirs,
      summary: 'Leaders are rarely seen.',
    });
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('Saved by Robin Fenwick');
    expect(shown(answer.body)).toContain('Leaders are often seen.');
    expect(shown(answer.body)).toContain('Leaders are rarely seen.');
    // The form that came back saves on top of theirs.
    const again = await analyst.post(`${section}/change`, filledForm(answer));
    expect(again.statusCode).toBe(303);
    const texts = shown((await manager.get(`${section}/texts`)).body);
    expect(texts).toContain('3 texts were saved here');
    expect(texts).toContain('Leaders are often seen.');
  });

  it('refuses a number that another has, and a token that names nothing, beside the box', async () => {
    const document = await begin();
    await addSection(manager, document, { number: '2', title: 'Help' });
    const answer = await manager.post(`${document}/sections/new`, {
      version: '0',
      number: '2',
      title: 'Care',
      summary: 'As {late} shows, see {section 9} and {section 2}. Section 47 is in the Act.',
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Another section has the number 2');
    expect(answer.body).toContain('{late} and {section 9} name no figures and no sections');
    expect(filledForm(answer).title).toBe('Care');
  });

  it('leads to the sections that its words refer to', async () => {
    const document = await begin();
    const help = await addSection(manager, document, { number: '2', title: 'Help' });
    const care = await addSection(manager, document, {
      number: '10',
      title: 'Care',
      summary: 'More is said in {section 2}.',
    });
    const { body } = await manager.get(care);
    expect(body).toContain(`href="${help}">2. Help</a>`);
    // 2 before 10, as a reader counts.
    expect((await manager.get(document)).body).toMatch(/2\. Help[\s\S]*10\. Care/);
  });
});

describe('a figure in the text', () => {
  it('is shown with its day, and with a later value beside it until the text is saved again', async () => {
    const document = await begin();
    const note = (where: string, value: string, at: [string, string, string], more: object) =>
      manager.post(`${document}/figures${where}`, {
        value,
        origin: 'The monthly report',
        'as-at-day': at[0],
        'as-at-month': at[1],
        'as-at-year': at[2],
        ...more,
      });
    expect(
      (await note('', '71%', ['31', '12', '2025'], { name: 'in-work', version: '0' })).statusCode,
    ).toBe(303);
    const section = await addSection(manager, document, {
      number: '13',
      title: 'Care leavers',
      summary: 'In work or training: {in-work}.',
    });
    expect(shown((await manager.get(section)).body)).toContain('71% (31 December 2025)');
    await note('/in-work', '74%', ['28', '2', '2026'], { version: '1' });
    expect(shown((await manager.get(section)).body)).toContain(
      '71% (31 December 2025; 74% on 28 February 2026)',
    );
    const form = filledForm(await manager.get(`${section}/change`));
    await manager.post(`${section}/change`, {
      ...form,
      summary: 'In work or in training: {in-work}.',
    });
    const after = shown((await manager.get(section)).body);
    expect(after).toContain('74% (28 February 2026)');
    expect(after).not.toContain('71%');
  });

  it('of a day to come is refused', async () => {
    const document = await begin();
    const answer = await manager.post(`${document}/figures`, {
      version: '0',
      name: 'visits',
      value: '3',
      origin: 'A guess',
      'as-at-day': '5',
      'as-at-month': '3',
      'as-at-year': '2026',
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('The day of a figure is today or before');
  });
});

describe('part B', () => {
  it('draws a row from a strength of part C, with its section and the others that it names', async () => {
    const document = await begin();
    const help = await addSection(manager, document, {
      number: '8',
      title: 'Early help',
      strengths: 'Few families come back',
    });
    await addSection(manager, document, { number: '3', title: 'Partners' });
    const form = await manager.get(`${document}/rows/new/proud`);
    const finding = /<option value="([0-9a-f-]{36})"[^>]*>8\. Early help: Few/.exec(form.body)?.[1];
    const add = (sections: string) =>
      manager.post(`${document}/rows/new/proud`, {
        version: '0',
        finding: finding ?? '',
        words: '',
        sections,
      });
    const wrong = await add('3, 14');
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('This assessment has no section 14');
    expect((await add('3')).statusCode).toBe(303);
    const row = /<table[\s\S]*?<\/table>/g;
    const tableOf = async () =>
      [...(await manager.get(document)).body.matchAll(row)]
        .map(([found]) => shown(`<main>${found}</main>`))
        .find((text) => text.includes('Strength or outcome'));
    expect(await tableOf()).toMatch(/Few families come back.*3\. Partners.*8\. Early help/);
    // What the point says now is what the row says.
    const values = filledForm(await manager.get(`${help}/change`));
    const [box = ''] = Object.keys(values).filter((name) => name.startsWith('point-'));
    await manager.post(`${help}/change`, { ...values, [box]: 'Few families have to come back' });
    expect(await tableOf()).toContain('Few families have to come back');
    // A point that is gone is said.
    const later = filledForm(await manager.get(`${help}/change`));
    await manager.post(`${help}/change`, { ...later, [box]: '' });
    expect(shown((await manager.get(document)).body)).toContain(
      'was drawn from a point that part C no longer has',
    );
  });

  it('summarises the inspections of the register', async () => {
    const document = await begin();
    expect(shown((await manager.get(document)).body)).toContain('The register holds no inspection');
  });
});

describe('a new year', () => {
  it('begins from last year’s, and each text says so until it is changed or confirmed', async () => {
    const document = await begin();
    const help = await addSection(manager, document, {
      number: '8',
      title: 'Early help',
      summary: 'Families are met early.',
      areas: 'Recording is thin',
    });
    await addSection(manager, document, { number: '9', title: 'Thresholds' });
    const answer = await manager.post('/standards/assessments/new', {
      title: 'Self-assessment of Saltmarsh',
      period: `${year}/copy`,
      from: document.split('/').at(-1) ?? '',
    });
    const copy = String(answer.headers.location);
    const lead = async () => shown((await manager.get(copy)).body);
    // The introduction, the area and the last words too.
    expect(await lead()).toContain('5 texts copied from last year are not yet looked at');
    const section = await sectionOf(manager, copy, '8. Early help');
    expect(section).not.toBe(help);
    const form = await manager.get(section);
    expect(shown(form.body)).toContain('Recording is thin');
    const version = /name="version" value="(\d+)"/.exec(form.body)?.[1] ?? '';
    expect((await manager.post(`${section}/confirm`, { version })).statusCode).toBe(303);
    expect(await lead()).toContain('4 texts copied');
    const other = await sectionOf(manager, copy, '9. Thresholds');
    const values = filledForm(await manager.get(`${other}/change`));
    await manager.post(`${other}/change`, { ...values, summary: 'They are understood.' });
    expect(await lead()).toContain('3 texts copied');
    // Last year's stays as it was.
    expect(shown((await manager.get(help)).body)).not.toContain('not yet looked at');
  });

  it('of the same title and year is refused', async () => {
    const document = await begin();
    expect(document).not.toBe('');
    const again = await manager.post('/standards/assessments/new', {
      title: 'Self-assessment of  Saltmarsh',
      period: `${year}/x`,
    });
    expect(again.statusCode).toBe(422);
    expect(again.body).toContain('The register of findings holds');
  });
});

describe('a section between writing and signing off', () => {
  const step = (who: SignedIn, section: string, fields: Record<string, string>) =>
    who.get(section).then((page) => {
      const version = /name="version" value="(\d+)"><input type="hidden" name="step"/.exec(
        page.body,
      );
      return who.post(`${section}/step`, { version: version?.[1] ?? '0', ...fields });
    });

  it('is locked once submitted, returned with a reason, and signed off by who did not write it', async () => {
    const document = await begin();
    const section = await addSection(manager, document, {
      number: '1',
      title: 'Leadership',
      summary: 'Leaders are seen.',
    });
    const change = async (who: SignedIn) => (await who.get(`${section}/change`)).statusCode;
    const director = await enter(['director'], 'Ash Brook');
    expect((await step(manager, section, { step: 'submitted' })).statusCode).toBe(303);
    expect(await change(manager)).toBe(409);
    const own = await step(manager, section, { step: 'signed off' });
    expect(own.statusCode).toBe(422);
    expect(own.body).toContain('another person signs it off');
    expect((await step(director, section, { step: 'returned' })).body).toContain('Say why');
    const back = { step: 'returned', comment: 'Name the board' };
    expect((await step(director, section, back)).statusCode).toBe(303);
    expect(shown((await manager.get(section)).body)).toContain(
      'Returned by Ash Brook Name the board',
    );
    const values = filledForm(await manager.get(`${section}/change`));
    await manager.post(`${section}/change`, { ...values, summary: 'Leaders sit on the board.' });
    await step(manager, section, { step: 'submitted' });
    expect((await step(director, section, { step: 'signed off' })).statusCode).toBe(303);
    expect(await change(director)).toBe(409);
    expect(shown((await manager.get(document)).body)).toContain(
      '1 of 1 section is written and 1 signed off',
    );
    const again = { step: 'unlocked', comment: 'A number was wrong' };
    expect((await step(director, section, again)).statusCode).toBe(303);
    expect(await change(manager)).toBe(200);
  });

  it('keeps its points as they were signed: the register of findings changes none of them', async () => {
    const section = await addSection(manager, await begin(), {
      number: '1',
      title: 'Leadership',
      summary: 'Leaders are seen.',
      areas: 'Supervision is a list of tasks',
    });
    const point = await inAuthority(db, authority.id, async (tx) =>
      (await readFindings(tx, authority.id, today, 'all')).find(
        ({ words }) => words === 'Supervision is a list of tasks',
      ),
    );
    await step(manager, section, { step: 'submitted' });
    for (const [url, more] of [
      [`/findings/${point?.id}/change`, { words: 'All is well' }],
      [`/findings/${point?.id}/withdraw`, {}],
    ] as const) {
      const form = filledForm(await manager.get(url));
      const answer = await manager.post(url, { ...form, reason: 'Better words', ...more });
      expect(answer.statusCode, url).toBe(422);
      expect(shown(answer.body)).toContain('a section of the self-assessment that is submitted');
    }
    expect((await manager.get(section)).body).toContain('Supervision is a list of tasks');
  });

  it('that is empty is not submitted', async () => {
    const document = await begin();
    const section = await addSection(manager, document, { number: '1', title: 'Leadership' });
    const answer = await step(manager, section, { step: 'submitted' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('Nothing is written in this section yet');
  });

  it('is written by whoever holds the post that it was handed to, and nothing else is', async () => {
    const document = await begin();
    const section = await addSection(manager, document, { number: '8', title: 'Early help' });
    const other = await addSection(manager, document, { number: '9', title: 'Thresholds' });
    const holder = await userWith(test, authority, ['team-manager'], 'Kit Marsh', null);
    const partyId = await inAuthority(db, authority.id, async (tx) => {
      const doer = { authorityId: authority.id, userId: null } as const;
      const post = await addParty(tx, doer, { kind: 'post', name: `Head of early help ${year}` });
      if (post.kind === 'refused') throw new Error('No post');
      await holdPost(tx, doer, { partyId: post.partyId, userId: holder.userId, startsOn: today });
      return post.partyId satisfies Actor['partyIds'][number];
    });
    const kit = await openSession(test, holder);
    expect((await kit.get(document)).statusCode).toBe(404);
    const handed = await step(manager, section, {
      step: 'handed',
      post: partyId,
      'due-day': '30',
      'due-month': '4',
      'due-year': '2026',
    });
    expect(handed.statusCode).toBe(303);
    expect(shown((await kit.get(document)).body)).toContain(`by 30 April 2026`);
    const values = filledForm(await kit.get(`${section}/change`));
    const saved = await kit.post(`${section}/change`, { ...values, summary: 'We meet early.' });
    expect(saved.statusCode).toBe(303);
    expect((await kit.get(`${other}/change`)).statusCode).toBe(403);
    expect((await kit.get(`${document}/rows/new/risk`)).statusCode).toBe(403);
    expect((await kit.post(`${other}/change`, { ...values, title: 'Taken' })).statusCode).toBe(403);
    expect((await step(kit, section, { step: 'submitted' })).statusCode).toBe(303);
    expect((await step(kit, section, { step: 'signed off' })).statusCode).toBe(403);
  });
});

describe('a document of Word', () => {
  const heading = (text: string) => paragraph(text, '<w:outlineLvl w:val="1"/>');
  const form = wordDocument(
    paragraph('Saltmarsh self-assessment 2031/32') +
      paragraph('PART A') +
      paragraph('1. Key people') +
      table(cell('Job title') + cell('Name'), cell('Director') + cell('Mallow Thistle')) +
      paragraph('PART B') +
      table(
        cell('Risk') + cell('Reference'),
        cell('Too few people') + cell(paragraph('8. Early help')),
      ) +
      paragraph('PART C') +
      paragraph('Words of the form') +
      heading('8. Early help') +
      paragraph('Summary') +
      paragraph('Families are met early.') +
      paragraph('Areas for development') +
      paragraph('1. Recording is thin'),
  );
  const send = (who: SignedIn, name = 'assessment.docx', bytes: Uint8Array = form) =>
    who.postFile('/standards/assessments/import', {}, { name, bytes });

  it('is shown with what was not understood, and becomes an assessment when it is confirmed', async () => {
    const sent = await send(manager);
    expect(sent.statusCode).toBe(303);
    const preview = String(sent.headers.location);
    const page = await manager.get(preview);
    expect(shown(page.body)).toContain(
      '1 section with no strengths and 1 area for development was read',
    );
    expect(shown(page.body)).toContain('Words before the first section of part C');
    const values = filledForm(page);
    expect(values).toMatchObject({ period: '2031/32' });
    const answer = await manager.post(preview, values);
    expect(answer.statusCode).toBe(303);
    const document = String(answer.headers.location);
    const { body } = await manager.get(document);
    expect(shown(body)).toContain('Mallow Thistle');
    expect(shown(body)).toMatch(/Too few people 8\. Early help/);
    expect(
      shown((await manager.get(await sectionOf(manager, document, '8. Early help'))).body),
    ).toContain('Recording is thin');
    // The same preview sent twice makes one.
    expect(String((await manager.post(preview, values)).headers.location)).toBe(document);
  });

  it('is nobody else’s until then', async () => {
    const preview = String((await send(manager)).headers.location);
    for (const who of [stranger, analyst, member]) {
      expect((await who.get(preview)).statusCode).not.toBe(200);
    }
  });

  it('that is no such form, or does harm, is refused in words', async () => {
    const none = await send(manager, 'a.docx', wordDocument(paragraph('A letter')));
    expect(none.statusCode).toBe(422);
    expect(none.body).toContain('No numbered section of part C was found');
    expect((await send(manager, 'a.pdf')).body).toContain('PDF');
    const macros = wordDocument(paragraph('PART C'), {
      'word/vbaProject.bin': new Uint8Array([1]),
    });
    expect((await send(manager, 'a.docx', macros)).body).toContain('macros');
    expect((await manager.postFile('/standards/assessments/import', {})).statusCode).toBe(422);
  });
});

describe('who is not named for it', () => {
  it('finds nothing, as if it were not there', async () => {
    const document = await begin();
    const section = await addSection(manager, document, { number: '1', title: 'Leadership' });
    for (const who of [stranger, member]) {
      for (const path of ['', '/figures', '/export?format=docx']) {
        expect((await who.get(`${document}${path}`)).statusCode).toBe(404);
      }
      expect((await who.get(section)).statusCode).toBe(404);
    }
    expect(shown((await stranger.get('/standards/assessments')).body)).toContain(
      'No self-assessment yet',
    );
    const values = { version: '1', number: '1', title: 'Taken', summary: '' };
    expect((await stranger.post(`${section}/change`, values)).statusCode).toBe(404);
    expect((await manager.get(section)).body).not.toContain('Taken');
    // As an item of records too: a name is taken out of it by its own council alone.
    const href = takeOutPath('assessment', document.split('/').at(-1) ?? '');
    expect((await manager.get(href)).statusCode).toBe(200);
    expect((await stranger.get(href)).statusCode).toBe(404);
  });

  it('reads an earlier day and changes nothing on it', async () => {
    const document = await begin();
    expect((await manager.get(`${document}?as-at=2026-03-03`)).statusCode).toBe(404);
    expect((await manager.get(`${document}/settings?as-at=2026-03-03`)).statusCode).toBe(400);
  });
});
