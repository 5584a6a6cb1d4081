import { describe, expect, it } from 'vitest';
import { readInAuthority } from '#platform/db/authority.ts';
import { verifyChain } from '#people';
import { testApp } from '#test/app.ts';
import {
  criterionIn,
  day,
  hidden,
  judgeAs,
  pictureOf,
  setCast,
  wordsOf,
} from './cast.test-help.ts';
import { paths } from './paths.ts';

const test = await testApp();
const cast = await setCast(test);
const { officer, colleague, writer, member, stranger, editionId } = cast;
const refOf = async (ref: string) => criterionIn(await pictureOf(test, cast), ref);

const form = {
  version: '0',
  progress: 'in review',
  level: 'partially-met',
  result: 'minor gap',
  how: 'Visits are recorded.',
  why: 'Two teams record late.',
  next: 'Weekly report to team managers.',
  due: '30 June 2026',
  leads: ['Service Manager, Children in Care'],
  'rest-1-kind': 'data',
  'rest-1-words': 'Visits within timescale, 41 of 52',
  'rest-1-dated': '31 January 2026',
};

describe('judging a criterion', () => {
  it('keeps the three axes apart and shows all columns, with what it rests on and how old that is', async () => {
    const id = await refOf('2.3');
    const saved = await officer.post(paths.judge(id), form);
    expect(saved.statusCode).toBe(303);
    const page = wordsOf(await officer.get(paths.criterion(id)));
    for (const words of [
      'Partially met',
      'In review',
      'Minor gap',
      'Visits are recorded.',
      'Two teams record late.',
      'Weekly report to team managers.',
      '30 June 2026',
      'Service Manager, Children in Care',
      'Visits within timescale, 41 of 52',
      '32 days old',
      'Not there: audit of practice, voice of children, families or adults and somebody outside the service',
    ]) {
      expect(page).toContain(words);
    }
  });

  it('appends: the judgement before stays, and stands on the days before', async () => {
    const id = await refOf('1.1');
    await judgeAs(
      test,
      officer,
      id,
      { level: 'not-met', whyNot: 'No offer yet' },
      day('2025-09-01'),
    );
    const again = await officer.get(paths.judge(id));
    const saved = await officer.post(paths.judge(id), {
      ...form,
      version: hidden(again, 'version'),
      level: 'fully-met',
    });
    expect(saved.statusCode).toBe(303);
    const now = await pictureOf(test, cast);
    expect(now.judgements.get(id)).toMatchObject({ level: 'fully-met', version: 2 });
    const then = await pictureOf(test, cast, day('2025-12-31'));
    expect(then.judgements.get(id)).toMatchObject({ level: 'not-met', version: 1 });
    const page = wordsOf(await officer.get(paths.criterion(id)));
    expect(page).toContain('What we said before');
    expect(page).toContain('No offer yet');
  });

  it('shows both texts to whoever is second, and keeps what they typed', async () => {
    const id = await refOf('2.4');
    expect((await officer.post(paths.judge(id), form)).statusCode).toBe(303);
    const second = await colleague.post(paths.judge(id), {
      ...form,
      how: 'Health checks are on time.',
    });
    expect(second.statusCode).toBe(409);
    const words = wordsOf(second);
    expect(words).toContain('Saved by Robin Fenwick');
    expect(words).toContain('Health checks are on time.');
    const third = await colleague.post(paths.judge(id), {
      ...form,
      how: 'Health checks are on time.',
      version: hidden(second, 'version'),
    });
    expect(third.statusCode).toBe(303);
    const { judgements } = await pictureOf(test, cast);
    expect(judgements.get(id)).toMatchObject({ version: 2, howMet: 'Health checks are on time.' });
  });

  it('writes nothing when the same form is sent twice', async () => {
    const id = await refOf('2.5');
    await officer.post(paths.judge(id), form);
    expect((await officer.post(paths.judge(id), form)).statusCode).toBe(303);
    expect((await pictureOf(test, cast)).judgements.get(id)?.version).toBe(1);
  });

  it('says what is wrong beside the field and keeps the rest', async () => {
    const id = await refOf('2.6');
    const answer = await officer.post(paths.judge(id), {
      ...form,
      'rest-1-dated': '31 December 2026',
      'rest-2-words': 'An audit of twelve files',
      'rest-3-kind': 'external',
      'rest-3-source': 'An inspection that nobody registered',
    });
    expect(answer.statusCode).toBe(422);
    const words = wordsOf(answer);
    expect(words).toContain('31 December 2026 is in the future');
    expect(words).toContain('Say what kind of thing number 2 is');
    expect(words).toContain('No source here is called');
    expect(words).toContain('Two teams record late.');
    expect((await pictureOf(test, cast)).judgements.has(id)).toBe(false);
  });

  it('flags fully met on the service’s own word alone', async () => {
    const id = await refOf('3.1');
    await judgeAs(test, officer, id, { level: 'fully-met' });
    expect(wordsOf(await officer.get(paths.criterion(id)))).toContain('own word alone');
    const listed = wordsOf(await officer.get(`${paths.edition(editionId)}?rests=own-word`));
    expect(listed).toContain('3.1');
    expect(listed).not.toContain('Advisers know'); // descriptors are no part of the list
    expect(listed).not.toContain('Pathway plans are written');
  });

  it('counts in the first sentence of the edition', async () => {
    const page = wordsOf(await officer.get(paths.edition(editionId)));
    expect(page).toMatch(
      /20 criteria\. \d+ (is|are) fully met, \d+ partially met, \d+ not judged\./,
    );
  });
});

