import {
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx';
import { writableLine, writableText } from './writable-text.ts';

/** What a paper is made of, from top to bottom. Each new line of a text is a paragraph. */
export type PaperBlock =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'text'; text: string; style?: 'lead' | 'quiet'; keepWithNext?: boolean }
  | PaperTable;

export interface PaperTable {
  kind: 'table';
  /** `share` is the part of the page's width, beside the other columns' shares. */
  columns: readonly { header: string; share: number }[];
  rows: readonly (readonly PaperCell[])[];
}

export interface PaperCell {
  lines: readonly PaperLine[];
  /** Six hexadecimal digits. A fill never stands without a word. */
  fill?: string;
}

export interface PaperLine {
  text: string;
  tone?: 'strong' | 'quiet';
}

export interface PaperHead {
  title: string;
  /** Under the title: whose it is, and what of. */
  subtitle: string;
  author: string;
  /** At the foot of every page, beside "Page 1 of 9". */
  footer: string;
}

// In twentieths of a point: A4, with margins of 15 mm.
const page = { long: 16_838, short: 11_906, margin: 850 };
const contentWidth = page.long - 2 * page.margin;
const ink = '1D2B3A';
const quietInk = '505A5F';

/**
 * A Word document (.docx) on A4 landscape, in British English: real headings, tables whose
 * header row is marked and repeated on each page, rows that do not split, and a footer with
 * the page's number on every page.
 */
export async function writePaper(
  head: PaperHead,
  blocks: readonly PaperBlock[],
): Promise<Uint8Array> {
  const title = writableLine(head.title);
  const document = new Document({
    title,
    creator: writableLine(head.author),
    lastModifiedBy: writableLine(head.author),
    description: writableLine(head.subtitle),
    styles: { default: defaultStyles, paragraphStyles },
    sections: [
      {
        properties: {
          page: {
            size: {
              width: page.short,
              height: page.long,
              orientation: PageOrientation.LANDSCAPE,
            },
            margin: {
              top: page.margin,
              right: page.margin,
              bottom: page.margin,
              left: page.margin,
            },
          },
        },
        headers: { default: new Header({ children: paragraphs(title, styleIds.small) }) },
        footers: { default: new Footer({ children: [footerLine(head.footer)] }) },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(title)] }),
          ...paragraphs(head.subtitle, styleIds.quiet),
          ...blocks.flatMap(blockChildren),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

const defaultStyles = {
  document: {
    run: { font: 'Arial', size: '10pt', color: '0B0C0C', language: { value: 'en-GB' } },
    paragraph: { spacing: { after: 80 } },
  },
  title: { run: { size: '22pt', bold: true, color: ink }, paragraph: { spacing: { after: 80 } } },
  heading1: heading('16pt', 320),
  heading2: heading('12pt', 240),
  heading3: heading('11pt', 200),
} as const;

function heading(size: `${number}pt`, before: number) {
  return {
    run: { size, bold: true, color: ink },
    paragraph: { spacing: { before, after: 80 }, keepNext: true },
  } as const;
}

/** The styles of paragraphs: whoever edits the paper in Word changes a look in one place. */
const styleIds = {
  lead: 'Lead',
  quiet: 'Quiet',
  small: 'SmallPrint',
  cell: 'TableText',
  cellStrong: 'TableStrong',
  cellQuiet: 'TableQuiet',
} as const;
type StyleId = (typeof styleIds)[keyof typeof styleIds];

const tight = { spacing: { after: 40 } } as const;
const paragraphStyles = [
  { id: styleIds.lead, name: 'Lead', basedOn: 'Normal', run: { size: '12pt' } },
  { id: styleIds.quiet, name: 'Quiet', basedOn: 'Normal', run: { color: quietInk } },
  {
    id: styleIds.small,
    name: 'Small print',
    basedOn: 'Normal',
    run: { size: '8pt', color: quietInk },
  },
  {
    id: styleIds.cell,
    name: 'Table text',
    basedOn: 'Normal',
    run: { size: '9pt' },
    paragraph: tight,
  },
  {
    id: styleIds.cellStrong,
    name: 'Table strong',
    basedOn: 'Normal',
    run: { size: '9pt', bold: true },
    paragraph: tight,
  },
  {
    id: styleIds.cellQuiet,
    name: 'Table quiet',
    basedOn: 'Normal',
    run: { size: '9pt', color: quietInk },
    paragraph: tight,
  },
] as const;

function blockChildren(block: PaperBlock): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: headingLevels[block.level],
          ...direction(block.text),
          children: [new TextRun(writableLine(block.text))],
        }),
      ];
    case 'text':
      return paragraphs(block.text, block.style, block.keepWithNext);
    case 'table':
      // The empty paragraph keeps two tables apart, which Word would else join.
      return [tableOf(block), new Paragraph({ spacing: { after: 0 }, children: [] })];
  }
}

