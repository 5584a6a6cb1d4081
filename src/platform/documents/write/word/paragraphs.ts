import { Paragraph, TextRun, UnderlineType, type IParagraphOptions, type IRunOptions } from 'docx';
import type { Words } from '../../paper-blocks.ts';
import { isRightToLeft, paragraphsOf, type PaperParagraph } from '../words.ts';
import { writableLine } from '../writable-text.ts';
import { quietInk } from './styles.ts';

/**
 * A paragraph for each line of the words. The look of the first can differ: it has the number of
 * a list. What is as usual is left unsaid: it is costly to write.
 */
export function wordParagraphs(
  words: Words,
  look: IParagraphOptions = {},
  later: IParagraphOptions = look,
): Paragraph[] {
  return paragraphsOf(words).map(
    (paragraph, at) =>
      new Paragraph({
        ...(at === 0 ? look : later),
        ...(paragraph.rightToLeft ? { bidirectional: true } : {}),
        children: runsOf(paragraph),
      }),
  );
}

/** A paragraph of a name or a title, which is on one line. */
export function wordLine(text: string, look: IParagraphOptions): Paragraph {
  const line = writableLine(text);
  return new Paragraph({
    ...look,
    ...(isRightToLeft(line) ? { bidirectional: true } : {}),
    children: [new TextRun(line)],
  });
}

export function runsOf({ runs, rightToLeft }: PaperParagraph): TextRun[] {
  return runs.map(({ text, strong, quiet, struck, figure }) => {
    const look: IRunOptions = {
      ...(strong === true ? { bold: true } : {}),
      ...(quiet === true ? { color: quietInk } : {}),
      ...(struck === true ? { strike: true } : {}),
      ...(figure === true ? { underline: { type: UnderlineType.DOTTED } } : {}),
      ...(rightToLeft ? { rightToLeft: true } : {}),
    };
    return new TextRun({ ...look, text });
  });
}
