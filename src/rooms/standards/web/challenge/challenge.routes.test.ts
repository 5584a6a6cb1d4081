import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, type IsoDate } from '#kernel/dates.ts';
import { newId, type ChallengeId, type Id } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { composeDocx } from '#platform/documents/write/word/compose.ts';
import { linksOf, readFindings } from '#findings';
import { recordFacts, verifyChain } from '#people';
import { testApp } from '#test/app.ts';
import { setUpChallenge } from '../../actions/challenge/set-up-challenge.ts';
import { challengePack } from '../../out/challenge/pack.ts';
import { fillPack } from '../../rules/challenge/fill-pack.test-help.ts';
import { writePackCode } from '../../rules/challenge/pack-code.ts';
import type { Challenge } from '../../rules/challenge/picture.ts';
import { appendJudgements } from '../../store/append.ts';
import { readChallenge } from '../../store/challenge/read.ts';
import { readShared } from '../../store/challenge/shared.ts';
import { readVerdicts } from '../../store/read-judgements.ts';
import { setScene, today, type Person } from './challenge.test-help.ts';
import { challengePaths as paths } from './paths.ts';

/** Ten minutes before midnight: what ends today ends within a session. */
const evening = new Date('2026-03-04T23:50:00Z');
const tomorrow = new Date('2026-03-05T00:10:00Z');
const test = await testApp(evening);
const { db } = test.database;
const scene = await setScene(test);
const { authority, officer, guest, other, lead, stranger, standards } = scene;

beforeAll(() => {
  test.clock.now = evening;
});

let made = 0;
async function setUp(): Promise<ChallengeId> {
  made += 1;
  const outcome = await setUpChallenge(db, officer.actor, today, {
    title: `Peer challenge ${made}`,
    reviewers: 'Harbour Council',
    asked: 'Look at the front door.',
    opensOn: today,
    closesOn: addDays(today, 20),
    shared: [
      { kind: 'domain', id: standards.shared.id },
      { kind: 'narrative', id: standards.narrative },
    ],
    submissionId: newId<'submission'>(),
  });
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.challengeId;
}

const read = (id: ChallengeId, asAt: IsoDate = today) =>
  readInAuthority(db, authority.id, async (tx) => {
    const challenge = await readChallenge(tx, authority.id, id, { asAt });
    if (challenge === null) throw new Error('There is no such challenge');
    return challenge;
  });
const itemsOf = async (id: ChallengeId): Promise<Challenge['items']> => (await read(id)).items;
const boxes = (name: string, on: IsoDate) => {
  const [year = '', month = '', day = ''] = on.split('-');
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
};
const share = (id: ChallengeId, who: Person = guest, until: IsoDate = today) =>
  officer.post(paths.guests(id), {
    guest: who.actor.userId,
    reason: 'To challenge the front door',
    ...boxes('until', until),
  });
const say = (
  id: ChallengeId,
  fields: Record<string, string>,
  section: string = standards.shared.id,
) =>
  officer.post(paths.say(id, section), {
    criterion: '',
    level: '',
    words: '',
    saidBy: '',
    ...fields,
  });
const chainProblems = async () =>
  (await readInAuthority(db, authority.id, (tx) => verifyChain(tx, authority.id))).problems;

