import { AlignmentType, BorderStyle, LevelFormat, LineRuleType } from 'docx';

// Lengths are in twentieths of a point: A4, with margins of 18 mm.
const long = 16_838;
const short = 11_906;
const margin = 1_020;

export type Orientation = 'portrait' | 'landscape';

export function pageOf(orientation: Orientation) {
  const wide = orientation === 'landscape';
  return {
    // Word wants the short side first, whichever way the page is turned.
    size: { width: short, height: long },
    margin,
    contentWidth: (wide ? long : short) - 2 * margin,
  };
}

export const ink = '1D2B3A';
export const quietInk = '505A5F';
export const headFill = 'E3E6EA';

/** The styles of paragraphs: whoever edits the paper in Word changes a look in one place. */
export const styleIds = {
  lead: 'Lead',
  quiet: 'Quiet',
  small: 'SmallPrint',
  caption: 'TableCaption',
  cell: 'TableText',
  contact: 'Contact',
} as const;
export type StyleId = (typeof styleIds)[keyof typeof styleIds];

export function stylesFor(orientation: Orientation) {
  const size = orientation === 'landscape' ? '10pt' : '11pt';
  const tight = { spacing: { after: 40 } } as const;
  return {
    default: {
      document: {
        run: { font: 'Arial', size, color: '0B0C0C', language: { value: 'en-GB' } },
        paragraph: { spacing: { after: 120, line: 264, lineRule: LineRuleType.AUTO } },
      },
      title: {
        run: { size: '20pt', bold: true, color: ink },
        paragraph: { spacing: { after: 200, line: 240, lineRule: LineRuleType.AUTO } },
      },
      heading1: heading('15pt', 360),
      heading2: heading('12.5pt', 280),
      heading3: heading(size, 240),
    },
    paragraphStyles: [
      { id: styleIds.lead, name: 'Lead', basedOn: 'Normal', run: { size: '12pt' } },
      { id: styleIds.quiet, name: 'Quiet', basedOn: 'Normal', run: { color: quietInk } },
      {
        id: styleIds.small,
        name: 'Small print',
        basedOn: 'Normal',
        run: { size: '8pt', color: quietInk },
        paragraph: { spacing: { after: 20, line: 240, lineRule: LineRuleType.AUTO } },
      },
      {
        id: styleIds.caption,
        name: 'Table caption',
        basedOn: 'Normal',
        run: { bold: true },
        paragraph: { spacing: { before: 240, after: 100 }, keepNext: true },
      },
      {
        id: styleIds.cell,
        name: 'Table text',
        basedOn: 'Normal',
        run: { size: '9pt' },
        paragraph: { spacing: { after: 40, line: 240, lineRule: LineRuleType.AUTO } },
      },
      { id: styleIds.contact, name: 'Contact', basedOn: 'Normal', paragraph: tight },
    ],
  } as const;
}

function heading(size: `${number}pt`, before: number) {
  return {
    run: { size, bold: true, color: ink },
    paragraph: { spacing: { before, after: 120 }, keepNext: true },
  } as const;
}

/** Real lists of Word: a paragraph that is put in between counts on. */
export const numbered = 'numbered-paragraphs';
export const bullets = 'bullets';

export const numbering = {
  config: [
    {
      reference: numbered,
      levels: [
        level(0, LevelFormat.DECIMAL, '%1.', 480),
        level(1, LevelFormat.LOWER_LETTER, '(%2)', 960),
      ],
    },
    { reference: bullets, levels: [level(0, LevelFormat.BULLET, '•', 360)] },
  ],
} as const;

type Format = (typeof LevelFormat)[keyof typeof LevelFormat];

function level(at: number, format: Format, text: string, left: number) {
  const hanging = at === 1 ? 480 : left;
  return {
    level: at,
    format,
    text,
    alignment: AlignmentType.LEFT,
    style: { paragraph: { indent: { left, hanging } } },
  };
}

/** Where the text of a numbered paragraph, or of a part of one, begins. */
export const numberedIndents = [480, 960] as const;

const line = { style: BorderStyle.SINGLE, size: 4, color: 'B1B4B6' } as const;
export const rule = line;
export const borders = {
  top: line,
  bottom: line,
  left: line,
  right: line,
  insideHorizontal: line,
  insideVertical: line,
};
