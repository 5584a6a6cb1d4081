import { describe, expect, it } from 'vitest';
import { addDays } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import { testApp } from '#test/app.ts';
import { giveUpdate } from '../../actions/give-update.ts';
import { setRagRule } from '../../actions/set-rag-rule.ts';
import { deriveRag } from '../../rules/derived-rag.ts';
import { ragEditions } from '../../rules/rag-thresholds.ts';
import { readPicture } from '../../store/read-picture.ts';
import { hidden, setCast, setScene, today, wordsOf, type Scene } from '../edit/scene.test-help.ts';
import { paths } from '../paths.ts';

const test = await testApp();
const cast = await setCast(test);
/** Begun a year ago: nobody has given an update since, so each action is silent. */
const lastYear = addDays(today, -365);

const usual = ragEditions[0].usual;
const figures = (changes: Record<string, string> = {}) => ({
  ...Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, String(value)])),
  reason: 'The board asked for it',
  ...changes,
});

const derivedOn = (scene: Scene, asAt: typeof today, knownAt?: Date) =>
  inAuthority(test.database.db, scene.authority.id, async (tx) => {
    const picture = await readPicture(tx, scene.authority.id, scene.planId, asAt, knownAt);
    const action = picture?.actions[0];
    return picture === null || action === undefined ? null : deriveRag(action, picture);
  });

describe('claimed and derived', () => {
  it('stand side by side with the rule in words, for whoever reads the plan', async () => {
    const scene = await setScene(test, cast, lastYear);
    const told = await giveUpdate(test.database.db, cast.lead.actor, today, {
      actionId: scene.actions[0],
      choice: 'blue',
      whatChanged: 'It is finished',
      evidence: [],
      seenVersion: 0,
      submissionId: newId<'submission'>(),
      corrects: null,
    });
    expect(told.kind).toBe('done');
    const page = wordsOf(await cast.officer.get(paths.claims(scene.slug)));
    expect(page).toContain('Of 1 claim, 0 agree with the facts. 1 is more hopeful');
    expect(page).toContain('Claimed complete, and no evidence shows it');
    expect(page).toContain('No update for more than 31 days: at risk.');
    expect(page).toContain('These are the usual figures of the rule of 2026-11.');
    const action = wordsOf(await cast.officer.get(paths.action(scene.slug, scene.actions[0])));
    expect(action).toContain('Claimed complete, and no evidence shows it');
    expect(wordsOf(await cast.officer.get(paths.actions(scene.slug)))).toContain(
      'Derived: amber, at risk',
    );
    const file = await cast.officer.get(`${paths.exportClaims(scene.slug)}?format=json`);
    expect(JSON.parse(file.body)).toMatchObject({
      rows: [{ ref: '1.1', claimed: 'Blue', derived: 'Amber', claim: 'More hopeful' }],
    });
  });

  it('are nothing to a stranger or a member on no board of the plan', async () => {
    const scene = await setScene(test, cast);
    for (const route of [paths.claims, paths.ragRule]) {
      const absent = await cast.stranger.get(route('no-such-plan'));
      expect((await cast.stranger.get(route(scene.slug))).statusCode).toBe(absent.statusCode);
    }
    const file = `${paths.exportClaims(scene.slug)}?format=csv`;
    expect((await cast.stranger.get(file)).statusCode).toBe(404);
    expect((await cast.member.get(paths.claims(scene.slug))).statusCode).toBe(404);
    expect((await cast.lead.get(paths.ragRule(scene.slug))).statusCode).toBe(403);
    const sent = { version: '0', ...figures() };
    expect((await cast.stranger.post(paths.ragRule(scene.slug), sent)).statusCode).toBe(404);
  });
});

describe('the figures of a plan’s own rule', () => {
  it('hold from today on, and leave what was derived before', async () => {
    const scene = await setScene(test, cast, lastYear);
    const yesterday = addDays(today, -1);
    expect((await derivedOn(scene, yesterday))?.standing).toBe('at risk');
    const form = await cast.officer.get(paths.ragRule(scene.slug));
    const saved = await cast.officer.post(paths.ragRule(scene.slug), {
      version: hidden(form, 'version'),
      ...figures({ silentDays: '1000' }),
    });
    expect(saved.statusCode).toBe(303);
    expect((await derivedOn(scene, today))?.standing).toBe('not started');
    expect((await derivedOn(scene, yesterday))?.standing).toBe('at risk');
    const page = wordsOf(await cast.officer.get(paths.claims(scene.slug)));
    expect(page).toContain('No update for more than 1,000 days: at risk.');
    expect(page).toContain('this plan’s own figures since 4 March 2026');
    // As it was known before the change, today too was reckoned by the usual figures.
    expect((await derivedOn(scene, today, new Date('2020-01-01')))?.standing).toBeUndefined();
  });

  it('are refused beside the field, keep what was typed and change nothing', async () => {
    const scene = await setScene(test, cast);
    const answer = await cast.officer.post(paths.ragRule(scene.slug), {
      version: hidden(await cast.officer.get(paths.ragRule(scene.slug)), 'version'),
      ...figures({ soonDays: 'four weeks', revisedOffTrackChanges: '0', reason: '' }),
    });
    expect(answer.statusCode).toBe(422);
    const page = wordsOf(answer);
    expect(page).toContain('Enter a whole number of days from 0 to 365');
    expect(page).toContain('Enter a whole number of changes from 1 to 20');
    expect(page).toContain('Say why, so that people who read the plan later know');
    expect(answer.body).toContain('four weeks');
    expect((await scene.picture()).plan.ragRule.version).toBe(0);
    const crossed = await cast.officer.post(paths.ragRule(scene.slug), {
      version: hidden(await cast.officer.get(paths.ragRule(scene.slug)), 'version'),
      ...figures({ revisedAtRiskChanges: '4' }),
    });
    expect(wordsOf(crossed)).toContain('Off track comes after at risk');
  });

  it('show both to the second of two who change them at once', async () => {
    const scene = await setScene(test, cast);
    const seen = hidden(await cast.officer.get(paths.ragRule(scene.slug)), 'version');
    await cast.colleague.post(paths.ragRule(scene.slug), {
      version: hidden(await cast.colleague.get(paths.ragRule(scene.slug)), 'version'),
      ...figures({ soonDays: '7' }),
    });
    const answer = await cast.officer.post(paths.ragRule(scene.slug), {
      version: seen,
      ...figures({ soonDays: '14' }),
    });
    expect(answer.statusCode).toBe(409);
    expect(wordsOf(answer)).toContain('Sam Reed');
    expect((await scene.picture()).plan.ragRule.thresholds.soonDays).toBe(7);
  });

  it('can be set by nobody else at the deed itself', async () => {
    const scene = await setScene(test, cast);
    const given = { thresholds: { ...usual, soonDays: 3 }, reason: 'Because' };
    const { db } = test.database;
    const as = (who: 'lead' | 'stranger' | 'member') =>
      setRagRule(db, cast[who].actor, today, scene.planId, 0, given);
    expect((await as('lead')).kind).toBe('forbidden');
    expect((await as('stranger')).kind).toBe('not-found');
    expect((await as('member')).kind).toBe('not-found');
  });
});
