import type { AuthorityId, EditionId, PartyId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { AssessmentRound, SectionStep } from '../rules/picture.ts';
import { knownBy, type Until } from './until.ts';

/** The self-assessments against these editions by a day, the newest first. */
export async function readRounds(
  tx: Tx,
  authority: AuthorityId,
  editionIds: readonly EditionId[],
  until: Until,
): Promise<AssessmentRound[]> {
  return await tx
    .selectFrom('assessment_round')
    .select([
      'id',
      'edition_id as editionId',
      'name',
      'effective_on as openedOn',
      'recorded_at as recordedAt',
    ])
    .where('authority_id', '=', authority)
    .where('edition_id', '=', anyOf(editionIds))
    .where('effective_on', '<=', until.asAt)
    .where('recorded_at', '<=', knownBy(until))
    .orderBy('effective_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .execute();
}

/** Every step of these sections by a day, the first one first. */
export async function readSectionSteps(
  tx: Tx,
  authority: AuthorityId,
  sectionIds: readonly string[],
  until: Until,
): Promise<SectionStep[]> {
  return await stepRows(tx, authority, until).where('section_id', '=', anyOf(sectionIds)).execute();
}

/** The sections that were ever handed to one of these posts by a day, with all their steps. */
export async function readStepsOfPosts(
  tx: Tx,
  authority: AuthorityId,
  postIds: readonly PartyId[],
  until: Until,
): Promise<SectionStep[]> {
  return await stepRows(tx, authority, until)
    .where('section_id', 'in', (make) =>
      make
        .selectFrom('section_step as handed')
        .select('handed.section_id')
        .where('handed.authority_id', '=', authority)
        .where('handed.post_id', '=', anyOf(postIds)),
    )
    .execute();
}

function stepRows(tx: Tx, authority: AuthorityId, until: Until) {
  return tx
    .selectFrom('section_step')
    .select([
      'section_kind as sectionKind',
      'section_id as sectionId',
      'round_id as roundId',
      'version',
      'effective_on as effectiveOn',
      'recorded_at as recordedAt',
      'recorded_by as by',
      'step',
      'post_id as postId',
      'due_on as dueOn',
      'comment',
      'content_hash as contentHash',
    ])
    .where('authority_id', '=', authority)
    .where('effective_on', '<=', until.asAt)
    .where('recorded_at', '<=', knownBy(until))
    .orderBy('section_id')
    .orderBy('version');
}
