import { describe, expect, it } from 'vitest';
import { newId, type CriterionId, type JudgementId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { progressOf } from '#findings';
import { verifyChain } from '#people';
import {
  actionsOfCriteria,
  findEdition,
  judge,
  standardsPaths,
  startShipped,
  type GivenJudgement,
} from '#standards';
import { testApp } from '#test/app.ts';
import { day } from '#test/plans.ts';
import { setCast, setScene, today, wordsOf } from '../edit/scene.test-help.ts';
import { paths } from '../paths.ts';
import { judgementPaths } from './paths.ts';

/** "What is partial or not met proposes actions in a chosen plan, linked." */
const test = await testApp();
const { db } = test.database;
const cast = await setCast(test);
const { authority, officer, lead, member, stranger } = cast;
const scene = await setScene(test, cast);
const [first, second] = scene.actions;

const begun = await startShipped(db, officer.actor, day('2025-04-01'), 'childrens-services');
if (begun.kind !== 'done') throw new Error(begun.kind);
const { editionId } = begun;

const edition = () =>
  readInAuthority(db, authority.id, async (tx) => {
    const picture = await findEdition(tx, officer.actor, editionId, today);
    if (picture === null) throw new Error('The edition stands');
    return picture;
  });

const criterionOf = async (ref: string): Promise<CriterionId> => {
  const { domains } = (await edition()).edition;
  const found = domains.flatMap(({ criteria }) => criteria).find((one) => one.ref === ref);
  if (found === undefined) throw new Error(ref);
  return found.id;
};

/** Judges a criterion and answers both ids. */
async function judged(ref: string, given: Partial<GivenJudgement> = {}) {
  const criterionId = await criterionOf(ref);
  const version = (await edition()).judgements.get(criterionId)?.version ?? 0;
  const outcome = await judge(db, officer.actor, today, criterionId, version, {
    progress: 'in progress',
    level: 'partially-met',
    result: null,
    howMet: null,
    whyNot: 'Two teams record late',
    whatNext: 'Weekly report to team managers',
    due: {
      asWritten: '30 June 2026',
      from: day('2026-06-30'),
      to: day('2026-06-30'),
      precision: 'day',
    },
    leads: [],
    restsOn: [],
    ...given,
  });
  if (outcome.kind !== 'done') throw new Error(outcome.kind);
  const judgementId = (await edition()).judgements.get(criterionId)?.id;
  if (judgementId === undefined) throw new Error('It is judged');
  return { criterionId, judgementId };
}

const answering = (criterionId: CriterionId) =>
  readInAuthority(db, authority.id, async (tx) => {
    const found = await actionsOfCriteria(tx, authority.id, [criterionId], today);
    return (found.get(criterionId) ?? []).map(({ actionId }) => actionId);
  });

describe('answering a judgement with an action that stands', () => {
  it('links it once, and both pages tell of it', async () => {
    const { criterionId, judgementId } = await judged('2.3');
    const criterion = standardsPaths.criterion(criterionId);
    const href = judgementPaths.link(judgementId);
    expect((await officer.get(criterion)).body).toContain(`href="${href}"`);
    const page = await officer.get(href);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(`value="${first}"`);
    for (let time = 0; time < 2; time += 1) {
      const answer = await officer.post(href, { action: first });
      expect([answer.statusCode, answer.headers.location]).toEqual([303, criterion]);
    }
    expect(await answering(criterionId)).toEqual([first]);
    const told = wordsOf(await officer.get(criterion));
    expect(told).toContain('Report every late visit weekly');
    expect(told).toContain('1.1 · planned · due 30 June 2026');
    const action = wordsOf(await officer.get(paths.action(scene.slug, first)));
    expect(action).toContain('What this answers');
    expect(action).toContain('criterion 2.3');
    expect(action).toContain('Judged partially met on 4 March 2026.');
  });

  it('stays with the criterion when it is judged again, and is not linked a second time', async () => {
    const before = await judged('2.4');
    await officer.post(judgementPaths.link(before.judgementId), { action: second });
    const after = await judged('2.4', { level: 'not-met' });
    expect(after.judgementId).not.toBe(before.judgementId);
    const page = await officer.get(standardsPaths.criterion(after.criterionId));
    expect(page.body).toContain('Agree cover for sickness');
    await officer.post(judgementPaths.link(after.judgementId), { action: second });
    expect(await answering(after.criterionId)).toEqual([second]);
  });

  it('is ended again, whichever judgement was linked', async () => {
    const before = await judged('2.5');
    await officer.post(judgementPaths.link(before.judgementId), { action: first });
    const { criterionId, judgementId } = await judged('2.5', { level: 'not-met' });
    const end = judgementPaths.end(judgementId, first);
    expect((await officer.get(end)).body).toContain('Report every late visit weekly');
    expect((await officer.post(end, {})).statusCode).toBe(303);
    expect(await answering(criterionId)).toEqual([]);
    expect((await officer.get(end)).statusCode).toBe(404);
  });
});

describe('answering a judgement with a new action', () => {
  it('begins its form with what comes next, by when and who, and makes it once', async () => {
    const { criterionId, judgementId } = await judged('3.1');
    const form = `${paths.newAction(scene.slug)}?judgement=${judgementId}`;
    const chosen = await officer.get(judgementPaths.add(judgementId));
    expect([chosen.statusCode, chosen.headers.location]).toEqual([303, form]);
    const page = await officer.get(form);
    expect(page.body).toContain('It will answer this criterion 3.1');
    expect(page.body).toMatch(/<textarea[^>]*name="text"[^>]*>Weekly report to team managers/);
    expect(page.body).toMatch(/name="due"[^>]*value="30 June 2026"/);
    const sent = {
      judgement: judgementId,
      submission_id: newId(),
      text: 'Weekly report to team managers',
      objective: scene.objectives[0],
      ref: '1.9',
      priority: 'none',
      due: '30 June 2026',
      test: 'to be agreed',
    };
    for (let time = 0; time < 2; time += 1) {
      const added = await officer.post(paths.newAction(scene.slug), sent);
      const location = standardsPaths.criterion(criterionId);
      expect([added.statusCode, added.headers.location]).toEqual([303, location]);
    }
    const [made = newId<'action'>(), ...more] = await answering(criterionId);
    expect(more).toEqual([]);
    const told = await readInAuthority(db, authority.id, (tx) =>
      progressOf(tx, authority.id, [made], today),
    );
    expect(told.get(made)).toMatchObject({ state: 'planned', dueOn: '2026-06-30' });
  });
});

describe('answering a judgement and strangers', () => {
  it('is not for who may not judge, nor told to another council', async () => {
    const { criterionId, judgementId } = await judged('3.2');
    const sent = { action: first };
    for (const outsider of [stranger, member, lead]) {
      for (const href of [judgementPaths.link(judgementId), judgementPaths.add(judgementId)]) {
        expect([href, (await outsider.get(href)).statusCode]).toEqual([href, 404]);
      }
      const posted = await outsider.post(judgementPaths.link(judgementId), sent);
      expect(posted.statusCode).toBe(404);
      const form = `${paths.newAction(scene.slug)}?judgement=${judgementId}`;
      expect([403, 404]).toContain((await outsider.get(form)).statusCode);
    }
    expect(await answering(criterionId)).toEqual([]);
  });

  it('hides the criterion on the action’s page from who reads the action alone', async () => {
    const { judgementId } = await judged('3.3');
    await officer.post(judgementPaths.link(judgementId), sentTo(first));
    const page = await lead.get(paths.action(scene.slug, first));
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('criterion 3.3');
  });

  it('changes nothing on an earlier day, and leaves the log whole', async () => {
    const { judgementId } = await judged('3.4');
    const href = `${judgementPaths.link(judgementId)}?as-at=2026-03-03`;
    expect((await officer.get(href)).statusCode).toBe(400);
    const { problems } = await readInAuthority(db, authority.id, (tx) =>
      verifyChain(tx, authority.id),
    );
    expect(problems).toEqual([]);
  });

  it('adds no action where the judgement is not there', async () => {
    const before = (await scene.picture()).actions.length;
    const sent = {
      judgement: newId() as JudgementId,
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

const sentTo = (action: string) => ({ action });
