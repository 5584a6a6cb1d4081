// eslint-disable-next-line no-control-regex -- vertical tab and form feed break lines too
const lineBreaks = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g;
// eslint-disable-next-line no-control-regex -- what cannot be kept or shown is what this finds
const unkeepable = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u2060\ufeff]/g;
const otherSpaces = /[\t\u00a0\u2007\u202f]/g;

/**
 * The text as a person sees it and as a database can keep it: line breaks as `\n`, plain spaces,
 * no control or invisible characters, half characters replaced, trimmed.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(lineBreaks, '\n')
    .replace(unkeepable, '')
    .replace(otherSpaces, ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

/** 1 is A, 27 is AA. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** `B4` for row 4 and column 2. */
export function cellAddress(row: number, column: number): string {
  return `${columnLetters(column)}${row}`;
}

/** "rows 3, 5 to 9 and 12" for 3, 5, 6, 7, 8, 9 and 12, given in order. */
export function listRuns(numbers: readonly number[], name: (n: number) => string): string {
  const runs: { first: number; last: number }[] = [];
  for (const n of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && n === run.last + 1) run.last = n;
    else runs.push({ first: n, last: n });
  }
  const shown = runs
    .slice(0, 8)
    .map(({ first, last }) => (first === last ? name(first) : `${name(first)} to ${name(last)}`));
  if (runs.length > shown.length) return `${shown.join(', ')} and others`;
  const end = shown.pop() ?? '';
  return shown.length === 0 ? end : `${shown.join(', ')} and ${end}`;
}
