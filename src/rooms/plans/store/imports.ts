import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import {
  newId,
  type AuthorityId,
  type FileId,
  type ImportId,
  type PlanId,
  type UserId,
} from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { ImportChoices } from '../rules/import-choices.ts';
import type { PlanReading } from '../rules/reading.ts';

export interface PlanImport {
  id: ImportId;
  fileId: FileId;
  fileName: string;
  fileSha256: string;
  positionOn: IsoDate;
  reading: PlanReading;
  choices: ImportChoices;
  version: number;
  state: 'prepared' | 'imported' | 'undone' | 'left';
  planId: PlanId | null;
  startedAt: Date;
  startedBy: UserId;
  finishedAt: Date | null;
}

/** Keeps a prepared import. */
export async function insertImport(
  tx: Tx,
  authority: AuthorityId,
  prepared: Pick<PlanImport, 'fileId' | 'positionOn' | 'reading' | 'choices' | 'startedBy'>,
): Promise<ImportId> {
  const id = newId<'import'>();
  await tx
    .insertInto('plan_import')
    .values({
      authority_id: authority,
      id,
      file_id: prepared.fileId,
      position_on: prepared.positionOn,
      reading: JSON.stringify(prepared.reading),
      choices: JSON.stringify(prepared.choices),
      state: 'prepared',
      plan_id: null,
      started_by: prepared.startedBy,
      finished_at: null,
    })
    .execute();
  return id;
}

