import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { Block, Paper } from '#platform/documents/paper-blocks.ts';
import type { Handover, OnSheet } from '../rules/handover.ts';
import { dueInWords } from '../rules/words.ts';

/** The handover sheet of a post as a paper. */
export function handoverPaper(input: {
  name: string;
  sentence: string;
  handover: Handover;
  nowWords: (now: OnSheet['action'] | null) => string;
  asAt: IsoDate;
  authorityName: string;
  printed: { by: string; at: Date };
}): Paper {
  const { inherited, slipped, promised, owed } = input.handover;
  const title = `Handover sheet: ${input.name}`;
  const action = ({ picture, action: one }: OnSheet) =>
    `${one.ref} ${one.text.split('\n')[0] ?? ''} (${picture.plan.title})`;
  return {
    head: {
      title,
      author: input.printed.by,
      asAt: input.asAt,
      classification: 'Internal',
      printed: input.printed,
      orientation: 'landscape',
    },
    blocks: [
      { kind: 'title', text: title },
      {
        kind: 'text',
        text: `${input.authorityName}. Position as at ${formatDate(input.asAt)}.`,
        style: 'quiet',
      },
      { kind: 'text', text: input.sentence, style: 'lead' },
      ...part(
        'Inherited',
        ['Action', 'Due then', 'Now'],
        inherited.map((one) => [action(one), dueInWords(one.action.due), input.nowWords(one.now)]),
      ),
      ...part(
        'Slipped',
        ['Action', 'Due', 'What happened'],
        slipped.map((one) => [action(one), dueInWords(one.action.due), one.how]),
      ),
      ...part(
        'Promised',
        ['Action', 'Last update', 'Date asked for'],
        promised.map((one) => [
          action(one),
          one.action.lastUpdate?.whatChanged ?? 'None',
          one.action.asked === null ? 'None' : dueInWords(one.action.asked.due),
        ]),
      ),
      ...part(
        'Owed this month',
        ['Action', 'Due', 'Why'],
        owed.map((one) => [action(one), dueInWords(one.action.due), one.why]),
      ),
    ],
  };
}

function part(title: string, headers: readonly string[], rows: readonly string[][]): Block[] {
  const heading: Block = { kind: 'heading', level: 1, text: title };
  if (rows.length === 0) return [heading, { kind: 'text', text: 'Nothing.' }];
  return [
    heading,
    {
      kind: 'table',
      columns: headers.map((header, index) => ({ header, share: index === 0 ? 50 : 25 })),
      rowHeader: 0,
      rows,
    },
  ];
}
