import { generateSecret, generateURI, verify } from 'otplib';

/** Seconds that a code lasts; codes of the step before and the step after are taken as well. */
const step = 30;

/** A new key for an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds), in base 32. */
export function newCodeKey(): string {
  return generateSecret();
}

/**
 * The time step of a code, when it is one of this key's codes now and comes after the last step
 * that was used; otherwise null. Store the step: a code works once.
 */
export async function codeStep(
  key: string,
  code: string,
  now: Date,
  lastStep: number | null,
): Promise<number | null> {
  const token = code.replace(/\s/gu, '');
  if (!/^\d{6}$/.test(token)) return null;
  const result = await verify({
    secret: key,
    token,
    epoch: Math.floor(now.getTime() / 1000),
    period: step,
    epochTolerance: step,
  });
  if (!result.valid || !('timeStep' in result)) return null;
  return lastStep !== null && result.timeStep <= lastStep ? null : result.timeStep;
}

/** The key as a person types it: in groups of four. */
export function keyInGroups(key: string): string {
  return key.replace(/(.{4})(?=.)/g, '$1 ');
}

/** The address that an authenticator app reads from the square code. */
export function codeKeyAddress(key: string, email: string, authorityName: string): string {
  return generateURI({ issuer: `Sightline ${authorityName}`, label: email, secret: key });
}
