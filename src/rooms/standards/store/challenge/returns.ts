import { sql } from 'kysely';
import {
  newId,
  type AuthorityId,
  type ChallengeId,
  type FileId,
  type UserId,
} from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { ChallengeReturnId, PackReturn } from '../../rules/challenge/picture.ts';
import type { PackReading } from '../../rules/challenge/read-pack.ts';
import '../tables.ts';

/** Keeps a pack that was read. */
export async function insertReturn(
  tx: Tx,
  authority: AuthorityId,
  given: { challengeId: ChallengeId; fileId: FileId; reading: PackReading; startedBy: UserId },
): Promise<ChallengeReturnId> {
  const id = newId<'challenge return'>();
  await tx
    .insertInto('challenge_return')
    .values({
      authority_id: authority,
      id,
      challenge_id: given.challengeId,
      file_id: given.fileId,
      reading: JSON.stringify(given.reading),
      started_by: given.startedBy,
      finished_at: null,
    })
    .execute();
  return id;
}

/** A pack that came back to this challenge, or null. */
export async function findReturn(
  tx: Tx,
  authority: AuthorityId,
  challengeId: ChallengeId,
  id: ChallengeReturnId,
): Promise<PackReturn<PackReading> | null> {
  const row = await returnQuery(tx, authority, challengeId)
    .where('challenge_return.id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The packs that this person began to bring back and has not finished, the newest first. */
export async function preparedReturns(
  tx: Tx,
  authority: AuthorityId,
  challengeId: ChallengeId,
  startedBy: UserId,
): Promise<PackReturn<PackReading>[]> {
  return await returnQuery(tx, authority, challengeId)
    .where('challenge_return.started_by', '=', startedBy)
    .where('challenge_return.state', '=', 'prepared')
    .orderBy('challenge_return.started_at', 'desc')
    .execute();
}

/** Ends a pack on its way back; false where it was ended before. */
export async function endReturn(
  tx: Tx,
  authority: AuthorityId,
  id: ChallengeReturnId,
  end: { state: 'taken in'; taken: number } | { state: 'left' },
): Promise<boolean> {
  const ended = await tx
    .updateTable('challenge_return')
    .set({
      state: end.state,
      ...(end.state === 'taken in' ? { taken: end.taken } : {}),
      finished_at: sql<Date>`recorded_now()`,
    })
    .where('authority_id', '=', authority)
    .where('id', '=', id)
    .where('state', '=', 'prepared')
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

function returnQuery(tx: Tx, authority: AuthorityId, challengeId: ChallengeId) {
  return tx
    .selectFrom('challenge_return')
    .innerJoin('stored_file', (join) =>
      join
        .onRef('stored_file.authority_id', '=', 'challenge_return.authority_id')
        .onRef('stored_file.id', '=', 'challenge_return.file_id'),
    )
    .select([
      'challenge_return.id',
      'challenge_return.challenge_id as challengeId',
      'challenge_return.file_id as fileId',
      'stored_file.name as fileName',
      'challenge_return.reading',
      'challenge_return.taken',
      'challenge_return.state',
      'challenge_return.started_by as startedBy',
    ])
    .where('challenge_return.authority_id', '=', authority)
    .where('challenge_return.challenge_id', '=', challengeId);
}
