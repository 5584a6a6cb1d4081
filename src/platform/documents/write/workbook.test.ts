import fc from 'fast-check';
import readExcel from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { parseIsoDate, type IsoDate } from '#kernel/dates.ts';
import { hostileText, nastyBits } from './hostile-text.test-help.ts';
import { brokenParts, officeParts } from './office-parts.test-help.ts';
import { longestCellText, writeWorkbook, type WorkbookSheet } from './workbook.ts';
import { writableText } from './writable-text.ts';

const head = { title: 'Plan', author: 'Priya Shah', madeAt: new Date('2026-03-04T09:00:00Z') };

function sheet(rows: WorkbookSheet['rows'], changes: Partial<WorkbookSheet> = {}): WorkbookSheet {
  return {
    name: 'Actions',
    columns: [
      { header: 'Action', width: 20 },
      { header: 'Due', width: 12 },
    ],
    rows,
    printedColumns: 2,
    footer: 'Internal & <draft>',
    ...changes,
  };
}

async function values(bytes: Uint8Array) {
  // An independent reader. It gives the rows of every sheet.
  const sheets = await readExcel(Buffer.from(bytes), { trim: false });
  return sheets[0]?.data ?? [];
}

function day(text: string): IsoDate {
  const date = parseIsoDate(text);
  if (date === null) throw new Error(text);
  return date;
}

describe('a workbook', () => {
  it('holds real dates, numbers and texts', async () => {
    const bytes = await writeWorkbook(head, [
      sheet([
        ['Teach staff', { date: day('2026-06-30') }],
        [{ text: 'Amber', fill: 'FFC000' }, -5],
        ['1.10', '30/06/2026'],
        ['before Excel’s calendar', { date: day('1899-05-01') }],
      ]),
    ]);
    expect(await values(bytes)).toEqual([
      ['Action', 'Due'],
      ['Teach staff', new Date('2026-06-30T00:00:00Z')],
      ['Amber', -5],
      ['1.10', '30/06/2026'],
      ['before Excel’s calendar', '1899-05-01'],
    ]);
  });

  it('has one frozen header row, repeated on paper, A4 landscape, nothing merged or hidden', async () => {
    const xml = officeParts(await writeWorkbook(head, [sheet([['a', 'b']])]));
    const page = xml.get('xl/worksheets/sheet1.xml') ?? '';
    expect(page).toMatch(/<pane ySplit="1"[^>]*state="frozen"/);
    expect(page).toMatch(/<pageSetup paperSize="9" orientation="landscape"/);
    expect(page).toContain('fitToHeight="0"');
    expect(page).not.toMatch(/mergeCell|hidden/);
    expect(xml.get('xl/workbook.xml')).toContain('<definedName name="_xlnm.Print_Titles"');
    expect(page).toContain('Internal &amp;&amp; &lt;draft&gt;&amp;RPage &amp;P of &amp;N');
  });

  it('paints the fill that was asked for', async () => {
    const xml = officeParts(
      await writeWorkbook(head, [sheet([[{ text: 'Amber', fill: 'FFC000' }, null]])]),
    );
    expect(xml.get('xl/styles.xml')).toContain('<fgColor rgb="FFFFC000"/>');
  });

  it('has no formula and no error, whatever a text looks like', async () => {
    const bytes = await writeWorkbook(head, [sheet(nastyBits.map((text) => [text, text]))]);
    const page = officeParts(bytes).get('xl/worksheets/sheet1.xml') ?? '';
    expect(page).not.toMatch(/<f[ />]/);
    expect(page).not.toContain('t="e"');
  });

  it('says where it cut a text that Excel cannot hold', async () => {
    const bytes = await writeWorkbook(head, [sheet([['😀'.repeat(20_000), null]])]);
    const text = (await values(bytes))[1]?.[0];
    expect(text).toMatch(/…/);
    expect(String(text).length).toBeLessThanOrEqual(longestCellText);
    expect(String(text)).toMatch(/^(😀)+\uFFFD? … /u);
  });

  it('offers the usual words of a column, and none where Excel could not hold them', async () => {
    const columns = (choices: string[]) => [
      { header: 'RAG', width: 9, choices },
      { header: 'Other', width: 9 },
    ];
    const first = await writeWorkbook(head, [
      sheet([['Red', 'x']], { columns: columns(['Red', 'Blue']) }),
    ]);
    expect(officeParts(first).get('xl/worksheets/sheet1.xml')).toContain(
      '<formula1>"Red,Blue"</formula1>',
    );
    const second = await writeWorkbook(head, [
      sheet([['Red', 'x']], { columns: columns(['Red, dark']) }),
    ]);
    expect(officeParts(second).get('xl/worksheets/sheet1.xml')).not.toContain('dataValidation');
  });

  it('gives every text back to an independent reader, and every part is well-formed', async () => {
    const table = fc.array(fc.tuple(hostileText, hostileText), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const bytes = await writeWorkbook(head, [
          sheet([['first', 'row'], ...rows, ['last', 'row']]),
        ]);
        expect(brokenParts(bytes)).toEqual([]);
        const read = (await values(bytes)).slice(2, -1);
        expect(read.map((row) => row.map((cell) => cell ?? ''))).toEqual(
          rows.map((row) => row.map(writableText)),
        );
      }),
      { numRuns: 60 },
    );
  });
});
