const names = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** Words close to a month's name that are not meant as one. */
const notMonths = new Set(['match', 'marsh', 'matched', 'remember', 'member', 'number', 'agent']);

/** The month (1 to 12) that the word names, in full or shortened to three or four letters; else null. */
export function plainMonthOf(word: string): number | null {
  const letters = lettersOf(word);
  if (letters === 'sept') return 9;
  const at = names.findIndex(
    (name) => name === letters || ([3, 4].includes(letters.length) && name.startsWith(letters)),
  );
  return at < 0 ? null : at + 1;
}

function lettersOf(word: string): string {
  return word.toLowerCase().replace(/\.$/, '');
}

/** The month (1 to 12) that the word names, plainly or with a slip of the pen; else null. */
export function monthOf(word: string): { month: number; misspelt: boolean } | null {
  const plain = plainMonthOf(word);
  if (plain !== null) return { month: plain, misspelt: false };
  const letters = lettersOf(word);
  // "Augus", "Septem": cut short, and no other month begins so.
  const cut = letters.length > 4 ? names.findIndex((name) => name.startsWith(letters)) : -1;
  if (cut >= 0) return { month: cut + 1, misspelt: true };
  if (letters.length < 4 || notMonths.has(letters)) return null;
  const slips = letters.length >= 6 ? 2 : 1;
  const near = names.findIndex(
    (name) => name.length > 3 && beginsAlike(letters, name) && distance(letters, name) <= slips,
  );
  return near >= 0 ? { month: near + 1, misspelt: true } : null;
}

/** Most words of a long cell are no slip of any month, and are not worth comparing letter by letter. */
function beginsAlike(word: string, name: string): boolean {
  const [first = '', second] = name;
  return (
    Math.abs(word.length - name.length) <= 2 &&
    (word.slice(0, 2).includes(first) || word[0] === second)
  );
}

/** How many letters were left out, put in, changed or swapped with their neighbour. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.MAX_SAFE_INTEGER;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const row = rows[i];
      if (row === undefined) continue;
      const changed = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, changed);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(at(i, j), at(i - 2, j - 2) + 1);
      }
    }
  }
  return at(a.length, b.length);
}
