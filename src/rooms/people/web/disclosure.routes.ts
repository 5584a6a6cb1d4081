import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatInstant } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { anyForm, readForm, type FieldError, type FormValues } from '#platform/web/forms.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { giveOut, giveOutProblems, mayGiveOut } from '../actions/give-out.ts';
import { givenOutKinds, givenOutNames } from '../rules/given-out.ts';
import { disclosures, type Disclosure } from '../store/disclosure.ts';
import { listUsers, userNames } from '../store/users.ts';
import { disclosureFile, disclosureFormats } from './disclosure-file.ts';
import { recordPages } from './records.pages.ts';
import { disclosePath, recordPaths } from './records.paths.ts';
import type { RecordsDeps } from './records.register.ts';
import { typed } from './shared.ts';

const approves = { rule: { may: ['A', 'PLN'] } } as const;
const itemParams = z.strictObject({
  kind: z.enum(givenOutKinds).exclude(['person']),
  id: z.string().max(40),
});
const answers = {
  recipient: typed,
  reason: typed,
  format: z.enum(disclosureFormats).optional().default('xlsx'),
};
const itemForm = z.strictObject(answers);
const personForm = z.strictObject({ person: typed, ...answers });

interface Shown {
  values: FormValues;
  errors: FieldError[];
}
const empty: Shown = { values: { format: 'xlsx' }, errors: [] };

/** Giving out everything about one item, or what one person wrote, for a request that came in. */
export function addDisclosureRoutes(app: App, deps: RecordsDeps): void {
  const { db } = deps;

  app.get(recordPaths.disclosures, { config: approves }, (request, reply) =>
    listPage(deps, request, reply, empty),
  );

  app.post(
    recordPaths.disclosures,
    { config: { ...approves, stepUp: true, fairUse: 'export' }, schema: { body: anyForm } },
    async (request, reply) => {
      const form = readForm(personForm, request.body);
      if (!form.ok) return listPage(deps, request, reply, form, 422);
      const { person: id, recipient, reason, format } = form.value;
      const outcome = await inAuthority(db, request.actor.authorityId, (tx) =>
        giveOut(
          tx,
          request.actor,
          deps.kinds,
          { kind: 'person', id, recipient, reason },
          request.today,
        ),
      );
      switch (outcome.kind) {
        case 'forbidden':
          return reply.notFound();
        case 'not-found': {
          const errors = [
            { field: 'person', text: 'Choose a person' },
            ...giveOutProblems(form.value),
          ];
          return listPage(deps, request, reply, { values: form.value, errors }, 422);
        }
        case 'refused':
          return listPage(
            deps,
            request,
            reply,
            { values: form.value, errors: outcome.problems },
            422,
          );
        case 'given':
          return sendFile(reply, await disclosureFile(format, outcome.out, madeBy(request)));
      }
    },
  );

  app.get(
    disclosePath(':kind', ':id'),
    { config: approves, schema: { params: itemParams } },
    (request, reply) => itemPage(deps, request, reply, request.params, empty),
  );

  app.post(
    disclosePath(':kind', ':id'),
    {
      config: { ...approves, stepUp: true, fairUse: 'export' },
      schema: { params: itemParams, body: anyForm },
    },
    async (request, reply) => {
      const form = readForm(itemForm, request.body);
      if (!form.ok) return itemPage(deps, request, reply, request.params, form, 422);
      const { recipient, reason, format } = form.value;
      const given = { ...request.params, recipient, reason };
      const outcome = await inAuthority(db, request.actor.authorityId, (tx) =>
        giveOut(tx, request.actor, deps.kinds, given, request.today),
      );
      switch (outcome.kind) {
        case 'forbidden':
        case 'not-found':
          return reply.notFound();
        case 'refused': {
          const shown = { values: form.value, errors: outcome.problems };
          return itemPage(deps, request, reply, request.params, shown, 422);
        }
        case 'given':
          return sendFile(reply, await disclosureFile(format, outcome.out, madeBy(request)));
      }
    },
  );
}

function madeBy(request: FastifyRequest) {
  const { actor, now: at } = request;
  return { name: actor.name, authorityName: request.shell.authority?.name ?? '', at };
}

async function itemPage(
  deps: RecordsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { kind, id }: z.output<typeof itemParams>,
  form: Shown,
  status = 200,
): Promise<FastifyReply> {
  const { actor, today } = request;
  const of = deps.kinds.find((one) => one.kind === kind);
  const item = await readInAuthority(deps.db, actor.authorityId, async (tx) =>
    of?.find(tx, actor, id, today),
  );
  if (item?.mayExport !== true || !mayGiveOut(actor)) return reply.notFound();
  return reply.page(
    'rooms/people/web/disclosure.njk',
    {
      title: `Give out everything about this ${kind}`,
      caption: item.title,
      back: { text: 'Back', href: item.href },
      action: disclosePath(kind, id),
      form,
      errors: form.errors,
    },
    status,
  );
}

async function listPage(
  deps: RecordsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  form: Shown,
  status = 200,
): Promise<FastifyReply> {
  const { actor } = request;
  if (!mayGiveOut(actor)) return reply.notFound();
  const page = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
    const given = await disclosures(tx, actor.authorityId);
    const ids = given.flatMap(({ kind, itemId, by }) => [
      ...(by === null ? [] : [by]),
      ...(kind === 'person' ? [parseId<'user'>(itemId) ?? []].flat() : []),
    ]);
    return {
      given,
      names: await userNames(tx, actor.authorityId, ids),
      users: await listUsers(tx, actor.authorityId),
    };
  });
  const whatWas = ({ kind, itemId }: Disclosure): string => {
    if (kind !== 'person') return givenOutNames[kind];
    const id = parseId<'user'>(itemId);
    return `What ${(id !== null && page.names.get(id)) || 'a person'} wrote`;
  };
  return reply.page(
    'rooms/people/web/disclosures.njk',
    {
      title: 'What was given out',
      subNavigation: recordPages(actor, recordPaths.disclosures),
      given: page.given.map((one) => ({
        what: whatWas(one),
        to: one.recipient,
        reason: one.reason,
        by: `${(one.by !== null && page.names.get(one.by)) || 'Somebody at the server'}, ${formatInstant(one.at)}`,
      })),
      people: [
        { value: '', text: 'Choose a person' },
        ...page.users.map(({ id, name }) => ({ value: id, text: name })),
      ],
      action: recordPaths.disclosures,
      form,
      errors: form.errors,
    },
    status,
  );
}
