import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { anyForm, readForm, type FieldError } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { proveAgain } from '../actions/prove-again.ts';
import { localPath } from '../rules/local-path.ts';
import { provedLately } from '../rules/session-life.ts';
import { setSessionCookie } from './cookies.ts';
import { paths } from './paths.ts';
import type { PeopleDeps } from './register.ts';
import { nextQuery, tooManyTries, typed } from './shared.ts';

const forWhoIsIn = { rule: { signedIn: true } } as const;
const proofForm = z.strictObject({ password: typed, code: typed, next: typed });

/** The page that asks for a fresh proof before a dangerous act, and leads on to the act. */
export function addProveRoutes(app: App, deps: PeopleDeps): void {
  app.get(
    paths.prove,
    { config: forWhoIsIn, schema: { querystring: nextQuery } },
    (request, reply) => {
      const next = localPath(request.query.next);
      const session = request.visitor?.session;
      if (session !== undefined && provedLately(session, request.now)) {
        return reply.redirect(next ?? paths.account, 303);
      }
      return provePage(request, reply, next);
    },
  );

  app.post(
    paths.prove,
    { config: forWhoIsIn, schema: { body: anyForm } },
    async (request, reply) => {
      const form = readForm(proofForm, request.body);
      if (!form.ok) return provePage(request, reply, null, form.errors, 422);
      const next = localPath(form.value.next);
      const { visitor } = request;
      if (visitor === null) return reply.notFound();
      const { authority, session } = visitor;
      const outcome = await proveAgain(deps, authority.id, session, form.value, request.now);
      switch (outcome.kind) {
        case 'wait':
          void reply.header('retry-after', outcome.seconds);
          return provePage(
            request,
            reply,
            next,
            [{ field: 'password', text: tooManyTries(outcome.seconds) }],
            429,
          );
        case 'wrong':
          return provePage(
            request,
            reply,
            next,
            [{ field: 'password', text: wrong(session) }],
            422,
          );
        case 'proved':
          setSessionCookie(reply, { authorityId: authority.id, token: outcome.session.token });
          return reply.redirect(next ?? paths.account, 303);
      }
    },
  );
}

const wrong = (session: { codeSetUp: boolean }): string =>
  session.codeSetUp
    ? 'The password or the code is not right, or the code was used already. Enter the password and the next code.'
    : 'This is not your password.';

function provePage(
  request: FastifyRequest,
  reply: FastifyReply,
  next: string | null,
  errors: FieldError[] = [],
  status = 200,
): FastifyReply {
  return reply.page(
    'rooms/people/web/prove.njk',
    {
      title: 'Confirm that it is you',
      classification: null,
      codeSetUp: request.visitor?.session.codeSetUp === true,
      form: { values: { next: next ?? '' }, errors },
      errors,
      action: paths.prove,
    },
    status,
  );
}
