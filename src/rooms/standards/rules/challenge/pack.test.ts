import fc from 'fast-check';
import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import { newId, type ChallengeId, type Id } from '#kernel/ids.ts';
import type { IsoDate } from '#kernel/dates.ts';
import type { Paper } from '#platform/documents/paper-blocks.ts';
import { keyOf } from '#platform/db/key-of.ts';
import { readBytes } from '#platform/documents/read/read-bytes.ts';
import { cleanText } from '#platform/documents/read/text.ts';
import { composeDocx } from '#platform/documents/write/word/compose.ts';
import { challengePack } from '../../out/challenge/pack.ts';
import { fillPack, type Filled } from './fill-pack.test-help.ts';
import { exampleSections } from './example-section.test-help.ts';
import { readPackCode, writePackCode } from './pack-code.ts';
import { readPack, type PackReading } from './read-pack.ts';
import { weighPack, type PackGround, type WeighedRow } from './weigh-pack.ts';

const challengeId = newId<'challenge'>();
const sections = exampleSections();
const [domain, narrative] = sections;
const packOf = (id: ChallengeId): Paper =>
  challengePack({
    challenge: {
      id,
      title: 'Peer challenge 2026',
      reviewers: 'Harbour Council',
      asked: 'Look at the front door.',
      opensOn: '2026-03-01' as IsoDate,
      closesOn: '2026-03-31' as IsoDate,
      positionOn: '2026-03-01' as IsoDate,
    },
    authorityName: 'Saltmarsh Borough Council',
    sections,
    madeBy: 'Robin Fenwick',
    madeAt: new Date('2026-03-01T10:00:00Z'),
  });

async function read(paper: Paper): Promise<PackReading> {
  const grid = await readBytes(await composeDocx(paper), 'pack.docx');
  if ('refused' in grid) throw new Error(grid.refused);
  const reading = readPack(grid);
  if ('refused' in reading) throw new Error(reading.refused);
  return reading;
}

const ground = (known: ReadonlySet<string> = new Set(), id = challengeId): PackGround => ({
  challengeId: id,
  sections,
  known,
  keyOf: (words) => keyOf(words),
});
const idsOf = (rows: readonly WeighedRow[]) =>
  new Set(rows.flatMap(({ item }) => item?.submissionId ?? []));

const code = (about: Id<string>, kind: 'strength' | 'question' | 'challenge' | 'verdict', n = 1) =>
  writePackCode(challengeId, about, kind, n);
const firstCriterion = domain.criteria[0];
if (firstCriterion === undefined) throw new Error('The example has no criterion');

