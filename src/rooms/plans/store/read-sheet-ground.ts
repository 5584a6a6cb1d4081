import type { AuthorityId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { userNames } from '#people';
import type { PlanPicture } from '../rules/picture.ts';
import type { SheetReading } from '../rules/sheet/read-sheet.ts';
import { actionKey, readRowCode } from '../rules/sheet/row-code.ts';
import type { SheetGround } from '../rules/sheet/weigh-sheet.ts';
import { rowKey } from './sheet-row-key.ts';
import { datesOfActions, savedSubmissions, updatesOfActions } from './update-sheets.ts';

/** What a sheet is held against, but for what the person may do: all from one snapshot. */
export async function readSheetGround(
  tx: Tx,
  authority: AuthorityId,
  picture: PlanPicture,
  reading: SheetReading,
): Promise<Omit<SheetGround, 'mayUpdate'>> {
  const byKey = new Map(picture.actions.map(({ id }) => [actionKey(id), id]));
  const named = reading.rows.flatMap((row) => {
    const code = readRowCode(row.code);
    const id = code === null ? undefined : byKey.get(code.key);
    return id === undefined ? [] : [{ id, key: rowKey(row, id) }];
  });
  const actionIds = [...new Set(named.map(({ id }) => id))];
  const updates = await updatesOfActions(tx, authority, actionIds);
  const dates = await datesOfActions(tx, authority, actionIds);
  const writers = [...new Set([...updates, ...dates].flatMap(({ by }) => by ?? []))];
  const names = await userNames(tx, authority, writers);
  const told = <Fact extends (typeof updates)[number] | (typeof dates)[number]>(facts: Fact[]) =>
    Map.groupBy(
      facts.map((fact) => ({
        ...fact,
        by: fact.by === null ? null : (names.get(fact.by) ?? null),
      })),
      ({ actionId }) => actionId,
    );
  return {
    picture,
    rowKey,
    updates: told(updates),
    dates: told(dates),
    savedRows: await savedSubmissions(
      tx,
      authority,
      named.map(({ key }) => key),
    ),
  };
}