describe('a challenge as it is set up', () => {
  it('shares what was chosen, and is a source of the register', async () => {
    const page = await officer.get(paths.setUp());
    expect(page.body).toContain('Help and protection');
    expect(page.body).toContain('8. Early help');
    const fields = {
      title: 'Front door 2026',
      reviewers: 'Harbour Council',
      asked: '',
      ...boxes('opens', today),
      ...boxes('closes', addDays(today, 10)),
      submission_id: newId(),
    };
    const without = await officer.post(paths.setUp(), fields);
    expect(without.statusCode).toBe(422);
    expect(without.body).toContain('Choose at least one section to share');
    const filled = { ...fields, shared: [`domain:${standards.shared.id}`] };
    const answer = await officer.post(paths.setUp(), filled);
    expect(answer.statusCode).toBe(303);
    // The same form sent twice makes one.
    const again = await officer.post(paths.setUp(), filled);
    expect(again.headers.location).toBe(answer.headers.location);
    const shown = await officer.get(String(answer.headers.location));
    expect(shown.body).toContain('The reviewers have said nothing yet.');
    expect(shown.body).toContain('Help and protection');
    expect(shown.body).not.toContain('Leadership');
    const taken = await officer.post(paths.setUp(), { ...filled, submission_id: newId() });
    expect(taken.statusCode).toBe(422);
    expect(taken.body).toContain('stands in the register already');
  });

  it('is not there for another council, nor for who may not read it', async () => {
    const id = await setUp();
    const urls = [
      paths.challenge(id),
      paths.section(id, standards.shared.id),
      paths.guests(id),
      paths.packs(id),
      paths.pack(id),
      paths.change(id),
      paths.say(id, standards.shared.id),
    ];
    for (const who of [stranger, lead, guest]) {
      const answers = await Promise.all(urls.map((url) => who.get(url)));
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(urls.map(() => 404));
      expect((await who.get(paths.list())).body).not.toContain(id);
    }
  });
});

describe('a guest of a challenge', () => {
  it('reads what was shared, section by section, and nothing else, until the day after the last', async () => {
    const id = await setUp();
    const elsewhere = await setUp();
    expect((await share(id)).statusCode).toBe(303);
    expect((await guest.get(paths.list())).body).toContain(`href="${paths.challenge(id)}"`);
    const page = await guest.get(paths.challenge(id));
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Help and protection');
    const section = await guest.get(paths.section(id, standards.shared.id));
    expect(section.body).toContain('Our judgement number 1');
    expect(section.body).toContain('Audit of visits');
    // What is restricted in the register is not named.
    expect(section.body).not.toContain('small numbers');
    const narrative = await guest.get(paths.section(id, standards.narrative));
    expect(narrative.body).toContain('Families are met sooner');
    expect(narrative.body).toContain('Families say that they were listened to');

    const hidden = [
      paths.section(id, standards.unshared.id),
      paths.challenge(elsewhere),
      paths.section(elsewhere, standards.shared.id),
      paths.guests(id),
      paths.packs(id),
      paths.pack(id),
      paths.change(id),
      paths.withdraw(id),
      paths.say(id, standards.shared.id),
      paths.setUp(),
    ];
    const refused = await Promise.all(hidden.map((url) => guest.get(url)));
    expect(refused.map(({ statusCode }) => statusCode)).toEqual(hidden.map(() => 404));
    expect((await guest.get(paths.list())).body).not.toContain(elsewhere);
    const written = await guest.post(paths.say(id, standards.shared.id), {
      kind: 'strength',
      words: 'I may not',
    });
    expect(written.statusCode).toBe(404);
    // The same section, for a reviewer who was not named.
    expect((await other.get(paths.challenge(id))).statusCode).toBe(404);

    test.clock.now = tomorrow;
    try {
      expect((await guest.get(paths.challenge(id))).statusCode).toBe(404);
      expect((await guest.get(paths.section(id, standards.shared.id))).statusCode).toBe(404);
      expect((await guest.get(`${paths.challenge(id)}?as-at=${today}`)).statusCode).toBe(404);
      expect((await guest.get(paths.list())).body).not.toContain(id);
    } finally {
      test.clock.now = evening;
    }
  });

  it('is named for 14 days at most, and not beyond the last day of the challenge', async () => {
    const id = await setUp();
    expect((await share(id, guest, addDays(today, 14))).statusCode).toBe(422);
    expect((await share(id, guest, addDays(today, 13))).statusCode).toBe(303);
    const short = await setUp();
    const { title, reviewers } = await read(short);
    const changed = await officer.post(paths.change(short), {
      title,
      reviewers,
      asked: '',
      seen: '1',
      ...boxes('opens', today),
      ...boxes('closes', addDays(today, 2)),
      shared: `domain:${standards.shared.id}`,
    });
    expect(changed.statusCode).toBe(303);
    expect((await share(short, guest, addDays(today, 3))).statusCode).toBe(422);
    expect((await share(short, guest, addDays(today, 2))).statusCode).toBe(303);
  });

  it('reads nothing of what was taken back or withdrawn', async () => {
    const id = await setUp();
    await share(id);
    const grants = await officer.get(paths.guests(id));
    const grant = /name="id" value="([^"]+)"/.exec(grants.body)?.[1] ?? '';
    expect((await officer.post(paths.withdrawGuest(id), { id: grant })).statusCode).toBe(303);
    expect((await guest.get(paths.challenge(id))).statusCode).toBe(404);
    await share(id, other);
    expect((await other.get(paths.challenge(id))).statusCode).toBe(200);
    expect((await officer.post(paths.withdraw(id), { reason: '' })).statusCode).toBe(422);
    expect((await officer.post(paths.withdraw(id), { reason: 'Put off' })).statusCode).toBe(303);
    expect((await other.get(paths.challenge(id))).statusCode).toBe(404);
    expect((await officer.get(paths.challenge(id))).body).toContain('Withdrawn: Put off');
  });

  it('reads the position of the day it was set up, and not what was written since', async () => {
    const id = await setUp();
    await share(id, guest, addDays(today, 5));
    test.clock.now = tomorrow;
    try {
      await inAuthority(db, authority.id, async (tx) => {
        const writing = {
          authority: authority.id,
          by: officer.actor.userId,
          effectiveOn: addDays(today, 1),
        };
        const { written } = await appendJudgements(tx, writing, [
          {
            criterionId: standards.shared.criteria[0] as Id<'criterion'>,
            version: 2,
            progress: 'done',
            level: 'not-met',
            result: null,
            howMet: 'Written the day after',
            whyNot: null,
            whatNext: null,
            due: null,
            leadIds: [],
            restsOn: [],
          },
        ]);
        await recordFacts(tx, officer.actor.userId, 'judged', written);
      });
      const section = await guest.get(paths.section(id, standards.shared.id));
      expect(section.body).toContain('Our judgement number 1');
      expect(section.body).not.toContain('Written the day after');
    } finally {
      test.clock.now = evening;
    }
  });
});

