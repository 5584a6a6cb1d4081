import type { ReportHead } from './cover.ts';
import type { ReportFigures } from './figures.ts';
import { wordsOf } from './first-words.ts';
import { sections, type Depth, type SectionKey, type WrittenWords } from './sections.ts';

/** What a report says in words: what is frozen beside its figures. */
export interface ReportWords {
  depth: Depth;
  head: ReportHead;
  /** Every section's words, tokens and all; `written`: by a person. */
  sections: { key: SectionKey; words: string; written: boolean }[];
}

/** The words of a report as they stand: those that were written, and the system's for the rest. */
export function reportWords(
  depth: Depth,
  head: ReportHead,
  written: WrittenWords,
  figures: ReportFigures,
): ReportWords {
  const purpose = { forDecision: head.cover.forDecision };
  return {
    depth,
    head,
    sections: sections.map(({ key }) => ({
      key,
      words: wordsOf(key, written, figures, purpose),
      written: written[key] !== undefined,
    })),
  };
}

/**
 * A value as JSON whose every object has its names in order, so that what came back from the
 * database is written as it was before it went there.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/**
 * What is hashed of a report: what people wrote, and apart from it what follows the facts of its
 * plans. So that a clearance that is out of date can say of which of the two.
 */
export function hashedParts(
  words: ReportWords,
  figures: ReportFigures,
): { words: string; figures: string } {
  const { depth, head, sections: all } = words;
  const written = all.filter((one) => one.written);
  const system = all.filter((one) => !one.written);
  return {
    words: canonicalJson({ depth, head, written }),
    figures: canonicalJson({ figures, system }),
  };
}
