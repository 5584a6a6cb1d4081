import type { IsoDate } from '#kernel/dates.ts';
import { formatDate } from '#kernel/dates.ts';
import { inLines, type Block, type Words } from '#platform/documents/paper-blocks.ts';
import { composeDocx } from '#platform/documents/write/word/compose.ts';
import type { BoardRow } from '../rules/board-table.ts';
import type { PlanPicture } from '../rules/picture.ts';
import { countOf, listInWords } from '../rules/position.ts';
import { dueInWords, movedInWords, nthDate, sentenceCase } from '../rules/words.ts';
import type { Export } from './export-input.ts';
import { exportList, type ListColumn } from './list.ts';

/** What the table of the board can be sent out as. */
export const boardTableFormats = ['docx', 'csv'] as const;
export type BoardTableFormat = (typeof boardTableFormats)[number];

export interface BoardTableInput {
  picture: PlanPicture;
  rows: readonly BoardRow[];
  exportedBy: string;
  exportedAt: Date;
  authorityName: string;
}

/** The dates that a board is to approve, as a paper for its agenda or as a list. */
export async function exportBoardTable(
  format: BoardTableFormat,
  input: BoardTableInput,
): Promise<Export> {
  const { plan, asAt } = input.picture;
  const name = `${plan.slug}-dates-to-approve`;
  if (format === 'csv') {
    return await exportList('csv', {
      ...input,
      name,
      title: `Dates to approve in ${plan.title}`,
      columns: boardColumns,
      asAt,
    });
  }
  return {
    fileName: `${name}-${asAt}.docx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    bytes: await composeDocx({
      head: {
        title: `Dates to approve: ${plan.title}`,
        author: input.exportedBy,
        asAt,
        classification: 'Internal',
        printed: { by: input.exportedBy, at: input.exportedAt },
        orientation: 'landscape',
      },
      blocks: paperOf(input),
    }),
  };
}

function paperOf({ picture, rows, authorityName }: BoardTableInput): Block[] {
  const { plan, asAt } = picture;
  const boards = plan.boards.map((board) => board.name);
  return [
    { kind: 'title', text: `Dates to approve: ${plan.title}` },
    {
      kind: 'text',
      text: [authorityName, ...(boards.length === 0 ? [] : [`For ${listInWords(boards)}`])].join(
        '. ',
      ),
      style: 'quiet',
    },
    {
      kind: 'text',
      text: `Position as at ${formatDate(asAt)}. ${
        rows.length === 0
          ? 'No action has had its date changed twice.'
          : `${countOf(rows.length, 'action')} ${rows.length === 1 ? 'has' : 'have'} had the date changed twice or more.`
      }`,
      style: 'lead',
    },
    ...(rows.length === 0 ? [] : [table(rows)]),
  ];
}

function table(rows: readonly BoardRow[]): Block {
  return {
    kind: 'table',
    columns: [
      { header: 'Ref', share: 8 },
      { header: 'Action', share: 30 },
      { header: 'First date', share: 14 },
      { header: 'Date now', share: 18 },
      { header: 'Why, and the effect on children', share: 34 },
      { header: 'Approved?', share: 18 },
    ],
    rowHeader: 0,
    rows: rows.map(({ action, request }): Words[] => [
      action.ref,
      inLines([
        action.text,
        [{ text: action.leads.map((lead) => lead.name).join('; ') || 'No lead', quiet: true }],
      ]),
      dueInWords(action.firstDue),
      inLines([dueInWords(action.due), [{ text: movedInWords(action) ?? '', quiet: true }]]),
      request === null
        ? ''
        : inLines([request.reason, [{ text: `For children: ${request.effectOnChildren}` }]]),
      answerOf(action),
    ]),
  };
}

function answerOf({ boardAnswer }: BoardRow['action']): string {
  if (boardAnswer === null) return '';
  const board = boardAnswer.board === null ? '' : `, ${boardAnswer.board.name}`;
  return `${sentenceCase(boardAnswer.answer)}${board}, ${boardAnswer.minute}`;
}

const boardColumns: readonly ListColumn<BoardRow>[] = [
  { key: 'ref', header: 'Ref', width: 8, value: ({ action }) => action.ref },
  { key: 'action', header: 'Action', width: 60, value: ({ action }) => action.text },
  {
    key: 'leads',
    header: 'Lead',
    width: 30,
    value: ({ action }) => action.leads.map((lead) => lead.name).join('\n'),
  },
  {
    key: 'firstDue',
    header: 'First date',
    width: 20,
    value: ({ action }) => dueInWords(action.firstDue),
  },
  { key: 'due', header: 'Date now', width: 20, value: ({ action }) => dueInWords(action.due) },
  {
    key: 'which',
    header: 'Which date',
    width: 12,
    value: ({ action }) => nthDate(action.dueDateCount),
  },
  {
    key: 'slippageDays',
    header: 'Days later than first',
    width: 12,
    value: ({ action }) => action.slippageDays,
  },
  { key: 'reason', header: 'Why', width: 50, value: ({ request }) => request?.reason ?? null },
  {
    key: 'effect',
    header: 'Effect on children',
    width: 50,
    value: ({ request }) => request?.effectOnChildren ?? null,
  },
  {
    key: 'grantedOn',
    header: 'Granted on',
    width: 12,
    isDay: true,
    value: ({ granted }): IsoDate | null => granted?.on ?? null,
  },
  {
    key: 'grantedAs',
    header: 'Granted by',
    width: 20,
    value: ({ granted }) => (granted === null ? null : sentenceCase(granted.as)),
  },
  {
    key: 'answer',
    header: 'What the board said',
    width: 20,
    value: ({ action }) =>
      action.boardAnswer === null ? null : sentenceCase(action.boardAnswer.answer),
  },
  {
    key: 'board',
    header: 'Board',
    width: 30,
    value: ({ action }) => action.boardAnswer?.board?.name ?? null,
  },
  {
    key: 'minute',
    header: 'Minute',
    width: 40,
    value: ({ action }) => action.boardAnswer?.minute ?? null,
  },
  { key: 'actionId', header: 'Action ID', width: 38, value: ({ action }) => action.id },
];
