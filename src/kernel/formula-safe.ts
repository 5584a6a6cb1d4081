/**
 * Text that a spreadsheet would take for a formula when it opens a .csv file: one whose first
 * character, after blanks and invisible marks, is = + - @ % | (or its full-width twin), a tab or
 * the end of a line. An apostrophe in front makes it text. The rule is that of OWASP's page on
 * CSV injection, widened. An .xlsx cell has a type and needs none of this.
 */
const invisible =
  '\\s\\u0000-\\u0020\\u00A0\\u00AD\\u061C\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF';
const lead = '=+\\-@%|\\uFF1D\\uFF0B\\uFF0D\\uFF20\\t\\r\\n\\u0000';
// A leading apostrophe counts as a blank, so that the guard can be told from the text's own.
const danger = `['${invisible}]*[${lead}]`;
const looksLikeFormula = new RegExp(`^${danger}`);
const guarded = new RegExp(`^'${danger}`);
const negativeNumber = /^-\d+(?:\.\d+)?$/;

/** The text, with an apostrophe in front where a spreadsheet could run it. "-5" stays a number. */
export function formulaSafe(text: string): string {
  return looksLikeFormula.test(text) && !negativeNumber.test(text) ? `'${text}` : text;
}

/** The text as it was before `formulaSafe`. */
export function withoutFormulaGuard(text: string): string {
  return guarded.test(text) ? text.slice(1) : text;
}
