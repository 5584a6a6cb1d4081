import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutFormulaGuard } from '#kernel/formula-safe.ts';
import { writeCsv } from './csv.ts';
import { hostileText } from './hostile-text.test-help.ts';
import { writableText } from './writable-text.ts';

/** An independent reader, with the options of RFC 4180. */
function read(bytes: Uint8Array): string[][] {
  return parse(Buffer.from(bytes), {
    bom: true,
    record_delimiter: '\r\n',
    relax_column_count: false,
  });
}

describe('a .csv file', () => {
  it('is UTF-8 with a byte order mark, and its records end with CRLF', () => {
    const bytes = writeCsv(['Ref', 'Action'], [['1.10', 'Café']]);
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toBe(
      'Ref,Action\r\n1.10,Café\r\n',
    );
  });

  it('runs nothing in a spreadsheet, and keeps a negative number a number', () => {
    const rows = read(
      writeCsv(
        ['a', 'b', 'c'],
        [
          ['=HYPERLINK("http://x")', ' \t@SUM(A1)', -5],
          ["'", '-5', null],
        ],
      ),
    );
    expect(rows[1]).toEqual(['\'=HYPERLINK("http://x")', "' \t@SUM(A1)", '-5']);
    expect(rows[2]).toEqual(["'", '-5', '']);
  });

  it('gives every text back to an independent reader, the guard taken off', () => {
    const table = fc.array(fc.tuple(hostileText, hostileText), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, (rows) => {
        const read_ = read(writeCsv(['a', 'b'], rows)).slice(1);
        expect(read_.map((row) => row.map(withoutFormulaGuard))).toEqual(
          rows.map((row) => row.map(writableText)),
        );
      }),
    );
  });
});
