import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId, type UserId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import {
  anyForm,
  dateBox,
  readDateFields,
  readForm,
  type FieldError,
} from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { confirmRole, endRole, grantRole } from '../actions/grant-role.ts';
import { parseRole } from '../rules/policy.ts';
import { usersByIds } from '../store/users.ts';
import { rolesPath, userPath, paths } from './paths.ts';
import { giveRoleView } from './roles.view.ts';
import { conflictText, lastAdministrator, refusalTexts } from './refusals.ts';
import type { PeopleDeps } from './register.ts';
import { emptyForm, idIn, idParams, typed, type ShownForm } from './shared.ts';

const changes = { rule: { may: ['U', 'USR'] } } as const;
const grants = { rule: { may: ['G', 'USR'] } } as const;
/** Changing what somebody may do asks for a fresh proof. */
const givesRole = { ...grants, stepUp: true } as const;
const endsRole = { ...changes, stepUp: true } as const;

const roleForm = z.strictObject({
  role: typed,
  'from-day': dateBox,
  'from-month': dateBox,
  'from-year': dateBox,
});

/** Giving a role, agreeing to one as the second administrator, and taking one away. */
export function addRoleRoutes(app: App, deps: PeopleDeps): void {
  const { db } = deps;

  app.get(rolesPath(':id'), { config: grants, schema: { params: idParams } }, (request, reply) =>
    giveRolePage(deps, request, reply, parseId<'user'>(request.params.id), emptyForm),
  );

  app.post(
    rolesPath(':id'),
    { config: givesRole, schema: { params: idParams, body: anyForm } },
    async (request, reply) => {
      const userId = parseId<'user'>(request.params.id);
      if (userId === null) return reply.notFound();
      const form = readForm(roleForm, request.body);
      if (!form.ok) return giveRolePage(deps, request, reply, userId, form, 422);
      const role = parseRole(form.value.role);
      const from = readDateFields(form.value, 'from');
      const refuse = (errors: FieldError[]) =>
        giveRolePage(deps, request, reply, userId, { values: form.value, errors }, 422);
      if (role === null || !from.ok) {
        return refuse([
          ...(role === null ? [{ field: 'role', text: 'Choose a role' }] : []),
          ...(from.ok ? [] : [from.error]),
        ]);
      }
      const { actor, today } = request;
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        grantRole(tx, actor, { userId, role, startsOn: from.date ?? today }),
      );
      switch (outcome.kind) {
        case 'refused':
          return refuse(refusalTexts(outcome.reasons).map((text) => ({ field: 'role', text })));
        case 'unknown-user':
          return reply.notFound();
        case 'has-it-already':
          return refuse([
            { field: 'role', text: 'They have this role already, or it waits to be agreed' },
          ]);
        case 'account-closed':
          return refuse([{ field: 'role', text: 'Their account is closed. Open it again first' }]);
        case 'roles-conflict':
          return refuse([{ field: 'role', text: conflictText(outcome) }]);
        case 'granted':
          void reply.notice(
            outcome.confirmed
              ? 'The role is given.'
              : 'The role is put forward. It holds once another administrator agrees to it on the page “People”.',
          );
          return reply.redirect(userPath(userId), 303);
      }
    },
  );

  app.post(
    '/people/roles/confirm',
    { config: givesRole, schema: { body: anyForm } },
    async (request, reply) => {
      const grantId = idIn<'role-grant'>(request.body);
      if (grantId === null) return reply.notFound();
      const { actor } = request;
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        confirmRole(tx, actor, grantId),
      );
      switch (outcome.kind) {
        case 'refused':
          return reply.problem(403, {
            title: 'You cannot agree to this role',
            text: refusalTexts(outcome.reasons).join(' '),
          });
        case 'one-opened-the-other':
          return reply.problem(403, {
            title: 'You cannot agree to this role',
            text: 'In the last 30 days one of you two made the other’s password link or reset their one-time codes. Ask another administrator to agree.',
          });
        case 'nothing-to-confirm':
          return reply.notFound();
        case 'confirmed':
          void reply.notice('The role is given.');
          return reply.redirect(paths.people, 303);
      }
    },
  );

  app.post(
    `${rolesPath(':id')}/end`,
    { config: endsRole, schema: { params: idParams, body: anyForm } },
    async (request, reply) => {
      const userId = parseId<'user'>(request.params.id);
      const grantId = idIn<'role-grant'>(request.body);
      if (userId === null || grantId === null) return reply.notFound();
      const { actor, today } = request;
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        endRole(tx, actor, grantId, today),
      );
      switch (outcome.kind) {
        case 'refused':
          return reply.problem(403);
        case 'nothing-to-end':
          return reply.notFound();
        case 'last-administrator':
          return reply.problem(409, lastAdministrator);
        case 'ended':
          void reply.notice('The role is ended. It gives nothing from now on.');
          return reply.redirect(userPath(userId), 303);
      }
    },
  );
}

async function giveRolePage(
  deps: PeopleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  userId: UserId | null,
  form: ShownForm,
  status = 200,
): Promise<FastifyReply> {
  if (userId === null) return reply.notFound();
  const { authorityId } = request.actor;
  const users = await readInAuthority(deps.db, authorityId, (tx) =>
    usersByIds(tx, authorityId, [userId]),
  );
  const user = users.get(userId);
  if (user === undefined) return reply.notFound();
  return reply.page(
    'rooms/people/web/give-role.njk',
    { ...giveRoleView(user, request.actor.userId), form, errors: form.errors },
    status,
  );
}
