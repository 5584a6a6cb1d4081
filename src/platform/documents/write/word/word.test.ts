import fc from 'fast-check';
import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../paper-blocks.ts';
import { committeePaper, markup, paperOf } from '../example-paper.test-help.ts';
import { hostileText } from '../hostile-text.test-help.ts';
import { brokenParts, officeParts } from '../office-parts.test-help.ts';
import { composeDocx } from './compose.ts';

const bodyOf = async (blocks: readonly Block[]) =>
  officeParts(await composeDocx(paperOf(blocks))).get('word/document.xml') ?? '';

/** One paper with one of everything, read by mammoth and as the XML that it is. */
const bytes = await composeDocx(committeePaper);
const parts = officeParts(bytes);
const body = parts.get('word/document.xml') ?? '';
const { value: html } = await mammoth.convertToHtml(
  { buffer: Buffer.from(bytes) },
  { styleMap: ["p[style-name='Title'] => h1.title:fresh", 'u => em', 'strike => s'] },
);

describe('a Word paper', () => {
  it('has a real title, headings, lists and runs, and words that look like markup are words', () => {
    expect(html).toContain('<h1 class="title">Service improvement plan: progress</h1>');
    expect(html).toContain('<h1>Main report</h1><h2>Background</h2>');
    expect(html).toContain('<ul><li>note the report</li><li>agree the date</li></ul>');
    expect(html).toContain('<li>One part</li><li>Another part</li>');
    expect(html).toContain('Of <em>133</em> actions, <em>108</em> are complete.');
    expect(html).toContain('<s>1 March 2014</s> to <strong>1 January 2015</strong>.');
    expect(html).toContain('Figures marked <em>like this</em> are as at 27 November 2014.');
    expect(body).toContain('<w:u w:val="dotted"/>');
    expect(html).toContain(
      `<li>${markup.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')}`,
    );
  });

  it('numbers its paragraphs by one list of Word, which counts on after a table', () => {
    const top = [
      ...body.matchAll(/<w:ilvl w:val="0"\/><w:numId w:val="(\d+)"\/>.*?<w:t[^>]*>(.*?)<\/w:t>/gs),
    ];
    const listOf = (text: string) => top.find(([, , words]) => words?.startsWith(text))?.[1];
    expect(listOf('The plan is watched')).toBe(listOf('The number runs on'));
    expect(listOf('The plan is watched')).not.toBe(listOf('note the report'));
  });

  it('marks header rows, splits no row, and gives a fill only to a cell with a word', () => {
    const tables = [...body.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map(([table]) => table);
    expect(tables).toHaveLength(4);
    expect(tables.map((table) => table.match(/<w:tblHeader\/>/g)?.length ?? 0)).toEqual([
      0, 1, 1, 1,
    ]);
    expect(body.match(/<w:cantSplit\/>/g)).toHaveLength(body.match(/<w:tr[ >]/g)?.length ?? -1);
    expect(body).toContain('w:fill="FFDF94"');
    expect(body).not.toContain('w:fill="FF0000"');
    expect(html).toContain('<td colspan="2"><p><strong>Report author</strong></p></td>');
  });

  it('shows each chart as a drawing with words for who does not see it, and its table below', () => {
    expect([...parts.keys()].filter((name) => /media\/.*\.svg$/.test(name))).toHaveLength(2);
    expect([...parts.keys()].filter((name) => /media\/.*\.png$/.test(name))).toHaveLength(2);
    expect(body).toMatch(/<wp:docPr [^>]*descr="A bar for each round[^"]*108 complete/);
    expect(html).toContain('25 of 133 actions are open; 18 fewer than in June 2014');
  });

  it('has no empty paragraph for the sake of space', () => {
    const outside = body.replace(/<w:tbl>.*?<\/w:tbl>/gs, '').match(/<w:p>.*?<\/w:p>|<w:p\/>/gs);
    expect(outside?.length).toBeGreaterThan(20);
    expect(outside?.filter((one) => !/<w:t[ >]|<w:drawing>/.test(one))).toEqual([]);
  });

  it('says in its properties and on every page what it is, in British English', () => {
    const core = parts.get('docProps/core.xml') ?? '';
    expect(core).toContain('<dc:title>Service improvement plan: progress</dc:title>');
    expect(core).toContain('<dc:creator>Director of Children’s Services</dc:creator>');
    expect(parts.get('word/styles.xml')).toContain('<w:lang w:val="en-GB"');
    const words = (part: string) =>
      (parts.get(part) ?? '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(words('word/header1.xml')).toContain(
      'Service improvement plan: progress Draft 2. Public Position as at 27 November 2014',
    );
    expect(words('word/footer1.xml')).toContain(
      'Printed by Robin Marsh on 20 November 2014 at 10.00am Page PAGE of NUMPAGES',
    );
  });

  it('lays a line of a right-to-left script out from the right, and only that', async () => {
    const arabic = await bodyOf([{ kind: 'text', text: 'مرحبا' }]);
    expect(arabic).toContain('<w:bidi/>');
    expect(arabic).toContain('<w:rtl/>');
    expect(await bodyOf([{ kind: 'text', text: 'Hello, مرحبا' }])).not.toContain('<w:bidi/>');
  });

  it('keeps two tables that follow each other apart', async () => {
    const table: Block = { kind: 'table', columns: [{ header: 'Ref', share: 1 }], rows: [['1']] };
    expect(await bodyOf([table, table])).toMatch(/<\/w:tbl><w:p>.*?<\/w:p><w:tbl>/s);
  });

  it('gives every text back to an independent reader, and every part is well-formed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileText, { minLength: 1, maxLength: 8 }), async (texts) => {
        const said = texts.map((text) => `a${text}z`);
        const made = await composeDocx(
          paperOf([
            { kind: 'title', text: said[0] ?? '' },
            { kind: 'cover', rows: [said.slice(0, 2).map((text) => ({ key: text, value: text }))] },
            ...said.map((text): Block => ({ kind: 'numbered', text, parts: [text] })),
          ]),
        );
        expect(brokenParts(made)).toEqual([]);
        const { value } = await mammoth.extractRawText({ buffer: Buffer.from(made) });
        const visible = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
        for (const text of said) expect(visible(value)).toContain(visible(text.toWellFormed()));
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});
