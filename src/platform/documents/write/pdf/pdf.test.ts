import fc from 'fast-check';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../paper-blocks.ts';
import { committeePaper, markup, paperOf } from '../example-paper.test-help.ts';
import { hostileText } from '../hostile-text.test-help.ts';
import { showable } from './fonts.ts';
import { typstIsInstalled, typstPdf } from './typst.ts';

/** What pdf.js calls an element of the structure: a role, and elements or pieces of the page. */
interface Piece {
  role?: string;
  id?: string;
  alt?: string;
  children?: Piece[];
}

interface Read {
  /** Each element of the structure as "H1 Summary", with what it holds below it. */
  elements: { role: string; text: string; alt: string }[];
  text: string;
  title: string;
  language: string;
  xmp: string;
  pages: string[];
}

/** The PDF as an independent reader gives it: through its tags, not through where it is printed. */
async function read(bytes: Uint8Array): Promise<Read> {
  const opened = getDocument({ data: Uint8Array.from(bytes), verbosity: 0, useSystemFonts: false });
  const pdf = await opened.promise;
  const elements: Read['elements'] = [];
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    const texts = new Map<string, string>();
    let within: string | undefined;
    let all = '';
    for (const item of items) {
      if ('str' in item) {
        all += item.str + (item.hasEOL ? '\n' : '');
        const before = within === undefined ? '' : (texts.get(within) ?? '');
        if (within !== undefined) texts.set(within, before + item.str + (item.hasEOL ? ' ' : ''));
      } else if (item.type.startsWith('begin')) within = 'id' in item ? item.id : undefined;
      else within = undefined;
    }
    pages.push(all);
    const textOf = (piece: Piece): string =>
      (piece.id === undefined ? '' : (texts.get(piece.id) ?? '')) +
      (piece.children ?? []).map(textOf).join('');
    const visit = (piece: Piece): void => {
      if (piece.role !== undefined) {
        elements.push({ role: piece.role, text: textOf(piece).trim(), alt: piece.alt ?? '' });
      }
      piece.children?.forEach(visit);
    };
    const tree = (await page.getStructTree()) as Piece | null;
    if (tree !== null) visit(tree);
  }
  const { info, metadata } = await pdf.getMetadata();
  const said = info as { Title?: string; Language?: string };
  const found = {
    elements,
    pages,
    text: pages.join('\n'),
    title: said.Title ?? '',
    language: said.Language ?? '',
    xmp: (metadata as { getRaw(): string } | null)?.getRaw() ?? '',
  };
  await opened.destroy();
  return found;
}

