import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulaSafe, withoutFormulaGuard } from './formula-safe.ts';

const leads = ['=', '+', '-', '@', '%', '|', '\t', '\r', '\n', '\u0000', '＝', '＋', '－', '＠'];
const before = ['', ' ', '   ', '\uFEFF', '\u00A0', '\u200B', '\uFEFF ', '\u202E', "'"];

describe('a text that a spreadsheet could run', () => {
  it.each(leads.flatMap((lead) => before.map((start) => [start + lead])))(
    'gets an apostrophe: %j',
    (start) => {
      expect(formulaSafe(`${start}cmd|' /C calc'!A0`).startsWith("'")).toBe(true);
    },
  );

  it('is never left with a live lead, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const safe = formulaSafe(text);
        const seen = safe.trimStart();
        expect(/^[=+@%|]/.test(seen)).toBe(false);
        if (seen.startsWith('-')) expect(Number.isFinite(Number(seen))).toBe(true);
      }),
    );
  });
});

describe('a text that is only text', () => {
  it.each(['-5', '-12.75', '1.10', 'a=b', 'Review - monthly', "'quoted'", '', '1-2'])(
    'stays as it is: %j',
    (text) => {
      expect(formulaSafe(text)).toBe(text);
    },
  );
});

it('the guard comes off again, for every text', () => {
  const tricky = fc
    .tuple(fc.constantFrom(...before), fc.constantFrom('', ...leads), fc.string())
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(tricky, fc.string({ unit: 'binary' })), (text) => {
      expect(withoutFormulaGuard(formulaSafe(text))).toBe(text);
    }),
  );
});
