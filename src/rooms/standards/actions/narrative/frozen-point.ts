import { standingLinksOf, type FrozenBy } from '#findings';
import type { SectionId } from '../../rules/narrative/assessment.ts';
import { sectionState } from '../../rules/narrative/section-state.ts';
import { lockAssessment } from '../../store/narrative/append.ts';
import { assessmentOfSection } from '../../store/narrative/read.ts';
import { readSectionSteps } from '../../store/read-sections.ts';

/**
 * A strength or an area for development of a section that was submitted or signed off stays as it
 * was signed: the register of findings cannot change its words either.
 */
export const frozenPoint: FrozenBy = async (tx, { authorityId }, findingId, today) => {
  const links = await standingLinksOf(tx, authorityId, [findingId], today);
  for (const { from, relation } of links) {
    if (relation !== 'drawn from' || from.kind !== 'section') continue;
    const sectionId = from.id as SectionId;
    const assessmentId = await assessmentOfSection(tx, authorityId, sectionId);
    if (assessmentId === null) continue;
    await lockAssessment(tx, authorityId, assessmentId);
    const steps = await readSectionSteps(tx, authorityId, [sectionId], { asAt: today });
    const { locked, state } = sectionState(steps);
    if (locked) {
      return `This stands in a section of the self-assessment that is ${state}. Whoever signs it off can open the section again`;
    }
  }
  return null;
};
