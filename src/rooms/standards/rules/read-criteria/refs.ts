/** A ref as its numbers: "1.10" is [1, 10]. Null where it is not of that shape. */
function numbersOf(ref: string): number[] | null {
  return /^\d{1,4}(?:\.\d{1,4})+$/.test(ref) ? ref.split('.').map(Number) : null;
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  for (const [at, number] of a.entries()) {
    const other = b[at];
    if (other === undefined || number > other) return false;
    if (number < other) return true;
  }
  return a.length < b.length;
}

/** Rising, and not by more than a table leaves out between two of its refs. */
function isSoonAfter(a: readonly number[], b: readonly number[]): boolean {
  const isSameDomain = a[0] === b[0];
  return isBefore(a, b) && (!isSameDomain || (b[1] ?? 0) - (a[1] ?? 0) <= 20);
}

/**
 * Excel drops the last nought of a number: 1.10 is shown as 1.1 and 1.20 as 1.2. Where the refs
 * of a table rise from first to last once such noughts are put back, and do not without, those
 * are the refs. Gives them by their place in the list; empty where nothing was lost.
 */
export function lostNoughts(refs: readonly (string | null)[]): Map<number, string> {
  const mended = new Map<number, string>();
  let last: number[] | null = null;
  for (const [at, ref] of refs.entries()) {
    if (ref === null) continue;
    const numbers = numbersOf(ref);
    if (numbers === null) return new Map();
    if (last === null || isBefore(last, numbers)) {
      last = numbers;
      continue;
    }
    const withNought = /^\d+\.[1-9]$/.test(ref) ? numbersOf(`${ref}0`) : null;
    if (withNought === null || !isSoonAfter(last, withNought)) return new Map();
    mended.set(at, `${ref}0`);
    last = withNought;
  }
  return mended;
}

/** The ref that words begin with: "1.9 Decisions are recorded", "Standard 4: …". */
export function takeRef(words: string): { ref: string | null; rest: string } {
  const found =
    /^((?:standard|criterion|question|requirement|principle)\s+[A-Z]?\d+(?:\.\d+)*[a-z]?|[A-Z]{0,3}\d+(?:\.\d+)+[a-z]?|\d{1,3}[a-z]?(?=[.):]))[.):]?\s+(\S[\s\S]*)$/i.exec(
      words,
    );
  if (found?.[1] === undefined || found[2] === undefined) return { ref: null, rest: words };
  return { ref: found[1], rest: found[2].replace(/^[-–—:]\s*/, '') };
}
