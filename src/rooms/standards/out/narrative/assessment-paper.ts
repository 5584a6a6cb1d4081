import { formatDate, type IsoDate } from '#kernel/dates.ts';
import {
  inLines,
  type Block,
  type CoverPair,
  type Paper,
  type TableBlock,
  type Words,
} from '#platform/documents/paper-blocks.ts';
import {
  numbered,
  sectionName,
  type Assessment,
  type RowKind,
  type Section,
} from '../../rules/narrative/assessment.ts';
import type { InspectionRow } from '../../actions/narrative/inspections.ts';
import { drawRow, type DrawnRow } from '../../rules/narrative/part-b.ts';
import type { Known } from '../../rules/narrative/tokens.ts';
import { proseBlocks, runsOf } from './prose.ts';

/** What is printed beside what the assessment says. */
export interface Printing {
  authority: string;
  by: string;
  at: Date;
  asAt: IsoDate;
  /** "Draft": a section is not signed off yet. Null where all are. */
  status: string | null;
}

/** The self-assessment in the shape of the paper: parts A, B and C. */
export function assessmentPaper(
  assessment: Assessment,
  inspections: readonly InspectionRow[],
  printing: Printing,
): Paper {
  const title = `${assessment.title} ${assessment.period}`;
  return {
    head: {
      title,
      author: printing.authority,
      asAt: printing.asAt,
      classification: 'Internal',
      ...(printing.status === null ? {} : { status: printing.status }),
      printed: { by: printing.by, at: printing.at },
      orientation: 'portrait',
    },
    blocks: assessmentBlocks(assessment, inspections, printing),
  };
}

/** What the document says, block by block. */
export function assessmentBlocks(
  assessment: Assessment,
  inspections: readonly InspectionRow[],
  { authority, asAt }: Pick<Printing, 'authority' | 'asAt'>,
): Block[] {
  const sections = numbered(assessment);
  const known: Known = { figures: assessment.figures, sections };
  const text = (kind: Section['kind']) =>
    assessment.sections.find((section) => section.kind === kind);
  const prose = (section: Section | undefined): Block[] =>
    section === undefined ? [] : proseBlocks(section.summary, known, section.written.at);
  const heading = (level: 1 | 2 | 3, words: string, newPage = false): Block => ({
    kind: 'heading',
    level,
    text: words,
    ...(newPage ? { newPage } : {}),
  });
  const [introduction, area, closing] = [text('introduction'), text('area'), text('closing')];
  const drawn = (kind: RowKind) =>
    assessment.rows.filter((row) => row.kind === kind).map((row) => drawRow(assessment, row));
  return [
    { kind: 'title', text: `${assessment.title} ${assessment.period}` },
    cover(assessment, authority),
    ...(assessment.figures.length === 0 ? [] : [{ kind: 'figures-note', asAt } as const]),
    ...titled(heading(1, introduction?.title ?? ''), prose(introduction)),
    heading(1, 'Part A: the context'),
    heading(2, 'Key people'),
    peopleTable(drawn('person')),
    heading(2, 'Key documents'),
    documentsTable(drawn('document')),
    ...titled(heading(2, area?.title ?? ''), prose(area)),
    heading(1, 'Part B: summary', true),
    heading(2, 'Outcomes that we are proud of'),
    referenceTable('Strength or outcome', drawn('proud'), known),
    heading(2, 'Reviews, evaluations and inspections'),
    inspectionTable(inspections),
    heading(2, 'Outcomes that we need to improve'),
    referenceTable('Area for improvement', drawn('improve'), known),
    heading(2, 'Risks for the future'),
    referenceTable('Risk', drawn('risk'), known),
    heading(2, 'Innovation, pilots and good practice'),
    innovationTable(drawn('innovation'), known),
    heading(1, 'Part C: current self-assessment', true),
    ...sections.flatMap((section) => sectionBlocks(section, known)),
    ...titled(heading(1, closing?.title ?? ''), prose(closing)),
  ];
}

