import { sql } from 'kysely';
import type { Db } from '#platform/db/tables.ts';

/**
 * Every row of every table that holds words of this pattern (a regular expression, in any
 * capitals, blanks and hyphens alike), whatever the column's type: the rows as text, and bytes as
 * the letters that they spell.
 */
export async function everyPlaceOf(
  keeper: Db,
  pattern: string,
): Promise<{ table: string; row: string }[]> {
  const { rows: tables } = await sql<{ name: string; bytes: string[] }>`
    select c.relname::text as name, array(
      select attname::text from pg_attribute
      where attrelid = c.oid and attnum > 0 and atttypid = 'bytea'::regtype) as bytes
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`.execute(keeper);
  const found: { table: string; row: string }[] = [];
  const loose = pattern.replaceAll(' ', '[\\s_-]+');
  for (const { name, bytes } of tables) {
    const texts = [
      sql`t::text`,
      ...bytes.map((column) => sql`encode(t.${sql.ref(column)}, 'escape')`),
    ];
    const { rows } = await sql<{ row: string }>`
      select left(t::text, 200) as row from ${sql.table(name)} t
      where ${sql.join(
        texts.map((text) => sql`${text} ~* ${loose}`),
        sql` or `,
      )}`.execute(keeper);
    found.push(...rows.map(({ row }) => ({ table: name, row })));
  }
  return found;
}
