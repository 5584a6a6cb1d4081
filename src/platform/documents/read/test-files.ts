import { strToU8, zipSync } from 'fflate';
import type { DocumentGrid, DocumentRefusal, GridCell } from '../grid.ts';
import { isRefusal } from './refusals.ts';

/** Files for tests, made by hand so that each test decides every byte that matters to it. */

export type Parts = Record<string, string | Uint8Array>;

export function archive(parts: Parts): Uint8Array {
  const bytes = Object.entries(parts).map(([name, content]): [string, Uint8Array] => [
    name,
    typeof content === 'string' ? strToU8(content) : content,
  ]);
  return zipSync(Object.fromEntries(bytes), { level: 6 });
}

const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
const relationshipsNamespace = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const sheetMain = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const wordMain = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

export interface TestRelationship {
  id: string;
  type: string;
  target: string;
  external?: boolean;
}

export function relationships(list: readonly TestRelationship[]): string {
  const items = list.map(
    ({ id, type, target, external }) =>
      `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"${external === true ? ' TargetMode="External"' : ''}/>`,
  );
  return `<Relationships xmlns="${relationshipsNamespace}">${items.join('')}</Relationships>`;
}

export interface TestSheet {
  name: string;
  /** What stands inside the worksheet element. */
  xml: string;
  state?: 'hidden' | 'veryHidden';
  /** Another kind of sheet, such as `chartsheet`. */
  kind?: string;
}

/** The rows of a sheet, each with its cells as XML: `<row r="1">…</row>`. */
export function rowsOf(...rows: string[]): string {
  const items = rows.map((cells, at) => `<row r="${at + 1}">${cells}</row>`);
  return `<sheetData>${items.join('')}</sheetData>`;
}

export function words(reference: string, text: string, style = 0): string {
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

export function number(reference: string, value: number | string, style = 0): string {
  return `<c r="${reference}" s="${style}"><v>${value}</v></c>`;
}

export interface TestStyles {
  formats?: readonly string[];
  fonts?: readonly string[];
  fills?: readonly string[];
  /** Styles after the plain one (0), each as number format, font and fill. */
  cells?: readonly { format?: number; font?: number; fill?: number }[];
  rest?: string;
}

/** Formats count from 164, fonts from 1 and fills from 2, as in every workbook. */
export function stylesPart({ formats, fonts, fills, cells, rest }: TestStyles): string {
  const list = (name: string, items: readonly string[]) =>
    `<${name} count="${items.length}">${items.join('')}</${name}>`;
  return `<styleSheet xmlns="${sheetMain}">${list(
    'numFmts',
    (formats ?? []).map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${code}"/>`),
  )}${list('fonts', ['<font><sz val="11"/></font>', ...(fonts ?? [])])}${list('fills', [
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    ...(fills ?? []),
  ])}${list('borders', ['<border/>'])}${list('cellXfs', [
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    ...(cells ?? []).map(
      ({ format, font, fill }) =>
        `<xf numFmtId="${format ?? 0}" fontId="${font ?? 0}" fillId="${fill ?? 0}" borderId="0" applyFill="1"/>`,
    ),
  ])}${rest ?? ''}</styleSheet>`;
}

export function solid(colour: string): string {
  return `<fill><patternFill patternType="solid"><fgColor ${colour}/></patternFill></fill>`;
}

export interface TestWorkbook {
  sheets: readonly TestSheet[];
  styles?: TestStyles;
  sharedStrings?: string;
  theme?: string;
  /** Inside the workbook, before its sheets. */
  properties?: string;
  /** Parts beside the usual ones, or instead of them. */
  parts?: Parts;
}

export function workbookParts(book: TestWorkbook): Parts {
  const links: TestRelationship[] = book.sheets.map(({ kind }, at) => ({
    id: `rId${at + 1}`,
    type: kind ?? 'worksheet',
    target: `worksheets/sheet${at + 1}.xml`,
  }));
  const parts: Parts = {
    '[Content_Types].xml': `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    '_rels/.rels': relationships([
      { id: 'rId1', type: 'officeDocument', target: 'xl/workbook.xml' },
    ]),
    'xl/workbook.xml': `<workbook xmlns="${sheetMain}" xmlns:r="${office}">${book.properties ?? ''}<sheets>${book.sheets
      .map(
        ({ name, state }, at) =>
          `<sheet name="${name}" sheetId="${at + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${at + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
  };
  book.sheets.forEach(({ xml }, at) => {
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `<worksheet xmlns="${sheetMain}" xmlns:r="${office}">${xml}</worksheet>`;
  });
  if (book.styles !== undefined) {
    links.push({ id: 'rIdStyles', type: 'styles', target: 'styles.xml' });
    parts['xl/styles.xml'] = stylesPart(book.styles);
  }
  if (book.sharedStrings !== undefined) {
    links.push({ id: 'rIdStrings', type: 'sharedStrings', target: 'sharedStrings.xml' });
    parts['xl/sharedStrings.xml'] = `<sst xmlns="${sheetMain}">${book.sharedStrings}</sst>`;
  }
  if (book.theme !== undefined) {
    links.push({ id: 'rIdTheme', type: 'theme', target: 'theme/theme1.xml' });
    parts['xl/theme/theme1.xml'] = book.theme;
  }
  parts['xl/_rels/workbook.xml.rels'] = relationships(links);
  return { ...parts, ...book.parts };
}

