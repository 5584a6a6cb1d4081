import { describe, expect, it } from 'vitest';
import { newId, type FindingId, type ThemeId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { findOrAddParty, recordFacts, verifyChain } from '#people';
import { freshAuthority, testDatabase } from '../../../../test/database.ts';
import { makePerson } from '../../../../test/people.ts';
import { day } from '../../../../test/plans.ts';
import {
  appendFindings,
  appendFindingVersions,
  appendPair,
  appendResponse,
  appendSource,
  type FindingContent,
  type SourceContent,
} from './append.ts';
import { endItemLink, linkItems, linksOf } from './links.ts';
import { progressOf, tellProgress, type ItemProgress } from './progress.ts';
import { readFindings } from './read-findings.ts';
import { readSources } from './read-sources.ts';
import { pairsOf, similarFindings } from './similar.ts';
import { findOrAddSources } from './sources.ts';
import { appendThemes, appendThemeVersion } from './themes.ts';
import type { WrittenFact } from './writing.ts';

const database = await testDatabase();
const { db } = database;

const source: SourceContent = {
  kind: 'inspection',
  title: 'Inspection of help and protection',
  body: 'Ofsted',
  reference: null,
  visitFrom: day('2026-01-12'),
  visitTo: day('2026-01-16'),
  publishedOn: day('2026-02-20'),
  receivedOn: day('2026-02-18'),
  overall: null,
  overallIs: 'none given',
  grades: [{ area: 'Children in care', grade: 'Good' }],
  summary: null,
  classification: 'public',
  withdrawn: false,
  reason: null,
};

const content = (more: Partial<FindingContent> = {}): FindingContent => ({
  kind: 'recommendation',
  ref: '1',
  position: 1,
  words: 'Make sure that every visit is written up within two days',
  page: '4',
  paragraph: '12',
  area: 'Help and protection',
  leadId: null,
  reportsToId: null,
  themeIds: [],
  wordsToShare: null,
  withdrawn: false,
  reason: null,
  ...more,
});

const action = (id: string, more: Partial<ItemProgress> = {}): ItemProgress => ({
  kind: 'action',
  id,
  label: 'Visit on time',
  place: 'Improvement plan, 1.1',
  href: '/plans/improvement-plan/actions/x',
  withinId: newId(),
  partyIds: [],
  state: 'planned',
  dueOn: null,
  firstDueOn: null,
  ...more,
});

async function scene() {
  const authority = await freshAuthority(database);
  const person = await makePerson(
    db,
    authority.id,
    { roles: ['qa-manager'] },
    new Date('2026-01-05T09:00:00Z'),
  );
  const writing = (on: string) => ({
    authority: authority.id,
    by: person.userId,
    effectiveOn: day(on),
  });
  const write = async <Made>(
    act: (
      tx: Parameters<Parameters<typeof inAuthority>[2]>[0],
      facts: WrittenFact[],
    ) => Promise<Made>,
  ) =>
    await inAuthority(db, authority.id, async (tx) => {
      const facts: WrittenFact[] = [];
      const made = await act(tx, facts);
      await recordFacts(tx, person.userId, 'test', facts);
      return made;
    });
  const registered = await write(async (tx, facts) => {
    const made = await appendSource(tx, writing('2026-02-20'), source);
    if (made === null) throw new Error('The source stands already');
    const findings = await appendFindings(tx, writing('2026-02-20'), made.sourceId, [
      { submissionId: newId(), content: content() },
      {
        submissionId: newId(),
        content: content({ ref: '2', position: 2, words: 'Write up each visit within two days' }),
      },
      {
        submissionId: newId(),
        content: content({ ref: '3', position: 3, words: 'Buy better chairs' }),
      },
    ]);
    facts.push(...made.written, ...findings.written);
    return { sourceId: made.sourceId, ids: findings.ids as FindingId[] };
  });
  const read = (on: string) =>
    readInAuthority(db, authority.id, (tx) =>
      readFindings(tx, authority.id, day(on), { sourceIds: [registered.sourceId] }),
    );
  return { authority, person, writing, write, read, ...registered };
}

describe('the register', () => {
  it('reads findings as at a day, with what follows from their actions', async () => {
    const { authority, write, writing, read, ids } = await scene();
    const [first = newId<'finding'>()] = ids;
    const actionId = newId<'action'>();
    await write(async (tx, facts) => {
      const lead = await findOrAddParty(
        tx,
        authority.id,
        { kind: 'post', name: 'Service Manager' },
        null,
        facts,
      );
      facts.push(
        ...(await appendFindingVersions(tx, writing('2026-02-25'), [
          { id: first, version: 2, content: content({ leadId: lead }) },
        ])),
        ...(await appendResponse(tx, writing('2026-03-01'), first, 1, {
          answer: 'accepted',
          reason: null,
        })),
        ...(await tellProgress(tx, writing('2026-03-02'), [action(actionId)])),
        ...(await linkItems(tx, writing('2026-03-03'), [
          {
            from: { kind: 'finding', id: first },
            to: { kind: 'action', id: actionId },
            relation: 'answered by',
          },
        ])),
        ...(await tellProgress(tx, writing('2026-04-01'), [action(actionId, { state: 'done' })])),
      );
    });
    expect(await read('2026-02-19')).toEqual([]);
    expect((await read('2026-02-24'))[0]).toMatchObject({
      lead: null,
      response: null,
      derived: { state: 'open', reason: { why: 'no-response' } },
      source: { title: source.title, grades: source.grades, lookedOn: '2026-02-20' },
    });
    expect((await read('2026-03-02'))[0]).toMatchObject({
      lead: { name: 'Service Manager' },
      response: { answer: 'accepted' },
      derived: { state: 'open', reason: { why: 'no-action' } },
      source: { lookedOn: '2026-03-01' },
    });
    expect((await read('2026-03-03'))[0]?.derived.state).toBe('planned');
    const now = await read('2026-04-02');
    expect(now.map(({ derived }) => derived.state)).toEqual(['done', 'open', 'open']);
    expect(now[0]?.actions).toMatchObject([{ id: actionId, since: '2026-04-01' }]);
  });

  it('says nothing twice of an action that did not change, and what changed since when', async () => {
    const { authority, write, writing } = await scene();
    const id = newId<'action'>();
    const same = action(id);
    const written = await write(async (tx, facts) => {
      const first = await tellProgress(tx, writing('2026-03-01'), [same]);
      const again = await tellProgress(tx, writing('2026-03-05'), [same]);
      const due = await tellProgress(tx, writing('2026-03-06'), [
        { ...same, state: 'in progress' },
      ]);
      const moved = await tellProgress(tx, writing('2026-03-09'), [
        { ...same, state: 'in progress', dueOn: day('2026-09-30') },
      ]);
      facts.push(...first, ...again, ...due, ...moved);
      return [first, again, due, moved].map((one) => one.length);
    });
    expect(written).toEqual([1, 0, 1, 1]);
    const at = async (on: string) =>
      (
        await readInAuthority(db, authority.id, (tx) => progressOf(tx, authority.id, [id], day(on)))
      ).get(id);
    expect(await at('2026-02-28')).toBeUndefined();
    expect(await at('2026-03-05')).toMatchObject({ state: 'planned', since: '2026-03-01' });
    expect(await at('2026-03-10')).toMatchObject({
      state: 'in progress',
      since: '2026-03-06',
      on: '2026-03-09',
      dueOn: '2026-09-30',
    });
  });

  it('keeps a link that no longer holds, and makes none twice', async () => {
    const { authority, write, writing, ids } = await scene();
    const [from = ''] = ids;
    const to = newId<'criterion'>();
    const link = {
      from: { kind: 'finding', id: from },
      to: { kind: 'criterion', id: to },
      relation: 'bears on',
    } as const;
    await write(async (tx, facts) => {
      facts.push(...(await linkItems(tx, writing('2026-03-01'), [link, link])));
      expect(await linkItems(tx, writing('2026-03-02'), [link])).toEqual([]);
      const [standing] = await linksOf(tx, authority.id, [to], day('2026-03-02'));
      if (standing === undefined) throw new Error('No link');
      facts.push(...(await endItemLink(tx, writing('2026-03-04'), standing.id)));
      facts.push(...(await linkItems(tx, writing('2026-03-06'), [link])));
    });
    const links = await readInAuthority(db, authority.id, (tx) =>
      linksOf(tx, authority.id, [from], day('2026-03-06')),
    );
    expect(links.map(({ on, endedOn }) => [on, endedOn])).toEqual([
      ['2026-03-01', '2026-03-04'],
      ['2026-03-06', null],
    ]);
  });

  it('counts a merged theme with what it was merged into, from that day', async () => {
    const { write, writing, read, ids } = await scene();
    const [first = newId<'finding'>()] = ids;
    await write(async (tx, facts) => {
      const made = await appendThemes(tx, writing('2026-02-20'), [
        { name: 'Recording', meaning: null },
        { name: 'Writing things down', meaning: null },
      ]);
      const [recording = newId<'theme'>(), writingDown = newId<'theme'>()]: ThemeId[] = made.ids;
      facts.push(
        ...made.written,
        ...(await appendFindingVersions(tx, writing('2026-02-22'), [
          { id: first, version: 2, content: content({ themeIds: [writingDown, recording] }) },
        ])),
        ...(await appendThemeVersion(tx, writing('2026-03-01'), writingDown, 2, {
          name: 'Writing things down',
          meaning: null,
          mergedInto: recording,
          withdrawn: false,
          reason: 'The same thing',
        })),
      );
    });
    const names = async (on: string) => (await read(on))[0]?.themes.map(({ name }) => name);
    expect(await names('2026-02-28')).toEqual(['Recording', 'Writing things down']);
    expect(await names('2026-03-01')).toEqual(['Recording']);
  });

  it('finds what is said in nearly the same words, and keeps what was said of a pair', async () => {
    const { authority, write, writing, ids } = await scene();
    const [first = newId<'finding'>(), second = newId<'finding'>()] = ids;
    const found = await readInAuthority(db, authority.id, (tx) =>
      similarFindings(tx, authority.id, content().words, day('2026-03-01'), { except: [first] }),
    );
    expect(found.map(({ id }) => id)).toEqual([second]);
    expect(found[0]?.likeness).toBeGreaterThan(0.3);
    await write(async (tx, facts) => {
      facts.push(...(await appendPair(tx, writing('2026-03-01'), [second, first], 'same')));
      facts.push(...(await appendPair(tx, writing('2026-03-01'), [first, second], 'different')));
    });
    const pairs = await readInAuthority(db, authority.id, (tx) =>
      pairsOf(tx, authority.id, day('2026-03-01')),
    );
    const [a, b] = [first, second].sort();
    expect(pairs).toEqual([{ a, b, verdict: 'different' }]);
  });

  it('shows a source that a plan only named, and is another council’s to nobody', async () => {
    const { authority, write, person, sourceId } = await scene();
    await write(async (tx, facts) => {
      const { added } = await findOrAddSources(
        tx,
        authority.id,
        ['Survey of carers'],
        'survey',
        person.userId,
      );
      facts.push(...added.map((id) => ({ fact: 'source', id })));
    });
    const all = await readInAuthority(db, authority.id, (tx) =>
      readSources(tx, authority.id, day('2030-01-01')),
    );
    expect(all).toMatchObject([
      { title: 'Survey of carers', version: 0, classification: 'internal' },
      { id: sourceId, version: 1 },
    ]);
    const elsewhere = await freshAuthority(database, 'Northmere Council');
    const seen = await readInAuthority(db, elsewhere.id, async (tx) => [
      ...(await readSources(tx, authority.id, day('2030-01-01'))),
      ...(await readFindings(tx, authority.id, day('2030-01-01'), 'all')),
      ...(await similarFindings(tx, authority.id, content().words, day('2030-01-01'))),
    ]);
    expect(seen).toEqual([]);
  });

  it('is held by the audit chain, whatever the stored index of words', async () => {
    const { authority } = await scene();
    const report = await readInAuthority(db, authority.id, (tx) => verifyChain(tx, authority.id));
    expect(report.problems).toEqual([]);
  });
});
