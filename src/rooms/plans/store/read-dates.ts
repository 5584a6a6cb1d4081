import type { ActionId, AuthorityId, DueRequestId, PlanId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { BoardAnswerFact, DateRequest } from '../rules/date-requests.ts';
import { knownBy, type Until } from './until.ts';

/** Every date that was asked for by then, of these actions or by its id, with what became of it. */
export async function readRequests(
  tx: Tx,
  authority: AuthorityId,
  which: { actionIds: readonly ActionId[] } | { requestId: DueRequestId },
  until: Until,
): Promise<DateRequest[]> {
  const known = knownBy(until);
  let query = tx
    .selectFrom('due_date_request as request')
    .leftJoin('due_date_decision as decision', (join) =>
      join
        .onRef('decision.authority_id', '=', 'request.authority_id')
        .onRef('decision.request_id', '=', 'request.id')
        .on('decision.effective_on', '<=', until.asAt)
        .on('decision.recorded_at', '<=', known),
    )
    .leftJoin('due_date_entry as entry', (join) =>
      join
        .onRef('entry.authority_id', '=', 'decision.authority_id')
        .onRef('entry.id', '=', 'decision.due_entry_id'),
    )
    .select([
      'request.id',
      'request.action_id as actionId',
      'request.version',
      'request.effective_on as effectiveOn',
      'request.recorded_at as recordedAt',
      'request.recorded_by as by',
      'request.as_written as asWritten',
      'request.due_from as from',
      'request.due_to as to',
      'request.precision',
      'request.reason',
      'request.effect_on_children as effectOnChildren',
      'decision.outcome',
      'decision.capacity',
      'decision.reason as answerReason',
      'decision.effective_on as decidedOn',
      'decision.recorded_at as decidedAt',
      'decision.recorded_by as decidedBy',
      'entry.version as dueVersion',
    ])
    .where('request.authority_id', '=', authority)
    .where('request.effective_on', '<=', until.asAt)
    .where('request.recorded_at', '<=', known)
    .orderBy('request.action_id')
    .orderBy('request.version');
  query =
    'requestId' in which
      ? query.where('request.id', '=', which.requestId)
      : query.where('request.action_id', '=', anyOf(which.actionIds));
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    actionId: row.actionId,
    version: row.version,
    effectiveOn: row.effectiveOn,
    recordedAt: row.recordedAt,
    by: row.by,
    due: { asWritten: row.asWritten, from: row.from, to: row.to, precision: row.precision },
    reason: row.reason,
    effectOnChildren: row.effectOnChildren,
    decision:
      row.outcome === null ||
      row.capacity === null ||
      row.decidedOn === null ||
      row.decidedAt === null
        ? null
        : {
            outcome: row.outcome,
            capacity: row.capacity,
            reason: row.answerReason,
            effectiveOn: row.decidedOn,
            recordedAt: row.decidedAt,
            by: row.decidedBy,
            dueVersion: row.dueVersion,
          },
  }));
}

/** What overseeing boards said by then of the dates of these actions. */
export async function readBoardAnswers(
  tx: Tx,
  authority: AuthorityId,
  actionIds: readonly ActionId[],
  until: Until,
): Promise<BoardAnswerFact[]> {
  const rows = await tx
    .selectFrom('due_date_board_answer as said')
    .innerJoin('due_date_entry as entry', (join) =>
      join
        .onRef('entry.authority_id', '=', 'said.authority_id')
        .onRef('entry.id', '=', 'said.due_entry_id'),
    )
    .select([
      'entry.action_id as actionId',
      'said.version',
      'said.effective_on as effectiveOn',
      'said.recorded_at as recordedAt',
      'said.recorded_by as by',
      'entry.version as dueVersion',
      'entry.as_written as asWritten',
      'entry.due_from as from',
      'entry.due_to as to',
      'entry.precision',
      'said.answer',
      'said.minute',
      'said.board_id as boardId',
    ])
    .where('said.authority_id', '=', authority)
    .where('entry.action_id', '=', anyOf(actionIds))
    .where('said.effective_on', '<=', until.asAt)
    .where('said.recorded_at', '<=', knownBy(until))
    .orderBy('said.effective_on')
    .orderBy('said.version')
    .execute();
  return rows.map(({ asWritten, from, to, precision, ...rest }) => ({
    ...rest,
    due: { asWritten, from, to, precision },
  }));
}

/** The plans of the authority in which somebody waits for an answer about a date. */
export async function plansWithOpenRequests(tx: Tx, authority: AuthorityId): Promise<PlanId[]> {
  const rows = await tx
    .selectFrom('due_date_request as request')
    .innerJoin('action', (join) =>
      join
        .onRef('action.authority_id', '=', 'request.authority_id')
        .onRef('action.id', '=', 'request.action_id'),
    )
    .leftJoin('due_date_decision as decision', (join) =>
      join
        .onRef('decision.authority_id', '=', 'request.authority_id')
        .onRef('decision.request_id', '=', 'request.id'),
    )
    .select('action.plan_id')
    .distinct()
    .where('request.authority_id', '=', authority)
    .where('decision.id', 'is', null)
    .execute();
  return rows.map((row) => row.plan_id);
}

/** The rounds of a plan that were closed by then, the last first. */
export async function closedRounds(
  tx: Tx,
  authority: AuthorityId,
  planId: PlanId,
  until: Until,
): Promise<{ name: string; closedAt: Date }[]> {
  return await tx
    .selectFrom('review_round as round')
    .innerJoin('review_round_close as close', (join) =>
      join
        .onRef('close.authority_id', '=', 'round.authority_id')
        .onRef('close.round_id', '=', 'round.id'),
    )
    .select(['round.name', 'close.recorded_at as closedAt'])
    .where('round.authority_id', '=', authority)
    .where('round.plan_id', '=', planId)
    .where('close.effective_on', '<=', until.asAt)
    .where('close.recorded_at', '<=', knownBy(until))
    .orderBy('close.recorded_at', 'desc')
    .execute();
}
