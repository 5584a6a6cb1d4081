import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { anyForm, readForm, type FieldError } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { choosePasswordByLink, personOfLink } from '../actions/password-link.ts';
import { passwordProblemText } from '../rules/password.ts';
import { authorityBySlug, type Authority } from '../store/authorities.ts';
import type { User } from '../store/users.ts';
import { clearFormSecret } from './cookies.ts';
import { giveFormToken } from './form-guard.ts';
import { passwordLinkPath, signInPath } from './paths.ts';
import type { PeopleDeps } from './register.ts';
import { strangersForm, typed } from './shared.ts';

const openToHolder = {
  rule: { open: 'whoever holds a link that works chooses the password of its one person' },
} as const;

const linkParams = z.strictObject({
  authority: z.string().max(100),
  token: z.string().max(100),
});
const passwordForm = z.strictObject({ password: typed, again: typed });

/** The page behind a password link. Looking at it uses nothing up: only the choice does. */
export function addPasswordLinkRoutes(app: App, deps: PeopleDeps): void {
  const { db } = deps;

  app.get(
    passwordLinkPath(':authority', ':token'),
    { config: openToHolder, schema: { params: linkParams } },
    async (request, reply) => {
      const { authority: slug, token } = request.params;
      const authority = await authorityBySlug(db, slug);
      const person =
        authority === undefined ? null : await personOfLink(db, authority, token, request.now);
      if (authority === undefined || person === null) return noLink(reply);
      return choosePage(request, reply, authority, person, token);
    },
  );

  app.post(
    passwordLinkPath(':authority', ':token'),
    {
      bodyLimit: strangersForm,
      config: openToHolder,
      schema: { params: linkParams, body: anyForm },
    },
    async (request, reply) => {
      const { authority: slug, token } = request.params;
      const authority = await authorityBySlug(db, slug);
      const person =
        authority === undefined ? null : await personOfLink(db, authority, token, request.now);
      if (authority === undefined || person === null) return noLink(reply);
      const again = (errors: FieldError[]) =>
        choosePage(request, reply, authority, person, token, errors, 422);
      const form = readForm(passwordForm, request.body);
      if (!form.ok) return again(form.errors);
      if (form.value.password !== form.value.again) {
        const text = 'The two passwords are not the same. Type the password twice.';
        return again([{ field: 'again', text }]);
      }
      const { password } = form.value;
      const outcome = await choosePasswordByLink(db, authority, token, password, request.now);
      switch (outcome.kind) {
        case 'no-link':
          return noLink(reply);
        case 'password-refused':
          return again(
            outcome.problems.map((problem) => ({
              field: 'password',
              text: passwordProblemText(problem),
            })),
          );
        case 'chosen':
          clearFormSecret(reply);
          void reply.notice('Your password is saved. Sign in with it now.');
          return reply.redirect(signInPath(authority.slug), 303);
      }
    },
  );
}

function noLink(reply: FastifyReply): FastifyReply {
  return reply.problem(404, {
    title: 'This link does not work',
    text: 'A link to choose a password works once, for 24 hours, and only the newest one does. Check that you copied all of it, or ask your administrator for another.',
  });
}

function choosePage(
  request: FastifyRequest,
  reply: FastifyReply,
  authority: Authority,
  person: User,
  token: string,
  errors: FieldError[] = [],
  status = 200,
): FastifyReply {
  giveFormToken(request, reply);
  request.shell.authority ??= { name: authority.name, slug: authority.slug };
  return reply.page(
    'rooms/people/web/password-link.njk',
    {
      title: 'Choose your password',
      classification: null,
      email: person.email,
      form: { values: {}, errors },
      errors,
      action: passwordLinkPath(authority.slug, token),
    },
    status,
  );
}
