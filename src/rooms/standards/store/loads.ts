import {
  newId,
  type AuthorityId,
  type EditionId,
  type FileId,
  type FrameworkId,
  type UserId,
} from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import type { FrameworkReading } from '../rules/framework-reading.ts';
import type { LoadChoices } from '../rules/load-choices.ts';
import type { FrameworkLoadId } from '../rules/picture.ts';

/** A framework on its way in. */
export interface FrameworkLoad {
  id: FrameworkLoadId;
  fileId: FileId | null;
  /** Of which it is a further edition; null: a new framework. */
  frameworkId: FrameworkId | null;
  reading: FrameworkReading;
  choices: LoadChoices;
  version: number;
  state: 'prepared' | 'loaded' | 'left';
  editionId: EditionId | null;
  startedBy: UserId;
}

/** Keeps what was read from a file until it is loaded or left. */
export async function insertLoad(
  tx: Tx,
  authority: AuthorityId,
  load: Pick<FrameworkLoad, 'fileId' | 'frameworkId' | 'reading' | 'choices' | 'startedBy'>,
): Promise<FrameworkLoadId> {
  const id = newId<'framework load'>();
  await tx
    .insertInto('framework_load')
    .values({
      authority_id: authority,
      id,
      file_id: load.fileId,
      framework_id: load.frameworkId,
      reading: JSON.stringify(load.reading),
      choices: JSON.stringify(load.choices),
      edition_id: null,
      started_by: load.startedBy,
      finished_at: null,
    })
    .execute();
  return id;
}

/** A load that this person began, or null. */
export async function findLoad(
  tx: Tx,
  authority: AuthorityId,
  id: FrameworkLoadId,
  startedBy: UserId,
): Promise<FrameworkLoad | null> {
  const row = await loads(tx, authority)
    .where('id', '=', id)
    .where('started_by', '=', startedBy)
    .executeTakeFirst();
  return row ?? null;
}

/** The loads of this person's that wait to be finished, the newest first. */
export async function preparedLoads(
  tx: Tx,
  authority: AuthorityId,
  startedBy: UserId,
): Promise<FrameworkLoad[]> {
  return await loads(tx, authority)
    .where('started_by', '=', startedBy)
    .where('state', '=', 'prepared')
    .orderBy('started_at', 'desc')
    .execute();
}

/** Saves choices, or the end of a load; false where somebody saved it since. */
export async function saveLoad(
  tx: Tx,
  authority: AuthorityId,
  id: FrameworkLoadId,
  seenVersion: number,
  changed: Pick<FrameworkLoad, 'frameworkId' | 'reading' | 'choices' | 'state' | 'editionId'>,
  finishedAt: Date | null,
): Promise<boolean> {
  const saved = await tx
    .updateTable('framework_load')
    .set({
      framework_id: changed.frameworkId,
      reading: JSON.stringify(changed.reading),
      choices: JSON.stringify(changed.choices),
      state: changed.state,
      edition_id: changed.editionId,
      version: seenVersion + 1,
      finished_at: finishedAt,
    })
    .where('authority_id', '=', authority)
    .where('id', '=', id)
    .where('version', '=', seenVersion)
    .where('state', '=', 'prepared')
    .returning('id')
    .executeTakeFirst();
  return saved !== undefined;
}

function loads(tx: Tx, authority: AuthorityId) {
  return tx
    .selectFrom('framework_load')
    .select([
      'id',
      'file_id as fileId',
      'framework_id as frameworkId',
      'reading',
      'choices',
      'version',
      'state',
      'edition_id as editionId',
      'started_by as startedBy',
    ])
    .where('authority_id', '=', authority);
}
