import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { appendFindings, appendSource } from '#findings';
import { recordFacts } from '#people';
import { testApp } from '#test/app.ts';
import { personOf, setScene, today } from '../challenge/challenge.test-help.ts';
import { checksPath } from './paths.ts';

const test = await testApp();
const scene = await setScene(test);
const { authority, officer, guest, stranger } = scene;
const author = await personOf(test, authority, ['report-author'], 'Ali Weir');

await inAuthority(test.database.db, authority.id, async (tx) => {
  const writing = { authority: authority.id, by: officer.actor.userId, effectiveOn: today };
  const source = await appendSource(tx, writing, {
    kind: 'case audit',
    title: 'An audit of six children',
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
    classification: 'restricted',
    withdrawn: false,
    reason: null,
  });
  if (source === null) throw new Error('No source');
  const content = {
    kind: 'recommendation' as const,
    ref: null,
    page: null,
    paragraph: null,
    area: null,
    leadId: null,
    reportsToId: null,
    themeIds: [],
    wordsToShare: null,
    withdrawn: false,
    reason: null,
  };
  const findings = await appendFindings(
    tx,
    writing,
    source.sourceId,
    Array.from({ length: 120 }, (_, at) => ({
      submissionId: newId<'submission'>(),
      content: { ...content, position: at, words: `Quillfeather ${at}` },
    })),
  );
  await recordFacts(tx, officer.actor.userId, 'made findings', [
    ...source.written,
    ...findings.written,
  ]);
});

const itemsOf = (body: string) => [
  ...body.matchAll(/<li><a class="govuk-link" href="\/(findings|standards)\/[^"]*"/g),
];

describe('what is missing or weak', () => {
  it('stands in groups with counts first, each thing leading to its form', async () => {
    const page = await officer.get(checksPath);
    expect(page.statusCode).toBe(200);
    expect(page.body).toMatch(/things are missing or weak, found by \d+ of 28 checks\./);
    expect(page.body).toContain('Recommendations without a response');
    expect(page.body).toContain('All 120');
    // Nothing of what is restricted but that it is.
    expect(page.body).not.toContain('Quillfeather');
    expect(page.body).not.toContain('six children');
    const links = [
      ...new Set(
        [...page.body.matchAll(/href="(\/(?:findings|standards)\/[^"?]+)"/g)].map(
          ([, to]) => to ?? '',
        ),
      ),
    ].filter((to) => !/checks|challenges|self-evaluation$/.test(to));
    expect(links.length).toBeGreaterThan(3);
    for (const to of links) expect([to, (await officer.get(to)).statusCode]).toEqual([to, 200]);
  });

  it('is chosen by the address: by weight, by area, by check, by page', async () => {
    const one = await officer.get(`${checksPath}?check=recommendation-without-response`);
    expect(itemsOf(one.body)).toHaveLength(100);
    const rest = await officer.get(`${checksPath}?check=recommendation-without-response&page=2`);
    expect(itemsOf(rest.body)).toHaveLength(20);
    const standards = await officer.get(`${checksPath}?area=standards`);
    expect(standards.body).not.toContain('Recommendations without a response');
    const low = await officer.get(`${checksPath}?severity=low&area=findings`);
    expect(low.body).toContain('Findings without a theme');
    expect(low.body).not.toContain('Recommendations without a response');
    expect((await officer.get(`${checksPath}?check=nothing`)).statusCode).toBe(400);
  });

  it('shows restricted ones to those alone who may read them', async () => {
    const url = `${checksPath}?check=recommendation-without-response`;
    expect((await author.get(url)).body).toContain('Nothing of what you chose is missing or weak.');
    expect((await stranger.get(checksPath)).body).toContain('Nothing is missing or weak');
    // Whoever reads only what is theirs would be told that all is well.
    expect((await guest.get(checksPath)).statusCode).toBe(404);
  });
});
