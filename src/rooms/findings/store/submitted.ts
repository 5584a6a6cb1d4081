import type { AuthorityId, FindingId, Id, SourceId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { sourceKey } from './sources.ts';

/** The finding that this form made before, or null. */
export async function findingOfSubmission(
  tx: Tx,
  authority: AuthorityId,
  submissionId: Id<'submission'>,
): Promise<{ id: FindingId; sourceId: SourceId } | null> {
  const row = await tx
    .selectFrom('finding')
    .select(['id', 'source_id as sourceId'])
    .where('authority_id', '=', authority)
    .where('submission_id', '=', submissionId)
    .executeTakeFirst();
  return row ?? null;
}

/** The source that stands under this title, however it is spelt. */
export async function sourceOfTitle(
  tx: Tx,
  authority: AuthorityId,
  title: string,
): Promise<SourceId | null> {
  const row = await tx
    .selectFrom('source')
    .select('id')
    .where('authority_id', '=', authority)
    .where('title_key', '=', sourceKey(title))
    .executeTakeFirst();
  return row?.id ?? null;
}
