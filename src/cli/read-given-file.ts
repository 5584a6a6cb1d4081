import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { DocumentGrid } from '#platform/documents/grid.ts';
import { readDocument } from '#platform/documents/read/index.ts';

const largest = 10 * 1024 * 1024;

/** The bytes of a file on disk that somebody wants to bring in, or why it is not taken. */
export async function bytesOf(
  file: string,
): Promise<{ name: string; bytes: Buffer } | { refused: string }> {
  const size = await stat(file).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
  if (size === null) return { refused: `There is no file ${file}.` };
  if (size > largest) {
    return { refused: 'The file is larger than 10 MiB. Split it, or save it without pictures.' };
  }
  return { name: path.basename(file), bytes: await readFile(file) };
}

/** The tables of such a file, or why it is not read. */
export async function tablesOf(
  file: string,
): Promise<{ name: string; grid: DocumentGrid } | { refused: string }> {
  const given = await bytesOf(file);
  if ('refused' in given) return given;
  const grid = await readDocument(given.bytes, given.name);
  return 'refused' in grid ? grid : { name: given.name, grid };
}

/** What a command prints that only looks. */
export interface DryRun {
  /** 0 read, 2 refused. */
  exit: 0 | 2;
  /** What `--json` prints: what would be imported, or `{error}`. */
  json: unknown;
  /** The same for a person to read; the reason alone where the file is refused. */
  text: string;
}

export function refusedRun(reason: string): DryRun {
  return { exit: 2, json: { error: reason }, text: reason };
}
