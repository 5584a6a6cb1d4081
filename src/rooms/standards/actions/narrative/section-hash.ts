import { createHash } from 'node:crypto';
import type { Section } from '../../rules/narrative/assessment.ts';

/** The SHA-256 of what a section says, with its points. */
export function sectionHash(section: Section): string {
  const said = [
    section.number,
    section.title,
    section.summary,
    section.points.map(({ findingId, kind, words }) => [findingId, kind, words]),
  ];
  return createHash('sha256').update(JSON.stringify(said), 'utf8').digest('hex');
}
