import { newId, type ActionId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { WrittenFact, Writing } from './append.ts';

/** Appends that these actions left the plan's own table, or came back to it. */
export async function appendTableLeaves(
  tx: Tx,
  writing: Writing,
  actions: readonly { id: ActionId; version: number }[],
  content: { onTable: boolean; reason: string },
): Promise<WrittenFact[]> {
  const rows = actions.map(({ id, version }) => ({
    authority_id: writing.authority,
    id: newId<'table leave'>(),
    action_id: id,
    version,
    effective_on: writing.effectiveOn,
    recorded_by: writing.by,
    on_table: content.onTable,
    reason: content.reason,
  }));
  // A plan of thousands of actions stays below the parameters that one statement takes.
  for (let start = 0; start < rows.length; start += 500) {
    await tx
      .insertInto('table_leave')
      .values(rows.slice(start, start + 500))
      .execute();
  }
  return rows.map((row) => ({ fact: 'table_leave', id: row.id, version: row.version }));
}
