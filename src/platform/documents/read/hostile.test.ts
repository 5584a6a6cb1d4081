import { randomBytes } from 'node:crypto';
import { strToU8 } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RawEntry, rawArchive, repeated } from './hostile-files.ts';
import { readBytes } from './read-bytes.ts';
import { isRefusal } from './refusals.ts';
import {
  archive,
  at,
  cell,
  document,
  documentParts,
  doubts,
  number,
  type Parts,
  paragraph,
  plan,
  readGrid,
  reason,
  relationships,
  rowsOf,
  run,
  table,
  texts,
  words,
  workbookParts,
} from './test-files.ts';

const refusal = async (bytes: Uint8Array, name = 'plan.xlsx') =>
  reason(await readBytes(bytes, name));

const goodParts = workbookParts({
  sheets: [{ name: 'Plan', xml: rowsOf(words('A1', 'Action')) }],
});
const good = archive(goodParts);
const goodDocument = document(table(cell('Action')));

const entriesOf = (parts: Parts): RawEntry[] =>
  Object.entries(parts).map(([name, content]) => ({
    name,
    content: typeof content === 'string' ? strToU8(content) : content,
  }));
const goodEntries = entriesOf(goodParts);
const withParts = (parts: Parts) => archive({ ...goodParts, ...parts });
const junk = (name: string): RawEntry => ({ name, content: strToU8('x') });

describe('what is no plan', () => {
  it('is refused, saying what to do', async () => {
    expect(await refusal(new Uint8Array())).toContain('empty');
    expect(await refusal(new Uint8Array(10 * 1024 * 1024 + 1))).toContain('larger than 10 MB');
    expect(await refusal(strToU8('words'))).toContain('damaged or incomplete');
  });

  it.each([
    ['plan.xls', 'save it as .xlsx'],
    ['plan.xlsm', 'macros'],
    ['plan.doc', 'save it as .docx'],
    ['plan.docm', 'macros'],
    ['plan.pdf', 'PDF'],
    ['plan.ods', 'OpenDocument'],
    ['plan.xlsx.exe', 'cannot be read'],
    ['plan', 'cannot be read'],
    ['.xlsx ', 'damaged'],
  ])('by its name: %s', async (name, expected) => {
    expect(await refusal(strToU8('words'), name)).toContain(expected);
  });

  it.each([
    ['plan.xlsx', '%PDF-1.7 …', 'it is a PDF'],
    ['plan.docx', '{\\rtf1 }', 'a rich text file'],
    ['plan.csv', 'PK\u0003\u0004', 'a workbook, a document or an archive'],
    ['plan.csv', '<html><table>', 'a web page'],
    ['plan.csv', 'a,b\n%PDF-1.7', 'a PDF'],
    ['plan.csv', 'a,b\u0000c', 'not text'],
  ])('by what stands in it: %s', async (name, content, expected) => {
    expect(await refusal(strToU8(content), name)).toContain(expected);
  });

  it('by its content, where a document is called a workbook', async () => {
    expect(await refusal(goodDocument, 'plan.xlsx')).toContain('Rename it to end in .docx');
    expect(await refusal(good, 'plan.docx')).toContain('Rename it to end in .xlsx');
  });

  it('is refused when it is protected, or in the format of long ago', async () => {
    const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    expect(await refusal(compound)).toContain('protected by a password or is in the old .xls');
    expect(await refusal(compound, 'plan.docx')).toContain('the old .doc format');
    const locked = Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]);
    expect(await refusal(locked)).toContain('a label that encrypts it');
  });

  it('is refused without words in a table', async () => {
    expect(await refusal(plan('<sheetData/>'))).toContain('nothing in the cells');
    expect(await refusal(plan(rowsOf(words('A1', '  '))))).toContain('nothing in the cells');
    expect(await refusal(document(paragraph('words')), 'plan.docx')).toContain('no table');
    expect(await refusal(document(table(cell(''))), 'plan.docx')).toContain('no table');
  });
});

