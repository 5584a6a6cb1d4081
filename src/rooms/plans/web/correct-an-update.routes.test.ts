import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { testApp } from '#test/app.ts';
import { day } from '#test/plans.ts';
import { giveUpdate } from '../actions/give-update.ts';
import { hidden, setCast, setScene, wordsOf, type Scene } from './edit/scene.test-help.ts';
import { paths } from './paths.ts';
import { setStrangers } from './strangers.test-help.ts';

const test = await testApp();
const cast = await setCast(test);
const strangers = await setStrangers(test, cast);

/** A plan on whose first action a wrong update was given in February. */
async function wrongUpdate(): Promise<{ scene: Scene; href: string }> {
  const scene = await setScene(test, cast, day('2026-01-12'));
  await giveUpdate(test.database.db, cast.officer.actor, day('2026-02-10'), {
    actionId: scene.actions[0],
    choice: 'green',
    whatChanged: 'All visits were on time',
    evidence: [],
    seenVersion: 0,
    submissionId: newId<'submission'>(),
    corrects: null,
  });
  return { scene, href: paths.action(scene.slug, scene.actions[0]) };
}

describe('a wrong update', () => {
  it('is corrected from the action, by another that says so and holds from the same day', async () => {
    const { scene, href } = await wrongUpdate();
    const link = /href="([^"]+\?corrects=[^"]+)"/.exec((await scene.lead.get(href)).body)?.[1];
    const form = await scene.lead.get(link ?? 'no link');
    expect(wordsOf(form)).toContain('Correct an update');
    // What was written stands in the boxes, to be put right.
    expect(form.body).toContain('All visits were on time</textarea>');
    expect(form.body).toMatch(/value="green"[^>]* checked/);
    const answer = await scene.lead.postFile(paths.update(scene.slug, scene.actions[0]), {
      submission: hidden(form, 'submission'),
      seen: hidden(form, 'seen'),
      corrects: hidden(form, 'corrects'),
      choice: 'amber',
      changed: 'Two visits were late',
      link: '',
      note: '',
    });
    expect(answer.statusCode).toBe(303);
    const words = wordsOf(await scene.lead.get(href));
    expect(words).toContain('In progress, claimed amber');
    expect(words).toContain('Correction of an update: Amber');
    expect(words).toContain('It corrects what was written for 10 February 2026');
    // The wrong one stays to be seen, and nobody sees it before the day on which it held.
    expect(words).toContain('All visits were on time');
    expect(wordsOf(await scene.lead.get(`${href}?as-at=2026-02-10`))).toContain('claimed amber');
  });

  it('is not offered for correction to those who only read, nor on an earlier day', async () => {
    const { scene, href } = await wrongUpdate();
    for (const page of [
      await strangers.boardMember.get(href),
      await scene.lead.get(`${href}?as-at=2026-02-20`),
    ]) {
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain('All visits were on time');
      expect(page.body).not.toContain('corrects=');
    }
  });
});
