import { sql } from 'kysely';
import type { AuthorityId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { isAccountedFor, knownChanges } from './altered-facts.ts';
import { chainHash, chainStart, factDigests, type ChainedEntry } from './audit-log.ts';
import { keptPage, lastMarker } from './audit-markers.ts';

/** One thing that is not as the audit log says. */
export type ChainProblem =
  | { kind: 'entry-changed' | 'entries-missing'; seq: number }
  | { kind: 'head-differs'; seq: number }
  | { kind: 'fact-changed' | 'fact-missing'; seq: number; fact: string; factId: string }
  | { kind: 'fact-not-logged'; fact: string; factId: string };

export interface ChainReport {
  entries: number;
  /** The first entry that is kept, less one: what was older went by the rules of retention. */
  beginsAfter: number;
  /** How many entries name facts that a logged redaction or disposal changed or took since. */
  accountedFor: number;
  /** The number and the hash of the last entry: keep them elsewhere to prove that none was cut off. */
  head: { seq: number; hash: string };
  /** At most `mostProblems` of them. */
  problems: ChainProblem[];
}

/** After so many problems the search is given up: the rest would teach nobody more. */
export const mostProblems = 1000;

const pageSize = 2000;

interface StoredEntry extends ChainedEntry {
  previousHash: string;
  hash: string;
}

/**
 * Reckons the authority's chain again from its first entry, holds every fact that it names
 * against the row as it stands, and looks for rows that it does not name. Reads in pages: the
 * log may be longer than memory. Give it a transaction that sees one moment.
 */
export async function verifyChain(tx: Tx, authorityId: AuthorityId): Promise<ChainReport> {
  const problems: ChainProblem[] = [];
  const tables = await factTables(tx);
  const marker = await lastMarker(tx, authorityId);
  let last = marker ?? { seq: 0, hash: chainStart };
  const beginsAfter = last.seq;
  let entries = 0;
  let accountedFor = 0;
  const hold = async (named: readonly NamedFact[]) => {
    const held = await changedFacts(tx, named, tables);
    problems.push(...held.problems);
    accountedFor += held.accountedFor;
  };
  for (;;) {
    const page = await readPage(tx, authorityId, last.seq);
    if (page.length === 0) break;
    for (const entry of page) {
      if (entry.seq !== last.seq + 1) problems.push({ kind: 'entries-missing', seq: last.seq + 1 });
      else if (entry.previousHash !== last.hash || entry.hash !== chainHash(last.hash, entry)) {
        problems.push({ kind: 'entry-changed', seq: entry.seq });
      }
      last = { seq: entry.seq, hash: entry.hash };
    }
    entries += page.length;
    await hold(page);
    if (problems.length >= mostProblems) break;
  }
  for (let from = 0; marker !== null && problems.length < mostProblems; from += pageSize) {
    const kept = await keptPage(tx, authorityId, { from, atMost: pageSize });
    if (kept.length === 0) break;
    await hold(kept.map((fact) => ({ ...fact, seq: marker.seq })));
  }
  const head = await readHead(tx, authorityId);
  if (problems.length < mostProblems && (head.seq !== last.seq || head.hash !== last.hash)) {
    problems.push({ kind: 'head-differs', seq: head.seq });
  }
  for (const table of tables) problems.push(...(await unloggedFacts(tx, table)));
  return { entries, beginsAfter, accountedFor, head, problems: problems.slice(0, mostProblems) };
}

/** A problem in words, for the person who looks after the server. */
export function chainProblemText(problem: ChainProblem): string {
  switch (problem.kind) {
    case 'entry-changed':
      return `Entry ${problem.seq} of the audit log is not as it was written.`;
    case 'entries-missing':
      return `Entry ${problem.seq} of the audit log is missing.`;
    case 'head-differs':
      return `The audit log does not end where it should: its head is at entry ${problem.seq}.`;
    case 'fact-changed':
      return `${problem.fact} ${problem.factId}, logged by entry ${problem.seq}, was changed since.`;
    case 'fact-missing':
      return `${problem.fact} ${problem.factId}, logged by entry ${problem.seq}, is gone.`;
    case 'fact-not-logged':
      return `${problem.fact} ${problem.factId} stands in its table, and the audit log does not know it.`;
  }
}

async function readPage(tx: Tx, authorityId: AuthorityId, after: number): Promise<StoredEntry[]> {
  return await tx
    .selectFrom('audit_log')
    .select([
      'authority_id as authorityId',
      'seq',
      sql<string>`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('at'),
      'actor_id as actorId',
      'act',
      'fact',
      'fact_id as factId',
      'fact_version as version',
      'digest',
      'previous_hash as previousHash',
      'hash',
    ])
    .where('authority_id', '=', authorityId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(pageSize)
    .execute();
}

async function readHead(tx: Tx, authorityId: AuthorityId): Promise<{ seq: number; hash: string }> {
  const head = await tx
    .selectFrom('audit_head')
    .select(['seq', 'hash'])
    .where('authority_id', '=', authorityId)
    .executeTakeFirst();
  return head ?? { seq: 0, hash: chainStart };
}

export interface ChainEnds {
  head: { seq: number; hash: string };
  endsAt: number;
  hashes: Map<number, string>;
  /** The last entry that went by the rules of retention, and when it went; null where none did. */
  marker: { seq: number; hash: string; at: Date } | null;
}

/** Where the authority's chain ends, and the hashes of those of these entries that are there. */
export async function chainAt(
  tx: Tx,
  authorityId: AuthorityId,
  seqs: readonly number[],
): Promise<ChainEnds> {
  const { rows } = await sql<{ seq: number; hash: string }>`
    select seq, hash from audit_log
    where authority_id = ${authorityId} and seq = any(${[...seqs]}::bigint[])`.execute(tx);
  const end = await tx
    .selectFrom('audit_log')
    .select((is) => is.fn.max<number | null>('seq').as('seq'))
    .where('authority_id', '=', authorityId)
    .executeTakeFirst();
  return {
    head: await readHead(tx, authorityId),
    endsAt: end?.seq ?? 0,
    marker: await lastMarker(tx, authorityId),
    hashes: new Map(rows.map((row) => [row.seq, row.hash])),
  };
}

type NamedFact = Pick<StoredEntry, 'seq' | 'fact' | 'factId' | 'digest'>;

/** The facts that are not as they were logged, but for those whose change is logged itself. */
async function changedFacts(
  tx: Tx,
  page: readonly NamedFact[],
  tables: readonly string[],
): Promise<{ problems: ChainProblem[]; accountedFor: number }> {
  const problems: ChainProblem[] = [];
  let accountedFor = 0;
  // An entry without a digest names working state, which may change and go.
  const lasting = page.filter((entry) => entry.digest !== '');
  for (const [table, entries] of Map.groupBy(lasting, (entry) => entry.fact)) {
    const ids = [...new Set(entries.map((entry) => entry.factId))];
    const rows = tables.includes(table) ? await factDigests(tx, table, ids) : [];
    const digests = new Map(rows.map((row) => [row.id, row.digest]));
    const differing = entries.filter((entry) => digests.get(entry.factId) !== entry.digest);
    const known = await knownChanges(tx, table, [...new Set(differing.map((one) => one.factId))]);
    for (const { seq, fact, factId, digest } of differing) {
      const standing = digests.get(factId);
      if (isAccountedFor(known, factId, digest, standing)) accountedFor += 1;
      else if (standing === undefined) problems.push({ kind: 'fact-missing', seq, fact, factId });
      else problems.push({ kind: 'fact-changed', seq, fact, factId });
    }
  }
  return { problems, accountedFor };
}

async function unloggedFacts(tx: Tx, table: string): Promise<ChainProblem[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.table(table)} t
    where t.authority_id = current_authority() and not exists (
      select from audit_log l
      where l.authority_id = t.authority_id and l.fact_id = t.id and l.fact = ${table}
        -- That a row was read (an entry without a digest) does not say that it was written here.
        and l.digest <> '')
      and not exists (
        select from audit_kept k
        where k.authority_id = t.authority_id and k.fact_id = t.id and k.fact = ${table})
    order by t.id limit ${mostProblems}`.execute(tx);
  return rows.map((row) => ({ kind: 'fact-not-logged', fact: table, factId: row.id }));
}

/** Every table of facts that have an id: the program may add to it and change nothing in it. */
async function factTables(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'authority_id')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'id')
      and not has_table_privilege('sightline_app', c.oid, 'UPDATE')
    order by c.relname`.execute(tx);
  return rows.map((row) => row.name);
}
