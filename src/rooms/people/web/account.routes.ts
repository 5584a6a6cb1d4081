import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatInstant } from '#kernel/dates.ts';
import { anyForm, readForm, type FieldError } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { keptForms } from '../actions/kept-forms.ts';
import { beginCodeSetUp, changeCodeKey, keyBeingSetUp, proveCode } from '../actions/prove-code.ts';
import { chooseOwnPassword } from '../actions/set-password.ts';
import { codeKeyAddress, keyInGroups } from '../proofs/one-time-code.ts';
import { squareCode } from '../proofs/square-code.ts';
import { localPath } from '../rules/local-path.ts';
import { passwordProblemText } from '../rules/password.ts';
import { roleNames } from '../rules/role-names.ts';
import { setSessionCookie } from './cookies.ts';
import { ownerOf } from './form-guard.ts';
import { keptPath, paths, stepPath, withNext } from './paths.ts';
import type { PeopleDeps } from './register.ts';
import { nextQuery, tooManyTries, typed } from './shared.ts';
import type { Visitor } from './visitor.ts';

const openHalfWay = {
  rule: { open: 'half-way through signing in or wholly; only their own session opens it' },
} as const;

const forWhoIsIn = { rule: { signedIn: true } } as const;

const passwordForm = z.strictObject({
  current: typed,
  password: typed,
  again: typed,
  next: typed,
});
const codeForm = z.strictObject({ code: typed, next: typed });

/** A person's own account: their password and their one-time codes. */
export function addAccountRoutes(app: App, deps: PeopleDeps): void {
  app.get(paths.account, { config: forWhoIsIn }, async (request, reply) => {
    const { actor, visitor } = request;
    const kept = visitor === null ? [] : await keptForms(deps, ownerOf(visitor), request.now);
    return reply.page('rooms/people/web/account.njk', {
      title: 'Your account',
      email: visitor?.session.email,
      roles: actor.roles.map((role) => roleNames[role]),
      codeSetUp: visitor?.session.codeSetUp,
      kept: kept.map(({ id, keptAt }) => ({ href: keptPath(id), keptAt: formatInstant(keptAt) })),
      paths,
    });
  });

  app.get(
    paths.password,
    { config: openHalfWay, schema: { querystring: nextQuery } },
    (request, reply) => {
      const next = localPath(request.query.next);
      const visitor = whoMay(request, 'new-password');
      if ('elsewhere' in visitor) return reply.redirect(visitor.elsewhere(next), 303);
      return passwordPage(reply, visitor, next);
    },
  );

  app.post(
    paths.password,
    { config: openHalfWay, schema: { body: anyForm } },
    async (request, reply) => {
      const form = readForm(passwordForm, request.body);
      const next = form.ok ? localPath(form.value.next) : null;
      const visitor = whoMay(request, 'new-password');
      if ('elsewhere' in visitor) return reply.redirect(visitor.elsewhere(next), 303);
      if (!form.ok) return passwordPage(reply, visitor, next, form.errors);
      const { current, password, again } = form.value;
      if (password !== again) {
        return passwordPage(reply, visitor, next, [
          { field: 'again', text: 'The two passwords are not the same. Type the new one twice.' },
        ]);
      }
      const { authority, session } = visitor;
      const outcome = await chooseOwnPassword(
        deps.db,
        authority,
        session,
        { current, password },
        request.now,
      );
      switch (outcome.kind) {
        case 'wait':
          void reply.header('retry-after', outcome.seconds);
          return passwordPage(
            reply,
            visitor,
            next,
            [{ field: 'current', text: tooManyTries(outcome.seconds) }],
            429,
          );
        case 'wrong-current':
          return passwordPage(reply, visitor, next, [
            { field: 'current', text: 'This is not your present password.' },
          ]);
        case 'same-as-before':
          return passwordPage(reply, visitor, next, [
            { field: 'password', text: 'Choose a password other than your present one.' },
          ]);
        case 'password-refused':
          return passwordPage(
            reply,
            visitor,
            next,
            outcome.problems.map((problem) => ({
              field: 'password',
              text: passwordProblemText(problem),
            })),
          );
        case 'changed':
          setSessionCookie(reply, { authorityId: authority.id, token: outcome.session.token });
          void reply.notice('Your password is changed. Any other browser was signed out.');
          return reply.redirect(next ?? paths.account, 303);
      }
    },
  );

  app.get(
    paths.codes,
    { config: openHalfWay, schema: { querystring: nextQuery } },
    async (request, reply) => {
      const next = localPath(request.query.next);
      const visitor = whoMay(request, 'set-up-code');
      if ('elsewhere' in visitor) return reply.redirect(visitor.elsewhere(next), 303);
      return await codesPage(deps, reply, visitor, next);
    },
  );

  app.post(`${paths.codes}/begin`, { config: openHalfWay }, async (request, reply) => {
    const visitor = whoMay(request, 'set-up-code');
    if ('elsewhere' in visitor) return reply.redirect(visitor.elsewhere(null), 303);
    await beginCodeSetUp(deps, visitor.authority.id, visitor.session, request.now);
    return reply.redirect(paths.codes, 303);
  });

  app.post(
    `${paths.codes}/change`,
    { config: { ...forWhoIsIn, stepUp: true } },
    async (request, reply) => {
      const { actor, visitor } = request;
      if (visitor?.session.codeSetUp !== true) return reply.redirect(paths.codes, 303);
      await changeCodeKey(deps, actor.authorityId, visitor.session, request.now);
      return reply.redirect(paths.codes, 303);
    },
  );

  app.post(
    paths.codes,
    { config: openHalfWay, schema: { body: anyForm } },
    async (request, reply) => {
      const form = readForm(codeForm, request.body);
      const next = form.ok ? localPath(form.value.next) : null;
      const visitor = whoMay(request, 'set-up-code');
      if ('elsewhere' in visitor) return reply.redirect(visitor.elsewhere(next), 303);
      if (!form.ok) return await codesPage(deps, reply, visitor, next, form.errors, 422);
      if (visitor.session.codeSetUp) return reply.redirect(paths.account, 303);
      const { authority, session } = visitor;
      const outcome = await proveCode(deps, authority.id, session, form.value.code, request.now);
      switch (outcome.kind) {
        case 'wait':
          void reply.header('retry-after', outcome.seconds);
          return await codesPage(
            deps,
            reply,
            visitor,
            next,
            [{ field: 'code', text: tooManyTries(outcome.seconds) }],
            429,
          );
        case 'wrong':
          return await codesPage(
            deps,
            reply,
            visitor,
            next,
            [
              {
                field: 'code',
                text: 'That code is not right. Check that your telephone shows the right time, wait for the next code and enter it.',
              },
            ],
            422,
          );
        case 'proved':
          setSessionCookie(reply, { authorityId: authority.id, token: outcome.session.token });
          void reply.notice('One-time codes are set up. You will be asked for one each time.');
          return reply.redirect(next ?? paths.account, 303);
      }
    },
  );
}

