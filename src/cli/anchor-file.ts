import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/**
 * Where the chain of every authority ended at one moment: one line of an anchor file. It holds
 * no content, and is worth something only where nobody who can write the database can change it.
 */
export interface Anchor {
  /** An ISO instant. */
  at: string;
  /** Which installation it was taken of. */
  installation: string;
  /** The version of the program that took it. */
  version: string;
  authorities: { id: string; slug: string; seq: number; hash: string }[];
}

export type AnchorReading =
  | { kind: 'read'; anchors: Anchor[]; seal: string }
  /** A sentence that says why the file proves nothing. */
  | { kind: 'damaged'; reason: string };

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const line = z.strictObject({
  at: z.iso.datetime(),
  installation: z.uuid(),
  version: z.string(),
  authorities: z.array(
    z.strictObject({ id: z.uuid(), slug: z.string(), seq: z.int().min(0), hash: hex }),
  ),
  seal: hex,
});

/** The seal before the first line. */
const firstSeal = '0'.repeat(64);

/**
 * The line of an anchor, without its end. Its seal is the SHA-256 over the seal of the line
 * before and this line: so each line seals the whole file up to itself.
 */
export function anchorLine(anchor: Anchor, sealBefore: string): string {
  const { at, installation, version, authorities } = anchor;
  const written = { at, installation, version, authorities };
  return JSON.stringify({ ...written, seal: sealOf(JSON.stringify(written), sealBefore) });
}

/** Every anchor of the file, oldest first; none where there is no file yet. */
export async function readAnchors(file: string): Promise<AnchorReading> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return { kind: 'read', anchors: [], seal: firstSeal };
    }
    throw error;
  }
  const anchors: Anchor[] = [];
  let seal = firstSeal;
  const damaged = (number: number): AnchorReading => ({
    kind: 'damaged',
    reason: `Line ${number} of ${file} is not as it was written. Take the copy that you keep elsewhere.`,
  });
  const lines = text.split('\n');
  // A line is whole only with its end: the last piece is what was begun after it.
  if (lines.pop() !== '') return damaged(lines.length + 1);
  for (const [index, written] of lines.entries()) {
    const read = line.safeParse(jsonOf(written));
    if (!read.success || anchorLine(read.data, seal) !== written) return damaged(index + 1);
    seal = read.data.seal;
    anchors.push(read.data);
  }
  return { kind: 'read', anchors, seal };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sealOf(written: string, sealBefore: string): string {
  return createHash('sha256').update(`${sealBefore}\n${written}`, 'utf8').digest('hex');
}