describe('an archive that is not what it says', () => {
  it('is read when it is', async () => {
    expect(texts(readGrid(await readBytes(rawArchive(goodEntries), 'plan.xlsx')))).toEqual([
      ['Action'],
    ]);
  });

  it('is refused when it is cut short', async () => {
    for (const part of [0.1, 0.5, 0.9, 0.99]) {
      expect(await refusal(good.subarray(0, Math.floor(good.length * part)))).toContain('damaged');
    }
    expect(await refusal(good.subarray(0, good.length - 1))).toContain('damaged');
  });

  it.each<[string, RawEntry[]]>([
    ['a size that is too small', [{ ...junk('a.xml'), claims: { size: 0 } }]],
    ['a size that is too large', [{ ...junk('a.xml'), claims: { size: 4_000_000_000 } }]],
    ['a wrong sum', [{ ...junk('a.xml'), claims: { crc: 7 } }]],
    ['an unknown method', [{ ...junk('a.xml'), claims: { method: 12 } }]],
    ['broken content', [{ ...junk('a.xml'), packed: new Uint8Array([255, 255, 255]) }]],
    ['content without end', [{ ...junk('a.xml'), packed: new Uint8Array() }]],
  ])('is refused as damaged: %s', async (_, entries) => {
    expect(await refusal(rawArchive([...goodEntries, ...entries]))).toContain('damaged');
  });

  it.each<[string, RawEntry[]]>([
    ['two names for one', [junk('a.xml'), { ...junk('b.xml'), sameAs: 'a.xml' }]],
    ['one name twice', [junk('a.xml'), junk('a.xml')]],
    ['one name in capitals too', [junk('a.xml'), junk('A.XML')]],
    ['another name inside', [{ ...junk('a.xml'), claims: { localName: 'b.xml' } }]],
    ['something between', [{ ...junk('a.xml'), before: strToU8('%PDF-1.7 and more') }]],
    ['a way up', [junk('../../etc/passwd')]],
    ['a way up inside', [junk('xl/../../a.xml')]],
    ['a way from the root', [junk('/etc/passwd')]],
    ['a way up in Windows', [junk('..\\a.xml')]],
    ['a drive', [junk('C:/a.xml')]],
    ['a line break in a name', [junk('a\r\nb.xml')]],
    ['a name of 300 characters', [junk('a'.repeat(300))]],
  ])('is refused for what it hides: %s', async (_, entries) => {
    expect(await refusal(rawArchive([...goodEntries, ...entries]))).toContain('beside what Excel');
  });

  it('is refused when it is another file too', async () => {
    const pdf = strToU8('%PDF-1.7\n');
    expect(await refusal(Buffer.concat([pdf, good]))).toContain('a PDF');
    expect(await refusal(Buffer.concat([good, pdf]))).toContain('beside what Excel');
    expect(await refusal(Buffer.concat([strToU8('PK.. '), good]))).toMatch(/damaged|beside/);
  });

  it('is refused when an entry has a password', async () => {
    const locked = { ...junk('a.xml'), claims: { flags: 1 } };
    expect(await refusal(rawArchive([...goodEntries, locked]))).toContain('password');
  });

  it('is refused with too many entries', async () => {
    const many = (count: number) =>
      rawArchive([
        ...goodEntries,
        ...Array.from({ length: count - goodEntries.length }, (_, n) => junk(`a${n}.xml`)),
      ]);
    expect(isRefusal(await readBytes(many(512), 'plan.xlsx'))).toBe(false);
    expect(await refusal(many(513))).toContain('unpacks to far more');
  });
});

describe('a bomb', () => {
  const mebibyte = 1024 * 1024;
  const bomb = (name: string, block: Uint8Array, times: number, size = block.length * times) => {
    const { packed, crc } = repeated(block, times);
    return rawArchive([
      ...goodEntries,
      { name, content: new Uint8Array(), packed, claims: { crc, size } },
    ]);
  };
  const empty = new Uint8Array(mebibyte);
  // Compresses about fifty times, under the limit of the ratio.
  const dense = Buffer.concat(Array<Uint8Array>(4096).fill(randomBytes(256)));

  it('is refused by how much it inflates, wherever it lies', async () => {
    expect(await refusal(bomb('xl/media/image1.png', empty, 20))).toContain('unpacks to far more');
    expect(await refusal(bomb('xl/worksheets/sheet9.xml', dense, 101))).toContain(
      'unpacks to far more',
    );
  });

  it('is refused when it says it is small', async () => {
    expect(await refusal(bomb('a.xml', empty, 20, 100))).toContain('unpacks to far more');
  });

  it('is refused inside an archive inside the workbook, unopened', async () => {
    expect(await refusal(withParts({ 'xl/inner.zip': bomb('a.xml', empty, 1) }))).toContain(
      'another file embedded',
    );
  });

  it('is not what a small file with much that is alike is', async () => {
    const rows = Array.from({ length: 2000 }, (_, n) => words(`A${n + 1}`, 'Red'));
    expect(isRefusal(await readBytes(plan(rowsOf(...rows)), 'plan.xlsx'))).toBe(false);
  });
});

