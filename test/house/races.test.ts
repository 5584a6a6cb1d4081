import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { setScene, type Officer } from '../../src/rooms/plans/web/edit/scene.test-help.ts';
import { paths } from '../../src/rooms/plans/web/paths.ts';
import { demoAuthority, testApp } from '../app.ts';
import { someone } from './someone.ts';

/** G-05 to G-07: among many who save at once nothing is lost, and nothing is there twice. */
const test = await testApp();
const authority = await demoAuthority(test);
const officer = await someone(test, authority, 'qa-manager', 'Head of Quality');
const cast = { authority, colleague: officer, lead: officer, member: officer, stranger: officer };
const scene = await setScene(test, { ...cast, officer, owner: officer });
const [action] = scene.actions;
const lead = await someone(test, authority, 'action-lead', 'Service Manager, Children in Care');
const savers = [officer, lead];

const versionNow = async () => (await scene.picture()).actions[0]?.updateVersion ?? 0;
const kept = async () =>
  (
    await test.database.keeper
      .selectFrom('action_update')
      .select(['version', 'what_changed'])
      .where('action_id', '=', action)
      .orderBy('version')
      .execute()
  ).map((row) => row.what_changed);

const save = (who: Officer, seen: number, changed: string, submission = newId<'submission'>()) =>
  who.post(paths.update(scene.slug, action), {
    submission,
    seen: String(seen),
    corrects: '',
    choice: 'amber',
    changed,
    link: '',
    note: '',
  });
const saverOf = (index: number): Officer => savers[index % savers.length] ?? officer;

describe('fifty who save over one version', () => {
  it('one wins each round, and every other is told so and keeps their text', async () => {
    for (const round of ['first', 'second']) {
      const seen = await versionNow();
      const before = await kept();
      const texts = Array.from(
        { length: 50 },
        (_, index) => `The ${round} text of saver ${index}.`,
      );
      const answers = await Promise.all(
        texts.map((text, index) => save(saverOf(index), seen, text)),
      );
      const won = texts.filter((_, index) => answers[index]?.statusCode === 303);
      expect(won).toHaveLength(1);
      answers.forEach((answer, index) => {
        if (answer.statusCode === 303) return;
        expect(answer.statusCode).toBe(409);
        expect(answer.body).toContain(texts[index]);
      });
      expect(await kept()).toEqual([...before, ...won]);
    }
  });
});

describe('five who go on saving', () => {
  it('find all that was acknowledged once, in one order, though each sends it twice', async () => {
    const before = await kept();
    const acknowledged = await Promise.all(
      Array.from({ length: 5 }, async (_, client) => {
        const texts: string[] = [];
        for (let round = 0; round < 2; round += 1) {
          const text = `Client ${client}, update ${round}.`;
          const submission = newId<'submission'>();
          let seen = await versionNow();
          while ((await save(saverOf(client), seen, text, submission)).statusCode !== 303) {
            seen = await versionNow();
          }
          // The reply was lost on the way, so it is sent again as it was.
          expect((await save(saverOf(client), seen, text, submission)).statusCode).toBe(303);
          texts.push(text);
        }
        return texts;
      }),
    );
    const added = (await kept()).slice(before.length);
    expect([...added].sort()).toEqual(acknowledged.flat().sort());
    for (const own of acknowledged) expect(added.filter((text) => own.includes(text))).toEqual(own);
  });
});

describe('one form sent twenty times at once', () => {
  it('is one update, and every answer is the same', async () => {
    const before = await kept();
    const seen = await versionNow();
    const submission = newId<'submission'>();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => save(lead, seen, 'Sent many times.', submission)),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([303]));
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
    expect(await kept()).toEqual([...before, 'Sent many times.']);
    // The same form with other words is another act: it is not taken for the first.
    const other = await save(lead, seen, 'Other words.', submission);
    expect(other.statusCode).toBe(409);
    expect(other.body).toContain('Other words.');
    expect(await kept()).toEqual([...before, 'Sent many times.']);
  });
});
