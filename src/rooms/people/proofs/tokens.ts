import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, in base64 for addresses. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token: its SHA-256, in hexadecimal. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}
