import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addDays } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import {
  anyForm,
  dateBox,
  readDateFields,
  readForm,
  requiredText,
  typedValues,
} from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { longestGuestDays, namedGrants, usersByIds, usersHolding } from '#people';
import { sharePlan, unsharePlan } from '../../actions/share-plan.ts';
import type { PlanPicture } from '../../rules/picture.ts';
import type { PlanDeps } from '../deps.ts';
import { paths, routePaths } from '../paths.ts';
import { answerRefusal, errorsOf } from './answers.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { openForm } from './ground.ts';
import { guestsView } from './guests.view.ts';
import { dateValues } from './plan-form.ts';

const config = { rule: { may: ['G', 'PLN'] } } as const;
const params = z.strictObject({ plan: z.string().max(120) });
const shareForm = z.strictObject({
  guest: z.string().max(100).optional().default(''),
  reason: requiredText('Say what they are to look at, and why', 2000),
  'until-day': dateBox,
  'until-month': dateBox,
  'until-year': dateBox,
});
const withdrawForm = z.strictObject({ id: z.string().max(100) });

/** The page on which a plan is shared with guests by name, for a time, and taken back. */
export function addGuestRoutes(app: App, deps: PlanDeps): void {
  app.get(routePaths.guests, { config, schema: { params } }, async (request, reply) => {
    const picture = await openToShare(deps, request, reply, request.params.plan);
    if (picture === null) return reply;
    const lastDay = addDays(request.today, longestGuestDays - 1);
    return guestsPage(deps, request, reply, picture, fresh(dateValues('until', lastDay)));
  });

  app.post(
    routePaths.guests,
    { config, schema: { params, body: anyForm } },
    async (request, reply) => {
      const picture = await openToShare(deps, request, reply, request.params.plan);
      if (picture === null) return reply;
      const again = (state: FormState) => guestsPage(deps, request, reply, picture, state, 422);
      const values = typedValues(request.body);
      const form = readForm(shareForm, request.body);
      const until = readDateFields(values, 'until');
      const guest = values['guest'];
      const userId = parseId<'user'>(typeof guest === 'string' ? guest : '');
      if (!form.ok || !until.ok || until.date === null || userId === null) {
        const noDay = { field: 'until', text: 'Enter the last day on which they may read it' };
        return again(
          wrong(values, [
            ...(userId === null ? [{ field: 'guest', text: 'Choose a peer reviewer' }] : []),
            ...(form.ok ? [] : form.errors),
            ...(until.ok ? (until.date === null ? [noDay] : []) : [until.error]),
          ]),
        );
      }
      const { actor, today } = request;
      const given = { userId, reason: form.value.reason, lastDay: until.date };
      const outcome = await sharePlan(deps.db, actor, today, picture.plan.id, given);
      switch (outcome.kind) {
        case 'done':
          reply.notice('Shared. They find the plan when they sign in, until the last day.');
          return reply.redirect(paths.guests(picture.plan.slug), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.post(
    routePaths.withdrawGuest,
    { config, schema: { params, body: anyForm } },
    async (request, reply) => {
      const picture = await openToShare(deps, request, reply, request.params.plan);
      if (picture === null) return reply;
      const form = readForm(withdrawForm, request.body);
      const grantId = form.ok ? parseId<'named-grant'>(form.value.id) : null;
      if (grantId === null) return reply.notFound();
      const { actor, today } = request;
      const outcome = await unsharePlan(deps.db, actor, today, picture.plan.id, grantId);
      switch (outcome.kind) {
        case 'done':
          reply.notice('They can no longer read this plan.');
          return reply.redirect(paths.guests(picture.plan.slug), 303);
        case 'refused':
          return reply.problem(409);
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

/** The plan, for a person who may share it; null once a problem page was sent. */
async function openToShare(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  slug: string,
): Promise<PlanPicture | null> {
  const ground = await openForm(deps, request, reply, slug, 'read');
  if (ground === null) return null;
  if (ground.allowed.share) return ground.picture;
  reply.problem(403);
  return null;
}

async function guestsPage(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  picture: PlanPicture,
  state: FormState,
  status = 200,
): Promise<FastifyReply> {
  const { today } = request;
  const { authorityId } = request.actor;
  const known = await readInAuthority(deps.db, authorityId, async (tx) => {
    const grants = await namedGrants(tx, authorityId, { itemId: picture.plan.id });
    const reviewers = await usersHolding(tx, authorityId, 'peer-reviewer', today);
    const people = grants.flatMap((one) => [one.userId, one.grantedBy ?? one.userId]);
    return {
      grants,
      reviewers,
      users: await usersByIds(tx, authorityId, [...reviewers, ...people]),
    };
  });
  return reply.page(
    'rooms/plans/web/edit/guests.njk',
    guestsView(state, picture, known, today),
    status,
  );
}
