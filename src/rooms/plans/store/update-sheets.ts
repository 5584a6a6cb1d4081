import { sql } from 'kysely';
import {
  newId,
  type ActionId,
  type AuthorityId,
  type FileId,
  type Id,
  type PlanId,
  type SheetId,
  type UserId,
} from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { SheetReading } from '../rules/sheet/read-sheet.ts';
import type { SavedOfSheet, SheetChoices } from '../rules/sheet/sheet-choices.ts';
import type { StandingDate, StandingUpdate } from '../rules/sheet/weigh-sheet.ts';

/** An update sheet that somebody brings back: their working state until it is saved. */
export interface UpdateSheet {
  id: SheetId;
  planId: PlanId;
  fileId: FileId;
  fileName: string;
  reading: SheetReading;
  choices: SheetChoices;
  saved: SavedOfSheet[];
  version: number;
  state: 'prepared' | 'saved' | 'left';
  startedAt: Date;
  startedBy: UserId;
  finishedAt: Date | null;
}

/** Keeps a sheet that was read. */
export async function insertSheet(
  tx: Tx,
  authority: AuthorityId,
  sheet: Pick<UpdateSheet, 'planId' | 'fileId' | 'reading' | 'choices' | 'startedBy'>,
): Promise<SheetId> {
  const id = newId<'update sheet'>();
  await tx
    .insertInto('update_sheet')
    .values({
      authority_id: authority,
      id,
      plan_id: sheet.planId,
      file_id: sheet.fileId,
      reading: JSON.stringify(sheet.reading),
      choices: JSON.stringify(sheet.choices),
      state: 'prepared',
      started_by: sheet.startedBy,
      finished_at: null,
    })
    .execute();
  return id;
}

/** A sheet of the plan, or null where the plan has none of this id. */
export async function findSheet(
  tx: Tx,
  authority: AuthorityId,
  planId: PlanId,
  id: SheetId,
): Promise<UpdateSheet | null> {
  const row = await sheetQuery(tx, authority, planId)
    .where('update_sheet.id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The sheets of the plan that this person began to bring back and has not finished, newest first. */
export async function preparedSheets(
  tx: Tx,
  authority: AuthorityId,
  planId: PlanId,
  startedBy: UserId,
): Promise<UpdateSheet[]> {
  return sheetQuery(tx, authority, planId)
    .where('update_sheet.started_by', '=', startedBy)
    .where('update_sheet.state', '=', 'prepared')
    .orderBy('update_sheet.started_at', 'desc')
    .execute();
}

/** Saves what a person chose; false where they saved it in another window, or it is finished. */
export async function saveSheetChoices(
  tx: Tx,
  authority: AuthorityId,
  id: SheetId,
  seenVersion: number,
  choices: SheetChoices,
): Promise<boolean> {
  const saved = await tx
    .updateTable('update_sheet')
    .set({ choices: JSON.stringify(choices), version: seenVersion + 1 })
    .where('authority_id', '=', authority)
    .where('id', '=', id)
    .where('version', '=', seenVersion)
    .where('state', '=', 'prepared')
    .returning('id')
    .executeTakeFirst();
  return saved !== undefined;
}

/** Ends a sheet; false where it was ended before. */
export async function endSheet(
  tx: Tx,
  authority: AuthorityId,
  id: SheetId,
  end: { state: 'saved'; saved: readonly SavedOfSheet[] } | { state: 'left' },
): Promise<boolean> {
  const ended = await tx
    .updateTable('update_sheet')
    .set({
      state: end.state,
      ...(end.state === 'saved' ? { saved: JSON.stringify(end.saved) } : {}),
      finished_at: sql<Date>`recorded_now()`,
    })
    .where('authority_id', '=', authority)
    .where('id', '=', id)
    .where('state', '=', 'prepared')
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

/** A fact of an action with who wrote it, by id. */
type Written<Fact> = Omit<Fact, 'by'> & { actionId: ActionId; by: UserId | null };

/** Every update of these actions, oldest first. */
export async function updatesOfActions(
  tx: Tx,
  authority: AuthorityId,
  actionIds: readonly ActionId[],
): Promise<Written<StandingUpdate>[]> {
  return tx
    .selectFrom('action_update')
    .select([
      'action_id as actionId',
      'version',
      'claimed_rag as claimedRag',
      'status',
      'what_changed as whatChanged',
      'recorded_at as at',
      'recorded_by as by',
    ])
    .where('authority_id', '=', authority)
    .where('action_id', '=', anyOf(actionIds))
    .orderBy('version')
    .execute();
}

/** Every date of these actions that was asked for or agreed, oldest first. */
export async function datesOfActions(
  tx: Tx,
  authority: AuthorityId,
  actionIds: readonly ActionId[],
): Promise<Written<StandingDate>[]> {
  const of = (table: 'due_date_request' | 'due_date_entry') =>
    tx
      .selectFrom(table)
      .select([
        'action_id as actionId',
        'version',
        'as_written as asWritten',
        'due_from as from',
        'due_to as to',
        'precision',
        'reason',
        'effect_on_children as effect',
        'recorded_at as at',
        'recorded_by as by',
      ])
      .where('authority_id', '=', authority)
      .where('action_id', '=', anyOf(actionIds))
      .execute();
  const asDate =
    (kind: StandingDate['kind']) =>
    ({ asWritten, from, to, precision, ...rest }: Awaited<ReturnType<typeof of>>[number]) => ({
      ...rest,
      kind,
      due: { asWritten, from, to, precision },
    });
  const asked = await of('due_date_request');
  const agreed = await of('due_date_entry');
  return [...asked.map(asDate('asked')), ...agreed.map(asDate('agreed'))].sort(
    (one, other) => one.at.getTime() - other.at.getTime() || one.version - other.version,
  );
}

/** Which of these submissions made an update already. */
export async function savedSubmissions(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly Id<'submission'>[],
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('action_update')
    .select('submission_id as id')
    .where('authority_id', '=', authority)
    .where('submission_id', '=', anyOf(ids))
    .execute();
  return new Set(rows.flatMap(({ id }) => id ?? []));
}

function sheetQuery(tx: Tx, authority: AuthorityId, planId: PlanId) {
  return tx
    .selectFrom('update_sheet')
    .innerJoin('stored_file', (join) =>
      join
        .onRef('stored_file.authority_id', '=', 'update_sheet.authority_id')
        .onRef('stored_file.id', '=', 'update_sheet.file_id'),
    )
    .select([
      'update_sheet.id as id',
      'update_sheet.plan_id as planId',
      'update_sheet.file_id as fileId',
      'stored_file.name as fileName',
      'update_sheet.reading as reading',
      'update_sheet.choices as choices',
      'update_sheet.saved as saved',
      'update_sheet.version as version',
      'update_sheet.state as state',
      'update_sheet.started_at as startedAt',
      'update_sheet.started_by as startedBy',
      'update_sheet.finished_at as finishedAt',
    ])
    .where('update_sheet.authority_id', '=', authority)
    .where('update_sheet.plan_id', '=', planId);
}
