import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseId, type UserId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { may, mightEver, noteRead, readRestricted, userNames, type Actor } from '#people';
import { findReports, mayDo, type FoundReport } from '../actions/open-report.ts';
import type { Final, Forbidden, NotFound } from '../actions/outcome.ts';
import { classOf, standingTo } from '../rules/standing.ts';
import type { ReportId } from '../store/tables.ts';
import type { CommitteeDeps } from './deps.ts';

/** What this person may do with a report on its pages. */
export interface Allowed {
  /** Change its words, its cover, and whom it is to be cleared by. */
  write: boolean;
  /** See how it was written: its versions, comments and clearances. */
  draft: boolean;
  export: boolean;
  /** Ask for a name to be taken out, also of a final one. */
  takeOut: boolean;
}

export interface LoadedReport<More> {
  report: FoundReport;
  allowed: Allowed;
  more: More;
}

/**
 * The report of a request as its person may read it, with whatever else the page needs from the
 * same snapshot. What is exempt is read only with an entry in the log. Null once a problem page
 * was sent: what is absent and what is hidden look alike.
 */
export async function loadReport<More>(
  deps: CommitteeDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  more: (tx: Tx, report: FoundReport) => Promise<More>,
  needs: 'read' | 'draft' | 'write' | 'export' = 'read',
): Promise<LoadedReport<More> | null> {
  const { actor, today } = request;
  const params = request.params as { report?: string };
  const id = parseId<'report'>(params.report ?? '');
  const loaded = id === null ? null : await readReport(deps, actor, id, today, more);
  if (loaded === null || (needs === 'draft' && !loaded.allowed.draft)) {
    reply.notFound();
    return null;
  }
  if (needs === 'write' && loaded.report.ties.isFinal && loaded.allowed.draft) {
    reply.problem(409, finalReport);
    return null;
  }
  if (
    (needs === 'write' && !loaded.allowed.write) ||
    (needs === 'export' && !loaded.allowed.export)
  ) {
    reply.problem(403);
    return null;
  }
  return loaded;
}

export const finalReport = {
  title: 'This report is final',
  text: 'Nothing in it can be changed. To correct it, start another report that says which one it replaces.',
};

/** Answers what a deed refused as a whole: hidden and absent look alike. */
export function answerOf(reply: FastifyReply, outcome: NotFound | Forbidden | Final): FastifyReply {
  if (outcome.kind === 'not-found') return reply.notFound();
  return outcome.kind === 'forbidden' ? reply.problem(403) : reply.problem(409, finalReport);
}

async function readReport<More>(
  { db }: CommitteeDeps,
  actor: Actor,
  id: ReportId,
  today: FastifyRequest['today'],
  more: (tx: Tx, report: FoundReport) => Promise<More>,
): Promise<LoadedReport<More> | null> {
  const find = async (tx: Tx) => (await findReports(tx, actor.authorityId, today, [id]))[0];
  const read = [{ fact: 'report', id }];
  const first = await readInAuthority(db, actor.authorityId, async (tx) => {
    const report = await find(tx);
    if (report === undefined) return 'absent';
    if (report.cls === 'EXM') return 'exempt';
    if (!mayDo(actor, 'R', report)) return 'absent';
    noteRead(actor, read);
    return { report, allowed: allowedOn(actor, report), more: await more(tx, report) };
  });
  if (first === 'absent') return null;
  if (first !== 'exempt') return first;
  const exempt = await readRestricted(db, actor, { letter: 'R', cls: 'EXM' }, async (tx) => {
    const report = await find(tx);
    if (report === undefined) return null;
    const circumstances = { ...standingTo(actor, report.ties) };
    const value = mayDo(actor, 'R', report)
      ? { report, allowed: allowedOn(actor, report), more: await more(tx, report) }
      : null;
    return { read, circumstances, value };
  });
  return exempt.kind === 'read' ? exempt.value : null;
}

/** What this person may do with the report. */
export function allowedOn(actor: Actor, report: FoundReport): Allowed {
  const { ties, card } = report;
  const draft = { ...ties, isFinal: false };
  return {
    write: !ties.isFinal && mayDo(actor, 'U', report),
    draft: may(
      actor,
      'R',
      classOf({ isPublic: card.head.isPublic, isFinal: false }),
      standingTo(actor, draft),
    ),
    export: mayDo(actor, 'E', report),
    // Asking to take out a name begins on a page of those who may change plans.
    takeOut: mayDo(actor, 'U', report) && mightEver(actor, 'U', 'PLN'),
  };
}

/** The names of those who wrote to a report, by id. */
export function namesOf(
  tx: Tx,
  actor: Actor,
  ids: readonly (UserId | null)[],
): Promise<Map<UserId, string>> {
  return userNames(tx, actor.authorityId, [...new Set(ids.flatMap((id) => id ?? []))]);
}
