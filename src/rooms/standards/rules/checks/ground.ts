import type { IsoDate } from '#kernel/dates.ts';
import type { EvidenceId, FindingId, PartyId, SourceId } from '#kernel/ids.ts';
import type { FindingPicture, SourcePicture, ToldProgress } from '#findings';
import type { Challenge } from '../challenge/picture.ts';
import type { Level } from '../levels.ts';
import type { Criterion, Judgement, Verdict } from '../picture.ts';

/** A criterion of an edition in use, with what stands on it. */
export interface CheckedCriterion {
  criterion: Criterion;
  levels: readonly Level[];
  judgement: Judgement | null;
  /** The newest first. */
  verdicts: readonly Verdict[];
}

/** A section that somebody is to write: a domain of the open round, or one of the newest narrative. */
export interface CheckedSection {
  id: string;
  title: string;
  /** The page on which it is handed to somebody. */
  href: string;
  postId: PartyId | null;
  dueOn: IsoDate | null;
  /** It was submitted, or signed off. */
  locked: boolean;
}

export interface CheckedEvidence {
  id: EvidenceId;
  title: string;
  goodUntil: IsoDate | null;
  withdrawn: boolean;
  restricted: boolean;
}

/** All that the checks look at, as at a day; each table was asked once. */
export interface Ground {
  today: IsoDate;
  criteria: readonly CheckedCriterion[];
  sections: readonly CheckedSection[];
  /** What is withdrawn is left out, as of sources and evidence. */
  findings: readonly FindingPicture[];
  sources: readonly SourcePicture[];
  evidence: readonly CheckedEvidence[];
  /** Findings for which evidence is given. */
  shownFindings: ReadonlySet<FindingId>;
  /** Sources whose document is kept. */
  withDocument: ReadonlySet<SourceId>;
  /** Every action as it was last told of, with the day since when it is in its state. */
  actions: readonly (ToldProgress & { since: IsoDate })[];
  challenges: readonly Challenge[];
}
