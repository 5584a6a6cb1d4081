import type { IsoDate } from '#kernel/dates.ts';
import type { Id, PlanId } from '#kernel/ids.ts';
import { inAuthority } from '#platform/db/authority.ts';
import type { Db, Tx } from '#platform/db/tables.ts';
import { may, recordFacts, type Actor } from '#people';
import { readPictures, standingToPlan, type PlanPicture } from '#plans';
import { headProblems, type ReportHead } from '../rules/cover.ts';
import type { Depth } from '../rules/sections.ts';
import { classOf } from '../rules/standing.ts';
import { appendHead, appendReport } from '../store/append-report.ts';
import { reportOfSubmission } from '../store/read-report.ts';
import type { ReportId } from '../store/tables.ts';
import { findReports, mayDo } from './open-report.ts';
import { forbidden, refused, type Forbidden, type Reason, type Refused } from './outcome.ts';

export interface GivenReport {
  depth: Depth;
  planIds: readonly PlanId[];
  head: ReportHead;
  /** The final paper that this one corrects. */
  replacesId: ReportId | null;
  /** Made with the form: the same form sent twice is one report. */
  submissionId: Id<'submission'>;
}

export type StartReportOutcome = { kind: 'done'; reportId: ReportId } | Forbidden | Refused;

/** Begins a report from plans that this person may export, for those who may write one. */
export async function startReport(
  db: Db,
  actor: Actor,
  today: IsoDate,
  given: GivenReport,
): Promise<StartReportOutcome> {
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const { head, planIds } = given;
    if (!may(actor, 'C', classOf({ isPublic: head.isPublic, isFinal: false }))) return forbidden;
    const before = await reportOfSubmission(tx, actor.authorityId, given.submissionId);
    if (before !== null) return { kind: 'done', reportId: before };
    const reasons: Reason[] = headProblems(head, today);
    const open = await exportablePlans(tx, actor, today);
    const chosen = planIds.filter((id) => open.some(({ plan }) => plan.id === id));
    if (chosen.length === 0 || chosen.length < planIds.length) {
      reasons.push({ field: 'plans', text: 'Choose the plans that the report is written from' });
    }
    const begun = await readPictures(tx, actor.authorityId, head.asAt, chosen);
    for (const { plan } of open.filter(
      (one) => chosen.includes(one.plan.id) && !begun.some((two) => two.plan.id === one.plan.id),
    )) {
      reasons.push({ field: 'as-at', text: `${plan.title} had not begun by that day` });
    }
    if (given.replacesId !== null && !(await isFinalAndOpen(tx, actor, today, given.replacesId))) {
      reasons.push({ field: null, text: 'The paper that this one corrects is not a final one.' });
    }
    if (reasons.length > 0) return refused(...reasons);
    const writing = { authority: actor.authorityId, by: actor.userId };
    const { id, written } = await appendReport(tx, writing, { ...given, planIds: chosen });
    written.push(await appendHead(tx, writing, id, 1, head));
    await recordFacts(tx, actor.userId, 'started a report', written);
    return { kind: 'done', reportId: id };
  });
}

async function isFinalAndOpen(tx: Tx, actor: Actor, today: IsoDate, id: ReportId) {
  const [report] = await findReports(tx, actor.authorityId, today, [id]);
  return report !== undefined && mayDo(actor, 'R', report) && report.ties.isFinal;
}

/** The plans, as they stand today, that this person may read and export. */
export async function exportablePlans(
  tx: Tx,
  actor: Actor,
  today: IsoDate,
): Promise<PlanPicture[]> {
  const pictures = await readPictures(tx, actor.authorityId, today);
  return pictures.filter((picture) => {
    const standing = standingToPlan(actor, picture);
    return may(actor, 'R', 'PLN', standing) && may(actor, 'E', 'PLN', standing);
  });
}
