import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { anyForm, manyOf, readForm } from '#platform/web/forms.ts';
import { countOf } from '#platform/web/render.ts';
import type { App } from '#platform/web/server.ts';
import type { Item } from '../actions/items.ts';
import {
  agreesToTakingOut,
  askToTakeOut,
  decideRedaction,
  findPlaces,
  readRedaction,
} from '../actions/take-out-name.ts';
import { redactionProblems } from '../rules/redaction.ts';
import { placeKey } from '../store/redaction-places.ts';
import { redactions } from '../store/redactions.ts';
import { userNames } from '../store/users.ts';
import { recordPages } from './records.pages.ts';
import { namePath, recordPaths, takeOutPath } from './records.paths.ts';
import type { RecordsDeps } from './records.register.ts';
import { askView, decideView, namesView } from './redaction.view.ts';
import { typed } from './shared.ts';

const changes = { rule: { may: ['U', 'PLN'] } } as const;
const itemParams = z.strictObject({ kind: z.string().max(40), id: z.string().max(40) });
const idParams = z.strictObject({ id: z.string().max(40) });
const askForm = z.strictObject({
  passage: typed,
  reason: typed,
  step: z.enum(['search', 'ask']).optional().default('search'),
  places: manyOf(z.string().max(200)),
});

/** Taking out a name: asking for it, and the second person's answer. */
export function addRedactionRoutes(app: App, deps: RecordsDeps): void {
  const { db } = deps;

  app.get(
    takeOutPath(':kind', ':id'),
    { config: changes, schema: { params: itemParams } },
    async (request, reply) => {
      const { actor } = request;
      const item = await readInAuthority(db, actor.authorityId, (tx) => itemOf(tx, deps, request));
      if (item === null) return reply.notFound();
      const empty = { values: {}, errors: [], places: null, chosen: [] };
      return reply.page('rooms/people/web/redaction-ask.njk', askView({ item, ...empty }));
    },
  );

  app.post(
    takeOutPath(':kind', ':id'),
    { config: changes, schema: { params: itemParams, body: anyForm } },
    async (request, reply) => {
      const { actor } = request;
      const form = readForm(askForm, request.body);
      const outcome = await inAuthority(db, actor.authorityId, async (tx) => {
        const item = await itemOf(tx, deps, request);
        if (item === null) return { kind: 'not-found' } as const;
        if (!form.ok) {
          const { values, errors } = form;
          return {
            kind: 'page',
            view: { item, values, errors, places: null, chosen: [] },
          } as const;
        }
        const { passage, reason, step, places: chosen } = form.value;
        const values = { passage, reason };
        if (step === 'ask') {
          const asked = await askToTakeOut(tx, actor, { item, passage, reason, chosen });
          if (asked.kind !== 'refused') return asked;
          const places = await findPlaces(tx, actor, item, passage.trim());
          return {
            kind: 'page',
            view: { item, values, errors: asked.problems, places, chosen },
          } as const;
        }
        const errors = redactionProblems({ passage, reason });
        if (errors.length > 0) {
          return { kind: 'page', view: { item, values, errors, places: null, chosen } } as const;
        }
        const places = await findPlaces(tx, actor, item, passage.trim());
        const own = places.filter((place) => place.ofItem && !place.wholeFile).map(placeKey);
        return { kind: 'page', view: { item, values, errors, places, chosen: own } } as const;
      });
      switch (outcome.kind) {
        case 'not-found':
          return reply.notFound();
        case 'forbidden':
          return reply.problem(403);
        case 'page':
          return reply.page(
            'rooms/people/web/redaction-ask.njk',
            askView(outcome.view),
            outcome.view.errors.length === 0 ? 200 : 422,
          );
        case 'asked':
          reply.notice('You have asked. It goes once another person agrees.');
          return reply.redirect(namePath(outcome.id), 303);
      }
    },
  );

  app.get(recordPaths.names, { config: changes }, async (request, reply) => {
    const { actor } = request;
    const page = await readInAuthority(db, actor.authorityId, async (tx) => {
      const all = await redactions(tx, actor.authorityId);
      const shown = agreesToTakingOut(actor)
        ? all
        : all.filter(({ askedBy }) => askedBy === actor.userId);
      return { shown, names: await namesIn(tx, request, shown) };
    });
    return reply.page(
      'rooms/people/web/redaction-list.njk',
      namesView(page.shown, page.names, recordPages(actor, recordPaths.names)),
    );
  });

  app.get(
    namePath(':id'),
    { config: changes, schema: { params: idParams } },
    async (request, reply) => {
      const { actor } = request;
      const id = parseId<'redaction'>(request.params.id);
      if (id === null) return reply.notFound();
      const page = await readInAuthority(db, actor.authorityId, async (tx) => {
        const asked = await readRedaction(tx, actor, id);
        return asked === null
          ? null
          : { asked, names: await namesIn(tx, request, [asked.redaction]) };
      });
      if (page === null) return reply.notFound();
      return reply.page(
        'rooms/people/web/redaction-decide.njk',
        decideView(page.asked, page.names),
      );
    },
  );

  for (const answer of ['agree', 'refuse'] as const) {
    app.post(
      `${namePath(':id')}/${answer}`,
      {
        config: answer === 'agree' ? { ...changes, stepUp: true } : changes,
        schema: { params: idParams },
      },
      async (request, reply) => {
        const { actor } = request;
        const id = parseId<'redaction'>(request.params.id);
        if (id === null) return reply.notFound();
        const outcome = await inAuthority(db, actor.authorityId, (tx) =>
          decideRedaction(tx, actor, id, answer === 'agree'),
        );
        switch (outcome.kind) {
          case 'not-found':
            return reply.notFound();
          case 'forbidden':
            return reply.problem(403, {
              title: 'You cannot agree to this',
              text: 'It takes two people: somebody else than who asked, who is a quality assurance manager or a director.',
            });
          case 'decided-already':
            return reply.problem(409, {
              title: 'This is decided already',
              text: 'Somebody answered while you were looking. Nothing more was done.',
            });
          case 'refused':
            reply.notice(
              'You refused. Nothing was taken out, and the words are erased from the request.',
            );
            return reply.redirect(recordPaths.names, 303);
          case 'taken-back':
            reply.notice('Your request is taken back.');
            return reply.redirect(recordPaths.names, 303);
          case 'taken-out':
            reply.notice(`Taken out of ${countOf(outcome.facts, 'record')}.`);
            return reply.redirect(recordPaths.names, 303);
        }
      },
    );
  }
}

/** The item of the address, where this person may change it. */
async function itemOf(
  tx: Tx,
  deps: RecordsDeps,
  request: FastifyRequest<{ Params: z.output<typeof itemParams> }>,
): Promise<Item | null> {
  const kind = deps.kinds.find((one) => one.kind === request.params.kind);
  const id = parseId<'item'>(request.params.id);
  if (kind === undefined || id === null) return null;
  const item = await kind.find(tx, request.actor, id, request.today);
  return item?.mayChange === true ? item : null;
}

function namesIn(
  tx: Tx,
  request: FastifyRequest,
  shown: readonly Awaited<ReturnType<typeof redactions>>[number][],
) {
  const ids = shown.flatMap(({ askedBy, decidedBy }) => [askedBy, decidedBy]);
  return userNames(
    tx,
    request.actor.authorityId,
    ids.filter((id) => id !== null),
  );
}
