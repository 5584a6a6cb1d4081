import { describe, expect, it } from 'vitest';
import type { IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { testApp } from '#test/app.ts';
import { day } from '#test/plans.ts';
import { bulkChange } from '../../actions/bulk-change.ts';
import { changeAction, withdrawAction } from '../../actions/change-action.ts';
import { answerStep, sayStep, type SaidStep } from '../../actions/close-action.ts';
import { copyPlanForward } from '../../actions/copy-plan-forward.ts';
import { giveUpdate } from '../../actions/give-update.ts';
import { movementOf } from '../../rules/movement.ts';
import { readHistory } from '../../store/read-history.ts';
import { readPicture } from '../../store/read-picture.ts';
import {
  hidden,
  pictureOf,
  setCast,
  setScene,
  today,
  wordsOf,
  type Officer,
  type Scene,
} from '../edit/scene.test-help.ts';
import { paths } from '../paths.ts';

const test = await testApp();
const cast = await setCast(test);
const { db } = test.database;
const { officer, colleague, lead, member, stranger } = cast;
const begun = day('2025-06-02');
const completeOn = day('2025-08-02');
const link = 'https://sharepoint.example/audit';

/** What one action is, in one plan of its own. */
async function one(scene: Scene, asAt: IsoDate = today) {
  const picture = await readInAuthority(db, cast.authority.id, (tx) =>
    readPicture(tx, cast.authority.id, scene.planId, asAt),
  );
  const action = picture?.actions.find(({ id }) => id === scene.actions[0]);
  if (picture == null || action === undefined) throw new Error('The action is gone');
  return { picture, action };
}

async function change(scene: Scene, more: Partial<Parameters<typeof changeAction>[5]>) {
  const { action } = await one(scene);
  const given = {
    ...action,
    leads: action.leads.map(({ name }) => name),
    contributors: [],
    ...more,
  };
  const outcome = await changeAction(db, officer.actor, begun, action.id, action.version, {
    objectiveId: given.objectiveId,
    ref: given.ref,
    text: given.text,
    leads: given.leads,
    contributors: given.contributors,
    priority: given.priority,
    successMeasure: given.successMeasure,
    outcomeForChildren: given.outcomeForChildren,
    sources: given.sources,
    ...(more.test === undefined ? {} : { test: more.test }),
  });
  expect(outcome.kind).toBe('done');
}

async function complete(scene: Scene, by: Officer = lead, on = completeOn) {
  const { action } = await one(scene);
  const outcome = await giveUpdate(db, by.actor, on, {
    actionId: action.id,
    choice: 'blue',
    whatChanged: 'Every team reports late visits each Monday',
    evidence: [{ kind: 'link', title: link, url: link }],
    seenVersion: action.updateVersion,
    submissionId: newId<'submission'>(),
    corrects: null,
  });
  expect(outcome.kind).toBe('done');
}

/** A plan whose first action is complete since last August. */
async function completed(more: Partial<Parameters<typeof changeAction>[5]> = {}) {
  const scene = await setScene(test, cast, begun);
  await change(scene, more);
  await complete(scene);
  return scene;
}

async function say(scene: Scene, who: Officer, more: Partial<SaidStep> = {}, on = today) {
  const { action } = await one(scene);
  return sayStep(db, who.actor, on, {
    actionId: action.id,
    state: 'done',
    account: 'Every team reports late visits each Monday',
    testResult: null,
    evidence: [],
    seenVersion: action.closureVersion,
    submissionId: newId<'submission'>(),
    ...more,
  });
}

async function answer(scene: Scene, who: Officer, more: { reason?: string } = {}) {
  const { action } = await one(scene);
  const stepId = action.closure.waiting?.id;
  if (stepId === undefined) throw new Error('Nothing waits');
  const { reason = null } = more;
  return answerStep(db, who.actor, today, {
    actionId: action.id,
    stepId,
    answer: reason === null ? 'verified' : 'returned',
    reason,
  });
}

const hrefOf = (scene: Scene, page: (slug: string, id: string) => string) =>
  page(scene.slug, scene.actions[0]);

describe('closing an action', () => {
  it('says that it is done and claims it complete, with what shows it, and waits for somebody else', async () => {
    const scene = await setScene(test, cast, begun);
    const href = hrefOf(scene, paths.closeAction);
    const page = await lead.get(href);
    expect(wordsOf(page)).toContain(
      'The action is not claimed complete yet. Saving this claims it.',
    );
    const fields = {
      submission: hidden(page, 'submission'),
      seen: hidden(page, 'seen'),
      state: 'done',
      account: 'Every team reports late visits each Monday',
      link: '',
      note: 'The Monday report of every team',
    };
    const saved = await lead.postFile(href, fields, {
      name: 'report.csv',
      bytes: new TextEncoder().encode('team,late\nNorth,0\n'),
    });
    expect(saved.statusCode).toBe(303);
    // Sent twice, it is one step.
    expect((await lead.postFile(href, fields)).statusCode).toBe(303);
    const { action } = await one(scene);
    expect(action).toMatchObject({
      status: 'complete',
      evidenceCount: 2,
      closureVersion: 1,
      closure: { reached: 'none', completion: { since: today, by: lead.actor.userId } },
    });
    const shown = await lead.get(hrefOf(scene, paths.action));
    expect(wordsOf(shown)).toContain(
      'Said by Alex Marsh on 4 March 2026. It waits for its sign-off.',
    );
    const file = /href="([^"]+\/evidence\/[^"]+)"/.exec(shown.body)?.[1] ?? 'no file';
    expect((await colleague.get(file)).body).toContain('North,0');
    expect((await stranger.get(file)).statusCode).toBe(404);
    // Its lead has no say in it: neither the link nor the page.
    expect(shown.body).not.toContain(hrefOf(scene, paths.verifyClosure));
    expect((await lead.get(hrefOf(scene, paths.verifyClosure))).statusCode).toBe(404);
    expect(wordsOf(await colleague.get('/my-work'))).toContain('waits for a sign-off');
  });

  it('is never verified by who claimed it, also where somebody else put the words of the claim right', async () => {
    const scene = await setScene(test, cast, begun);
    await complete(scene, officer);
    const claim = (await one(scene)).action;
    const corrected = await giveUpdate(db, lead.actor, today, {
      actionId: claim.id,
      choice: 'blue',
      whatChanged: 'Every team reports its late visits each Monday',
      evidence: [{ kind: 'link', title: link, url: link }],
      seenVersion: claim.updateVersion,
      submissionId: newId<'submission'>(),
      corrects: claim.lastUpdate?.id ?? null,
    });
    expect(corrected.kind).toBe('done');
    expect((await say(scene, lead)).kind).toBe('done');
    expect(await answer(scene, officer)).toEqual({
      kind: 'not-yours',
      reasons: ['claimed it complete'],
    });
    expect((await answer(scene, colleague)).kind).toBe('done');
  });

  it('is not verified once the action is withdrawn', async () => {
    const scene = await setScene(test, cast, begun);
    await say(scene, lead);
    const { action } = await one(scene);
    const gone = { withdrawn: true, reason: 'It is done elsewhere' };
    await withdrawAction(db, officer.actor, today, action.id, action.version, gone);
    expect((await answer(scene, colleague)).kind).toBe('refused');
  });

  it('is verified by another person, and each state after it as well', async () => {
    const scene = await completed({
      test: { measure: 'Visits on time', sample: null, threshold: '18 of 20', byWhen: null },
    });
    expect((await say(scene, lead)).kind).toBe('done');
    const page = await colleague.get(hrefOf(scene, paths.verifyClosure));
    const words = wordsOf(page);
    expect(words).toContain('Alex Marsh said on 4 March 2026 that it is done.');
    // What came with the update that claims it complete is not asked for twice.
    expect(words).toContain(link);
    expect(words).toContain('Enough: 18 of 20');
    const sent = { step: hidden(page, 'step'), answer: 'verified', reason: '' };
    const verified = await colleague.post(hrefOf(scene, paths.verifyClosure), sent);
    expect(verified.statusCode).toBe(303);
    expect((await colleague.post(hrefOf(scene, paths.verifyClosure), sent)).statusCode).toBe(303);
    expect((await one(scene)).action.closure).toMatchObject({ reached: 'done', since: today });

    const untested = await say(scene, lead, { state: 'practice changed' });
    expect(untested).toMatchObject({ kind: 'refused', reasons: [{ field: 'result' }] });
    await say(scene, lead, { state: 'practice changed', testResult: 'met' });
    await answer(scene, officer);
    await say(scene, lead, { state: 'children better off' });
    await answer(scene, officer);
    expect((await one(scene)).action.closure.reached).toBe('children better off');
    const shown = wordsOf(await member.get(paths.plans()));
    expect(shown).not.toContain('Monday');
    const overview = wordsOf(await officer.get(paths.plan(scene.slug)));
    expect(overview).not.toContain('nobody has shown yet');
  });

  it('is returned with a reason, and can be said again', async () => {
    const scene = await completed();
    await say(scene, lead);
    const page = await colleague.get(hrefOf(scene, paths.verifyClosure));
    const sent = { step: hidden(page, 'step'), answer: 'returned', reason: '' };
    const href = hrefOf(scene, paths.verifyClosure);
    const unsaid = await colleague.post(href, sent);
    expect(unsaid.statusCode).toBe(422);
    expect(wordsOf(unsaid)).toContain('Say what is missing');
    await colleague.post(href, { ...sent, reason: 'Which teams?' });
    expect((await one(scene)).action.closure).toMatchObject({ reached: 'none', waiting: null });
    const shown = wordsOf(await lead.get(hrefOf(scene, paths.action)));
    expect(shown).toContain('Returned by Sam Reed on 4 March 2026: Which teams?');
    expect((await say(scene, lead)).kind).toBe('done');
  });

  it('is not verified by who said it, though their role would let them', async () => {
    const scene = await completed();
    await say(scene, officer);
    const href = hrefOf(scene, paths.verifyClosure);
    expect(wordsOf(await officer.get(href))).toContain('You said so yourself');
    const stepId = (await one(scene)).action.closure.waiting?.id ?? '';
    const own = await officer.post(href, { step: stepId, answer: 'verified', reason: '' });
    expect(own.statusCode).toBe(403);
    expect(wordsOf(own)).toContain('You said so yourself');
    expect((await one(scene)).action.closure.waiting?.answer).toBeNull();
    // Nor by who claimed it complete for its lead.
    const other = await setScene(test, cast, begun);
    await complete(other, officer);
    await say(other, lead);
    expect(await answer(other, officer)).toEqual({
      kind: 'not-yours',
      reasons: ['claimed it complete'],
    });
  });

  it('needs evidence where the priority is high', async () => {
    const scene = await setScene(test, cast, begun);
    await change(scene, { priority: 'high' });
    const href = hrefOf(scene, paths.closeAction);
    const page = await lead.get(href);
    const fields = {
      submission: hidden(page, 'submission'),
      seen: hidden(page, 'seen'),
      state: 'done',
      account: 'It is done, believe me',
      link: '',
      note: '',
    };
    const refused = await lead.postFile(href, fields);
    expect(refused.statusCode).toBe(422);
    expect(wordsOf(refused)).toContain('Give a link, a note or a file that shows it');
    expect(refused.body).toContain('It is done, believe me</textarea>');
    expect((await one(scene)).action.status).toBeNull();
    expect((await lead.postFile(href, { ...fields, note: 'The report' })).statusCode).toBe(303);
  });

  it('closes a low priority in one step, without a sign-off', async () => {
    const scene = await completed({ priority: 'low' });
    expect((await one(scene)).action.closure).toMatchObject({ reached: 'done', waiting: null });
    const page = await colleague.get(hrefOf(scene, paths.verifyClosure));
    expect(wordsOf(page)).toContain('Nothing waits for a sign-off here any more');
    await say(scene, lead, { state: 'practice changed' });
    expect((await one(scene)).action.closure.reached).toBe('practice changed');
  });

  it('is accepted as untested by somebody else, with who and why, and so leaves the list', async () => {
    const scene = await completed();
    const list = `${paths.actions(scene.slug)}?effect-not-shown=yes`;
    expect(wordsOf(await officer.get(list))).toContain('Report every late visit weekly');
    expect(wordsOf(await officer.get(paths.plan(scene.slug)))).toContain(
      '1 is complete; of it nobody has shown yet that children are better off.',
    );
    const href = hrefOf(scene, paths.acceptUntested);
    expect((await lead.get(href)).statusCode).toBe(404);
    const page = await colleague.get(href);
    const sent = { submission: hidden(page, 'submission'), seen: hidden(page, 'seen') };
    expect((await colleague.post(href, { ...sent, reason: ' ' })).statusCode).toBe(422);
    const reason = 'The team was merged before it could be tested';
    expect((await colleague.post(href, { ...sent, reason })).statusCode).toBe(303);
    expect((await colleague.post(href, { ...sent, reason })).statusCode).toBe(303);
    const shown = wordsOf(await member.get(hrefOf(scene, paths.action)));
    expect(shown).not.toContain('Accepted');
    const told = wordsOf(await lead.get(hrefOf(scene, paths.action)));
    expect(told).toContain('Accepted by Sam Reed on 4 March 2026.');
    expect(told).toContain(reason);
    expect(wordsOf(await officer.get(list))).toContain('No action fits');
    expect(wordsOf(await colleague.get(href))).toContain('accepted as untested');
  });

  it('is refused to who leads another action, and is not there for a stranger', async () => {
    const scene = await completed();
    await say(scene, lead);
    const pages = [paths.closeAction, paths.reopen, paths.verifyClosure, paths.acceptUntested];
    for (const page of pages) {
      const other = page(scene.slug, scene.actions[1]);
      expect([403, 404], other).toContain((await lead.get(other)).statusCode);
      expect([403, 404], other).toContain((await lead.post(other, {})).statusCode);
      const href = hrefOf(scene, page);
      // A member's role neither changes nor approves anything.
      expect([403, 404]).toContain((await member.get(href)).statusCode);
      expect([403, 404]).toContain((await member.post(href, {})).statusCode);
      expect((await stranger.get(href)).statusCode, href).toBe(404);
      expect((await stranger.post(href, {})).statusCode, href).toBe(404);
    }
    expect((await one(scene)).action.closureVersion).toBe(1);
  });
});

describe('two people at once', () => {
  it('give one answer: the second is told what the first said, and keeps their words', async () => {
    const scene = await completed();
    await say(scene, lead);
    const href = hrefOf(scene, paths.verifyClosure);
    const step = (await one(scene)).action.closure.waiting?.id ?? '';
    const answers = await Promise.all([
      officer.post(href, { step, answer: 'verified', reason: '' }),
      colleague.post(href, { step, answer: 'returned', reason: 'Which teams?' }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409]);
    const late = answers.find(({ statusCode }) => statusCode === 409);
    expect(wordsOf(late ?? { body: '' })).toMatch(
      /(Robin Fenwick verified|Sam Reed returned) it on 4 March/,
    );
    const { closures } = await readInAuthority(db, cast.authority.id, (tx) =>
      readHistory(tx, cast.authority.id, { actionId: scene.actions[0] }, today),
    );
    expect(closures.filter((one) => one.answer !== null)).toHaveLength(1);
  });

  it('verify and reopen: nothing that failed again is signed off', async () => {
    const scene = await completed();
    await say(scene, lead);
    const { action } = await one(scene);
    const step = action.closure.waiting?.id ?? '';
    const [, reopened] = await Promise.all([
      officer.post(hrefOf(scene, paths.verifyClosure), { step, answer: 'verified', reason: '' }),
      giveUpdate(db, lead.actor, today, {
        actionId: action.id,
        choice: 'red',
        whatChanged: 'Two teams stopped',
        evidence: [],
        seenVersion: action.updateVersion,
        submissionId: newId<'submission'>(),
        corrects: null,
        failedAgain: 'Two teams stopped',
      }),
    ]);
    expect(reopened.kind).toBe('done');
    expect((await one(scene)).action.closure).toMatchObject({ reached: 'none', waiting: null });
  });

  it('say a step: the second sees both texts', async () => {
    const scene = await completed();
    const href = hrefOf(scene, paths.closeAction);
    const page = await officer.get(href);
    await say(scene, lead);
    const late = await officer.postFile(href, {
      submission: hidden(page, 'submission'),
      seen: hidden(page, 'seen'),
      state: 'done',
      account: 'All four teams report',
      link: '',
      note: '',
    });
    expect(late.statusCode).toBe(409);
    expect(wordsOf(late)).toContain('Saved by Alex Marsh');
    expect(late.body).toContain('All four teams report</textarea>');
  });
});

describe('the priority of an action that is claimed complete', () => {
  it('is not lowered to close it by less, by its own page or with others', async () => {
    const scene = await setScene(test, cast, begun);
    await change(scene, { priority: 'high' });
    const claimed = await giveUpdate(db, lead.actor, completeOn, {
      actionId: scene.actions[0],
      choice: 'blue',
      whatChanged: 'Done',
      evidence: [],
      seenVersion: 0,
      submissionId: newId<'submission'>(),
      corrects: null,
    });
    expect(claimed.kind).toBe('done');
    const { action } = await one(scene);
    const selected = [
      {
        id: action.id,
        version: action.version,
        dueVersion: action.dueVersion,
        updateVersion: action.updateVersion,
      },
    ];
    const lowered = { kind: 'priority', priority: 'low' } as const;
    const bulk = await bulkChange(db, officer.actor, today, scene.planId, selected, lowered);
    expect(bulk).toMatchObject({ kind: 'refused', reasons: [{ field: 'priority' }] });
    const alone = await changeAction(db, officer.actor, today, action.id, action.version, {
      ...action,
      leads: action.leads.map(({ name }) => name),
      contributors: [],
      priority: null,
      test: 'to be agreed',
    });
    expect(alone).toMatchObject({ kind: 'refused', reasons: [{ field: 'priority' }] });
    expect((await one(scene)).action).toMatchObject({
      priority: 'high',
      closure: { reached: 'none' },
    });
    // What is not claimed complete takes any priority, and a higher one is never refused.
    const other = { ...selected[0], id: scene.actions[1] };
    const open = (await one(scene)).picture.actions[1];
    if (open === undefined) throw new Error('The other action is gone');
    const seen = [{ ...other, version: open.version, updateVersion: open.updateVersion }];
    const free = await bulkChange(
      db,
      officer.actor,
      today,
      scene.planId,
      seen as typeof selected,
      lowered,
    );
    expect(free.kind).toBe('done');
  });
});

describe('an action that fails again', () => {
  it('is reopened with a reason, says how long the fix held, and is counted as reopened', async () => {
    const scene = await completed();
    await say(scene, lead, {}, completeOn);
    await answer(scene, officer);
    const href = hrefOf(scene, paths.reopen);
    const page = await lead.get(href);
    expect(wordsOf(page)).toContain('since 2 August 2025: so far the fix held 214 days');
    const fields = {
      submission: hidden(page, 'submission'),
      seen: hidden(page, 'seen'),
      failed: 'The audit found six late visits that nobody reported',
      choice: 'red',
      link: '',
      note: 'Audit of February',
    };
    expect((await lead.postFile(href, { ...fields, failed: '' })).statusCode).toBe(422);
    expect((await lead.postFile(href, { ...fields, choice: 'blue' })).statusCode).toBe(422);
    expect((await lead.postFile(href, fields)).statusCode).toBe(303);
    expect((await lead.postFile(href, fields)).statusCode).toBe(303);
    const { action, picture } = await one(scene);
    expect(action).toMatchObject({
      status: 'in progress',
      claimedRag: 'red',
      closure: { reached: 'none', regressions: [{ on: today, heldDays: 214 }] },
    });
    const shown = wordsOf(await lead.get(hrefOf(scene, paths.action)));
    expect(shown).toContain('Regressed once. The fix held 214 days, until 4 March 2026.');
    expect(shown).toContain('Failed again, and reopened. The fix held 214 days');
    expect(wordsOf(await officer.get(paths.actions(scene.slug)))).toContain('Regressed once');
    // As it was known the day before, it stood.
    const before = await one(scene, day('2026-03-03'));
    expect(before.action.closure).toMatchObject({ regressions: [] });
    expect(before.action.status).toBe('complete');
    const facts = await readInAuthority(db, cast.authority.id, (tx) =>
      readHistory(tx, cast.authority.id, { planId: scene.planId }, today),
    );
    const movement = movementOf(before.picture, picture, facts, day('2026-03-03'));
    expect(movement.reopened).toEqual([action.id]);
    // A re-test after it begins from the start, and is signed off anew.
    await say(scene, lead, { account: 'Tested again: 20 of 20', testResult: 'met' });
    await answer(scene, officer);
    expect((await one(scene)).action.closure).toMatchObject({
      reached: 'done',
      regressions: [{ heldDays: 214 }],
    });
  });

  it('is the same deed by an ordinary update, which asks why', async () => {
    const scene = await completed();
    const href = hrefOf(scene, paths.update);
    const page = await lead.get(href);
    expect(wordsOf(page)).toContain('it failed again after 214 days, and that is counted');
    const fields = {
      submission: hidden(page, 'submission'),
      seen: hidden(page, 'seen'),
      corrects: '',
      choice: 'amber',
      changed: 'Two teams stopped',
      failed: '',
      link: '',
      note: '',
    };
    const refused = await lead.postFile(href, fields);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toMatch(/id="failed-error"/);
    const saved = await lead.postFile(href, { ...fields, failed: 'Nobody read the report' });
    expect(saved.statusCode).toBe(303);
    expect((await one(scene)).action.closure.regressions).toEqual([{ on: today, heldDays: 214 }]);
  });

  it('is none where a wrong update is corrected, nor where it is said again that it is complete', async () => {
    const scene = await completed();
    await complete(scene, officer, day('2025-10-01'));
    const { action } = await one(scene);
    expect(action.closure.completion).toEqual({ since: completeOn, by: lead.actor.userId });
    const corrected = await giveUpdate(db, lead.actor, today, {
      actionId: action.id,
      choice: 'green',
      whatChanged: 'Three of four teams',
      evidence: [],
      seenVersion: action.updateVersion,
      submissionId: newId<'submission'>(),
      corrects: action.lastUpdate?.id ?? null,
    });
    expect(corrected.kind).toBe('done');
    expect((await one(scene)).action).toMatchObject({
      status: 'in progress',
      closure: { regressions: [], completion: null },
    });
  });

  it('is counted where several actions are taken back at once', async () => {
    const scene = await completed();
    const { action } = await one(scene);
    const outcome = await bulkChange(db, officer.actor, today, scene.planId, [action], {
      kind: 'update',
      choice: 'red',
      whatChanged: 'The system was switched off',
      submissionId: newId<'submission'>(),
    });
    expect(outcome).toMatchObject({ kind: 'done', changed: 1 });
    expect((await one(scene)).action.closure.regressions).toEqual([{ on: today, heldDays: 214 }]);
  });
});

describe('an action that was signed off', () => {
  const correct = async (scene: Scene) => {
    const { action } = await one(scene);
    return giveUpdate(db, lead.actor, today, {
      actionId: action.id,
      choice: 'green',
      whatChanged: 'It never was complete',
      evidence: [],
      seenVersion: action.updateVersion,
      submissionId: newId<'submission'>(),
      corrects: action.lastUpdate?.id ?? null,
    });
  };

  it('is not taken back by correcting the claim, as though nobody had looked and nothing had failed', async () => {
    const scene = await completed();
    await say(scene, lead);
    await answer(scene, officer);
    expect((await correct(scene)).kind).toBe('refused');
    const { action } = await one(scene);
    expect(action.closure).toMatchObject({ reached: 'done', regressions: [] });
  });

  it('can be put right as long as nobody has signed it off', async () => {
    const scene = await completed();
    await say(scene, lead);
    expect((await correct(scene)).kind).toBe('done');
    expect((await one(scene)).action).toMatchObject({ status: 'in progress' });
  });
});

describe('the test of an action', () => {
  it('is a doubt until it is agreed, and every change of it is told', async () => {
    const scene = await setScene(test, cast, begun);
    const list = `${paths.actions(scene.slug)}?without-test=yes`;
    expect(wordsOf(await officer.get(paths.plan(scene.slug)))).toContain(
      '3 actions without an agreed test',
    );
    await change(scene, { test: 'to be agreed' });
    expect(wordsOf(await lead.get(hrefOf(scene, paths.action)))).toContain(
      'The test is to be agreed',
    );
    const href = hrefOf(scene, paths.changeAction);
    const page = await officer.get(href);
    expect(page.body).toMatch(/value="to be agreed" checked/);
    const fields = {
      version: hidden(page, 'version'),
      objective: scene.objectives[0],
      ref: '1.1',
      text: 'Report every late visit weekly',
      leads: 'Service Manager, Children in Care',
      priority: 'none',
      test: 'agreed',
      'test-measure': 'Visits on time, in an audit of files',
      'test-sample': '20 files',
      'test-threshold': '',
      'test-by-day': '30',
      'test-by-month': '6',
      'test-by-year': '2026',
    };
    const refused = await officer.post(href, fields);
    expect(refused.statusCode).toBe(422);
    expect(wordsOf(refused)).toContain('Say what result is good enough');
    expect(refused.body).toContain('value="20 files"');
    const saved = await officer.post(href, { ...fields, 'test-threshold': '18 of 20' });
    expect(saved.statusCode).toBe(303);
    expect((await one(scene)).action.test).toEqual({
      measure: 'Visits on time, in an audit of files',
      sample: '20 files',
      threshold: '18 of 20',
      byWhen: '2026-06-30',
    });
    // Whoever had the form open before is shown both.
    const late = await officer.post(href, { ...fields, 'test-threshold': '10 of 20' });
    expect(late.statusCode).toBe(409);
    expect(wordsOf(late)).toContain('How will it be tested?');
    const shown = wordsOf(await lead.get(hrefOf(scene, paths.action)));
    expect(shown).toContain('Test written');
    expect(shown).toContain('Enough: 18 of 20');
    expect(wordsOf(await officer.get(list))).not.toContain('Report every late visit weekly');
    // It goes along into the next year's plan, where what it tests is done anew.
    const next = { title: 'Next year', periodFrom: null, periodTo: null, which: 'open' } as const;
    const copied = await copyPlanForward(db, officer.actor, today, scene.planId, next);
    if (copied.kind !== 'done') throw new Error(copied.kind);
    const { actions } = await pictureOf(test, cast.authority, copied.slug);
    expect(actions.map((action) => action.test)).toEqual([
      (await one(scene)).action.test,
      null,
      null,
    ]);
  });
});