describe('what reviewers say', () => {
  it('is written in to the letter, answered, and told by a sentence', async () => {
    const id = await setUp();
    const words = '“Why   so few?”\n<b>Really</b>';
    expect((await say(id, { kind: 'challenge', words: '' })).statusCode).toBe(422);
    expect((await say(id, { kind: 'challenge', words, saidBy: 'Lead reviewer' })).statusCode).toBe(
      303,
    );
    await say(id, { kind: 'question', words: 'How many?' }, standards.narrative);
    const [challenge, question] = await itemsOf(id);
    expect(challenge).toMatchObject({ words, saidBy: 'Lead reviewer', kind: 'challenge' });
    const page = await officer.get(paths.challenge(id));
    expect(page.body).toContain('2 said: 0 answered, 2 wait for an answer.');
    expect(page.body).toContain('&lt;b&gt;Really');

    const item = paths.item(id, challenge?.id ?? '');
    const bare = await officer.post(item, { seen: '0', decision: 'not accepted', words: '' });
    expect(bare.statusCode).toBe(422);
    expect(bare.body).toContain('Say why it is not accepted whole');
    const noted = await officer.post(item, { seen: '0', decision: 'noted', words: 'Thank you' });
    expect(noted.statusCode).toBe(422);
    const answered = { seen: '0', decision: 'partly accepted', words: 'From June' };
    expect((await officer.post(item, answered)).statusCode).toBe(303);
    expect((await officer.post(item, { ...answered, words: 'Mine' })).statusCode).toBe(409);
    expect(
      (await officer.post(item, { ...answered, seen: '1', words: 'From July' })).statusCode,
    ).toBe(303);
    expect((await itemsOf(id))[0]?.answers.map((one) => one.words)).toEqual([
      'From June',
      'From July',
    ]);
    expect((await officer.get(paths.challenge(id))).body).toContain(
      '2 said: 1 answered, 1 waits for an answer.',
    );
    const asked = paths.item(id, question?.id ?? '');
    const empty = await officer.post(asked, { seen: '0', decision: 'noted', words: '' });
    expect(empty.statusCode).toBe(422);
    for (const who of [stranger, lead, guest]) {
      expect((await who.post(item, { ...answered, seen: '2' })).statusCode).toBe(404);
    }
    expect(await chainProblems()).toEqual([]);
  });

  it('becomes a finding in their own words, with the answer as the response, once', async () => {
    const id = await setUp();
    const [criterion = ''] = standards.shared.criteria;
    await say(id, { kind: 'challenge', words: 'Visits are late', criterion });
    const [item] = await itemsOf(id);
    const url = paths.item(id, item?.id ?? '');
    await officer.post(url, { seen: '0', decision: 'accepted', words: '' });
    const make = () => officer.post(paths.makeFinding(id, item?.id ?? ''));
    expect((await lead.post(paths.makeFinding(id, item?.id ?? ''))).statusCode).toBe(404);
    expect((await make()).statusCode).toBe(303);
    expect((await make()).statusCode).toBe(303);
    const { sourceId } = await read(id);
    const { findings, links } = await readInAuthority(db, authority.id, async (tx) => {
      const found = await readFindings(tx, authority.id, today, { sourceIds: [sourceId] });
      return { findings: found, links: await linksOf(tx, authority.id, [criterion], today) };
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      kind: 'area for development',
      words: 'Visits are late',
      response: { answer: 'accepted' },
      source: { kind: 'peer challenge', body: 'Harbour Council' },
    });
    expect(links.map(({ from, relation }) => [from.id, relation])).toEqual([
      [findings[0]?.id, 'bears on'],
    ]);
    await officer.post(url, { seen: '1', decision: 'not accepted', words: 'They are not' });
    const after = await readInAuthority(db, authority.id, (tx) =>
      readFindings(tx, authority.id, today, { sourceIds: [sourceId] }),
    );
    expect(after[0]?.response).toMatchObject({ answer: 'not accepted', reason: 'They are not' });
    expect(
      (await officer.post(paths.takeBack(id, item?.id ?? ''), { reason: 'No' })).statusCode,
    ).toBe(422);
    expect(await chainProblems()).toEqual([]);
  });

  it('keeps one verdict of a challenge on a criterion: the last', async () => {
    const id = await setUp();
    const [, criterion = ''] = standards.shared.criteria;
    const verdict = { kind: 'verdict', criterion };
    expect((await say(id, { kind: 'verdict', level: 'fully-met' })).statusCode).toBe(422);
    expect((await say(id, { ...verdict, level: 'splendid' })).statusCode).toBe(422);
    await say(id, { ...verdict, level: 'fully-met' });
    await say(id, { ...verdict, level: 'not-met', words: 'We looked again' });
    const verdicts = await readInAuthority(db, authority.id, (tx) =>
      readVerdicts(tx, authority.id, [criterion as Id<'criterion'>], { asAt: today }),
    );
    expect(verdicts).toMatchObject([{ whose: 'peer', level: 'not-met', words: 'We looked again' }]);
    expect((await itemsOf(id)).map(({ level }) => level)).toEqual(['not-met']);
    // It is no verdict's business to be answered.
    expect((await officer.get(paths.challenge(id))).body).toContain('said nothing yet');
    expect(await chainProblems()).toEqual([]);
  });
});

