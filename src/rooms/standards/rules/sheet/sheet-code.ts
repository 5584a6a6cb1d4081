import { shortKey, withCheck, withoutCheck } from '#kernel/codes.ts';
import type { CriterionId, EditionId } from '#kernel/ids.ts';

/** What the ID of a row of an edition's workbook says. */
export interface SheetCode {
  /** `shortKey` of the edition. */
  edition: string;
  /** `shortKey` of the criterion. */
  criterion: string;
  /** The version of the judgement that stood when the workbook was made; 0 where there was none. */
  seen: number;
}

/**
 * The ID of a row, such as `9QXD4HK7M2-4B7Z0N6T1C-3-7`: of which edition, which criterion, which
 * judgement stood, and a check character. A row is matched by it wherever it was moved to.
 */
export function writeSheetCode(edition: EditionId, criterion: CriterionId, seen: number): string {
  return withCheck(`${shortKey(edition)}-${shortKey(criterion)}-${String(seen)}`);
}

/** What such an ID says, or null where it is none or one character is not as it was. */
export function readSheetCode(text: string): SheetCode | null {
  const parts = /^([0-9A-Z]{10})-([0-9A-Z]{10})-(\d{1,6})$/.exec(withoutCheck(text) ?? '');
  if (parts === null) return null;
  const [, edition = '', criterion = '', seen] = parts;
  return { edition, criterion, seen: Number(seen) };
}
