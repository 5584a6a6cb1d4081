import type { FindingPicture } from './picture.ts';

/**
 * A finding with those of its actions alone that a person may know of. Its state follows from all
 * of them; a reason that would name one of the others names none.
 */
export function asKnown(finding: FindingPicture, known: ReadonlySet<string>): FindingPicture {
  const actions = finding.actions.filter(({ id }) => known.has(id));
  const { reason } = finding.derived;
  if (reason.why !== 'failed-again' || actions.some(({ label }) => label === reason.label)) {
    return { ...finding, actions };
  }
  const unnamed = { ...reason, label: 'One of its actions' };
  return { ...finding, actions, derived: { ...finding.derived, reason: unnamed } };
}
