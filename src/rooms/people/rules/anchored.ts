/** Where an authority's chain ended when an anchor was taken. */
export interface AnchoredHead {
  /** When the anchor was taken, as an ISO instant. */
  at: string;
  seq: number;
  hash: string;
}

/** What an anchor kept elsewhere shows of the chain as it stands. */
export type AnchorProblem =
  /** The chain ends before the entry at which it ended then. */
  | { kind: 'cut-off'; anchor: AnchoredHead; endsNow: number }
  /** That entry is another one now; the last anchor that still holds, if any, is before it. */
  | { kind: 'written-anew'; anchor: AnchoredHead; soundUpTo: AnchoredHead | null };

/**
 * Holds the anchors of one authority, oldest first, against its chain as it stands (G-03).
 * A chain that was written anew by somebody with full power is whole in itself, and only this
 * shows it. Tell it the hash of every anchored entry that is there, and where the chain ends.
 */
export function anchorProblems(
  anchors: readonly AnchoredHead[],
  chain: {
    hashes: ReadonlyMap<number, string>;
    endsAt: number;
    marker?: { seq: number; hash: string; at: Date } | null;
  },
): AnchorProblem[] {
  const problems: AnchorProblem[] = [];
  let soundUpTo: AnchoredHead | null = null;
  for (const anchor of anchors) {
    // Nothing had been logged yet, so that any chain goes on from there.
    if (anchor.seq === 0 || chain.hashes.get(anchor.seq) === anchor.hash) soundUpTo = anchor;
    else if (wentByItsTime(anchor, chain.marker ?? null)) continue;
    else if (anchor.seq > chain.endsAt) {
      problems.push({ kind: 'cut-off', anchor, endsNow: chain.endsAt });
    } else problems.push({ kind: 'written-anew', anchor, soundUpTo });
  }
  return problems;
}

/** No council keeps its log shorter than this (retention_rule in migrations/0007_records.sql). */
const leastLogDays = 180;

/**
 * Whether the anchored entry is older than what is kept of the log: it went by the rules of
 * retention, which leaves a marker, and proves nothing any more. What was anchored later than
 * the shortest time for which a log is kept cannot have gone in this way.
 */
function wentByItsTime(
  anchor: AnchoredHead,
  marker: { seq: number; hash: string; at: Date } | null,
): boolean {
  if (marker === null || anchor.seq > marker.seq) return false;
  if (anchor.seq === marker.seq) return anchor.hash === marker.hash;
  const newestThatGoes = marker.at.getTime() - leastLogDays * 24 * 60 * 60_000;
  return Date.parse(anchor.at) <= newestThatGoes;
}

/** A problem in words, for the person who looks after the server. */
export function anchorProblemText(problem: AnchorProblem): string {
  const { at, seq } = problem.anchor;
  if (problem.kind === 'cut-off') {
    return `When it was anchored (${whenText(at)}) the audit log ended at entry ${seq}; now it ends at entry ${problem.endsNow}. Entries were taken off its end.`;
  }
  const sound = problem.soundUpTo;
  const still =
    sound === null || sound.seq === 0
      ? ''
      : ` Up to entry ${sound.seq} it is as it was anchored (${whenText(sound.at)}).`;
  return `Entry ${seq} of the audit log is not the one that was anchored (${whenText(at)}): the log was written anew.${still}`;
}

function whenText(at: string): string {
  return `${at.slice(0, 10)} at ${at.slice(11, 16)} UTC`;
}
