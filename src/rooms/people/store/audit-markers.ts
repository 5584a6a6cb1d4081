import { sql } from 'kysely';
import type { AuthorityId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

/**
 * The last entry that went when the log was last pruned: the chain goes on from there. Null where
 * nothing went yet. Only a marker that the log itself names as it stands is believed.
 */
export async function lastMarker(
  tx: Tx,
  authorityId: AuthorityId,
): Promise<{ seq: number; hash: string; at: Date } | null> {
  const { rows } = await sql<{ seq: number; hash: string; at: Date }>`
    select m.seq, m.hash, m.recorded_at as at from audit_marker m
    where m.authority_id = ${authorityId} and exists (
      select from audit_log l where l.authority_id = m.authority_id and l.fact_id = m.id
        and l.fact = 'audit_marker' and l.digest = fact_digest(m)
      union all
      select from audit_kept k where k.authority_id = m.authority_id and k.fact_id = m.id
        and k.fact = 'audit_marker' and k.digest = fact_digest(m))
    order by m.seq desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** A page of the facts whose entries went, with the digest that was logged. */
export async function keptPage(
  tx: Tx,
  authorityId: AuthorityId,
  page: { from: number; atMost: number },
): Promise<{ fact: string; factId: string; digest: string }[]> {
  return await tx
    .selectFrom('audit_kept')
    .select(['fact', 'fact_id as factId', 'digest'])
    .where('authority_id', '=', authorityId)
    .orderBy('fact')
    .orderBy('fact_id')
    .orderBy('digest')
    .orderBy('marker_id')
    .limit(page.atMost)
    .offset(page.from)
    .execute();
}
