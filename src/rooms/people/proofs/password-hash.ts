import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** OWASP's least for Argon2id: 19 MiB, two passes. About 30 ms on one core. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;

/**
 * The password as Argon2id, written as a PHC string
 * (`$argon2id$v=19$m=19456,t=2,p=1$salt$hash`), so that the cost can rise later.
 */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await derive('argon2id', { message: password, nonce, tagLength: 32, ...cost });
  return phc(nonce, hash);
}

function phc(nonce: Buffer, hash: Buffer): string {
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(hash)}`;
}

/**
 * Whether the password is the one that was hashed. Without a hash (an unknown address, a user
 * without a password) it answers no after the same work, so that time tells nothing.
 */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const { parameters, hash } = parse(stored ?? hashOfNothing);
  const given = await derive('argon2id', { message: password, ...parameters });
  return timingSafeEqual(given, hash) && stored !== null;
}

/** Looks like the hash of a password, costs as much to compare with, and is the hash of none. */
const hashOfNothing = phc(randomBytes(16), randomBytes(32));

interface StoredHash {
  parameters: Omit<Argon2Parameters, 'message'>;
  hash: Buffer;
}

function parse(stored: string): StoredHash {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored);
  if (found === null) throw new Error('A stored password hash cannot be read');
  const [, memory, passes, parallelism, nonce = '', tag = ''] = found;
  const hash = Buffer.from(tag, 'base64');
  return {
    hash,
    parameters: {
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
      nonce: Buffer.from(nonce, 'base64'),
      tagLength: hash.length,
    },
  };
}

/** Base64 without the padding, as PHC strings have it. */
function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
