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

/** Crockford's digits: none is taken for another. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const keyLength = 10;

/**
 * The last 50 bits of an action's id, as ten characters that can be read aloud. Within a plan it
 * names one action; outside of one it says nothing.
 */
export function actionKey(id: ActionId): string {
  let rest = BigInt(`0x${id.replaceAll('-', '').slice(-13)}`);
  let key = '';
  for (let place = 0; place < keyLength; place += 1) {
    key = (digits[Number(rest & 31n)] ?? '') + key;
    rest >>= 5n;
  }
  return key;
}

/**
 * The ID of a row of an update sheet, such as `9QXD4HK7M2-1-3-1-0-T`: which action, what stood
 * when the sheet was made, and a check character, so that a row is matched wherever it was moved
 * to and an ID that was typed wrongly is found.
 */
export function writeRowCode(id: ActionId, versions: SheetVersions): string {
  const { action, update, due, asked } = versions;
  const said = [actionKey(id), action, update, due, asked].join('-');
  return `${said}-${checkOf(said)}`;
}

/** What such an ID says, or null where it is none or one character is not as it was. */
export function readRowCode(text: string): RowCode | null {
  const tidy = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\s/g, '')
    .replace(/[‐-―−]/g, '-');
  const check = tidy.slice(-1);
  // Letters that are easily written for a digit; no ID has them before its last character.
  const said = tidy.slice(0, -2).replaceAll('O', '0').replace(/[IL]/g, '1');
  const parts = /^([0-9A-Z]{10})-(\d{1,6})-(\d{1,6})-(\d{1,6})-(\d{1,6})$/.exec(said);
  if (parts === null || tidy.at(-2) !== '-' || check !== checkOf(said)) return null;
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

/**
 * The check of ISO 7064, MOD 37-2, with the hyphen as the 37th character: it finds every single
 * wrong character and every two that changed places.
 */
function checkOf(said: string): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-';
  let sum = 0;
  for (const character of said) sum = ((sum + alphabet.indexOf(character)) * 2) % 37;
  const check = (38 - sum) % 37;
  return check === 36 ? '*' : (alphabet[check] ?? '');
}
