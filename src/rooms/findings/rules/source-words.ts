import { formatDate } from '#kernel/dates.ts';
import { findingStates, type FindingState } from './finding-state.ts';
import { findingKinds } from './kinds.ts';
import { countOf, findingKindName, listInWords } from './kind-words.ts';
import type { FindingPicture, SourcePicture } from './picture.ts';

/** How many findings are in each state, in the order of the states; none is left out. */
export function countStates(
  findings: readonly Pick<FindingPicture, 'derived'>[],
): { state: FindingState; count: number }[] {
  return findingStates
    .map((state) => ({
      state,
      count: findings.filter(({ derived }) => derived.state === state).length,
    }))
    .filter(({ count }) => count > 0);
}

/** "4 are open, 2 in progress and 1 done" */
export function statesInWords(findings: readonly Pick<FindingPicture, 'derived'>[]): string {
  const counts = countStates(findings);
  return listInWords(
    counts.map(({ state, count }, index) =>
      state === 'no action needed'
        ? `${count} ${count === 1 ? 'needs' : 'need'} no action`
        : index > 0
          ? `${count} ${state}`
          : `${count} ${count === 1 ? 'is' : 'are'} ${state}`,
    ),
  );
}

/** "3 recommendations and 1 strength" */
export function kindsInWords(findings: readonly Pick<FindingPicture, 'kind'>[]): string {
  return listInWords(
    findingKinds.flatMap((kind) => {
      const count = findings.filter((one) => one.kind === kind).length;
      return count === 0 ? [] : [`${count} ${findingKindName(kind, count)}`];
    }),
  );
}

/**
 * What a source comes to, from those of its findings that are shown: how many of each kind, where
 * they stand, and how many still wait for a response.
 */
export function sourceSentence(findings: readonly FindingPicture[]): string {
  const standing = findings.filter(({ withdrawn }) => !withdrawn);
  if (standing.length === 0) return 'No finding of it is registered yet.';
  const asked = standing.filter(({ kind }) => kind !== 'strength');
  const unanswered = asked.filter(({ response }) => response === null).length;
  const sentences = [
    `${countOf(standing.length, 'finding')}: ${kindsInWords(standing)}.`,
    `${statesInWords(standing)}.`,
  ];
  if (asked.length > 0) {
    sentences.push(
      unanswered === 0
        ? 'Every one that asks for a response has one.'
        : `${unanswered} of ${asked.length} that ask for a response ${unanswered === 1 ? 'has' : 'have'} none.`,
    );
  }
  return sentences.join(' ');
}

/** What its body judged overall: in its own words, that it gave none, or that nobody wrote it down. */
export function overallInWords(source: Pick<SourcePicture, 'overall' | 'overallIs'>): string {
  if (source.overallIs === 'given') return `“${source.overall ?? ''}”`;
  return source.overallIs === 'none given' ? 'None was given' : 'Not recorded';
}

/** "Visited 12 to 16 January 2026", "Published 20 February 2026", "Received …", as far as known. */
export function datesInWords(
  source: Pick<SourcePicture, 'visitFrom' | 'visitTo' | 'publishedOn' | 'receivedOn'>,
): { label: string; words: string }[] {
  const { visitFrom, visitTo, publishedOn, receivedOn } = source;
  const days = [...new Set([visitFrom, visitTo].flatMap((day) => day ?? []))];
  const visit = days.length === 0 ? null : days.map(formatDate).join(' to ');
  return [
    { label: 'Visit', words: visit },
    { label: 'Published', words: publishedOn === null ? null : formatDate(publishedOn) },
    { label: 'Received', words: receivedOn === null ? null : formatDate(receivedOn) },
  ].flatMap(({ label, words }) => (words === null ? [] : [{ label, words }]));
}
