import { formatDate } from '#kernel/dates.ts';
import type { Block, CoverPair, Paper, Run } from '#platform/documents/paper-blocks.ts';
import { boundFigures, readWords, type BoundFigure } from '../rules/bound-numbers.ts';
import type { ReportWords } from '../rules/content.ts';
import { classificationOf, type ReportHead } from '../rules/cover.ts';
import type { ReportFigures } from '../rules/figures.ts';
import { noneNamed } from '../rules/first-words.ts';
import { sections, type Depth, type Section, type SectionKey } from '../rules/sections.ts';
import { datesChart, statusChart } from './report-charts.ts';
import { everyAction, objectiveTable, tablesOf } from './report-tables.ts';

/** What is printed on every page beside what the report says. */
export interface Printing {
  /** "Draft 3"; null where the report is final. */
  status: string | null;
  by: string;
  at: Date;
}

/** The report as a committee paper, from which Word, PDF and HTML are made. */
export function reportPaper(words: ReportWords, figures: ReportFigures, printing: Printing): Paper {
  const { head, depth } = words;
  return {
    head: {
      title: head.title,
      author: head.cover.author,
      asAt: figures.asAt,
      classification: classificationOf(head),
      ...(printing.status === null ? {} : { status: printing.status }),
      printed: { by: printing.by, at: printing.at },
      orientation: depth === 'operational' ? 'landscape' : 'portrait',
    },
    blocks: reportBlocks(words, figures),
  };
}

/** What the report says, block by block, in the house style of committee papers. */
export function reportBlocks(words: ReportWords, figures: ReportFigures): Block[] {
  const { head, depth } = words;
  const bound = boundFigures(figures);
  const wordsOf = (key: SectionKey) =>
    words.sections.find((section) => section.key === key)?.words ?? '';
  const prose = (key: SectionKey): Block[] =>
    paragraphs(wordsOf(key)).map((text) => ({ kind: 'text', text: runsOf(text, bound) }));
  const numbered = (key: SectionKey): Block[] =>
    paragraphs(wordsOf(key)).map((text) => ({ kind: 'numbered', text: runsOf(text, bound) }));
  const heading = (key: SectionKey, level: 1 | 2): Block => ({
    kind: 'heading',
    level,
    text: titleOf(key),
  });
  return [
    { kind: 'title', text: head.title },
    cover(head),
    ...exemption(head),
    heading('summary', 1),
    ...prose('summary'),
    { kind: 'figures-note', asAt: figures.asAt },
    heading('recommendation', 1),
    ...prose('recommendation'),
    { kind: 'heading', level: 1, text: 'Main report' },
    heading('background', 2),
    ...numbered('background'),
    heading('position', 2),
    ...numbered('position'),
    ...(depth === 'members' ? [] : statusChart(figures, depth)),
    ...(depth === 'board' ? byObjective(figures) : []),
    heading('overdue', 2),
    ...numbered('overdue'),
    ...tablesOf('overdue', figures, depth),
    ...datesChart(figures, depth),
    heading('claimed', 2),
    ...numbered('claimed'),
    ...tablesOf('claimed', figures, depth),
    heading('children', 2),
    ...numbered('children'),
    ...tablesOf('children', figures, depth),
    heading('next', 2),
    ...numbered('next'),
    ...tablesOf('next', figures, depth),
    { kind: 'heading', level: 2, text: 'Corporate and strategic implications' },
    ...implications(wordsOf, bound),
    heading('conclusion', 2),
    ...numbered('conclusion'),
    // Members read the words first: two pages hold them, and the drawing closes them.
    ...(depth === 'members' ? statusChart(figures, depth) : []),
    ...appendixList(head, depth),
    { kind: 'contact', ...contactOf(head) },
    ...(depth === 'operational' ? appendix(figures) : []),
  ];
}

/** The title of a section as it stands in the paper. */
export function titleOf(key: SectionKey): string {
  return sections.find((section) => section.key === key)?.title ?? key;
}

const isImplication = (section: Section) => section.implication === true;

