import { describe, expect, it } from 'vitest';
import type { FindingId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { appendPair, readFindings, sourcesOf } from '#findings';
import { recordFacts } from '#people';
import { testApp } from '#test/app.ts';
import { makeSource } from '#test/findings.ts';
import { setCast, setScene, today } from '../edit/scene.test-help.ts';
import { paths } from '../paths.ts';
import { answeringPaths } from './paths.ts';

/** "Grouped under one action, each keeping its own words and its own reporting line." */
const test = await testApp();
const { db } = test.database;
const cast = await setCast(test);
const { authority, officer, lead, member, stranger } = cast;
const scene = await setScene(test, cast);
const [first, second, third] = scene.actions;

const stateOf = async (id: FindingId) => {
  const [finding] = await readInAuthority(db, authority.id, (tx) =>
    readFindings(tx, authority.id, today, { findingIds: [id] }),
  );
  if (finding === undefined) throw new Error('The finding stands');
  return {
    state: finding.derived.state,
    actions: finding.actions.map((action) => action.id),
  };
};

describe('answering a finding with an action that stands', () => {
  it('offers actions beside the finding’s own words, and finds them by words and plan', async () => {
    const { findingIds } = await makeSource(db, officer.actor, today);
    const page = await officer.get(answeringPaths.linkFinding(findingIds[0]));
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('“Write up every visit within two days”');
    expect(page.body).toContain(`value="${first}"`);
    expect(page.body).toContain(`value="${third}"`);
    const searched = await officer.get(
      `${answeringPaths.linkFinding(findingIds[0])}?words=sickness&plan=${scene.slug}`,
    );
    expect(searched.body).toContain(`value="${second}"`);
    expect(searched.body).not.toContain(`value="${first}"`);
  });

  it('links it, and the finding is planned; on the action’s page it stands with its words', async () => {
    const { findingIds } = await makeSource(db, officer.actor, today, {}, [
      { words: 'Cover every absence', page: '7', paragraph: null },
    ]);
    const [id] = findingIds;
    expect(await stateOf(id)).toMatchObject({ state: 'open' });
    const href = answeringPaths.linkFinding(id);
    const unsaid = await officer.post(href, {});
    expect(unsaid.statusCode).toBe(422);
    expect(unsaid.body).toContain('Choose an action');
    for (let time = 0; time < 2; time += 1) {
      const answer = await officer.post(href, { action: second });
      expect(answer.statusCode).toBe(303);
      expect(answer.headers.location).toBe(answeringPaths.finding(id));
    }
    expect(await stateOf(id)).toEqual({ state: 'planned', actions: [second] });
    const page = await officer.get(paths.action(scene.slug, second));
    expect(page.body).toContain('What this answers');
    expect(page.body).toContain('“Cover every absence”');
    expect(page.body).toMatch(/page 7\. Nobody is named to whom it is reported/);
  });

  it('answers those of a group that are ticked, and no others', async () => {
    const { findingIds } = await makeSource(db, officer.actor, today, {}, [
      { words: 'Train managers' },
      { words: 'Managers are to be trained' },
      { words: 'Something else' },
    ]);
    const [one, same, other] = findingIds as [FindingId, FindingId, FindingId];
    await inAuthority(db, authority.id, async (tx) => {
      const writing = { authority: authority.id, by: officer.actor.userId, effectiveOn: today };
      const written = await appendPair(tx, writing, [one, same], 'same');
      await recordFacts(tx, officer.actor.userId, 'test', written);
    });
    const page = await officer.get(answeringPaths.linkFinding(one));
    expect(page.body).toContain('Managers are to be trained');
    const sent = { action: third, findings: [same, other] };
    expect((await officer.post(answeringPaths.linkFinding(one), sent)).statusCode).toBe(303);
    expect(await stateOf(one)).toMatchObject({ actions: [third] });
    expect(await stateOf(same)).toMatchObject({ actions: [third] });
    expect(await stateOf(other)).toMatchObject({ actions: [] });
  });

  it('is ended again, and the finding is open as it was', async () => {
    const { findingIds } = await makeSource(db, officer.actor, today);
    const [id] = findingIds;
    await officer.post(answeringPaths.linkFinding(id), { action: first });
    const end = answeringPaths.endFinding(id, first);
    expect((await officer.get(end)).body).toContain('Report every late visit weekly');
    expect((await officer.post(end, {})).statusCode).toBe(303);
    expect(await stateOf(id)).toMatchObject({ state: 'open', actions: [] });
    const page = await officer.get(paths.action(scene.slug, first));
    expect(page.body).not.toContain(answeringPaths.finding(id));
  });
});

describe('answering a finding with a new action', () => {
  it('begins its form with the words, the lead and the source, and links both', async () => {
    const { sourceId, findingIds } = await makeSource(db, officer.actor, today, {
      title: 'Focused visit of March',
    });
    const [id] = findingIds;
    const chosen = await officer.get(answeringPaths.newForFinding(id));
    const form = `${paths.newAction(scene.slug)}?finding=${id}`;
    expect([chosen.statusCode, chosen.headers.location]).toEqual([303, form]);
    const page = await officer.get(form);
    expect(page.body).toContain('It will answer this recommendation 1');
    expect(page.body).toMatch(
      /<textarea[^>]*name="text"[^>]*>Write up every visit within two days/,
    );
    expect(page.body).toContain('value="Focused visit of March"');
    const sent = {
      finding: id,
      submission_id: newId(),
      text: 'Write up every visit within two days',
      objective: scene.objectives[0],
      ref: '1.9',
      priority: 'none',
      due: '30 June 2026',
      test: 'to be agreed',
      'source-1-title': 'Focused visit of March',
      'source-1-words': 'Write up every visit within two days',
      'source-1-page': '4',
    };
    for (let time = 0; time < 2; time += 1) {
      const added = await officer.post(paths.newAction(scene.slug), sent);
      expect([added.statusCode, added.headers.location]).toEqual([303, answeringPaths.finding(id)]);
    }
    const { state, actions } = await stateOf(id);
    expect([state, actions.length]).toEqual(['planned', 1]);
    const sources = await readInAuthority(db, authority.id, (tx) =>
      sourcesOf(tx, authority.id, actions, today),
    );
    expect(sources.map((source) => source.id)).toEqual([sourceId]);
  });

  it('adds no action where the finding is not there for this person', async () => {
    const before = (await scene.picture()).actions.length;
    const sent = {
      finding: newId(),
      submission_id: newId(),
      text: 'Never added',
      objective: scene.objectives[0],
      ref: '9.9',
      priority: 'none',
      test: 'to be agreed',
    };
    expect((await officer.post(paths.newAction(scene.slug), sent)).statusCode).toBe(404);
    expect((await scene.picture()).actions).toHaveLength(before);
  });
});

describe('answering a finding and strangers', () => {
  it('is not for who may not change the finding, nor told to another council', async () => {
    const { findingIds } = await makeSource(db, officer.actor, today);
    const [id] = findingIds;
    const link = answeringPaths.linkFinding(id);
    expect((await stranger.get(link)).statusCode).toBe(404);
    expect((await stranger.post(link, { action: first })).statusCode).toBe(404);
    expect((await member.get(link)).statusCode).toBe(404);
    expect((await lead.get(link)).statusCode).toBe(404);
    expect((await lead.post(link, { action: first })).statusCode).toBe(404);
    expect(await stateOf(id)).toMatchObject({ actions: [] });
  });

  it('shows no words of a restricted finding to those who read the plan', async () => {
    const { findingIds } = await makeSource(
      db,
      officer.actor,
      today,
      { classification: 'restricted', title: 'Audit of twelve files' },
      [{ words: 'The visit to Harbour Street was late', wordsToShare: 'Visits were late' }],
    );
    const [id] = findingIds;
    const answer = await officer.post(answeringPaths.linkFinding(id), { action: first });
    expect(answer.statusCode).toBe(303);
    const page = await officer.get(paths.action(scene.slug, first));
    expect(page.body).toContain('“Visits were late”');
    expect(page.body).not.toContain('Harbour Street');
    expect(page.body).not.toContain('Audit of twelve files');
    const form = await officer.get(`${paths.newAction(scene.slug)}?finding=${id}`);
    expect(form.body).not.toContain('Harbour Street');
    const told = await readInAuthority(db, authority.id, (tx) =>
      tx
        .selectFrom('item_progress')
        .select('label')
        .where('authority_id', '=', authority.id)
        .execute(),
    );
    expect(JSON.stringify(told)).not.toContain('Harbour Street');
    const hidden = await lead.get(paths.action(scene.slug, first));
    expect(hidden.statusCode).toBe(200);
    expect(hidden.body).not.toContain('Harbour Street');
  });

  it('changes nothing on an earlier day', async () => {
    const { findingIds } = await makeSource(db, officer.actor, today);
    const href = `${answeringPaths.linkFinding(findingIds[0])}?as-at=2026-03-03`;
    expect((await officer.get(href)).statusCode).toBe(400);
  });
});
