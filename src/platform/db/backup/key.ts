import { readFile } from 'node:fs/promises';
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';

/**
 * What a back-up is locked and opened with, in the words of the age format
 * (age-encryption.org/v1): a public key locks only, its secret key does both, and so does a
 * passphrase, from which scrypt makes a key.
 */
export type BackupKey =
  | { readonly kind: 'public'; readonly recipient: string }
  | { readonly kind: 'secret'; readonly recipient: string; readonly identity: string }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

export type KeyReading =
  | { readonly kind: 'key'; readonly key: BackupKey }
  /** A sentence that never quotes the key. */
  | { readonly kind: 'refused'; readonly reason: string };

const shortestPassphrase = 20;

/** The key as it stands in a setting. A key with a mistake in it is never taken for a passphrase. */
export async function readKey(text: string): Promise<KeyReading> {
  const written = text.trim();
  try {
    if (written.startsWith('age1')) {
      new Encrypter().addRecipient(written);
      return { kind: 'key', key: { kind: 'public', recipient: written } };
    }
    if (/^AGE-/i.test(written)) {
      new Decrypter().addIdentity(written);
      const recipient = await identityToRecipient(written);
      return { kind: 'key', key: { kind: 'secret', recipient, identity: written } };
    }
  } catch {
    return refused('The key of the back-up is not a whole age key. Copy it again, every letter.');
  }
  if (written.length < shortestPassphrase) {
    return refused(
      `The passphrase of the back-up must have ${shortestPassphrase} characters or more; better, make a key by bin/sightline key create.`,
    );
  }
  return { kind: 'key', key: { kind: 'passphrase', passphrase: written } };
}

/** The key in a file as age-keygen and `bin/sightline key create` write it: # begins a remark. */
export async function readKeyFile(file: string): Promise<KeyReading> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return refused(`The key file ${file} cannot be read (${code}).`);
  }
  const keys = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const [key] = keys;
  if (key === undefined || keys.length > 1) {
    return refused(`The key file ${file} must hold one key, and holds ${keys.length}.`);
  }
  return await readKey(key);
}

function refused(reason: string): KeyReading {
  return { kind: 'refused', reason };
}
