import type { IsoDate } from '#kernel/dates.ts';
import type { Due } from '#kernel/due/due.ts';
import type {
  CriterionId,
  EditionId,
  EvidenceId,
  FindingId,
  FrameworkId,
  Id,
  JudgementId,
  PartyId,
  SourceId,
  UserId,
} from '#kernel/ids.ts';
import type {
  EditionState,
  MapRelation,
  Progress,
  RestKind,
  Result,
  SectionKind,
  SectionStepKind,
  Whose,
} from './kinds.ts';
import type { Level } from './levels.ts';

export type DomainId = Id<'domain'>;
export type VerdictId = Id<'verdict'>;
export type AssessmentRoundId = Id<'assessment round'>;
export type FrameworkLoadId = Id<'framework load'>;

/** A post, team, board or organisation, as it is called. */
export interface PartyRef {
  id: PartyId;
  name: string;
}

/** An edition of a framework, without its criteria. */
export interface EditionHead {
  id: EditionId;
  frameworkId: FrameworkId;
  /** The edition that it takes the place of. */
  followsId: EditionId | null;
  label: string;
  title: string;
  publisher: string | null;
  publishedOn: IsoDate | null;
  /** Best first. */
  levels: Level[];
  note: string | null;
  state: EditionState;
  /** Since when it is in this state. */
  since: IsoDate;
  stateVersion: number;
  criterionCount: number;
}

export interface Criterion {
  id: CriterionId;
  editionId: EditionId;
  domainId: DomainId;
  ref: string;
  /** Its place in the document, over all domains. */
  position: number;
  text: string;
  /** By the key of the level: what that level looks like here. */
  descriptors: Readonly<Record<string, string>>;
}

export interface Domain {
  id: DomainId;
  ref: string | null;
  title: string;
  position: number;
  /** In the order of the document. */
  criteria: Criterion[];
}

export interface Edition extends EditionHead {
  domains: Domain[];
}

/** One thing on which a judgement rests. */
export interface Rest {
  kind: RestKind;
  words: string | null;
  datedOn: IsoDate | null;
  evidenceId: EvidenceId | null;
  sourceId: SourceId | null;
  findingId: FindingId | null;
}

/** What a judgement says. */
export interface JudgementContent {
  progress: Progress;
  /** The key of a level of the edition; null: not judged. */
  level: string | null;
  result: Result | null;
  howMet: string | null;
  whyNot: string | null;
  whatNext: string | null;
  due: Due | null;
  leads: PartyRef[];
  restsOn: Rest[];
}

/** What the authority said of itself on a criterion, from a day on. */
export interface Judgement extends JudgementContent {
  id: JudgementId;
  criterionId: CriterionId;
  version: number;
  effectiveOn: IsoDate;
  recordedAt: Date;
  by: UserId | null;
}

/** What others said on a criterion. */
export interface Verdict {
  id: VerdictId;
  criterionId: CriterionId;
  whose: Whose;
  /** The key of a level of the edition. */
  level: string | null;
  words: string | null;
  saidOn: IsoDate;
  sourceId: SourceId | null;
  by: UserId | null;
}

/** That a criterion is, the same or changed, one of the edition before. */
export interface CriterionLink {
  criterionId: CriterionId;
  fromId: CriterionId;
  relation: MapRelation;
}

/** One self-assessment against an edition. */
export interface AssessmentRound {
  id: AssessmentRoundId;
  editionId: EditionId;
  name: string;
  openedOn: IsoDate;
  recordedAt: Date;
}

/** One step of a section between those who write it and those who sign it off. */
export interface SectionStep {
  sectionKind: SectionKind;
  sectionId: string;
  roundId: AssessmentRoundId | null;
  version: number;
  effectiveOn: IsoDate;
  recordedAt: Date;
  by: UserId | null;
  step: SectionStepKind;
  postId: PartyId | null;
  dueOn: IsoDate | null;
  comment: string | null;
  contentHash: string | null;
}
