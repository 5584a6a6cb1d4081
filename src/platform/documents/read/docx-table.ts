import type { GridCell } from '../grid.ts';
import { type DocxReading, isOn, readParagraph, shade } from './docx-paragraph.ts';
import { limits } from './limits.ts';
import { emptyCell } from './table.ts';
import { attribute, childOf, elementsOf, type XmlElement } from './xml.ts';

export interface DocxTable {
  rows: GridCell[][];
  hiddenRows: number[];
}

/**
 * Reads a table as a grid: a cell that spans columns is repeated, one that is merged downwards
 * too. The place of a cell counts the cells that its row has, so `table 2 row 5 cell 3` is the
 * third cell that a person sees in that row; rows whose deletion is tracked are counted but left out.
 */
export function readTable(table: XmlElement, name: string, reading: DocxReading): DocxTable {
  const rows: GridCell[][] = [];
  const hiddenRows: number[] = [];
  let above: GridCell[] = [];
  let cells = 0;
  for (const [at, row] of inWrappers(table, 'tr').entries()) {
    const properties = childOf(row, 'trPr');
    if (childOf(properties, 'del') !== null) {
      reading.deletions += 1;
      continue;
    }
    if (childOf(properties, 'ins') !== null) reading.insertions += 1;
    if (isOn(childOf(properties, 'hidden'))) hiddenRows.push(rows.length);
    above = readRow(row, `${name} row ${at + 1}`, above, reading);
    rows.push(above);
    cells += above.length;
    if (cells > limits.cells) reading.tooMuch = true;
    if (reading.tooMuch) break;
  }
  return { rows, hiddenRows };
}

function readRow(
  row: XmlElement,
  place: string,
  above: readonly GridCell[],
  reading: DocxReading,
): GridCell[] {
  const cells: GridCell[] = [];
  const indent = span(childOf(childOf(row, 'trPr'), 'gridBefore'), 0);
  for (let n = 0; n < indent; n += 1) cells.push(emptyCell(place));
  for (const [at, element] of inWrappers(row, 'tc').entries()) {
    const properties = childOf(element, 'tcPr');
    const where = `${place} cell ${at + 1}`;
    const over = isContinued(childOf(properties, 'vMerge')) ? above[cells.length] : undefined;
    const beside = isContinued(childOf(properties, 'hMerge')) ? cells.at(-1) : undefined;
    const first = over ?? beside;
    const cell =
      first === undefined
        ? readCell(element, where, reading)
        : { ...first, where, mergedInto: first.mergedInto ?? first.where };
    cells.push(cell);
    for (let n = span(childOf(properties, 'gridSpan'), 1); n > 1; n -= 1) {
      cells.push({ ...cell, mergedInto: cell.mergedInto ?? where });
    }
    if (cells.length > limits.columns) {
      reading.tooMuch = true;
      break;
    }
  }
  return cells;
}

/** A merge that goes on from the cell before; the first cell of one says `restart`. */
function isContinued(merge: XmlElement | null): boolean {
  return merge !== null && attribute(merge.attributes, 'val') !== 'restart';
}

function span(element: XmlElement | null, otherwise: number): number {
  const written = element === null ? NaN : Number(attribute(element.attributes, 'val'));
  return Number.isInteger(written) && written > 0
    ? Math.min(written, limits.columns + 1)
    : otherwise;
}

/** Rows, cells or tables, also where a content control or a tracked insertion is laid around them. */
export function inWrappers(parent: XmlElement, name: string): XmlElement[] {
  return elementsOf(parent).flatMap((child) => {
    if (child.name === name) return [child];
    if (child.name === 'sdt') return inWrappers(childOf(child, 'sdtContent') ?? child, name);
    return child.name === 'customXml' || child.name === 'ins' ? inWrappers(child, name) : [];
  });
}

function readCell(element: XmlElement, where: string, reading: DocxReading): GridCell {
  // A field cannot leave its cell: one that was never ended must not hide the rest.
  reading.fields = [];
  const content: CellContent = { lines: [], labels: [], struck: [], colours: [] };
  readBlocks(element, content, reading);
  reading.fields = [];
  const struck = content.struck.join('\n');
  const text = content.lines.join('\n');
  return {
    // A cell with nothing but its automatic number shows that number.
    text: text === '' && struck === '' ? content.labels.join('\n') : text,
    date: null,
    fill: shade(childOf(childOf(element, 'tcPr'), 'shd')) ?? onlyColour(content.colours),
    where,
    mergedInto: null,
    struck: struck === '' ? null : struck,
  };
}

interface CellContent {
  lines: string[];
  /** The numbers of paragraphs without words. */
  labels: string[];
  struck: string[];
  colours: (string | null)[];
}

function readBlocks(parent: XmlElement, content: CellContent, reading: DocxReading): void {
  for (const block of elementsOf(parent)) {
    switch (block.name) {
      case 'p': {
        const paragraph = readParagraph(block, reading);
        if (paragraph.text !== '') content.lines.push(paragraph.text);
        else if (paragraph.label !== '' && paragraph.label !== '•') {
          content.labels.push(paragraph.label);
        }
        if (paragraph.struck !== '') content.struck.push(paragraph.struck);
        content.colours.push(...paragraph.colours);
        break;
      }
      case 'tbl':
        // A table in a cell is read as lines, one for each row.
        for (const row of readTable(block, 'inner table', reading).rows) {
          const own = row.filter(({ mergedInto, text }) => mergedInto === null && text !== '');
          const line = own.length === 1 ? own[0]?.text : own.map(flat).join(' | ');
          if (line !== undefined && line !== '') content.lines.push(line);
          for (const { struck } of row) if (struck !== null) content.struck.push(struck);
        }
        break;
      case 'sdt':
        if (childOf(childOf(block, 'sdtPr'), 'showingPlcHdr') === null) {
          readBlocks(childOf(block, 'sdtContent') ?? block, content, reading);
        }
        break;
      case 'customXml':
      case 'ins':
      case 'moveTo':
        readBlocks(block, content, reading);
        break;
    }
  }
}

function flat(cell: GridCell): string {
  return cell.text.replaceAll('\n', ' ');
}

/** The colour behind all the words of a cell, where it is one and the same. */
function onlyColour(colours: readonly (string | null)[]): string | null {
  const first = colours[0] ?? null;
  return colours.every((colour) => colour === first) ? first : null;
}
