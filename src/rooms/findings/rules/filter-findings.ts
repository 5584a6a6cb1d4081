import type { PartyId, SourceId, ThemeId } from '#kernel/ids.ts';
import type { DerivativeFinding } from './derivative.ts';
import type { FindingState } from './finding-state.ts';
import type { FindingKind } from './kinds.ts';
import { dayOfSource, type FindingPicture } from './picture.ts';

/** What a list of findings is narrowed to; of each that is empty, all. */
export interface FindingFilter {
  text: string;
  kinds: FindingKind[];
  states: FindingState[];
  sources: SourceId[];
  themes: (ThemeId | 'none')[];
  areas: string[];
  leads: (PartyId | 'none')[];
  /** Of the day of the source: "2026". */
  years: string[];
}

export const anyFinding: FindingFilter = {
  text: '',
  kinds: [],
  states: [],
  sources: [],
  themes: [],
  areas: [],
  leads: [],
  years: [],
};

type Shown =
  | { access: 'whole'; finding: FindingPicture }
  | { access: 'derivative'; finding: DerivativeFinding };

/**
 * Whether a finding fits. Of one that is read only in part, nothing is asked that its reader may
 * not know: neither its words, nor its source, nor its lead.
 */
export function fitsFinding(one: Shown, filter: FindingFilter): boolean {
  const { kind, themes, area } = one.finding;
  const whole = one.access === 'whole' ? one.finding : null;
  const state = one.access === 'whole' ? one.finding.derived.state : one.finding.state;
  return (
    fits(filter.kinds, kind) &&
    fits(filter.states, state) &&
    fits(filter.areas, area) &&
    fits(filter.years, yearOf(one)) &&
    fits(filter.sources, whole?.source.id ?? null) &&
    fits(filter.leads, whole === null ? null : (whole.lead?.id ?? 'none')) &&
    (filter.themes.length === 0 ||
      (themes.length === 0
        ? filter.themes.includes('none')
        : themes.some(({ id }) => filter.themes.includes(id)))) &&
    filter.text
      .toLowerCase()
      .split(/\s+/)
      .every((word) => wordsOf(one).includes(word))
  );
}

/** The year of the source of a finding. */
export const yearOf = (one: Shown): string =>
  (one.access === 'whole' ? dayOfSource(one.finding.source) : one.finding.month).slice(0, 4);

function fits<Value>(chosen: readonly Value[], value: Value | null): boolean {
  return chosen.length === 0 || (value !== null && chosen.includes(value));
}

function wordsOf(one: Shown): string {
  const words =
    one.access === 'whole'
      ? [one.finding.words, one.finding.ref, one.finding.source.title, one.finding.area]
      : [one.finding.wordsToShare, one.finding.area];
  return words.join(' ').toLowerCase();
}
