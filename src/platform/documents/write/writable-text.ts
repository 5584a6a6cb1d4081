// The control characters, of which XML 1.0 (section 2.2) forbids most, its two non-characters, and
// marks that nobody sees: the soft hyphen, the zero-width space and joiner, the byte order mark.
const unwritable =
  // eslint-disable-next-line no-control-regex -- these are what must go
  /[\u0000-\u0008\u000E-\u001F\u007F-\u009F\u00AD\u200B\u2060\uFEFF\uFFFE\uFFFF]/g;

// Word's line break inside a paragraph is a vertical tab where text is copied from it.
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const lineEnd = /\r\n?|[\u000B\u000C\u0085\u2028\u2029]/g;

/**
 * The text as any document can hold it: every kind of line end is a new line, control and
 * invisible characters are left out, and half of a surrogate pair, which no file can hold, becomes U+FFFD.
 */
export function writableText(text: string): string {
  return text.toWellFormed().replace(lineEnd, '\n').replace(unwritable, '');
}

/** The same on one line: runs of white space are one space. For names and titles. */
export function writableLine(text: string): string {
  return writableText(text).replace(/\s+/g, ' ').trim();
}
