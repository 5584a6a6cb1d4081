import { openText, sealText } from './sealed-text.ts';

/**
 * A one-time-code key as it is stored: sealed under the installation's secret and bound to its
 * user, so that the table alone makes no codes and a row copied to another user opens nothing.
 */
export function sealKey(key: string, userId: string, secret: string): string {
  return sealText(key, { secret, use: 'one-time-code keys', boundTo: userId });
}

/** @throws when it was sealed under another secret or for another user, or was changed since. */
export function openKey(sealed: string, userId: string, secret: string): string {
  return openText(sealed, { secret, use: 'one-time-code keys', boundTo: userId });
}
