/** Clearing a report: by named posts, bound to what they saw, and never by who wrote it. */

/** The hashes of what a report says: its head and words, and its figures. */
export interface ContentHashes {
  words: string;
  figures: string;
}

export interface ClearanceAnswer {
  answer: 'cleared' | 'returned' | 'no longer asked';
  words: string | null;
  hashes: ContentHashes;
  byId: string;
  at: Date;
}

/** A post that is asked, with its latest answer where there is one. */
export interface Clearance {
  id: string;
  postId: string;
  post: string;
  answer: ClearanceAnswer | null;
}

export type ClearanceState =
  | 'waits'
  | 'cleared'
  | 'returned'
  /** Cleared, and the words were changed since. */
  | 'words changed'
  /** Cleared, and a figure changed since, because somebody recorded something late. */
  | 'figures changed'
  | 'no longer asked';

/** How a clearance stands against what the report says now. */
export function clearanceState(
  clearance: Pick<Clearance, 'answer'>,
  now: ContentHashes,
): ClearanceState {
  const { answer } = clearance;
  if (answer === null) return 'waits';
  if (answer.answer !== 'cleared') return answer.answer;
  if (answer.hashes.words !== now.words) return 'words changed';
  return answer.hashes.figures === now.figures ? 'cleared' : 'figures changed';
}

export type WhyNotClear = 'not asked' | 'wrote it' | 'changed it last';

/**
 * Why this person may not clear for this post: every reason; empty when they may. Rule 3 of the
 * permission matrix: the author or last editor never approves the same content.
 */
export function whyNotClear(
  who: { userId: string; partyIds: readonly string[] },
  clearance: Pick<Clearance, 'postId'>,
  report: { authorId: string; editorId: string },
): WhyNotClear[] {
  const reasons: WhyNotClear[] = [];
  if (!who.partyIds.includes(clearance.postId)) reasons.push('not asked');
  if (who.userId === report.authorId) reasons.push('wrote it');
  else if (who.userId === report.editorId) reasons.push('changed it last');
  return reasons;
}

/** What stands in the way of making a report final; empty when nothing does. */
export type NotReady =
  | {
      kind: 'clearance';
      post: string;
      state: Exclude<ClearanceState, 'cleared' | 'no longer asked'>;
    }
  | { kind: 'unknown figure'; section: string; token: string };

/** Every clearance that was asked for and does not stand for what the report says now. */
export function openClearances(
  clearances: readonly Clearance[],
  now: ContentHashes,
): Extract<NotReady, { kind: 'clearance' }>[] {
  return clearances.flatMap((clearance) => {
    const state = clearanceState(clearance, now);
    return state === 'cleared' || state === 'no longer asked'
      ? []
      : [{ kind: 'clearance' as const, post: clearance.post, state }];
  });
}

/**
 * How who makes it final stands to rule 3: somebody who neither began it nor changed it last is the
 * second person; so is whoever cleared exactly this content, where the writer makes it final.
 */
export function finaliserStanding(
  userId: string,
  report: { authorId: string; editorId: string },
  clearances: readonly Clearance[],
  now: ContentHashes,
): { secondPerson: boolean; authorOfThisContent: boolean } {
  const writers = [report.authorId, report.editorId];
  const wrote = writers.includes(userId);
  const clearedByAnother = clearances.some(
    (clearance) =>
      clearanceState(clearance, now) === 'cleared' &&
      clearance.answer !== null &&
      !writers.includes(clearance.answer.byId),
  );
  return {
    secondPerson: !wrote || clearedByAnother,
    authorOfThisContent: wrote && !clearedByAnother,
  };
}
