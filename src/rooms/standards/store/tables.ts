import type { ColumnType, Generated } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { DuePrecision } from '#kernel/due/due.ts';
import type {
  AssessmentId,
  AuthorityId,
  ChallengeId,
  CriterionId,
  EditionId,
  EvidenceId,
  FileId,
  FindingId,
  FrameworkId,
  Id,
  JudgementId,
  PartyId,
  SourceId,
  UserId,
} from '#kernel/ids.ts';
import type {
  ChallengeItemId,
  ChallengeReturnId,
  Decision,
  ItemKind,
} from '../rules/challenge/picture.ts';
import type { PackReading } from '../rules/challenge/read-pack.ts';
import type { FrameworkReading } from '../rules/framework-reading.ts';
import type {
  EditionState,
  MapRelation,
  Progress,
  RestKind,
  Result,
  SectionKind,
  SectionStepKind,
  Whose,
} from '../rules/kinds.ts';
import type { Level } from '../rules/levels.ts';
import type { LoadChoices } from '../rules/load-choices.ts';
import type {
  AssessmentImportId,
  AssessmentItemId,
  RowKind,
  SectionId,
  SelfEvaluationId,
  TextKind,
} from '../rules/narrative/assessment.ts';
import type { CriteriaChoices, CriteriaReading } from '../rules/read-criteria/reading.ts';
import type { AssessmentRoundId, DomainId, FrameworkLoadId, VerdictId } from '../rules/picture.ts';

/** A jsonb column: read as the value, written as its JSON text. */
type Json<Value> = ColumnType<Value, string, string>;

interface Fact {
  authority_id: AuthorityId;
  recorded_at: Generated<Date>;
  recorded_by: UserId | null;
}

interface DatedFact extends Fact {
  effective_on: IsoDate;
}

/** The tables of the room; each is declared in a migration. */
interface StandardsTables {
  framework: Fact & { id: FrameworkId };
  framework_edition: Fact & {
    id: EditionId;
    framework_id: FrameworkId;
    follows_id: EditionId | null;
    label: string;
    title: string;
    publisher: string | null;
    published_on: IsoDate | null;
    levels: Json<Level[]>;
    note: string | null;
  };
  framework_edition_state: DatedFact & {
    id: Id<'edition state'>;
    edition_id: EditionId;
    version: number;
    state: EditionState;
    reason: string | null;
  };
  domain: Fact & {
    id: DomainId;
    edition_id: EditionId;
    ref: string | null;
    title: string;
    position: number;
  };
  criterion: Fact & {
    id: CriterionId;
    edition_id: EditionId;
    domain_id: DomainId;
    ref: string;
    position: number;
    text: string;
    descriptors: ColumnType<Record<string, string>, string | undefined, string>;
  };
  criterion_map: Fact & {
    id: Id<'criterion map'>;
    criterion_id: CriterionId;
    from_id: CriterionId;
    relation: MapRelation;
  };
  judgement: DatedFact & {
    id: JudgementId;
    criterion_id: CriterionId;
    version: number;
    progress: Progress;
    level: string | null;
    result: Result | null;
    how_met: string | null;
    why_not: string | null;
    what_next: string | null;
    due_as_written: string | null;
    due_from: IsoDate | null;
    due_to: IsoDate | null;
    due_precision: DuePrecision | null;
  };
  judgement_lead: {
    authority_id: AuthorityId;
    judgement_id: JudgementId;
    party_id: PartyId;
    position: number;
  };
  judgement_rest: Fact & {
    id: Id<'judgement rest'>;
    judgement_id: JudgementId;
    position: number;
    kind: RestKind;
    words: string | null;
    dated_on: IsoDate | null;
    evidence_id: EvidenceId | null;
    source_id: SourceId | null;
    finding_id: FindingId | null;
  };
  verdict: DatedFact & {
    id: VerdictId;
    criterion_id: CriterionId;
    whose: Whose;
    level: string | null;
    words: string | null;
    said_on: IsoDate;
    source_id: SourceId | null;
  };
  verdict_end: DatedFact & { id: Id<'verdict end'>; verdict_id: VerdictId; reason: string };
  assessment_round: DatedFact & { id: AssessmentRoundId; edition_id: EditionId; name: string };
  section_step: DatedFact & {
    id: Id<'section step'>;
    section_kind: SectionKind;
    section_id: string;
    round_id: AssessmentRoundId | null;
    version: number;
    step: SectionStepKind;
    post_id: PartyId | null;
    due_on: IsoDate | null;
    comment: string | null;
    content_hash: string | null;
  };
  criteria_import: {
    authority_id: AuthorityId;
    id: Id<'criteria import'>;
    file_id: FileId;
    position_on: IsoDate;
    edition_id: EditionId | null;
    reading: Json<CriteriaReading>;
    choices: Json<CriteriaChoices>;
    made: ColumnType<JudgementId[], string | undefined, string>;
    version: Generated<number>;
    state: 'prepared' | 'imported' | 'undone' | 'left';
    started_at: Generated<Date>;
    started_by: UserId;
    finished_at: Date | null;
  };
  framework_load: {
    authority_id: AuthorityId;
    id: FrameworkLoadId;
    file_id: FileId | null;
    framework_id: FrameworkId | null;
    reading: Json<FrameworkReading>;
    choices: Json<LoadChoices>;
    version: Generated<number>;
    state: Generated<'prepared' | 'loaded' | 'left'>;
    edition_id: EditionId | null;
    started_at: Generated<Date>;
    started_by: UserId;
    finished_at: Date | null;
  };
}

