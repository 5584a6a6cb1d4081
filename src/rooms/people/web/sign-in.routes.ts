import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { anyForm, readForm, type FieldError, type FormValues } from '#platform/web/forms.ts';
import { networkOf } from '#platform/web/network.ts';
import type { App } from '#platform/web/server.ts';
import { proveCode } from '../actions/prove-code.ts';
import { signIn } from '../actions/sign-in.ts';
import { signOut } from '../actions/sign-out.ts';
import type { StartedSession } from '../actions/start-session.ts';
import { browserName } from '../rules/browser-name.ts';
import { localPath } from '../rules/local-path.ts';
import { authorityBySlug, listAuthorities, type Authority } from '../store/authorities.ts';
import {
  clearFormSecret,
  clearSessionCookie,
  readBrowserCookie,
  readSessionCookie,
  setBrowserCookie,
  setSessionCookie,
} from './cookies.ts';
import { giveFormToken } from './form-guard.ts';
import { nextQuery, strangersForm, tooManyTries, typed } from './shared.ts';
import { paths, signInPath, stepPath, withNext } from './paths.ts';
import type { PeopleDeps } from './register.ts';

const openToSignIn = {
  rule: { open: 'people who are not signed in sign in here' },
} as const;
const openHalfWay = {
  rule: { open: 'half-way through signing in; only their own session opens it' },
} as const;

const slugParams = z.strictObject({ authority: z.string().max(100) });
const signInForm = z.strictObject({ email: typed, password: typed, next: typed });
const codeForm = z.strictObject({ code: typed, next: typed });

/** The pages by which people come in and go out. */
export function addSignInRoutes(app: App, deps: PeopleDeps): void {
  app.get(
    '/',
    { config: { rule: { open: 'leads everybody to their own first page' } } },
    (request, reply) => {
      const { visitor } = request;
      if (visitor === null) return chooseCouncil(deps, request, reply, null);
      return reply.redirect(
        visitor.step === null ? deps.homeOf(visitor.actor) : stepPath(visitor.step, null),
        303,
      );
    },
  );

  app.get(
    paths.chooseCouncil,
    { config: openToSignIn, schema: { querystring: nextQuery } },
    (request, reply) => chooseCouncil(deps, request, reply, localPath(request.query.next)),
  );

  app.get(
    '/:authority/sign-in',
    { config: openToSignIn, schema: { params: slugParams, querystring: nextQuery } },
    async (request, reply) => {
      const authority = await authorityBySlug(deps.db, request.params.authority);
      if (authority === undefined) return reply.notFound();
      const next = localPath(request.query.next);
      const { visitor } = request;
      if (visitor?.authority.id === authority.id && visitor.step === null) {
        return reply.redirect(next ?? deps.homeOf(visitor.actor), 303);
      }
      return signInPage(deps, request, reply, authority, { values: { next: next ?? '' } });
    },
  );

  app.post(
    '/:authority/sign-in',
    {
      bodyLimit: strangersForm,
      config: openToSignIn,
      schema: { params: slugParams, body: anyForm },
    },
    async (request, reply) => {
      const authority = await authorityBySlug(deps.db, request.params.authority);
      if (authority === undefined) return reply.notFound();
      const form = readForm(signInForm, request.body);
      if (!form.ok) return signInPage(deps, request, reply, authority, form, 422);
      const { email, password } = form.value;
      const next = localPath(form.value.next);
      const again = (errors: FieldError[], status: number) =>
        signInPage(
          deps,
          request,
          reply,
          authority,
          { values: { email, next: next ?? '' }, errors },
          status,
        );
      const missing = [
        ...(email.trim() === '' ? [{ field: 'email', text: 'Enter your email address' }] : []),
        ...(password === '' ? [{ field: 'password', text: 'Enter your password' }] : []),
      ];
      if (missing.length > 0) return again(missing, 422);

      const before = request.visitor?.authority.id === authority.id ? request.visitor : null;
      const outcome = await signIn(
        deps,
        authority,
        { email, password },
        {
          session: before?.session.id ?? null,
          browserMark: readBrowserCookie(request),
          network: networkOf(request),
          browser: browserName(request.headers['user-agent']),
        },
        request.now,
      );
      switch (outcome.kind) {
        case 'wait':
          void reply.header('retry-after', outcome.seconds);
          return again([{ field: 'email', text: tooManyTries(outcome.seconds) }], 429);
        case 'refused':
          return again(
            [
              {
                field: 'email',
                text: 'The email address or the password is not right. Check both and try again.',
              },
            ],
            422,
          );
        case 'signed-in':
          clearFormSecret(reply);
          setBrowserCookie(reply, outcome.browserMark);
          return goOn(reply, authority, outcome.session, next);
      }
    },
  );

  app.get(
    paths.code,
    { config: openHalfWay, schema: { querystring: nextQuery } },
    (request, reply) => {
      const next = localPath(request.query.next);
      const { visitor } = request;
      if (visitor === null) return reply.redirect(withNext(paths.chooseCouncil, next), 303);
      if (visitor.step !== 'code') return reply.redirect(next ?? '/', 303);
      return codePage(reply, { values: { next: next ?? '' } });
    },
  );

  app.post(
    paths.code,
    { bodyLimit: strangersForm, config: openHalfWay, schema: { body: anyForm } },
    async (request, reply) => {
      const { visitor } = request;
      if (visitor === null) return reply.redirect(paths.chooseCouncil, 303);
      const form = readForm(codeForm, request.body);
      if (!form.ok) return codePage(reply, form, 422);
      const next = localPath(form.value.next);
      if (visitor.step !== 'code') return reply.redirect(next ?? '/', 303);
      const values = { next: next ?? '' };
      const { authority, session } = visitor;
      const outcome = await proveCode(deps, authority.id, session, form.value.code, request.now);
      switch (outcome.kind) {
        case 'wait':
          void reply.header('retry-after', outcome.seconds);
          return codePage(
            reply,
            { values, errors: [{ field: 'code', text: tooManyTries(outcome.seconds) }] },
            429,
          );
        case 'wrong':
          return codePage(
            reply,
            {
              values,
              errors: [
                {
                  field: 'code',
                  text: 'That code is not right, or was used already. Wait for the next one and enter it.',
                },
              ],
            },
            422,
          );
        case 'proved':
          return goOn(reply, authority, outcome.session, next);
      }
    },
  );

  app.post(
    paths.signOut,
    {
      bodyLimit: strangersForm,
      config: { rule: { open: 'going out is open to whoever is in, half-way or wholly' } },
    },
    async (request, reply) => {
      const { visitor } = request;
      clearSessionCookie(reply);
      if (visitor === null) return reply.redirect(paths.chooseCouncil, 303);
      await signOut(deps.db, visitor.authority.id, visitor.session, request.now);
      // What the browser kept of our pages for the Back button, or stored, is forgotten as well.
      void reply.header('clear-site-data', '"cache", "storage"');
      void reply.notice('You are signed out.');
      return reply.redirect(signInPath(visitor.authority.slug), 303);
    },
  );
}

