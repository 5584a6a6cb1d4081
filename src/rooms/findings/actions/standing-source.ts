import { may, type Actor, type CircumstancesOfRecord, type Letter } from '#people';
import type { FindingPicture, SourcePicture } from '../rules/picture.ts';
import { classOf, standingToFinding } from './standing.ts';

/**
 * How a person stands to a source: as they stand to any of its findings. `findings` are those of
 * the source, and of today: an old position is read by the leads of today.
 */
export function standingToSource(
  actor: Actor,
  findings: readonly FindingPicture[],
): CircumstancesOfRecord {
  const all = findings.map((finding) => standingToFinding(actor, finding));
  return {
    assigned: all.some(({ assigned }) => assigned === true),
    onBoard: all.some(({ onBoard }) => onBoard === true),
    granted: all.some(({ granted }) => granted === true),
  };
}

/** Whether a person may do this to a source. */
export function mayWithSource(
  actor: Actor,
  letter: Letter,
  source: SourcePicture,
  findings: readonly FindingPicture[],
): boolean {
  return may(actor, letter, classOf(source.classification), standingToSource(actor, findings));
}
