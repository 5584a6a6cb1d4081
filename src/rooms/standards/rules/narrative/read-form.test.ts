import { describe, expect, it } from 'vitest';
import type { DocumentOutline, OutlineBlock } from '#platform/documents/outline.ts';
import { readNarrativeForm } from './read-form.ts';

/** A document of these lines and tables: a line with a number before it is a heading of that level. */
function outline(...blocks: (string | [number, string] | string[][])[]): DocumentOutline {
  let [paragraphs, tables] = [0, 0];
  return {
    problems: [],
    blocks: blocks.map((block): OutlineBlock => {
      if (Array.isArray(block) && Array.isArray(block[0])) {
        tables += 1;
        const rows = block as string[][];
        return { kind: 'table', where: `table ${tables}`, rows, links: rows.map(() => []) };
      }
      paragraphs += 1;
      const where = `paragraph ${paragraphs}`;
      const [heading, text] =
        typeof block === 'string' ? [null, block] : (block as [number, string]);
      const label = /^(•|\(\w\)) /.exec(text)?.[1] ?? '';
      return {
        kind: 'paragraph',
        where,
        text: text.slice(label === '' ? 0 : label.length + 1),
        label,
        heading,
      };
    }),
  };
}

const missed = (draft: ReturnType<typeof readNarrativeForm>) =>
  draft.notUnderstood.map(({ where, why }) => `${where}: ${why}`);

describe('the narrative form', () => {
  it('gives the title, the year, whom to ask and the introduction', () => {
    const draft = readNarrativeForm(
      outline(
        'SALTMARSH CHILDREN’S SERVICES SELF-ASSESSMENT',
        '2025/26',
        'Local Authority: Saltmarsh',
        'Contact name: Head of Quality',
        'Telephone: 01632 960001',
        'INTRODUCTION',
        'We wrote this together.',
        'It is honest.',
      ),
    );
    expect(draft.title).toBe('Saltmarsh children’s services self-assessment');
    expect(draft.period).toBe('2025/26');
    expect(draft.contact).toBe('Head of Quality, 01632 960001');
    expect(draft.introduction).toBe('We wrote this together.\nIt is honest.');
  });

  it('gives the tables of part A, with a link where the words have one', () => {
    const form = outline(
      'PART A: CONTEXT',
      '1. Key Personnel',
      [
        ['Job Title', 'Name', 'Start date in current role'],
        ['Director', 'Mallow Thistle', 'May 2024'],
        ['Chair of the partnership', '', ''],
      ],
      '2. Key Documents',
      [
        ['Key documents of the council', '', ''],
        ['Document', 'Date', 'Link to website'],
        ['Children’s plan', '2024 to 2027', 'See https://saltmarsh.example/plan.'],
        ['Strategy', '2023', 'In the library'],
      ],
      '3. About the local area and its services',
      'Saltmarsh lies on a river.',
      '• 1,200 children',
    );
    const draft = readNarrativeForm(form);
    expect(draft.people).toEqual([
      { post: 'Director', name: 'Mallow Thistle', since: 'May 2024' },
      { post: 'Chair of the partnership', name: null, since: null },
    ]);
    expect(draft.documents).toEqual([
      {
        title: 'Children’s plan',
        dated: '2024 to 2027',
        url: 'https://saltmarsh.example/plan',
        words: null,
      },
      { title: 'Strategy', dated: '2023', url: null, words: 'In the library' },
    ]);
    expect(draft.area).toBe('Saltmarsh lies on a river.\n• 1,200 children');
    expect(missed(draft)).toEqual([]);
  });

  it('gives the tables of part B, with the numbers of the sections that they refer to', () => {
    const draft = readNarrativeForm(
      outline(
        'PART B: SUMMARY',
        '1.1 Top three outcomes we are proud of',
        [
          ['Strength or outcome', 'Reference to further information'],
          ['Families are met early', '8. Early Help\n10. Referral: 2 of 3'],
        ],
        '1.2 Summary of inspections',
        [
          ['Title', 'Date', 'Outcome'],
          ['Inspection of the service', 'May 2025', 'Good'],
        ],
        '2.1 Top three outcomes we need to improve',
        [
          ['Strength or outcome', 'Reference'],
          ['Measuring\nWe count too little', '1 and 19'],
        ],
        '2.2 Top three risks',
        [
          ['Risk', 'Reference to further information'],
          ['Capacity\nWe may have too few people', 'See section 4'],
        ],
        '3. Innovation and good practice',
        [
          ['Title and description', 'Start and completion date'],
          ['A pilot\nWith schools', 'May 2025 to July 2025'],
        ],
      ),
    );
    expect(draft.proud).toEqual([
      { label: null, words: 'Families are met early', dated: null, sections: ['8', '10'] },
    ]);
    expect(draft.improve).toEqual([
      { label: 'Measuring', words: 'We count too little', dated: null, sections: ['1', '19'] },
    ]);
    expect(draft.risks[0]?.sections).toEqual(['4']);
    expect(draft.innovations[0]?.dated).toBe('May 2025 to July 2025');
    expect(draft.inspections).toEqual([
      { title: 'Inspection of the service', dated: 'May 2025', outcome: 'Good' },
    ]);
  });

  it('gives the sections of part C with their points, and parts of a point with it', () => {
    const draft = readNarrativeForm(
      outline(
        'PART C: CURRENT SELF-ASSESSMENT',
        [2, '1. Leadership'],
        '[Hover here for guidance]',
        'Summary',
        'Leaders are seen.',
        '• They visit',
        'Strengths',
        '1. Leaders listen:',
        '• to staff',
        '• to families',
        '2. Leaders act',
        'Areas for Development',
        '1. Write it down',
        '10. CARE LEAVERS (Over 18)',
        'Strengths and outcomes',
        '• Bullets alone',
        '• Are points',
        'Areas for development – how we will improve',
        '1. Ask them more often',
        'FINAL WORDS',
        'That is all.',
      ),
    );
    expect(draft.sections).toEqual([
      {
        number: '1',
        title: 'Leadership',
        summary: 'Leaders are seen.\n• They visit',
        points: [
          { kind: 'strength', words: 'Leaders listen:\n• to staff\n• to families' },
          { kind: 'strength', words: 'Leaders act' },
          { kind: 'area for development', words: 'Write it down' },
        ],
      },
      {
        number: '10',
        title: 'Care leavers (Over 18)',
        summary: '',
        points: [
          { kind: 'strength', words: 'Bullets alone' },
          { kind: 'strength', words: 'Are points' },
          { kind: 'area for development', words: 'Ask them more often' },
        ],
      },
    ]);
    expect(draft.closing).toBe('That is all.');
    expect(missed(draft)).toEqual([]);
  });

  it('takes parts of a section, each with lists of its own', () => {
    const draft = readNarrativeForm(
      outline(
        'PART C',
        '17. RISKS AT HOME',
        'Violence at home',
        'It is known.',
        'Strengths',
        '1. Police tell us',
        'Alcohol',
        'It is less known.',
        'Strengths',
        '1. A worker is there',
      ),
    );
    const [section] = draft.sections;
    expect(section?.summary).toBe('Violence at home\nIt is known.\nAlcohol\nIt is less known.');
    expect(section?.points.map(({ words }) => words)).toEqual([
      'Police tell us',
      'A worker is there',
    ]);
  });
});

