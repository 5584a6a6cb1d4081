import { createHash } from 'node:crypto';
import { parseId, type Id } from '#kernel/ids.ts';

/**
 * An identifier that follows from what it is of: the same words make the same one, whoever asks
 * and whenever. Of the form of a UUID of version 8 (RFC 9562), whose bits are its maker's.
 */
export function keyOf<Kind extends string>(words: string): Id<Kind> {
  const hex = createHash('sha256').update(words).digest('hex');
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  const id = parseId<Kind>(uuid);
  if (id === null) throw new Error('A hash made no identifier');
  return id;
}