/** A numbered section: its summary, strengths and areas for development. */
export function sectionBlocks(section: Section, known: Known): Block[] {
  const points = (kind: Section['points'][number]['kind'], title: string): Block[] => {
    const items = section.points
      .filter((point) => point.kind === kind)
      .map(({ words }) => runsOf(words, known, section.written.at));
    return items.length === 0
      ? []
      : [
          { kind: 'heading', level: 3, text: title },
          { kind: 'bullets', items },
        ];
  };
  return [
    { kind: 'heading', level: 2, text: sectionName(section) },
    ...titled(
      { kind: 'heading', level: 3, text: 'Summary' },
      proseBlocks(section.summary, known, section.written.at),
    ),
    ...points('strength', 'Strengths'),
    ...points('area for development', 'Areas for development'),
  ];
}

/** A heading with what stands below it; neither where there is nothing. */
function titled(heading: Block, blocks: readonly Block[]): Block[] {
  return blocks.length === 0 ? [] : [heading, ...blocks];
}

function cover({ contact, period }: Assessment, authority: string): Block {
  const rows: CoverPair[][] = [
    [
      { key: 'Local authority', value: authority },
      { key: 'Year', value: period },
    ],
    ...(contact === null ? [] : [[{ key: 'Contact', value: contact }]]),
  ];
  return { kind: 'cover', rows };
}

type Columns = TableBlock['columns'];

/** A table, or that nothing stands in it yet: an empty table says nothing. */
function table(columns: Columns, rows: TableBlock['rows'], empty: string): Block {
  return rows.length === 0
    ? { kind: 'text', text: empty, style: 'quiet' }
    : { kind: 'table', columns, rowHeader: 0, rows };
}

function peopleTable(rows: readonly DrawnRow[]): Block {
  return table(
    [
      { header: 'Post', share: 3 },
      { header: 'Name', share: 2 },
      { header: 'In this post since', share: 2 },
    ],
    rows.map(({ row }) => [row.label ?? '', row.words ?? 'Not given', row.dated ?? 'Not given']),
    'Nobody is named yet.',
  );
}

function documentsTable(rows: readonly DrawnRow[]): Block {
  return table(
    [
      { header: 'Document', share: 4 },
      { header: 'Date', share: 2 },
      { header: 'Where it is', share: 4 },
    ],
    rows.map(({ row }) => [
      row.label ?? '',
      row.dated ?? 'Not given',
      row.url ?? row.words ?? 'Not given',
    ]),
    'No document is named yet.',
  );
}

function referenceTable(header: string, rows: readonly DrawnRow[], known: Known): Block {
  return table(
    [
      { header, share: 6 },
      { header: 'More in section', share: 4 },
    ],
    rows.map((one) => [said(one, known), references(one)]),
    'None is chosen yet.',
  );
}

function innovationTable(rows: readonly DrawnRow[], known: Known): Block {
  return table(
    [
      { header: 'Title and description', share: 6 },
      { header: 'From and to', share: 2 },
      { header: 'More in section', share: 3 },
    ],
    rows.map((one) => [said(one, known), one.row.dated ?? 'Not given', references(one)]),
    'None is named yet.',
  );
}

function inspectionTable(rows: readonly InspectionRow[]): Block {
  return table(
    [
      { header: 'Title', share: 5 },
      { header: 'Date', share: 2 },
      { header: 'Outcome', share: 4 },
    ],
    rows.map(({ title, on, outcome }) => [title, formatDate(on), outcome]),
    'The register holds none of the last three years.',
  );
}

function said({ label, words, row }: DrawnRow, known: Known): Words {
  const runs = runsOf(words, known, row.written.at);
  return label === null ? runs : inLines([[{ text: label, strong: true }], runs]);
}

function references({ references: sections }: DrawnRow): Words {
  return sections.length === 0 ? 'None' : inLines(sections.map(sectionName));
}
