import { describe, expect, it } from 'vitest';
import type { CriterionId, JudgementId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { evidencePaths, linkItems, threadPaths } from '#findings';
import { recordFacts } from '#people';
import {
  findEdition,
  judge,
  openAssessmentRound,
  sayVerdict,
  standardsPaths,
  startShipped,
  takeStep,
  type GivenJudgement,
} from '#standards';
import { testApp } from '#test/app.ts';
import { makeSource } from '#test/findings.ts';
import { day } from '#test/plans.ts';
import { answerJudgement } from '../../actions/answer-judgement.ts';
import { judgementPaths } from './paths.ts';
import { officerOf, setCast, setScene, today, wordsOf } from '../edit/scene.test-help.ts';

/**
 * "On every source, finding, judgement, action: what led here and what came of it, both ways, as a
 * dated timeline told in sentences, with gaps said aloud."
 */
const test = await testApp();
const { db } = test.database;
const cast = await setCast(test);
const { authority, officer, lead, member, stranger } = cast;
const writer = await officerOf(test, authority, ['action-lead'], 'Kit Wade', 'Virtual Head');
const scene = await setScene(test, cast, day('2025-06-02'));
const [actionId] = scene.actions;
const begun = await startShipped(db, officer.actor, day('2020-04-01'), 'childrens-services');
if (begun.kind !== 'done') throw new Error(begun.kind);
const { editionId } = begun;

const picture = await edition();
const criterion = (ref: string) => {
  const all = picture.edition.domains.flatMap(({ criteria }) => criteria);
  const found = all.find((one) => one.ref === ref);
  if (found === undefined) throw new Error(ref);
  return found;
};

async function edition() {
  return await readInAuthority(db, authority.id, async (tx) => {
    const found = await findEdition(tx, officer.actor, editionId, today);
    if (found === null) throw new Error('The edition stands');
    return found;
  });
}

async function judged(id: CriterionId, on: string, seen: number, given: Partial<GivenJudgement>) {
  const outcome = await judge(db, officer.actor, day(on), id, seen, {
    ...{ progress: 'in progress', level: null, result: null, howMet: null, whyNot: null },
    ...{ whatNext: null, due: null, leads: [], restsOn: [] },
    ...given,
  });
  if (outcome.kind !== 'done') throw new Error(outcome.kind);
  return (await edition()).judgements.get(id)?.id as JudgementId;
}

const silent = criterion('1.1').id;
await judged(silent, '2020-06-03', 0, { level: 'partially-met', whyNot: 'Two teams record late' });
await judged(silent, '2021-06-03', 1, { level: 'partially-met' });

const answered = criterion('2.3').id;
await judged(answered, '2025-03-03', 0, { level: 'not-met' });
const judgementId = await judged(answered, '2025-06-03', 1, {
  level: 'partially-met',
  whyNot: 'Two teams record late.',
  whatNext: 'Weekly report',
});
await sayVerdict(db, officer.actor, day('2025-11-12'), answered, {
  ...({ whose: 'inspection', level: 'not-met', words: 'Visits are late' } as const),
  ...{ saidOn: day('2025-11-12'), sourceId: null },
});
const linked = await answerJudgement(db, officer.actor, day('2025-06-04'), {
  ...{ actionId, judgementId },
});
if (linked.kind !== 'done') throw new Error(linked.kind);
const { findingIds } = await makeSource(db, officer.actor, day('2025-05-05'), {
  title: 'Focused visit',
});
const hidden = await makeSource(db, officer.actor, day('2025-05-05'), {
  ...({ title: 'Audit of twelve files', classification: 'restricted' } as const),
});
await inAuthority(db, authority.id, async (tx) => {
  const by = officer.actor.userId;
  const writing = { authority: authority.id, by, effectiveOn: day('2025-05-06') };
  const to = { kind: 'criterion', id: answered } as const;
  const written = await linkItems(
    tx,
    writing,
    [...findingIds, ...hidden.findingIds].map((id) => ({
      from: { kind: 'finding' as const, id },
      ...{ to, relation: 'bears on' as const },
    })),
  );
  await recordFacts(tx, by, 'test', written);
});

const threadOf = async (kind: string, id: string, who = officer, asAt = '') =>
  await who.get(`${threadPaths.thread(kind, id)}${asAt}`);

describe('the thread of a criterion', () => {
  it('says aloud what is missing: no next step, and nobody looked for a year', async () => {
    const page = await threadOf('criterion', silent);
    expect(page.statusCode).toBe(200);
    const words = wordsOf(page);
    expect(words).toMatch(
      /Criterion 1\.1 of “[^”]+”: partially met since 3 June 2020; no next step, [\d,]+ working days\./,
    );
    expect(words).toMatch(/: judged last on 3 June 2021, more than a year ago\./);
    expect(words).toMatch(
      /Criterion 1\.1 of “[^”]+” was judged partially met\. Why not fully: Two teams record late\./,
    );
    const never = wordsOf(await threadOf('criterion', criterion('1.2').id));
    expect(never).toMatch(/in use since 1 April 2020; nobody has judged it, [\d,]+ working days\./);
  });

  it('tells judgements, verdicts, what bears on it and what came of it, each once', async () => {
    const words = wordsOf(await threadOf('criterion', answered));
    const told = [
      'Recommendation 1 of “Focused visit” bears on criterion 2.3',
      'was judged not met.',
      'was judged partially met. Why not fully: Two teams record late. What comes next: Weekly report.',
      'is to be answered by “Report every late visit weekly”',
      'An inspection judged criterion 2.3',
      'not met: “Visits are late”',
    ];
    for (const one of told) expect([one, words.includes(one)]).toEqual([one, true]);
    expect(words.split('was judged partially met. Why not fully').length).toBe(3);
    expect(words).not.toMatch(/Criterion 2\.3 [^.]*no next step/);
    expect(words).not.toContain('Audit of twelve files');
    expect(wordsOf(await officer.get(standardsPaths.criterion(answered)))).toContain(
      'See its thread',
    );
  });

  it('is told both ways: from the judgement, the action and the finding', async () => {
    for (const [kind, id] of [
      ['judgement', judgementId],
      ['action', actionId],
      ['finding', findingIds[0]],
    ] as const) {
      const words = wordsOf(await threadOf(kind, id));
      expect([kind, words.includes('was judged partially met')]).toEqual([kind, true]);
    }
    const earlier = wordsOf(await threadOf('criterion', answered, officer, '?as-at=2025-03-04'));
    expect(earlier).toContain('was judged not met.');
    expect(earlier).not.toContain('Weekly report');
  });

  it('tells the steps of its section, and is read by whoever that was handed to', async () => {
    const domain = picture.edition.domains.find(({ criteria }) =>
      criteria.some(({ id }) => id === answered),
    );
    if (domain === undefined) throw new Error('It stands in a domain');
    expect((await threadOf('criterion', answered, writer)).statusCode).toBe(404);
    await openAssessmentRound(db, officer.actor, today, editionId, '2025/26');
    const postId = writer.actor.partyIds[0];
    if (postId === undefined) throw new Error('The writer holds a post');
    const step = { step: 'handed', postId, dueOn: null, comment: 'Ask Kim first' } as const;
    const handed = await takeStep(db, officer.actor, today, editionId, domain.id, 0, step);
    expect(handed.kind).toBe('done');
    const page = await threadOf('criterion', answered, writer);
    expect(page.statusCode).toBe(200);
    expect(wordsOf(page)).toMatch(/The section “[^”]+” of “[^”]+” was handed out to be written\./);
    expect(wordsOf(page)).not.toContain('Report every late visit weekly');
    // Whoever writes one section reads the others, and says nothing of what answers them.
    const other = (await edition()).judgements.get(silent)?.id as JudgementId;
    const href = judgementPaths.link(other);
    expect((await writer.get(href)).statusCode).toBe(403);
    expect((await writer.post(href, { action: actionId })).statusCode).toBe(403);
    expect((await writer.get(judgementPaths.link(judgementId))).statusCode).toBe(200);
  });

  it('is not there for another council, a member, or who leads something else', async () => {
    for (const outsider of [stranger, member, lead]) {
      expect((await threadOf('criterion', answered, outsider)).statusCode).toBe(404);
      expect((await threadOf('judgement', judgementId, outsider)).statusCode).toBe(404);
    }
  });
});

describe('evidence of a criterion', () => {
  it('is added from its page, stands on it and in its thread', async () => {
    const page = await officer.get(standardsPaths.criterion(answered));
    const href = evidencePaths.add(`criterion:${answered}`);
    expect(page.body).toContain(`href="${href}"`);
    const form = await officer.get(href);
    expect(wordsOf(form)).toContain('Criterion 2.3');
    const sent = { title: 'Audit of visits in May', classification: 'internal' };
    const added = await officer.post(href, sent);
    expect([added.statusCode, added.headers.location]).toEqual([
      303,
      standardsPaths.criterion(answered),
    ]);
    expect(wordsOf(await officer.get(standardsPaths.criterion(answered)))).toContain(
      'Audit of visits in May',
    );
    expect(wordsOf(await threadOf('criterion', answered))).toContain(
      'The evidence “Audit of visits in May” was given to show criterion 2.3',
    );
    expect((await stranger.post(href, sent)).statusCode).toBe(404);
    expect((await stranger.get(href)).statusCode).toBe(404);
    expect((await member.post(href, sent)).statusCode).toBe(404);
  });
});
