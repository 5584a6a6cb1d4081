import { ragOfFill } from '../rag.ts';
import type { Rag, RagMeaning } from '../reading.ts';
import { flat, type Line } from '#platform/documents/tables/lines.ts';

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

/**
 * The meanings that a row gives: in one cell, or a colour and its meaning beside it. In a key,
 * and where a row shows several colours, also words on a coloured ground.
 */
export function meaningsOfLine(line: Line, inKey: boolean): RagMeaning[] {
  const found: RagMeaning[] = [];
  const onGround: RagMeaning[] = [];
  for (const [at, { cell }] of line.seen.entries()) {
    const text = flat(cell.text);
    const inCell = meaningsIn(cell.text);
    const ground = groundOf(cell.fill);
    const colour = colours[text.toLowerCase()] ?? (text.length <= 1 ? ground : null);
    const beside = flat(line.seen[at + 1]?.cell.text ?? '');
    const isMeant = beside !== '' && colours[beside.toLowerCase()] === undefined;
    if (inCell.length > 0) found.push(...inCell);
    else if (colour !== null && isMeant) found.push({ colour, meaning: beside });
    else if (ground !== null && text.length > 1 && text.length <= 120 && !opensKey.test(text)) {
      onGround.push({ colour: ground, meaning: text });
    }
  }
  const shown = new Set(onGround.map((one) => one.colour)).size;
  return inKey || shown >= 2 ? [...found, ...onGround] : found;
}

function groundOf(fill: string | null): Rag | null {
  const colour = ragOfFill(fill);
  return colour === 'unknown' ? null : colour;
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
