import { z } from 'zod';
import { formatInstant } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { dataTable } from '#platform/web/components/table.ts';
import type { FieldError } from '#platform/web/forms.ts';
import { html, type Html } from '#platform/web/html.ts';
import { countOf } from '#platform/web/render.ts';
import type { App } from '#platform/web/server.ts';
import { countLog, readLog, type LogEntry } from '../store/read-log.ts';
import { paths } from './paths.ts';
import type { PeopleDeps } from './register.ts';

const perPage = 50;
const logQuery = z.strictObject({
  item: z.string().max(200).optional(),
  before: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
});

/** The audit log: who did what to which item, and when. It holds no content. */
export function addLogRoutes(app: App, deps: PeopleDeps): void {
  app.get(
    paths.log,
    { config: { rule: { may: ['R', 'LOG'] } }, schema: { querystring: logQuery } },
    async (request, reply) => {
      const { authorityId } = request.actor;
      const asked = request.query.item?.trim() ?? '';
      const itemId = parseId<'item'>(asked.toLowerCase());
      const errors: FieldError[] =
        asked === '' || itemId !== null
          ? []
          : [
              {
                field: 'item',
                text: 'An item’s number has 36 characters, such as 01980a7e-0000-7000-8000-000000000000. Copy it from the list.',
              },
            ];
      const before = request.query.before === undefined ? null : Number(request.query.before);
      const { entries, count } = await readInAuthority(deps.db, authorityId, async (tx) => ({
        entries: await readLog(tx, authorityId, { before, itemId, atMost: perPage + 1 }),
        count: await countLog(tx, authorityId, itemId),
      }));
      const shown = entries.slice(0, perPage);
      return reply.page(
        'rooms/people/web/log.njk',
        {
          title: 'Audit log',
          wide: true,
          counted: countOf(count, 'entry', 'entries'),
          ofOneItem: itemId !== null,
          table: shown.length === 0 ? null : logTable(shown),
          olderHref: entries.length > perPage ? logHref(itemId, shown.at(-1)?.seq) : null,
          newestHref: before === null ? null : logHref(itemId, undefined),
          form: { values: { item: asked }, errors },
          errors,
          action: paths.log,
        },
        errors.length === 0 ? 200 : 422,
      );
    },
  );
}

function logTable(entries: readonly LogEntry[]): Html {
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

function logHref(itemId: string | null, before: number | undefined): string {
  const query = new URLSearchParams();
  if (itemId !== null) query.set('item', itemId);
  if (before !== undefined) query.set('before', String(before));
  return query.size === 0 ? paths.log : `${paths.log}?${query.toString()}`;
}
