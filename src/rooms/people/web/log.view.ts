import { formatInstant } from '#kernel/dates.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { LogEntry } from '../store/read-log.ts';
import { paths } from './paths.ts';

/** Entries of the audit log, newest first, each item's number leading to its own entries. */
export function logTable(entries: readonly LogEntry[]): Html {
  return dataTable({
    caption: 'Entries of the audit log, newest first',
    hiddenCaption: true,
    columns: [
      { text: 'Number', numeric: true },
      { text: 'When' },
      { text: 'Who' },
      { text: 'What was done' },
      { text: 'To what' },
      { text: 'Item', width: 'wide' },
    ],
    groups: [
      {
        rows: entries.map((entry) => [
          entry.seq,
          formatInstant(entry.at),
          whoDid(entry),
          entry.act,
          `${entry.fact.replaceAll('_', ' ')}${entry.version === null ? '' : `, version ${entry.version}`}`,
          html`<a class="govuk-link" href="${logHref(entry.factId, undefined)}">${entry.factId}</a>`,
        ]),
      },
    ],
  });
}

function whoDid(entry: LogEntry): string {
  if (entry.actorName !== null) return entry.actorName;
  return entry.fact === 'sign_in_failure' ? 'An unknown address' : 'Somebody at the server';
}

/** The log from the newest entry down, or from below one; all of it, or one item's. */
export function logHref(itemId: string | null, before: number | undefined): string {
  const query = new URLSearchParams();
  if (itemId !== null) query.set('item', itemId);
  if (before !== undefined) query.set('before', String(before));
  return query.size === 0 ? paths.log : `${paths.log}?${query.toString()}`;
}
