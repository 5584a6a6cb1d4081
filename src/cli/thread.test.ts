import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { answerFindings } from '#plans';
import { findEdition, startShipped } from '#standards';
import { freshAuthority, testDatabase } from '#test/database.ts';
import { makeSource } from '#test/findings.ts';
import { makePerson } from '#test/people.ts';
import { day, makePlan } from '#test/plans.ts';
import { sightline } from '#test/programs.ts';
import { asUrl } from '#test/serving.ts';

/** "`thread KIND ID --json` prints {item,entries:[{on,kind,text,link}],gaps:[{since,text}]}" */
const { db, keeper, appAddress, keeperAddress } = await testDatabase();
const council = await freshAuthority({ keeper });
const officer = await makePerson(db, council.id, {}, new Date('2026-01-05T09:00:00Z'));
const settings = {
  DATABASE_URL: asUrl(appAddress),
  DATABASE_KEEPER_URL: asUrl(keeperAddress),
};
const begun = day('2026-01-05');
const plan = await makePlan(db, officer, begun, [{ text: 'Visit on time' }]);
const [actionId = newId<'action'>()] = plan.actionIds;
const { findingIds } = await makeSource(db, officer, begun, { title: 'Focused visit' });
const [id] = findingIds;
await answerFindings(db, officer, day('2026-01-12'), { actionId, findingIds });

describe('bin/sightline thread', () => {
  it('tells everything about an item as JSON, and to a person', async () => {
    const json = await sightline(['thread', 'finding', id, '--json'], settings);
    expect([json.code, json.error]).toEqual([0, '']);
    const told = JSON.parse(json.out) as Record<'entries' | 'gaps', Record<string, string>[]>;
    expect(told).toMatchObject({
      item: { kind: 'finding', id, title: 'Recommendation 1 of “Focused visit”' },
    });
    expect(Object.keys(told)).toEqual(['item', 'entries', 'gaps']);
    expect(told.entries.map((entry) => Object.keys(entry))).toEqual(
      told.entries.map(() => ['on', 'kind', 'text', 'link']),
    );
    expect(told.entries).toContainEqual({
      on: '2026-01-12',
      kind: 'link',
      text: 'Recommendation 1 of “Focused visit” is to be answered by “Visit on time” (Improvement plan, 1).',
      link: `/plans/${plan.slug}/actions/${actionId}`,
    });
    expect(told.gaps).toMatchObject([{ since: '2026-01-05' }]);
    expect(told.gaps[0]?.text).toMatch(/no response yet, \d+ working days\.$/);

    const words = await sightline(
      ['thread', 'action', actionId, '--as-at', '2026-01-11'],
      settings,
    );
    expect(words.out).toContain(
      '5 January 2026  “Visit on time” (Improvement plan, 1) was planned.',
    );
    expect(words.out).not.toContain('Focused visit');
  });

  it('tells of a criterion what is missing on it', async () => {
    const started = await startShipped(db, officer, begun, 'adult-safeguarding');
    if (started.kind !== 'done') throw new Error(started.kind);
    const picture = await readInAuthority(db, council.id, (tx) =>
      findEdition(tx, officer, started.editionId, begun),
    );
    const criterion = picture?.edition.domains[0]?.criteria[0];
    const asked = ['thread', 'criterion', criterion?.id ?? '', '--as-at', '2026-01-12', '--json'];
    const { code, out } = await sightline(asked, settings);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      item: { kind: 'criterion', id: criterion?.id },
      entries: [],
      gaps: [
        {
          since: '2026-01-05',
          text: expect.stringMatching(
            /in use since 5 January 2026; nobody has judged it, 5 working days\.$/,
          ) as string,
        },
      ],
    });
  });

  it('refuses in words what is not there, what is no id, and what is restricted', async () => {
    const restricted = await makeSource(db, officer, begun, { classification: 'restricted' });
    for (const [given, said] of [
      [newId(), 'There is no finding'],
      ['two', '“two” is no id'],
      [restricted.findingIds[0], 'What is restricted is read in the program'],
    ] as const) {
      const { code, error } = await sightline(['thread', 'finding', given], settings);
      expect([code, error]).toEqual([2, expect.stringContaining(said)]);
    }
  });
});
