import { sql } from 'kysely';
import {
  newId,
  type AuthorityId,
  type Id,
  type PartyId,
  type PlanId,
  type UserId,
} from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { FactRef } from '#people';
import type { ContentHashes } from '../rules/clearance.ts';
import type { ReportWords } from '../rules/content.ts';
import type { ReportHead } from '../rules/cover.ts';
import type { ReportFigures } from '../rules/figures.ts';
import type { Depth, SectionKey } from '../rules/sections.ts';
import type { ClearanceId, CommentId, ReportId } from './tables.ts';

/** Who writes, and for which authority. */
export interface Writing {
  authority: AuthorityId;
  by: UserId;
}

/**
 * Waits until nobody else writes to this report, and keeps others out until the transaction ends.
 * Whoever needs the locks of its plans too takes them after this one.
 */
export async function lockReport(
  tx: Tx,
  authority: AuthorityId,
  reportId: ReportId,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${authority} ${reportId}`}, 2))`.execute(
    tx,
  );
}

export interface NewReport {
  depth: Depth;
  planIds: readonly PlanId[];
  replacesId: ReportId | null;
  submissionId: Id<'submission'>;
}

/** Appends a report with its plans, in this order. */
export async function appendReport(
  tx: Tx,
  { authority, by }: Writing,
  report: NewReport,
): Promise<{ id: ReportId; written: FactRef[] }> {
  const id = newId<'report'>();
  await tx
    .insertInto('report')
    .values({
      authority_id: authority,
      id,
      depth: report.depth,
      replaces_id: report.replacesId,
      submission_id: report.submissionId,
      recorded_by: by,
    })
    .execute();
  await tx
    .insertInto('report_plan')
    .values(
      report.planIds.map((planId, index) => ({
        authority_id: authority,
        report_id: id,
        plan_id: planId,
        position: index + 1,
      })),
    )
    .execute();
  return { id, written: [{ fact: 'report', id }] };
}

/** Appends a version of a report's head. */
export async function appendHead(
  tx: Tx,
  { authority, by }: Writing,
  reportId: ReportId,
  version: number,
  head: ReportHead,
): Promise<FactRef> {
  const id = newId<'report version'>();
  await tx
    .insertInto('report_version')
    .values({
      authority_id: authority,
      id,
      report_id: reportId,
      version,
      title: head.title,
      committee_id: head.committeeId as PartyId | null,
      committee_name: head.committee,
      meeting_on: head.meetingOn,
      as_at: head.asAt,
      since_on: head.since,
      is_public: head.isPublic,
      paragraphs: JSON.stringify(head.paragraphs),
      exemption_reason: head.exemptionReason,
      cover: JSON.stringify(head.cover),
      recorded_by: by,
    })
    .execute();
  return { fact: 'report_version', id, version };
}

/** Appends the words of a section; null gives it the system's words again. */
export async function appendWords(
  tx: Tx,
  { authority, by }: Writing,
  reportId: ReportId,
  section: SectionKey,
  version: number,
  body: string | null,
): Promise<FactRef> {
  const id = newId<'report section version'>();
  await tx
    .insertInto('report_section_version')
    .values({
      authority_id: authority,
      id,
      report_id: reportId,
      section,
      version,
      body,
      recorded_by: by,
    })
    .execute();
  return { fact: 'report_section_version', id, version };
}

/** Appends a comment on a section. */
export async function appendComment(
  tx: Tx,
  { authority, by }: Writing,
  comment: {
    reportId: ReportId;
    section: SectionKey;
    body: string;
    submissionId: Id<'submission'>;
  },
): Promise<FactRef> {
  const id = newId<'report comment'>();
  const { reportId, section, body, submissionId } = comment;
  await tx
    .insertInto('report_comment')
    .values({
      authority_id: authority,
      id,
      report_id: reportId,
      section,
      body,
      submission_id: submissionId,
      recorded_by: by,
    })
    .execute();
  return { fact: 'report_comment', id };
}

/** Appends the answer to a comment, which closes it. */
export async function appendCommentAnswer(
  tx: Tx,
  { authority, by }: Writing,
  commentId: CommentId,
  body: string,
): Promise<FactRef> {
  const id = newId<'report comment answer'>();
  await tx
    .insertInto('report_comment_answer')
    .values({ authority_id: authority, id, comment_id: commentId, body, recorded_by: by })
    .execute();
  return { fact: 'report_comment_answer', id };
}

/** Appends that a post is asked to clear the report. */
export async function appendClearance(
  tx: Tx,
  { authority, by }: Writing,
  reportId: ReportId,
  postId: PartyId,
): Promise<FactRef> {
  const id = newId<'report clearance'>();
  await tx
    .insertInto('report_clearance')
    .values({ authority_id: authority, id, report_id: reportId, post_id: postId, recorded_by: by })
    .execute();
  return { fact: 'report_clearance', id };
}

/** Appends what was answered, of exactly this content. */
export async function appendClearanceAnswer(
  tx: Tx,
  { authority, by }: Writing,
  given: {
    clearanceId: ClearanceId;
    reportId: ReportId;
    version: number;
    authorId: UserId;
    editorId: UserId;
    answer: 'cleared' | 'returned' | 'no longer asked';
    words: string | null;
    hashes: ContentHashes;
  },
): Promise<FactRef> {
  const id = newId<'report clearance answer'>();
  await tx
    .insertInto('report_clearance_answer')
    .values({
      authority_id: authority,
      id,
      clearance_id: given.clearanceId,
      report_id: given.reportId,
      version: given.version,
      author_id: given.authorId,
      editor_id: given.editorId,
      answer: given.answer,
      words: given.words,
      words_hash: given.hashes.words,
      figures_hash: given.hashes.figures,
      recorded_by: by,
    })
    .execute();
  return { fact: 'report_clearance_answer', id, version: given.version };
}

/** Appends the end of the writing: everything that the paper says. */
export async function appendFinal(
  tx: Tx,
  { authority, by }: Writing,
  reportId: ReportId,
  final: { knownAt: Date; hashes: ContentHashes; words: ReportWords; figures: ReportFigures },
): Promise<FactRef> {
  const id = newId<'report final'>();
  await tx
    .insertInto('report_final')
    .values({
      authority_id: authority,
      id,
      report_id: reportId,
      as_at: final.figures.asAt,
      known_at: final.knownAt,
      words_hash: final.hashes.words,
      figures_hash: final.hashes.figures,
      words: JSON.stringify(final.words),
      figures: JSON.stringify(final.figures),
      recorded_by: by,
    })
    .execute();
  return { fact: 'report_final', id };
}

/**
 * The instant up to which facts are known, for whoever holds the locks of the plans: the next whole
 * millisecond, since instants travel in milliseconds and a fact may lie between two.
 */
export async function knownNow(tx: Tx): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`
    select date_trunc('milliseconds', recorded_now()) + interval '1 millisecond' as at`.execute(tx);
  const at = rows[0]?.at;
  if (at === undefined) throw new Error('The database has no clock');
  return at;
}
