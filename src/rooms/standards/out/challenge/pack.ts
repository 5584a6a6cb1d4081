import { formatDate } from '#kernel/dates.ts';
import type { Block, Paper, TableBlock } from '#platform/documents/paper-blocks.ts';
import { writePackCode } from '../../rules/challenge/pack-code.ts';
import { kindNames, packHeaders, type PackColumn } from '../../rules/challenge/pack-columns.ts';
import type { Challenge } from '../../rules/challenge/picture.ts';
import type { ReadSection, SharedCriterion } from '../../rules/challenge/shared.ts';
import { judgementLines } from '../../rules/challenge/words.ts';

export interface PackInput {
  challenge: Pick<
    Challenge,
    'id' | 'title' | 'reviewers' | 'asked' | 'opensOn' | 'closesOn' | 'positionOn'
  >;
  authorityName: string;
  /** Exactly what is shared, in order. */
  sections: readonly ReadSection[];
  madeBy: string;
  madeAt: Date;
}

/** How many empty rows of each kind stand in the form of a section; more can be added. */
const rowsOfAKind = 3;

/**
 * What was shared with the reviewers as a Word document, with a form after each section that they
 * fill in without an account. It is read back by `readPack`.
 */
export function challengePack(input: PackInput): Paper {
  const { challenge, authorityName, sections } = input;
  return {
    head: {
      title: challenge.title,
      author: authorityName,
      asAt: challenge.positionOn,
      classification: `Shared in confidence with ${challenge.reviewers}`,
      printed: { by: input.madeBy, at: input.madeAt },
      orientation: 'landscape',
    },
    blocks: [
      { kind: 'title', text: challenge.title },
      {
        kind: 'cover',
        rows: [
          [
            { key: 'Authority', value: authorityName },
            { key: 'Reviewers', value: challenge.reviewers },
          ],
          [
            {
              key: 'Open',
              value: `${formatDate(challenge.opensOn)} to ${formatDate(challenge.closesOn)}`,
            },
            { key: 'Position as at', value: formatDate(challenge.positionOn) },
          ],
        ],
      },
      ...(challenge.asked === null
        ? []
        : [
            { kind: 'heading', level: 1, text: 'What we ask of you' } as const,
            { kind: 'text', text: challenge.asked } as const,
          ]),
      { kind: 'heading', level: 1, text: 'How to use this document' },
      {
        kind: 'bullets',
        items: [
          'After each section stands a form. Write what you say into its empty boxes, and leave empty what you do not need.',
          `Leave the column “${packHeaders.code}” as it is: by it we know what a row is about.`,
          `Need more rows? Add one to the table, leave its “${packHeaders.code}” empty and write Strength, Question or Challenge into “${packHeaders.kind}”.`,
          'Your words are kept as you write them, and each strength, question and challenge is answered. Do not name a child.',
          'Save the document as .docx and send it back to whoever sent it to you.',
        ],
      },
      ...sections.flatMap((section) => sectionBlocks(challenge.id, section)),
    ],
  };
}

function sectionBlocks(challengeId: Challenge['id'], section: ReadSection): Block[] {
  return [
    { kind: 'heading', level: 1, text: section.title, newPage: true },
    { kind: 'text', text: section.within, style: 'quiet' },
    ...(section.text === '' ? [] : [{ kind: 'text', text: section.text } as const]),
    ...points(section),
    ...section.criteria.flatMap((criterion) => criterionBlocks(section, criterion)),
    { kind: 'heading', level: 2, text: `Your form: ${section.title}` },
    ...(section.criteria.length === 0 ? [] : verdictForm(challengeId, section)),
    saidForm(challengeId, section),
  ];
}

function points({ points: all }: ReadSection): Block[] {
  return [...Map.groupBy(all, ({ kind }) => kind)].flatMap(([kind, some]): Block[] => [
    {
      kind: 'heading',
      level: 2,
      text: kind === 'strength' ? 'Strengths' : 'Areas for development',
    },
    { kind: 'bullets', items: some.map(({ words }) => words) },
  ]);
}

function criterionBlocks(section: ReadSection, { ref, text, judgement }: SharedCriterion): Block[] {
  const heading = { kind: 'heading', level: 2, text: `${ref} ${text}`.slice(0, 300) } as const;
  const whole = text.length > 290 ? [{ kind: 'text', text } as const] : [];
  if (judgement === null) return [heading, ...whole, { kind: 'text', text: 'Not judged yet.' }];
  return [
    heading,
    ...whole,
    {
      kind: 'table',
      columns: [
        { header: 'What', share: 1 },
        { header: 'Our own judgement', share: 5 },
      ],
      rowHeader: 0,
      rows: judgementLines(section, judgement),
    },
  ];
}

type Widths = readonly (readonly [PackColumn, number])[];
const headersOf = (widths: Widths) =>
  widths.map(([column, share]) => ({ header: packHeaders[column], share }));

function verdictForm(challengeId: Challenge['id'], section: ReadSection): Block[] {
  const table: TableBlock = {
    kind: 'table',
    columns: headersOf([
      ['code', 3],
      ['ref', 1],
      ['level', 2],
      ['words', 7],
      ['saidBy', 2],
    ]),
    rows: section.criteria.map(({ id, ref }) => [
      writePackCode(challengeId, id, 'verdict', 1),
      ref,
      '',
      '',
      '',
    ]),
  };
  const names = section.levels.map(({ name }) => name).join(', ');
  return [
    { kind: 'text', text: `Your verdict on each criterion. “Level” is one of: ${names}.` },
    table,
  ];
}

function saidForm(challengeId: Challenge['id'], section: ReadSection): TableBlock {
  const hasCriteria = section.criteria.length > 0;
  const kinds = ['strength', 'question', 'challenge'] as const;
  return {
    kind: 'table',
    caption: 'Strengths, questions and challenges',
    columns: headersOf([
      ['code', 3],
      ['kind', 1.4],
      ...(hasCriteria ? ([['ref', 1.2]] as const) : []),
      ['words', 7.4],
      ['saidBy', 2],
    ]),
    rows: kinds.flatMap((kind) =>
      Array.from({ length: rowsOfAKind }, (_, index) => [
        writePackCode(challengeId, section.id, kind, index + 1),
        kindNames[kind],
        ...(hasCriteria ? [''] : []),
        '',
        '',
      ]),
    ),
  };
}
