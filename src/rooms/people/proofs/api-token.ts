import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { parseId, type AuthorityId } from '#kernel/ids.ts';

/**
 * A personal token: `sightline_`, then 71 letters and digits. 22 are the authority (which is no
 * secret, and lets the look-up stay inside its policies), 43 are 256 random bits, and 6 are a
 * check on all before them, so that a scanner of secrets knows a real one:
 * `sightline_[0-9A-Za-z]{71}`.
 */
const prefix = 'sightline_';
const shape = /^sightline_([0-9A-Za-z]{22})[0-9A-Za-z]{43}([0-9A-Za-z]{6})$/;
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A new token of the authority. It is shown once; what is kept of it is `tokenHash`. */
export function newApiToken(authorityId: AuthorityId): string {
  const authority = inDigits(BigInt(`0x${authorityId.replaceAll('-', '')}`), 22);
  const secret = inDigits(BigInt(`0x${randomBytes(32).toString('hex')}`), 43);
  const body = `${prefix}${authority}${secret}`;
  return body + checkOf(body);
}

/** Whose token this would be; null where it cannot be one. It says nothing of its being real. */
export function authorityOfToken(token: string): AuthorityId | null {
  const [, authority, check] = shape.exec(token) ?? [];
  if (authority === undefined || checkOf(token.slice(0, -6)) !== check) return null;
  const hex = fromDigits(authority).toString(16).padStart(32, '0');
  return parseId<'authority'>(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}

const checkOf = (body: string): string => inDigits(BigInt(crc32(body)), 6);

function inDigits(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; rest > 0n; rest /= 62n) text = digits.charAt(Number(rest % 62n)) + text;
  return text.padStart(length, '0');
}

function fromDigits(text: string): bigint {
  return Array.from(text).reduce((value, digit) => value * 62n + BigInt(digits.indexOf(digit)), 0n);
}
