import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db/tables.ts';
import type { ClassOfRecord } from '../rules/policy.ts';
import './tables.ts';

/** Where a passage stands. */
export interface PlaceOfPassage {
  table: string;
  column: string;
  rowId: string;
  cls: ClassOfRecord;
  /** What it is, in words: "an update". */
  label: string;
  /** The words before it, itself, and the words after. Of a file: its name alone. */
  before: string;
  passage: string;
  after: string;
  /** A file, which is not searched and goes as a whole. */
  wholeFile: boolean;
}

interface RedactableColumn {
  table: string;
  column: string;
  type: string;
  cls: ClassOfRecord;
  key: string;
  label: string;
}

/** More places than this are not shown at once: the words are too common to be a name. */
export const mostPlaces = 500;

/** The place in one word, for a form. */
export function placeKey(place: Pick<PlaceOfPassage, 'table' | 'column' | 'rowId'>): string {
  return `${place.table}.${place.column}.${place.rowId}`;
}

/** Every column of words that can be taken out, as the rooms declare them in the migrations. */
export async function redactableColumns(tx: Tx): Promise<RedactableColumn[]> {
  const { rows } = await sql<RedactableColumn>`
    select table_name as "table", column_name as "column", type, class as cls,
      key_column as "key", label
    from redactable_column order by table_name, column_name`.execute(tx);
  return rows;
}

/**
 * Everywhere in the authority that the passage stands, in any capitals, and the files of rows in
 * which it stands. Reads every redactable column: for an act that is rare. One more than
 * `mostPlaces` where there are too many.
 */
export async function placesOfPassage(tx: Tx, passage: string): Promise<PlaceOfPassage[]> {
  const columns = (await redactableColumns(tx)).filter(({ type }) => type !== 'bytea');
  const { rows } = await sql<PlaceOfPassage>`
    ${sql.join(
      columns.map((column) => placesIn(column, passage)),
      sql` union all `,
    )} limit ${mostPlaces + 1}`.execute(tx);
  return [...rows, ...(await filesOfPlaces(tx, rows))];
}

function placesIn(column: RedactableColumn, passage: string): RawBuilder<PlaceOfPassage> {
  const value = sql.ref(`t.${column.column}`);
  const words =
    column.type === 'jsonb'
      ? sql`(select string_agg(v #>> '{}', e'\n') from jsonb_path_query(${value}, 'lax $.**') v
             where jsonb_typeof(v) = 'string')`
      : value;
  return sql`
    select ${column.table}::text as "table", ${column.column}::text as "column",
      t.${sql.ref(column.key)} as "rowId", ${column.cls}::text as cls, ${column.label}::text as label,
      m[1] as before, m[2] as passage, m[3] as after, false as "wholeFile"
    from ${sql.table(column.table)} t
    cross join lateral (select ${words} as words) w
    cross join lateral regexp_match(
      w.words, '(.{0,80})(' || passage_pattern(${passage}) || ')(.{0,80})', 'i') m
    where t.authority_id = current_authority()
      and w.words ~* passage_pattern(${passage}) and m is not null`;
}

/** The files that rows with the passage name: an import's file, a file given as evidence. */
async function filesOfPlaces(tx: Tx, places: readonly PlaceOfPassage[]): Promise<PlaceOfPassage[]> {
  const { rows: withFiles } = await sql<{ table: string }>`
    select c.relname::text as "table" from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.attname = 'file_id' and c.relkind = 'r' and c.relname <> 'file_chunk'
      and c.relnamespace = 'public'::regnamespace`.execute(tx);
  const ids = new Set<string>();
  for (const { table } of withFiles) {
    const rowIds = places.filter((place) => place.table === table).map(({ rowId }) => rowId);
    if (rowIds.length === 0) continue;
    const { rows } = await sql<{ id: string }>`
      select file_id as id from ${sql.table(table)}
      where authority_id = current_authority() and file_id is not null
        and id = any(${rowIds}::uuid[])`.execute(tx);
    for (const { id } of rows) ids.add(id);
  }
  for (const place of places) if (place.table === 'stored_file') ids.add(place.rowId);
  return await wholeFiles(tx, [...ids]);
}

/** These files as places, where their bytes are still there. */
export async function wholeFiles(tx: Tx, ids: readonly string[]): Promise<PlaceOfPassage[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<PlaceOfPassage>`
    select 'file_chunk' as "table", 'bytes' as "column", f.id as "rowId", c.class as cls, c.label,
      '' as before, f.name as passage, '' as after, true as "wholeFile"
    from stored_file f
    join redactable_column c on c.table_name = 'file_chunk' and c.column_name = 'bytes'
    where f.authority_id = current_authority() and f.id = any(${[...ids]}::uuid[])
      and exists (select from file_chunk k where k.authority_id = f.authority_id and k.file_id = f.id)
    order by f.name`.execute(tx);
  return rows;
}
