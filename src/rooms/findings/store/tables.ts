import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type {
  AuthorityId,
  EvidenceId,
  FileId,
  FindingId,
  Id,
  PartyId,
  SourceId,
  ThemeId,
  UserId,
} from '#kernel/ids.ts';
import type {
  Answer,
  Classification,
  FindingKind,
  GradedArea,
  ItemKindLinked,
  ProgressState,
  Relation,
  SourceKind,
} from '../rules/kinds.ts';
import type { FindingsChoices, FindingsReading } from '../rules/read-findings-table/reading.ts';

/** A jsonb column: read as the value, written as its JSON text. */
type Json<Value> = ColumnType<Value, string, string>;

interface Fact {
  authority_id: AuthorityId;
  recorded_at: Generated<Date>;
  recorded_by: UserId | null;
}

/** A fact that holds from a London day. */
interface DatedFact extends Fact {
  effective_on: IsoDate;
}

interface FindingTables {
  source: Fact & {
    id: SourceId;
    kind: SourceKind;
    title: string;
    title_key: string;
    body: string | null;
    dated_on: IsoDate | null;
  };
  source_version: DatedFact & {
    id: Id<'source version'>;
    source_id: SourceId;
    version: number;
    kind: SourceKind;
    title: string;
    body: string | null;
    reference: string | null;
    visit_from: IsoDate | null;
    visit_to: IsoDate | null;
    published_on: IsoDate | null;
    received_on: IsoDate | null;
    overall: string | null;
    overall_is: 'given' | 'none given' | 'not recorded';
    grades: Generated<GradedArea[]>;
    summary: string | null;
    classification: Classification;
    withdrawn: Generated<boolean>;
    reason: string | null;
  };
  source_look: DatedFact & { id: Id<'source look'>; source_id: SourceId; note: string | null };
  source_link: DatedFact & {
    id: Id<'source link'>;
    source_id: SourceId;
    target_kind: 'objective' | 'action';
    target_id: string;
    words: string | null;
    page: string | null;
  };
  source_link_end: DatedFact & {
    id: Id<'source link end'>;
    source_link_id: Id<'source link'>;
  };
  theme: Fact & { id: ThemeId };
  theme_version: DatedFact & {
    id: Id<'theme version'>;
    theme_id: ThemeId;
    version: number;
    name: string;
    meaning: string | null;
    merged_into: ThemeId | null;
    withdrawn: Generated<boolean>;
    reason: string | null;
  };
  finding: Fact & { id: FindingId; source_id: SourceId; submission_id: Id<'submission'> | null };
  finding_version: DatedFact & {
    id: Id<'finding version'>;
    finding_id: FindingId;
    version: number;
    kind: FindingKind;
    ref: string | null;
    position: number;
    words: string;
    page: string | null;
    paragraph: string | null;
    area: string | null;
    lead_id: PartyId | null;
    reports_to_id: PartyId | null;
    words_to_share: string | null;
    withdrawn: Generated<boolean>;
    reason: string | null;
    /** Made by the database; nullable there, since every generated column is. */
    search: GeneratedAlways<string | null>;
  };
  finding_version_theme: {
    authority_id: AuthorityId;
    finding_version_id: Id<'finding version'>;
    theme_id: ThemeId;
  };
  finding_response: DatedFact & {
    id: Id<'finding response'>;
    finding_id: FindingId;
    version: number;
    answer: Answer;
    reason: string | null;
  };
  finding_pair: DatedFact & {
    id: Id<'finding pair'>;
    finding_id: FindingId;
    other_id: FindingId;
    verdict: 'same' | 'different';
  };
  stored_file: Fact & {
    id: FileId;
    name: string;
    media_type: string;
    size_bytes: number;
    sha256: string;
  };
  file_chunk: { authority_id: AuthorityId; file_id: FileId; n: number; bytes: Buffer };
  evidence: Fact & {
    id: EvidenceId;
    kind: 'link' | 'note' | 'file';
    title: string;
    url: string | null;
    file_id: FileId | null;
  };
  evidence_version: DatedFact & {
    id: Id<'evidence version'>;
    evidence_id: EvidenceId;
    version: number;
    title: string;
    url: string | null;
    file_id: FileId | null;
    good_until: IsoDate | null;
    classification: Generated<Classification>;
    withdrawn: Generated<boolean>;
    reason: string | null;
  };
  finding_import: {
    authority_id: AuthorityId;
    id: Id<'finding import'>;
    source_id: SourceId;
    file_id: FileId | null;
    reading: Json<FindingsReading>;
    choices: Json<FindingsChoices>;
    made: ColumnType<FindingId[], string | undefined, string>;
    version: Generated<number>;
    state: 'prepared' | 'imported' | 'undone' | 'left';
    started_at: Generated<Date>;
    started_by: UserId;
    finished_at: Date | null;
  };
  item_link: DatedFact & {
    id: Id<'item link'>;
    from_kind: ItemKindLinked;
    from_id: string;
    to_kind: ItemKindLinked;
    to_id: string;
    relation: Relation;
    page: string | null;
  };
  item_link_end: DatedFact & { id: Id<'item link end'>; item_link_id: Id<'item link'> };
  item_progress: DatedFact & {
    id: Id<'item progress'>;
    item_kind: 'action';
    item_id: string;
    version: number;
    label: string;
    place: string;
    href: string;
    within_id: string;
    party_ids: Generated<PartyId[]>;
    state: ProgressState;
    due_on: IsoDate | null;
    first_due_on: IsoDate | null;
  };
}

declare module '#platform/db/tables.ts' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- this room's tables join the others
  interface Tables extends FindingTables {}
}
