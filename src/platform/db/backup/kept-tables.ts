import { sql } from 'kysely';
import type { Tx } from '../tables.ts';

/** A table that a back-up keeps, with what is needed to write it out and in again. */
export interface KeptTable {
  readonly name: string;
  /** Every column that is stored, in the table's order; what PostgreSQL reckons itself is not. */
  readonly columns: readonly string[];
  /** What its rows are put in order by. */
  readonly key: readonly string[];
}

export type KeptTables =
  /** In such an order that every table stands after those that it points at. */
  | { readonly kind: 'tables'; readonly tables: readonly KeptTable[] }
  /** What there is that a back-up would leave behind: it must not be made. */
  | { readonly kind: 'not-covered'; readonly what: readonly string[] };

/** The schema of the jobs: nothing in it lasts, and the migrations make it anew. */
const schemaOfJobs = 'pgboss';

/**
 * Every table of the database, asked of its own catalogue, so that one of tomorrow's is kept too.
 * Whatever it does not know how to keep (another schema, a sequence, a large object, a table
 * without a key) it names, so that no back-up is silently less than whole.
 */
export async function keptTables(tx: Tx): Promise<KeptTables> {
  const what = await notCovered(tx);
  if (what.length > 0) return { kind: 'not-covered', what };
  const { rows } = await sql<KeptTable & { targets: string[] }>`
    select c.relname::text as name,
      (select array_agg(attname::text order by attnum) from pg_attribute
       where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
      (select array_agg(a.attname::text order by k.place)
       from pg_index, unnest(indkey::int2[]) with ordinality k (number, place)
         join pg_attribute a on a.attnum = k.number
       where indrelid = c.oid and indisprimary and a.attrelid = c.oid) as key,
      array(select confrelid::regclass::text from pg_constraint
            where contype = 'f' and conrelid = c.oid and confrelid <> c.oid) as targets
    from pg_class c
    where relnamespace = 'public'::regnamespace and relkind = 'r'
    order by 1`.execute(tx);
  return inOrder(rows);
}

function inOrder(found: readonly (KeptTable & { targets: string[] })[]): KeptTables {
  const tables: KeptTable[] = [];
  const placed = new Set<string>();
  let rest = [...found];
  while (rest.length > 0) {
    const free = rest.filter((table) => table.targets.every((target) => placed.has(target)));
    if (free.length === 0) {
      const names = rest.map((table) => table.name).join(', ');
      return { kind: 'not-covered', what: [`tables that point at each other: ${names}`] };
    }
    for (const { name, columns, key } of free) {
      tables.push({ name, columns, key });
      placed.add(name);
    }
    rest = rest.filter((table) => !placed.has(table.name));
  }
  return { kind: 'tables', tables };
}

async function notCovered(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    select case c.relkind when 'S' then 'sequence ' when 'm' then 'materialised view '
        when 'r' then 'table ' else 'relation ' end || n.nspname || '.' || c.relname as what
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema', ${schemaOfJobs})
      and n.nspname !~ '^pg_(toast|temp)'
      and c.relkind in ('r', 'p', 'm', 'f', 'S')
      and (n.nspname <> 'public' or c.relkind <> 'r'
        or not exists (select from pg_index where indrelid = c.oid and indisprimary))
    union all
    select 'large object ' || oid from pg_largeobject_metadata
    order by 1`.execute(tx);
  return rows.map((row) => row.what);
}
