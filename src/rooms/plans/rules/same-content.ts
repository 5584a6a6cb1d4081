import type { ObjectivePicture, PartyRef, PlanHead, RagColour, SourceRef } from './picture.ts';

/**
 * Whether what a person gives is what stands already. Such a save writes nothing: it adds no
 * empty entry to the history, and the same form sent twice is one change.
 */

/** A name as it is compared: two spellings of one post, or of one source, are one. */
function keyOf(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

/** Whether these names are those of the parties, in the same order. */
export function sameNames(standing: readonly PartyRef[], given: readonly string[]): boolean {
  return sameTexts(
    standing.map((party) => keyOf(party.name)),
    [...new Set(given.map(keyOf))],
  );
}

/** Whether these are the same sources with the same words and pages, in whatever order. */
export function sameSources(
  standing: readonly SourceRef[],
  given: readonly { title: string; words: string | null; page: string | null }[],
): boolean {
  const keys = (sources: readonly Pick<SourceRef, 'title' | 'words' | 'page'>[]) => [
    ...new Set(
      sources.map((one) => JSON.stringify([keyOf(one.title), one.words ?? '', one.page ?? ''])),
    ),
  ];
  return sameTexts(keys(standing).sort(), keys(given).sort());
}

/** Whether the text of an action, its leads and its sources are as they stand. */
export function sameAction(
  standing: ActionContentInWords & {
    leads: readonly PartyRef[];
    contributors: readonly PartyRef[];
    sources: readonly SourceRef[];
  },
  given: ActionContentInWords & {
    leads: readonly string[];
    contributors: readonly string[];
    sources: readonly { title: string; words: string | null; page: string | null }[];
  },
): boolean {
  const leads = new Set(given.leads.map(keyOf));
  return (
    standing.objectiveId === given.objectiveId &&
    standing.ref === given.ref &&
    standing.text === given.text &&
    standing.priority === given.priority &&
    (standing.successMeasure ?? '') === (given.successMeasure ?? '') &&
    (standing.outcomeForChildren ?? '') === (given.outcomeForChildren ?? '') &&
    sameNames(standing.leads, given.leads) &&
    // Who leads is not also counted as a contributor.
    sameNames(
      standing.contributors,
      given.contributors.filter((name) => !leads.has(keyOf(name))),
    ) &&
    sameSources(standing.sources, given.sources)
  );
}

interface ActionContentInWords {
  objectiveId: string;
  ref: string;
  text: string;
  priority: string | null;
  successMeasure: string | null;
  outcomeForChildren: string | null;
}

/** Whether an objective's words and sources are as they stand; its place is asked apart. */
export function sameObjective(
  standing: ObjectivePicture,
  given: {
    section: string | null;
    ref: string | null;
    title: string;
    withdrawn: boolean;
    sources: readonly { title: string; words: string | null; page: string | null }[];
  },
): boolean {
  return (
    standing.section === given.section &&
    standing.ref === given.ref &&
    standing.title === given.title &&
    standing.withdrawn === given.withdrawn &&
    sameSources(standing.sources, given.sources)
  );
}

/** Whether a plan's head is as it stands. */
export function sameHead(
  standing: PlanHead,
  given: {
    title: string;
    periodFrom: string | null;
    periodTo: string | null;
    owner: string | null;
    boards: readonly string[];
    reviewCycleDays: number | null;
    ragScheme: readonly RagColour[];
  },
): boolean {
  const colours = (scheme: readonly RagColour[]) =>
    scheme.map((one) => JSON.stringify([one.colour, one.name, one.meaning, one.standsFor]));
  return (
    standing.title === given.title &&
    standing.periodFrom === given.periodFrom &&
    standing.periodTo === given.periodTo &&
    standing.reviewCycleDays === given.reviewCycleDays &&
    sameNames(
      standing.owner === null ? [] : [standing.owner],
      given.owner === null ? [] : [given.owner],
    ) &&
    sameTexts(
      standing.boards.map((board) => keyOf(board.name)).sort(),
      [...new Set(given.boards.map(keyOf))].sort(),
    ) &&
    sameTexts(colours(standing.ragScheme), colours(given.ragScheme))
  );
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
