import type { IsoDate } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import type { Actor } from '#people';
import { findEdition, judge, metLevels } from '#standards';
import { loadReading } from '../../src/rooms/standards/actions/frameworks.ts';
import { sayVerdict } from '../../src/rooms/standards/actions/say-verdict.ts';
import { openRound, takeStep } from '../../src/rooms/standards/actions/sections.ts';

/** One of a person's acts that must have gone well for the test to mean anything. */
function done<Outcome extends { kind: string }>(
  outcome: Outcome,
): Extract<Outcome, { kind: 'done' }> {
  if (outcome.kind !== 'done') throw new Error(`Not planted: ${JSON.stringify(outcome)}`);
  return outcome as Extract<Outcome, { kind: 'done' }>;
}

/**
 * A framework with a criterion that was judged, the word in every text of them. The section of one
 * that is near was handed to the post that everybody holds.
 */
export async function plantStandards(
  db: Db,
  actor: Actor,
  on: IsoDate,
  word: string,
  nearPost: string | null,
): Promise<{ edition: string; domain: string; criterion: string; judgement: string }> {
  const { authorityId } = actor;
  const criterion = {
    where: 'line 1',
    ref: `${word} 1.1`,
    text: `${word} is asked`,
    descriptors: { 'fully-met': `${word} looks so` },
  };
  const reading = {
    title: `${word} framework`,
    label: `${word} edition`,
    publisher: `${word} publisher`,
    publishedOn: on,
    note: `${word} note`,
    levels: metLevels.map((level) => ({ ...level, meaning: `${word} level` })),
    domains: [
      { where: 'line 1', ref: `${word} 1`, title: `${word} domain`, criteria: [criterion] },
    ],
    problems: [],
  };
  const { editionId } = done(
    await inAuthority(db, authorityId, (tx) => loadReading(tx, actor, on, reading, null)),
  );
  const found = await readInAuthority(db, authorityId, async (tx) => ({
    picture: await findEdition(tx, actor, editionId, on),
    post: await tx
      .selectFrom('party')
      .select('id')
      .where('name', '=', nearPost ?? '')
      .executeTakeFirst(),
  }));
  const domain = found.picture?.edition.domains[0];
  const criterionId = domain?.criteria[0]?.id;
  if (domain === undefined || criterionId === undefined) throw new Error('No criterion is planted');
  done(
    await judge(db, actor, on, criterionId, 0, {
      progress: 'in progress',
      level: 'partially-met',
      result: 'minor gap',
      howMet: `${word} is how`,
      whyNot: `${word} is why`,
      whatNext: `${word} is next`,
      due: { asWritten: `when ${word} is done`, from: null, to: null, precision: 'none' },
      leads: [],
      restsOn: [
        {
          kind: 'data',
          words: `${word} counted`,
          datedOn: on,
          evidenceId: null,
          sourceId: null,
          findingId: null,
        },
      ],
    }),
  );
  const said = { whose: 'peer', level: 'not-met', words: `${word} seen`, saidOn: on } as const;
  done(await sayVerdict(db, actor, on, criterionId, { ...said, sourceId: null }));
  done(await openRound(db, actor, on, editionId, `${word} self-assessment`));
  const postId = found.post === undefined ? null : parseId<'party'>(found.post.id);
  if (postId !== null) {
    const handed = { step: 'handed', postId, dueOn: on, comment: `${word}, please` } as const;
    done(await takeStep(db, actor, on, editionId, domain.id, 0, handed));
  }
  const judged = await readInAuthority(db, authorityId, (tx) =>
    findEdition(tx, actor, editionId, on),
  );
  const judgement = judged?.judgements.get(criterionId)?.id;
  if (judgement === undefined) throw new Error('No judgement is planted');
  return { edition: editionId, domain: domain.id, criterion: criterionId, judgement };
}
