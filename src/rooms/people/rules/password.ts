import { commonPasswords } from './common-passwords.ts';

/**
 * What a new password must be (OWASP ASVS 5.0, 6.2; Cyber Essentials v3.3): long, and not one
 * that a stranger would try first. No rule about kinds of character, and it never expires.
 */
export const passwordLength = { least: 12, most: 128 } as const;

export interface PasswordContext {
  authorityName: string;
  userName: string;
  email: string;
}

export type PasswordProblem =
  | { kind: 'too-short' }
  | { kind: 'too-long' }
  | { kind: 'common' }
  | { kind: 'about-you'; word: string };

/**
 * Everything that is wrong with a new password; an empty list when it will do. Length counts
 * characters, so that one emoji is one. Nothing is trimmed: a space at an end is part of it.
 */
export function passwordProblems(password: string, about: PasswordContext): PasswordProblem[] {
  const problems: PasswordProblem[] = [];
  const length = Array.from(password).length;
  if (length < passwordLength.least) problems.push({ kind: 'too-short' });
  if (length > passwordLength.most) problems.push({ kind: 'too-long' });
  const bare = bareWord(password);
  // Where nothing was typed, nothing was common.
  if (length > 0 && isCommon(password, bare)) problems.push({ kind: 'common' });
  const word = guessedFrom(bare, about);
  if (word !== null) problems.push({ kind: 'about-you', word });
  return problems;
}

/** A problem in words, to stand beside the field. */
export function passwordProblemText(problem: PasswordProblem): string {
  switch (problem.kind) {
    case 'too-short':
      return `Your password must have at least ${passwordLength.least} characters. Three words that do not belong together work well.`;
    case 'too-long':
      return `Your password must have at most ${passwordLength.most} characters.`;
    case 'common':
      return 'This password is one of the first that a stranger would try. Choose another.';
    case 'about-you':
      return `This password is little more than “${problem.word}”, which a stranger could guess. Choose another.`;
  }
}

/** Lower case, without the spaces, digits and signs that people put around a word. */
function bareWord(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]/gu, '');
}

/** A common password, also said twice or more, or with digits and signs after it. */
function isCommon(password: string, bare: string): boolean {
  const forms = [password.toLowerCase(), bare, bare.replace(/\d+$/u, ''), repeated(bare)];
  return forms.some((form) => commonPasswords.has(form)) || new Set(password).size < 4;
}

/** The shortest text whose repetition makes this one. */
function repeated(text: string): string {
  const at = (text + text).indexOf(text, 1);
  return text.slice(0, at);
}

/**
 * The longest word about the person or the place that the password holds, where fewer than six
 * characters are left when all such words are taken out of it; otherwise null.
 */
function guessedFrom(bare: string, about: PasswordContext): string | null {
  const whole = [about.authorityName, about.userName, about.email, 'sightline'];
  const parts = whole.flatMap((text) => text.split(/[^\p{Letter}\p{Number}]+/u));
  const words = [...new Set([...whole, ...parts])]
    .map((word) => ({ word, bare: bareWord(word) }))
    .filter((guess) => guess.bare.length >= 4)
    .sort((one, other) => other.bare.length - one.bare.length);
  const rest = words.reduce((left, guess) => left.replaceAll(guess.bare, ''), bare);
  if (rest.length >= 6) return null;
  return words.find((guess) => bare.includes(guess.bare))?.word ?? null;
}