describe('who may', () => {
  it('is nobody of another council, no member, and no post without a section', async () => {
    const id = await refOf('1.2');
    for (const outsider of [stranger, member, writer]) {
      for (const url of [paths.edition(editionId), paths.criterion(id), paths.judge(id)]) {
        expect([url, (await outsider.get(url)).statusCode]).toEqual([url, 404]);
      }
      const posted = await outsider.post(paths.judge(id), form);
      expect(posted.statusCode).toBe(404);
    }
    expect((await pictureOf(test, cast)).judgements.has(id)).toBe(false);
  });
});

describe('what others said', () => {
  it('stands beside our own verdict by year, and says what is contested', async () => {
    const id = await refOf('4.1');
    await judgeAs(test, officer, id, { level: 'fully-met', restsOn: [] });
    const answer = await officer.post(paths.verdict(id), {
      whose: 'inspection',
      level: 'partially-met',
      words: 'Leaders do not yet know the quality of practice well enough.',
      'said-day': '12',
      'said-month': '11',
      'said-year': '2025',
      source: '',
    });
    expect(answer.statusCode).toBe(303);
    const page = wordsOf(await officer.get(paths.criterion(id)));
    expect(page).toContain('2025/26');
    expect(page).toContain('An inspection said otherwise than we do');
    expect(page).toContain('Leaders do not yet know');
    const body = (await officer.get(paths.criterion(id))).body;
    const verdict = hidden({ body }, 'verdict');
    const back = await officer.post(paths.takeVerdictBack(id), {
      verdict,
      reason: 'Another criterion',
    });
    expect(back.statusCode).toBe(303);
    expect(wordsOf(await officer.get(paths.criterion(id)))).not.toContain(
      'Leaders do not yet know',
    );
  });

  it('is written down by nobody of another council', async () => {
    const id = await refOf('4.2');
    const answer = await stranger.post(paths.verdict(id), { whose: 'peer', level: 'not-met' });
    expect(answer.statusCode).toBe(404);
  });
});

it('leaves a log that verifies', async () => {
  const { problems } = await readInAuthority(test.database.db, cast.authority.id, (tx) =>
    verifyChain(tx, cast.authority.id),
  );
  expect(problems).toEqual([]);
});
