import { describe, expect, it } from 'vitest';
import type { EditionId } from '#kernel/ids.ts';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { verifyChain } from '#people';
import { demoAuthority, testApp } from '#test/app.ts';
import { filledForm } from '#test/filled-form.ts';
import { importCriteriaFile } from '../../actions/import-criteria-file.ts';
import { findEdition } from '../../actions/open-edition.ts';
import { day, officerOf, today, type Officer } from '../cast.test-help.ts';
import { paths } from '../paths.ts';
import { importPaths } from './paths.ts';

const test = await testApp();
const { db } = test.database;
const authority = await demoAuthority(test);
const officer = await officerOf(test, authority, ['qa-manager'], 'Olu Reed');
const colleague = await officerOf(test, authority, ['qa-manager'], 'Kit Moss');
const lead = await officerOf(test, authority, ['action-lead'], 'Ash Lane');
const elsewhere = await demoAuthority(test, 'Fenmoor Council');
const stranger = await officerOf(test, elsewhere, ['qa-manager'], 'Sam Hill');

const csv = (text: string) => ({ name: 'criteria.csv', bytes: new TextEncoder().encode(text) });
const headings =
  'Ref,Description,How do we meet this,Fully / Partially / Not met,"If not fully, why?",What else,When,Who';
const table = (more = '') =>
  csv(`${headings}
1.9,Records say who decided,Monthly look,Partially,Two gaps,Mend the form,End of January 2014,HOS/TM
1.10,Assessments are in time,Weekly list,Fully,,,February 14,HOS
1.20,An advocate is offered,,Not met,No one asked${more},Ask,,
`);
const position = { 'position-day': '1', 'position-month': '2', 'position-year': '2014' };
const send = (who: Officer, file = table(), fields: Record<string, string> = {}) =>
  who.postFile(importPaths.begin(), { ...position, edition: '', title: '', ...fields }, file);

async function begun(file = table(), fields: Record<string, string> = {}) {
  const answer = await send(officer, file, fields);
  expect(answer.statusCode).toBe(303);
  const columns = String(answer.headers.location);
  return (step: string) => columns.replace(/columns$/, step);
}

async function sendBack(href: string, change: Record<string, string> = {}) {
  const page = await officer.get(href);
  expect(page.statusCode).toBe(200);
  return officer.post(href, { ...filledForm(page), ...change });
}

/** The edition to which the end of an import leads. */
async function editionOf(done: string): Promise<EditionId> {
  const found = /\/standards\/frameworks\/([0-9a-f-]{36})/.exec((await officer.get(done)).body);
  const id = parseId<'framework edition'>(found?.[1] ?? '');
  if (id === null) throw new Error('The end leads to no framework');
  return id;
}

const pictureOf = (id: EditionId, asAt = today) =>
  readInAuthority(db, authority.id, (tx) => findEdition(tx, officer.actor, id, asAt));

async function saidOf(id: EditionId, asAt = today) {
  const picture = await pictureOf(id, asAt);
  const criteria = picture?.edition.domains.flatMap((domain) => domain.criteria) ?? [];
  return criteria.map((one) => ({ ref: one.ref, said: picture?.judgements.get(one.id) ?? null }));
}

