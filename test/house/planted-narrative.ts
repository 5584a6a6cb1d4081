import type { IsoDate } from '#kernel/dates.ts';
import { newId, type Id } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import type { Actor } from '#people';
import { beginAssessment } from '../../src/rooms/standards/actions/narrative/begin-assessment.ts';
import { findAssessment } from '../../src/rooms/standards/actions/narrative/open-assessment.ts';
import { stepSection } from '../../src/rooms/standards/actions/narrative/step-section.ts';
import {
  noteFigure,
  writeRow,
  writeSection,
} from '../../src/rooms/standards/actions/narrative/write-assessment.ts';

/**
 * A self-assessment with the word in its title, a section, its points, a row and a figure. The
 * section of one that is near was handed to the post that everybody holds.
 */
export async function plantNarrative(
  db: Db,
  actor: Actor,
  on: IsoDate,
  word: string,
  nearPost: string | null,
): Promise<{ assessment: string; narrativeSection: string; row: string; figure: string }> {
  const head = { title: `${word} assessment`, period: `${word} year`, contact: `${word} contact` };
  const submissionId = () => newId<'submission'>();
  const begun = await beginAssessment(db, actor, on, {
    head,
    from: { kind: 'nothing' },
    submissionId: submissionId(),
  });
  if (begun.kind !== 'done') throw new Error(`Not planted: ${JSON.stringify(begun)}`);
  const id = begun.assessmentId;
  const outcomes = [
    await noteFigure(db, actor, on, id, {
      name: 'planted',
      value: `${word} value`,
      asAt: on,
      origin: `${word} return`,
      seenVersion: 0,
    }),
    await writeSection(db, actor, on, id, {
      id: null,
      number: '1',
      title: `${word} section`,
      summary: `${word} summary of {planted}`,
      points: [{ findingId: null, kind: 'strength', words: `${word} strength` }],
      seenVersion: 0,
      seenPoints: new Map(),
      submissionId: submissionId(),
    }),
    await writeRow(db, actor, on, id, {
      id: null,
      kind: 'risk',
      label: `${word} label`,
      words: `${word} risk`,
      dated: null,
      url: null,
      findingId: null,
      sections: '1',
      withdrawn: false,
      seenVersion: 0,
      submissionId: submissionId(),
    }),
  ];
  const { found, post } = await readInAuthority(db, actor.authorityId, async (tx) => ({
    found: await findAssessment(tx, actor, id, on),
    post: await tx
      .selectFrom('party')
      .select('id')
      .where('name', '=', nearPost ?? '')
      .executeTakeFirst(),
  }));
  const section = found?.assessment.sections.find(({ number }) => number === '1');
  const row = found?.assessment.rows[0];
  if (section === undefined || row === undefined || outcomes.some(({ kind }) => kind !== 'done')) {
    throw new Error(`Not planted: ${JSON.stringify(outcomes)}`);
  }
  if (post !== undefined) {
    const handed = await stepSection(db, actor, on, id, section.id, {
      step: 'handed',
      postId: post.id,
      dueOn: on,
      comment: null,
      seenVersion: 0,
    });
    if (handed.kind !== 'done') throw new Error(`Not handed out: ${JSON.stringify(handed)}`);
  }
  return {
    assessment: id,
    narrativeSection: section.id satisfies Id<'section'>,
    row: row.id,
    figure: 'planted',
  };
}