describe('hostile XML', () => {
  const declared = (doctype: string, xml: string | Uint8Array | undefined) =>
    `<?xml version="1.0"?>${doctype}${String(xml)}`;
  const outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>';
  const laughs =
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>';

  it.each(Object.keys(goodParts))('with a document type is refused: %s', async (part) => {
    for (const doctype of [outside, laughs, '<!doctype x>']) {
      const bytes = withParts({ [part]: declared(doctype, goodParts[part]) });
      expect(await refusal(bytes)).toContain('beside what Excel');
    }
  });

  it('with a document type is refused in a document, and behind another encoding', async () => {
    const parts = documentParts(table(cell('Action')));
    const main = declared(outside, parts['word/document.xml']);
    const inDocument = (content: string | Uint8Array) =>
      refusal(archive({ ...parts, 'word/document.xml': content }), 'plan.docx');
    expect(await inDocument(main)).toContain('beside what Word');
    expect(await inDocument(Buffer.from(`\ufeff${main}`, 'utf16le'))).toContain('beside what Word');
    expect(await inDocument(Buffer.from(main, 'utf16le'))).toContain('damaged');
    const utf7 = main.replace('version="1.0"', 'version="1.0" encoding="UTF-7"');
    expect(await inDocument(utf7)).toContain('damaged');
  });

  it('is not read as text when an entity is its own', async () => {
    const grid = readGrid(await readBytes(plan(rowsOf(words('A1', '&e;'))), 'plan.xlsx'));
    expect(texts(grid)).toEqual([['&e;']]);
  });

  it.each([
    ['tags that do not match', '<sheetData></row></sheetData>'],
    ['tags that are not closed', '<sheetData>'],
    ['a comment without end', '<!-- '],
    ['a tag without end', '<sheetData '],
    ['a reference to no cell', rowsOf(words('A0', 'x'))],
    ['a row below the first', '<sheetData><row r="-1"><c><v>1</v></c></row></sheetData>'],
  ])('is refused as damaged: %s', async (_, xml) => {
    expect(await refusal(plan(xml))).toContain('damaged');
  });

  it('that goes too deep is refused', async () => {
    const deep = '<x>'.repeat(100_000) + '</x>'.repeat(100_000);
    expect(await refusal(plan(deep))).toContain('more than Sightline can read');
    expect(await refusal(document(deep), 'plan.docx')).toContain('more than Sightline can read');
    const tables = (depth: number): string =>
      depth === 0 ? cell('x') : cell(table(tables(depth - 1)));
    expect(await refusal(document(table(tables(300))), 'plan.docx')).toContain('more than');
  });

  it('with too many elements is refused', async () => {
    expect(await refusal(document('<x/>'.repeat(600_001)), 'plan.docx')).toContain('more than');
  });

  it('cannot reach what all objects share', async () => {
    const odd = '<__proto__ constructor="1"><prototype/></__proto__>';
    const grid = readGrid(await readBytes(document(odd + table(cell('x'))), 'plan.docx'));
    expect(texts(grid)).toEqual([['x']]);
    expect(({} as Record<string, unknown>)['prototype']).toBeUndefined();
  });

  it('leaves no character that cannot be kept', async () => {
    const odd = 'a&#0;b&#xD800;c_xDC00_d_x0000_e&#x202e;&#1;&#x110000;';
    const grid = readGrid(await readBytes(plan(rowsOf(words('A1', odd))), 'plan.xlsx'));
    const text = at(grid, 'Plan!A1').text;
    expect(text.isWellFormed()).toBe(true);
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(text).not.toMatch(/[\u0000-\u001f]/);
    expect(text).toContain('ab');
  });
});

