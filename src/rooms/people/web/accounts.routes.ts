import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId, type UserId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import { anyForm, readForm, requiredText, type FieldError } from '#platform/web/forms.ts';
import type { PageView } from '#platform/web/pages.ts';
import type { App } from '#platform/web/server.ts';
import { changeDetails, closeAccount, openAccount } from '../actions/account.ts';
import { userDetailProblems } from '../rules/user-details.ts';
import { usersByIds, type User } from '../store/users.ts';
import { closeView, detailsView, openView } from './accounts.view.ts';
import { closePath, detailsPath, openPath, userPath } from './paths.ts';
import { lastAdministrator } from './refusals.ts';
import type { PeopleDeps } from './register.ts';
import { emptyForm, idParams, typed, type ShownForm } from './shared.ts';

const changes = { rule: { may: ['U', 'USR'] } } as const;
/** Who signs in, and by which address, asks for a fresh proof. */
const changesAccount = { ...changes, stepUp: true } as const;

const detailsForm = z.strictObject({ name: typed, email: typed });
const reasonForm = z.strictObject({ reason: requiredText('Say why', 2000) });
const reasonTemplate = 'rooms/people/web/account-reason.njk';

type PageOf = (user: User, form: ShownForm) => { template: string; view: PageView };

/** What becomes of an account: another name or address, closed when somebody leaves, opened again. */
export function addAccountsRoutes(app: App, deps: PeopleDeps): void {
  const { db } = deps;
  const params = { schema: { params: idParams } };
  const posted = { schema: { params: idParams, body: anyForm } };

  const detailsPage: PageOf = (user, form) => ({
    template: 'rooms/people/web/details.njk',
    view: detailsView(user, form),
  });
  const closePage: PageOf = (user, form) => ({
    template: reasonTemplate,
    view: closeView(user, form),
  });
  const openPage: PageOf = (user, form) => ({
    template: reasonTemplate,
    view: openView(user, form),
  });

  for (const [path, page] of [
    [detailsPath(':id'), detailsPage],
    [closePath(':id'), closePage],
    [openPath(':id'), openPage],
  ] as const) {
    app.get(path, { config: changes, ...params }, (request, reply) =>
      showPage(deps, request, reply, parseId<'user'>(request.params.id), page),
    );
  }

  app.post(detailsPath(':id'), { config: changesAccount, ...posted }, async (request, reply) => {
    const userId = parseId<'user'>(request.params.id);
    if (userId === null) return reply.notFound();
    const form = readForm(detailsForm, request.body);
    if (!form.ok) return showPage(deps, request, reply, userId, detailsPage, form);
    const refuse = (errors: FieldError[]) =>
      showPage(deps, request, reply, userId, detailsPage, { values: form.value, errors });
    const problems = userDetailProblems(form.value);
    if (problems.length > 0) return refuse(problems);
    const { actor } = request;
    const outcome = await inAuthority(db, actor.authorityId, (tx) =>
      changeDetails(tx, actor, userId, form.value),
    );
    switch (outcome.kind) {
      case 'refused':
        return reply.problem(403);
      case 'unknown-user':
        return reply.notFound();
      case 'address-taken':
        return refuse([{ field: 'email', text: 'Somebody here has this email address already' }]);
      case 'nothing-changed':
        return reply.redirect(userPath(userId), 303);
      case 'changed':
        void reply.notice('Saved. They sign in with this address from now on.');
        return reply.redirect(userPath(userId), 303);
    }
  });

  app.post(closePath(':id'), { config: changesAccount, ...posted }, async (request, reply) => {
    const userId = parseId<'user'>(request.params.id);
    if (userId === null) return reply.notFound();
    const form = readForm(reasonForm, request.body);
    if (!form.ok) return showPage(deps, request, reply, userId, closePage, form);
    const { actor, today, now } = request;
    const closing = { userId, reason: form.value.reason };
    const outcome = await inAuthority(db, actor.authorityId, (tx) =>
      closeAccount(tx, actor, closing, today, now),
    );
    switch (outcome.kind) {
      case 'refused':
        return reply.problem(403);
      case 'unknown-user':
        return reply.notFound();
      case 'ones-own-account':
        return reply.problem(409, {
          title: 'This is your own account',
          text: 'Another administrator can close it.',
        });
      case 'last-administrator':
        return reply.problem(409, lastAdministrator);
      case 'closed-already':
        return reply.redirect(userPath(userId), 303);
      case 'closed':
        void reply.notice(
          'The account is closed. They are signed out, and their roles and posts have ended.',
        );
        return reply.redirect(userPath(userId), 303);
    }
  });

  app.post(openPath(':id'), { config: changesAccount, ...posted }, async (request, reply) => {
    const userId = parseId<'user'>(request.params.id);
    if (userId === null) return reply.notFound();
    const form = readForm(reasonForm, request.body);
    if (!form.ok) return showPage(deps, request, reply, userId, openPage, form);
    const { actor, now } = request;
    const opening = { userId, reason: form.value.reason };
    const outcome = await inAuthority(db, actor.authorityId, (tx) =>
      openAccount(tx, actor, opening, now),
    );
    switch (outcome.kind) {
      case 'refused':
        return reply.problem(403);
      case 'unknown-user':
        return reply.notFound();
      case 'open-already':
        return reply.redirect(userPath(userId), 303);
      case 'opened':
        void reply.notice(
          outcome.before === 'closed'
            ? 'The account is open again. It has no role and no post until they are given anew.'
            : 'The account is open again. They sign in as before.',
        );
        return reply.redirect(userPath(userId), 303);
    }
  });
}

async function showPage(
  deps: PeopleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  userId: UserId | null,
  page: PageOf,
  wrong?: ShownForm,
): Promise<FastifyReply> {
  if (userId === null) return reply.notFound();
  const { authorityId } = request.actor;
  const users = await readInAuthority(deps.db, authorityId, (tx) =>
    usersByIds(tx, authorityId, [userId]),
  );
  const user = users.get(userId);
  if (user === undefined) return reply.notFound();
  const { template, view } = page(user, wrong ?? emptyForm);
  return reply.page(template, view, wrong === undefined ? 200 : 422);
}
