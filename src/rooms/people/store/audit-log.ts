import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { AuthorityId, UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { requireAccessSeen } from './access-seen.ts';
import './tables.ts';

/** A row that the audit log is to name. */
export interface FactRef {
  /** The table. */
  fact: string;
  id: string;
  version?: number;
  /**
   * True when the row is working state (a session, a prepared import), which changes later:
   * the act is logged, and no digest of the row is kept.
   */
  state?: true;
}

/** What an entry's hash is made over. `at` is text, UTC, to the microsecond. */
export interface ChainedEntry {
  authorityId: string;
  seq: number;
  at: string;
  actorId: string | null;
  act: string;
  fact: string;
  factId: string;
  version: number | null;
  digest: string;
}

/** The hash before the first entry of a chain. */
export const chainStart = '0'.repeat(64);

/**
 * The hash of an entry: SHA-256 over the previous hash and the entry, written as a JSON list,
 * so that no two different entries are written alike.
 */
export function chainHash(previousHash: string, entry: ChainedEntry): string {
  const written = JSON.stringify([
    previousHash,
    entry.authorityId,
    entry.seq,
    entry.at,
    entry.actorId,
    entry.act,
    entry.fact,
    entry.factId,
    entry.version,
    entry.digest,
  ]);
  return createHash('sha256').update(written, 'utf8').digest('hex');
}

/**
 * Logs an act on these rows in the chain of the transaction's authority. Call it last, in the
 * transaction that wrote them: the head of the chain stays locked until the commit.
 * A row that is not there is a fault and rolls everything back. So does an actor who lost, since
 * their request came in, something that they held then (G-11): see access-seen.ts.
 *
 * @param actorId who did it; null for what was done at the server itself
 * @param act in words, such as 'plan created'
 */
export async function recordFacts(
  tx: Tx,
  actorId: UserId | null,
  act: string,
  facts: readonly FactRef[],
): Promise<void> {
  if (facts.length === 0) return;
  const digests = await digestsOf(tx, facts);
  const head = await lockHead(tx);
  await requireAccessSeen(tx, head, actorId);
  let { seq, hash } = head;
  const entries = facts.map((fact) => {
    const digest = fact.state === true ? '' : digests.get(`${fact.fact} ${fact.id}`);
    if (digest === undefined) throw new Error(`No row ${fact.id} in ${fact.fact} to log`);
    seq += 1;
    const entry: ChainedEntry = {
      authorityId: head.authority_id,
      seq,
      at: head.at,
      actorId,
      act,
      fact: fact.fact,
      factId: fact.id,
      version: fact.version ?? null,
      digest,
    };
    const previousHash = hash;
    hash = chainHash(previousHash, entry);
    return {
      authority_id: head.authority_id,
      seq,
      at: entry.at,
      actor_id: actorId,
      act,
      fact: entry.fact,
      fact_id: entry.factId,
      fact_version: entry.version,
      digest,
      previous_hash: previousHash,
      hash,
    };
  });
  const atOnce = 1000;
  for (let from = 0; from < entries.length; from += atOnce) {
    await tx
      .insertInto('audit_log')
      .values(entries.slice(from, from + atOnce))
      .execute();
  }
  await tx
    .updateTable('audit_head')
    .set({ seq, hash })
    .where('authority_id', '=', head.authority_id)
    .execute();
}

/** The SHA-256 of each of these rows as the database has it now, by table and id. */
async function digestsOf(tx: Tx, facts: readonly FactRef[]): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  const lasting = facts.filter((fact) => fact.state !== true);
  for (const [table, refs] of Map.groupBy(lasting, (fact) => fact.fact)) {
    const ids = [...new Set(refs.map((ref) => ref.id))];
    for (const row of await factDigests(tx, table, ids)) {
      digests.set(`${table} ${row.id}`, row.digest);
    }
  }
  return digests;
}

/** The digests of the rows of one table that are there, of the transaction's authority. */
export async function factDigests(
  tx: Tx,
  table: string,
  ids: readonly string[],
): Promise<{ id: string; digest: string }[]> {
  const { rows } = await sql<{ id: string; digest: string }>`
    select t.id, fact_digest(t) as digest
    from ${sql.table(table)} t
    where t.authority_id = current_authority() and t.id = any(${ids}::uuid[])`.execute(tx);
  return rows;
}

interface LockedHead {
  authority_id: AuthorityId;
  seq: number;
  hash: string;
  /** Now, read after the lock was had, so that times never run backwards along the chain. */
  at: string;
}

async function lockHead(tx: Tx): Promise<LockedHead> {
  const head = (await readLockedHead(tx)) ?? (await startChain(tx));
  if (head === undefined) throw new Error('The head of the audit log cannot be locked');
  return head;
}

async function readLockedHead(tx: Tx): Promise<LockedHead | undefined> {
  const { rows } = await sql<LockedHead>`
    with head as materialized (
      select authority_id, seq, hash from audit_head
      where authority_id = current_authority() for update
    )
    select head.*,
      to_char(recorded_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from head`.execute(tx);
  return rows[0];
}

async function startChain(tx: Tx): Promise<LockedHead | undefined> {
  await sql`
    insert into audit_head (authority_id, seq, hash)
    values (current_authority(), 0, ${chainStart}) on conflict do nothing`.execute(tx);
  return await readLockedHead(tx);
}
