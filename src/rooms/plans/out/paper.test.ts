import fc from 'fast-check';
import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import { brokenParts, officeParts } from '#platform/documents/write/office-parts.test-help.ts';
import { arbitraryPicture } from './arbitrary-picture.test-help.ts';
import type { ExportInput } from './export-input.ts';
import { exampleInput, examplePicture } from './example-picture.test-help.ts';
import { exportPlan } from './index.ts';

async function paperOf(input: ExportInput = exampleInput()): Promise<Uint8Array> {
  return (await exportPlan('docx', input)).bytes;
}

/** As an independent reader of Word documents gives it. */
async function htmlOf(input?: ExportInput): Promise<string> {
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(await paperOf(input)) },
    { styleMap: ["p[style-name='Title'] => h1.title:fresh"] },
  );
  return value;
}

function headings(html: string): string[] {
  return [...html.matchAll(/<(h\d)[^>]*>(?:<a[^>]*><\/a>)*(.*?)<\/\1>/g)].map(
    ([, level, text]) => `${String(level)} ${String(text)}`,
  );
}

function textOf(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The words of each row of each table. */
function tables(html: string): string[][][] {
  return [...html.matchAll(/<table>.*?<\/table>/gs)].map(([table]) =>
    [...table.matchAll(/<tr>.*?<\/tr>/gs)].map(([row]) =>
      [...row.matchAll(/<t[dh]>(.*?)<\/t[dh]>/gs)].map(([, cell]) => textOf(cell ?? '')),
    ),
  );
}

describe('the paper of a plan', () => {
  it('has real headings: the title, sections, objectives', async () => {
    expect(headings(await htmlOf())).toEqual([
      'h1 Children’s services improvement plan',
      'h1 What the colours mean',
      'h1 Help and protection',
      'h2 1.1 Children who need help are seen in time',
      'h2 1.10 Records tell the child’s story',
      'h1 Care leavers',
      'h2 2.1 Care leavers know what they are entitled to',
      'h2 2.2 Care leavers have a home that suits them',
    ]);
  });

  it('skips no level of heading where a plan has no sections', async () => {
    const picture = examplePicture();
    const bare = picture.objectives.map((one) => ({ ...one, section: null }));
    const html = await htmlOf(exampleInput({ picture: { ...picture, objectives: bare } }));
    expect(headings(html).map((heading) => heading.slice(0, 2))).toEqual(Array(6).fill('h1'));
  });

  it('opens with whose it is, the position and the figures in a sentence', async () => {
    const text = textOf(await htmlOf());
    expect(text).toContain(
      'Saltmarsh Borough Council. 1 April 2025 to 31 March 2026. Owner: Director of Children’s Services. Overseen by: Improvement Board; Corporate Parenting Board',
    );
    expect(text).toContain(
      'Position as at 4 March 2026. 4 actions. 1 is complete, 2 in progress and 1 not started; 1 is overdue and 1 has had its date changed.',
    );
  });

  it('says what each colour means, and the sources with words and page', async () => {
    const html = await htmlOf();
    expect(tables(html)[0]).toEqual([
      ['Colour', 'What it means in this plan'],
      ['Red', 'Off track'],
      ['Yellow', 'Late, but it can be mended'],
      ['Green', 'On track'],
      ['Blue', 'Complete'],
    ]);
    expect(textOf(html)).toContain(
      'Source: “Visits are not always made in time” (Inspection of Saltmarsh, May 2025, page 12)',
    );
  });

  it('has a table for each objective that has actions, with dates in words', async () => {
    const [, visits = [], records = [], careLeavers = []] = tables(await htmlOf());
    expect(visits[0]).toEqual([
      'Ref',
      'Action',
      'Lead',
      'Due',
      'RAG',
      'Status',
      'Progress',
      'How we will know',
    ]);
    expect(visits[1]).toEqual([
      '1',
      'Agree the standard for visits: • within 5 working days • recorded within 2 High priority Source: “No shared standard” (Team audit, July 2025, pages 3-4)',
      'Service Manager, Help and Protection Early Help With Health, Education and Police',
      '20 February 2026 2nd date, 81 days later than first; the first was 1 December 2025 12 days overdue',
      'Yellow',
      'In progress',
      'The standard is written; teams are being briefed. 2 February 2026, Robin Marsh',
      '95 of 100 visits are in time For children: Children are seen when they need to be',
    ]);
    expect(visits[2]?.[3]).toBe('As soon as possible');
    expect(records[1]?.[3]).toBe('April to June 2026');
    expect(records[2]?.[5]).toBe('Withdrawn');
    expect(careLeavers).toHaveLength(2);
  });

  it('shows the selection, and says of how many', async () => {
    const input = exampleInput({ selection: 'Overdue' });
    const html = await htmlOf({ ...input, actions: input.picture.actions.slice(0, 1) });
    expect(textOf(html)).toContain('This paper shows 1 of 4 actions: Overdue.');
    expect(tables(html)).toHaveLength(2);
    expect(textOf(html)).not.toContain('Care leavers');
  });

  it('is A4 landscape in British English, with header rows that repeat and rows that do not split', async () => {
    const parts = officeParts(await paperOf());
    const body = parts.get('word/document.xml') ?? '';
    expect(body).toMatch(/<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"\/>/);
    expect(body.match(/<w:tblHeader\/>/g)).toHaveLength(4);
    const rows = body.match(/<w:tr>|<w:tr /g)?.length;
    expect(body.match(/<w:cantSplit\/>/g)).toHaveLength(rows ?? 0);
    expect(body).toMatch(/<w:shd [^>]*w:fill="FFC000"/);
    expect(parts.get('word/styles.xml')).toContain('<w:lang w:val="en-GB"');
    expect(parts.get('docProps/core.xml')).toContain(
      '<dc:title>Children’s services improvement plan</dc:title>',
    );
  });

  it('says on every page what it is, by whom, and which page of how many', async () => {
    const parts = officeParts(await paperOf());
    const wordsOf = (part: string) =>
      ([...parts].find(([name]) => name.startsWith(`word/${part}`))?.[1] ?? '').replace(
        /<[^>]+>/g,
        ' ',
      );
    expect(wordsOf('header')).toMatch(
      /Children’s services improvement plan\s+Internal\s+Position as at 4 March 2026/,
    );
    expect(wordsOf('footer')).toMatch(
      /Printed by Priya Shah on 5 July 2026 at 9\.05am\s+Page\s+PAGE\s+of\s+NUMPAGES/,
    );
  });

  it('whatever a plan holds, every part is well-formed and every action is there', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryPicture, async (picture) => {
        const input = exampleInput({ picture });
        expect(brokenParts(await paperOf(input))).toEqual([]);
        const rows = tables(await htmlOf(input)).slice(1);
        const actions = rows.reduce((sum, table) => sum + table.length - 1, 0);
        expect(actions).toBe(picture.actions.length);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });
});
