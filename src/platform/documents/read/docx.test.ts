import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { describe, expect, it } from 'vitest';
import { readBytes } from './read-bytes.ts';
import {
  at,
  cell,
  document,
  doubts,
  paragraph,
  readGrid,
  relationships,
  run,
  table,
  texts,
  wordPart,
} from './test-files.ts';

const read = async (bytes: Uint8Array) => readGrid(await readBytes(bytes, 'plan.docx'));

describe('the tables of a document', () => {
  it('are named in order, with the place of each cell and the words above them', async () => {
    const grid = await read(
      document(
        paragraph('Saltmarsh plan', '<w:pStyle w:val="Heading1"/>') +
          paragraph('') +
          paragraph('Priority 1: visits') +
          table(cell('Action') + cell('Lead'), cell('Visit homes') + cell('Service manager')) +
          paragraph('Priority 2: training') +
          table(cell('Train staff')),
      ),
    );
    expect(grid.tables.map(({ name, before }) => [name, before])).toEqual([
      ['table 1', ['Saltmarsh plan', 'Priority 1: visits']],
      ['table 2', ['Priority 2: training']],
    ]);
    expect(at(grid, 'table 1 row 2 cell 2').text).toBe('Service manager');
    expect(texts(grid, 1)).toEqual([['Train staff']]);
    expect(grid.problems).toEqual([]);
  });

  it('carry at most five paragraphs from above, nearest last', async () => {
    const above = ['1', '2', '3', '4', '5', '6'].map((n) => paragraph(`Paragraph ${n}`)).join('');
    const grid = await read(document(above + table(cell('x'))));
    expect(grid.tables[0]?.before).toEqual([2, 3, 4, 5, 6].map((n) => `Paragraph ${n}`));
  });

  it('are found inside content controls, and keep their number when another is empty', async () => {
    const grid = await read(
      document(
        table(cell('')) + `<w:sdt><w:sdtContent>${table(cell('Plan'))}</w:sdtContent></w:sdt>`,
      ),
    );
    expect(grid.tables.map(({ name }) => name)).toEqual(['table 2']);
  });

  it('are found inside a frame, which is a table of one column', async () => {
    const inner = table(cell('Action') + cell('Lead'));
    const frame = table(cell('Report'), cell(paragraph('Priority 1') + inner));
    const grid = await read(document(frame));
    expect(texts(grid)).toEqual([['Action', 'Lead']]);
    expect(grid.tables[0]).toMatchObject({ name: 'table 1', before: ['Report', 'Priority 1'] });
  });

  it('inside a cell become lines of that cell', async () => {
    const inner = table(cell('By') + cell('Board'), cell('When') + cell('June'));
    const grid = await read(document(table(cell(paragraph('Overseen:') + inner) + cell('x'))));
    expect(texts(grid)).toEqual([['Overseen:\nBy | Board\nWhen | June', 'x']]);
    expect(grid.tables).toHaveLength(1);
  });
});

describe('merged cells of a document', () => {
  it('repeat across and down, and say where they began', async () => {
    const grid = await read(
      document(
        table(
          cell('Objective', '<w:gridSpan w:val="2"/>') + cell('RAG'),
          cell('1', '<w:vMerge w:val="restart"/><w:shd w:val="clear" w:fill="00B050"/>') +
            cell('First') +
            cell('G'),
          cell('hidden by the merge', '<w:vMerge/>') + cell('Second') + cell('A'),
          cell('2') + cell('Third') + cell('R'),
        ),
      ),
    );
    expect(texts(grid)).toEqual([
      ['Objective', 'Objective', 'RAG'],
      ['1', 'First', 'G'],
      ['1', 'Second', 'A'],
      ['2', 'Third', 'R'],
    ]);
    const rows = grid.tables[0]?.rows ?? [];
    expect(rows[0]?.map(({ where, mergedInto }) => [where, mergedInto])).toEqual([
      ['table 1 row 1 cell 1', null],
      ['table 1 row 1 cell 1', 'table 1 row 1 cell 1'],
      ['table 1 row 1 cell 2', null],
    ]);
    expect(rows[2]?.[0]).toMatchObject({
      where: 'table 1 row 3 cell 1',
      mergedInto: 'table 1 row 2 cell 1',
      fill: '00B050',
    });
  });

  it('leave every row as long as the widest', async () => {
    const grid = await read(
      document(
        table(
          cell('Section'),
          cell('1') + cell('2'),
          `<w:trPr><w:gridBefore w:val="1"/></w:trPr>${cell('x')}`,
        ),
      ),
    );
    expect(texts(grid)).toEqual([
      ['Section', ''],
      ['1', '2'],
      ['', 'x'],
    ]);
  });
});

