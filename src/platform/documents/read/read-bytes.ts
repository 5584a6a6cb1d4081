import type { DocumentGrid, DocumentRefusal } from '../grid.ts';
import type { DocumentOutline } from '../outline.ts';
import { fileKind } from './kind.ts';
import { isRefusal, refusals } from './refusals.ts';
import { limits } from './limits.ts';

/**
 * Reads a file in the thread that calls. `readDocument` does the same in a thread of its own,
 * which is what a server should use: a large file takes seconds here.
 */
export async function readBytes(
  bytes: Uint8Array,
  fileName: string,
): Promise<DocumentGrid | DocumentRefusal> {
  if (bytes.length > limits.fileBytes) return refusals.tooBig();
  const kind = fileKind(bytes, fileName);
  switch (kind) {
    // Each reader is loaded when it is needed: the thread is new for each file.
    case 'xlsx':
      return (await import('./xlsx.ts')).readXlsx(bytes);
    case 'docx':
      return (await import('./docx.ts')).readDocx(bytes);
    case 'csv':
      return (await import('./csv.ts')).readCsv(bytes);
    default:
      return kind;
  }
}

/** As `readBytes`, all that a Word document says; every other kind of file is refused. */
export async function readOutlineBytes(
  bytes: Uint8Array,
  fileName: string,
): Promise<DocumentOutline | DocumentRefusal> {
  if (bytes.length > limits.fileBytes) return refusals.tooBig();
  const kind = fileKind(bytes, fileName);
  if (isRefusal(kind)) return kind;
  if (kind !== 'docx') return refusals.notADocument();
  return (await import('./docx-outline.ts')).readDocxOutline(bytes);
}
