import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import type { BackupKey } from './key.ts';

/** How every file in the age format begins. */
const beginning = 'age-encryption.org/v1\n';

/**
 * The bytes compressed (zstd) and locked (age: ChaCha20-Poly1305 in chunks of 64 KiB, whose order
 * and end are authenticated), as a stream that holds one chunk at a time.
 */
export async function seal(plain: AsyncIterable<Buffer>, key: BackupKey): Promise<Readable> {
  const encrypter = new Encrypter();
  if (key.kind === 'passphrase') encrypter.setPassphrase(key.passphrase);
  else encrypter.addRecipient(key.recipient);
  const compressed = piped(Readable.from(plain, { objectMode: false }), createZstdCompress());
  return fromWeb(await encrypter.encrypt(toWeb(compressed)));
}

export type Opening =
  | { readonly kind: 'open'; readonly plain: Readable }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The bytes of a sealed file again. A chunk is given only after it proved whole; the stream fails
 * with an error where one is not, or where the end is not the end that was sealed.
 */
export async function openSealed(file: string, key: BackupKey): Promise<Opening> {
  const why = await whyNotSealed(file);
  if (why !== null) return { kind: 'refused', reason: why };
  if (key.kind === 'public') {
    return {
      kind: 'refused',
      reason:
        'This key is the public one: it locks back-ups and opens none. Give the secret key that belongs to it.',
    };
  }
  const decrypter = new Decrypter();
  if (key.kind === 'passphrase') decrypter.addPassphrase(key.passphrase);
  else decrypter.addIdentity(key.identity);
  const locked = createReadStream(file);
  try {
    const opened = fromWeb(await decrypter.decrypt(toWeb(locked)));
    return { kind: 'open', plain: piped(opened, createZstdDecompress()) };
  } catch {
    locked.destroy();
    return {
      kind: 'refused',
      reason: `${file} does not open with this key: it was locked with another, or its beginning is damaged.`,
    };
  }
}

async function whyNotSealed(file: string): Promise<string | null> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(beginning.length));
      return buffer.toString('latin1', 0, bytesRead) === beginning
        ? null
        : `${file} is not a back-up of Sightline, or its beginning is damaged.`;
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return `${file} cannot be read (${code}).`;
  }
}

/** What goes wrong on one side ends the other with the same error. */
function piped(from: Readable, through: NodeJS.ReadWriteStream & Readable): Readable {
  from.once('error', (error) => through.destroy(error));
  through.once('close', () => from.destroy());
  return from.pipe(through);
}

function toWeb(stream: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}

function fromWeb(stream: ReadableStream<Uint8Array>): Readable {
  return Readable.fromWeb(stream as WebStream<Uint8Array>);
}
