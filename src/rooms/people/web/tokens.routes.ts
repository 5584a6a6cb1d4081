import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { anyForm, dateBox, manyOf, readDateFields, readForm } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { makeToken, mayHaveTokens, withdrawToken } from '../actions/api-tokens.ts';
import { parseApiScope } from '../rules/api-scopes.ts';
import { tokensOf } from '../store/api-tokens.ts';
import { paths, userPath } from './paths.ts';
import type { PeopleDeps } from './register.ts';
import { idIn, idParams, typed, type ShownForm } from './shared.ts';
import { newTokenForm, tokenMadeView, tokensView } from './tokens.view.ts';

const forWhoIsIn = { rule: { signedIn: true } } as const;

const tokenForm = z.strictObject({
  name: typed,
  scopes: manyOf(z.string().max(100)),
  'last-day': dateBox,
  'last-month': dateBox,
  'last-year': dateBox,
});

/** A person's own tokens for data; and how an administrator withdraws one. */
export function addTokenRoutes(app: App, deps: PeopleDeps): void {
  const { db } = deps;

  app.get(paths.tokens, { config: forWhoIsIn }, (request, reply) =>
    tokensPage(deps, request, reply, newTokenForm(request.today)),
  );

  app.post(
    paths.tokens,
    { config: { ...forWhoIsIn, stepUp: true }, schema: { body: anyForm } },
    async (request, reply) => {
      const form = readForm(tokenForm, request.body);
      if (!form.ok) return tokensPage(deps, request, reply, form, 422);
      const { actor, today } = request;
      const last = readDateFields(form.value, 'last');
      const asked = {
        name: form.value.name,
        scopes: form.value.scopes.flatMap((scope) => parseApiScope(scope) ?? []),
        lastDay: last.ok ? last.date : null,
      };
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        makeToken(tx, actor, asked, today),
      );
      const refuse = (errors: ShownForm['errors']) =>
        tokensPage(deps, request, reply, { values: form.value, errors }, 422);
      switch (outcome.kind) {
        case 'nothing-to-export':
          return reply.problem(403);
        case 'too-many':
          return refuse([
            { field: 'name', text: 'You have ten tokens that work. Withdraw one of them first' },
          ]);
        case 'wrong':
          return refuse(
            outcome.problems.map((problem) =>
              problem.field === 'last' && !last.ok ? last.error : problem,
            ),
          );
        case 'made':
          return reply.page(
            'rooms/people/web/token-made.njk',
            tokenMadeView({
              token: outcome.token,
              name: asked.name.trim(),
              scopes: asked.scopes,
              lastDay: asked.lastDay ?? today,
              example: new URL('/api/v1/plans', deps.publicUrl).href,
            }),
          );
      }
    },
  );

  app.post(
    `${paths.tokens}/withdraw`,
    { config: forWhoIsIn, schema: { body: anyForm } },
    async (request, reply) => {
      const id = idIn<'api-token'>(request.body);
      if (id === null) return reply.notFound();
      const { actor } = request;
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        withdrawToken(tx, actor, { userId: actor.userId, id }),
      );
      if (outcome.kind !== 'withdrawn') return reply.notFound();
      void reply.notice('Withdrawn. The token opens nothing any more.');
      return reply.redirect(paths.tokens, 303);
    },
  );

  app.post(
    '/people/users/:id/tokens/withdraw',
    {
      config: { rule: { may: ['U', 'USR'] } },
      schema: { params: idParams, body: anyForm },
    },
    async (request, reply) => {
      const userId = parseId<'user'>(request.params.id);
      const id = idIn<'api-token'>(request.body);
      if (userId === null || id === null) return reply.notFound();
      const { actor } = request;
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        withdrawToken(tx, actor, { userId, id }),
      );
      if (outcome.kind === 'refused') return reply.problem(403);
      if (outcome.kind === 'nothing-to-withdraw') return reply.notFound();
      void reply.notice('Withdrawn. The token opens nothing any more.');
      return reply.redirect(userPath(userId), 303);
    },
  );
}

async function tokensPage(
  deps: PeopleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  form: ShownForm,
  status = 200,
): Promise<FastifyReply> {
  const { actor, today } = request;
  const tokens = await readInAuthority(deps.db, actor.authorityId, (tx) =>
    tokensOf(tx, actor.authorityId, actor.userId),
  );
  const view = tokensView({ tokens, mayMake: mayHaveTokens(actor), form, today });
  return reply.page('rooms/people/web/tokens.njk', view, status);
}