/**
 * The visitor, when they are wholly in or at this very step of signing in; otherwise where
 * they belong.
 */
function whoMay(
  request: FastifyRequest,
  step: 'new-password' | 'set-up-code',
): Visitor | { elsewhere: (next: string | null) => string } {
  const { visitor } = request;
  if (visitor === null) {
    return { elsewhere: (next) => withNext(paths.chooseCouncil, next) };
  }
  const { step: present } = visitor;
  if (present === null || present === step) return visitor;
  return { elsewhere: (next) => stepPath(present, next) };
}

function passwordPage(
  reply: FastifyReply,
  visitor: Visitor,
  next: string | null,
  errors: FieldError[] = [],
  status = errors.length === 0 ? 200 : 422,
): FastifyReply {
  const first = visitor.session.passwordMustChange;
  return reply.page(
    'rooms/people/web/new-password.njk',
    {
      classification: null,
      title: first ? 'Choose a password of your own' : 'Change your password',
      first,
      form: { values: { next: next ?? '' }, errors },
      errors,
      action: paths.password,
    },
    status,
  );
}

async function codesPage(
  deps: PeopleDeps,
  reply: FastifyReply,
  visitor: Visitor,
  next: string | null,
  errors: FieldError[] = [],
  status = 200,
): Promise<FastifyReply> {
  const { authority, session } = visitor;
  const key = session.codeSetUp ? null : await keyBeingSetUp(deps, authority.id, session);
  return reply.page(
    'rooms/people/web/set-up-codes.njk',
    {
      title: 'Set up one-time codes',
      classification: null,
      codeSetUp: session.codeSetUp,
      required: !authority.isDemo,
      email: session.email,
      key: key === null ? null : keyInGroups(key),
      square:
        key === null
          ? null
          : squareCode(
              codeKeyAddress(key, session.email, authority.name),
              'Square code for your authenticator app',
            ),
      form: { values: { next: next ?? '' }, errors },
      errors,
      action: paths.codes,
    },
    status,
  );
}
