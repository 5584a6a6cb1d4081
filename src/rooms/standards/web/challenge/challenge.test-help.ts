import type { IsoDate } from '#kernel/dates.ts';
import { newId, type CriterionId, type Id } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { appendSource, linkItems, appendFindings } from '#findings';
import { recordFacts, type Actor, type GrantableRole } from '#people';
import {
  demoAuthority,
  openSession,
  userWith,
  type SignedIn,
  type TestApp,
  type TestAuthority,
} from '#test/app.ts';
import { metLevels } from '../../rules/levels.ts';
import type { DomainId } from '../../rules/picture.ts';
import { appendEdition, appendJudgements } from '../../store/append.ts';
import { appendAssessment, appendSection } from '../../store/narrative/append.ts';
import { readEdition } from '../../store/read-editions.ts';

export const today = '2026-03-04' as IsoDate;

/** Somebody of a council with a browser of their own. */
export type Person = SignedIn & { actor: Actor };

/** A signed-in person of the authority with these roles. */
export async function personOf(
  test: TestApp,
  authority: TestAuthority,
  roles: GrantableRole[],
  name?: string,
): Promise<Person> {
  const user = await userWith(test, authority, roles, name, null);
  const session = await openSession(test, user);
  const actor: Actor = {
    authorityId: authority.id,
    userId: user.userId,
    name: user.name,
    roles,
    partyIds: [],
  };
  return { ...session, actor };
}

export interface Standards {
  authority: TestAuthority;
  shared: { id: DomainId; criteria: CriterionId[] };
  /** Another domain, of which nothing is shared. */
  unshared: { id: DomainId; criteria: CriterionId[] };
  /** A section of a narrative self-assessment. */
  narrative: Id<'section'>;
}

/** A framework of two domains, judged, and a narrative with one section. */
export async function makeStandards(
  test: TestApp,
  by: Actor,
  authority: TestAuthority,
): Promise<Standards> {
  return await inAuthority(test.database.db, authority.id, async (tx) => {
    const writing = { authority: authority.id, by: by.userId, effectiveOn: today };
    const made = await appendEdition(tx, writing, {
      frameworkId: null,
      followsId: null,
      label: '2026',
      title: 'Children’s standards',
      publisher: null,
      publishedOn: null,
      levels: metLevels,
      note: null,
      state: 'in use',
      domains: ['Help and protection', 'Leadership'].map((title, domain) => ({
        ref: String(domain + 1),
        title,
        criteria: ['1', '2'].map((n) => ({
          ref: `${domain + 1}.${n}`,
          text: `${title} asks for this (${n})`,
          descriptors: {},
          from: [],
        })),
      })),
    });
    const edition = await readEdition(tx, authority.id, made.editionId, { asAt: today });
    const [shared, unshared] = (edition?.domains ?? []).map(({ id, criteria }) => ({
      id,
      criteria: criteria.map((criterion) => criterion.id),
    }));
    if (shared === undefined || unshared === undefined) throw new Error('No domains were made');
    const source = (title: string, classification: 'internal' | 'restricted') =>
      appendSource(tx, writing, {
        kind: 'case audit',
        title,
        body: null,
        reference: null,
        visitFrom: null,
        visitTo: null,
        publishedOn: null,
        receivedOn: null,
        overall: null,
        overallIs: 'not recorded',
        grades: [],
        summary: null,
        classification,
        withdrawn: false,
        reason: null,
      });
    const open = await source('Audit of visits', 'internal');
    const closed = await source('Audit with small numbers', 'restricted');
    const own = await source('Self-assessment 2025/26', 'internal');
    if (open === null || closed === null || own === null) throw new Error('No sources were made');
    const rest = { kind: 'audit of practice' as const, words: null, datedOn: today };
    const nothing = { evidenceId: null, findingId: null };
    const judged = await appendJudgements(
      tx,
      writing,
      [...shared.criteria, ...unshared.criteria].map((criterionId, index) => ({
        criterionId,
        version: 1,
        progress: 'in progress' as const,
        level: index % 2 === 0 ? 'fully-met' : 'partially-met',
        result: null,
        howMet: `Our judgement number ${index + 1}`,
        whyNot: null,
        whatNext: null,
        due: null,
        leadIds: [],
        restsOn: [
          { ...rest, ...nothing, sourceId: open.sourceId },
          { ...rest, ...nothing, sourceId: closed.sourceId },
        ],
      })),
    );
    const submissionId = newId<'submission'>();
    const assessment = await appendAssessment(tx, writing, {
      sourceId: own.sourceId,
      copiedFrom: null,
      submissionId,
      head: { title: 'Self-assessment 2025/26', period: '2025/26', contact: null },
    });
    const section = await appendSection(tx, writing, {
      assessmentId: assessment.id,
      kind: 'numbered',
      copiedFrom: null,
      submissionId: null,
      content: {
        number: '8',
        title: 'Early help',
        summary: 'Families are met sooner than last year.',
        looked: true,
        withdrawn: false,
      },
    });
    if (section === null) throw new Error('No section was made');
    const point = await appendFindings(tx, writing, own.sourceId, [
      {
        submissionId: null,
        content: {
          kind: 'strength',
          ref: null,
          position: 1,
          words: 'Families say that they were listened to',
          page: null,
          paragraph: null,
          area: null,
          leadId: null,
          reportsToId: null,
          themeIds: [],
          wordsToShare: null,
          withdrawn: false,
          reason: null,
        },
      },
    ]);
    const [findingId] = point.ids;
    const links = await linkItems(tx, writing, [
      {
        from: { kind: 'section', id: section.id },
        to: { kind: 'finding', id: findingId ?? '' },
        relation: 'drawn from',
      },
    ]);
    await recordFacts(tx, by.userId, 'made standards', [
      ...made.written,
      ...open.written,
      ...closed.written,
      ...own.written,
      ...judged.written,
      ...assessment.written,
      ...section.written,
      ...point.written,
      ...links,
    ]);
    return { authority, shared, unshared, narrative: section.id };
  });
}

/** Everybody of the tests, and the standards of their council. */
export async function setScene(test: TestApp) {
  const authority = await demoAuthority(test);
  const elsewhere = await demoAuthority(test, 'Fenmoor Council');
  const officer = await personOf(test, authority, ['qa-manager'], 'Robin Fenwick');
  return {
    authority,
    officer,
    guest: await personOf(test, authority, ['peer-reviewer'], 'Morgan Firth'),
    other: await personOf(test, authority, ['peer-reviewer'], 'Sasha Dune'),
    lead: await personOf(test, authority, ['action-lead'], 'Kit Wade'),
    stranger: await personOf(test, elsewhere, ['qa-manager'], 'Lou Pike'),
    standards: await makeStandards(test, officer.actor, authority),
  };
}