describe('what is not understood', () => {
  it('is listed with where it stands, and never lost in silence', () => {
    const draft = readNarrativeForm(
      outline(
        'PART A',
        '1. Key people',
        'Please name everybody who leads a service, with the day on which they began.',
        [
          ['Job title', 'Name'],
          ['', 'Somebody'],
        ],
        [
          ['School', 'Pupils'],
          ['One', '12'],
        ],
        'PART C',
        'Guidance that stands before the first section.',
        '1. HELP',
        'Areas for development',
        'Audits said so.',
        '1. Visit more',
        'often, and write it down.',
        '1. A note below the list',
        '1. HELP AGAIN',
      ),
    );
    expect(missed(draft)).toEqual([
      'paragraph 3: Words outside the tables of parts A and B; the form has no place for them',
      'table 1 row 2: A person without a post',
      'table 2: A table of no kind that the form has; copy what is wanted of it by hand',
      'paragraph 5: Words before the first section of part C',
      'paragraph 8: Words before the first point of a list, added to the summary of section 1',
      'paragraph 10: Taken as the end of the point before it, in section 1',
      'paragraph 11: A list that begins anew in section 1: taken as further points, and it may be notes',
      'section 1: Two sections have this number',
    ]);
    expect(draft.sections[0]?.summary).toBe('Audits said so.');
    expect(draft.sections[0]?.points[0]?.words).toBe('Visit more\noften, and write it down.');
  });

  it('is what was cut, because it is longer than can be kept', () => {
    const draft = readNarrativeForm(
      outline('PART C', '1. HELP', 'Strengths', `1. ${'x'.repeat(8_000)}end`),
    );
    expect(draft.sections[0]?.points[0]?.words).toHaveLength(8_000);
    expect(draft.notUnderstood).toMatchObject([{ where: 'section 1', text: 'end' }]);
  });

  it('names a row whose reference has no number', () => {
    const draft = readNarrativeForm(
      outline('PART B', [
        ['Risk', 'Reference to further information'],
        ['Too few people', 'See elsewhere'],
      ]),
    );
    expect(missed(draft)).toEqual(['table 1 row 2: A reference that names no number of a section']);
  });
});
