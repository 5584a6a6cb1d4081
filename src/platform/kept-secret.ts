import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * A secret of 64 hexadecimal digits, kept in a file that only our own user can read, and made
 * at the first asking. Two programs that ask at once are given the same one.
 */
export async function keptSecret(file: string): Promise<string> {
  const kept = await readSecret(file);
  if (kept !== null) return kept;
  await mkdir(path.dirname(file), { recursive: true });
  const beside = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(beside, randomBytes(32).toString('hex'), { mode: 0o600, flush: true });
  try {
    // A link, unlike a rename, does not replace what another program has put there.
    await link(beside, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(beside);
  }
  const made = await readSecret(file);
  if (made === null) throw new Error(`The secret in ${file} cannot be read.`);
  return made;
}

/** @throws where the file holds anything else, so that a damaged secret is never replaced. */
async function readSecret(file: string): Promise<string | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${file} does not hold a secret of ours.`);
  return text;
}
