import type { AuthorityId, ChallengeId, Id } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type {
  Answer,
  Challenge,
  ChallengeItem,
  ChallengeItemId,
} from '../../rules/challenge/picture.ts';
import { knownBy, type Until } from '../until.ts';
import '../tables.ts';

/**
 * The challenges of an authority as at a day, or these alone, the newest first, with what was said
 * and answered: each table is asked once. Who may read them is not asked here.
 */
export async function readChallenges(
  tx: Tx,
  authority: AuthorityId,
  until: Until,
  only?: readonly ChallengeId[],
): Promise<Challenge[]> {
  let query = tx
    .selectFrom('challenge')
    .innerJoin('challenge_version as version', (join) =>
      join
        .onRef('version.authority_id', '=', 'challenge.authority_id')
        .onRef('version.challenge_id', '=', 'challenge.id'),
    )
    .distinctOn('challenge.id')
    .select([
      'challenge.id',
      'challenge.source_id as sourceId',
      'version.id as versionId',
      'version.version',
      'version.title',
      'version.reviewers',
      'version.asked',
      'version.opens_on as opensOn',
      'version.closes_on as closesOn',
      'version.position_on as positionOn',
      'version.withdrawn',
      'version.reason',
    ])
    .where('challenge.authority_id', '=', authority)
    .where('version.effective_on', '<=', until.asAt)
    .where('version.recorded_at', '<=', knownBy(until))
    .orderBy('challenge.id')
    .orderBy('version.effective_on', 'desc')
    .orderBy('version.version', 'desc');
  if (only !== undefined) query = query.where('challenge.id', '=', anyOf(only));
  const rows = await query.execute();
  if (rows.length === 0) return [];
  const shared = await tx
    .selectFrom('challenge_shared')
    .select(['challenge_version_id as versionId', 'section_kind as kind', 'section_id as id'])
    .where('authority_id', '=', authority)
    .where('challenge_version_id', '=', anyOf(rows.map(({ versionId }) => versionId)))
    .orderBy('section_id')
    .execute();
  const items = await readItems(
    tx,
    authority,
    until,
    rows.map(({ id }) => id),
  );
  return rows
    .map(({ versionId, ...row }) => ({
      ...row,
      shared: shared
        .filter((one) => one.versionId === versionId)
        .map(({ kind, id }) => ({ kind, id })),
      items: items.get(row.id) ?? [],
    }))
    .sort((a, b) => (a.opensOn < b.opensOn || (a.opensOn === b.opensOn && a.id < b.id) ? 1 : -1));
}

/** One challenge as at a day, or null. */
export async function readChallenge(
  tx: Tx,
  authority: AuthorityId,
  id: ChallengeId,
  until: Until,
): Promise<Challenge | null> {
  return (await readChallenges(tx, authority, until, [id]))[0] ?? null;
}

/** The challenge that a form made before, or null. */
export async function challengeOfSubmission(
  tx: Tx,
  authority: AuthorityId,
  submissionId: Id<'submission'>,
): Promise<ChallengeId | null> {
  const row = await tx
    .selectFrom('challenge')
    .select('id')
    .where('authority_id', '=', authority)
    .where('submission_id', '=', submissionId)
    .executeTakeFirst();
  return row?.id ?? null;
}

async function readItems(
  tx: Tx,
  authority: AuthorityId,
  until: Until,
  challengeIds: readonly ChallengeId[],
): Promise<Map<ChallengeId, ChallengeItem[]>> {
  const rows = await tx
    .selectFrom('challenge_item as item')
    .leftJoin('verdict', (join) =>
      join
        .onRef('verdict.authority_id', '=', 'item.authority_id')
        .onRef('verdict.id', '=', 'item.verdict_id'),
    )
    .leftJoin('challenge_item_finding as made', (join) =>
      join
        .onRef('made.authority_id', '=', 'item.authority_id')
        .onRef('made.item_id', '=', 'item.id')
        .on('made.effective_on', '<=', until.asAt)
        .on('made.recorded_at', '<=', knownBy(until)),
    )
    .select([
      'item.id',
      'item.challenge_id as challengeId',
      'item.section_id as sectionId',
      'item.criterion_id as criterionId',
      'item.kind',
      'item.words',
      'verdict.words as verdictWords',
      'verdict.level',
      'item.said_by as saidBy',
      'item.submission_id as submissionId',
      'item.effective_on as saidOn',
      'made.finding_id as findingId',
    ])
    .where('item.authority_id', '=', authority)
    .where('item.challenge_id', '=', anyOf(challengeIds))
    .where('item.effective_on', '<=', until.asAt)
    .where('item.recorded_at', '<=', knownBy(until))
    .where((make) =>
      make.not(
        make.exists(
          make
            .selectFrom('challenge_item_end as end')
            .select('end.id')
            .whereRef('end.authority_id', '=', 'item.authority_id')
            .whereRef('end.item_id', '=', 'item.id')
            .where('end.effective_on', '<=', until.asAt)
            .where('end.recorded_at', '<=', knownBy(until)),
        ),
      ),
    )
    .orderBy('item.effective_on')
    .orderBy('item.id')
    .execute();
  const answers = await readAnswers(
    tx,
    authority,
    until,
    rows.map(({ id }) => id),
  );
  const found = new Map<ChallengeId, ChallengeItem[]>();
  for (const { challengeId, verdictWords, words, ...row } of rows) {
    const own = found.get(challengeId) ?? [];
    own.push({ ...row, words: words ?? verdictWords, answers: answers.get(row.id) ?? [] });
    found.set(challengeId, own);
  }
  return found;
}

async function readAnswers(
  tx: Tx,
  authority: AuthorityId,
  until: Until,
  itemIds: readonly ChallengeItemId[],
): Promise<Map<ChallengeItemId, Answer[]>> {
  if (itemIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('challenge_answer')
    .select([
      'item_id as itemId',
      'version',
      'decision',
      'words',
      'effective_on as on',
      'recorded_by as by',
    ])
    .where('authority_id', '=', authority)
    .where('item_id', '=', anyOf(itemIds))
    .where('effective_on', '<=', until.asAt)
    .where('recorded_at', '<=', knownBy(until))
    .orderBy('effective_on')
    .orderBy('version')
    .execute();
  const found = new Map<ChallengeItemId, Answer[]>();
  for (const { itemId, ...answer } of rows) {
    found.set(itemId, [...(found.get(itemId) ?? []), answer]);
  }
  return found;
}
