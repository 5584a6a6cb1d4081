import { createHash } from 'node:crypto';
import { newId, type AuthorityId, type EvidenceId, type FileId, type UserId } from '#kernel/ids.ts';
import { anyOf } from '#platform/db/any-of.ts';
import type { Tx } from '#platform/db/tables.ts';

/** A file's bytes are kept in pieces of this size, so that none is held whole by the database. */
const chunkBytes = 256 * 1024;

export type NewEvidence =
  | { kind: 'note'; title: string }
  | { kind: 'link'; title: string; url: string }
  | { kind: 'file'; title: string; fileId: FileId };

export interface EvidenceItem {
  id: EvidenceId;
  kind: 'link' | 'note' | 'file';
  title: string;
  url: string | null;
  fileId: FileId | null;
  fileName: string | null;
}

export interface StoredFile {
  id: FileId;
  name: string;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
  recordedAt: Date;
}

/** Keeps a file. Answers its id and SHA-256 in hexadecimal. */
export async function storeFile(
  tx: Tx,
  authority: AuthorityId,
  file: { name: string; mediaType: string; bytes: Uint8Array },
  by: UserId | null,
): Promise<{ id: FileId; sha256: string }> {
  const id = newId<'file'>();
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  await tx
    .insertInto('stored_file')
    .values({
      authority_id: authority,
      id,
      name: file.name,
      media_type: file.mediaType,
      size_bytes: file.bytes.length,
      sha256,
      recorded_by: by,
    })
    .execute();
  for (let n = 0; n * chunkBytes < file.bytes.length; n += 1) {
    const bytes = Buffer.from(file.bytes.subarray(n * chunkBytes, (n + 1) * chunkBytes));
    await tx
      .insertInto('file_chunk')
      .values({ authority_id: authority, file_id: id, n, bytes })
      .execute();
  }
  return { id, sha256 };
}

/** The file and its bytes, or null where this authority has no such file. */
export async function readFile(
  tx: Tx,
  authority: AuthorityId,
  id: FileId,
): Promise<(StoredFile & { bytes: Buffer }) | null> {
  const file = await tx
    .selectFrom('stored_file')
    .select([
      'id',
      'name',
      'media_type as mediaType',
      'size_bytes as sizeBytes',
      'sha256',
      'recorded_at as recordedAt',
    ])
    .where('authority_id', '=', authority)
    .where('id', '=', id)
    .executeTakeFirst();
  if (file === undefined) return null;
  const chunks = await tx
    .selectFrom('file_chunk')
    .select('bytes')
    .where('authority_id', '=', authority)
    .where('file_id', '=', id)
    .orderBy('n')
    .execute();
  return { ...file, bytes: Buffer.concat(chunks.map((chunk) => chunk.bytes)) };
}

/** Files with exactly these bytes, oldest first: the same file sent twice is said. */
export async function filesWithHash(
  tx: Tx,
  authority: AuthorityId,
  sha256: string,
): Promise<StoredFile[]> {
  return tx
    .selectFrom('stored_file')
    .select([
      'id',
      'name',
      'media_type as mediaType',
      'size_bytes as sizeBytes',
      'sha256',
      'recorded_at as recordedAt',
    ])
    .where('authority_id', '=', authority)
    .where('sha256', '=', sha256)
    .orderBy('recorded_at')
    .execute();
}

/** Whether this piece of evidence is here. */
export async function hasEvidence(
  tx: Tx,
  authority: AuthorityId,
  id: EvidenceId,
): Promise<boolean> {
  const row = await tx
    .selectFrom('evidence')
    .select('id')
    .where('authority_id', '=', authority)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

/** Registers a piece of evidence: a link, a note, or a file already kept. */
export async function addEvidence(
  tx: Tx,
  authority: AuthorityId,
  evidence: NewEvidence,
  by: UserId | null,
  id = newId<'evidence'>(),
): Promise<EvidenceId> {
  await tx
    .insertInto('evidence')
    .values({
      authority_id: authority,
      id,
      kind: evidence.kind,
      title: evidence.title,
      url: evidence.kind === 'link' ? evidence.url : null,
      file_id: evidence.kind === 'file' ? evidence.fileId : null,
      recorded_by: by,
    })
    .execute();
  return id;
}

/** These pieces of evidence, with the names of files. */
export async function evidenceByIds(
  tx: Tx,
  authority: AuthorityId,
  ids: readonly EvidenceId[],
): Promise<Map<EvidenceId, EvidenceItem>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('evidence')
    .leftJoin('stored_file', (join) =>
      join
        .onRef('stored_file.authority_id', '=', 'evidence.authority_id')
        .onRef('stored_file.id', '=', 'evidence.file_id'),
    )
    .select([
      'evidence.id as id',
      'evidence.kind as kind',
      'evidence.title as title',
      'evidence.url as url',
      'evidence.file_id as fileId',
      'stored_file.name as fileName',
    ])
    .where('evidence.authority_id', '=', authority)
    .where('evidence.id', '=', anyOf(ids))
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}
