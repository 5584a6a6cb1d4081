import { z } from 'zod';
import { parseId, type AuthorityId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { dateBox, readDateFields, type FieldError } from '#platform/web/forms.ts';
import { countOf } from '#platform/web/render.ts';
import type { App } from '#platform/web/server.ts';
import { logRead } from '../actions/log-read.ts';
import {
  actsInLog,
  countedAtMost,
  countLog,
  readings,
  readLog,
  type LogFilter,
} from '../store/read-log.ts';
import { userByEmail, usersByIds, type User } from '../store/users.ts';
import { logHref, logTable, type LogQuery } from './log.view.ts';
import { paths } from './paths.ts';
import type { PeopleDeps } from './register.ts';

const perPage = 50;
const logQuery = z.strictObject({
  item: z.string().max(200).optional().default(''),
  person: z.string().max(200).optional().default(''),
  act: z.string().max(200).optional().default(''),
  'from-day': dateBox,
  'from-month': dateBox,
  'from-year': dateBox,
  'to-day': dateBox,
  'to-month': dateBox,
  'to-year': dateBox,
  before: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
});

/** The audit log: who did what to which item, and when; who saw it, too. It holds no content. */
export function addLogRoutes(app: App, deps: PeopleDeps): void {
  app.get(
    paths.log,
    { config: { rule: { may: ['R', 'LOG'] } }, schema: { querystring: logQuery } },
    async (request, reply) => {
      const { authorityId } = request.actor;
      const { before: number, ...asked } = request.query;
      const before = number === undefined ? null : Number(number);
      const page = { before, atMost: perPage + 1 };
      const found = await readInAuthority(deps.db, authorityId, async (tx) => {
        const person = await personAsked(tx, authorityId, asked.person);
        const { filter, errors } = readFilter(asked, person);
        return {
          filter,
          errors,
          person,
          entries: await readLog(tx, authorityId, filter, page),
          count: await countLog(tx, authorityId, filter),
          acts: await actsInLog(tx, authorityId),
        };
      });
      const { filter, errors, person, entries, count, acts } = found;
      const shown = entries.slice(0, perPage);
      const read = [{ fact: 'audit_log', id: filter.itemId ?? filter.actorId ?? authorityId }];
      await logRead(deps.db, request.actor, 'read the audit log', read);
      return reply.page(
        'rooms/people/web/log.njk',
        {
          title: 'Audit log',
          wide: true,
          counted:
            count > countedAtMost
              ? `More than ${countedAtMost.toLocaleString('en-GB')} entries`
              : countOf(count, 'entry', 'entries'),
          about: aboutWhat(filter, person?.name ?? null),
          acts: [
            { value: '', text: 'Anything' },
            { value: readings, text: 'Any reading or export' },
            ...acts.map((act) => ({ value: act, text: act })),
          ],
          table: shown.length === 0 ? null : logTable(shown),
          olderHref: entries.length > perPage ? logHref(asked, shown.at(-1)?.seq) : null,
          newestHref: before === null ? null : logHref(asked),
          isNarrowed: Object.values(asked).some((value) => value !== ''),
          form: { values: { ...asked, person: person?.email ?? asked.person }, errors },
          errors,
          action: paths.log,
        },
        errors.length === 0 ? 200 : 422,
      );
    },
  );
}

/** A person by a number that is of nobody here has neither name nor address. */
type PersonAsked = Pick<User, 'id'> & Partial<User>;

/** Whose doings are asked for, by their address or by the number that a link carries; null for nobody. */
async function personAsked(
  tx: Tx,
  authorityId: AuthorityId,
  typed: string,
): Promise<PersonAsked | null> {
  const words = typed.trim();
  const id = parseId<'user'>(words.toLowerCase());
  if (id !== null) return (await usersByIds(tx, authorityId, [id])).get(id) ?? { id };
  return words === '' ? null : ((await userByEmail(tx, authorityId, words)) ?? null);
}

/** What was asked for; a part that cannot be read is an error and narrows nothing. */
function readFilter(
  asked: LogQuery,
  person: PersonAsked | null,
): { filter: LogFilter; errors: FieldError[] } {
  const itemId = parseId<'item'>((asked.item ?? '').trim().toLowerCase());
  const from = readDateFields(asked, 'from');
  const to = readDateFields(asked, 'to');
  const errors: FieldError[] = [
    ...(itemId === null && (asked.item ?? '').trim() !== ''
      ? [
          {
            field: 'item',
            text: 'An item’s number has 36 characters, such as 01980a7e-0000-7000-8000-000000000000',
          },
        ]
      : []),
    ...(person === null && (asked.person ?? '').trim() !== ''
      ? [{ field: 'person', text: 'Nobody here has this address. Copy it from their page.' }]
      : []),
    ...(from.ok ? [] : [from.error]),
    ...(to.ok ? [] : [to.error]),
  ];
  const act = asked.act === undefined || asked.act === '' ? null : asked.act;
  const days = { from: from.ok ? from.date : null, to: to.ok ? to.date : null };
  return { filter: { itemId, actorId: person?.id ?? null, act, ...days }, errors };
}

function aboutWhat({ itemId, actorId }: LogFilter, actorName: string | null): string {
  const by = actorId === null ? '' : ` by ${actorName ?? 'this person'}`;
  return `${itemId === null ? '' : ' about this item'}${by}`;
}
