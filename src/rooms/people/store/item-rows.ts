import { sql } from 'kysely';
import type { Tx } from '#platform/db/tables.ts';

/** A row that belongs to an item. */
export interface RowOfItem {
  table: string;
  /** The column by which `id` names it: `id`, or a parent's where it has no id of its own. */
  key: string;
  id: string;
}

/**
 * Every row that belongs to an item of the authority, by the SQL function `rows_of_KIND` that the
 * item's room brings. The kind comes from the program's own list, never from a person.
 */
export async function rowsOfItem(tx: Tx, kind: string, id: string): Promise<RowOfItem[]> {
  const rowsOf = sql.id(`rows_of_${kind}`);
  const { rows } = await sql<RowOfItem>`
    select distinct on (part, table_name, row_id)
      table_name as "table", key_column as "key", row_id as id
    from ${rowsOf}(${id}) order by part, table_name, row_id`.execute(tx);
  return rows;
}
