import { formatInstant } from '#kernel/dates.ts';
import { breakable } from '#platform/web/components/long-words.ts';
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
      { text: 'About the same item' },
    ],
    groups: [
      {
        rows: entries.map((entry) => [
          entry.seq,
          formatInstant(entry.at),
          whoDid(entry),
          entry.act,
          `${factInWords(entry.fact)}${entry.version === null ? '' : `, version ${entry.version}`}`,
          itemLink(entry.factId),
        ]),
      },
    ],
  });
}

/** Where the log tells of one item alone. */
export const itemLogHref = (id: string): string => logHref({ item: id });

/** All that was done to an item: a link with the end of its number, which tells it from others. */
export function itemLink(id: string): Html {
  return html`<a class="govuk-link" href="${itemLogHref(id)}">Entries<span class="govuk-visually-hidden"> about the item that ends in</span> …${id.slice(-6)}</a>`;
}

/** What a fact is called on the page, where the name of its table says it badly. */
const factNames: Readonly<Record<string, string>> = {
  app_user: 'person',
  user_version: 'name or address',
  account_event: 'account',
  role_grant: 'role',
  role_grant_confirmation: 'role',
  role_grant_end: 'role',
  party: 'post, team, board or organisation',
  post_holding: 'post or seat',
  post_holding_end: 'post or seat',
  delegation_end: 'delegation',
  named_grant: 'guest of a plan',
  named_grant_end: 'guest of a plan',
  due_date_entry: 'due date',
  due_date_request: 'request for a due date',
  due_date_decision: 'decision on a due date',
  due_date_board_answer: 'answer of a board on a due date',
  post_above: 'line between posts',
  action_version: 'action',
  plan_version: 'plan',
  objective_version: 'objective',
};

function factInWords(fact: string): string {
  return factNames[fact] ?? fact.replaceAll('_', ' ');
}

function whoDid(entry: LogEntry): HtmlValue {
  if (entry.actorId !== null && entry.actorName !== null) {
    return html`<a class="govuk-link" href="${logHref({ person: entry.actorId })}">${breakable(entry.actorName)}</a>`;
  }
  return entry.fact === 'sign_in_failure' ? 'An unknown address' : 'Somebody at the server';
}

/** The log as it is asked for, from its newest entry down, or from below one. */
export function logHref(asked: LogQuery, before?: number): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  if (before !== undefined) query.set('before', String(before));
  return query.size === 0 ? paths.log : `${paths.log}?${query.toString()}`;
}
