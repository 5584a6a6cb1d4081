import { ragOfFill } from '../rag.ts';
import type { Rag, RagMeaning } from '../reading.ts';
import { flat, type Line } from './lines.ts';

/** The key of a plan, which says what its colours mean: "Green = complete". */

const colours: Record<string, Rag> = {
  red: 'red',
  amber: 'amber',
  yellow: 'amber',
  orange: 'amber',
  green: 'green',
  blue: 'blue',
};
const colourName = String.raw`(?:red|amber|yellow|orange|green|blue)`;
const entry = new RegExp(
  String.raw`(?<![\p{L}-])(?<colour>${colourName})\s*(?:\(\w\)\s*)?(?:[=:]|\s[-–—]|[-–—]\s|\bmeans\b|\bis\b)\s*(?<meaning>[^;\n|•]+?)(?=\s*(?:[;\n|•,.(]*\s*(?<![\p{L}])${colourName}\s*(?:\(\w\)\s*)?(?:[=:]|\s[-–—]|[-–—]\s|means\b)|[;\n|•]|$))`,
  'giu',
);
const opensKey =
  /^\W*(?:the\s+)?(?:b?rag\b[\w\s/()-]{0,30}\b)?(?:key|legend|rag rating|rag ratings|colour code|colour coding)\b/i;

/** The meanings that a text gives, such as "Key: green = complete, amber = on track". */
export function meaningsIn(text: string): RagMeaning[] {
  return [...text.matchAll(entry)].flatMap(({ groups }) => {
    const colour = colours[(groups?.['colour'] ?? '').toLowerCase()];
    const meaning = flat(groups?.['meaning'] ?? '').replace(/[\s,.;]+$/, '');
    return colour === undefined || meaning === '' || meaning.length > 200
      ? []
      : [{ colour, meaning }];
  });
}

/** The meanings that a row of a key gives: in one cell, or a colour and its meaning beside it. */
export function meaningsOfLine(line: Line): RagMeaning[] {
  const found: RagMeaning[] = [];
  for (const [at, { cell }] of line.seen.entries()) {
    const text = flat(cell.text);
    const inCell = meaningsIn(cell.text);
    if (inCell.length > 0) {
      found.push(...inCell);
      continue;
    }
    const byName = colours[text.toLowerCase()];
    const byFill = text.length <= 1 ? ragOfFill(cell.fill) : null;
    const colour = byName ?? (byFill === 'unknown' ? null : byFill);
    const beside = flat(line.seen[at + 1]?.cell.text ?? '');
    if (colour === null || beside === '' || colours[beside.toLowerCase()] !== undefined) {
      // "Complete" on a green ground, in a row of such cells.
      const shown = byName === undefined && text !== '' ? ragOfFill(cell.fill) : null;
      const alone = line.seen[at - 1]?.cell.text === '' || at === 0 || line.seen.length <= 5;
      if (
        shown !== null &&
        shown !== 'unknown' &&
        alone &&
        text.length <= 120 &&
        !opensKey.test(text)
      ) {
        found.push({ colour: shown, meaning: text });
      }
      continue;
    }
    found.push({ colour, meaning: beside });
  }
  return found;
}

/** A row that begins a key: "RAG key", "Key:", "Legend". */
export function beginsKey(text: string): boolean {
  return opensKey.test(text) && text.length <= 120;
}

/** A row that is itself an entry of a key, whether or not a heading stands above it. */
export function isKeyEntry(line: Line): boolean {
  const [first, second, ...more] = line.seen.filter(({ cell }) => cell.text !== '');
  if (first === undefined || more.length > 2) return false;
  const text = flat(first.cell.text);
  if (second === undefined)
    return new RegExp(`^${colourName}\\s*(?:[=:]|[-–—])\\s*\\S`, 'i').test(text);
  return (
    colours[text.toLowerCase()] !== undefined && first.column < second.column && more.length === 0
  );
}

/** Each colour once, with the first meaning given to it. */
export function firstOfEach(meanings: readonly RagMeaning[]): RagMeaning[] {
  return meanings.filter(
    ({ colour }, i) => meanings.findIndex((other) => other.colour === colour) === i,
  );
}