describe('the words of a cell', () => {
  const numbering = wordPart(
    'numbering',
    `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
     <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:pStyle w:val="Part"/><w:lvlText w:val="(%3)"/></w:lvl></w:abstractNum>
     <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
     <w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`,
  );
  const styles = wordPart(
    'styles',
    `<w:style w:styleId="ListBullet"><w:basedOn w:val="Bulleted"/></w:style><w:style w:styleId="Bulleted"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="Part"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>`,
  );
  const parts = { 'word/numbering.xml': numbering, 'word/styles.xml': styles };
  const item = (text: string, list: number, level = 0) =>
    paragraph(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`);

  it('are lines, with the bullets that Word draws', async () => {
    const content =
      paragraph('We will:') +
      item('train staff', 1) +
      paragraph('visit homes', '<w:pStyle w:val="ListBullet"/>') +
      item('', 1) +
      paragraph('plain', '<w:pStyle w:val="ListBullet"/><w:numPr><w:numId w:val="0"/></w:numPr>') +
      '<w:p><w:r><w:t>by</w:t><w:br/><w:t>June</w:t></w:r></w:p>';
    const grid = await read(document(table(cell(content)), parts));
    expect(texts(grid)).toEqual([['We will:\n• train staff\n• visit homes\nplain\nby\nJune']]);
  });

  it('have the numbers that Word counts, which stand nowhere in the file', async () => {
    const grid = await read(
      document(
        item('Objective', 2) +
          table(
            cell(item('', 2, 1)) + cell('First action'),
            cell(item('', 2, 1)) + cell(paragraph('part', '<w:pStyle w:val="Part"/>')),
            cell(item('Next objective', 2)) + cell(item('deeper', 2, 1)),
            cell(item('Anew', 3)) + cell('x'),
          ),
        parts,
      ),
    );
    expect(grid.tables[0]?.before).toEqual(['1. Objective']);
    expect(texts(grid)).toEqual([
      ['1.1', 'First action'],
      ['1.2', '(a) part'],
      ['2. Next objective', '2.1 deeper'],
      ['1. Anew', 'x'],
    ]);
  });

  it('include links, fields and filled-in forms as they are seen', async () => {
    const content = `<w:p>${run('See ')}<w:hyperlink r:id="rId9">${run('the audit')}</w:hyperlink>${run(' of ')}<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('May')}<w:r><w:fldChar w:fldCharType="end"/></w:r><w:sdt><w:sdtContent>${run(' 2026')}</w:sdtContent></w:sdt><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${run('Click here')}</w:sdtContent></w:sdt></w:p>`;
    const grid = await read(
      document(table(cell(content)), {
        'word/_rels/document.xml.rels': relationships([
          { id: 'rId9', type: 'hyperlink', target: 'https://saltmarsh.example', external: true },
        ]),
      }),
    );
    expect(texts(grid)).toEqual([['See the audit of May 2026']]);
  });

  it('survive a field that is never ended', async () => {
    const content = `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>${run('PAGE')}</w:p>`;
    const grid = await read(
      document(
        content + table(cell('Action') + cell(content)) + paragraph('Next') + table(cell('x')),
      ),
    );
    expect(texts(grid)).toEqual([['Action']]);
    expect(grid.tables[1]?.before).toEqual(['Next']);
  });

  it('show ticks and pictographs', async () => {
    const content =
      '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r><w:r><mc:AlternateContent><mc:Choice Requires="w16se"/><mc:Fallback><w:t>🟢</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>';
    expect(texts(await read(document(table(cell(content)))))).toEqual([['✓🟢']]);
  });

  it('are without what is struck through', async () => {
    const content = `<w:p>${run('March 2020', '<w:strike/>')}${run(' June 2020', '<w:strike w:val="false"/>')}</w:p>`;
    const grid = await read(document(table(cell(content))));
    expect(at(grid, 'table 1 row 1 cell 1')).toMatchObject({
      text: 'June 2020',
      struck: 'March 2020',
    });
  });

  it('do not include text boxes and hidden text', async () => {
    const content = `<w:p>${run('seen')}${run('unseen', '<w:vanish/>')}<w:r><w:drawing><w:txbxContent>${paragraph('box')}</w:txbxContent></w:drawing></w:r></w:p>`;
    const grid = await read(document(table(cell(content))));
    expect(texts(grid)).toEqual([['seen']]);
    expect(doubts(grid)).toEqual(['document: The document has hidden text. It is not read.']);
  });
});

describe('tracked changes and comments', () => {
  it('are read as if accepted, and said once', async () => {
    const changed = `<w:p>${run('By ')}<w:del w:id="1"><w:r><w:delText>March</w:delText></w:r></w:del><w:ins w:id="2">${run('June')}</w:ins><w:r><w:commentReference w:id="0"/></w:r></w:p>`;
    const grid = await read(
      document(
        table(
          cell('Action'),
          `<w:trPr><w:del w:id="3"/></w:trPr>${cell('Dropped')}`,
          cell(changed),
        ),
      ),
    );
    expect(texts(grid)).toEqual([['Action'], ['By June']]);
    expect(at(grid, 'table 1 row 3 cell 1').text).toBe('By June');
    expect(doubts(grid)).toEqual([
      'document: The document has tracked changes. They are read as if accepted: 1 insertion read, 2 deletions left out.',
      'document: The document has comments. They are not read.',
    ]);
  });
});

describe('the colours of a document', () => {
  const fill = async (content: string, properties = '') =>
    at(await read(document(table(cell(content, properties) + cell('x')))), 'table 1 row 1 cell 1')
      .fill;
  const seen = paragraph('Green');

  it.each([
    ['the cell', seen, '<w:shd w:val="clear" w:color="auto" w:fill="92d050"/>', '92D050'],
    ['a solid pattern', seen, '<w:shd w:val="solid" w:color="FF0000" w:fill="auto"/>', 'FF0000'],
    ['a cell with no words', paragraph(''), '<w:shd w:val="clear" w:fill="FFC000"/>', 'FFC000'],
    ['automatic', seen, '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>', null],
    ['a pen', `<w:p>${run('Green', '<w:highlight w:val="green"/>')}</w:p>`, '', '00FF00'],
    [
      'the words',
      `<w:p>${run('Red', '<w:shd w:val="clear" w:fill="C00000"/>')}</w:p>`,
      '',
      'C00000',
    ],
    ['the paragraph', paragraph('Amber', '<w:shd w:val="clear" w:fill="FFBF00"/>'), '', 'FFBF00'],
    [
      'only some words',
      `<w:p>${run('Red', '<w:highlight w:val="red"/>')}${run(' text')}</w:p>`,
      '',
      null,
    ],
  ])('come from %s', async (_, content, properties, expected) => {
    expect(await fill(content, properties)).toBe(expected);
  });

  it('are read in a last column that has no words', async () => {
    const red = cell('', '<w:shd w:val="clear" w:fill="FF0000"/>');
    const grid = await read(document(table(cell('Action') + red, cell('Other') + cell(''))));
    expect(at(grid, 'table 1 row 1 cell 2').fill).toBe('FF0000');
  });
});

describe('a document from another program', () => {
  it('is read as it was written', async () => {
    const made = new Document({
      sections: [
        {
          children: [
            new Paragraph('Saltmarsh adult safeguarding plan'),
            new Table({
              rows: [
                new TableRow({
                  tableHeader: true,
                  children: [
                    new TableCell({ children: [new Paragraph('Action')] }),
                    new TableCell({ children: [new Paragraph('RAG')] }),
                  ],
                }),
                new TableRow({
                  children: [
                    new TableCell({
                      children: [new Paragraph({ children: [new TextRun('Review')] })],
                    }),
                    new TableCell({
                      shading: { fill: '00B050' },
                      children: [new Paragraph('Green')],
                    }),
                  ],
                }),
              ],
            }),
          ],
        },
      ],
    });
    const grid = await read(new Uint8Array(await Packer.toBuffer(made)));
    expect(grid.tables[0]?.before).toEqual(['Saltmarsh adult safeguarding plan']);
    expect(texts(grid)).toEqual([
      ['Action', 'RAG'],
      ['Review', 'Green'],
    ]);
    expect(at(grid, 'table 1 row 2 cell 2').fill).toBe('00B050');
  });
});
