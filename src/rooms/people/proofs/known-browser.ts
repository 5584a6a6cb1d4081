import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * The mark of a browser that somebody has signed in with: its guesses are counted apart, so that
 * a stranger who guesses at the same address cannot shut its owner out (OWASP's device cookies).
 * It opens nothing by itself.
 */
export interface BrowserOwner {
  authorityId: string;
  /** As `tidyEmail` gives it. */
  email: string;
}

/** A new mark, for a cookie: a random number, signed for this person under the installation's secret. */
export function newBrowserMark(owner: BrowserOwner, secret: string): string {
  const id = randomBytes(16).toString('base64url');
  return `${id}.${signature(id, owner, secret)}`;
}

/** The number of a mark that was made for this person; null where it was not. */
export function readBrowserMark(
  mark: string | null,
  owner: BrowserOwner,
  secret: string,
): string | null {
  const [id = '', given = ''] = (mark ?? '').split('.');
  const right = Buffer.from(signature(id, owner, secret), 'utf8');
  const sent = Buffer.from(given, 'utf8');
  return sent.length === right.length && timingSafeEqual(sent, right) ? id : null;
}

function signature(id: string, { authorityId, email }: BrowserOwner, secret: string): string {
  const signed = JSON.stringify(['known browser', authorityId, email, id]);
  return createHmac('sha256', secret).update(signed, 'utf8').digest('base64url');
}

/** What is kept of a network address: a hash that only this installation can make. */
export function networkHash(network: string, secret: string): string {
  return createHmac('sha256', secret).update(`network\n${network}`, 'utf8').digest('hex');
}
