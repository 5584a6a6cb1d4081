import { formatDate } from '#kernel/dates.ts';
import { inLines, type Block, type Paper, type Words } from '#platform/documents/paper-blocks.ts';
import type { ChangedField, ComparedAction } from '../rules/compare.ts';
import { movementFigures } from '../rules/movement.ts';
import { movementSentences } from '../rules/movement-words.ts';
import { suggestedQuestions } from '../rules/suggested-questions.ts';
import { dueInWords, sentenceCase } from '../rules/words.ts';
import type { MovementRead } from '../store/read-movement.ts';

/** What moved between two days, as a paper: sentences, questions, the sum, and what differs. */
export function movementPaper(input: {
  read: MovementRead;
  compared: readonly ComparedAction[];
  authorityName: string;
  printed: { by: string; at: Date };
}): Paper {
  const { read, compared, authorityName, printed } = input;
  const { movement, before, after } = read;
  const { plan } = after;
  const title = `What moved in ${plan.title}`;
  const sentences = movementSentences(movement, before, after).map(({ text }): Block => ({
    kind: 'text',
    text,
  }));
  return {
    head: {
      title,
      author: printed.by,
      asAt: movement.to,
      classification: 'Internal',
      printed,
      orientation: 'portrait',
    },
    blocks: [
      { kind: 'title', text: title },
      {
        kind: 'text',
        text: `${authorityName}. From the end of ${formatDate(movement.from)} to the end of ${formatDate(movement.to)}.`,
        style: 'quiet',
      },
      { kind: 'heading', level: 1, text: 'Since your last meeting' },
      ...sentences,
      ...questions(read),
      ...sums(read),
      ...differences(compared),
    ],
  };
}

function questions({ movement, before, after }: MovementRead): Block[] {
  const asked = suggestedQuestions(movement, before, after);
  if (asked.length === 0) return [];
  return [
    { kind: 'heading', level: 1, text: 'Questions that members might ask' },
    ...asked.map(({ question, why, actions }): Block => ({
      kind: 'numbered',
      text: [{ text: question, strong: true }, { text: ` ${why}` }],
      parts: actions.map(({ ref, why: reason }) => `${ref}: ${reason}`),
    })),
  ];
}

function sums({ movement }: MovementRead): Block[] {
  const figures = movementFigures(movement);
  const { then, now } = movement.table;
  return [
    { kind: 'heading', level: 1, text: 'How it adds up' },
    {
      kind: 'table',
      columns: [
        { header: 'Actions', share: 75 },
        { header: 'How many', share: 25, numeric: true },
      ],
      rowHeader: 0,
      rows: [
        [`Open on ${formatDate(movement.from)}`, String(figures.opening)],
        ['Added', `+ ${figures.added}`],
        ['Reopened or brought back', `+ ${figures.reopened}`],
        ['Completed', `− ${figures.completed}`],
        ['Withdrawn', `− ${figures.withdrawn}`],
        [`Open on ${formatDate(movement.to)}`, String(figures.closing)],
      ],
    },
    { kind: 'heading', level: 1, text: 'The plan’s own table' },
    {
      kind: 'table',
      columns: [
        { header: 'Actions', share: 50 },
        { header: formatDate(movement.from), share: 25, numeric: true },
        { header: formatDate(movement.to), share: 25, numeric: true },
      ],
      rowHeader: 0,
      rows: [
        ['All actions', String(then.total), String(now.total)],
        ['Complete', String(then.complete), String(now.complete)],
        ['Shown in the table', String(then.shown), String(now.shown)],
        ['Shown and complete', String(then.shownComplete), String(now.shownComplete)],
        ['Shown and outstanding', String(then.outstanding), String(now.outstanding)],
      ],
    },
  ];
}

function differences(compared: readonly ComparedAction[]): Block[] {
  const heading: Block = { kind: 'heading', level: 1, text: 'What differs, action by action' };
  if (compared.length === 0) {
    return [heading, { kind: 'text', text: 'Nothing differs between the two days.' }];
  }
  return [
    heading,
    {
      kind: 'table',
      columns: [
        { header: 'Action', share: 40 },
        { header: 'What', share: 15 },
        { header: 'Was, and is', share: 45 },
      ],
      rowHeader: 0,
      rows: compared.map(({ action, kind, why, fields }) => [
        `${action.ref} ${action.text.split('\n')[0] ?? ''}`,
        sentenceCase(why ?? kind),
        fields.length === 0 ? dueInWords(action.due) : inLines(fields.map(fieldWords)),
      ]),
    },
  ];
}

function fieldWords({ what, before, after }: ChangedField): Words {
  return [
    { text: `${what}: `, strong: true },
    ...(before === '' ? [] : [{ text: before, struck: true }, { text: ' ' }]),
    { text: after === '' ? 'nothing' : after },
  ];
}
