import type { IsoDate } from '#kernel/dates.ts';
import type { Id } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { recordFacts, type Actor } from '#people';
import type { SectionKey } from '../rules/sections.ts';
import { appendComment, appendCommentAnswer } from '../store/append-report.ts';
import { commentOfSubmission, readComments } from '../store/read-report.ts';
import type { ReportId } from '../store/tables.ts';
import { mayDo, openReport } from './open-report.ts';
import { forbidden, notFound, type Final, type Forbidden, type NotFound } from './outcome.ts';

export type CommentOutcome = { kind: 'done' } | NotFound | Forbidden | Final;

/** Says something of a section of a draft: for everybody who may read it. */
export async function commentOn(
  db: Db,
  actor: Actor,
  today: IsoDate,
  reportId: ReportId,
  given: { section: SectionKey; body: string; submissionId: Id<'submission'> },
): Promise<CommentOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openReport(tx, actor, reportId, 'R', today);
    if (opened.kind !== 'open') return opened;
    if (await commentOfSubmission(tx, actor.authorityId, given.submissionId)) {
      return { kind: 'done' };
    }
    const writing = { authority: actor.authorityId, by: actor.userId };
    const fact = await appendComment(tx, writing, { reportId, ...given });
    await recordFacts(tx, actor.userId, 'commented on a report', [fact]);
    return { kind: 'done' };
  });
}

/** Answers a comment, which closes it: for whoever writes the report, and who made the comment. */
export async function answerComment(
  db: Db,
  actor: Actor,
  today: IsoDate,
  reportId: ReportId,
  given: { commentId: string; body: string },
): Promise<CommentOutcome | { kind: 'answered-already' }> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const opened = await openReport(tx, actor, reportId, 'R', today);
    if (opened.kind !== 'open') return opened;
    const comments = await readComments(tx, actor.authorityId, reportId);
    const comment = comments.find(({ id }) => id === given.commentId);
    if (comment === undefined) return notFound;
    if (comment.by !== actor.userId && !mayDo(actor, 'U', opened.report)) return forbidden;
    if (comment.answer !== null) {
      return comment.answer.body === given.body ? { kind: 'done' } : { kind: 'answered-already' };
    }
    const writing = { authority: actor.authorityId, by: actor.userId };
    const fact = await appendCommentAnswer(tx, writing, comment.id, given.body);
    await recordFacts(tx, actor.userId, 'answered a comment on a report', [fact]);
    return { kind: 'done' };
  });
}
