import { shortKey, withCheck, withoutCheck } from '#kernel/codes.ts';
import type { ActionId } from '#kernel/ids.ts';

/** How far an action had come when a sheet was made: the latest version of each thing written on it. */
export interface SheetVersions {
  action: number;
  update: number;
  due: number;
  /** Of the dates that were asked for; 0 where none ever was. */
  asked: number;
}

export interface RowCode {
  /** `actionKey` of the action that it names. */
  key: string;
  versions: SheetVersions;
}

/** Within a plan it names one action; outside of one it says nothing. */
export function actionKey(id: ActionId): string {
  return shortKey(id);
}

/**
 * The ID of a row of an update sheet, such as `9QXD4HK7M2-1-3-1-0-T`: which action, what stood
 * when the sheet was made, and a check character, so that a row is matched wherever it was moved
 * to and an ID that was typed wrongly is found.
 */
export function writeRowCode(id: ActionId, versions: SheetVersions): string {
  const { action, update, due, asked } = versions;
  return withCheck([actionKey(id), action, update, due, asked].join('-'));
}

/** What such an ID says, or null where it is none or one character is not as it was. */
export function readRowCode(text: string): RowCode | null {
  const said = withoutCheck(text);
  const parts = /^([0-9A-Z]{10})-(\d{1,6})-(\d{1,6})-(\d{1,6})-(\d{1,6})$/.exec(said ?? '');
  if (parts === null) return null;
  const [, key = '', action, update, due, asked] = parts;
  return {
    key,
    versions: {
      action: Number(action),
      update: Number(update),
      due: Number(due),
      asked: Number(asked),
    },
  };
}
