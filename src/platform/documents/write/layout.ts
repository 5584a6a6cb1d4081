import { formatDate, formatInstant } from '#kernel/dates.ts';
import {
  inLines,
  type Block,
  type Cell,
  type ChartBlock,
  type ContactBlock,
  type CoverPair,
  type PaperHead,
  type Run,
  type TableBlock,
  type Words,
} from '../paper-blocks.ts';
import { writableLine } from './writable-text.ts';
import { hasWord } from './words.ts';

/** A paper's blocks as the three writers draw them: numbered, and with headings that skip no level. */
export type LaidOut =
  | { kind: 'title'; text: string }
  | { kind: 'cover'; rows: readonly (readonly CoverPair[])[] }
  | { kind: 'heading'; level: 1 | 2 | 3; text: string; newPage: boolean }
  | { kind: 'text'; text: Words; style: TextStyle; keepWithNext: boolean }
  | { kind: 'numbered'; items: readonly NumberedItem[] }
  | { kind: 'bullets'; items: readonly Words[] }
  | LaidOutTable
  | LaidOutChart
  | { kind: 'contact'; text: Words };

export type TextStyle = 'plain' | 'lead' | 'quiet';

/** `number` is of the whole paper, from 1. */
export interface NumberedItem {
  number: number;
  text: Words;
  parts: readonly Words[];
}

/** Every row has a cell for each column, and a fill only where there is a word. */
export interface LaidOutTable {
  kind: 'table';
  caption: string | null;
  columns: readonly { header: string; share: number; numeric: boolean }[];
  rowHeader: number | null;
  rows: readonly (readonly { text: Words; fill: string | null }[])[];
}

export interface LaidOutChart extends Omit<ChartBlock, 'table'> {
  table: LaidOutTable;
}

/**
 * The blocks ready to be drawn. Numbered paragraphs that follow each other are one list, and the
 * number runs on through the paper. A heading that would skip a level stands one under the last
 * (PDF/UA-1, and WCAG 1.3.1); one without a word is left out.
 */
export function layOut(blocks: readonly Block[]): LaidOut[] {
  const out: LaidOut[] = [];
  let number = 0;
  let level = 0;
  for (const block of blocks) {
    switch (block.kind) {
      case 'title':
        if (writableLine(block.text) !== '') {
          out.push({ kind: 'title', text: writableLine(block.text) });
        }
        break;
      case 'heading': {
        const text = writableLine(block.text);
        if (text === '') break;
        level = Math.min(block.level, level + 1);
        out.push({
          kind: 'heading',
          level: level === 1 ? 1 : level === 2 ? 2 : 3,
          text,
          newPage: block.newPage ?? false,
        });
        break;
      }
      case 'cover':
        if (block.rows.length > 0) out.push(block);
        break;
      case 'text':
        out.push({
          kind: 'text',
          text: block.text,
          style: block.style ?? 'plain',
          keepWithNext: block.keepWithNext ?? false,
        });
        break;
      case 'numbered': {
        number += 1;
        const item = { number, text: block.text, parts: block.parts ?? [] };
        const last = out.at(-1);
        if (last?.kind === 'numbered') out[out.length - 1] = withItem(last.items, item);
        else out.push(withItem([], item));
        break;
      }
      case 'bullets':
        if (block.items.length > 0) out.push(block);
        break;
      case 'table':
        out.push(tableOf(block));
        break;
      case 'chart':
        out.push({ ...block, table: tableOf(block.table) });
        break;
      case 'figures-note':
        out.push({
          kind: 'text',
          text: [
            { text: 'Figures marked ' },
            { text: 'like this', figure: true },
            { text: ` are as at ${formatDate(block.asAt)}.` },
          ],
          style: 'quiet',
          keepWithNext: false,
        });
        break;
      case 'contact':
        out.push({ kind: 'contact', text: contactLines(block) });
        break;
    }
  }
  return out;
}

function withItem(items: readonly NumberedItem[], item: NumberedItem): LaidOut {
  return { kind: 'numbered', items: [...items, item] };
}

function tableOf(table: TableBlock): LaidOutTable {
  const columns = table.columns.map((column) => ({
    header: writableLine(column.header),
    share: column.share,
    numeric: column.numeric ?? false,
  }));
  const caption = writableLine(table.caption ?? '');
  return {
    kind: 'table',
    caption: caption === '' ? null : caption,
    columns,
    rowHeader: table.rowHeader ?? null,
    rows: table.rows.map((row) => columns.map((_, at) => cellOf(row[at] ?? ''))),
  };
}

function cellOf(cell: Cell): { text: Words; fill: string | null } {
  if (typeof cell === 'string' || !('text' in cell)) return { text: cell, fill: null };
  return { text: cell.text, fill: hasWord(cell.text) ? cell.fill : null };
}

function contactLines(contact: ContactBlock): Words {
  const lines: (readonly Run[] | null)[] = [
    [{ text: writableLine(contact.name), strong: true }],
    line('', contact.role),
    line('', contact.department),
    line('Telephone: ', contact.telephone),
    line('Email: ', contact.email),
  ];
  return inLines(lines.filter((entry) => entry !== null));
}

function line(label: string, text = ''): readonly Run[] | null {
  const said = writableLine(text);
  return said === '' ? null : [{ text: `${label}${said}` }];
}

/** "(a)", …, "(z)", "(aa)": the letter of a numbered paragraph's part, which counts from 0. */
export function partLetter(at: number): string {
  const last = String.fromCharCode(97 + (at % 26));
  return at < 26 ? last : partLetter(Math.floor(at / 26) - 1) + last;
}

/** What stands at the head and the foot of every page. */
export function pageTexts(head: PaperHead): {
  what: string;
  asAt: string;
  classification: string;
  by: string;
} {
  const status = writableLine(head.status ?? '');
  const classification = writableLine(head.classification);
  return {
    what: shortened(writableLine(head.title)),
    asAt: `Position as at ${formatDate(head.asAt)}`,
    classification: status === '' ? classification : `${status}. ${classification}`,
    by: `Printed by ${writableLine(head.printed.by)} on ${formatInstant(head.printed.at)}`,
  };
}

/** A title that would take more than a line of the page's head ends in an ellipsis there. */
function shortened(title: string): string {
  const most = 90;
  const letters = Array.from(title);
  return letters.length <= most
    ? title
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
