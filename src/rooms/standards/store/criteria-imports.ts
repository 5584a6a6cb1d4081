import { sql } from 'kysely';
import type { IsoDate } from '#kernel/dates.ts';
import {
  newId,
  type AuthorityId,
  type EditionId,
  type FileId,
  type Id,
  type JudgementId,
  type UserId,
} from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { CriteriaChoices, CriteriaReading } from '../rules/read-criteria/reading.ts';
import './tables.ts';

export type CriteriaImportId = Id<'criteria import'>;

/** An import of a table of criteria, with what is said of each. */
export interface CriteriaImport {
  id: CriteriaImportId;
  fileId: FileId;
  fileName: string;
  positionOn: IsoDate;
  /** The edition that is judged; null while one is to be made. */
  editionId: EditionId | null;
  reading: CriteriaReading;
  choices: CriteriaChoices;
  made: JudgementId[];
  version: number;
  state: 'prepared' | 'imported' | 'undone' | 'left';
  startedBy: UserId;
}

/** Keeps a prepared import. */
export async function insertCriteriaImport(
  tx: Tx,
  authority: AuthorityId,
  prepared: Pick<
    CriteriaImport,
    'fileId' | 'positionOn' | 'editionId' | 'reading' | 'choices' | 'startedBy'
  >,
): Promise<CriteriaImportId> {
  const id = newId<'criteria import'>();
  await tx
    .insertInto('criteria_import')
    .values({
      authority_id: authority,
      id,
      file_id: prepared.fileId,
      position_on: prepared.positionOn,
      edition_id: prepared.editionId,
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
export async function findCriteriaImport(
  tx: Tx,
  authority: AuthorityId,
  id: CriteriaImportId,
): Promise<CriteriaImport | null> {
  const row = await importQuery(tx, authority)
    .where('criteria_import.id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The imports that this person began and has not finished, newest first. */
export async function preparedCriteriaImports(
  tx: Tx,
  authority: AuthorityId,
  startedBy: UserId,
): Promise<CriteriaImport[]> {
  return importQuery(tx, authority)
    .where('criteria_import.started_by', '=', startedBy)
    .where('criteria_import.state', '=', 'prepared')
    .orderBy('criteria_import.started_at', 'desc')
    .execute();
}

/** Whether exactly this file was imported before, and stands. */
export async function wasImported(
  tx: Tx,
  authority: AuthorityId,
  fileId: FileId,
): Promise<boolean> {
  const { rows } = await sql<{ stands: boolean }>`
    select exists (
      select from criteria_import i
      join stored_file f on f.authority_id = i.authority_id and f.id = i.file_id
      where i.authority_id = ${authority} and i.state = 'imported' and f.sha256 = (
        select sha256 from stored_file where authority_id = ${authority} and id = ${fileId})
    ) as stands`.execute(tx);
  return rows[0]?.stands ?? false;
}

/** Saves a prepared import; false where somebody saved it since, or it is no longer prepared. */
export async function saveCriteriaImport(
  tx: Tx,
  authority: AuthorityId,
  id: CriteriaImportId,
  seenVersion: number,
  changed: Pick<CriteriaImport, 'reading' | 'choices'>,
): Promise<boolean> {
  const saved = await tx
    .updateTable('criteria_import')
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
export async function moveCriteriaImport(
  tx: Tx,
  authority: AuthorityId,
  id: CriteriaImportId,
  from: CriteriaImport['state'],
  to: {
    state: CriteriaImport['state'];
    made?: readonly JudgementId[];
    editionId?: EditionId;
  },
): Promise<boolean> {
  const moved = await tx
    .updateTable('criteria_import')
    .set({
      state: to.state,
      ...(to.made === undefined ? {} : { made: JSON.stringify(to.made) }),
      ...(to.editionId === undefined ? {} : { edition_id: to.editionId }),
      finished_at: sql<Date>`recorded_now()`,
    })
    .where('authority_id', '=', authority)
    .where('id', '=', id)
    .where('state', '=', from)
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
}

/** Whether anything was written on the criteria of an import after it was made. */
export async function writtenSinceCriteriaImport(
  tx: Tx,
  authority: AuthorityId,
  id: CriteriaImportId,
): Promise<boolean> {
  const { rows } = await sql<{ written: boolean }>`
    with import as (
      select made, finished_at, edition_id from criteria_import
      where authority_id = ${authority} and id = ${id}
    ), made as (
      select value::uuid as id from import, jsonb_array_elements_text(made)
    ), judged as (
      select criterion_id as id from judgement
      where authority_id = ${authority} and id in (select id from made)
    )
    select exists (select from judgement j, import i where j.authority_id = ${authority}
        and j.criterion_id in (select id from judged) and j.recorded_at > i.finished_at)
      or exists (select from verdict v, import i where v.authority_id = ${authority}
        and v.criterion_id in (select id from judged) and v.recorded_at > i.finished_at)
      or exists (select from framework_edition_state s, import i where s.authority_id = ${authority}
        and s.edition_id = i.edition_id and s.recorded_at > i.finished_at)
      or exists (select from assessment_round r, import i where r.authority_id = ${authority}
        and r.edition_id = i.edition_id and r.recorded_at > i.finished_at)
      or exists (select from item_link l where l.authority_id = ${authority}
        and (l.from_id in (select id from made) or l.to_id in (select id from made)))
      as written`.execute(tx);
  return rows[0]?.written ?? false;
}

function importQuery(tx: Tx, authority: AuthorityId) {
  return tx
    .selectFrom('criteria_import')
    .innerJoin('stored_file', (join) =>
      join
        .onRef('stored_file.authority_id', '=', 'criteria_import.authority_id')
        .onRef('stored_file.id', '=', 'criteria_import.file_id'),
    )
    .select([
      'criteria_import.id as id',
      'criteria_import.file_id as fileId',
      'stored_file.name as fileName',
      'criteria_import.position_on as positionOn',
      'criteria_import.edition_id as editionId',
      'criteria_import.reading as reading',
      'criteria_import.choices as choices',
      'criteria_import.made as made',
      'criteria_import.version as version',
      'criteria_import.state as state',
      'criteria_import.started_by as startedBy',
    ])
    .where('criteria_import.authority_id', '=', authority);
}
