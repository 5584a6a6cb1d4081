import { sql } from 'kysely';
import type { Tx } from '#platform/db/tables.ts';
import './tables.ts';

/** What the audit log itself says became of facts since they were logged, by table and id. */
export interface KnownChanges {
  /** From each digest that a row had, the digests that a logged redaction or disposal left. */
  altered: Map<string, { before: string; after: string }[]>;
  /** The digest that a row had when a logged disposal took it. */
  disposed: Map<string, string>;
}

/**
 * The changes of these rows that are themselves logged as they stand. A row of altered_fact or
 * disposal_done that the log does not know, or knows otherwise, excuses nothing.
 */
export async function knownChanges(
  tx: Tx,
  table: string,
  ids: readonly string[],
): Promise<KnownChanges> {
  const known: KnownChanges = { altered: new Map(), disposed: new Map() };
  if (ids.length === 0) return known;
  const { rows: altered } = await sql<{ id: string; before: string; after: string }>`
    select a.row_id as id, a.digest_before as before, a.digest_after as after
    from altered_fact a
    where a.authority_id = current_authority() and a.table_name = ${table}
      and a.row_id = any(${ids}::uuid[])
      and exists (
        select from audit_log l where l.authority_id = a.authority_id and l.fact_id = a.id
          and l.fact = 'altered_fact' and l.digest = fact_digest(a)
        union all
        select from audit_kept k where k.authority_id = a.authority_id and k.fact_id = a.id
          and k.fact = 'altered_fact' and k.digest = fact_digest(a))`.execute(tx);
  for (const { id, before, after } of altered) {
    known.altered.set(id, [...(known.altered.get(id) ?? []), { before, after }]);
  }
  const { rows: disposed } = await sql<{ id: string; digest: string }>`
    with gone as materialized (
      select row_id, digest, done_id from disposed_fact
      where authority_id = current_authority() and table_name = ${table}
        and row_id = any(${ids}::uuid[])
    ), logged as materialized (
      select d.id from disposal_done d
      where d.authority_id = current_authority() and d.id in (select done_id from gone)
        and exists (
          select from audit_log l where l.authority_id = d.authority_id and l.fact_id = d.id
            and l.fact = 'disposal_done' and l.digest = fact_digest(d)
          union all
          select from audit_kept k where k.authority_id = d.authority_id and k.fact_id = d.id
            and k.fact = 'disposal_done' and k.digest = fact_digest(d))
    )
    select row_id as id, digest from gone where done_id in (select id from logged)`.execute(tx);
  for (const { id, digest } of disposed) known.disposed.set(id, digest);
  return known;
}

/**
 * Whether what is logged leads from the digest that an entry names to the row as it stands
 * (`standing` undefined: the row is gone). Each logged change is one step.
 */
export function isAccountedFor(
  known: KnownChanges,
  id: string,
  logged: string,
  standing: string | undefined,
): boolean {
  const end = standing ?? known.disposed.get(id);
  if (end === undefined) return false;
  const reached = new Set([logged]);
  let steps = known.altered.get(id) ?? [];
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const step of steps) if (reached.has(step.before)) reached.add(step.after);
    steps = steps.filter((step) => !reached.has(step.after));
  }
  return reached.has(end);
}
