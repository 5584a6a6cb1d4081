import { newId, type ActionId, type DueRequestId, type Id, type PartyId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { Due } from '../rules/reading.ts';
import type { Capacity } from '../rules/who-decides.ts';
import type { WrittenFact, Writing } from './append.ts';

/** Another date for an action, as it is asked for. */
export interface AskedDate {
  due: Due;
  reason: string;
  effectOnChildren: string;
}

/** Appends a request for each of these actions. */
export async function appendDateRequests(
  tx: Tx,
  writing: Writing,
  asked: readonly { id: ActionId; content: AskedDate }[],
): Promise<WrittenFact[]> {
  if (asked.length === 0) return [];
  const last = await tx
    .selectFrom('due_date_request')
    .select(['action_id', (make) => make.fn.max('version').as('version')])
    .where('authority_id', '=', writing.authority)
    .where('action_id', '=', anyOf(asked.map((one) => one.id)))
    .groupBy('action_id')
    .execute();
  const lastOf = new Map(last.map((row) => [row.action_id, row.version]));
  const rows = asked.map(({ id, content }) => ({
    authority_id: writing.authority,
    id: newId<'due request'>(),
    action_id: id,
    version: (lastOf.get(id) ?? 0) + 1,
    effective_on: writing.effectiveOn,
    recorded_by: writing.by,
    as_written: content.due.asWritten,
    due_from: content.due.from,
    due_to: content.due.to,
    precision: content.due.precision,
    reason: content.reason,
    effect_on_children: content.effectOnChildren,
  }));
  await tx.insertInto('due_date_request').values(rows).execute();
  return rows.map((row) => ({ fact: 'due_date_request', id: row.id, version: row.version }));
}

/** Appends the one answer to a request. */
export async function appendDateDecision(
  tx: Tx,
  writing: Writing,
  decision: {
    requestId: DueRequestId;
    outcome: 'granted' | 'refused' | 'taken back';
    capacity: Capacity;
    reason: string | null;
    dueEntryId: Id<'due date'> | null;
  },
): Promise<WrittenFact> {
  const id = newId<'due decision'>();
  await tx
    .insertInto('due_date_decision')
    .values({
      authority_id: writing.authority,
      id,
      request_id: decision.requestId,
      effective_on: writing.effectiveOn,
      recorded_by: writing.by,
      outcome: decision.outcome,
      capacity: decision.capacity,
      reason: decision.reason,
      due_entry_id: decision.dueEntryId,
    })
    .execute();
  return { fact: 'due_date_decision', id };
}

/** The entries of the ledger of these actions, by action and version. */
export async function dueEntryIds(
  tx: Tx,
  writing: Pick<Writing, 'authority'>,
  actionIds: readonly ActionId[],
): Promise<(actionId: ActionId, version: number) => Id<'due date'> | undefined> {
  const rows = await tx
    .selectFrom('due_date_entry')
    .select(['id', 'action_id', 'version'])
    .where('authority_id', '=', writing.authority)
    .where('action_id', '=', anyOf(actionIds))
    .execute();
  const ids = new Map(rows.map((row) => [`${row.action_id} ${row.version}`, row.id]));
  return (actionId, version) => ids.get(`${actionId} ${version}`);
}

/** Appends what a board said of these dates, all by one minute. */
export async function appendBoardAnswers(
  tx: Tx,
  writing: Writing,
  given: { boardId: PartyId; minute: string },
  answers: readonly {
    dueEntryId: Id<'due date'>;
    version: number;
    answer: 'approved' | 'not approved';
  }[],
): Promise<WrittenFact[]> {
  const rows = answers.map(({ dueEntryId, version, answer }) => ({
    authority_id: writing.authority,
    id: newId<'board answer'>(),
    due_entry_id: dueEntryId,
    version,
    board_id: given.boardId,
    effective_on: writing.effectiveOn,
    recorded_by: writing.by,
    answer,
    minute: given.minute,
  }));
  await tx.insertInto('due_date_board_answer').values(rows).execute();
  return rows.map((row) => ({ fact: 'due_date_board_answer', id: row.id, version: row.version }));
}
