/** Who stands how to a report: the class that it has, and the conditions of the permission matrix. */

export type ReportClass = 'DRF' | 'EXM' | 'PLN';

/**
 * A draft for the public is DRF, a public paper once final PLN; what is exempt is EXM throughout,
 * so that a derived paper never has a lower class than its reasons for being exempt.
 */
export function classOf(report: { isPublic: boolean; isFinal: boolean }): ReportClass {
  if (!report.isPublic) return 'EXM';
  return report.isFinal ? 'PLN' : 'DRF';
}

/** What of a report decides who may know of it. */
export interface ReportTies {
  authorId: string;
  isFinal: boolean;
  committeeId: string | null;
  /** The posts that are asked to clear it. */
  clearingPosts: readonly string[];
  /** Those who own its plans today. */
  planOwners: readonly string[];
}

export interface Reader {
  userId: string;
  /** The posts, boards and organisations for which they act today. */
  partyIds: readonly string[];
}

/** The conditions `a`, `o` and `c`, as `may` takes them. */
export interface ReportStanding {
  /** Began it, is asked to clear it, or holds the post that owns one of its plans. */
  assigned: boolean;
  /** Their own, until it is final. */
  own: boolean;
  /** Sits on the committee or board that it is for, once it is final. */
  onBoard: boolean;
}

/** How this person stands to a report. */
export function standingTo(reader: Reader, report: ReportTies): ReportStanding {
  const wroteIt = reader.userId === report.authorId;
  const holds = (party: string) => reader.partyIds.includes(party);
  return {
    assigned: wroteIt || report.clearingPosts.some(holds) || report.planOwners.some(holds),
    own: wroteIt && !report.isFinal,
    onBoard: report.isFinal && report.committeeId !== null && holds(report.committeeId),
  };
}
