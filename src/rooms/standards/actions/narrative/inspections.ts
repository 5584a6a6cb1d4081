import { addMonths, type IsoDate } from '#kernel/dates.ts';
import type { SourceId } from '#kernel/ids.ts';
import { dayOfSource, type SourceKind, type SourcePicture } from '#findings';

/** Part B's summary of reviews, evaluations and inspections: a source of the register. */
export interface InspectionRow {
  id: SourceId;
  title: string;
  on: IsoDate;
  /** "Good", "Leadership: Good", or that none was given. */
  outcome: string;
}

const kinds: readonly SourceKind[] = ['inspection', 'peer challenge', 'practice review'];

/** For how long before the day of the document an inspection is summarised. */
export const inspectionMonths = 36;

/**
 * The inspections, peer challenges and practice reviews of the three years up to that day, newest
 * first. What is restricted has no place in a document for all inside, whoever reads it.
 */
export function inspectionRows(sources: readonly SourcePicture[], asAt: IsoDate): InspectionRow[] {
  const from = addMonths(asAt, -inspectionMonths);
  return sources
    .filter(
      (source) =>
        kinds.includes(source.kind) && !source.withdrawn && source.classification !== 'restricted',
    )
    .map((source) => ({
      id: source.id,
      title: source.title,
      on: dayOfSource(source),
      outcome: outcomeOf(source),
    }))
    .filter(({ on }) => on >= from && on <= asAt)
    .sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
}

function outcomeOf({ overall, overallIs, grades }: SourcePicture): string {
  if (overall !== null) return overall;
  if (grades.length > 0) return grades.map(({ area, grade }) => `${area}: ${grade}`).join('; ');
  return overallIs === 'none given' ? 'No grade is given' : 'Not recorded yet';
}
