import { z } from 'zod';
import { manyOf } from './forms.ts';

const longest = 200;

/**
 * Several boxes of one name, a name in each. A box may also hold several, one a line or with
 * semicolons between them. Empty boxes and repetitions are left out.
 */
export function nameList(): z.ZodType<string[]> {
  return manyOf(z.string().max(4000, 'This is too long. Shorten it.'))
    .transform(namesIn)
    .refine(
      (names) => names.every((name) => name.length <= longest),
      `A name has more than ${longest} characters. Shorten it.`,
    );
}

/** The names in these texts. */
export function namesIn(texts: readonly string[]): string[] {
  const names = new Map<string, string>();
  for (const text of texts) {
    for (const part of text.split(/[;\r\n]/)) {
      const name = part.trim().replace(/\s+/g, ' ');
      const key = name.toLowerCase();
      if (name !== '' && !names.has(key)) names.set(key, name);
    }
  }
  return [...names.values()];
}

/** The boxes to show: what was typed, and always some that are free. */
export function nameBoxes(typed: string | string[] | undefined): string[] {
  const filled = [typed ?? []].flat().filter((name) => name.trim() !== '');
  return [...filled, ...Array.from({ length: Math.max(3 - filled.length, 1) }, () => '')];
}