/** An import, or null where the authority has none of this id. */
export async function findImport(
  tx: Tx,
  authority: AuthorityId,
  id: ImportId,
): Promise<PlanImport | null> {
  const row = await importQuery(tx, authority).where('plan_import.id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** The import of this person's that still waits to be finished, newest first. */
export async function preparedImports(
  tx: Tx,
  authority: AuthorityId,
  startedBy: UserId,
): Promise<PlanImport[]> {
  return importQuery(tx, authority)
    .where('plan_import.started_by', '=', startedBy)
    .where('plan_import.state', '=', 'prepared')
    .orderBy('plan_import.started_at', 'desc')
    .execute();
}

/** Imports of exactly these bytes that stand, newest first: the same file twice is said. */
export async function importsOfHash(
  tx: Tx,
  authority: AuthorityId,
  sha256: string,
): Promise<PlanImport[]> {
  return importQuery(tx, authority)
    .where('stored_file.sha256', '=', sha256)
    .where('plan_import.state', '=', 'imported')
    .orderBy('plan_import.finished_at', 'desc')
    .execute();
}

/** The import that made this plan, or null. */
export async function importOfPlan(
  tx: Tx,
  authority: AuthorityId,
  planId: PlanId,
): Promise<PlanImport | null> {
  const row = await importQuery(tx, authority)
    .where('plan_import.plan_id', '=', planId)
    .where('plan_import.state', '=', 'imported')
    .executeTakeFirst();
  return row ?? null;
}

/** Saves a prepared import; false where somebody saved it since, or it is no longer prepared. */
export async function saveImport(
  tx: Tx,
  authority: AuthorityId,
  id: ImportId,
  seenVersion: number,
  changed: Pick<PlanImport, 'reading' | 'choices' | 'positionOn'>,
): Promise<boolean> {
  const saved = await tx
    .updateTable('plan_import')
    .set({
      reading: JSON.stringify(changed.reading),
      choices: JSON.stringify(changed.choices),
      position_on: changed.positionOn,
      version: seenVersion + 1,
    })
    .where('authority_id', '=', authority)
    .where('id', '=', id)
    .where('version', '=', seenVersion)
    .where('state', '=', 'prepared')
    .returning('id')
    .executeTakeFirst();
  return saved !== undefined;
}

/** Moves an import on; false where it was not in the state it is moved from. */
export async function moveImport(
  tx: Tx,
  authority: AuthorityId,
  id: ImportId,
  from: PlanImport['state'],
  to: { state: PlanImport['state']; planId?: PlanId },
): Promise<boolean> {
  const moved = await tx
    .updateTable('plan_import')
    .set({
      state: to.state,
      ...(to.planId === undefined ? {} : { plan_id: to.planId }),
      finished_at: sql<Date>`recorded_now()`,
    })
    .where('authority_id', '=', authority)
    .where('id', '=', id)
    .where('state', '=', from)
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
}

/**
 * Whether anything was written on the plan after this import had made it. The instants are
 * compared in the database, which knows them to the microsecond: a Date knows milliseconds
 * only, and the import's own last fact can lie in the same one as its end.
 */
export async function writtenSinceImport(
  tx: Tx,
  authority: AuthorityId,
  importId: ImportId,
  planId: PlanId,
): Promise<boolean> {
  const since = sql`(select finished_at from plan_import
    where authority_id = ${authority} and id = ${importId})`;
  const { rows } = await sql<{ written: boolean }>`
    with actions as (
      select id from action where authority_id = ${authority} and plan_id = ${planId}
    ), objectives as (
      select id from objective where authority_id = ${authority} and plan_id = ${planId}
    )
    select
      exists (select from plan_version where authority_id = ${authority} and plan_id = ${planId}
              and recorded_at > ${since})
      or exists (select from objective_version where authority_id = ${authority}
              and objective_id in (select id from objectives) and recorded_at > ${since})
      or exists (select from action_version where authority_id = ${authority}
              and action_id in (select id from actions) and recorded_at > ${since})
      or exists (select from due_date_entry where authority_id = ${authority}
              and action_id in (select id from actions) and recorded_at > ${since})
      or exists (select from action_update where authority_id = ${authority}
              and action_id in (select id from actions) and recorded_at > ${since})
      or exists (select from due_date_request where authority_id = ${authority}
              and action_id in (select id from actions) and recorded_at > ${since})
      or exists (select from action_test where authority_id = ${authority}
              and action_id in (select id from actions) and recorded_at > ${since})
      or exists (select from closure_step where authority_id = ${authority}
              and action_id in (select id from actions) and recorded_at > ${since})
      or exists (select from table_leave where authority_id = ${authority}
              and action_id in (select id from actions) and recorded_at > ${since})
      or exists (select from plan_rag_rule where authority_id = ${authority}
              and plan_id = ${planId} and recorded_at > ${since})
      or exists (select from review_round where authority_id = ${authority}
              and plan_id = ${planId} and recorded_at > ${since})
      or exists (select from action where authority_id = ${authority}
              and copied_from in (select id from actions))
      as written`.execute(tx);
  return rows[0]?.written ?? false;
}

/** Gives a plan's address back, so that a new import can have the same words. */
export async function releaseAddress(
  tx: Tx,
  authority: AuthorityId,
  planId: PlanId,
): Promise<void> {
  await tx
    .deleteFrom('plan_address')
    .where('authority_id', '=', authority)
    .where('plan_id', '=', planId)
    .execute();
}

function importQuery(tx: Tx, authority: AuthorityId) {
  return tx
    .selectFrom('plan_import')
    .innerJoin('stored_file', (join) =>
      join
        .onRef('stored_file.authority_id', '=', 'plan_import.authority_id')
        .onRef('stored_file.id', '=', 'plan_import.file_id'),
    )
    .select([
      'plan_import.id as id',
      'plan_import.file_id as fileId',
      'stored_file.name as fileName',
      'stored_file.sha256 as fileSha256',
      'plan_import.position_on as positionOn',
      'plan_import.reading as reading',
      'plan_import.choices as choices',
      'plan_import.version as version',
      'plan_import.state as state',
      'plan_import.plan_id as planId',
      'plan_import.started_at as startedAt',
      'plan_import.started_by as startedBy',
      'plan_import.finished_at as finishedAt',
    ])
    .where('plan_import.authority_id', '=', authority);
}
