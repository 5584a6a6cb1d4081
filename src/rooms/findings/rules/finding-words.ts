import { formatDate } from '#kernel/dates.ts';
import { findingKindName, sentenceCase } from './kind-words.ts';
import type { FindingPicture } from './picture.ts';
import { stateReasonInWords } from './state-words.ts';

/** "Recommendation 1.10", "Strength" */
export function findingTitle(finding: Pick<FindingPicture, 'kind' | 'ref'>): string {
  const kind = sentenceCase(findingKindName(finding.kind));
  return finding.ref === null ? kind : `${kind} ${finding.ref}`;
}

/**
 * What there is to know of a finding, first: "Recommendation 2 of 7, open: it has a response, and no
 * action yet. Accepted on 3 June 2020." `siblings` are those findings of its source that are shown.
 */
export function findingSentence(
  finding: FindingPicture,
  siblings: readonly FindingPicture[],
): string {
  const { kind, ref, derived, response } = finding;
  const same = siblings.filter((one) => one.kind === kind && !one.withdrawn);
  const place = same.findIndex(({ id }) => id === finding.id) + 1;
  const of = `${place} of ${same.length}`;
  const name = sentenceCase(findingKindName(kind));
  const which =
    place === 0 || same.length === 1
      ? findingTitle(finding)
      : ref === null || ref === String(place)
        ? `${name} ${of}`
        : `${name} ${ref} (${of})`;
  const reason = stateReasonInWords(derived.reason);
  // A quotation begins as it is written.
  const said = reason.charAt(0).toLowerCase() + reason.slice(1);
  return `${which}, ${derived.state}: ${said}.${response === null ? '' : ` ${responseInWords(response)}.`}`;
}

/** "Partly accepted on 3 June 2020" */
export function responseInWords({ answer, on }: NonNullable<FindingPicture['response']>): string {
  return `${sentenceCase(answer)} on ${formatDate(on)}`;
}

/** "page 4, paragraph 12" */
export function placeInWords(finding: Pick<FindingPicture, 'page' | 'paragraph'>): string | null {
  const parts = [
    finding.page === null ? null : `page ${finding.page}`,
    finding.paragraph === null ? null : `paragraph ${finding.paragraph}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}
