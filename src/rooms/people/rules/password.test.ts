import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonPasswords } from './common-passwords.ts';
import { passwordProblems, passwordProblemText } from './password.ts';

const about = {
  authorityName: 'Saltmarsh Borough Council',
  userName: 'Robin Fenwick',
  email: 'robin.fenwick@saltmarsh.example',
};
const kinds = (password: string) => passwordProblems(password, about).map(({ kind }) => kind);

describe('a new password', () => {
  it.each([
    ['nothing at all', '', ['too-short']],
    ['eleven characters', 'tawny owl x', ['too-short']],
    ['twelve characters', 'tawny owl xy', []],
    ['sixty-four characters', 'quiet otter '.repeat(6).slice(0, 64), []],
    ['128 characters', `${'quiet otter lamp '.repeat(8).slice(0, 127)}x`, []],
    ['129 characters', `${'quiet otter lamp '.repeat(8).slice(0, 128)}x`, ['too-long']],
    ['a leading space, which counts', ' tawny owl x', []],
    ['twelve emoji', '🦉🐟🦊🌊🏺🎈🪁🧭🎻🥁🪗🎺', []],
    ['eleven emoji', '🦉🐟🦊🌊🏺🎈🪁🧭🎻🥁🪗', ['too-short']],
    ['no digit and no capital', 'three grey herons', []],
    ['a common one with digits behind', 'password12345', ['common']],
    ['a common one in capitals with signs', 'P A S S W O R D 1 2 3 4!', ['common']],
    ['a common one said twice', 'qwertyqwerty', ['common']],
    ['one letter over and over', 'aaaaaaaaaaaaaa', ['common']],
    ['a walk over the keyboard', '1q2w3e4r5t6y', ['common']],
    ['the council and a year', 'Saltmarsh2026!', ['about-you']],
    ['the council’s whole name', 'saltmarshboroughcouncil', ['about-you']],
    ['the person’s name', 'RobinFenwick1', ['about-you']],
    ['the address itself', 'robin.fenwick@saltmarsh.example', ['about-you']],
    ['the product', 'sightline-2026', ['about-you']],
    ['the council among other words', 'saltmarsh kettle violin', []],
  ])('%s', (_what, password, expected) => {
    expect(kinds(password)).toEqual(expected);
  });

  it('is held against more than 3,000 that are tried first', () => {
    expect(commonPasswords.size).toBeGreaterThan(3000);
    for (const common of ['qwertyuiop', 'letmein', 'liverpool', 'mancity', 'safeguarding']) {
      expect(kinds(`${common}20262026`)).toContain('common');
    }
  });

  it('is told everything that is wrong with it at once', () => {
    expect(kinds('password')).toEqual(['too-short', 'common']);
  });

  it('is never trimmed or otherwise altered to make it fit', () => {
    expect(kinds('           x')).toContain('common');
    expect(kinds(`tawny owl x `)).toEqual([]);
  });

  it('says what to do in words, for every problem', () => {
    expect(passwordProblemText({ kind: 'about-you', word: 'Saltmarsh' })).toContain('Saltmarsh');
    expect(passwordProblemText({ kind: 'too-short' })).toContain('at least 12');
    expect(passwordProblemText({ kind: 'too-long' })).toContain('at most 128');
    expect(passwordProblemText({ kind: 'common' })).toContain('Choose another');
  });

  it('is refused when it is any word about the person with up to three characters more', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Saltmarsh Borough', 'robin fenwick', 'Borough Council', 'fenwick robin'),
        fc.stringMatching(/^[0-9!]{0,3}$/),
        (words, end) => {
          expect(kinds(words + end)).toContain('about-you');
        },
      ),
    );
  });
});
