import { zipSync } from 'fflate';
import { type Cell, readXlsx as readWorkbook, type Sheet, type Workbook } from 'hucre';
import type { DocumentGrid, DocumentRefusal, GridCell, GridProblem, GridTable } from '../grid.ts';
import { limits } from './limits.ts';
import { type OfficeFile, openOfficeFile, refuseXml } from './office-file.ts';
import { isRefusal, refusals } from './refusals.ts';
import { TableBudget, colouredBeside, tableOf } from './table.ts';
import { cellAddress, cleanText, columnLetters, listRuns } from './text.ts';
import { fillOf, type WorkbookColours, workbookColours } from './xlsx-fill.ts';
import { type SheetSurvey, surveySheet } from './xlsx-survey.ts';
import { seenValue } from './xlsx-value.ts';
import { attribute, scanXml } from './xml.ts';

/** Reads every sheet of a workbook that has values, each as one table under the sheet's name. */
export async function readXlsx(bytes: Uint8Array): Promise<DocumentGrid | DocumentRefusal> {
  const file = openOfficeFile(bytes, 'xlsx');
  if (isRefusal(file)) return file;
  const parts = checkParts(file);
  if (isRefusal(parts)) return parts;
  if (parts.sheets.every(({ survey }) => survey === null || survey.rows === 0)) {
    return refusals.noTable('xlsx');
  }
  const workbook = await readParts(parts);
  if (workbook === null) return refusals.damaged('xlsx');

  const colours = workbookColours(workbook.themeColors, parts.styles);
  const budget = new TableBudget();
  const tables: GridTable[] = [];
  const problems: GridProblem[] = [];
  const surveys = parts.sheets.map(({ survey }) => survey).filter(isRead);
  for (const [at, sheet] of workbook.sheets.entries()) {
    const survey = surveys[at];
    if (survey === undefined) continue;
    const table = tableOfSheet(sheet, survey, colours, budget);
    if (table === null) continue;
    if (isRefusal(table)) return table;
    tables.push(table);
    problems.push(...problemsOfSheet(sheet, table, survey));
  }
  if (tables.length === 0) return refusals.noTable('xlsx');
  if (file.names.some((name) => /\/(threadedComments\/|comments)[^/]*\.xml$/i.test(name))) {
    problems.push(doubt('workbook', 'The workbook has comments or notes. They are not read.'));
  }
  return { format: 'xlsx', tables, problems };
}

function isRead(survey: SheetSurvey | null): survey is SheetSurvey {
  return survey !== null && survey.rows > 0;
}

function doubt(where: string, message: string): GridProblem {
  return { where, severity: 'doubt', message };
}

/** The parts of the workbook that are handed to the library, and nothing else: no drawing, link or comment. */
interface CheckedParts {
  texts: Map<string, string>;
  styles: string | null;
  /** In the order of the workbook; without a survey for what is no worksheet, such as a chart. */
  sheets: { survey: SheetSurvey | null }[];
}

function checkParts(file: OfficeFile): CheckedParts | DocumentRefusal {
  const texts = new Map<string, string>();
  const read = (part: string): DocumentRefusal | null => {
    const text = file.read(part);
    if (text === null) return refusals.damaged('xlsx');
    if (typeof text === 'object') return text;
    texts.set(part, text);
    return null;
  };
  const main = file.mainPart;
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const needed = ['[Content_Types].xml', '_rels/.rels', main];
  needed.push(`${folder}_rels/${main.slice(folder.length)}.rels`);
  for (const part of needed) {
    const refused = read(part);
    if (refused !== null) return refused;
  }

  const relationships = file.relationships(main).filter(({ external }) => !external);
  let styles: string | null = null;
  for (const { type, target } of relationships) {
    if (type !== 'styles' && type !== 'sharedStrings' && type !== 'theme') continue;
    if (texts.has(target)) continue;
    const refused = read(target) ?? checkTree(texts.get(target) ?? '');
    if (refused !== null) return refused;
    if (type === 'styles') styles = texts.get(target) ?? null;
  }

  const listed = listSheets(texts.get(main) ?? '');
  if (isRefusal(listed)) return listed;
  const targets = new Map(
    relationships.filter(({ type }) => type === 'worksheet').map(({ id, target }) => [id, target]),
  );
  const sheets: CheckedParts['sheets'] = [];
  let cells = 0;
  for (const { name, id } of listed) {
    const part = targets.get(id);
    if (part === undefined) {
      sheets.push({ survey: null });
      continue;
    }
    const refused = texts.has(part) ? refusals.damaged('xlsx') : read(part);
    if (refused !== null) return refused;
    const survey = surveySheet(name, texts.get(part) ?? '');
    if (isRefusal(survey)) return survey;
    cells += survey.rows * survey.columns;
    if (cells > limits.cells) {
      const corner = cellAddress(survey.rows, survey.columns);
      return refusals.tooManyCells(`The sheet ${name}`, corner);
    }
    sheets.push({ survey });
  }
  return { texts, styles, sheets };
}

