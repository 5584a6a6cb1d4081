import type { UserId } from '#kernel/ids.ts';
import { sectionState, type SectionState } from './narrative/section-state.ts';
import type { AssessmentRound, Criterion, Judgement, SectionStep } from './picture.ts';

/** A domain as a section of the round that is open: nobody's where none was opened. */
export interface DomainSection extends SectionState {
  round: AssessmentRound | null;
  /** Who submitted it last in this round. */
  submittedBy: UserId | null;
}

/** Where a domain is in the latest round; the steps of earlier rounds count for its version alone. */
export function domainSection(
  round: AssessmentRound | null,
  steps: readonly SectionStep[],
): DomainSection {
  const own = steps.filter(({ roundId }) => round !== null && roundId === round.id);
  return {
    ...sectionState(own),
    version: steps.at(-1)?.version ?? 0,
    round,
    submittedBy: own.findLast(({ step }) => step === 'submitted')?.by ?? null,
  };
}

/**
 * Who wrote what a signature would be for: everybody who wrote a judgement in the section since the
 * round was opened, or one that still stands, and whoever submitted it. None of them signs it off.
 */
export function authorsOf(
  section: Pick<DomainSection, 'round' | 'submittedBy'>,
  criteria: readonly Pick<Criterion, 'id'>[],
  history: readonly Judgement[],
): ReadonlySet<UserId> {
  const ids = new Set(criteria.map(({ id }) => id));
  const standing = new Set<string>();
  const authors = new Set<UserId>();
  if (section.submittedBy !== null) authors.add(section.submittedBy);
  // The newest first: the first of each criterion is the one that stands.
  for (const judgement of history) {
    if (!ids.has(judgement.criterionId)) continue;
    const stands = !standing.has(judgement.criterionId);
    standing.add(judgement.criterionId);
    const opened = section.round?.recordedAt;
    const inRound = opened !== undefined && judgement.recordedAt >= opened;
    if ((stands || inRound) && judgement.by !== null) authors.add(judgement.by);
  }
  return authors;
}
