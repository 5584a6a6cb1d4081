import type { DocumentGrid, DocumentRefusal } from '../grid.ts';
import { readCsv } from './csv.ts';
import { readDocx } from './docx.ts';
import { fileKind } from './kind.ts';
import { refusals } from './refusals.ts';
import { limits } from './limits.ts';
import { readXlsx } from './xlsx.ts';

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
    case 'xlsx':
      return readXlsx(bytes);
    case 'docx':
      return readDocx(bytes);
    case 'csv':
      return readCsv(bytes);
    default:
      return kind;
  }
}