/** Whether the library may make a tree of it. */
function checkTree(xml: string): DocumentRefusal | null {
  const events = { open: () => undefined, close: () => undefined, text: () => undefined };
  const fault = scanXml(xml, events, limits.xmlTreeElements);
  return fault === null ? null : refuseXml(fault, 'xlsx');
}

function listSheets(workbook: string): { name: string; id: string }[] | DocumentRefusal {
  const sheets: { name: string; id: string }[] = [];
  const fault = scanXml(
    workbook,
    {
      open(element, attributes) {
        if (element !== 'sheet') return;
        const name = attribute(attributes, 'name') ?? '';
        const id = attribute(attributes, 'id') ?? '';
        // The library numbers the sheets that have both.
        if (name !== '' && id !== '') sheets.push({ name: cleanText(name), id });
      },
      close: () => undefined,
      text: () => undefined,
    },
    limits.xmlTreeElements,
  );
  return fault === null ? sheets : refuseXml(fault, 'xlsx');
}

/** Hands the checked parts, packed anew, to the library; null when it cannot make sense of them. */
async function readParts({ texts, sheets }: CheckedParts): Promise<Workbook | null> {
  const encoder = new TextEncoder();
  const parts: Record<string, Uint8Array> = {};
  for (const [name, text] of texts) parts[name] = encoder.encode(text);
  texts.clear();
  const surveys = sheets.map(({ survey }) => survey);
  const rows = Math.max(...surveys.map((survey) => survey?.rows ?? 0));
  const columns = Math.max(...surveys.map((survey) => survey?.columns ?? 0));
  try {
    return await readWorkbook(zipSync(parts, { level: 0 }), {
      readStyles: true,
      sheets: ({ index }) => isRead(surveys[index] ?? null),
      // Cells that only have a colour may lie far outside.
      range: `A1:${cellAddress(rows, columns + colouredBeside)}`,
    });
  } catch {
    return null;
  }
}

function tableOfSheet(
  sheet: Sheet,
  survey: SheetSurvey,
  colours: WorkbookColours,
  budget: TableBudget,
): GridTable | DocumentRefusal | null {
  const name = cleanText(sheet.name);
  const placeOf = (row: number, column: number) => `${name}!${cellAddress(row + 1, column + 1)}`;
  const rows = sheet.rows.slice(0, survey.rows).map((values, row) =>
    values.slice(0, survey.columns + colouredBeside).map((value, column): GridCell => {
      const cell = cellAt(sheet, row, column);
      return {
        ...seenValue(value, cell),
        fill: fillOf(cell?.style, colours),
        where: placeOf(row, column),
        mergedInto: null,
      };
    }),
  );
  if (!repeatMerged(rows, sheet)) return refusals.damaged('xlsx');
  return tableOf(
    {
      name,
      before: [],
      rows,
      hidden: sheet.hidden === true || sheet.veryHidden === true,
      hiddenRows: survey.hiddenRows.map((row) => row - 1),
    },
    placeOf,
    budget,
  );
}