/** Gives the browser its new session and sends it on; what is still to be done comes in between. */
function goOn(
  reply: FastifyReply,
  authority: Authority,
  session: StartedSession,
  next: string | null,
): FastifyReply {
  setSessionCookie(reply, { authorityId: authority.id, token: session.token });
  // The next page's rule leads through the steps that are left.
  return reply.redirect(next ?? '/', 303);
}

/**
 * Leads to the sign-in page where there is no choice: there is one council, or a session of one
 * has just run out on the way to a page. Otherwise asks.
 */
async function chooseCouncil(
  deps: PeopleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  next: string | null,
): Promise<FastifyReply> {
  const authorities = await listAuthorities(deps.db);
  const before = next === null ? undefined : readSessionCookie(request)?.authorityId;
  const only = authorities.length === 1 ? authorities[0] : undefined;
  const known = only ?? authorities.find((authority) => authority.id === before);
  if (known !== undefined) return reply.redirect(withNext(signInPath(known.slug), next), 303);
  return reply.page('rooms/people/web/choose-council.njk', {
    title: 'Choose your council',
    classification: null,
    councils: authorities.map((authority) => ({
      name: authority.name,
      href: withNext(signInPath(authority.slug), next),
    })),
  });
}

interface ShownForm {
  values: FormValues;
  errors?: FieldError[];
}

function signInPage(
  deps: PeopleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  authority: Authority,
  form: ShownForm,
  status = 200,
): FastifyReply {
  giveFormToken(request, reply);
  request.shell.authority = { name: authority.name, slug: authority.slug };
  return reply.page(
    'rooms/people/web/sign-in.njk',
    {
      title: 'Sign in',
      classification: null,
      action: signInPath(authority.slug),
      form,
      errors: form.errors ?? [],
      demoSignIns: authority.isDemo ? deps.demoSignIns(authority) : [],
    },
    status,
  );
}

function codePage(reply: FastifyReply, form: ShownForm, status = 200): FastifyReply {
  return reply.page(
    'rooms/people/web/code.njk',
    {
      title: 'Enter your one-time code',
      classification: null,
      form,
      errors: form.errors ?? [],
    },
    status,
  );
}
