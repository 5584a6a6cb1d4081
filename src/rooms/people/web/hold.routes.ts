import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatInstant } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { anyForm, readForm, type FieldError, type FormValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import {
  liftHold,
  mayHold,
  placeHold,
  reasonProblems,
  type HoldOutcome,
} from '../actions/retention.ts';
import { may } from '../rules/policy.ts';
import { kindsOfRecord } from '../rules/retention.ts';
import { standingHolds, type Hold } from '../store/retention.ts';
import { userNames } from '../store/users.ts';
import { recordPages } from './records.pages.ts';
import { holdPath, recordPaths } from './records.paths.ts';
import type { RecordsDeps } from './records.register.ts';
import { typed } from './shared.ts';

/** Both the administrator and those who dispose of plans hold; the matrix is asked with the facts. */
const config = { rule: { signedIn: true } } as const;
const holdForm = z.strictObject({ what: typed, reason: typed });
const liftForm = z.strictObject({ id: typed, reason: typed });
const itemParams = z.strictObject({ id: z.string().max(40) });
const template = 'rooms/people/web/holds.njk';

interface Shown {
  values: FormValues;
  errors: FieldError[];
  /** The hold that was to be lifted, where the errors are about that. */
  lifting?: string;
}
const empty: Shown = { values: {}, errors: [] };

/** Holds: what is kept whatever the rules say, why, and until it is lifted. */
export function addHoldRoutes(app: App, deps: RecordsDeps): void {
  const { db } = deps;

  app.get(recordPaths.holds, { config }, (request, reply) =>
    holdsPage(deps, request, reply, null, empty),
  );

  app.get(holdPath(':id'), { config, schema: { params: itemParams } }, (request, reply) =>
    holdsPage(deps, request, reply, request.params.id, empty),
  );

  app.post(recordPaths.holds, { config, schema: { body: anyForm } }, async (request, reply) => {
    const { actor } = request;
    if (!mayHold(actor)) return reply.notFound();
    const form = readForm(holdForm, request.body);
    if (!form.ok) return holdsPage(deps, request, reply, null, form, 422);
    const { what, reason } = form.value;
    const [kindText = '', itemText] = what.split(' ');
    const kind = kindsOfRecord.find((one) => one.kind === kindText)?.kind;
    const itemId = itemText === undefined ? null : parseId<'item'>(itemText);
    if (kind === undefined || (itemText !== undefined && itemId === null)) {
      const errors = [{ field: 'what', text: 'Choose what to keep' }, ...reasonProblems(reason)];
      return holdsPage(deps, request, reply, null, { values: form.value, errors }, 422);
    }
    const outcome = await inAuthority(db, actor.authorityId, async (tx): Promise<HoldOutcome> => {
      if (itemId !== null && (await itemTitle(tx, deps, request, itemId)) === null) {
        return { kind: 'not-found' };
      }
      return placeHold(tx, actor, { kind, itemId, reason });
    });
    return answer(deps, request, reply, outcome, itemId, form.value, 'The hold is on.');
  });

  app.post(
    `${recordPaths.holds}/lift`,
    { config: { ...config, stepUp: true }, schema: { body: anyForm } },
    async (request, reply) => {
      const { actor } = request;
      if (!mayHold(actor)) return reply.notFound();
      const form = readForm(liftForm, request.body);
      if (!form.ok) return holdsPage(deps, request, reply, null, form, 422);
      const id = parseId<'hold'>(form.value.id);
      if (id === null) return reply.notFound();
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        liftHold(tx, actor, id, form.value.reason),
      );
      if (outcome.kind === 'refused') {
        const shown = { values: form.value, errors: outcome.problems, lifting: id };
        return holdsPage(deps, request, reply, null, shown, 422);
      }
      return answer(deps, request, reply, outcome, null, {}, 'The hold is lifted.');
    },
  );
}

function answer(
  deps: RecordsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: HoldOutcome,
  itemId: string | null,
  values: FormValues,
  notice: string,
): FastifyReply | Promise<FastifyReply> {
  switch (outcome.kind) {
    case 'not-found':
      return reply.notFound();
    case 'forbidden':
      return reply.problem(403);
    case 'refused':
      return holdsPage(deps, request, reply, itemId, { values, errors: outcome.problems }, 422);
    case 'done':
      reply.notice(notice);
      return reply.redirect(recordPaths.holds, 303);
  }
}

async function holdsPage(
  deps: RecordsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  itemId: string | null,
  form: Shown,
  status = 200,
): Promise<FastifyReply> {
  const { actor } = request;
  if (!mayHold(actor)) return reply.notFound();
  const page = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
    const title = itemId === null ? null : await itemTitle(tx, deps, request, itemId);
    if (itemId !== null && title === null) return null;
    const standing = await standingHolds(tx, actor.authorityId);
    const by = standing.flatMap((hold) => hold.by ?? []);
    const names = await userNames(tx, actor.authorityId, by);
    const holds = [];
    for (const hold of standing) {
      holds.push({
        id: hold.id,
        what: await whatIsHeld(tx, deps, request, hold),
        reason: hold.reason,
        since: `${(hold.by !== null && names.get(hold.by)) || 'Somebody at the server'}, ${formatInstant(hold.since)}`,
      });
    }
    return { title, holds };
  });
  if (page === null) return reply.notFound();
  const items = kindsOfRecord.map(({ kind, name }) => ({
    value: kind,
    text: `All: ${name.toLowerCase()}`,
  }));
  // Every hold has a box of its own to say why it is lifted.
  const errors = form.errors.map(({ field, text }) => ({
    field: form.lifting === undefined ? field : `lift-${form.lifting}`,
    text,
  }));
  const one = { value: `plan ${itemId ?? ''}`, text: `Only this plan: ${page.title ?? ''}` };
  return reply.page(
    template,
    {
      title: 'Holds',
      subNavigation: recordPages(actor, recordPaths.holds),
      holds: page.holds,
      items: page.title === null ? items : [one, ...items],
      liftForm: form.lifting === undefined ? null : { id: form.lifting, ...form, errors },
      form:
        form.lifting !== undefined
          ? empty
          : page.title === null
            ? form
            : { ...form, values: { what: one.value, ...form.values } },
      errors,
      action: recordPaths.holds,
    },
    status,
  );
}

/** A plan's title for those who may read it; null where there is none for them. */
async function itemTitle(
  tx: Tx,
  deps: RecordsDeps,
  request: FastifyRequest,
  id: string,
): Promise<string | null> {
  const plans = deps.kinds.find(({ kind }) => kind === 'plan');
  const found = await plans?.find(tx, request.actor, id, request.today);
  return found?.title ?? null;
}

/** What a hold keeps, in words; an administrator is told of no plan by its title. */
async function whatIsHeld(
  tx: Tx,
  deps: RecordsDeps,
  request: FastifyRequest,
  hold: Hold,
): Promise<string> {
  const name = kindsOfRecord.find(({ kind }) => kind === hold.kind)?.name ?? hold.kind;
  if (hold.itemId === null) return `All: ${name.toLowerCase()}`;
  const title = may(request.actor, 'R', 'PLN')
    ? await itemTitle(tx, deps, request, hold.itemId)
    : null;
  return title ?? `One of: ${name.toLowerCase()} (${hold.itemId})`;
}
