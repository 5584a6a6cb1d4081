import { describe, expect, it } from 'vitest';
import { readInAuthority } from '#platform/db/authority.ts';
import { verifyChain } from '#people';
import { testApp } from '#test/app.ts';
import {
  criterionIn,
  hidden,
  judgeAs,
  officerOf,
  pictureOf,
  setCast,
  wordsOf,
  writerPost,
  type Officer,
} from './cast.test-help.ts';
import { paths } from './paths.ts';

const test = await testApp();
const cast = await setCast(test);
const { officer, colleague, director, writer, stranger, editionId, authority } = cast;
const other = await officerOf(test, authority, ['action-lead'], 'Kit Wade', 'Virtual Head');
const { edition } = await pictureOf(test, cast);
const domain = (title: string) => {
  const found = edition.domains.find((one) => one.title === title);
  if (found === undefined) throw new Error(title);
  return found;
};
const help = domain('Help and protection');
const care = domain('Children in care');
const refOf = async (ref: string) => criterionIn(await pictureOf(test, cast), ref);
const postId = writer.actor.partyIds[0] ?? '';

/** Takes a step of a section on its page, as it stands for this person. */
async function step(who: Officer, of: { id: string }, fields: Record<string, string>) {
  const href = paths.section(editionId, of.id);
  const page = await officer.get(href);
  const seen = { version: hidden(page, 'version'), hash: hidden(page, 'hash') };
  return who.post(href, { ...(seen.version === '' ? { version: '0' } : seen), ...fields });
}
const stateOf = async (of: { id: string }) => {
  const { sections } = await pictureOf(test, cast);
  return [...sections].find(([id]) => id === of.id)?.[1].state;
};

describe('a section', () => {
  it('goes from hand to hand: handed, written, submitted, returned, signed off, locked, unlocked', async () => {
    expect((await officer.post(paths.newRound(editionId), { name: '2025/26' })).statusCode).toBe(
      303,
    );
    const handed = await step(officer, help, {
      step: 'handed',
      post: postId,
      'hand-comment': 'Please',
    });
    expect(handed.statusCode).toBe(303);

    // The writer finds it where their day begins, and can judge what is in it and nothing else.
    expect(wordsOf(await writer.get(paths.standards()))).toMatch(/My sections Help and protection/);
    const mine = await refOf('1.4');
    const theirs = await refOf('2.1');
    const words = { version: '0', progress: 'done', level: 'partially-met', how: 'By writer' };
    expect((await writer.post(paths.judge(mine), words)).statusCode).toBe(303);
    expect((await writer.post(paths.judge(theirs), words)).statusCode).toBe(403);
    expect((await step(writer, care, { step: 'submitted' })).statusCode).toBe(403);

    expect((await step(writer, help, { step: 'submitted' })).statusCode).toBe(303);
    // What waits for a signature is not written to.
    expect((await writer.post(paths.judge(mine), { ...words, version: '1' })).statusCode).toBe(409);
    expect((await officer.get(paths.judge(mine))).statusCode).toBe(409);

    const silent = await step(director, help, { step: 'returned' });
    expect(silent.statusCode).toBe(422);
    expect(wordsOf(silent)).toContain('Say what is to be done to it');
    expect(
      (await step(director, help, { step: 'returned', 'return-comment': 'Name the audit' }))
        .statusCode,
    ).toBe(303);
    expect(wordsOf(await writer.get(paths.standards()))).toContain('“Name the audit”');
    expect(
      (await writer.post(paths.judge(mine), { ...words, version: '1', how: 'Audit of June' }))
        .statusCode,
    ).toBe(303);
    expect((await step(writer, help, { step: 'submitted' })).statusCode).toBe(303);
    expect((await step(director, help, { step: 'signed off' })).statusCode).toBe(303);
    expect(await stateOf(help)).toBe('signed off');

    expect((await officer.post(paths.judge(mine), { ...words, version: '2' })).statusCode).toBe(
      409,
    );
    expect((await pictureOf(test, cast)).judgements.get(mine)).toMatchObject({ version: 2 });
    expect((await step(writer, help, { step: 'unlocked', 'unlock-comment': 'x' })).statusCode).toBe(
      403,
    );
    expect((await step(director, help, { step: 'unlocked' })).statusCode).toBe(422);
    expect(
      (await step(director, help, { step: 'unlocked', 'unlock-comment': 'A late audit' }))
        .statusCode,
    ).toBe(303);
    expect((await writer.post(paths.judge(mine), { ...words, version: '2' })).statusCode).toBe(303);
    const page = wordsOf(await officer.get(paths.section(editionId, help.id)));
    expect(page).toContain('A late audit');
    expect(page).toContain(`Handed out to ${writerPost}`);
  });

  it('is signed off by nobody who wrote in it or submitted it', async () => {
    const id = await refOf('2.1');
    await judgeAs(test, officer, id, { level: 'fully-met' });
    await step(officer, care, { step: 'handed', post: postId });
    expect((await step(colleague, care, { step: 'submitted' })).statusCode).toBe(303);
    const own = await officer.get(paths.section(editionId, care.id));
    expect(wordsOf(own)).toContain('another person signs it off');
    expect((await step(officer, care, { step: 'signed off' })).statusCode).toBe(403);
    expect((await step(colleague, care, { step: 'signed off' })).statusCode).toBe(403);
    expect(await stateOf(care)).toBe('submitted');
    expect((await step(director, care, { step: 'signed off' })).statusCode).toBe(303);
  });

  it('refuses a signature under what the signer did not look at', async () => {
    await step(director, care, { step: 'unlocked', 'unlock-comment': 'Again' });
    await step(colleague, care, { step: 'submitted' });
    const signed = await step(director, care, { step: 'signed off', hash: 'another' });
    expect(signed.statusCode).toBe(409);
    const late = await director.post(paths.section(editionId, care.id), {
      step: 'signed off',
      version: '1',
      hash: '',
    });
    expect(late.statusCode).toBe(409);
    expect(await stateOf(care)).toBe('submitted');
  });

  it('begins anew with the next self-assessment, and may not be called like the last', async () => {
    expect((await colleague.post(paths.newRound(editionId), { name: '2026/27' })).statusCode).toBe(
      303,
    );
    expect(await stateOf(care)).toBe('nobody’s');
    const again = await officer.post(paths.newRound(editionId), { name: '2025/26' });
    expect(again.statusCode).toBe(422);
    expect((await writer.get(paths.edition(editionId))).statusCode).toBe(404);
  });

  it('is not there for strangers, nor for posts to which nothing was handed', async () => {
    for (const outsider of [stranger, other, cast.member]) {
      for (const url of [paths.sections(editionId), paths.section(editionId, help.id)]) {
        expect([url, (await outsider.get(url)).statusCode]).toEqual([url, 404]);
      }
      expect((await step(outsider, help, { step: 'submitted' })).statusCode).toBe(404);
      const round = await outsider.post(paths.newRound(editionId), { name: 'Mine' });
      expect([403, 404]).toContain(round.statusCode);
    }
  });
});

it('leaves a log that verifies', async () => {
  const { problems } = await readInAuthority(test.database.db, authority.id, (tx) =>
    verifyChain(tx, authority.id),
  );
  expect(problems).toEqual([]);
});