describe('a table of criteria', () => {
  it('becomes a framework with its judgements, as at the day of the position', async () => {
    const at = await begun(table(' 1'), { title: 'Criteria of help' });
    expect((await officer.get(at('columns'))).body).toContain('one table with 3 criteria');
    await sendBack(at('columns'));
    const doubts = (await officer.get(at('rows'))).body;
    expect(doubts).toContain('1 criterion needs you');
    expect(doubts).toContain('it could also be the day 14 February');
    await sendBack(at('rows'), { 'row-1-due': '14 February 2014' });
    const wrong = await sendBack(`${at('rows')}?show=all`, { 'row-0-due': 'Whenever' });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('We could not read “Whenever” as a date');
    await sendBack(`${at('rows')}?show=all`, { 'row-0-level': 'not-met' });
    const check = (await officer.get(at('check'))).body;
    expect(check).toContain(
      '3 criteria of “Criteria of help” will be judged as at 1 February 2014',
    );
    expect((await sendBack(at('check'))).headers.location).toBe(at('done'));
    expect((await officer.get(at('done'))).body).toContain('3 criteria were judged');

    const id = await editionOf(at('done'));
    expect((await officer.get(paths.edition(id))).statusCode).toBe(200);
    expect(await saidOf(id)).toMatchObject([
      {
        ref: '1.9',
        said: {
          level: 'not-met',
          howMet: 'Monthly look',
          whyNot: 'Two gaps',
          whatNext: 'Mend the form',
          due: { asWritten: 'End of January 2014', to: '2014-01-31' },
          leads: [{ name: 'HOS' }, { name: 'TM' }],
          effectiveOn: '2014-02-01',
        },
      },
      { ref: '1.10', said: { level: 'fully-met', due: { from: '2014-02-14' }, whyNot: null } },
      { ref: '1.20', said: { level: 'not-met', due: null } },
    ]);
    expect(await pictureOf(id, day('2014-01-31'))).toBeNull();
    const chain = await readInAuthority(db, authority.id, (tx) => verifyChain(tx, authority.id));
    expect(chain.problems).toEqual([]);
  });

  it('is judged against an edition by the refs, and undone to what was said before', async () => {
    const first = await begun(table(' 2'));
    await sendBack(first('check'));
    const id = await editionOf(first('done'));
    const later = csv(
      `${headings}\n1.10,Assessments,Daily list,Not met,Late,,,\n9.9,Unknown,,Fully,,,,\n`,
    );
    const at = await begun(later, { edition: id, 'position-year': '2015' });
    expect((await officer.get(at('check'))).body).toContain('has no criterion 9.9');
    await sendBack(at('check'));
    expect(await editionOf(at('done'))).toBe(id);
    const level = async (asAt: typeof today) =>
      (await saidOf(id, asAt)).find(({ ref }) => ref === '1.10')?.said?.level;
    expect(await level(today)).toBe('not-met');
    expect(await level(day('2014-12-31'))).toBe('fully-met');
    expect((await officer.post(at('undo'))).headers.location).toBe(paths.standards());
    expect(await level(today)).toBe('fully-met');
    expect((await pictureOf(id))?.edition.state).toBe('in use');
  });

  it('retires the framework that it made when it is undone', async () => {
    const at = await begun(table(' 3'));
    await sendBack(at('check'));
    const id = await editionOf(at('done'));
    await officer.post(at('undo'));
    expect((await pictureOf(id))?.edition.state).toBe('retired');
    expect((await officer.get(at('done'))).statusCode).toBe(404);
  });

  it('with a ref twice or none is not imported until that is mended', async () => {
    const at = await begun(csv(`${headings}\n1.15,One,,Fully,,,,\n1.15,Two,,Fully,,,,\n`));
    const refused = await sendBack(at('check'));
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('The reference 1.15 stands at csv!B2 too');
    await sendBack(`${at('rows')}?show=all`, { 'row-1-ref': '1.16' });
    expect((await sendBack(at('check'))).headers.location).toBe(at('done'));
  });

  it('that says when in the future, or judges what is not there, is asked for again', async () => {
    const future = await send(officer, table(), { 'position-year': '2030' });
    expect(future.statusCode).toBe(422);
    expect(future.body).toContain('is in the future');
    const other = await send(officer, table(), { edition: '00000000-0000-7000-8000-000000000000' });
    expect(other.statusCode).toBe(422);
    expect(other.body).toContain('Choose one of the frameworks in the list');
  });
});

describe('an import is for whoever began it and may load a framework', () => {
  it('and is not there for a colleague, a lead or another authority', async () => {
    const at = await begun(table(' 4'));
    for (const step of ['columns', 'rows', 'check', 'done', 'undo']) {
      expect((await colleague.get(at(step))).statusCode).toBe(404);
      expect((await stranger.get(at(step))).statusCode).toBe(404);
      expect([403, 404]).toContain((await lead.get(at(step))).statusCode);
    }
    for (const step of ['check', 'leave', 'undo']) {
      const fields = step === 'check' ? { version: '1' } : {};
      expect((await colleague.post(at(step), fields)).statusCode).toBe(404);
      expect((await stranger.post(at(step), fields)).statusCode).toBe(404);
    }
    expect([403, 404]).toContain((await send(lead)).statusCode);
    await officer.post(at('leave'));
    expect((await officer.get(at('rows'))).statusCode).toBe(404);
  });
});

describe('an import in one go', () => {
  it('judges by the best reading, and refuses the same file a second time', async () => {
    const { bytes, name: fileName } = table(' 5');
    const given = { fileName, bytes, positionOn: day('2014-02-01'), again: false };
    const done = await importCriteriaFile(db, officer.actor, today, given);
    expect(done).toMatchObject({ kind: 'done', judgements: 3, unknown: 0 });
    expect(await importCriteriaFile(db, officer.actor, today, given)).toEqual({ kind: 'before' });
    const unknown = { ...given, framework: { title: 'Nothing' }, again: true };
    expect(await importCriteriaFile(db, officer.actor, today, unknown)).toMatchObject({
      kind: 'refused',
    });
    expect(await importCriteriaFile(db, lead.actor, today, given)).toEqual({ kind: 'forbidden' });
  });
});
