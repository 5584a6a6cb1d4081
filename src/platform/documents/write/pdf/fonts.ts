import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { codePointsOf } from './font-cover.ts';

const require = createRequire(import.meta.url);

/**
 * The fonts of a PDF and of the pictures in a Word file, from npm packages under the SIL Open Font
 * License, so that every server makes the same paper. Arimo has the widths of Arial; it covers
 * Latin, Greek, Cyrillic and Hebrew. A font that is missing is a fault: they are installed with us.
 */
const families = [
  { regular: 'arimo/400Regular/Arimo_400Regular.ttf', bold: 'arimo/700Bold/Arimo_700Bold.ttf' },
  {
    regular: 'noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
    bold: 'noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf',
  },
  { regular: 'noto-emoji/400Regular/NotoEmoji_400Regular.ttf', bold: null },
].map(({ regular, bold }) => ({ regular: pathOf(regular), bold: bold && pathOf(bold) }));

function pathOf(file: string): string {
  return require.resolve(`@expo-google-fonts/${file}`);
}

export const fontFiles: readonly string[] = families
  .flatMap(({ regular, bold }) => [regular, bold])
  .filter((file) => file !== null);

export function readFonts(): Buffer[] {
  return fontFiles.map((file) => readFileSync(file));
}

/** Stands in a PDF for what none of its fonts can show. Every font of text has it, or Arimo has. */
export const standIn = '\uFFFD';

let covers: Set<number>[] | undefined;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text with each character that none of the fonts can show replaced by U+FFFD, which PDF/UA-1
 * demands: a glyph that is missing may not be in the file (ISO 14289-1, 7.21.8). A letter and its
 * marks must be in one font together.
 */
export function showable(text: string): string {
  // Latin with its accents, and the punctuation of English, are in Arimo.
  if (/^[\t\u0020-\u007E\u00A0-\u017F\u2013\u2014\u2018-\u201D\u2022\u2026]*$/.test(text))
    return text;
  const all = coversOf();
  let shown = '';
  for (const segment of graphemesOf(text)) {
    const points = Array.from(segment, (character) => character.codePointAt(0) ?? 0).filter(
      (point) => !isInvisible(point),
    );
    shown += all.some((cover) => points.every((point) => cover.has(point))) ? segment : standIn;
  }
  return shown;
}

function coversOf(): Set<number>[] {
  covers ??= families.map(({ regular }) => codePointsOf(readFileSync(regular)));
  return covers;
}

/** The same with Arimo alone, character by character: every text so made can be printed. */
export function plainlyShowable(text: string): string {
  const arimo = coversOf()[0];
  return Array.from(showable(text), (character) =>
    arimo?.has(character.codePointAt(0) ?? 0) === true ? character : standIn,
  ).join('');
}

/** What people take for the characters of a text: a letter with its marks, a whole emoji. */
export function graphemesOf(text: string): string[] {
  return [...graphemes.segment(text)].map(({ segment }) => segment);
}

/** Joiners, selectors and line ends, which have no glyph of their own. */
function isInvisible(point: number): boolean {
  return (
    point === 0x09 ||
    point === 0x0a ||
    point === 0x0d ||
    (point >= 0x200b && point <= 0x200f) ||
    (point >= 0x202a && point <= 0x202e) ||
    (point >= 0x2060 && point <= 0x206f) ||
    (point >= 0xfe00 && point <= 0xfe0f)
  );
}
