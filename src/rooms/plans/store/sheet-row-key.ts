import type { ActionId, Id } from '#kernel/ids.ts';
import { keyOf } from '#platform/db/key-of.ts';
import type { SheetRow } from '../rules/sheet/read-sheet.ts';
import { readRowCode } from '../rules/sheet/row-code.ts';

/** The id of the update that a row makes: the same row is one update, whoever brings it back. */
export function rowKey(row: SheetRow, actionId: ActionId): Id<'submission'> {
  const { going, changed, shows, toldBy } = row.filled;
  const said = JSON.stringify([actionId, readRowCode(row.code), going, changed, shows, toldBy]);
  return keyOf(`update sheet ${said}`);
}
