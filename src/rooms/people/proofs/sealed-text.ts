import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** What a text is sealed for: each use has a key of its own, made from the installation's secret. */
export interface Seal {
  secret: string;
  use: 'one-time-code keys' | 'kept forms';
  /** Whose it is, or which row: a text copied to another opens nothing. */
  boundTo: string;
}

/** The text by AES-256-GCM under the installation's secret. */
export function sealText(text: string, seal: Seal): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(seal), nonce);
  cipher.setAAD(Buffer.from(seal.boundTo, 'utf8'));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @throws when it was sealed under another secret, for another use or binding, or was changed. */
export function openText(sealed: string, seal: Seal): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(seal), bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(seal.boundTo, 'utf8'));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

function sealingKey({ secret, use }: Seal): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `sightline ${use}`, 32));
}
