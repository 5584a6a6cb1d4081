import { hexColour, highlightColours } from './colours.ts';
import type { Numbering } from './docx-numbering.ts';
import { cleanText } from './text.ts';
import { attribute, childOf, elementsOf, textOf, type XmlElement } from './xml.ts';

/** What is carried through a document while it is read, and what was noticed on the way. */
export interface DocxReading {
  numbering: Numbering;
  /** Fields that are open: their instruction is not seen, their result is. */
  fields: ('instruction' | 'result')[];
  insertions: number;
  deletions: number;
  hiddenText: boolean;
  footnotes: boolean;
  comments: boolean;
  /** A field that has Word run a program when it is opened. */
  command: boolean;
  /** More cells than can be kept: what was read so far is not the whole. */
  tooMuch: boolean;
}

export interface DocxParagraph {
  /** With its bullet or number; cleaned. */
  text: string;
  /** Only the bullet or number; empty for none. */
  label: string;
  struck: string;
  /** The colours behind its words, null for none; empty when it has no words. */
  colours: (string | null)[];
}

interface Piece {
  text: string;
  struck: boolean;
  colour: string | null;
}

/** Reads one paragraph: its words as they are seen, with tracked changes accepted. */
export function readParagraph(paragraph: XmlElement, reading: DocxReading): DocxParagraph {
  const properties = childOf(paragraph, 'pPr');
  const label = reading.numbering.label(properties) ?? '';
  const pieces: Piece[] = [];
  collect(paragraph, shade(childOf(properties, 'shd')), reading, pieces);
  const join = (struck: boolean) =>
    cleanText(
      pieces
        .filter((piece) => piece.struck === struck)
        .map((piece) => piece.text)
        .join(''),
    );
  const words = join(false);
  return {
    text: label === '' || words === '' ? words : `${label} ${words}`,
    label,
    struck: join(true),
    colours: pieces.filter((piece) => piece.text.trim() !== '').map((piece) => piece.colour),
  };
}

function collect(
  parent: XmlElement,
  behind: string | null,
  reading: DocxReading,
  pieces: Piece[],
): void {
  for (const child of elementsOf(parent)) {
    switch (child.name) {
      case 'r':
        readRun(child, behind, reading, pieces);
        break;
      case 'ins':
      case 'moveTo':
        reading.insertions += 1;
        collect(child, behind, reading, pieces);
        break;
      case 'del':
      case 'moveFrom':
        reading.deletions += 1;
        break;
      case 'sdt':
        // "Click here to enter text" is asked for by the form, not written by anybody.
        if (childOf(childOf(child, 'sdtPr'), 'showingPlcHdr') !== null) break;
        collect(childOf(child, 'sdtContent') ?? child, behind, reading, pieces);
        break;
      case 'hyperlink':
      case 'fldSimple':
      case 'smartTag':
      case 'customXml':
      case 'dir':
      case 'bdo':
        collect(child, behind, reading, pieces);
        break;
    }
  }
}

function readRun(
  run: XmlElement,
  behind: string | null,
  reading: DocxReading,
  pieces: Piece[],
): void {
  const properties = childOf(run, 'rPr');
  const struck = isOn(childOf(properties, 'strike')) || isOn(childOf(properties, 'dstrike'));
  const hidden = isOn(childOf(properties, 'vanish'));
  const pen = childOf(properties, 'highlight');
  const marked =
    pen === null ? undefined : highlightColours[attribute(pen.attributes, 'val') ?? ''];
  const colour = marked ?? shade(childOf(properties, 'shd')) ?? behind;
  for (const child of elementsOf(run)) {
    if (child.name === 'fldChar') {
      followField(child, reading);
      continue;
    }
    if (child.name === 'instrText') {
      if (/\bDDE(AUTO)?\b/i.test(textOf(child))) reading.command = true;
      continue;
    }
    const text = seenText(child, reading);
    if (text === '' || reading.fields.includes('instruction')) continue;
    if (hidden) reading.hiddenText = true;
    else pieces.push({ text, struck, colour });
  }
}

function followField(mark: XmlElement, reading: DocxReading): void {
  switch (attribute(mark.attributes, 'fldCharType') ?? '') {
    case 'begin':
      reading.fields.push('instruction');
      break;
    case 'separate':
      reading.fields.pop();
      reading.fields.push('result');
      break;
    case 'end':
      reading.fields.pop();
      break;
  }
}

function seenText(element: XmlElement, reading: DocxReading): string {
  switch (element.name) {
    case 't':
      return textOf(element);
    case 'tab':
    case 'ptab':
      return ' ';
    case 'br':
    case 'cr':
      return '\n';
    case 'noBreakHyphen':
      return '-';
    case 'sym':
      return symbol(element);
    case 'footnoteReference':
    case 'endnoteReference':
      reading.footnotes = true;
      return '';
    case 'commentReference':
      reading.comments = true;
      return '';
    case 'AlternateContent':
      // Newer pictographs come with plain letters for programs that do not know them.
      return elementsOf(childOf(element, 'Fallback') ?? element)
        .filter(({ name }) => name === 't')
        .map(textOf)
        .join('');
    default:
      return '';
  }
}

/** The ticks, crosses and boxes that plans use from Wingdings, as letters that anything can show. */
const wingdings: Readonly<Record<string, string>> = {
  FC: '✓',
  FB: '✗',
  FE: '☑',
  FD: '☒',
  A8: '☐',
  '6F': '☐',
  '6C': '●',
  '6E': '■',
  A7: '▪',
  D8: '➢',
  E0: '→',
};

function symbol(element: XmlElement): string {
  const code = attribute(element.attributes, 'char')?.toUpperCase() ?? '';
  const font = attribute(element.attributes, 'font') ?? '';
  // Symbol fonts are kept in the private area from F000.
  if (code.startsWith('F0')) return /wingdings/i.test(font) ? (wingdings[code.slice(2)] ?? '') : '';
  const point = Number.parseInt(code, 16);
  return Number.isNaN(point) || point > 0xffff ? '' : String.fromCharCode(point);
}

/** Whether a property that is either on or off is on: it is when it stands there without a value. */
export function isOn(property: XmlElement | null): boolean {
  if (property === null) return false;
  return !['0', 'false', 'off', 'none'].includes(attribute(property.attributes, 'val') ?? 'true');
}

/** The colour of a shading: the pattern's own where it is solid, else what lies behind it. */
export function shade(shading: XmlElement | null): string | null {
  if (shading === null) return null;
  const pattern = attribute(shading.attributes, 'val');
  if (pattern === 'nil') return null;
  return hexColour(attribute(shading.attributes, pattern === 'solid' ? 'color' : 'fill'));
}