describe('active content', () => {
  it.each<[string, Parts]>([
    ['macros', { 'xl/vbaProject.bin': strToU8('x') }],
    ['macros of long ago', { 'xl/macrosheets/sheet1.xml': '<x/>' }],
    ['controls', { 'xl/activeX/activeX1.xml': '<x/>' }],
    [
      'the type of a workbook with macros',
      {
        '[Content_Types].xml': String(goodParts['[Content_Types].xml']).replace(
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
          'application/vnd.ms-excel.sheet.macroEnabled.main+xml',
        ),
      },
    ],
    [
      'a link that runs a program',
      {
        'xl/externalLinks/externalLink1.xml':
          '<externalLink><ddeLink ddeService="cmd"/></externalLink>',
      },
    ],
  ])('is refused: %s', async (_, parts) => {
    expect(await refusal(withParts(parts))).toContain('macros or other active content');
  });

  it('is refused in a document', async () => {
    const inDocument = (body: string, parts: Parts = {}) =>
      refusal(document(body, parts), 'plan.docx');
    const field = `<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r></w:p>`;
    expect(await inDocument(table(cell('x')), { 'word/vbaProject.bin': strToU8('x') })).toContain(
      'macros',
    );
    expect(await inDocument(field + table(cell('x')))).toContain('active content');
  });

  it.each<[string, Parts]>([
    ['an old object', { 'xl/embeddings/oleObject1.bin': Buffer.from('d0cf11e0a1b11ae1', 'hex') }],
    ['a program', { 'xl/media/image1.png': strToU8('MZ\u0000') }],
    [
      'an object by its relationship',
      {
        'xl/worksheets/_rels/sheet1.xml.rels': relationships([
          { id: 'rId1', type: 'oleObject', target: '../embeddings/x.dat' },
        ]),
      },
    ],
  ])('is refused when it is embedded: %s', async (_, parts) => {
    expect(await refusal(withParts(parts))).toContain('another file embedded');
  });

  it('is not what a chart with its figures is', async () => {
    const bytes = document(table(cell('x')), { 'word/embeddings/Sheet1.xlsx': good });
    expect(texts(readGrid(await readBytes(bytes, 'plan.docx')))).toEqual([['x']]);
  });
});

describe('content from another place', () => {
  const linked = (type: string, target: string) =>
    document(table(cell('x')), {
      'word/_rels/document.xml.rels': relationships([{ id: 'rId7', type, target, external: true }]),
    });

  it.each([
    ['attachedTemplate', 'https://saltmarsh.example/plan.dotm', 'its template'],
    ['attachedTemplate', '\\\\server\\share\\plan.dotx', 'its template'],
    ['attachedTemplate', 'file:///\\\\server\\share\\plan.dotx', 'its template'],
    ['attachedTemplate', 'file:///%5C%5Cserver\\plan.dotx', 'its template'],
    ['attachedTemplate', 'file://server/plan.dotx', 'its template'],
    ['image', 'file:///etc/passwd', 'a picture'],
    ['oleObject', 'file:///C:/x.xlsx', 'part of its content'],
    ['subDocument', 'https://saltmarsh.example/', 'part of its content'],
  ])('is refused: %s at %s', async (type, target, expected) => {
    expect(await refusal(linked(type, target), 'plan.docx')).toContain(
      `takes ${expected} from another place`,
    );
  });

  it.each([
    ['hyperlink', 'https://saltmarsh.example/'],
    ['attachedTemplate', 'file:///C:\\Users\\Officer\\Templates\\Report.dotx'],
    ['attachedTemplate', 'Normal.dotm'],
  ])('is left where it is when it is harmless: %s at %s', async (type, target) => {
    expect(isRefusal(await readBytes(linked(type, target), 'plan.docx'))).toBe(false);
  });
});

