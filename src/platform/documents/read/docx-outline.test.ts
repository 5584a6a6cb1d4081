import { describe, expect, it } from 'vitest';
import type { DocumentOutline } from '../outline.ts';
import { readOutline } from './index.ts';
import { readOutlineBytes } from './read-bytes.ts';
import { isRefusal } from './refusals.ts';
import { cell, document, paragraph, plan, relationships, table, wordPart } from './test-files.ts';

const read = async (bytes: Uint8Array): Promise<DocumentOutline> => {
  const answer = await readOutlineBytes(bytes, 'assessment.docx');
  if (isRefusal(answer)) throw new Error(answer.refused);
  return answer;
};
const refusal = async (bytes: Uint8Array, name = 'assessment.docx') => {
  const answer = await readOutlineBytes(bytes, name);
  return isRefusal(answer) ? answer.refused : 'it was read';
};
const styled = (style: string) => `<w:pStyle w:val="${style}"/>`;

describe('the outline of a document', () => {
  it('has its paragraphs and tables in order, each with its place', async () => {
    const { blocks } = await read(
      document(
        paragraph('Before') +
          paragraph('') +
          table(cell('Post') + cell('Since'), cell('Director') + cell('May 2017')) +
          `<w:sdt><w:sdtContent>${paragraph('Behind')}</w:sdtContent></w:sdt>`,
      ),
    );
    expect(blocks).toEqual([
      { kind: 'paragraph', where: 'paragraph 1', text: 'Before', label: '', heading: null },
      {
        kind: 'table',
        where: 'table 1',
        rows: [
          ['Post', 'Since'],
          ['Director', 'May 2017'],
        ],
        links: [[], []],
      },
      { kind: 'paragraph', where: 'paragraph 2', text: 'Behind', label: '', heading: null },
    ]);
  });

  it('tells headings by their style, by what the style is based on, and by the paragraph itself', async () => {
    const styles = wordPart(
      'styles',
      '<w:style w:type="paragraph" w:styleId="Ueber2"><w:name w:val="heading 2"/></w:style>' +
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="House"/><w:basedOn w:val="Ueber2"/></w:style>' +
        '<w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>',
    );
    const { blocks } = await read(
      document(
        paragraph('One', styled('Ueber2')) +
          paragraph('Two', styled('Own')) +
          paragraph('Three', styled('Body')) +
          paragraph('Four', '<w:outlineLvl w:val="0"/>'),
        {
          'word/styles.xml': styles,
          'word/_rels/document.xml.rels': relationships([
            { id: 'rId2', type: 'styles', target: 'styles.xml' },
          ]),
        },
      ),
    );
    expect(blocks.map((block) => block.kind === 'paragraph' && block.heading)).toEqual([
      2,
      2,
      null,
      1,
    ]);
  });

  it('keeps the number that Word draws apart from the words', async () => {
    const numbering = wordPart(
      'numbering',
      '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    );
    const listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>';
    const { blocks } = await read(
      document(paragraph('First', listed) + paragraph('Second', listed), {
        'word/numbering.xml': numbering,
      }),
    );
    expect(blocks).toMatchObject([
      { text: 'First', label: '1.' },
      { text: 'Second', label: '2.' },
    ]);
  });

  it('gives each row of a table the addresses on the web that its words lead to, and no others', async () => {
    const linked = (id: string, text: string) =>
      `<w:p><w:hyperlink r:id="${id}">${paragraph(text).replace(/<\/?w:p>/g, '')}</w:hyperlink></w:p>`;
    const { blocks } = await read(
      document(
        table(
          cell('Plan') + cell(linked('rId8', 'See it')),
          cell('Other') + cell(linked('rId9', 'x')),
        ),
        {
          'word/_rels/document.xml.rels': relationships([
            {
              id: 'rId8',
              type: 'hyperlink',
              target: 'https://saltmarsh.example/plan',
              external: true,
            },
            { id: 'rId9', type: 'hyperlink', target: 'javascript:alert(1)', external: true },
          ]),
        },
      ),
    );
    expect(blocks[0]).toMatchObject({ links: [['https://saltmarsh.example/plan'], []] });
  });

  it('comes whole from the thread that reads it, however long it is', async () => {
    const bytes = document(
      Array.from({ length: 1_300 }, (_, n) => paragraph(`Line ${n}`)).join(''),
    );
    expect(await readOutline(bytes, 'a.docx')).toEqual(await readOutlineBytes(bytes, 'a.docx'));
    expect((await read(bytes)).blocks).toHaveLength(1_300);
    expect(await readOutline(bytes, 'a.pdf')).toMatchObject({
      refused: expect.stringContaining('PDF') as string,
    });
  });
});

describe('what is no document', () => {
  it('is refused as by the reader of tables', async () => {
    const good = document(paragraph('Words'));
    expect(await refusal(plan('<sheetData/>'), 'plan.xlsx')).toContain('not a Word document');
    expect(await refusal(good, 'assessment.pdf')).toContain('PDF');
    expect(await refusal(good.subarray(0, 200))).toContain('damaged');
    expect(
      await refusal(document(paragraph('x'), { 'word/vbaProject.bin': new Uint8Array([1]) })),
    ).toContain('macros');
    expect(
      await refusal(
        document(paragraph('x'), {
          'word/_rels/document.xml.rels': relationships([
            {
              id: 'rId1',
              type: 'image',
              target: 'https://elsewhere.example/a.png',
              external: true,
            },
          ]),
        }),
      ),
    ).toContain('takes a picture from another place');
    expect(
      await refusal(
        document('<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r></w:p>'),
      ),
    ).toContain('macros or other active content');
  });
});
