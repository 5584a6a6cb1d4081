import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, FindingId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

/** A finding that may say the same, and how alike the words are: 0 to 1. */
export interface SimilarFinding {
  id: FindingId;
  likeness: number;
}

/** Below this the words have little in common (pg_trgm's own usual threshold). */
export const leastLikeness = 0.3;

/** So many of the closest by shared words are compared letter by letter. */
const narrowedTo = 200;

/**
 * Findings whose words may say the same as these, the most alike first. Stored word indexes narrow
 * all findings of the authority to those that share the most words; trigrams rank what is left.
 * Nothing leaves the database.
 */
export async function similarFindings(
  tx: Tx,
  authority: AuthorityId,
  words: string,
  asAt: IsoDate,
  { except = [], limit = 10 }: { except?: readonly FindingId[]; limit?: number } = {},
): Promise<SimilarFinding[]> {
  const { rows } = await sql<SimilarFinding>`
    with asked as (
      select string_agg(quote_literal(lexeme), ' | ')::tsquery as query
      from unnest(to_tsvector('english', ${words}))
    ), latest as (
      select distinct on (finding_id) finding_id, words, search, withdrawn from finding_version
      where authority_id = ${authority} and effective_on <= ${asAt}
      order by finding_id, effective_on desc, version desc
    ), near as (
      select l.finding_id, l.words from latest l, asked a
      where l.search @@ a.query and not l.withdrawn and not (l.finding_id = ${anyOf(except)})
      order by ts_rank(l.search, a.query, 1) desc
      limit ${narrowedTo}
    )
    select finding_id as id, trigram.similarity(words, ${words})::float8 as likeness from near
    where trigram.similarity(words, ${words}) >= ${leastLikeness}
    order by 2 desc, 1 limit ${limit}`.execute(tx);
  return rows;
}

/** What was said of findings with others, the latest of each pair, as at a day. */
export async function pairsOf(
  tx: Tx,
  authority: AuthorityId,
  asAt: IsoDate,
): Promise<{ a: FindingId; b: FindingId; verdict: 'same' | 'different' }[]> {
  return await tx
    .selectFrom('finding_pair')
    .distinctOn(['finding_id', 'other_id'])
    .select(['finding_id as a', 'other_id as b', 'verdict'])
    .where('authority_id', '=', authority)
    .where('effective_on', '<=', asAt)
    .orderBy('finding_id')
    .orderBy('other_id')
    .orderBy('effective_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .execute();
}