/** Each implication that was written of, in a paragraph; the others are named in one together. */
function implications(
  wordsOf: (key: SectionKey) => string,
  bound: readonly BoundFigure[],
): Block[] {
  const all = sections.filter(isImplication);
  const written = all.filter(({ key }) => wordsOf(key) !== noneNamed);
  const others = all
    .filter((section) => !written.includes(section))
    .map(({ title }) => title.replace(/ implications$/, '').toLowerCase());
  const named =
    others.length < 2
      ? others.join()
      : `${others.slice(0, -1).join(', ')} or ${others.at(-1) ?? ''}`;
  return [
    ...written.map((section): Block => ({
      kind: 'numbered',
      text: [
        { text: `${section.title}: `, strong: true },
        ...runsOf(paragraphs(wordsOf(section.key)).join(' '), bound),
      ],
    })),
    ...(others.length === 0
      ? []
      : [{ kind: 'numbered', text: `No ${named} implication has been named.` } as const]),
  ];
}

/** A new line begins a new paragraph; empty ones are none. */
function paragraphs(words: string): string[] {
  return words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The words with their figures in place, each marked as one. */
export function runsOf(words: string, bound: readonly BoundFigure[]): Run[] {
  return readWords(words, bound).map((piece) => {
    if (piece.kind === 'figure') return { text: piece.text, figure: true };
    return { text: piece.kind === 'text' ? piece.text : piece.token };
  });
}

function cover(head: ReportHead): Block {
  const { cover: said } = head;
  const finance = { yes: 'Yes', no: 'No', 'not needed': 'Not needed' }[said.agreedWithFinance];
  const rows: (CoverPair | null)[][] = [
    [
      { key: 'Committee', value: head.committee },
      {
        key: 'Date',
        value: head.meetingOn === null ? 'To be agreed' : formatDate(head.meetingOn),
      },
    ],
    [
      { key: 'Subject', value: head.title },
      { key: 'Public or non-public', value: classificationOf(head) },
    ],
    [
      {
        key: 'Which outcomes of the corporate plan does it serve?',
        value: said.outcomes ?? 'None was named',
      },
    ],
    [
      { key: 'Does it need extra spending?', value: said.extraSpending ? 'Yes' : 'No' },
      said.extraSpending ? { key: 'How much?', value: said.howMuch ?? 'Not known yet' } : null,
    ],
    said.extraSpending
      ? [
          { key: 'Source of funding', value: said.source ?? 'Not known yet' },
          { key: 'Agreed with the finance department?', value: finance },
        ]
      : [],
    [
      { key: 'Report of', value: said.reportOf },
      {
        key: 'For decision or for information',
        value: said.forDecision ? 'For decision' : 'For information',
      },
    ],
    [{ key: 'Report author', value: said.author }],
  ];
  return {
    kind: 'cover',
    rows: rows.map((row) => row.filter((pair) => pair !== null)).filter((row) => row.length > 0),
  };
}

/** Why it is exempt stands in the paper that is exempt (section 100A(4), Schedule 12A paragraph 10). */
function exemption(head: ReportHead): Block[] {
  if (head.isPublic || head.exemptionReason === null) return [];
  return [
    {
      kind: 'text',
      text: [
        { text: 'Not for publication, because: ', strong: true },
        { text: head.exemptionReason },
      ],
    },
  ];
}

function byObjective(figures: ReportFigures): Block[] {
  const one = figures.plans.length === 1;
  return figures.plans.map((plan) =>
    objectiveTable(plan, one ? 'By objective' : `By objective: ${plan.title}`),
  );
}

function appendixList(head: ReportHead, depth: Depth): Block[] {
  const items = [
    ...(depth === 'operational' ? ['Every action, by objective'] : []),
    ...paragraphs(head.cover.appendices ?? ''),
  ];
  if (items.length === 0) return [];
  return [
    { kind: 'heading', level: 1, text: 'Appendices' },
    { kind: 'bullets', items },
  ];
}

function appendix(figures: ReportFigures): Block[] {
  return figures.plans.flatMap((plan, index): Block[] => [
    {
      kind: 'heading',
      level: 1,
      text:
        figures.plans.length === 1
          ? 'Appendix: every action'
          : `Appendix ${index + 1}: every action of ${plan.title}`,
      newPage: true,
    },
    ...everyAction(plan),
  ]);
}

function contactOf({ cover: { contact } }: ReportHead) {
  const { name, role, department, telephone, email } = contact;
  return {
    name,
    ...(role === null ? {} : { role }),
    ...(department === null ? {} : { department }),
    ...(telephone === null ? {} : { telephone }),
    ...(email === null ? {} : { email }),
  };
}
