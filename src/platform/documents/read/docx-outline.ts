import type { DocumentRefusal } from '../grid.ts';
import type { DocumentOutline, OutlineBlock } from '../outline.ts';
import { openDocx, type OpenedDocx } from './docx.ts';
import { readParagraph } from './docx-paragraph.ts';
import { inWrappers, readTable } from './docx-table.ts';
import { limits } from './limits.ts';
import { isRefusal, refusals } from './refusals.ts';
import { attribute, childOf, childrenOf, elementsOf, type XmlElement } from './xml.ts';

/**
 * Reads a Word document as a whole: what stands between its tables too. As `readDocx`, it reads no
 * drawing, no field's instruction and nothing that was deleted.
 */
export function readDocxOutline(bytes: Uint8Array): DocumentOutline | DocumentRefusal {
  const opened = openDocx(bytes);
  if (isRefusal(opened)) return opened;
  const outline: Outline = { blocks: [], paragraphs: 0, tables: 0, characters: 0 };
  readBody(opened.body, opened, headingLevels(opened.styles), outline);
  if (opened.reading.command) return refusals.macros('docx');
  if (opened.reading.tooMuch || outline.characters > limits.characters) {
    return refusals.tooMuch('docx');
  }
  return { blocks: outline.blocks, problems: opened.problems() };
}

interface Outline {
  blocks: OutlineBlock[];
  paragraphs: number;
  tables: number;
  characters: number;
}

function readBody(
  parent: XmlElement,
  opened: OpenedDocx,
  levels: ReadonlyMap<string, number>,
  outline: Outline,
): void {
  for (const block of elementsOf(parent)) {
    switch (block.name) {
      case 'p':
        addParagraph(block, opened, levels, outline);
        break;
      case 'tbl':
        addTable(block, opened, outline);
        break;
      case 'sdt':
      case 'sdtContent':
      case 'customXml':
      case 'ins':
      case 'moveTo':
        readBody(block, opened, levels, outline);
        break;
    }
  }
}

function addParagraph(
  element: XmlElement,
  { reading }: OpenedDocx,
  levels: ReadonlyMap<string, number>,
  outline: Outline,
): void {
  const { text: seen, label } = readParagraph(element, reading);
  if (seen === '') return;
  outline.paragraphs += 1;
  outline.characters += seen.length;
  const text = label !== '' && seen.startsWith(`${label} `) ? seen.slice(label.length + 1) : seen;
  outline.blocks.push({
    kind: 'paragraph',
    where: `paragraph ${outline.paragraphs}`,
    text,
    label,
    heading: headingOf(childOf(element, 'pPr'), levels),
  });
}

function addTable(element: XmlElement, opened: OpenedDocx, outline: Outline): void {
  outline.tables += 1;
  const where = `table ${outline.tables}`;
  const { rows } = readTable(element, where, opened.reading);
  const texts = rows.map((row) => row.map((cell) => (cell.mergedInto === null ? cell.text : '')));
  const width = Math.max(0, ...texts.map((row) => row.length));
  outline.characters += texts.flat().reduce((sum, text) => sum + text.length, 0);
  if (texts.length * width > limits.cells) opened.reading.tooMuch = true;
  if (!texts.flat().some((text) => text !== '')) return;
  const links = inWrappers(element, 'tr').map((row) => linksIn(row, opened));
  outline.blocks.push({
    kind: 'table',
    where,
    rows: texts,
    // A row whose deletion is tracked is not among the rows: then nobody can say whose link is whose.
    links: links.length === texts.length ? links : texts.map(() => []),
  });
}

/** The addresses on the web to which words in this element lead. */
function linksIn(element: XmlElement, opened: OpenedDocx): string[] {
  return elementsOf(element).flatMap((child) => {
    const id = child.name === 'hyperlink' ? attribute(child.attributes, 'id') : null;
    const target = id === null ? undefined : opened.outside.get(id);
    const own = target !== undefined && /^https?:\/\//i.test(target) ? [target] : [];
    return [...own, ...linksIn(child, opened)];
  });
}

function headingOf(
  properties: XmlElement | null,
  levels: ReadonlyMap<string, number>,
): number | null {
  const own = levelIn(properties);
  if (own !== null) return own;
  const style = childOf(properties, 'pStyle');
  return style === null ? null : (levels.get(attribute(style.attributes, 'val') ?? '') ?? null);
}

function levelIn(properties: XmlElement | null): number | null {
  const outline = childOf(properties, 'outlineLvl');
  const level = outline === null ? NaN : Number(attribute(outline.attributes, 'val'));
  // Level 9 of 0 to 9 is body text.
  return Number.isInteger(level) && level >= 0 && level <= 8 ? level + 1 : null;
}

/** The level of each style that is a heading, or is based on one. */
function headingLevels(styles: XmlElement | null): Map<string, number> {
  const all = new Map(
    childrenOf(styles, 'style').map((style) => [
      attribute(style.attributes, 'styleId') ?? '',
      style,
    ]),
  );
  const levels = new Map<string, number>();
  for (const id of all.keys()) {
    let at: string | null = id;
    for (let step = 0; at !== null && step < 20; step += 1) {
      const style: XmlElement | undefined = all.get(at);
      if (style === undefined) break;
      const name = attribute(childOf(style, 'name')?.attributes ?? '', 'val') ?? '';
      const named = /^heading ([1-9])$/i.exec(name)?.[1];
      const level = levelIn(childOf(style, 'pPr')) ?? (named === undefined ? null : Number(named));
      if (level !== null) {
        levels.set(id, level);
        break;
      }
      const base: XmlElement | null = childOf(style, 'basedOn');
      at = base === null ? null : attribute(base.attributes, 'val');
    }
  }
  return levels;
}
