import { formatDate, type IsoDate } from '#kernel/dates.ts';
import type { Block, Paper } from '#platform/documents/paper-blocks.ts';
import { writeDocx, writePdf, type PaperTrouble } from '#platform/documents/write/paper.ts';
import { standAlonePage } from '#platform/web/components/stand-alone-page.ts';
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

export type ThreadFile =
  | { kind: 'made'; fileName: string; mediaType: string; bytes: Uint8Array }
  | { kind: 'cannot'; why: PaperTrouble };

const mediaTypes: Record<ThreadFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
};

/** The thread as a file, named after its item and the day of the position. */
export async function threadFile(
  format: ThreadFormat,
  thread: Thread,
  printing: ThreadPrinting,
): Promise<ThreadFile> {
  const paper = threadPaper(thread, printing);
  const fileName = `thread-${fileWords(thread.item.title)}-${printing.asAt}.${format}`;
  const mediaType = mediaTypes[format];
  if (format === 'html') {
    const bytes = new TextEncoder().encode(await standAlonePage(paper));
    return { kind: 'made', fileName, mediaType, bytes };
  }
  const made = await (format === 'docx' ? writeDocx(paper) : writePdf(paper));
  return made.kind === 'made' ? { ...made, fileName, mediaType } : made;
}

function fileWords(title: string): string {
  const words = title
    .toLowerCase()
    .replace(/[’'“”]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return words === '' ? 'item' : words;
}

/** A sentence's own beginning inside another, but for what begins with a quotation mark. */
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
