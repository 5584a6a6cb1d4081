import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { Block, Paper } from '#platform/documents/paper-blocks.ts';
import { fileWords, paperFile, type MadePaper } from '#platform/web/paper-file.ts';
import type { Thread } from '../rules/thread/thread.ts';
import { threadSentence } from '../rules/thread/told.ts';

/** What a thread can be sent out as. */
export const threadFormats = ['docx', 'pdf', 'html'] as const;
export type ThreadFormat = (typeof threadFormats)[number];

export interface ThreadPrinting {
  asAt: IsoDate;
  authorityName: string;
  classification: string;
  by: string;
  at: Date;
}

/** Everything about an item, as a paper for whoever asks about it: what is missing first. */
export function threadPaper(thread: Thread, printing: ThreadPrinting): Paper {
  const { asAt, by, at, classification } = printing;
  const title = titleOf(thread);
  return {
    head: {
      title: title.length > 200 ? `${title.slice(0, 199)}…` : title,
      author: by,
      asAt,
      classification,
      printed: { by, at },
      orientation: 'portrait',
    },
    blocks: [
      { kind: 'title', text: title },
      {
        kind: 'text',
        text: `${printing.authorityName}. Position as at ${formatDate(asAt)}.`,
        style: 'quiet',
      },
      { kind: 'text', text: threadSentence(thread), style: 'lead' },
      ...gapBlocks(thread),
      { kind: 'heading', level: 1, text: 'What happened' },
      {
        kind: 'table',
        columns: [
          { header: 'Day', share: 22 },
          { header: 'What happened', share: 78 },
        ],
        rowHeader: 0,
        rows: thread.entries.map(({ on, text }) => [formatDate(on), text]),
      },
    ],
  };
}

export const titleOf = (thread: Thread): string => `Everything about ${lower(thread.item.title)}`;

function gapBlocks({ gaps }: Thread): Block[] {
  const heading: Block = { kind: 'heading', level: 1, text: 'What is missing' };
  if (gaps.length === 0) return [heading, { kind: 'text', text: 'Nothing is missing.' }];
  return [heading, { kind: 'bullets', items: gaps.map(({ text }) => text) }];
}

/** The thread as a file, named after its item and the day of the position. */
export function threadFile(
  format: ThreadFormat,
  thread: Thread,
  printing: ThreadPrinting,
): Promise<MadePaper> {
  const name = `thread-${fileWords(thread.item.title, 'item', 60)}-${printing.asAt}`;
  return paperFile(format, threadPaper(thread, printing), name);
}

/** A sentence's own beginning inside another, but for what begins with a quotation mark. */
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
