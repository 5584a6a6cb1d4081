import type { DocumentGrid, DocumentRefusal, GridProblem, GridTable } from '../grid.ts';
import { Numbering } from './docx-numbering.ts';
import { type DocxReading, readParagraph } from './docx-paragraph.ts';
import { inWrappers, readTable } from './docx-table.ts';
import { type OfficeFile, openOfficeFile, refuseXml } from './office-file.ts';
import { isRefusal, refusals } from './refusals.ts';
import { TableBudget, tableOf } from './table.ts';
import { childOf, elementsOf, parseXml, type XmlElement } from './xml.ts';

/** How many paragraphs above a table are handed on with it. */
const paragraphsBefore = 5;

/** What is never read, so that it takes no memory: drawings, text boxes, and how things look. */
const notRead = new Set([
  'drawing',
  'pict',
  'object',
  'sectPr',
  'tblGrid',
  'tblPr',
  'rFonts',
  'lang',
  'latentStyles',
  'oMath',
  'oMathPara',
]);

/** A document that was opened and checked, with what carries its reading. */
export interface OpenedDocx {
  body: XmlElement;
  styles: XmlElement | null;
  reading: DocxReading;
  /** The addresses outside that its words lead to, by the id of their relationship. */
  outside: ReadonlyMap<string, string>;
  /** What a person should know of the file, once it was read. */
  problems(): GridProblem[];
}

/** Opens a Word document; what it refuses, no reader of its parts ever sees. */
export function openDocx(bytes: Uint8Array): OpenedDocx | DocumentRefusal {
  const file = openOfficeFile(bytes, 'docx');
  if (isRefusal(file)) return file;
  const document = readTree(file, file.mainPart);
  const numbering = readTree(file, relatedPart(file, 'numbering'));
  const styles = readTree(file, relatedPart(file, 'styles'));
  if (document !== null && 'refused' in document) return document;
  if (numbering !== null && 'refused' in numbering) return numbering;
  if (styles !== null && 'refused' in styles) return styles;
  const body = childOf(document, 'body');
  if (body === null) return refusals.damaged('docx');
  const reading: DocxReading = {
    numbering: new Numbering(numbering, styles),
    fields: [],
    insertions: 0,
    deletions: 0,
    hiddenText: false,
    footnotes: false,
    comments: false,
    command: false,
    tooMuch: false,
  };
  return {
    body,
    styles,
    reading,
    outside: new Map(
      file
        .relationships(file.mainPart)
        .filter(({ type, external }) => external && type === 'hyperlink')
        .map(({ id, target }) => [id, target]),
    ),
    problems: () => fileProblems(file, reading),
  };
}

/** Reads the tables of a Word document, in order, named `table 1`, `table 2` and so on. */
export function readDocx(bytes: Uint8Array): DocumentGrid | DocumentRefusal {
  const opened = openDocx(bytes);
  if (isRefusal(opened)) return opened;
  const { body, reading } = opened;
  const found: Found = { before: [], tables: [], count: 0, budget: new TableBudget() };
  const refused = readBody(body, reading, found);
  if (refused !== null) return refused;
  if (reading.command) return refusals.macros('docx');
  if (found.tables.length === 0) return refusals.noTable('docx');
  return {
    format: 'docx',
    tables: found.tables,
    problems: [...opened.problems(), ...hiddenRowProblems(found)],
  };
}

function relatedPart(file: OfficeFile, type: string): string | null {
  return (
    file.relationships(file.mainPart).find((one) => one.type === type && !one.external)?.target ??
    null
  );
}

function readTree(file: OfficeFile, part: string | null): XmlElement | DocumentRefusal | null {
  const xml = part === null ? null : file.read(part);
  if (xml === null || typeof xml === 'object') return xml;
  const tree = parseXml(xml, notRead);
  return typeof tree === 'string' ? refuseXml(tree, 'docx') : tree;
}

interface Found {
  /** The paragraphs since the last table. */
  before: string[];
  tables: GridTable[];
  /** Tables so far, those without words too. */
  count: number;
  budget: TableBudget;
}

function readBody(parent: XmlElement, reading: DocxReading, found: Found): DocumentRefusal | null {
  for (const block of elementsOf(parent)) {
    switch (block.name) {
      case 'p': {
        const { text } = readParagraph(block, reading);
        if (text !== '') found.before = [...found.before, text].slice(-paragraphsBefore);
        break;
      }
      case 'tbl': {
        const refused = addTable(block, reading, found);
        if (refused !== null) return refused;
        break;
      }
      case 'sdt':
      case 'sdtContent':
      case 'customXml':
      case 'ins':
      case 'moveTo': {
        const refused = readBody(block, reading, found);
        if (refused !== null) return refused;
        break;
      }
    }
  }
  return null;
}

function addTable(element: XmlElement, reading: DocxReading, found: Found): DocumentRefusal | null {
  const frame = frameCells(element);
  if (frame !== null) {
    for (const cell of frame) {
      const refused = readBody(cell, reading, found);
      if (refused !== null) return refused;
    }
    return null;
  }
  found.count += 1;
  const name = `table ${found.count}`;
  const { rows, hiddenRows } = readTable(element, name, reading);
  if (reading.tooMuch) return refusals.tooMuch('docx');
  const table = tableOf(
    { name, before: found.before, rows, hidden: false, hiddenRows },
    // Cells are added where a row ends before the widest: nobody sees one there.
    (row, column) => rows[row]?.[column]?.where ?? rows[row]?.at(-1)?.where ?? name,
    found.budget,
  );
  found.before = [];
  if (table === null) return null;
  if (isRefusal(table)) return table;
  found.tables.push(table);
  return null;
}

/**
 * The cells of a table that only frames others, as some report forms do: one column, with a table
 * in it. Null for every other table. What is framed is read as if it stood in the document.
 */
function frameCells(table: XmlElement): XmlElement[] | null {
  const rows = inWrappers(table, 'tr').map((row) => inWrappers(row, 'tc'));
  const isFrame =
    rows.every((cells) => cells.length === 1) &&
    rows.some(([cell]) => cell !== undefined && inWrappers(cell, 'tbl').length > 0);
  return isFrame ? rows.flat() : null;
}

function fileProblems(file: OfficeFile, reading: DocxReading): GridProblem[] {
  const where = 'document';
  const doubts: string[] = [];
  const { insertions, deletions } = reading;
  if (insertions + deletions > 0) {
    doubts.push(
      `The document has tracked changes. They are read as if accepted: ${counted(insertions, 'insertion')} read, ${counted(deletions, 'deletion')} left out.`,
    );
  }
  if (reading.comments) doubts.push('The document has comments. They are not read.');
  if (reading.footnotes) doubts.push('The document has footnotes or endnotes. They are not read.');
  if (reading.hiddenText) doubts.push('The document has hidden text. It is not read.');
  if (file.relationships(file.mainPart).some(({ type }) => type === 'package')) {
    doubts.push('The document has a file embedded in it. It is not read.');
  }
  return doubts.map((message) => ({ where, severity: 'doubt' as const, message }));
}

function hiddenRowProblems(found: Found): GridProblem[] {
  return found.tables
    .filter(({ hiddenRows }) => hiddenRows.length > 0)
    .map(({ name, hiddenRows }) => ({
      where: name,
      severity: 'doubt' as const,
      message: `${counted(hiddenRows.length, 'row')} of ${name} hidden in the document. They are read with the rest.`,
    }));
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
