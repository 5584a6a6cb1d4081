import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { addEvidence, appendResponse, linkItems, threadPaths } from '#findings';
import { recordFacts } from '#people';
import { testApp } from '#test/app.ts';
import { makeSource } from '#test/findings.ts';
import { day } from '#test/plans.ts';
import { answerFindings, endAnswer } from '../../actions/answer-finding.ts';
import { giveUpdate } from '../../actions/give-update.ts';
import { officerOf, setCast, setScene, today } from '../edit/scene.test-help.ts';

/**
 * "On every source, finding, judgement, action: what led here and what came of it, both ways, as a
 * dated timeline told in sentences, with gaps said aloud."
 */
const test = await testApp();
const { db } = test.database;
const cast = await setCast(test);
const { authority, officer, lead, stranger } = cast;
const begun = day('2026-01-12');
const scene = await setScene(test, cast, begun);
const [actionId, otherAction] = scene.actions;

const made = await makeSource(
  db,
  officer.actor,
  begun,
  { title: 'Focused visit', publishedOn: day('2026-01-09') },
  [{ words: 'Write up every visit' }, { words: 'Cover every absence', ref: '2' }],
);
const [first, second = first] = made.findingIds;

await inAuthority(db, authority.id, async (tx) => {
  const by = officer.actor.userId;
  const written = [];
  for (const [id, on] of [
    [first, '2026-01-14'],
    [second, '2026-01-15'],
  ] as const) {
    const writing = { authority: authority.id, by, effectiveOn: day(on) };
    written.push(
      ...(await appendResponse(tx, writing, id, 1, { answer: 'accepted', reason: null })),
    );
  }
  const evidenceId = await addEvidence(tx, authority.id, { kind: 'note', title: 'Audit' }, by);
  written.push(
    { fact: 'evidence', id: evidenceId },
    ...(await linkItems(tx, { authority: authority.id, by, effectiveOn: today }, [
      {
        from: { kind: 'evidence', id: evidenceId },
        to: { kind: 'action', id: actionId },
        relation: 'shows',
      },
    ])),
  );
  await recordFacts(tx, by, 'test', written);
});
await answerFindings(db, officer.actor, day('2026-01-20'), { actionId, findingIds: [first] });
await answerFindings(db, officer.actor, day('2026-01-20'), {
  actionId: otherAction,
  findingIds: [first],
});
await endAnswer(db, officer.actor, day('2026-01-28'), { actionId: otherAction, findingId: first });
await giveUpdate(db, officer.actor, day('2026-02-02'), {
  actionId,
  choice: 'green',
  whatChanged: 'Begun',
  evidence: [],
  seenVersion: 0,
  submissionId: newId<'submission'>(),
  corrects: null,
});

/** What a page tells, without its marks. */
const words = (body: string) =>
  body
    .slice(body.indexOf('<main'))
    .replace(/<a [^>]*>See it.*?<\/a>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the thread of an item', () => {
  it('tells of a finding what led to it and what came of it, link by link', async () => {
    const page = await officer.get(threadPaths.thread('finding', first));
    expect(page.statusCode).toBe(200);
    const told = words(page.body);
    const inOrder = [
      '9 January 2026 “Focused visit” was published by Ofsted.',
      'Recommendation 1 of “Focused visit” (page 4): “Write up every visit”',
      '14 January 2026 Recommendation 1 of “Focused visit” was accepted.',
      '20 January 2026 Recommendation 1 of “Focused visit” is to be answered by “Report every late visit weekly” (Children’s services improvement plan, 1.1).',
      '28 January 2026 “Agree cover for sickness” (Children’s services improvement plan, 1.2) no longer answers recommendation 1 of “Focused visit”.',
      '2 February 2026 “Report every late visit weekly” (Children’s services improvement plan, 1.1) is in progress.',
      '4 March 2026 The evidence “Audit” was given to show “Report every late visit weekly”',
    ].map((text) => told.indexOf(text));
    expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
    expect(inOrder).not.toContain(-1);
    expect(told).not.toContain('Cover every absence');
  });

  it('tells the same both ways, and of a source all its findings with their gaps', async () => {
    const ofAction = words((await officer.get(threadPaths.thread('action', actionId))).body);
    expect(ofAction).toContain('“Write up every visit”');
    expect(ofAction).toContain('“Focused visit” was published by Ofsted.');
    expect(ofAction).not.toContain('Agree cover for sickness');
    // What was taken from the finding is told until then, and not what came after.
    await giveUpdate(db, officer.actor, day('2026-02-10'), {
      actionId: otherAction,
      choice: 'amber',
      whatChanged: 'Late',
      evidence: [],
      seenVersion: 0,
      submissionId: newId<'submission'>(),
      corrects: null,
    });
    const ofFinding = words((await officer.get(threadPaths.thread('finding', first))).body);
    expect(ofFinding).not.toContain(
      '“Agree cover for sickness” (Children’s services improvement plan, 1.2) is in progress',
    );
    const ofSource = words((await officer.get(threadPaths.thread('source', made.sourceId))).body);
    expect(ofSource).toContain('What is missing');
    expect(ofSource).toContain(
      'Recommendation 2 of “Focused visit”: accepted on 15 January 2026; no action yet, 34 working days.',
    );
    expect(ofSource).toContain('“Write up every visit”');
  });

  it('stands as it was known on an earlier day', async () => {
    const then = `${threadPaths.thread('finding', first)}?as-at=2026-01-19`;
    const told = words((await officer.get(then)).body);
    expect(told).toContain('accepted on 14 January 2026; no action yet, 3 working days.');
    expect(told).not.toContain('Report every late visit weekly');
  });

  it.each([
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['pdf', 'application/pdf'],
    ['html', 'text/html; charset=utf-8'],
  ])('is taken out as %s, and that is in the log', async (format, type) => {
    const href = `${threadPaths.exported('finding', first)}?format=${format}`;
    const file = await officer.get(href);
    expect([file.statusCode, file.headers['content-type']]).toEqual([200, type]);
    expect(file.headers['content-disposition']).toContain(
      `thread-recommendation-1-of-focused-visit-2026-03-04.${format}`,
    );
    if (format === 'html') {
      expect(words(file.body)).toContain('Recommendation 1 of “Focused visit” was accepted.');
    }
    const log = await inAuthority(db, authority.id, (tx) =>
      tx
        .selectFrom('audit_log')
        .select('act')
        .where('authority_id', '=', authority.id)
        .where('act', '=', `exported as ${format}`)
        .execute(),
    );
    expect(log).toHaveLength(1);
  });
});

