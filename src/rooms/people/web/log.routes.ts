import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { FieldError } from '#platform/web/forms.ts';
import { countOf } from '#platform/web/render.ts';
import type { App } from '#platform/web/server.ts';
import { logRead } from '../actions/log-read.ts';
import { countLog, readLog } from '../store/read-log.ts';
import { logHref, logTable } from './log.view.ts';
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
      const read = [{ fact: 'audit_log', id: itemId ?? authorityId }];
      await logRead(deps.db, request.actor, 'read the audit log', read);
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