describe('the Word pack', () => {
  async function filledPack(id: ChallengeId, saying = 'They see children alone') {
    const challenge = await read(id);
    const sections = await readInAuthority(db, authority.id, (tx) =>
      readShared(tx, authority.id, challenge.shared, challenge.positionOn),
    );
    const paper = challengePack({
      challenge,
      authorityName: authority.name,
      sections,
      madeBy: 'Robin Fenwick',
      madeAt: evening,
    });
    const [criterion = ''] = standards.shared.criteria;
    return await composeDocx(
      fillPack(
        paper,
        new Map([
          [writePackCode(id, standards.shared.id, 'strength', 1), { words: saying }],
          [writePackCode(id, standards.narrative, 'challenge', 2), { words: 'Who decides?' }],
          [writePackCode(id, criterion, 'verdict', 1), { level: 'Not met', words: 'Too few' }],
        ]),
      ),
    );
  }
  const bring = (id: ChallengeId, bytes: Uint8Array, who: Person = officer, name = 'pack.docx') =>
    who.postFile(paths.packs(id), {}, { name, bytes });

  it('goes out with what was shared alone', async () => {
    const id = await setUp();
    const answer = await officer.get(paths.pack(id));
    expect(answer.statusCode).toBe(200);
    const grid = await readDocument(answer.rawPayload, 'pack.docx');
    if ('refused' in grid) throw new Error(grid.refused);
    const text = JSON.stringify(grid);
    expect(text).toContain('Our judgement number 1');
    expect(text).not.toContain('Our judgement number 3');
    expect(text).not.toContain('small numbers');
  });

  it('comes back with a preview, is taken in once, and changes nothing the second time', async () => {
    const id = await setUp();
    const pack = await filledPack(id);
    const sent = await bring(id, pack);
    expect(sent.statusCode).toBe(303);
    const preview = String(sent.headers.location);
    const page = await officer.get(preview);
    expect(page.body).toContain('3 rows are filled in: 3 are new.');
    expect(page.body).toContain('They see children alone');
    expect(await itemsOf(id)).toEqual([]);
    expect((await stranger.get(preview)).statusCode).toBe(404);
    expect((await officer.post(preview)).statusCode).toBe(303);
    const items = await itemsOf(id);
    expect(items.map(({ kind, words, level }) => [kind, words, level]).sort()).toEqual([
      ['challenge', 'Who decides?', null],
      ['strength', 'They see children alone', null],
      ['verdict', 'Too few', 'not-met'],
    ]);
    expect((await officer.post(preview)).statusCode).toBe(303);
    const twice = String((await bring(id, pack)).headers.location);
    expect((await officer.get(twice)).body).toContain('3 rows are filled in: nothing is new');
    await officer.post(twice);
    expect((await itemsOf(id)).map((one) => one.id)).toEqual(items.map((one) => one.id));
    // Other words in the same row are something more that was said.
    const third = String(
      (await bring(id, await filledPack(id, 'And they write it down'))).headers.location,
    );
    await officer.post(third);
    expect(await itemsOf(id)).toHaveLength(4);
    expect(await chainProblems()).toEqual([]);
  });

  it('is left without a trace, and nothing of another challenge is accepted', async () => {
    const id = await setUp();
    const elsewhere = await setUp();
    const preview = String((await bring(id, await filledPack(elsewhere))).headers.location);
    const page = await officer.get(preview);
    expect(page.body).toContain('3 rows are filled in: nothing is new, 3 cannot be taken.');
    await officer.post(preview);
    expect(await itemsOf(id)).toEqual([]);
    const own = String((await bring(id, await filledPack(id))).headers.location);
    expect((await officer.post(`${own}/leave`)).statusCode).toBe(303);
    expect((await officer.get(own)).statusCode).toBe(404);
    expect((await officer.post(own)).statusCode).toBe(404);
    expect(await itemsOf(id)).toEqual([]);
  });

  it('is refused where it is no Word document, or comes from who may not bring it', async () => {
    const id = await setUp();
    const text = new TextEncoder().encode('ID,What you say\nX,Hello\n');
    const csv = await bring(id, text, officer, 'pack.csv');
    expect(csv.statusCode).toBe(422);
    expect(csv.body).toContain('Choose the Word document');
    const broken = await bring(id, text, officer, 'pack.docx');
    expect(broken.statusCode).toBe(422);
    await share(id);
    const pack = await filledPack(id);
    for (const who of [guest, lead, stranger]) {
      expect((await bring(id, pack, who)).statusCode).toBe(404);
    }
  });
});
