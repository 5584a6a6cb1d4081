import { describe, expect, it } from 'vitest';
import type { CriterionId, JudgementId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { verifyChain } from '#people';
import { findEdition, judge, standardsPaths, startShipped } from '#standards';
import { testApp } from '#test/app.ts';
import { day } from '#test/plans.ts';
import { setCast, setScene, today, wordsOf } from '../edit/scene.test-help.ts';
import { judgementPaths } from '../answering/paths.ts';
import { paths } from '../paths.ts';

/** "What is partial or not met proposes actions in a chosen plan, linked." */
const test = await testApp();
const { db } = test.database;
const cast = await setCast(test);
const { authority, officer, lead, member, stranger } = cast;
const scene = await setScene(test, cast);
const begun = await startShipped(db, officer.actor, day('2025-04-01'), 'childrens-services');
if (begun.kind !== 'done') throw new Error(begun.kind);
const { editionId } = begun;
const page = judgementPaths.propose(editionId);
const chosen = `${page}?plan=${scene.slug}`;

const edition = () =>
  readInAuthority(db, authority.id, async (tx) => {
    const picture = await findEdition(tx, officer.actor, editionId, today);
    if (picture === null) throw new Error('The edition stands');
    return picture;
  });

async function judged(ref: string, level: string, whatNext: string | null) {
  const { domains } = (await edition()).edition;
  const criterion = domains.flatMap(({ criteria }) => criteria).find((one) => one.ref === ref);
  const criterionId = criterion?.id as CriterionId;
  const due = { asWritten: 'end of June 2026', from: day('2026-06-30'), to: day('2026-06-30') };
  const outcome = await judge(db, officer.actor, today, criterionId, 0, {
    ...{ progress: 'in progress', level, whatNext, result: null, howMet: null, whyNot: null },
    due: whatNext === null ? null : { ...due, precision: 'day' },
    leads: whatNext === null ? [] : ['Head of Service'],
    restsOn: [],
  });
  if (outcome.kind !== 'done') throw new Error(outcome.kind);
  const judgementId = (await edition()).judgements.get(criterionId)?.id as JudgementId;
  return { criterionId, judgementId };
}

const partial = await judged('1.1', 'partially-met', 'Agree the local offer');
const notMet = await judged('1.2', 'not-met', null);
await judged('2.1', 'fully-met', 'Nothing more');

/** The form of a page as a browser sends it back. */
function formOf({ body }: { body: string }): Record<string, string> {
  const all = [
    ...body.matchAll(/<input[^>]*type="hidden"[^>]*name="(key-[^"]+)" value="([^"]+)"/g),
  ];
  return Object.fromEntries(all.map(([, name = '', value = '']) => [name, value]));
}

describe('proposing actions for what falls short', () => {
  it('begins with every judgement that falls short, what comes next, by when and who', async () => {
    const inEdition = await officer.get(standardsPaths.edition(editionId));
    expect(inEdition.body).toContain(`href="${page}"`);
    const shown = await officer.get(page);
    expect(wordsOf(shown)).toContain('2 criteria fall short and have no action.');
    const { judgementId: id } = partial;
    expect(shown.body).toMatch(new RegExp(`name="text-${id}"[^>]*>Agree the local offer`));
    expect(shown.body).toMatch(new RegExp(`name="due-${id}"[^>]*value="end of June 2026"`));
    expect(shown.body).toMatch(new RegExp(`name="leads-${id}"[^>]*value="Head of Service"`));
    expect(shown.body).toMatch(new RegExp(`name="take-${id}"[^>]*checked`));
    expect(shown.body).not.toMatch(new RegExp(`name="take-${notMet.judgementId}"[^>]*checked`));
    expect(wordsOf(shown)).not.toContain('Criterion 2.1');
  });

  it('says what is missing beside its box, and adds nothing', async () => {
    const before = (await scene.picture()).actions.length;
    const sent = { ...formOf(await officer.get(chosen)), [`take-${notMet.judgementId}`]: 'yes' };
    const answer = await officer.post(chosen, sent);
    expect(answer.statusCode).toBe(422);
    expect(wordsOf(answer)).toContain('Choose the objective that these actions serve');
    expect(wordsOf(answer)).toContain(
      'Criterion 1.2: say what is to be done, or take the tick away',
    );
    const none = { ...formOf(answer), objective: scene.objectives[0] };
    expect(wordsOf(await officer.post(chosen, none))).toContain('Tick at least one criterion');
    expect((await scene.picture()).actions).toHaveLength(before);
  });

  it('adds what is ticked as it was changed, linked, and once though the form is sent twice', async () => {
    const before = (await scene.picture()).actions.length;
    const form = formOf(await officer.get(chosen));
    const sent = {
      ...form,
      objective: scene.objectives[1],
      [`take-${partial.judgementId}`]: 'yes',
      [`text-${partial.judgementId}`]: 'Agree the local offer',
      [`due-${partial.judgementId}`]: 'end of June 2026',
      [`leads-${partial.judgementId}`]: 'Head of Service; Team Manager',
      [`take-${notMet.judgementId}`]: 'yes',
      [`text-${notMet.judgementId}`]: 'Write down who decides',
      [`due-${notMet.judgementId}`]: '',
      [`leads-${notMet.judgementId}`]: '',
    };
    for (let time = 0; time < 2; time += 1) {
      const answer = await officer.post(chosen, sent);
      expect([answer.statusCode, answer.headers.location]).toEqual([
        303,
        paths.actions(scene.slug),
      ]);
    }
    const made = (await scene.picture()).actions.slice(before);
    expect(made).toMatchObject([
      {
        ref: '2.2',
        text: 'Agree the local offer',
        due: { to: '2026-06-30' },
        leads: [{ name: 'Head of Service' }, { name: 'Team Manager' }],
      },
      { ref: '2.3', text: 'Write down who decides' },
    ]);
    const criterion = await officer.get(standardsPaths.criterion(partial.criterionId));
    expect(criterion.body).toContain(paths.action(scene.slug, made[0]?.id ?? ''));
    expect(wordsOf(await officer.get(page))).toContain(
      'Every criterion that falls short has an action.',
    );
    const changed = { ...sent, [`text-${notMet.judgementId}`]: 'Something else' };
    const answer = await officer.post(chosen, changed);
    expect([answer.statusCode, wordsOf(answer).includes('saved already')]).toEqual([422, true]);
  });

  it('adds none of them where one has an action by now', async () => {
    const third = await judged('1.3', 'not-met', 'First');
    const fourth = await judged('1.4', 'not-met', 'Second');
    const form = formOf(await officer.get(chosen));
    await officer.post(judgementPaths.link(fourth.judgementId), { action: scene.actions[0] });
    const before = (await scene.picture()).actions.length;
    const changes: Record<string, string> = Object.fromEntries(
      [third, fourth].flatMap(({ judgementId: id }) => [
        [`take-${id}`, 'yes'],
        [`text-${id}`, 'Do it'],
      ]),
    );
    const sent = { ...form, objective: scene.objectives[0], ...changes };
    const answer = await officer.post(chosen, sent);
    expect(answer.statusCode).toBe(422);
    expect(wordsOf(answer)).toContain('Criterion 1.4 has an action by now');
    expect((await scene.picture()).actions).toHaveLength(before);
  });

  it('leaves a log that verifies', async () => {
    const { problems } = await readInAuthority(db, authority.id, (tx) =>
      verifyChain(tx, authority.id),
    );
    expect(problems).toEqual([]);
  });
});

describe('proposing and strangers', () => {
  it('is not for another council, nor for who may judge nothing', async () => {
    const before = (await scene.picture()).actions.length;
    for (const outsider of [stranger, member, lead]) {
      expect((await outsider.get(chosen)).statusCode).toBe(404);
      const sent = { objective: scene.objectives[0] };
      expect((await outsider.post(chosen, sent)).statusCode).toBe(404);
    }
    expect((await scene.picture()).actions).toHaveLength(before);
    expect((await officer.get(`${page}?plan=no-such-plan`)).statusCode).toBe(404);
    expect((await officer.get(`${page}?as-at=2026-03-03`)).statusCode).toBe(400);
  });
});
