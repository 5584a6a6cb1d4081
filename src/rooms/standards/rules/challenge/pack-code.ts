import type { ChallengeId } from '#kernel/ids.ts';
import { shortKey, withCheck, withoutCheck } from '#kernel/codes.ts';
import type { ItemKind } from './picture.ts';

/** What the code of a row of a pack says. */
export interface PackCode {
  /** `shortKey` of the challenge whose pack it is. */
  challenge: string;
  /** `shortKey` of the section, or of the criterion, that the row is about. */
  about: string;
  kind: ItemKind;
}

const letters: Readonly<Record<ItemKind, string>> = {
  strength: 'S',
  question: 'Q',
  challenge: 'C',
  verdict: 'V',
};

/**
 * The code of a row, such as `9QXD4HK7M2-4B7Z0N6T1C-S1-7`: of which challenge, about what, of
 * which kind, its number among those, and a check character. A row is matched by it wherever it
 * was moved to.
 */
export function writePackCode(
  challengeId: ChallengeId,
  aboutId: string,
  kind: ItemKind,
  number: number,
): string {
  return withCheck(
    `${shortKey(challengeId)}-${shortKey(aboutId)}-${letters[kind]}${String(number)}`,
  );
}

/** What such a code says, or null where it is none or one character is not as it was. */
export function readPackCode(text: string): PackCode | null {
  const said = withoutCheck(text);
  const parts = /^([0-9A-Z]{10})-([0-9A-Z]{10})-([SQCV])\d{1,3}$/.exec(said ?? '');
  if (parts === null) return null;
  const [, challenge = '', about = '', letter] = parts;
  const [kind = null] = (Object.keys(letters) as ItemKind[]).filter(
    (one) => letters[one] === letter,
  );
  return kind === null ? null : { challenge, about, kind };
}