function cellAt(sheet: Sheet, row: number, column: number): Cell | undefined {
  return sheet.cells?.get(`${row},${column}`);
}

/** Repeats the first cell of each merged area over it; false when areas lie over one another. */
function repeatMerged(rows: GridCell[][], sheet: Sheet): boolean {
  for (const { startRow, startCol, endRow, endCol } of sheet.merges ?? []) {
    const first = rows[startRow]?.[startCol];
    if (first === undefined) continue;
    if (first.mergedInto !== null) return false;
    for (let row = startRow; row <= Math.min(endRow, rows.length - 1); row += 1) {
      const cells = rows[row] ?? [];
      for (let column = startCol; column <= Math.min(endCol, cells.length - 1); column += 1) {
        const cell = cells[column];
        if (cell === undefined || cell === first) continue;
        if (cell.mergedInto !== null) return false;
        cells[column] = { ...first, where: cell.where, mergedInto: first.where };
      }
    }
  }
  return true;
}

/** Doubts about single cells are told one by one up to this many. */
const toldSingly = 10;

function problemsOfSheet(sheet: Sheet, table: GridTable, survey: SheetSurvey): GridProblem[] {
  const { name } = table;
  const problems: GridProblem[] = [];
  if (table.hidden) {
    problems.push(doubt(name, `The sheet ${name} is hidden in the workbook.`));
  }
  const [firstHidden] = table.hiddenRows;
  if (firstHidden !== undefined) {
    const rows = listRuns(
      table.hiddenRows.map((row) => row + 1),
      String,
    );
    const are = table.hiddenRows.length === 1 ? `Row ${rows} is` : `Rows ${rows} are`;
    const where = `${name}!A${firstHidden + 1}`;
    problems.push(
      doubt(where, `${are} hidden or filtered out in the workbook, and read with the rest.`),
    );
  }
  const columns = survey.hiddenColumns.filter((column) => column <= (table.rows[0]?.length ?? 0));
  const [firstColumn] = columns;
  if (firstColumn !== undefined) {
    const letters = listRuns(columns, columnLetters);
    const are = columns.length === 1 ? `Column ${letters} is` : `Columns ${letters} are`;
    problems.push(
      doubt(
        `${name}!${columnLetters(firstColumn)}1`,
        `${are} hidden in the workbook, and read with the rest.`,
      ),
    );
  }
  if (sheet.conditionalRules?.some((rule) => rule.style?.fill ?? rule.colorScale) === true) {
    problems.push(
      doubt(
        name,
        'Some colours of this sheet are set by rules (conditional formatting). Those are not read: only words, and colours put on by hand.',
      ),
    );
  }
  problems.push(...problemsOfCells(sheet, table));
  return problems;
}

function problemsOfCells(sheet: Sheet, table: GridTable): GridProblem[] {
  const problems: GridProblem[] = [];
  const linked: string[] = [];
  for (const [at, row] of table.rows.entries()) {
    for (const [column, { where, mergedInto }] of row.entries()) {
      const cell = mergedInto === null ? cellAt(sheet, at, column) : undefined;
      if (cell?.type === 'error') {
        problems.push(doubt(where, `The cell shows the error ${String(cell.value)}.`));
      } else if (cell?.formula !== undefined && cell.value === null) {
        problems.push(
          doubt(
            where,
            'The cell has a formula whose result is not in the file. Open the workbook in Excel and save it, to have the result.',
          ),
        );
      }
      if (cell?.formula?.includes('[') === true) linked.push(where);
    }
  }
  const told = problems.slice(0, toldSingly);
  const next = problems[toldSingly];
  if (next !== undefined) {
    const others = problems.length - told.length;
    told.push(
      doubt(next.where, `${others} more cells of this sheet show errors or have no result.`),
    );
  }
  const [firstLinked] = linked;
  if (firstLinked !== undefined) {
    told.push(
      doubt(
        firstLinked,
        'Some cells take their value from another workbook: the value last saved is read.',
      ),
    );
  }
  return told;
}
