import fc from 'fast-check';
import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import { hostileText } from './hostile-text.test-help.ts';
import { brokenParts, officeParts } from './office-parts.test-help.ts';
import { writePaper, type PaperBlock } from './paper.ts';

const head = { title: 'A paper', subtitle: 'Saltmarsh', author: 'Priya Shah', footer: 'Internal' };

async function bodyOf(blocks: readonly PaperBlock[]): Promise<string> {
  return officeParts(await writePaper(head, blocks)).get('word/document.xml') ?? '';
}

describe('a Word paper', () => {
  it('lays a line of a right-to-left script out from the right, and only that', async () => {
    const arabic = await bodyOf([{ kind: 'text', text: 'مرحبا' }]);
    expect(arabic).toContain('<w:bidi/>');
    expect(arabic).toContain('<w:rtl/>');
    expect(await bodyOf([{ kind: 'text', text: 'Hello, مرحبا' }])).not.toContain('<w:bidi/>');
  });

  it('keeps two tables that follow each other apart', async () => {
    const table: PaperBlock = {
      kind: 'table',
      columns: [{ header: 'Ref', share: 1 }],
      rows: [[{ lines: [{ text: '1' }] }]],
    };
    expect(await bodyOf([table, table])).toMatch(/<\/w:tbl><w:p>.*?<\/w:p><w:tbl>/s);
  });

  it('gives every text back to an independent reader, and every part is well-formed', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (first, second) => {
        const said = [first, second].map((text) => `a${text}z`);
        const bytes = await writePaper(
          { ...head, title: said[0] ?? '', subtitle: said[1] ?? '' },
          said.map((text) => ({ kind: 'heading', level: 1, text })),
        );
        expect(brokenParts(bytes)).toEqual([]);
        const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
        const visible = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
        for (const text of said) expect(visible(value)).toContain(visible(text.toWellFormed()));
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});
