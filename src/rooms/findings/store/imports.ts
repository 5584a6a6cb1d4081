import { sql } from 'kysely';
import {
  newId,
  type AuthorityId,
  type FileId,
  type FindingId,
  type Id,
  type SourceId,
  type UserId,
} from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { FindingsChoices, FindingsReading } from '../rules/read-findings-table/reading.ts';
import './tables.ts';

export type FindingImportId = Id<'finding import'>;

/** An import of findings: of a file, or of a list that was pasted. */
export interface FindingImport {
  id: FindingImportId;
  sourceId: SourceId;
  fileId: FileId | null;
  /** Null: a list that was pasted. */
  fileName: string | null;
  reading: FindingsReading;
  choices: FindingsChoices;
  made: FindingId[];
  version: number;
  state: 'prepared' | 'imported' | 'undone' | 'left';
  startedBy: UserId;
}

/** Keeps a prepared import. */
export async function insertImport(
  tx: Tx,
  authority: AuthorityId,
  prepared: Pick<FindingImport, 'sourceId' | 'fileId' | 'reading' | 'choices' | 'startedBy'>,
): Promise<FindingImportId> {
  const id = newId<'finding import'>();
  await tx
    .insertInto('finding_import')
    .values({
      authority_id: authority,
      id,
      source_id: prepared.sourceId,
      file_id: prepared.fileId,
      reading: JSON.stringify(prepared.reading),
      choices: JSON.stringify(prepared.choices),
      state: 'prepared',
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
  id: FindingImportId,
): Promise<FindingImport | null> {
  const row = await importQuery(tx, authority)
    .where('finding_import.id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The imports into this source that this person began and has not finished, newest first. */
export async function preparedImports(
  tx: Tx,
  authority: AuthorityId,
  sourceId: SourceId,
  startedBy: UserId,
): Promise<FindingImport[]> {
  return importQuery(tx, authority)
    .where('finding_import.source_id', '=', sourceId)
    .where('finding_import.started_by', '=', startedBy)
    .where('finding_import.state', '=', 'prepared')
    .orderBy('finding_import.started_at', 'desc')
    .execute();
}

/** How many of this file's findings stand in this source already: the same file twice is said. */
export async function importedBefore(
  tx: Tx,
  authority: AuthorityId,
  { sourceId, fileId }: Pick<FindingImport, 'sourceId' | 'fileId'>,
): Promise<number> {
  if (fileId === null) return 0;
  const rows = await tx
    .selectFrom('finding_import as i')
    .innerJoin('stored_file as f', (join) =>
      join.onRef('f.authority_id', '=', 'i.authority_id').onRef('f.id', '=', 'i.file_id'),
    )
    .select('i.made')
    .where('i.authority_id', '=', authority)
    .where('i.source_id', '=', sourceId)
    .where('i.state', '=', 'imported')
    .where('f.sha256', '=', (eb) =>
      eb
        .selectFrom('stored_file as own')
        .select('own.sha256')
        .where('own.authority_id', '=', authority)
        .where('own.id', '=', fileId),
    )
    .execute();
  return rows.reduce((sum, { made }) => sum + made.length, 0);
}

/** Saves a prepared import; false where somebody saved it since, or it is no longer prepared. */
export async function saveImport(
  tx: Tx,
  authority: AuthorityId,
  id: FindingImportId,
  seenVersion: number,
  changed: Pick<FindingImport, 'reading' | 'choices'>,
): Promise<boolean> {
  const saved = await tx
    .updateTable('finding_import')
    .set({
      reading: JSON.stringify(changed.reading),
      choices: JSON.stringify(changed.choices),
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
  id: FindingImportId,
  from: FindingImport['state'],
  to: { state: FindingImport['state']; made?: readonly FindingId[] },
): Promise<boolean> {
  const moved = await tx
    .updateTable('finding_import')
    .set({
      state: to.state,
      ...(to.made === undefined ? {} : { made: JSON.stringify(to.made) }),
      finished_at: sql<Date>`recorded_now()`,
    })
    .where('authority_id', '=', authority)
    .where('id', '=', id)
    .where('state', '=', from)
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
}

/** Whether anything was written on the findings of an import after it had made them. */
export async function writtenSinceImport(
  tx: Tx,
  authority: AuthorityId,
  id: FindingImportId,
): Promise<boolean> {
  const { rows } = await sql<{ written: boolean }>`
    with import as (
      select made, finished_at from finding_import where authority_id = ${authority} and id = ${id}
    ), made as (
      select value::uuid as id from import, jsonb_array_elements_text(made)
    )
    select exists (select from finding_version v, import i where v.authority_id = ${authority}
        and v.finding_id in (select id from made) and v.recorded_at > i.finished_at)
      or exists (select from finding_response r, import i where r.authority_id = ${authority}
        and r.finding_id in (select id from made) and r.recorded_at > i.finished_at)
      or exists (select from finding_pair p where p.authority_id = ${authority}
        and (p.finding_id in (select id from made) or p.other_id in (select id from made)))
      or exists (select from item_link l where l.authority_id = ${authority}
        and ((l.from_kind = 'finding' and l.from_id in (select id from made))
          or (l.to_kind = 'finding' and l.to_id in (select id from made))))
      as written`.execute(tx);
  return rows[0]?.written ?? false;
}

function importQuery(tx: Tx, authority: AuthorityId) {
  return tx
    .selectFrom('finding_import')
    .leftJoin('stored_file', (join) =>
      join
        .onRef('stored_file.authority_id', '=', 'finding_import.authority_id')
        .onRef('stored_file.id', '=', 'finding_import.file_id'),
    )
    .select([
      'finding_import.id as id',
      'finding_import.source_id as sourceId',
      'finding_import.file_id as fileId',
      'stored_file.name as fileName',
      'finding_import.reading as reading',
      'finding_import.choices as choices',
      'finding_import.made as made',
      'finding_import.version as version',
      'finding_import.state as state',
      'finding_import.started_by as startedBy',
    ])
    .where('finding_import.authority_id', '=', authority);
}
