import type { ColumnType, Generated } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type {
  ActionId,
  AuthorityId,
  ClosureStepId,
  DueRequestId,
  EvidenceId,
  FileId,
  Id,
  ImportId,
  ObjectiveId,
  PartyId,
  PlanId,
  RoundId,
  SheetId,
  UpdateId,
  UserId,
} from '#kernel/ids.ts';
import type { RagColour } from '../rules/picture.ts';
import type { DuePrecision, PlanReading, Rag, Status } from '../rules/reading.ts';
import type { ImportChoices } from '../rules/import-choices.ts';
import type { ClosureState } from '../rules/closure.ts';
import type { RagThresholds } from '../rules/rag-thresholds.ts';
import type { SheetReading } from '../rules/sheet/read-sheet.ts';
import type { SavedOfSheet, SheetChoices } from '../rules/sheet/sheet-choices.ts';
import type { Capacity } from '../rules/who-decides.ts';

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

interface PlanTables {
  plan: Fact & { id: PlanId };
  plan_address: { authority_id: AuthorityId; slug: string; plan_id: PlanId };
  plan_version: DatedFact & {
    id: Id<'plan version'>;
    plan_id: PlanId;
    version: number;
    title: string;
    period_from: IsoDate | null;
    period_to: IsoDate | null;
    owner_id: PartyId | null;
    review_cycle_days: number | null;
    rag_scheme: Json<RagColour[]>;
    state: 'active' | 'archived' | 'undone';
  };
  plan_version_board: {
    authority_id: AuthorityId;
    plan_version_id: Id<'plan version'>;
    board_id: PartyId;
  };
  objective: Fact & { id: ObjectiveId; plan_id: PlanId };
  objective_version: DatedFact & {
    id: Id<'objective version'>;
    objective_id: ObjectiveId;
    version: number;
    section: string | null;
    ref: string | null;
    title: string;
    position: number;
    withdrawn: Generated<boolean>;
  };
  action: Fact & {
    id: ActionId;
    plan_id: PlanId;
    copied_from: ActionId | null;
    submission_id: Id<'submission'> | null;
  };
  action_version: DatedFact & {
    id: Id<'action version'>;
    action_id: ActionId;
    version: number;
    objective_id: ObjectiveId;
    ref: string;
    position: number;
    text: string;
    priority: 'high' | 'medium' | 'low' | null;
    success_measure: string | null;
    outcome_for_children: string | null;
    withdrawn: Generated<boolean>;
    reason: string | null;
  };
  action_version_party: {
    authority_id: AuthorityId;
    action_version_id: Id<'action version'>;
    party_id: PartyId;
    part: 'lead' | 'contributor';
    position: number;
  };
  due_date_entry: DatedFact & {
    id: Id<'due date'>;
    action_id: ActionId;
    version: number;
    as_written: string;
    due_from: IsoDate | null;
    due_to: IsoDate | null;
    precision: DuePrecision;
    declared_revised: Generated<boolean>;
    reason: string | null;
    effect_on_children: string | null;
  };
  action_update: DatedFact & {
    id: UpdateId;
    action_id: ActionId;
    version: number;
    claimed_rag: Rag | null;
    status: Status | null;
    what_changed: string;
    corrects_id: UpdateId | null;
    submission_id: Id<'submission'> | null;
  };
  action_update_evidence: {
    authority_id: AuthorityId;
    update_id: UpdateId;
    evidence_id: EvidenceId;
  };
  due_date_request: DatedFact & {
    id: DueRequestId;
    action_id: ActionId;
    version: number;
    as_written: string;
    due_from: IsoDate | null;
    due_to: IsoDate | null;
    precision: DuePrecision;
    reason: string;
    effect_on_children: string;
  };
  due_date_decision: DatedFact & {
    id: Id<'due decision'>;
    request_id: DueRequestId;
    outcome: 'granted' | 'refused' | 'taken back';
    capacity: Capacity;
    reason: string | null;
    due_entry_id: Id<'due date'> | null;
  };
  due_date_board_answer: DatedFact & {
    id: Id<'board answer'>;
    due_entry_id: Id<'due date'>;
    version: number;
    board_id: PartyId;
    answer: 'approved' | 'not approved';
    minute: string;
  };
  plan_rag_rule: DatedFact & {
    id: Id<'rag rule'>;
    plan_id: PlanId;
    version: number;
    edition: string;
    thresholds: Json<RagThresholds>;
    reason: string;
  };
  action_test: DatedFact & {
    id: Id<'action test'>;
    action_id: ActionId;
    version: number;
    measure: string | null;
    sample: string | null;
    threshold: string | null;
    by_when: IsoDate | null;
  };
  closure_step: DatedFact & {
    id: ClosureStepId;
    action_id: ActionId;
    version: number;
    state: ClosureState;
    account: string;
    test_result: 'met' | 'not met' | null;
    held_days: number | null;
    submission_id: Id<'submission'> | null;
  };
  closure_step_evidence: {
    authority_id: AuthorityId;
    step_id: ClosureStepId;
    evidence_id: EvidenceId;
  };
  closure_answer: DatedFact & {
    id: Id<'closure answer'>;
    step_id: ClosureStepId;
    answer: 'verified' | 'returned';
    reason: string | null;
  };
  table_leave: DatedFact & {
    id: Id<'table leave'>;
    action_id: ActionId;
    version: number;
    on_table: boolean;
    reason: string;
  };
  review_round: DatedFact & {
    id: RoundId;
    plan_id: PlanId;
    name: string;
    asked_by: IsoDate;
  };
  review_round_close: DatedFact & {
    id: Id<'round close'>;
    round_id: RoundId;
    note: string | null;
  };
  review_reminder: DatedFact & {
    id: Id<'reminder'>;
    round_id: RoundId;
    party_id: PartyId | null;
  };
  update_sheet: {
    authority_id: AuthorityId;
    id: SheetId;
    plan_id: PlanId;
    file_id: FileId;
    reading: Json<SheetReading>;
    choices: Json<SheetChoices>;
    saved: ColumnType<SavedOfSheet[], string | undefined, string>;
    version: Generated<number>;
    state: 'prepared' | 'saved' | 'left';
    started_at: Generated<Date>;
    started_by: UserId;
    finished_at: Date | null;
  };
  plan_import: {
    authority_id: AuthorityId;
    id: ImportId;
    file_id: FileId;
    position_on: IsoDate;
    reading: Json<PlanReading>;
    choices: Json<ImportChoices>;
    version: Generated<number>;
    state: 'prepared' | 'imported' | 'undone' | 'left';
    plan_id: PlanId | null;
    started_at: Generated<Date>;
    started_by: UserId;
    finished_at: Date | null;
  };
}

declare module '#platform/db/tables.ts' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- this room's tables join the others
  interface Tables extends PlanTables {}
}
