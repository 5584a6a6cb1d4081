import { sql } from 'kysely';
import type { AuthorityId, Id, PlanId, UserId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import { partiesByIds } from '#people';
import type { Clearance } from '../rules/clearance.ts';
import type { ReportWords } from '../rules/content.ts';
import type { ReportHead } from '../rules/cover.ts';
import type { ReportFigures } from '../rules/figures.ts';
import { sectionOf, type Depth, type SectionKey } from '../rules/sections.ts';
import type { CommentId, ReportId } from './tables.ts';

/** A report as it stands, without its words and frozen figures. */
export interface ReportCard {
  id: ReportId;
  depth: Depth;
  replacesId: ReportId | null;
  authorId: UserId;
  begunAt: Date;
  planIds: PlanId[];
  head: ReportHead;
  headVersion: number;
  /** Who wrote to it last, and when: to its head or to a section. */
  editorId: UserId;
  editedAt: Date;
  clearances: Clearance[];
  final: { at: Date; by: UserId; knownAt: Date } | null;
}

/** The reports of an authority, or these alone; the newest first. */
export async function readCards(
  tx: Tx,
  authority: AuthorityId,
  only?: readonly ReportId[],
): Promise<ReportCard[]> {
  let query = tx
    .selectFrom('report')
    .innerJoin('report_version as head', (join) =>
      join
        .onRef('head.authority_id', '=', 'report.authority_id')
        .onRef('head.report_id', '=', 'report.id'),
    )
    .leftJoin('report_final as final', (join) =>
      join
        .onRef('final.authority_id', '=', 'report.authority_id')
        .onRef('final.report_id', '=', 'report.id'),
    )
    .distinctOn('report.id')
    .select([
      'report.id',
      'report.depth',
      'report.replaces_id as replacesId',
      'report.recorded_by as authorId',
      'report.recorded_at as begunAt',
      'head.version as headVersion',
      'head.recorded_by as headBy',
      'head.recorded_at as headAt',
      'head.title',
      'head.committee_id as committeeId',
      'head.committee_name as committee',
      'head.meeting_on as meetingOn',
      'head.as_at as asAt',
      'head.since_on as since',
      'head.is_public as isPublic',
      'head.paragraphs',
      'head.exemption_reason as exemptionReason',
      'head.cover',
      'final.recorded_at as finalAt',
      'final.recorded_by as finalBy',
      'final.known_at as knownAt',
    ])
    .where('report.authority_id', '=', authority)
    .orderBy('report.id', 'desc')
    .orderBy('head.version', 'desc');
  if (only !== undefined) query = query.where('report.id', '=', anyOf(only));
  const rows = await query.execute();
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const plans = await tx
    .selectFrom('report_plan')
    .select(['report_id as reportId', 'plan_id as planId'])
    .where('authority_id', '=', authority)
    .where('report_id', '=', anyOf(ids))
    .orderBy('position')
    .execute();
  const edits = await tx
    .selectFrom('report_section_version')
    .distinctOn('report_id')
    .select(['report_id as reportId', 'recorded_by as by', 'recorded_at as at'])
    .where('authority_id', '=', authority)
    .where('report_id', '=', anyOf(ids))
    .orderBy('report_id')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const clearances = await readClearances(tx, authority, ids);
  return rows.map((row) => {
    const edit = edits.find(({ reportId }) => reportId === row.id);
    const later = edit !== undefined && edit.at > row.headAt ? edit : null;
    return {
      id: row.id,
      depth: row.depth,
      replacesId: row.replacesId,
      authorId: row.authorId,
      begunAt: row.begunAt,
      planIds: plans.filter(({ reportId }) => reportId === row.id).map(({ planId }) => planId),
      head: {
        title: row.title,
        committeeId: row.committeeId,
        committee: row.committee,
        meetingOn: row.meetingOn,
        asAt: row.asAt,
        since: row.since,
        isPublic: row.isPublic,
        paragraphs: row.paragraphs,
        exemptionReason: row.exemptionReason,
        cover: row.cover,
      },
      headVersion: row.headVersion,
      editorId: later?.by ?? row.headBy ?? row.authorId,
      editedAt: later?.at ?? row.headAt,
      clearances: clearances.get(row.id) ?? [],
      final:
        row.finalAt === null || row.finalBy === null || row.knownAt === null
          ? null
          : { at: row.finalAt, by: row.finalBy, knownAt: row.knownAt },
    };
  });
}

/** One report, or null where the authority has none of this id. */
export async function readReportCard(
  tx: Tx,
  authority: AuthorityId,
  reportId: ReportId,
): Promise<ReportCard | null> {
  return (await readCards(tx, authority, [reportId]))[0] ?? null;
}

async function readClearances(
  tx: Tx,
  authority: AuthorityId,
  reportIds: readonly ReportId[],
): Promise<Map<ReportId, Clearance[]>> {
  const rows = await tx
    .selectFrom('report_clearance as asked')
    .leftJoin('report_clearance_answer as answer', (join) =>
      join
        .onRef('answer.authority_id', '=', 'asked.authority_id')
        .onRef('answer.clearance_id', '=', 'asked.id'),
    )
    .distinctOn('asked.id')
    .select([
      'asked.id',
      'asked.report_id as reportId',
      'asked.post_id as postId',
      'answer.answer',
      'answer.words',
      'answer.words_hash as wordsHash',
      'answer.figures_hash as figuresHash',
      'answer.recorded_by as byId',
      'answer.recorded_at as at',
    ])
    .where('asked.authority_id', '=', authority)
    .where('asked.report_id', '=', anyOf(reportIds))
    .orderBy('asked.id')
    .orderBy('answer.version', 'desc')
    .execute();
  const posts = await partiesByIds(
    tx,
    authority,
    rows.map((row) => row.postId),
  );
  const all = rows.map((row) => ({
    reportId: row.reportId,
    clearance: {
      id: row.id,
      postId: row.postId,
      post: posts.get(row.postId)?.name ?? '',
      answer:
        row.answer === null || row.byId === null || row.at === null
          ? null
          : {
              answer: row.answer,
              words: row.words,
              hashes: { words: row.wordsHash ?? '', figures: row.figuresHash ?? '' },
              byId: row.byId,
              at: row.at,
            },
    },
  }));
  return new Map(
    [...Map.groupBy(all, ({ reportId }) => reportId)].map(([id, some]) => [
      id,
      some.map(({ clearance }) => clearance),
    ]),
  );
}

/** How many answers a clearance has had. */
export async function clearanceVersion(
  tx: Tx,
  authority: AuthorityId,
  clearanceId: string,
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 0)::int as version from report_clearance_answer
    where authority_id = ${authority} and clearance_id = ${clearanceId}`.execute(tx);
  return rows[0]?.version ?? 0;
}

/** The words of one section as somebody left them. */
export interface SectionVersion {
  section: SectionKey;
  version: number;
  /** Null: the system's own words again. */
  body: string | null;
  by: UserId | null;
  at: Date;
}

/** Every version of every section of a report, the oldest first. */
export async function readSectionVersions(
  tx: Tx,
  authority: AuthorityId,
  reportId: ReportId,
): Promise<SectionVersion[]> {
  const rows = await tx
    .selectFrom('report_section_version')
    .select(['section', 'version', 'body', 'recorded_by as by', 'recorded_at as at'])
    .where('authority_id', '=', authority)
    .where('report_id', '=', reportId)
    .orderBy('section')
    .orderBy('version')
    .execute();
  return rows.flatMap(({ section, ...row }) => {
    const known = sectionOf(section);
    return known === null ? [] : [{ section: known.key, ...row }];
  });
}

export interface Comment {
  id: CommentId;
  section: SectionKey;
  body: string;
  by: UserId | null;
  at: Date;
  answer: { body: string; by: UserId | null; at: Date } | null;
}

/** The comments on a report, the oldest first. */
export async function readComments(
  tx: Tx,
  authority: AuthorityId,
  reportId: ReportId,
): Promise<Comment[]> {
  const rows = await tx
    .selectFrom('report_comment as comment')
    .leftJoin('report_comment_answer as answer', (join) =>
      join
        .onRef('answer.authority_id', '=', 'comment.authority_id')
        .onRef('answer.comment_id', '=', 'comment.id'),
    )
    .select([
      'comment.id',
      'comment.section',
      'comment.body',
      'comment.recorded_by as by',
      'comment.recorded_at as at',
      'answer.body as answerBody',
      'answer.recorded_by as answerBy',
      'answer.recorded_at as answerAt',
    ])
    .where('comment.authority_id', '=', authority)
    .where('comment.report_id', '=', reportId)
    .orderBy('comment.id')
    .execute();
  return rows.flatMap((row) => {
    const section = sectionOf(row.section);
    if (section === null) return [];
    const { id, body, by, at, answerBody, answerBy, answerAt } = row;
    const answer =
      answerBody === null || answerAt === null
        ? null
        : { body: answerBody, by: answerBy, at: answerAt };
    return [{ id, section: section.key, body, by, at, answer }];
  });
}

/** What a final report says, frozen. */
export interface FrozenReport {
  words: ReportWords;
  figures: ReportFigures;
  hashes: { words: string; figures: string };
  knownAt: Date;
}

/** The frozen content of a report, or null while it is a draft. */
export async function readFrozen(
  tx: Tx,
  authority: AuthorityId,
  reportId: ReportId,
): Promise<FrozenReport | null> {
  const row = await tx
    .selectFrom('report_final')
    .select(['words', 'figures', 'words_hash', 'figures_hash', 'known_at'])
    .where('authority_id', '=', authority)
    .where('report_id', '=', reportId)
    .executeTakeFirst();
  return row === undefined
    ? null
    : {
        words: row.words,
        figures: row.figures,
        hashes: { words: row.words_hash, figures: row.figures_hash },
        knownAt: row.known_at,
      };
}

/** The report that the form with this id made before, or null. */
export async function reportOfSubmission(
  tx: Tx,
  authority: AuthorityId,
  submissionId: Id<'submission'>,
): Promise<ReportId | null> {
  const row = await tx
    .selectFrom('report')
    .select('id')
    .where('authority_id', '=', authority)
    .where('submission_id', '=', submissionId)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Whether the form with this id made a comment before. */
export async function commentOfSubmission(
  tx: Tx,
  authority: AuthorityId,
  submissionId: Id<'submission'>,
): Promise<boolean> {
  const row = await tx
    .selectFrom('report_comment')
    .select('id')
    .where('authority_id', '=', authority)
    .where('submission_id', '=', submissionId)
    .executeTakeFirst();
  return row !== undefined;
}

/** The report that this one corrects, and those that correct it. */
export async function relatedReports(
  tx: Tx,
  authority: AuthorityId,
  { id, replacesId }: Pick<ReportCard, 'id' | 'replacesId'>,
): Promise<ReportId[]> {
  const rows = await tx
    .selectFrom('report')
    .select('id')
    .where('authority_id', '=', authority)
    .where('replaces_id', '=', id)
    .execute();
  return [...(replacesId === null ? [] : [replacesId]), ...rows.map((row) => row.id)];
}
