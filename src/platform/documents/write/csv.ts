import { stringify } from 'csv-stringify/sync';
import { formulaSafe } from '#kernel/formula-safe.ts';
import { writableText } from './writable-text.ts';

/**
 * A .csv file that Excel and everything else opens: UTF-8 with a byte order mark, records ended
 * by CRLF, quotes where needed (RFC 4180). A text that a spreadsheet could run as a formula gets
 * an apostrophe in front; a number stays a number, the negative ones too.
 */
export function writeCsv(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Uint8Array {
  const text = stringify(
    [header, ...rows].map((row) =>
      row.map((cell) => (typeof cell === 'string' ? formulaSafe(writableText(cell)) : cell)),
    ),
    // Any kind of line end inside a cell is quoted, also the one that does not end records.
    { bom: true, record_delimiter: 'windows', quoted_match: [/[\r\n]/] },
  );
  return new TextEncoder().encode(text);
}
