import { sql } from 'kysely';
import { newId, type AuthorityId, type UserId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { FactRef } from './audit-log.ts';
import type { RowOfItem } from './item-rows.ts';
import type { DisclosureTable } from './tables.ts';
import type { GivenOutKind } from '../rules/given-out.ts';

/** A row as it stands, column by column, without its authority. */
export interface CollectedRow {
  table: string;
  row: Record<string, unknown>;
}

/**
 * These rows, and after them those that they refer to (a source, a post, an objective), each
 * once. The bytes of files are left out: their names and SHA-256 stand in stored_file.
 */
export async function collectRows(tx: Tx, rows: readonly RowOfItem[]): Promise<CollectedRow[]> {
  const own: CollectedRow[] = [];
  for (const [table, some] of Map.groupBy(rows, (row) => row.table)) {
    const [first] = some;
    if (first === undefined || table === 'file_chunk') continue;
    own.push(
      ...(await rowsWhere(
        tx,
        table,
        first.key,
        some.map((row) => row.id),
      )),
    );
  }
  const here = new Set(own.map(nameOf));
  const referred: CollectedRow[] = [];
  for (const { table, column, target } of await references(tx)) {
    const ids = own.flatMap((one) => {
      const id = one.table === table ? one.row[column] : null;
      return typeof id === 'string' && !here.has(`${target} ${id}`) ? [id] : [];
    });
    if (ids.length === 0) continue;
    const found = await rowsWhere(tx, target, 'id', [...new Set(ids)]);
    for (const one of found) here.add(nameOf(one));
    referred.push(...found);
  }
  return [...own, ...referred];
}

function nameOf({ table, row }: CollectedRow): string {
  return `${table} ${typeof row['id'] === 'string' ? row['id'] : ''}`;
}

async function rowsWhere(
  tx: Tx,
  table: string,
  key: string,
  ids: readonly string[],
): Promise<CollectedRow[]> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(t) - 'authority_id' as row from ${sql.table(table)} t
    where t.authority_id = current_authority()
      and ${sql.ref(`t.${key}`)} = any(${[...ids]}::uuid[])`.execute(tx);
  return rows.map(({ row }) => ({ table, row }));
}

/** Which columns name a row of another table; people are told by their names instead. */
async function references(tx: Tx): Promise<{ table: string; column: string; target: string }[]> {
  const { rows } = await sql<{ table: string; column: string; target: string }>`
    select conrelid::regclass::text as "table", a.attname::text as "column",
      confrelid::regclass::text as target
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
    join pg_attribute r on r.attrelid = c.confrelid and r.attnum = c.confkey[2]
    where c.contype = 'f' and cardinality(c.conkey) = 2 and r.attname = 'id'
      and c.confrelid::regclass::text <> 'app_user'
    order by 1, 2`.execute(tx);
  return rows;
}

/** Every fact with words of plans, actions and what belongs to them that this user recorded. */
export async function rowsWrittenBy(tx: Tx, userId: UserId): Promise<RowOfItem[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select distinct r.table_name as name from redactable_column r
    join pg_attribute a on a.attrelid = format('public.%I', r.table_name)::regclass
    where a.attname = 'recorded_by' order by 1`.execute(tx);
  const found: RowOfItem[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ id: string }>`
      select id from ${sql.table(name)}
      where authority_id = current_authority() and recorded_by = ${userId} order by id`.execute(tx);
    found.push(...rows.map(({ id }) => ({ table: name, key: 'id', id })));
  }
  return found;
}

export async function insertDisclosure(
  tx: Tx,
  authorityId: AuthorityId,
  given: Pick<DisclosureTable, 'kind' | 'item_id' | 'recipient' | 'reason'>,
  by: UserId | null,
): Promise<FactRef> {
  const id = newId<'disclosure'>();
  await tx
    .insertInto('disclosure')
    .values({ authority_id: authorityId, id, ...given, recorded_by: by })
    .execute();
  return { fact: 'disclosure', id };
}

export interface Disclosure {
  kind: GivenOutKind;
  itemId: string;
  recipient: string;
  reason: string;
  at: Date;
  by: UserId | null;
}

/** What was given out, newest first. */
export async function disclosures(tx: Tx, authorityId: AuthorityId): Promise<Disclosure[]> {
  return await tx
    .selectFrom('disclosure')
    .select(['kind', 'item_id as itemId', 'recipient', 'reason'])
    .select(['recorded_at as at', 'recorded_by as by'])
    .where('authority_id', '=', authorityId)
    .orderBy('recorded_at', 'desc')
    .limit(200)
    .execute();
}

export interface LoggedAct {
  at: Date;
  by: UserId | null;
  act: string;
  fact: string;
  id: string;
}

/** What the audit log says of these items, or of what this user did, oldest first. */
export async function loggedActs(
  tx: Tx,
  authorityId: AuthorityId,
  of: { ids: readonly string[] } | { actorId: UserId },
): Promise<LoggedAct[]> {
  const query = tx
    .selectFrom('audit_log')
    .select(['at', 'actor_id as by', 'act', 'fact', 'fact_id as id'])
    .where('authority_id', '=', authorityId)
    .orderBy('seq');
  return 'ids' in of
    ? await query.where(sql<boolean>`fact_id = any(${[...of.ids]}::uuid[])`).execute()
    : await query.where('actor_id', '=', of.actorId).execute();
}