export function workbook(book: TestWorkbook): Uint8Array {
  return archive(workbookParts(book));
}

/** A workbook of one sheet, `Plan`. */
export function plan(xml: string, styles?: TestStyles): Uint8Array {
  return workbook({ sheets: [{ name: 'Plan', xml }], ...(styles === undefined ? {} : { styles }) });
}

export function documentParts(body: string, parts: Parts = {}): Parts {
  const known = [
    { id: 'rId1', type: 'numbering', target: 'numbering.xml' },
    { id: 'rId2', type: 'styles', target: 'styles.xml' },
  ].filter(({ target }) => `word/${target}` in parts);
  return {
    '[Content_Types].xml': `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': relationships([
      { id: 'rId1', type: 'officeDocument', target: 'word/document.xml' },
    ]),
    'word/document.xml': `<w:document xmlns:w="${wordMain}" xmlns:r="${office}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>${body}</w:body></w:document>`,
    'word/_rels/document.xml.rels': relationships(known),
    ...parts,
  };
}

/** A Word document with this between its body's tags. */
export function document(body: string, parts: Parts = {}): Uint8Array {
  return archive(documentParts(body, parts));
}

/** `word/numbering.xml` or `word/styles.xml`, with this inside. */
export function wordPart(root: 'numbering' | 'styles', inside: string): string {
  return `<w:${root} xmlns:w="${wordMain}">${inside}</w:${root}>`;
}

export function table(...rows: string[]): string {
  return `<w:tbl>${rows.map((cells) => `<w:tr>${cells}</w:tr>`).join('')}</w:tbl>`;
}

export function paragraph(text: string, properties = ''): string {
  return `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${run(text)}</w:p>`;
}

export function run(text: string, properties = ''): string {
  return `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
}

/** A cell of paragraphs: plain words, or XML. */
export function cell(content: string, properties = ''): string {
  const inside = content.startsWith('<') ? content : paragraph(content);
  return `<w:tc>${properties === '' ? '' : `<w:tcPr>${properties}</w:tcPr>`}${inside}</w:tc>`;
}

/** The grid of an answer that must not be a refusal. */
export function readGrid(answer: DocumentGrid | DocumentRefusal): DocumentGrid {
  if (isRefusal(answer)) throw new Error(`Refused: ${answer.refused}`);
  return answer;
}

/** The reason of an answer that must be a refusal. */
export function reason(answer: DocumentGrid | DocumentRefusal): string {
  if (!isRefusal(answer)) throw new Error('The file was read, and should not have been');
  return answer.refused;
}

/** The cell of this place: for a repeated cell of a merged area, the first with it. */
export function at(grid: DocumentGrid, where: string): GridCell {
  for (const { rows } of grid.tables) {
    for (const row of rows) for (const found of row) if (found.where === where) return found;
  }
  throw new Error(`There is no cell ${where}`);
}

/** The texts of a table, row by row. */
export function texts(grid: DocumentGrid, table = 0): string[][] {
  return (grid.tables[table]?.rows ?? []).map((row) => row.map(({ text }) => text));
}

export function doubts(grid: DocumentGrid): string[] {
  return grid.problems.map(({ where, message }) => `${where}: ${message}`);
}
