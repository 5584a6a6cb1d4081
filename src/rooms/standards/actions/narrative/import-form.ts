import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { checkKeptFile } from '#platform/documents/kept-file.ts';
import { readOutline } from '#platform/documents/read/index.ts';
import { storeFile } from '#findings';
import { may, recordFacts, type Actor } from '#people';
import type { AssessmentImportId } from '../../rules/narrative/assessment.ts';
import type { NarrativeDraft } from '../../rules/narrative/draft.ts';
import { readNarrativeForm } from '../../rules/narrative/read-form.ts';
import { appendImport } from '../../store/narrative/append.ts';
import { readImportFile } from '../../store/narrative/read.ts';
import {
  forbidden,
  notFound,
  refused,
  type Forbidden,
  type NotFound,
  type Refused,
} from '../outcome.ts';

export type KeepFormOutcome = { kind: 'done'; importId: AssessmentImportId } | Forbidden | Refused;

/**
 * Keeps a Word document from which a self-assessment is to be read, where it can be read: nothing
 * of it is in any assessment until somebody has looked at the preview.
 */
export async function keepForm(
  db: Db,
  actor: Actor,
  file: { fileName: string; bytes: Uint8Array },
): Promise<KeepFormOutcome> {
  if (!may(actor, 'C', 'PLN')) return forbidden;
  const outline = await readOutline(file.bytes, file.fileName);
  if ('refused' in outline) return refused({ field: 'file', text: outline.refused });
  const draft = readNarrativeForm(outline);
  if (draft.sections.length === 0) {
    return refused({
      field: 'file',
      text: 'No numbered section of part C was found in this document. Its sections are headings with a number, such as “8. Early help”, below the heading “Part C”',
    });
  }
  const kept = checkKeptFile(file.bytes, file.fileName);
  if ('refused' in kept) return refused({ field: 'file', text: kept.refused });
  return await inAuthority(db, actor.authorityId, async (tx) => {
    const { authorityId, userId } = actor;
    const stored = await storeFile(tx, authorityId, { ...kept, bytes: file.bytes }, userId);
    const { id, written } = await appendImport(tx, authorityId, userId, stored.id);
    const facts = [{ fact: 'stored_file', id: stored.id }, ...written];
    await recordFacts(tx, userId, 'sent a self-assessment to be read', facts);
    return { kind: 'done', importId: id };
  });
}

/** What was read from a kept document, for whoever sent it; nobody else knows of it. */
export async function readForm(
  db: Db,
  actor: Actor,
  importId: AssessmentImportId,
): Promise<{ kind: 'read'; fileName: string; draft: NarrativeDraft } | NotFound> {
  const file = await readInAuthority(db, actor.authorityId, (tx) =>
    readImportFile(tx, actor.authorityId, importId),
  );
  if (file?.by !== actor.userId || !may(actor, 'C', 'PLN')) return notFound;
  const outline = await readOutline(file.bytes, file.name);
  // It was read when it was kept: what cannot be read now is this program's fault.
  if ('refused' in outline) throw new Error('A kept self-assessment cannot be read any more');
  return { kind: 'read', fileName: file.name, draft: readNarrativeForm(outline) };
}