const headingLevels = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
} as const;

/** A paragraph for each line of the text. What is as usual is left unsaid: it is costly to write. */
function paragraphs(
  text: string,
  style?: StyleId | 'lead' | 'quiet',
  keepNext = false,
): Paragraph[] {
  const id = style === 'lead' || style === 'quiet' ? styleIds[style] : style;
  return writableText(text)
    .split('\n')
    .map(
      (line) =>
        new Paragraph({
          ...(id === undefined ? {} : { style: id }),
          ...(keepNext ? { keepNext } : {}),
          ...direction(line),
          children: [
            isRightToLeft(line)
              ? new TextRun({ text: line, rightToLeft: true })
              : new TextRun(line),
          ],
        }),
    );
}

function direction(text: string): { bidirectional?: true } {
  return isRightToLeft(text) ? { bidirectional: true } : {};
}

const line = { style: BorderStyle.SINGLE, size: 4, color: 'B1B4B6' } as const;
const borders = {
  top: line,
  bottom: line,
  left: line,
  right: line,
  insideHorizontal: line,
  insideVertical: line,
};

function tableOf(table: PaperTable): Table {
  const whole = table.columns.reduce((sum, { share }) => sum + share, 0);
  const widths = table.columns.map(({ share }) => Math.floor((share / whole) * contentWidth));
  const header = table.columns.map(({ header: text }) => ({
    lines: [{ text, tone: 'strong' as const }],
    fill: 'E3E6EA',
  }));
  return new Table({
    width: { size: contentWidth, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders,
    margins: { top: 50, bottom: 50, left: 80, right: 80 },
    tableLook: { firstRow: true, firstColumn: false, noHBand: true, noVBand: true },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        keepNext: true,
        children: header.map((cell, at) => cellOf(cell, widths[at] ?? 0)),
      }),
      ...table.rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map((cell, at) => cellOf(cell, widths[at] ?? 0)),
          }),
      ),
    ],
  });
}

const cellStyles = {
  plain: styleIds.cell,
  strong: styleIds.cellStrong,
  quiet: styleIds.cellQuiet,
} as const;

function cellOf(cell: PaperCell, width: number): TableCell {
  const lines: readonly PaperLine[] = cell.lines.length === 0 ? [{ text: '' }] : cell.lines;
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    ...(cell.fill === undefined
      ? {}
      : { shading: { type: ShadingType.CLEAR, color: 'auto', fill: cell.fill } }),
    children: lines.flatMap(({ text, tone }) => paragraphs(text, cellStyles[tone ?? 'plain'])),
  });
}

function footerLine(text: string): Paragraph {
  return new Paragraph({
    style: styleIds.small,
    tabStops: [{ type: TabStopType.RIGHT, position: contentWidth }],
    children: [
      new TextRun(writableLine(text)),
      new TextRun({ children: ['\tPage ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] }),
    ],
  });
}

/** Whether the first letter is of a script written from right to left. */
function isRightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(
    letter,
  );
}
