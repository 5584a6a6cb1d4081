import { CsvError, parse } from 'csv-parse/sync';
import type { DocumentGrid, DocumentRefusal, GridProblem } from '../grid.ts';
import { limits } from './limits.ts';
import { isRefusal, refusals } from './refusals.ts';
import { emptyCell, TableBudget, tableOf } from './table.ts';
import { cellAddress, cleanText } from './text.ts';

const name = 'csv';

/**
 * Reads a .csv as one table, `csv`, its cells named as Excel would show them (`csv!B4`). The
 * delimiter is the comma, semicolon or tab that the rows agree on, or that a first line such as
 * `sep=;` names. UTF-8, UTF-16 by its mark, or else Windows-1252, which is said as a doubt.
 */
export function readCsv(bytes: Uint8Array): DocumentGrid | DocumentRefusal {
  const problems: GridProblem[] = [];
  const text = decode(bytes, problems);
  if (isRefusal(text)) return text;
  const records = parseRecords(text.body, text.delimiter ?? detectDelimiter(text.body));
  if (isRefusal(records)) return records;

  const placeOf = (row: number, column: number) =>
    `${name}!${cellAddress(row + 1 + text.linesBefore, column + 1)}`;
  const rows = records.rows.map((record, row) =>
    record.map((written, column) => ({
      ...emptyCell(placeOf(row, column)),
      text: cleanText(written),
    })),
  );
  const table = tableOf(
    { name, before: [], rows, hidden: false, hiddenRows: [] },
    placeOf,
    new TableBudget(),
  );
  if (table === null) return refusals.noTable('csv');
  if (isRefusal(table)) return table;
  return { format: 'csv', tables: [table], problems };
}

interface CsvText {
  body: string;
  delimiter: string | null;
  /** Lines above the first row that only say how the file is written. */
  linesBefore: number;
}

function decode(bytes: Uint8Array, problems: GridProblem[]): CsvText | DocumentRefusal {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  const wide = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : null;
  let text: string;
  if (wide !== null) text = new TextDecoder(wide).decode(bytes);
  else if (bytes.includes(0)) return refusals.notText();
  else {
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      text = new TextDecoder('windows-1252').decode(bytes);
      problems.push({
        where: name,
        severity: 'doubt',
        message:
          'The file does not say how its letters are written. It was read as Windows text: check that pound signs, dashes and accents look right.',
      });
    }
  }
  const named = /^sep=(.)\r?\n/.exec(text);
  if (named === null) return { body: text, delimiter: null, linesBefore: 0 };
  return { body: text.slice(named[0].length), delimiter: named[1] ?? null, linesBefore: 1 };
}

const common = {
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
};

function parseRecords(text: string, delimiter: string): { rows: string[][] } | DocumentRefusal {
  let cells = 0;
  let widest = 0;
  const keep = (record: string[]): string[] | null => {
    // Excel writes a delimiter for each empty cell that once had a border.
    record.length = record.findLastIndex((written) => written.trim() !== '') + 1;
    cells += record.length;
    widest = Math.max(widest, record.length);
    return cells > limits.cells || widest > limits.columns ? null : record;
  };
  let rows: string[][];
  try {
    rows = parse(text, { ...common, delimiter, on_record: keep, to: limits.rows + 1 });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return error.code === 'CSV_QUOTE_NOT_CLOSED'
      ? refusals.openQuote(rowOfOpenQuote(text, delimiter))
      : refusals.damaged('csv');
  }
  if (rows.length > limits.rows || cells > limits.cells || widest > limits.columns) {
    return refusals.tooManyCells('The file', cellAddress(Math.max(rows.length, 1), widest));
  }
  return { rows };
}

/** The number of whole rows above the one whose quotation mark is never closed, and one more. */
function rowOfOpenQuote(text: string, delimiter: string): number {
  let whole = 0;
  try {
    parse(text, { ...common, delimiter, on_record: () => void (whole += 1) });
  } catch {
    return whole + 1;
  }
  return whole;
}

const delimiters = [',', ';', '\t'];

/**
 * The one delimiter by which every row has the same number of cells, or else the one that gives
 * most of the first rows the same number; more than one cell in both.
 */
function detectDelimiter(text: string): string {
  const sample = text.slice(0, 64 * 1024);
  const even = delimiters.filter((delimiter) => isEven(sample, delimiter));
  if (even.length === 1 && even[0] !== undefined) return even[0];
  let best = { delimiter: ',', agreeing: 0, columns: 1 };
  for (const delimiter of delimiters) {
    const { agreeing, columns } = agreement(sample, delimiter);
    if (
      agreeing > best.agreeing * 1.5 ||
      (agreeing * 1.5 >= best.agreeing && agreeing > 0 && columns > best.columns)
    ) {
      best = { delimiter, agreeing, columns };
    }
  }
  return best.delimiter;
}

/** Every row is as wide as the first, and quotation marks stand only where they may. */
function isEven(sample: string, delimiter: string): boolean {
  try {
    const rows = parse(sample, { record_delimiter: common.record_delimiter, delimiter, to: 50 });
    return (rows[0]?.length ?? 0) > 1;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return false;
  }
}

function agreement(sample: string, delimiter: string): { agreeing: number; columns: number } {
  const rowsByWidth = new Map<number, number>();
  try {
    parse(sample, {
      ...common,
      delimiter,
      to: 50,
      on_record(record: string[]) {
        if (record.length > 1) {
          rowsByWidth.set(record.length, (rowsByWidth.get(record.length) ?? 0) + 1);
        }
        return null;
      },
    });
  } catch (error) {
    // The sample may end inside a cell; what came before it still counts.
    if (!(error instanceof CsvError)) throw error;
  }
  let best = { agreeing: 0, columns: 1 };
  for (const [columns, agreeing] of rowsByWidth) {
    if (agreeing > best.agreeing || (agreeing === best.agreeing && columns > best.columns)) {
      best = { agreeing, columns };
    }
  }
  return best;
}
