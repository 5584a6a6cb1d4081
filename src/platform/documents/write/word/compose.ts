import {
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TabStopType,
  TextRun,
  type FileChild,
  type IRunOptions,
} from 'docx';
import type { Paper, PaperHead } from '../../paper-blocks.ts';
import {
  layOut,
  pageTexts,
  type LaidOut,
  type LaidOutChart,
  type NumberedItem,
} from '../layout.ts';
import { writableLine } from '../writable-text.ts';
import { wordLine, wordParagraphs } from './paragraphs.ts';
import { pngOf, sizeOf } from './picture.ts';
import {
  bullets,
  ink,
  numbered,
  numberedIndents,
  numbering,
  pageOf,
  rule,
  styleIds,
  stylesFor,
} from './styles.ts';
import { wordCover, wordTable } from './tables.ts';

/**
 * The paper as a Word document (.docx) in British English: real headings and lists, tables whose
 * header row is marked and repeated, and on every page what it is, as at when, and its number.
 * It takes a second for a long paper, and blocks its thread: pages use the press.
 */
export async function composeDocx({ head, blocks }: Paper): Promise<Uint8Array> {
  const title = writableLine(head.title);
  const author = writableLine(head.author);
  const { size, margin, contentWidth } = pageOf(head.orientation);
  const laidOut = layOut(blocks);
  const document = new Document({
    title,
    creator: author,
    lastModifiedBy: author,
    styles: stylesFor(head.orientation),
    numbering,
    sections: [
      {
        properties: {
          page: {
            size: {
              ...size,
              orientation:
                head.orientation === 'landscape'
                  ? PageOrientation.LANDSCAPE
                  : PageOrientation.PORTRAIT,
            },
            margin: { top: margin, right: margin, bottom: margin, left: margin },
          },
        },
        headers: { default: new Header({ children: headerLines(head, contentWidth) }) },
        footers: { default: new Footer({ children: [footerLine(head, contentWidth)] }) },
        children: laidOut.flatMap((block, at) =>
          drawn(block, isTable(laidOut[at - 1]), contentWidth),
        ),
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function isTable(block: LaidOut | undefined): boolean {
  return block?.kind === 'table' || block?.kind === 'cover' || block?.kind === 'chart';
}

function drawn(block: LaidOut, afterTable: boolean, contentWidth: number): FileChild[] {
  const apart = afterTable ? { spacing: { before: 200 } } : {};
  switch (block.kind) {
    case 'title':
      return [wordLine(block.text, { heading: HeadingLevel.TITLE })];
    case 'heading':
      return [
        wordLine(block.text, {
          heading: headingLevels[block.level],
          ...(block.newPage ? { pageBreakBefore: true } : {}),
        }),
      ];
    case 'text': {
      const look = {
        ...(block.style === 'plain' ? {} : { style: styleIds[block.style] }),
        ...(block.keepWithNext ? { keepNext: true } : {}),
      };
      return wordParagraphs(block.text, { ...look, ...apart }, look);
    }
    case 'numbered':
      return block.items.flatMap((item, at) => numberedParagraphs(item, at === 0 ? apart : {}));
    case 'bullets':
      return block.items.flatMap((item, at) =>
        wordParagraphs(
          item,
          {
            numbering: { reference: bullets, level: 0 },
            contextualSpacing: true,
            ...(at === 0 ? apart : {}),
          },
          { indent: { left: 360 } },
        ),
      );
    case 'cover':
      return [...between(afterTable), wordCover(block.rows, contentWidth)];
    case 'table':
      return [
        ...(block.caption === null
          ? between(afterTable)
          : [wordLine(block.caption, { style: styleIds.caption })]),
        wordTable(block, contentWidth),
      ];
    case 'chart':
      return chart(block, contentWidth);
    case 'contact':
      return wordParagraphs(block.text, { style: styleIds.contact });
  }
}

const headingLevels = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
} as const;

/** Word joins two tables that nothing parts. */
function between(afterTable: boolean): Paragraph[] {
  return afterTable ? [new Paragraph({ spacing: { after: 0 }, children: [] })] : [];
}

function numberedParagraphs(item: NumberedItem, apart: object): Paragraph[] {
  return [
    ...wordParagraphs(
      item.text,
      { numbering: { reference: numbered, level: 0 }, ...apart },
      { indent: { left: numberedIndents[0] } },
    ),
    ...item.parts.flatMap((part) =>
      wordParagraphs(
        part,
        { numbering: { reference: numbered, level: 1 } },
        { indent: { left: numberedIndents[1] } },
      ),
    ),
  ];
}

/** The title, the sentence, the picture where this machine can draw it, and always the table. */
function chart(block: LaidOutChart, contentWidth: number): FileChild[] {
  const { width, height } = sizeOf(block.svg);
  // A picture's size is in pixels, of which an inch has 96, and 1,440 twentieths of a point.
  const shownWidth = Math.floor((contentWidth / 1440) * 96);
  const png = pngOf(block.svg, shownWidth * 3);
  const picture =
    png === null
      ? wordLine('The chart could not be drawn here. The table says the same.', {
          style: styleIds.quiet,
        })
      : new Paragraph({
          keepNext: true,
          children: [
            new ImageRun({
              type: 'svg',
              data: Buffer.from(block.svg),
              fallback: { type: 'png', data: png },
              transformation: {
                width: shownWidth,
                height: Math.round((shownWidth * height) / width),
              },
              altText: {
                name: 'Chart',
                title: writableLine(block.title),
                description: writableLine(block.alt),
              },
            }),
          ],
        });
  return [
    wordLine(block.title, { style: styleIds.caption }),
    wordLine(block.sentence, { keepNext: true }),
    picture,
    ...(block.table.caption === null
      ? []
      : [wordLine(block.table.caption, { style: styleIds.caption })]),
    wordTable(block.table, contentWidth),
  ];
}

const strongInk: IRunOptions = { bold: true, color: ink };

function headerLines(head: PaperHead, contentWidth: number): Paragraph[] {
  const { what, asAt, classification } = pageTexts(head);
  return [
    new Paragraph({
      style: styleIds.small,
      tabStops: [{ type: TabStopType.RIGHT, position: contentWidth }],
      children: [new TextRun(`${what}\t`), new TextRun({ ...strongInk, text: classification })],
    }),
    new Paragraph({
      style: styleIds.small,
      border: { bottom: { ...rule, style: BorderStyle.SINGLE, space: 6 } },
      spacing: { after: 240 },
      children: [new TextRun(asAt)],
    }),
  ];
}

function footerLine(head: PaperHead, contentWidth: number): Paragraph {
  return new Paragraph({
    style: styleIds.small,
    tabStops: [{ type: TabStopType.RIGHT, position: contentWidth }],
    children: [
      new TextRun(pageTexts(head).by),
      new TextRun({ children: ['\tPage ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] }),
    ],
  });
}
