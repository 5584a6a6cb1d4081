import { createHash } from 'node:crypto';
import { parseId, type ActionId, type Id } from '#kernel/ids.ts';
import type { SheetRow } from '../rules/sheet/read-sheet.ts';
import { readRowCode } from '../rules/sheet/row-code.ts';

/** The id of the update that a row makes: the same row is one update, whoever brings it back. */
export function rowKey(row: SheetRow, actionId: ActionId): Id<'submission'> {
  const { going, changed, shows, toldBy } = row.filled;
  const said = JSON.stringify([actionId, readRowCode(row.code), going, changed, shows, toldBy]);
  const hex = createHash('sha256').update(`update sheet ${said}`).digest('hex');
  // The form of a UUID of version 8 (RFC 9562), whose bits are whatever their maker says.
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  const id = parseId<'submission'>(uuid);
  if (id === null) throw new Error('A hash made no identifier');
  return id;
}
