import { formatInstant } from '#kernel/dates.ts';
import { html, type Html } from '#platform/web/html.ts';

/** One field of a form that two people wrote at once. */
export interface TextPair {
  label: string;
  theirs: string;
  yours: string;
}

/** What `both-texts.njk` shows: theirs and yours side by side. */
export interface BothTexts {
  /** "Saved by Robin Fenwick on 4 March 2026 at 9.05am" */
  saved: string;
  pairs: { label: string; theirs: Html; yours: Html }[];
  /** Where theirs is to be left as it is. */
  leaveHref: string;
  /** How yours is kept, where it is not saved on top of theirs. */
  keep?: string;
}

/** The line of the error summary above the two texts. */
export const bothTextsError = {
  field: 'both-texts',
  text: 'Somebody saved this while you were writing. Look at both texts, then save yours or leave theirs',
};

/** The fields that differ, with their differences marked. */
export function bothTexts(
  pairs: readonly TextPair[],
  last: { by: string | null; at: Date } | null,
  leaveHref: string,
): BothTexts {
  return {
    saved:
      last === null
        ? 'Saved by somebody else'
        : `Saved by ${last.by ?? 'somebody else'} on ${formatInstant(last.at)}`,
    pairs: pairs
      .filter(({ theirs, yours }) => theirs !== yours)
      .map(({ label, theirs, yours }) => ({ label, ...markDifferences(theirs, yours) })),
    leaveHref,
  };
}

/** Texts of more words than this are shown without marks: the comparison takes their product. */
const mostWords = 1500;

/** Both texts, with the words that the other has not in <mark>. */
export function markDifferences(theirs: string, yours: string): { theirs: Html; yours: Html } {
  const a = pieces(theirs);
  const b = pieces(yours);
  if (a.length > mostWords || b.length > mostWords) {
    return { theirs: html`${theirs}`, yours: html`${yours}` };
  }
  const { inA, inB } = common(a, b);
  return { theirs: marked(a, inA), yours: marked(b, inB) };
}

/** Words with the blanks that follow them. */
function pieces(text: string): string[] {
  return text.match(/\S+\s*|^\s+/g) ?? [];
}

function marked(words: readonly string[], kept: ReadonlySet<number>): Html {
  const runs: { text: string; kept: boolean }[] = [];
  words.forEach((word, index) => {
    const last = runs.at(-1);
    if (last?.kept === kept.has(index)) last.text += word;
    else runs.push({ text: word, kept: kept.has(index) });
  });
  if (runs.length === 0) return html`<span class="sl-quiet">Nothing</span>`;
  return html`${runs.map((run) => (run.kept ? run.text : html`<mark>${run.text.trimEnd()}</mark>${/\s*$/.exec(run.text)?.[0]}`))}`;
}

/** Which words of each belong to their longest common sequence. */
function common(
  a: readonly string[],
  b: readonly string[],
): { inA: Set<number>; inB: Set<number> } {
  const same = (i: number, j: number) => a[i]?.trimEnd() === b[j]?.trimEnd();
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = same(i, j)
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const inA = new Set<number>();
  const inB = new Set<number>();
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (same(i, j)) {
      inA.add(i);
      inB.add(j);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return { inA, inB };
}
