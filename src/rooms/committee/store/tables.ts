import type { ColumnType, Generated } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import type { AuthorityId, Id, PartyId, PlanId, UserId } from '#kernel/ids.ts';
import type { Cover } from '../rules/cover.ts';
import type { ReportFigures } from '../rules/figures.ts';
import type { ReportWords } from '../rules/content.ts';
import type { Depth } from '../rules/sections.ts';

export type ReportId = Id<'report'>;
export type CommentId = Id<'report comment'>;
export type ClearanceId = Id<'report clearance'>;

/** A jsonb column: read as the value, written as its JSON text. */
type Json<Value> = ColumnType<Value, string, string>;

interface Fact {
  authority_id: AuthorityId;
  recorded_at: Generated<Date>;
  recorded_by: UserId | null;
}

interface CommitteeTables {
  report: Omit<Fact, 'recorded_by'> & {
    id: ReportId;
    depth: Depth;
    replaces_id: ReportId | null;
    submission_id: Id<'submission'> | null;
    recorded_by: UserId;
  };
  report_plan: {
    authority_id: AuthorityId;
    report_id: ReportId;
    plan_id: PlanId;
    position: number;
  };
  report_version: Fact & {
    id: Id<'report version'>;
    report_id: ReportId;
    version: number;
    title: string;
    committee_id: PartyId | null;
    committee_name: string;
    meeting_on: IsoDate | null;
    as_at: IsoDate;
    since_on: IsoDate | null;
    is_public: boolean;
    paragraphs: Json<number[]>;
    exemption_reason: string | null;
    cover: Json<Cover>;
  };
  report_section_version: Fact & {
    id: Id<'report section version'>;
    report_id: ReportId;
    section: string;
    version: number;
    body: string | null;
  };
  report_comment: Fact & {
    id: CommentId;
    report_id: ReportId;
    section: string;
    body: string;
    submission_id: Id<'submission'> | null;
  };
  report_comment_answer: Fact & {
    id: Id<'report comment answer'>;
    comment_id: CommentId;
    body: string;
  };
  report_clearance: Fact & { id: ClearanceId; report_id: ReportId; post_id: PartyId };
  report_clearance_answer: Omit<Fact, 'recorded_by'> & {
    id: Id<'report clearance answer'>;
    clearance_id: ClearanceId;
    report_id: ReportId;
    version: number;
    author_id: UserId;
    editor_id: UserId;
    answer: 'cleared' | 'returned' | 'no longer asked';
    words: string | null;
    words_hash: string;
    figures_hash: string;
    recorded_by: UserId;
  };
  report_final: Omit<Fact, 'recorded_by'> & {
    id: Id<'report final'>;
    report_id: ReportId;
    as_at: IsoDate;
    known_at: Date;
    words_hash: string;
    figures_hash: string;
    words: Json<ReportWords>;
    figures: Json<ReportFigures>;
    recorded_by: UserId;
  };
}

declare module '#platform/db/tables.ts' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- this room's tables join the others
  interface Tables extends CommitteeTables {}
}
