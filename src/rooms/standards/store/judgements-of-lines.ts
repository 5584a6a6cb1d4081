import { sql } from 'kysely';
import type { AuthorityId, CriterionId, JudgementId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

/** A judgement, and the criterion in whose line it stands. */
export interface OfLine {
  /** The criterion that was asked about. */
  of: CriterionId;
  /** What was judged: that criterion, or what it was in an edition before. */
  criterionId: CriterionId;
  /** Null for a criterion that nobody judged. */
  judgementId: JudgementId | null;
}

/** Every criterion and judgement of the lines of these criteria, back through the editions before. */
export async function judgementsOfLines(
  tx: Tx,
  authority: AuthorityId,
  criterionIds: readonly CriterionId[],
): Promise<OfLine[]> {
  if (criterionIds.length === 0) return [];
  const { rows } = await sql<OfLine>`
    with recursive line as (
      select id as of, id, 0 as back from unnest(${criterionIds}::uuid[]) as id
      union
      select line.of, map.from_id, line.back + 1 from line
      join criterion_map map on map.authority_id = ${authority} and map.criterion_id = line.id
      where line.back < 50
    )
    select distinct line.of, line.id as "criterionId", judgement.id as "judgementId" from line
    left join judgement
      on judgement.authority_id = ${authority} and judgement.criterion_id = line.id`.execute(tx);
  return rows;
}
