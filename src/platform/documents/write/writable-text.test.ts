import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hostileText } from './hostile-text.test-help.ts';
import { writableLine, writableText } from './writable-text.ts';

it('keeps the words, in any script, and turns every kind of line end into a new line', () => {
  expect(writableText('a\r\nb\rc\u2028d\u000Be\tשלום 😀')).toBe('a\nb\nc\nd\ne\tשלום 😀');
});

it('leaves out what no XML document may hold, and replaces half a character', () => {
  expect(writableText('a\u0000b\u0007c\uFFFEd\uD83De')).toBe('abcd\uFFFDe');
});

it('puts a name on one line', () => {
  expect(writableLine('  Early\r\n  Help\tLead ')).toBe('Early Help Lead');
});

it('whatever the text, an XML document can hold it, and cleaning it twice changes nothing', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const clean = writableText(text);
      expect(clean.isWellFormed()).toBe(true);
      // eslint-disable-next-line no-control-regex -- what XML 1.0 forbids, from its section 2.2
      expect(clean).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
      expect(writableText(clean)).toBe(clean);
    }),
  );
});