describe('a thread and those who may not read all of it', () => {
  it('is not there for another council, nor for what is not there', async () => {
    for (const [kind, id] of [
      ['finding', first],
      ['source', made.sourceId],
      ['action', actionId],
    ] as const) {
      expect((await stranger.get(threadPaths.thread(kind, id))).statusCode).toBe(404);
      const file = `${threadPaths.exported(kind, id)}?format=html`;
      expect((await stranger.get(file)).statusCode).toBe(404);
    }
    expect((await officer.get(threadPaths.thread('finding', newId()))).statusCode).toBe(404);
    expect((await officer.get(threadPaths.thread('theme', first))).statusCode).toBe(404);
  });

  it('leaves out an action of a plan that its reader may not read', async () => {
    const titled = { title: 'Survey of carers' };
    const { findingIds } = await makeSource(db, officer.actor, begun, titled);
    await answerFindings(db, officer.actor, today, {
      actionId: scene.actions[2],
      findingIds,
    });
    // A clerk reads every plan; somebody who sits on no board of one reads none.
    const clerk = await officerOf(test, authority, ['clerk']);
    const seen = words((await clerk.get(threadPaths.thread('finding', findingIds[0]))).body);
    expect(seen).toContain('Train all team managers');
    const board = await officerOf(test, authority, ['member'], 'Sam Teal');
    const absent = await board.get(threadPaths.thread('finding', findingIds[0]));
    expect(absent.statusCode).toBe(404);
    expect((await board.get(threadPaths.thread('action', scene.actions[2]))).statusCode).toBe(404);
  });

  it('tells of a restricted finding what may be shared; whole to few, with an entry in the log', async () => {
    const { findingIds, sourceId } = await makeSource(
      db,
      officer.actor,
      begun,
      { title: 'Audit of twelve files', classification: 'restricted' },
      [{ words: 'The visit to Harbour Street was late', wordsToShare: 'Visits were late' }],
    );
    await answerFindings(db, officer.actor, today, { actionId, findingIds });
    for (const reader of [officer, lead]) {
      const page = await reader.get(threadPaths.thread('action', actionId));
      expect(page.statusCode).toBe(200);
      expect(page.body).not.toContain('Harbour Street');
      expect(page.body).not.toContain('Audit of twelve files');
    }
    const reads = () =>
      inAuthority(db, authority.id, (tx) =>
        tx
          .selectFrom('audit_log')
          .select('act')
          .where('authority_id', '=', authority.id)
          .where('act', '=', 'read, FND')
          .execute(),
      );
    const before = (await reads()).length;
    const whole = await officer.get(threadPaths.thread('finding', findingIds[0]));
    expect(words(whole.body)).toContain('Harbour Street');
    expect((await officer.get(threadPaths.thread('source', sourceId))).body).toContain(
      'Harbour Street',
    );
    expect((await reads()).length).toBe(before + 2);
    const clerk = await officerOf(test, authority, ['clerk']);
    expect((await clerk.get(threadPaths.thread('finding', findingIds[0]))).statusCode).toBe(404);
    const file = await officer.get(`${threadPaths.exported('finding', findingIds[0])}?format=html`);
    expect(file.statusCode).toBe(404);
  });
});
