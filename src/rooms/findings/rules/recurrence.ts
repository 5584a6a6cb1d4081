import type { SourceId, ThemeId } from '#kernel/ids.ts';
import type { FindingKind } from './kinds.ts';
import type { ThemeRef } from './picture.ts';

/** That a source raised themes, in a finding that is no strength. */
export interface Mention {
  sourceId: SourceId;
  kind: FindingKind;
  /** The day or the month of its source, as "2026-03-04" or "2026-03". */
  when: string;
  themes: readonly Pick<ThemeRef, 'id'>[];
}

/** A theme of a finding, with the years in which other sources raised it before. */
export interface Recurrence extends ThemeRef {
  earlierYears: string[];
}

/**
 * Whether a finding says of its themes what other sources said before it: the years of earlier
 * sources, oldest first, of each theme. Strengths raise nothing, and nothing is said again by them.
 */
export function recurrenceOf(
  finding: Omit<Mention, 'themes'> & { themes: readonly ThemeRef[] },
  others: readonly Mention[],
): Recurrence[] {
  const month = finding.when.slice(0, 7);
  const earlier =
    finding.kind === 'strength'
      ? []
      : others.filter(
          ({ kind, sourceId, when }) =>
            kind !== 'strength' &&
            sourceId !== finding.sourceId &&
            isEarlier(when, finding.when, month),
        );
  return finding.themes.map((theme) => ({
    ...theme,
    earlierYears: [
      ...new Set(earlier.filter(raises(theme.id)).map(({ when }) => when.slice(0, 4))),
    ].sort(),
  }));
}

/** A month is earlier than a day only where the whole of it is. */
function isEarlier(when: string, than: string, month: string): boolean {
  return when.length === 7 || than.length === 7 ? when.slice(0, 7) < month : when < than;
}

const raises =
  (id: ThemeId) =>
  ({ themes }: Mention): boolean =>
    themes.some((theme) => theme.id === id);
