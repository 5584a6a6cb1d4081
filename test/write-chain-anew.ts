import type pg from 'pg';
// The attacker knows the program, and so how an entry is hashed.
import { chainHash, chainStart } from '../src/rooms/people/store/audit-log.ts';

/**
 * Writes the authority's whole chain anew over the entries as they stand, numbered without a gap,
 * with its head: as somebody would who has full power over the database and wants to hide a change.
 */
export async function writeChainAnew(superuser: pg.Client, authorityId: string): Promise<void> {
  const { rows } = await superuser.query<{
    seq: number;
    at: string;
    actor_id: string | null;
    act: string;
    fact: string;
    fact_id: string;
    fact_version: number | null;
    digest: string;
  }>(
    `select seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
       actor_id, act, fact, fact_id, fact_version, digest
     from audit_log where authority_id = $1 order by seq`,
    [authorityId],
  );
  let hash = chainStart;
  for (const [index, row] of rows.entries()) {
    const entry = {
      authorityId,
      seq: index + 1,
      at: row.at,
      actorId: row.actor_id,
      act: row.act,
      fact: row.fact,
      factId: row.fact_id,
      version: row.fact_version,
      digest: row.digest,
    };
    const previous = hash;
    hash = chainHash(previous, entry);
    await superuser.query(
      `update audit_log set seq = $2, previous_hash = $3, hash = $4
       where authority_id = $1 and seq = $5`,
      [authorityId, entry.seq, previous, hash, row.seq],
    );
  }
  await superuser.query('update audit_head set seq = $2, hash = $3 where authority_id = $1', [
    authorityId,
    rows.length,
    hash,
  ]);
}
