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

/** The month (1 to 12) that the word names, in full, shortened, or with a slip of the pen; else null. */
export function monthOf(word: string): { month: number; misspelt: boolean } | null {
  const letters = word.toLowerCase().replace(/\.$/, '');
  if (letters === 'sept') return { month: 9, misspelt: false };
  const exact = names.findIndex((name) => name === letters || name.slice(0, 3) === letters);
  if (exact >= 0) return { month: exact + 1, misspelt: false };
  // "Janu", "Febr", "Augus": cut short, and no other month begins so.
  const cut = letters.length >= 4 ? names.findIndex((name) => name.startsWith(letters)) : -1;
  if (cut >= 0) return { month: cut + 1, misspelt: letters.length > 4 };
  if (letters.length < 4 || notMonths.has(letters)) return null;
  const slips = letters.length >= 6 ? 2 : 1;
  const near = names.findIndex((name) => name.length > 3 && distance(letters, name) <= slips);
  return near >= 0 ? { month: near + 1, misspelt: true } : null;
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
