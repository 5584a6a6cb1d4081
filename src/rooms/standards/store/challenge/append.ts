import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import {
  newId,
  type AuthorityId,
  type ChallengeId,
  type FindingId,
  type Id,
  type SourceId,
} from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { FactRef } from '#people';
import type { ChallengeContent, ChallengeItemId, Decision } from '../../rules/challenge/picture.ts';
import type { SaidItem } from '../../rules/challenge/weigh-pack.ts';
import { appendVerdictEnd, appendVerdicts, type Writing } from '../append.ts';
import '../tables.ts';

/** One writer at a time of this challenge, to the end of the transaction. */
export async function lockChallenge(
  tx: Tx,
  authority: AuthorityId,
  id: ChallengeId,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`challenge ${authority} ${id}`}, 5))`.execute(
    tx,
  );
}

/** Appends a challenge; null where this form made one before. */
export async function appendChallenge(
  tx: Tx,
  writing: Writing,
  given: { sourceId: SourceId; submissionId: Id<'submission'>; content: ChallengeContent },
): Promise<{ id: ChallengeId; written: FactRef[] } | null> {
  const added = await tx
    .insertInto('challenge')
    .values({
      authority_id: writing.authority,
      id: newId<'challenge'>(),
      source_id: given.sourceId,
      submission_id: given.submissionId,
      recorded_by: writing.by,
    })
    .onConflict((clash) => clash.columns(['authority_id', 'submission_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return null;
  const version = await appendChallengeVersion(tx, writing, added.id, 1, given.content);
  return { id: added.id, written: [{ fact: 'challenge', id: added.id }, ...version] };
}

/** Appends what is asked and shared from that day on. */
export async function appendChallengeVersion(
  tx: Tx,
  writing: Writing,
  challengeId: ChallengeId,
  version: number,
  content: ChallengeContent,
): Promise<FactRef[]> {
  const id = newId<'challenge version'>();
  const { title, reviewers, asked, opensOn, closesOn, positionOn, withdrawn, reason } = content;
  await tx
    .insertInto('challenge_version')
    .values({
      ...dated(writing),
      id,
      challenge_id: challengeId,
      version,
      title,
      reviewers,
      asked,
      opens_on: opensOn,
      closes_on: closesOn,
      position_on: positionOn,
      withdrawn,
      reason,
    })
    .execute();
  if (content.shared.length > 0) {
    await tx
      .insertInto('challenge_shared')
      .values(
        content.shared.map((section) => ({
          authority_id: writing.authority,
          challenge_version_id: id,
          section_kind: section.kind,
          section_id: section.id,
        })),
      )
      .execute();
  }
  return [{ fact: 'challenge_version', id, version }];
}

/**
 * Appends what the reviewers said, verdicts among it. What stands already, by its submission, is
 * left out. `saidOn` is the day of verdicts. Answers how many were new.
 */
export async function appendItems(
  tx: Tx,
  writing: Writing,
  of: { challengeId: ChallengeId; sourceId: SourceId; saidOn: IsoDate },
  items: readonly SaidItem[],
): Promise<{ taken: number; written: FactRef[] }> {
  const known = await knownSubmissions(tx, writing.authority, of.challengeId);
  const fresh = items.filter(({ submissionId }) => !known.has(submissionId));
  const verdicts = fresh.filter(({ kind }) => kind === 'verdict');
  const said = await appendVerdicts(
    tx,
    writing,
    verdicts.flatMap(({ criterionId, level, words }) =>
      criterionId === null
        ? []
        : [
            {
              criterionId,
              whose: 'peer' as const,
              level,
              words,
              saidOn: of.saidOn,
              sourceId: of.sourceId,
            },
          ],
    ),
  );
  const verdictOf = new Map(verdicts.map((item, index) => [item, said.ids[index] ?? null]));
  const rows = fresh.map((item) => ({
    ...dated(writing),
    id: newId<'challenge item'>(),
    challenge_id: of.challengeId,
    section_id: item.sectionId,
    criterion_id: item.criterionId,
    kind: item.kind,
    words: item.kind === 'verdict' ? null : item.words,
    verdict_id: verdictOf.get(item) ?? null,
    said_by: item.saidBy,
    submission_id: item.submissionId,
  }));
  // 2,000 rows at most, of 11 columns: below PostgreSQL's 65,535 parameters.
  if (rows.length > 0) await tx.insertInto('challenge_item').values(rows).execute();
  return {
    taken: rows.length,
    written: [...said.written, ...rows.map(({ id }) => ({ fact: 'challenge_item', id }))],
  };
}

/** What was ever said in this challenge, also what was taken back. */
export async function knownSubmissions(
  tx: Tx,
  authority: AuthorityId,
  challengeId: ChallengeId,
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('challenge_item')
    .select('submission_id as id')
    .where('authority_id', '=', authority)
    .where('challenge_id', '=', challengeId)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Takes back what was said, with its verdict where it is one. */
export async function appendItemEnds(
  tx: Tx,
  writing: Writing,
  itemIds: readonly ChallengeItemId[],
  reason: string,
): Promise<FactRef[]> {
  const written: FactRef[] = [];
  for (const itemId of itemIds) {
    const id = newId<'challenge item end'>();
    await tx
      .insertInto('challenge_item_end')
      .values({ ...dated(writing), id, item_id: itemId, reason })
      .execute();
    written.push({ fact: 'challenge_item_end', id });
    const { verdictId } = await tx
      .selectFrom('challenge_item')
      .select('verdict_id as verdictId')
      .where('authority_id', '=', writing.authority)
      .where('id', '=', itemId)
      .executeTakeFirstOrThrow();
    if (verdictId === null) continue;
    written.push(...(await appendVerdictEnd(tx, writing, verdictId, reason)));
  }
  return written;
}

/** Appends what the authority answers. */
export async function appendAnswer(
  tx: Tx,
  writing: Writing,
  answer: { itemId: ChallengeItemId; version: number; decision: Decision; words: string | null },
): Promise<FactRef[]> {
  const id = newId<'challenge answer'>();
  const { itemId, version, decision, words } = answer;
  await tx
    .insertInto('challenge_answer')
    .values({ ...dated(writing), id, item_id: itemId, version, decision, words })
    .execute();
  return [{ fact: 'challenge_answer', id, version }];
}

/** Appends that the register keeps what was said as this finding. */
export async function appendItemFinding(
  tx: Tx,
  writing: Writing,
  itemId: ChallengeItemId,
  findingId: FindingId,
): Promise<FactRef[]> {
  const id = newId<'challenge item finding'>();
  await tx
    .insertInto('challenge_item_finding')
    .values({ ...dated(writing), id, item_id: itemId, finding_id: findingId })
    .execute();
  return [{ fact: 'challenge_item_finding', id }];
}

function dated({ authority, by, effectiveOn }: Writing) {
  return { authority_id: authority, effective_on: effectiveOn, recorded_by: by };
}
