import { formatInstant } from '#kernel/dates.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html, type Html, type HtmlValue } from '#platform/web/html.ts';
import type { LogEntry } from '../store/read-log.ts';
import { paths } from './paths.ts';

/** What the page was asked for, as it stands in its address. */
export type LogQuery = Readonly<Record<string, string>> & {
  readonly item?: string;
  readonly person?: string;
  readonly act?: string;
};

/** Entries of the audit log, newest first; an item's number and a name lead to their own entries. */
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
          html`<a class="govuk-link" href="${logHref({ item: entry.factId })}">${entry.factId}</a>`,
        ]),
      },
    ],
  });
}

function whoDid(entry: LogEntry): HtmlValue {
  if (entry.actorId !== null && entry.actorName !== null) {
    return html`<a class="govuk-link" href="${logHref({ person: entry.actorId })}">${entry.actorName}</a>`;
  }
  return entry.fact === 'sign_in_failure' ? 'An unknown address' : 'Somebody at the server';
}

/** The log as it is asked for, from its newest entry down, or from below one. */
export function logHref(asked: LogQuery, before?: number): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  if (before !== undefined) query.set('before', String(before));
  return query.size === 0 ? paths.log : `${paths.log}?${query.toString()}`;
}