describe.runIf(typstIsInstalled())('a PDF paper', async () => {
  const bytes = typstPdf(committeePaper);
  const raw = Buffer.from(bytes).toString('latin1');
  const paper = await read(bytes);
  const texts = (role: string) =>
    paper.elements.filter((one) => one.role === role).map(({ text }) => text);

  it('says that it is PDF/UA, what it is called and in which language', () => {
    expect(raw).toMatch(/\/MarkInfo <<\s*\/Marked true/);
    expect(paper.xmp).toMatch(/pdfuaid:part[^1]{0,3}1/);
    expect(paper.title).toBe('Service improvement plan: progress');
    expect(paper.language).toBe('en-GB');
  });

  it('has a title, headings that skip no level, lists and tables in the order of the paper', () => {
    const outline = paper.elements.filter(({ role }) => /^(H\d|Table|Figure)$/.test(role));
    expect(outline.map(({ role, text }) => (/^H/.test(role) ? `${role} ${text}` : role))).toEqual([
      'Table',
      'H1 Summary',
      'H1 Recommendation',
      'H1 Main report',
      'H2 Background',
      'Table',
      'Figure',
      'Table',
      'Figure',
      'Table',
      'H1 Contact',
    ]);
    expect(raw).toContain('/S /Title');
    expect(texts('P')[0]).toBe('Service improvement plan: progress');
    expect(texts('Lbl')).toEqual(['•', '•', '1.', '(a)', '(b)', '2.', '3.']);
  });

  it('tells header cells from the others: of columns, and of rows', () => {
    const headers = texts('TH');
    for (const header of [
      'Committee',
      'Dated',
      'Report author',
      'Ref',
      'Action',
      'Colour',
      '1.1',
      '1.2',
    ]) {
      expect(headers).toContain(header);
    }
    const cells = texts('TD');
    expect(cells).toContain('Safeguarding Sub-Committee');
    expect(cells).toContain('Amber');
    expect(cells).not.toContain('Report author');
  });

  it('gives each chart words for who does not see it', () => {
    const alts = paper.elements.filter(({ role }) => role === 'Figure').map(({ alt }) => alt);
    expect(alts).toHaveLength(2);
    expect(alts[0]).toContain('108 complete, 20 in progress and 5 not started');
    expect(alts[1]).toContain('1 of 2 actions is due later');
  });

  it('takes no end of a line within a chart for a character that its fonts lack', () => {
    expect(showable('<svg>\n<text>−12 days</text>\r\n</svg>')).not.toContain('\uFFFD');
    expect(showable('\u{13000}')).toBe('\uFFFD');
  });

  it('prints words that look like markup as words', () => {
    expect(paper.text.replace(/\s+/g, ' ')).toContain(markup);
  });

  it('says on every page what it is, as at when, for whom, by whom, and which page of how many', () => {
    paper.pages.forEach((page, at) => {
      for (const words of [
        'Service improvement plan: progress',
        'Position as at 27 November 2014',
        'Draft 2. Public',
        'Printed by Robin Marsh on 20 November 2014 at 10.00am',
        `Page ${at + 1} of ${paper.pages.length}`,
      ]) {
        expect(page).toContain(words);
      }
    });
  });

  it('repeats the header row on every page of a long table, and loses no row nor the end of a long one', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => [`row ${at} of all`, 'One\nTwo\nThree']);
    const endless = `${'word '.repeat(3000)}the very end`;
    const long = await read(
      typstPdf(
        paperOf([
          {
            kind: 'table',
            columns: [
              { header: 'Reference', share: 1 },
              { header: 'Progress', share: 1 },
            ],
            rows: [...rows, ['last', endless]],
          },
        ]),
      ),
    );
    expect(long.pages.length).toBeGreaterThan(3);
    for (const page of long.pages) expect(page).toMatch(/Reference\s*Progress/);
    for (const [first = ''] of rows) expect(long.text).toContain(first);
    expect(long.text.replace(/\s+/g, ' ')).toContain('the very end');
  });

  it('gives any Latin text back as it was written', async () => {
    const latin = fc.string({
      unit: fc.constantFrom(
        ...Array.from('abzAZ09 #*_$`@<>&[]{}()=/\\~^"\'-+.,;:!?|%éŵ’–“”€£\u00a0\u0000\u0007\t'),
      ),
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(latin, { minLength: 30, maxLength: 30 }), async (said) => {
        const { text } = await read(
          typstPdf(
            paperOf(
              said.map((one, at): Block =>
                at % 3 === 0
                  ? { kind: 'numbered', text: `a${one}z` }
                  : {
                      kind: 'text',
                      text: [
                        { text: `a${one}`, strong: at % 2 === 0 },
                        { text: 'z', figure: true },
                      ],
                    },
              ),
            ),
          ),
        );
        // eslint-disable-next-line no-control-regex -- what no document may hold
        const visible = (words: string) => words.replace(/[\s\u0000-\u001f\u200b]+/g, '');
        const printed = visible(text);
        for (const one of said) expect(printed).toContain(visible(`a${one}z`));
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('is made of whatever people write, in any place of a paper, and says where a font fails', async () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 20, maxLength: 20 }), (said) => {
        const bytes = typstPdf(
          paperOf([
            { kind: 'title', text: said[0] ?? '' },
            { kind: 'cover', rows: [said.slice(0, 2).map((text) => ({ key: text, value: text }))] },
            ...said.flatMap((text): Block[] => [
              { kind: 'heading', level: 3, text },
              { kind: 'numbered', text, parts: [text] },
              { kind: 'bullets', items: [text] },
              { kind: 'text', text: [{ text, struck: true, figure: true, strong: true }] },
            ]),
            {
              kind: 'table',
              caption: said[3] ?? '',
              rowHeader: 0,
              columns: [
                { header: said[1] ?? '', share: 1 },
                { header: said[2] ?? '', share: 20 },
              ],
              rows: said.map((text) => [text, { text, fill: 'FFDF94' }]),
            },
          ]),
        );
        expect(bytes.length).toBeGreaterThan(1000);
      }),
      { numRuns: 5, endOnFailure: true },
    );
    const untitled = paperOf([]);
    typstPdf({ ...untitled, head: { ...untitled.head, title: '' } });
    const { text } = await read(typstPdf(paperOf([{ kind: 'text', text: 'before ཀ after' }])));
    expect(text).toContain('before \uFFFD after');
    expect(text.replace(/\s+/g, ' ')).toContain(
      'a character that the fonts of this PDF do not have',
    );
  });
});
