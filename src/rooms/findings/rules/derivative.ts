import type { FindingId, SourceId } from '#kernel/ids.ts';
import type { FindingState } from './finding-state.ts';
import type { FindingKind } from './kinds.ts';
import { dayOfSource, type FindingPicture, type ThemeRef } from './picture.ts';

/**
 * What of a restricted finding those may read who may not read the whole: what kind it is, where it
 * stands, its month, and the words that were written to be shared. Its own words, its source's
 * name, who leads it and what answers it are not in it.
 */
export interface DerivativeFinding {
  id: FindingId;
  /** By which sources are counted; never shown. */
  sourceId: SourceId;
  kind: FindingKind;
  themes: ThemeRef[];
  area: string | null;
  state: FindingState;
  /** "2026-03": the month of the source, and not its day. */
  month: string;
  wordsToShare: string | null;
}

/** The derivative of a finding (condition `s` of the permission matrix). */
export function derivativeOf(finding: FindingPicture): DerivativeFinding {
  return {
    id: finding.id,
    sourceId: finding.source.id,
    kind: finding.kind,
    themes: finding.themes,
    area: finding.area,
    state: finding.derived.state,
    month: dayOfSource(finding.source).slice(0, 7),
    wordsToShare: finding.wordsToShare,
  };
}
