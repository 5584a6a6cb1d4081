import { describe, expect, it } from 'vitest';
import type { IsoDate } from '#kernel/dates.ts';
import type { AssessmentId, FindingId, Id, SourceId } from '#kernel/ids.ts';
import type { Block } from '#platform/documents/paper-blocks.ts';
import type {
  Assessment,
  AssessmentItemId,
  Row,
  Section,
  SectionId,
} from '../../rules/narrative/assessment.ts';
import { assessmentBlocks } from './assessment-paper.ts';

const on = '2026-03-04' as IsoDate;
const written = { version: 1, by: null, at: new Date('2026-03-04T10:00:00Z'), on };
const section = (number: string, title: string, more: Partial<Section> = {}): Section => ({
  id: `section ${number}` as SectionId,
  kind: 'numbered',
  number,
  title,
  summary: '',
  looked: true,
  written,
  points: [],
  ...more,
});
const row = (kind: Row['kind'], more: Partial<Row>): Row => ({
  id: `row ${kind}` as AssessmentItemId,
  kind,
  position: 1,
  label: null,
  words: null,
  dated: null,
  url: null,
  findingId: null,
  sectionIds: [],
  looked: true,
  written,
  ...more,
});
const strength = 'strength 1' as FindingId;
const assessment: Assessment = {
  id: 'a' as AssessmentId,
  sourceId: 's' as SourceId,
  copiedFrom: null,
  title: 'Self-assessment',
  period: '2026/27',
  contact: 'Head of quality',
  written,
  sections: [
    section('', 'The local area', { kind: 'area', number: null, summary: 'It lies on a river.' }),
    section('2', 'Help', {
      summary: 'In work: {in-work}. See {section 10}.\n- visits\n- letters',
      points: [
        { findingId: strength, kind: 'strength', words: 'Few come back', version: 1, position: 1 },
      ],
    }),
    section('10', 'Care leavers'),
  ],
  rows: [
    row('person', { label: 'Director', dated: 'May 2024' }),
    row('proud', { findingId: strength, sectionIds: ['section 10' as SectionId] }),
  ],
  figures: [
    {
      id: 'f' as Id<'assessment figure'>,
      name: 'in-work',
      notes: [
        {
          version: 1,
          value: '71%',
          asAt: '2025-12-31' as IsoDate,
          origin: 'r',
          recordedAt: new Date('2026-03-01T10:00:00Z'),
        },
        {
          version: 2,
          value: '74%',
          asAt: '2026-02-28' as IsoDate,
          origin: 'r',
          recordedAt: new Date('2026-03-05T10:00:00Z'),
        },
      ],
    },
  ],
};
const blocks = assessmentBlocks(assessment, [], { authority: 'Saltmarsh', asAt: on });
const plain = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : Array.isArray(value)
      ? value.map(plain).join('')
      : typeof value === 'object' && value !== null && 'text' in value
        ? plain(value.text)
        : '';
const headings = blocks.flatMap((block) =>
  block.kind === 'heading' ? [`${block.level} ${block.text}`] : [],
);
const tableAfter = (title: string) => {
  const at = blocks.findIndex((block) => block.kind === 'heading' && block.text === title);
  const found = blocks[at + 1] as Extract<Block, { kind: 'table' }> | undefined;
  return found?.rows.map((cells) => cells.map(plain));
};

describe('the paper of a self-assessment', () => {
  it('has the parts of the form in their order, and no heading over nothing', () => {
    expect(headings).toEqual([
      '1 Part A: the context',
      '2 Key people',
      '2 Key documents',
      '2 The local area',
      '1 Part B: summary',
      '2 Outcomes that we are proud of',
      '2 Reviews, evaluations and inspections',
      '2 Outcomes that we need to improve',
      '2 Risks for the future',
      '2 Innovation, pilots and good practice',
      '1 Part C: current self-assessment',
      '2 2. Help',
      '3 Summary',
      '3 Strengths',
      '2 10. Care leavers',
    ]);
  });

  it('draws part B from part C, with its references', () => {
    expect(tableAfter('Outcomes that we are proud of')).toEqual([
      ['Few come back', '2. Help\n10. Care leavers'],
    ]);
    expect(tableAfter('Key people')).toEqual([['Director', 'Not given', 'May 2024']]);
  });

  it('shows a figure with its day, and the later one that was noted since', () => {
    const at = blocks.findIndex((block) => block.kind === 'heading' && block.text === 'Summary');
    const [text, list] = [blocks[at + 1], blocks[at + 2]];
    expect(text?.kind === 'text' && plain(text.text)).toBe(
      'In work: 71% (31 December 2025; 74% on 28 February 2026). See section 10. Care leavers.',
    );
    expect(list).toMatchObject({ kind: 'bullets' });
  });
});
