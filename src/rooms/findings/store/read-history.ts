import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, FindingId, SourceId, ThemeId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

/** Who wrote a row, and the two times of it. */
interface Written {
  on: IsoDate;
  at: Date;
  by: UserId | null;
}

/** A version of a finding, as far as its history tells of it. */
export interface FindingVersionFact extends Written {
  version: number;
  words: string;
  withdrawn: boolean;
  reason: string | null;
}

/** A response to a finding. */
export interface ResponseFact extends Written {
  version: number;
  answer: string;
  reason: string | null;
}

/** What was said of a finding and another: that they say the same, or that they do not. */
export interface PairFact extends Written {
  otherId: FindingId;
  verdict: 'same' | 'different';
}

/** A version of a source, or that it was looked through again. */
export interface SourceFact extends Written {
  /** Null where nothing was changed: it was looked through. */
  version: number | null;
  withdrawn: boolean;
  /** The reason of a change, or the note of a look. */
  words: string | null;
}

/** A version of a theme. */
export interface ThemeFact extends Written {
  version: number;
  name: string;
  mergedInto: ThemeId | null;
  withdrawn: boolean;
  reason: string | null;
}

const written = ['effective_on as on', 'recorded_at as at', 'recorded_by as by'] as const;

/** Every version of a finding that held by that day, oldest first. */
export async function findingVersions(
  tx: Tx,
  authority: AuthorityId,
  id: FindingId,
  asAt: IsoDate,
): Promise<FindingVersionFact[]> {
  return await tx
    .selectFrom('finding_version')
    .select([...written, 'version', 'words', 'withdrawn', 'reason'])
    .where('authority_id', '=', authority)
    .where('finding_id', '=', id)
    .where('effective_on', '<=', asAt)
    .orderBy('effective_on')
    .orderBy('version')
    .execute();
}

/** Every response to a finding by that day, oldest first. */
export async function findingResponses(
  tx: Tx,
  authority: AuthorityId,
  id: FindingId,
  asAt: IsoDate,
): Promise<ResponseFact[]> {
  return await tx
    .selectFrom('finding_response')
    .select([...written, 'version', 'answer', 'reason'])
    .where('authority_id', '=', authority)
    .where('finding_id', '=', id)
    .where('effective_on', '<=', asAt)
    .orderBy('effective_on')
    .orderBy('version')
    .execute();
}

/** What was said of a finding and others by that day, oldest first. */
export async function findingPairs(
  tx: Tx,
  authority: AuthorityId,
  id: FindingId,
  asAt: IsoDate,
): Promise<PairFact[]> {
  const rows = await tx
    .selectFrom('finding_pair')
    .select([...written, 'finding_id as a', 'other_id as b', 'verdict'])
    .where('authority_id', '=', authority)
    .where((is) => is.or([is('finding_id', '=', id), is('other_id', '=', id)]))
    .where('effective_on', '<=', asAt)
    .orderBy('effective_on')
    .orderBy('recorded_at')
    .execute();
  return rows.map(({ a, b, ...row }) => ({ ...row, otherId: a === id ? b : a }));
}

/** Every version of a source and every look through it by that day, oldest first. */
export async function sourceFacts(
  tx: Tx,
  authority: AuthorityId,
  id: SourceId,
  asAt: IsoDate,
): Promise<SourceFact[]> {
  const versions = await tx
    .selectFrom('source_version')
    .select([...written, 'version', 'withdrawn', 'reason as words'])
    .where('authority_id', '=', authority)
    .where('source_id', '=', id)
    .where('effective_on', '<=', asAt)
    .execute();
  const looks = await tx
    .selectFrom('source_look')
    .select([...written, 'note as words'])
    .where('authority_id', '=', authority)
    .where('source_id', '=', id)
    .where('effective_on', '<=', asAt)
    .execute();
  return [...versions, ...looks.map((look) => ({ ...look, version: null, withdrawn: false }))].sort(
    (a, b) => a.at.getTime() - b.at.getTime(),
  );
}

/** Every version of a theme by that day, oldest first. */
export async function themeFacts(
  tx: Tx,
  authority: AuthorityId,
  id: ThemeId,
  asAt: IsoDate,
): Promise<ThemeFact[]> {
  return await tx
    .selectFrom('theme_version')
    .select([...written, 'version', 'name', 'merged_into as mergedInto', 'withdrawn', 'reason'])
    .where('authority_id', '=', authority)
    .where('theme_id', '=', id)
    .where('effective_on', '<=', asAt)
    .orderBy('effective_on')
    .orderBy('version')
    .execute();
}