describe('the pack of a peer challenge', () => {
  it('shows what was shared: criteria, judgements, what they rest on, the narrative', async () => {
    const bytes = await composeDocx(packOf(challengeId));
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
    for (const words of [
      'Harbour Council',
      'Look at the front door.',
      '1.10 Children are seen alone',
      'Nine of ten visits were on time.',
      'Data: Monthly return, of 31 January 2026',
      'Partially met',
      'Families are met sooner than last year.',
      'Families say that they were listened to',
    ]) {
      expect(value).toContain(words);
    }
  });

  it('brings back any words as they were typed, and changes nothing the second time', async () => {
    const words = fc
      .oneof(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
        fc.constantFrom(
          '=1+1',
          '1.10',
          'a\r\nb',
          '#N/A',
          '- a\n- b',
          'Strength',
          '“quoted”',
          '<b>&amp;</b>',
        ),
      )
      .filter((text) => cleanText(text) !== '');
    const kinds = ['strength', 'question', 'challenge'] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(words, words), { minLength: 9, maxLength: 9 }),
        async (said) => {
          const rows = said.map(([text, by], index) => ({
            code: code(
              (index % 2 === 0 ? domain.id : narrative.id) as Id<string>,
              kinds[index % 3] ?? 'strength',
              1 + Math.floor(index / 6),
            ),
            words: text,
            saidBy: by.slice(0, 60),
          }));
          const reading = await read(
            fillPack(packOf(challengeId), new Map(rows.map((row) => [row.code, row]))),
          );
          const weighed = weighPack(reading, ground());
          expect(weighed.map(({ note }) => note)).toEqual(weighed.map(() => null));
          const expected = rows.map((row) => [readPackCode(row.code)?.kind, cleanText(row.words)]);
          const came = weighed.map(({ row }) => [readPackCode(row.code)?.kind, row.words]);
          expect(came.map(String).sort()).toEqual(expected.map(String).sort());
          const again = weighPack(reading, ground(idsOf(weighed)));
          expect(again.map(({ state }) => state)).toEqual(again.map(() => 'known'));
        },
      ),
      { numRuns: 4 },
    );
  });

  it('reads verdicts by the name of a level, and says which are none', async () => {
    const [, second, third] = domain.criteria;
    const filled = new Map<string, Filled>([
      [
        code(firstCriterion.id, 'verdict'),
        { level: 'fully  MET', words: 'We saw it', saidBy: 'Lead reviewer' },
      ],
      [code(second?.id ?? firstCriterion.id, 'verdict'), { level: 'Splendid' }],
      [code(third?.id ?? firstCriterion.id, 'verdict'), { words: 'We could not tell' }],
    ]);
    const weighed = weighPack(await read(fillPack(packOf(challengeId), filled)), ground());
    expect(weighed.map(({ state }) => state)).toEqual(['new', 'not taken', 'new']);
    expect(weighed[0]?.item).toMatchObject({
      kind: 'verdict',
      criterionId: firstCriterion.id,
      level: 'fully-met',
      words: 'We saw it',
      saidBy: 'Lead reviewer',
    });
    expect(weighed[1]?.note).toContain('Fully met, Partially met');
    expect(weighed[2]?.item).toMatchObject({ level: null, words: 'We could not tell' });
  });

  it('takes rows that were added by their table, and needs their kind', async () => {
    const added: Filled[] = [
      { kind: 'challenge', ref: '1.20', words: 'Why so few?' },
      { kind: '', words: 'No kind' },
    ];
    const weighed = weighPack(
      await read(fillPack(packOf(challengeId), new Map(), added)),
      ground(),
    );
    // Once in the form of the domain, once in that of the narrative, which has no criteria.
    expect(weighed.map(({ state, section }) => [state, section?.title ?? null])).toEqual([
      ['new', domain.title],
      ['not taken', null],
      ['new', narrative.title],
      ['not taken', null],
    ]);
    expect(weighed[0]?.item).toMatchObject({
      kind: 'challenge',
      criterionId: domain.criteria[3]?.id,
    });
    expect(weighed[2]?.item).toMatchObject({ kind: 'challenge', criterionId: null });
  });

  it('takes nothing of another challenge, nor a code that was mistyped, nor what is not shared', async () => {
    const strength = code(domain.id as Id<string>, 'strength');
    const filled = new Map([[strength, { words: 'Good' }]]);
    const reading = await read(fillPack(packOf(challengeId), filled));
    const elsewhere = weighPack(reading, ground(new Set(), newId<'challenge'>()));
    expect(elsewhere).toMatchObject([{ state: 'not taken', item: null }]);
    const unshared = weighPack(reading, { ...ground(), sections: [narrative] });
    expect(unshared).toMatchObject([{ state: 'not taken', item: null }]);
    const [row] = reading.rows;
    if (row === undefined) throw new Error('Nothing was read');
    const last = strength.slice(-3);
    const mistyped = {
      ...row,
      code: `${strength.slice(0, -3)}${last === 'X2-' ? 'Y3-' : 'X2-'}${strength.slice(-1)}`,
    };
    const weighed = weighPack({ rows: [mistyped], problems: [] }, ground());
    expect(weighed).toMatchObject([{ state: 'not taken', item: null }]);
  });

  it('says of a document that is no pack what it is', async () => {
    const paper = packOf(challengeId);
    const other = {
      ...paper,
      blocks: paper.blocks.filter(({ kind }) => kind === 'cover' || kind === 'title'),
    };
    const grid = await readBytes(await composeDocx(other), 'other.docx');
    if ('refused' in grid) throw new Error(grid.refused);
    expect(readPack(grid)).toHaveProperty('refused');
    const empty = await readBytes(await composeDocx(paper), 'empty.docx');
    if ('refused' in empty) throw new Error(empty.refused);
    expect(readPack(empty)).toEqual({ refused: 'Nothing is filled in in this document' });
  });
});