/** The self-assessment in narrative, and the annual self-evaluation (0016). */
interface NarrativeTables {
  assessment: Fact & {
    id: AssessmentId;
    source_id: SourceId;
    copied_from: AssessmentId | null;
    submission_id: Id<'submission'> | null;
  };
  assessment_version: DatedFact & {
    id: Id<'assessment version'>;
    assessment_id: AssessmentId;
    version: number;
    title: string;
    period: string;
    contact: string | null;
  };
  assessment_section: Fact & {
    id: SectionId;
    assessment_id: AssessmentId;
    kind: TextKind;
    copied_from: SectionId | null;
    submission_id: Id<'submission'> | null;
  };
  assessment_section_version: DatedFact & {
    id: Id<'assessment section version'>;
    section_id: SectionId;
    version: number;
    number: string | null;
    title: string;
    summary: string | null;
    looked: boolean;
    withdrawn: Generated<boolean>;
  };
  assessment_item: Fact & {
    id: AssessmentItemId;
    assessment_id: AssessmentId;
    kind: RowKind;
    copied_from: AssessmentItemId | null;
    submission_id: Id<'submission'> | null;
  };
  assessment_item_version: DatedFact & {
    id: Id<'assessment item version'>;
    item_id: AssessmentItemId;
    version: number;
    position: number;
    label: string | null;
    words: string | null;
    dated: string | null;
    url: string | null;
    finding_id: FindingId | null;
    section_ids: Generated<SectionId[]>;
    looked: boolean;
    withdrawn: Generated<boolean>;
  };
  assessment_figure: Fact & {
    id: Id<'assessment figure'>;
    assessment_id: AssessmentId;
    name: string;
  };
  assessment_figure_version: DatedFact & {
    id: Id<'assessment figure version'>;
    figure_id: Id<'assessment figure'>;
    version: number;
    value: string;
    as_at: IsoDate;
    origin: string;
  };
  assessment_import: {
    authority_id: AuthorityId;
    id: AssessmentImportId;
    file_id: FileId;
    recorded_at: Generated<Date>;
    recorded_by: UserId;
  };
  self_evaluation: Fact & { id: SelfEvaluationId; year: number };
  self_evaluation_words: DatedFact & {
    id: Id<'self-evaluation words'>;
    evaluation_id: SelfEvaluationId;
    question: number;
    version: number;
    words: string | null;
  };
}

/** The tables of peer challenge (0017). */
interface ChallengeTables {
  challenge: Fact & {
    id: ChallengeId;
    source_id: SourceId;
    submission_id: Id<'submission'> | null;
  };
  challenge_version: DatedFact & {
    id: Id<'challenge version'>;
    challenge_id: ChallengeId;
    version: number;
    title: string;
    reviewers: string;
    asked: string | null;
    opens_on: IsoDate;
    closes_on: IsoDate;
    position_on: IsoDate;
    withdrawn: Generated<boolean>;
    reason: string | null;
  };
  challenge_shared: {
    authority_id: AuthorityId;
    challenge_version_id: Id<'challenge version'>;
    section_kind: SectionKind;
    section_id: string;
  };
  challenge_item: DatedFact & {
    id: ChallengeItemId;
    challenge_id: ChallengeId;
    section_id: string;
    criterion_id: CriterionId | null;
    kind: ItemKind;
    words: string | null;
    verdict_id: VerdictId | null;
    said_by: string | null;
    submission_id: Id<'submission'>;
  };
  challenge_item_end: DatedFact & {
    id: Id<'challenge item end'>;
    item_id: ChallengeItemId;
    reason: string;
  };
  challenge_answer: DatedFact & {
    id: Id<'challenge answer'>;
    item_id: ChallengeItemId;
    version: number;
    decision: Decision;
    words: string | null;
  };
  challenge_item_finding: DatedFact & {
    id: Id<'challenge item finding'>;
    item_id: ChallengeItemId;
    finding_id: FindingId;
  };
  challenge_return: {
    authority_id: AuthorityId;
    id: ChallengeReturnId;
    challenge_id: ChallengeId;
    file_id: FileId;
    reading: Json<PackReading>;
    taken: Generated<number>;
    state: Generated<'prepared' | 'taken in' | 'left'>;
    started_at: Generated<Date>;
    started_by: UserId;
    finished_at: Date | null;
  };
}

declare module '#platform/db/tables.ts' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- this room's tables join the others
  interface Tables extends StandardsTables, NarrativeTables, ChallengeTables {}
}
