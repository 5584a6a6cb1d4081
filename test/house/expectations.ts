import { readFileSync } from 'node:fs';

/**
 * Who may do what, as the council agreed it (security 2.1, printed in docs/permissions.md): a table of
 * its own, so that a mistake in the program's table shows. Nothing here comes from the program.
 */

export const letters = ['L', 'R', 'C', 'U', 'X+', 'X-', 'A', 'E', 'D', 'G'] as const;
export type ExpectedLetter = (typeof letters)[number];

export const conditions = ['a', 'o', 'c', 't', 's', '2'] as const;
export type ExpectedCondition = (typeof conditions)[number];

/** One cell: never, always, or when all of these hold. */
export type Expected = 'no' | 'yes' | readonly ExpectedCondition[];

export interface ExpectedCell {
  role: string;
  cls: string;
  letter: ExpectedLetter;
  expected: Expected;
}

const lines = readFileSync(new URL('expectations.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n');

/** Every role, class and letter: 17 × 9 × 10. */
export const cells: readonly ExpectedCell[] = lines.slice(1).flatMap((line) => {
  const [role = '', cls = '', ...words] = line.split(',');
  return letters.map((letter, index) => ({
    role,
    cls,
    letter,
    expected: read(words[index] ?? ''),
  }));
});

export const expectedRoles: readonly string[] = [...new Set(cells.map(({ role }) => role))];

/** What the table says of one cell. */
export function expectedOf(role: string, cls: string, letter: ExpectedLetter): Expected {
  const cell = cells.find((one) => one.role === role && one.cls === cls && one.letter === letter);
  if (cell === undefined) throw new Error(`The table has no cell ${role} ${cls} ${letter}`);
  return cell.expected;
}

/** What to answer where exactly these conditions hold. */
export function isAllowed(expected: Expected, holding: readonly ExpectedCondition[]): boolean {
  if (expected === 'no' || expected === 'yes') return expected === 'yes';
  return expected.every((condition) => holding.includes(condition));
}

function read(word: string): Expected {
  if (word === 'no' || word === 'yes') return word;
  const asked = conditions.filter((condition) => word.includes(condition));
  if (asked.length === 0 || asked.length !== word.length)
    throw new Error(`No cell reads '${word}'`);
  return asked;
}
