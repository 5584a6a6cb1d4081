import type { Run, Words } from '../paper-blocks.ts';
import { writableText } from './writable-text.ts';

/** One paragraph of a paper: runs on one line of text, none of them empty. */
export interface PaperParagraph {
  runs: readonly Run[];
  rightToLeft: boolean;
}

/** The paragraphs of a text: one for each of its lines, also where a line is empty. */
export function paragraphsOf(words: Words): PaperParagraph[] {
  const runs = typeof words === 'string' ? [{ text: words }] : words;
  const lines: Run[][] = [[]];
  for (const run of runs) {
    writableText(run.text)
      .split('\n')
      .forEach((text, at) => {
        if (at > 0) lines.push([]);
        if (text !== '') lines.at(-1)?.push({ ...run, text });
      });
  }
  return lines.map((line) => ({
    runs: line,
    rightToLeft: isRightToLeft(line.map(({ text }) => text).join('')),
  }));
}

/** The words without their looks; each new line is kept. */
export function plainText(words: Words): string {
  return typeof words === 'string' ? words : words.map(({ text }) => text).join('');
}

/** Whether anybody would see a word in it: a fill never stands without one. */
export function hasWord(words: Words): boolean {
  return /[\p{L}\p{N}\p{S}]/u.test(plainText(words));
}

/** Whether the first letter is of a script written from right to left. */
export function isRightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(
    letter,
  );
}
