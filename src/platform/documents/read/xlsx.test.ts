import { writeXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { readBytes } from './read-bytes.ts';
import {
  at,
  doubts,
  number,
  plan,
  readGrid,
  relationships,
  rowsOf,
  solid,
  texts,
  words,
  workbook,
} from './test-files.ts';

const read = async (bytes: Uint8Array) => readGrid(await readBytes(bytes, 'plan.xlsx'));

describe('the words of a workbook', () => {
  it('are what a person sees, with the place of each cell', async () => {
    const grid = await read(
      plan(
        rowsOf(
          words('A1', 'Ref') + words('B1', 'Action'),
          number('A2', 5) + words('B2', ' Train staff&#10;• in homes &amp; schools '),
        ),
      ),
    );
    expect(grid.format).toBe('xlsx');
    expect(texts(grid)).toEqual([
      ['Ref', 'Action'],
      ['5', 'Train staff\n• in homes & schools'],
    ]);
    expect(at(grid, 'Plan!B2').text).toContain('Train');
    expect(grid.problems).toEqual([]);
  });

  it('come from shared strings with pieces in several fonts', async () => {
    const grid = await read(
      workbook({
        sheets: [{ name: 'Plan', xml: rowsOf('<c r="A1" t="s"><v>1</v></c>') }],
        sharedStrings:
          '<si><t>Other</t></si><si><r><t xml:space="preserve">Every child </t></r><r><rPr><b/></rPr><t>seen alone</t></r></si>',
      }),
    );
    expect(texts(grid)).toEqual([['Every child seen alone']]);
  });

  it('show numbers in their format', async () => {
    const grid = await read(
      plan(
        rowsOf(
          number('A1', 0.5, 1) +
            number('B1', 1.1, 2) +
            number('C1', 0.30000000000000004) +
            number('D1', 1250, 3) +
            '<c r="E1" t="b"><v>1</v></c>',
        ),
        {
          formats: ['0.00', '[$£-809]#,##0'],
          cells: [{ format: 9 }, { format: 164 }, { format: 165 }],
        },
      ),
    );
    expect(texts(grid)).toEqual([['50%', '1.10', '0.3', '£1,250', 'TRUE']]);
  });

  it('keep the value that a formula had when the workbook was saved, zero too', async () => {
    const grid = await read(
      plan(
        rowsOf(
          '<c r="A1"><f>SUM(B1:B2)</f><v>0</v></c><c r="B1" t="str"><f>"On "&amp;"track"</f><v>On track</v></c>',
        ),
      ),
    );
    expect(texts(grid)).toEqual([['0', 'On track']]);
    expect(grid.problems).toEqual([]);
  });

  it('say where a formula has no result or shows an error', async () => {
    const grid = await read(
      plan(rowsOf('<c r="A1"><f>B1</f></c><c r="B1" t="e"><v>#REF!</v></c>' + words('C1', 'End'))),
    );
    expect(grid.problems.map(({ where }) => where)).toEqual(['Plan!A1', 'Plan!B1']);
    expect(at(grid, 'Plan!B1').text).toBe('#REF!');
    expect(doubts(grid).join()).toContain('#REF!');
  });

  it('are without what is struck through, in the whole cell or a part', async () => {
    const grid = await read(
      plan(
        rowsOf(
          words('A1', 'Dropped', 1) +
            '<c r="B1" t="inlineStr"><is><r><rPr><strike/></rPr><t>March 2020</t></r><r><rPr><sz val="11"/></rPr><t xml:space="preserve"> June 2020</t></r></is></c>' +
            '<c r="C1" s="1" t="inlineStr"><is><r><t xml:space="preserve">Old lead </t></r><r><rPr><b/></rPr><t>New lead</t></r></is></c>',
        ),
        { fonts: ['<font><strike/></font>'], cells: [{ font: 1 }] },
      ),
    );
    expect(at(grid, 'Plan!A1')).toMatchObject({ text: '', struck: 'Dropped' });
    expect(at(grid, 'Plan!B1')).toMatchObject({ text: 'June 2020', struck: 'March 2020' });
    expect(at(grid, 'Plan!C1')).toMatchObject({ text: 'New lead', struck: 'Old lead' });
  });
});

describe('the dates of a workbook', () => {
  const styles = {
    formats: ['mmm-yy', '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 'dd/mm/yyyy;@'],
    cells: [{ format: 14 }, { format: 164 }, { format: 165 }, { format: 20 }, { format: 166 }],
  };

  it('are days where the format shows one, written in British order', async () => {
    const grid = await read(
      plan(
        rowsOf(
          number('A1', 44044, 1) +
            number('B1', 44166, 2) +
            number('C1', 44044, 3) +
            number('D1', 0.5, 4) +
            number('E1', 44044) +
            number('F1', 44044.75, 5) +
            number('G1', 0, 5),
        ),
        styles,
      ),
    );
    expect(grid.tables[0]?.rows[0]?.map(({ text, date }) => [text, date])).toEqual([
      ['01/08/2020', '2020-08-01'],
      ['Dec-20', '2020-12-01'],
      ['1 August 2020', '2020-08-01'],
      ['12:00', null],
      ['44044', null],
      ['01/08/2020', '2020-08-01'],
      [expect.any(String), null],
    ]);
  });

  it('count from 1904 where the workbook says so', async () => {
    const grid = await read(
      workbook({
        properties: '<workbookPr date1904="1"/>',
        sheets: [{ name: 'Plan', xml: rowsOf(number('A1', 42582, 1)) }],
        styles,
      }),
    );
    expect(at(grid, 'Plan!A1')).toMatchObject({ text: '01/08/2020', date: '2020-08-01' });
  });

  it('are not read from words that look like dates', async () => {
    const grid = await read(plan(rowsOf(words('A1', '01/08/2020'))));
    expect(at(grid, 'Plan!A1').date).toBeNull();
  });
});

describe('merged cells', () => {
  it('repeat their first cell over their area, and say so', async () => {
    const grid = await read(
      plan(
        rowsOf(
          words('A1', 'Objective 1', 1) + words('B1', 'Action 1'),
          words('B2', 'Action 2'),
          words('B3', 'Action 3'),
        ) + '<mergeCells><mergeCell ref="A1:A3"/></mergeCells>',
        { fills: [solid('rgb="FFFFC000"')], cells: [{ fill: 2 }] },
      ),
    );
    expect(at(grid, 'Plan!A1').mergedInto).toBeNull();
    expect(at(grid, 'Plan!A3')).toEqual({
      text: 'Objective 1',
      date: null,
      fill: 'FFC000',
      where: 'Plan!A3',
      mergedInto: 'Plan!A1',
      struck: null,
    });
  });

  it('of a whole sheet take no more room than what is filled', async () => {
    const grid = await read(
      plan(
        rowsOf(words('A1', 'Title'), words('A2', 'Action') + words('B2', 'Lead')) +
          '<mergeCells><mergeCell ref="A1:XFD1"/><mergeCell ref="A3:XFD1048576"/></mergeCells>',
      ),
    );
    expect(texts(grid)).toEqual([
      ['Title', 'Title'],
      ['Action', 'Lead'],
    ]);
  });
});

describe('the colours of a workbook', () => {
  it('are read beside the last words, and no further out', async () => {
    const coloured = (reference: string): string => `<c r="${reference}" s="1"/>`;
    const grid = await read(
      plan(
        rowsOf(
          words('A1', 'Action'),
          words('A2', 'First') + coloured('B2') + coloured('H2'),
          coloured('Z3'),
        ),
        { fills: [solid('rgb="FFFF0000"')], cells: [{ fill: 2 }] },
      ),
    );
    expect(texts(grid)).toEqual([
      ['Action', ''],
      ['First', ''],
    ]);
    expect(at(grid, 'Plan!B2').fill).toBe('FF0000');
  });

  // The colours that Excel itself shows for the theme of Office 2013 to 2022.
  it.each([
    ['plain', 'rgb="FF00B050"', '00B050'],
    ['plain in small letters without opacity', 'rgb="ffc000"', 'FFC000'],
    ['black, text 1', 'theme="1"', '000000'],
    ['gold, accent 4', 'theme="7"', 'FFC000'],
    ['the old red', 'indexed="10"', 'FF0000'],
    ['the old amber', 'indexed="52"', 'FF9900'],
    ['white, which nobody sees', 'rgb="FFFFFFFF"', null],
    ['the background of the screen', 'indexed="65"', null],
  ])('are six digits: %s', async (_, colour, expected) => {
    const grid = await read(
      plan(rowsOf(words('A1', 'x') + '<c r="B1" s="1"/>' + words('C1', 'x')), {
        fills: [solid(colour)],
        cells: [{ fill: 2 }],
      }),
    );
    expect(at(grid, 'Plan!B1').fill).toBe(expected);
  });

  // Excel counts in whole steps of its own, so a channel may be off by two.
  it.each([
    ['green, accent 6, lighter 60 %', 'theme="9" tint="0.59999389629810485"', 'C6E0B4'],
    ['orange, accent 2, lighter 40 %', 'theme="5" tint="0.39997558519241921"', 'F4B084'],
    ['blue, accent 1, darker 25 %', 'theme="4" tint="-0.249977111117893"', '305496'],
    ['white, background 1, darker 15 %', 'theme="0" tint="-0.14999847407452621"', 'D9D9D9'],
    ['grey, background 2, darker 10 %', 'theme="2" tint="-9.9978637043366805E-2"', 'D0CECE'],
  ])('of the theme are lightened and darkened: %s', async (_, colour, expected) => {
    const grid = await read(
      plan(rowsOf(words('A1', 'x', 1)), { fills: [solid(colour)], cells: [{ fill: 2 }] }),
    );
    const fill = at(grid, 'Plan!A1').fill ?? '';
    for (const channel of [0, 2, 4]) {
      const seen = Number.parseInt(fill.slice(channel, channel + 2), 16);
      const shown = Number.parseInt(expected.slice(channel, channel + 2), 16);
      expect(Math.abs(seen - shown)).toBeLessThanOrEqual(2);
    }
  });

  it('follow the theme and the palette of the workbook', async () => {
    const slots = ['dk1', 'lt1', 'dk2', 'lt2', 'accent1', 'accent2', 'accent3', 'accent4'];
    const others = ['accent5', 'accent6', 'hlink', 'folHlink'];
    const theme = `<a:theme xmlns:a="urn:a"><a:themeElements><a:clrScheme name="Own">${[
      ...slots,
      ...others,
    ]
      .map((slot, n) => `<a:${slot}><a:srgbClr val="1020${(n + 16).toString(16)}"/></a:${slot}>`)
      .join('')}</a:clrScheme></a:themeElements></a:theme>`;
    const grid = await read(
      workbook({
        sheets: [{ name: 'Plan', xml: rowsOf(words('A1', 'x', 1) + words('B1', 'x', 2)) }],
        theme,
        styles: {
          fills: [solid('theme="4"'), solid('indexed="2"')],
          cells: [{ fill: 2 }, { fill: 3 }],
          rest: '<colors><indexedColors><rgbColor rgb="00000000"/><rgbColor rgb="00111111"/><rgbColor rgb="00ABCDEF"/></indexedColors></colors>',
        },
      }),
    );
    expect(at(grid, 'Plan!A1').fill).toBe('102014');
    expect(at(grid, 'Plan!B1').fill).toBe('ABCDEF');
  });

  it('that a rule sets are said to be left out', async () => {
    const rule =
      '<conditionalFormatting sqref="A1"><cfRule type="containsText" dxfId="0" priority="1" operator="containsText" text="Red"><formula>1</formula></cfRule></conditionalFormatting>';
    const grid = await read(
      plan(rowsOf(words('A1', 'Red')) + rule, {
        rest: '<dxfs count="1"><dxf><fill><patternFill><bgColor rgb="FFFF0000"/></patternFill></fill></dxf></dxfs>',
      }),
    );
    expect(at(grid, 'Plan!A1').fill).toBeNull();
    expect(doubts(grid)).toEqual([expect.stringMatching(/^Plan: .*conditional formatting/)]);
  });
});

describe('what is out of sight in a workbook', () => {
  it('is read, and said', async () => {
    const grid = await read(
      workbook({
        sheets: [
          {
            name: 'Plan',
            xml: `<cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1">${words('A1', 'a')}${words('D1', 'd')}</row><row r="3" hidden="1">${words('A3', 'x')}</row><row r="4" hidden="1">${words('A4', 'y')}</row><row r="5">${words('A5', 'z')}</row></sheetData>`,
          },
          { name: 'Lists', state: 'hidden', xml: rowsOf(words('A1', 'Red')) },
          { name: 'Old', state: 'veryHidden', xml: rowsOf(words('A1', 'Green')) },
        ],
      }),
    );
    expect(grid.tables.map(({ name, hidden, hiddenRows }) => [name, hidden, hiddenRows])).toEqual([
      ['Plan', false, [2, 3]],
      ['Lists', true, []],
      ['Old', true, []],
    ]);
    expect(doubts(grid)).toEqual([
      'Plan!A3: Rows 3 to 4 are hidden or filtered out in the workbook, and read with the rest.',
      'Plan!B1: Columns B to C are hidden in the workbook, and read with the rest.',
      'Lists: The sheet Lists is hidden in the workbook.',
      'Old: The sheet Old is hidden in the workbook.',
    ]);
    expect(at(grid, 'Plan!A4').text).toBe('y');
  });

  it('such as comments is said once', async () => {
    const grid = await read(
      workbook({
        sheets: [{ name: 'Plan', xml: rowsOf(words('A1', 'a')) }],
        parts: { 'xl/comments1.xml': '<comments/>', 'xl/comments2.xml': '<comments/>' },
      }),
    );
    expect(doubts(grid)).toEqual([
      'workbook: The workbook has comments or notes. They are not read.',
    ]);
  });
});

describe('the shape of a workbook', () => {
  it('leaves out chart sheets and empty sheets', async () => {
    const grid = await read(
      workbook({
        sheets: [
          { name: 'Chart', kind: 'chartsheet', xml: '' },
          { name: 'Empty', xml: '<sheetData/>' },
          { name: 'Plan', xml: rowsOf(words('A1', 'a')) },
        ],
      }),
    );
    expect(grid.tables.map(({ name }) => name)).toEqual(['Plan']);
  });

  it('ends where the words end, whatever the sheet says of itself', async () => {
    const grid = await read(
      plan(
        `<dimension ref="A1:XFD1048576"/><sheetData><row r="1">${words('A1', 'a')}<c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576" s="0"/></row></sheetData>`,
      ),
    );
    expect(texts(grid)).toEqual([['a']]);
  });

  it('counts rows and cells that do not say where they are', async () => {
    const grid = await read(
      plan(
        '<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row r="3"><c><v>3</v></c></row></sheetData>',
      ),
    );
    expect(texts(grid)).toEqual([
      ['1', '2'],
      ['', ''],
      ['3', ''],
    ]);
    expect(at(grid, 'Plan!B1').text).toBe('2');
  });

  it('may have links, pictures and values from other workbooks, which are not fetched', async () => {
    const outside = [
      { id: 'rId1', type: 'hyperlink', target: 'https://saltmarsh.example/plan', external: true },
      { id: 'rId2', type: 'printerSettings', target: '../printerSettings/printerSettings1.bin' },
    ];
    const grid = await read(
      workbook({
        sheets: [
          {
            name: 'Plan',
            xml:
              rowsOf(words('A1', 'a') + '<c r="B1"><f>[1]Other!A1</f><v>7</v></c>') +
              '<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>',
          },
        ],
        parts: {
          'xl/worksheets/_rels/sheet1.xml.rels': relationships(outside),
          'xl/printerSettings/printerSettings1.bin': new Uint8Array([1, 0, 2, 0]),
          'xl/media/image1.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
          'xl/externalLinks/externalLink1.xml': '<externalLink><externalBook/></externalLink>',
          'xl/externalLinks/_rels/externalLink1.xml.rels': relationships([
            {
              id: 'rId1',
              type: 'externalLinkPath',
              target: 'file:///S:/other.xlsx',
              external: true,
            },
          ]),
        },
      }),
    );
    expect(texts(grid)).toEqual([['a', '7']]);
    expect(doubts(grid)).toEqual([expect.stringMatching(/^Plan!B1: .*another workbook/)]);
  });
});

describe('a workbook from another program', () => {
  it('is read as it was written', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'Saltmarsh plan',
          rows: [
            ['Ref', 'Action', 'Due'],
            ['1.10', 'Visit every home\nEach term', new Date('2026-03-31T00:00:00Z')],
          ],
        },
      ],
    });
    const grid = await read(bytes);
    expect(texts(grid)[1]?.slice(0, 2)).toEqual(['1.10', 'Visit every home\nEach term']);
    expect(at(grid, 'Saltmarsh plan!C2').date).toBe('2026-03-31');
  });
});