describe('a table that is too large', () => {
  it('is refused with the corner that it reaches', async () => {
    const wide = '<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>';
    expect(await refusal(plan(wide))).toContain('The sheet Plan is filled as far as XFD1');
    const long = '<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>';
    expect(await refusal(plan(long))).toContain('as far as A1048576');
    const corner = number('A1', 1) + '</row><row r="100000"><c r="GR100000"><v>1</v></c>';
    expect(await refusal(plan(rowsOf(corner)))).toContain('as far as GR100000');
  });

  it('is refused when all sheets together are', async () => {
    const sheets = Array.from({ length: 6 }, (_, n) => ({
      name: `Sheet ${n}`,
      xml: '<sheetData><row r="1000"><c r="CV1000"><v>1</v></c></row></sheetData>',
    }));
    expect(await refusal(archive(workbookParts({ sheets })))).toContain('The sheet Sheet 5');
  });

  it('is refused when its words are, repeated or merged', async () => {
    const long = 'word '.repeat(6_000);
    const shared = Array.from({ length: 1_000 }, (_, n) => `<c r="A${n + 1}" t="s"><v>0</v></c>`);
    const parts = workbookParts({
      sheets: [{ name: 'Plan', xml: rowsOf(...shared) }],
      sharedStrings: `<si><t>${long}</t></si>`,
    });
    expect(await refusal(archive(parts))).toContain('filled as far as');
    const merged =
      rowsOf(words('A1', long) + number('CV1', 1), '', number('A3', 1)) +
      '<mergeCells><mergeCell ref="A1:CV1048576"/></mergeCells>';
    const rows = merged.replace('A3', 'A1000').replace('r="3"', 'r="1000"');
    expect(await refusal(plan(rows))).toContain('filled as far as');
  });

  it('is refused when it is spun out of little', async () => {
    const columns = '<col min="1" max="16384" hidden="1"/>'.repeat(1_000);
    expect(await refusal(plan(`<cols>${columns}</cols>${rowsOf(words('A1', 'x'))}`))).toContain(
      'damaged',
    );
    const spans = table(cell('x', '<w:gridSpan w:val="999999999"/>'));
    expect(await refusal(document(spans), 'plan.docx')).toContain('more than');
    for (const areas of [
      ['A1:B2', 'A1:B2'],
      ['A1:B2', 'B2:C3'],
    ]) {
      const merges = areas.map((area) => `<mergeCell ref="${area}"/>`).join('');
      const filled = rowsOf(words('A1', 'x'), words('C2', 'x'));
      const overlapping = plan(`${filled}<mergeCells>${merges}</mergeCells>`);
      expect(await refusal(overlapping)).toContain('damaged');
    }
  });

  it('is refused as .csv', async () => {
    expect(await refusal(strToU8('a,'.repeat(5_000) + 'b'), 'plan.csv')).toContain('filled as far');
    expect(await refusal(strToU8('a\n'.repeat(200_001)), 'plan.csv')).toContain('filled as far');
    expect(await refusal(strToU8('a,b,c,d,e,f\n'.repeat(90_000)), 'plan.csv')).toContain('filled');
  });
});

describe('any bytes at all', () => {
  const answers = async (bytes: Uint8Array, name: string) => {
    const answer = await readBytes(bytes, name);
    if (isRefusal(answer)) expect(answer.refused).toMatch(/^[A-Z].*\.$/s);
    else expect(doubts(answer)).toBeDefined();
  };

  it('are read or refused, never a fault', async () => {
    const name = fc.constantFrom('plan.xlsx', 'plan.docx', 'plan.csv');
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), name, answers));
  });

  it('changed in a good file are read or refused, never a fault', async () => {
    const change = fc.record({ at: fc.nat(), to: fc.nat({ max: 255 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (isBook, list) => {
          const bytes = Uint8Array.from(isBook ? good : goodDocument);
          for (const { at: place, to } of list) bytes[place % bytes.length] = to;
          await answers(bytes, isBook ? 'plan.xlsx' : 'plan.docx');
        },
      ),
    );
  });

  it('of XML that is well formed and senseless are read or refused, never a fault', async () => {
    const names = [
      'c',
      'row',
      'v',
      'f',
      'is',
      't',
      'mergeCell',
      'mergeCells',
      'sheetData',
      'col',
      'cols',
    ];
    const wordNames = [
      'w:p',
      'w:r',
      'w:t',
      'w:tbl',
      'w:tr',
      'w:tc',
      'w:tcPr',
      'w:vMerge',
      'w:gridSpan',
      'w:sdt',
      'w:fldChar',
      'w:numPr',
      'w:pPr',
    ];
    const attributes = fc.constantFrom(
      '',
      ' r="B2"',
      ' r="2"',
      ' t="s"',
      ' s="9"',
      ' ref="A1:C3"',
      ' min="1" max="9"',
      ' w:val="3"',
      ' w:val="restart"',
      ' w:fldCharType="end"',
    );
    const soup = (list: string[]) =>
      fc.letrec<{ tree: string }>((tie) => ({
        tree: fc.oneof(
          { maxDepth: 6 },
          fc.constantFrom('7', 'words', ''),
          fc
            .tuple(fc.constantFrom(...list), attributes, fc.array(tie('tree'), { maxLength: 4 }))
            .map(([tag, written, inside]) => `<${tag}${written}>${inside.join('')}</${tag}>`),
        ),
      })).tree;
    await fc.assert(
      fc.asyncProperty(soup(names), soup(wordNames), async (sheet, body) => {
        await answers(plan(`<sheetData>${sheet}</sheetData>${sheet}`), 'plan.xlsx');
        await answers(document(body + table(cell(run('x') + body))), 'plan.docx');
      }),
    );
  });
});
