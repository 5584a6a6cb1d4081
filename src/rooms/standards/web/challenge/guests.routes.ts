import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/tables.ts';
import { fresh, wrong } from '#platform/web/form-state.ts';
import {
  anyForm,
  dateBox,
  readDateFields,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
} from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { namedGrants, usersByIds, usersHolding } from '#people';
import {
  lastDayToShare,
  shareChallenge,
  unshareChallenge,
} from '../../actions/challenge/share-challenge.ts';
import type { Challenge } from '../../rules/challenge/picture.ts';
import { answerRefusal, errorsOf } from '../parts.ts';
import { challengeParams, loadForm, type ChallengeDeps } from './ground.ts';
import { guestsView, type KnownGuests } from './guests.view.ts';
import { challengePaths as paths, challengeRoutes } from './paths.ts';
import { dateValues } from './set-up.routes.ts';

const template = 'rooms/standards/web/challenge/guests.njk';
const config = { rule: { may: ['G', 'PLN'] } } as const;
const shareForm = z.strictObject({
  guest: z.string().max(100).optional().default(''),
  reason: requiredText('Say why it is shared with them', 2000),
  'until-day': dateBox,
  'until-month': dateBox,
  'until-year': dateBox,
});
const withdrawForm = z.strictObject({ id: z.string().max(100) });

/** The page on which a challenge is shared with guests by name, for a time, and taken back. */
export function addChallengeGuestRoutes(app: App, deps: ChallengeDeps): void {
  const schema = { params: challengeParams };
  const open = (
    request: FastifyRequest<{ Params: z.output<typeof challengeParams> }>,
    reply: FastifyReply,
  ) =>
    loadForm(deps, request, reply, 'share', (tx, challenge) => knownGuests(tx, request, challenge));

  app.get(challengeRoutes.guests, { config, schema }, async (request, reply) => {
    const loaded = await open(request, reply);
    if (loaded === null) return reply;
    const { challenge, more } = loaded;
    const { today } = request;
    const state = fresh(dateValues('until', lastDayToShare(challenge.closesOn, today)));
    return reply.page(template, guestsView(challenge, more, state, today));
  });

  app.post(
    challengeRoutes.guests,
    { config, schema: { ...schema, body: anyForm } },
    async (request, reply) => {
      const loaded = await open(request, reply);
      if (loaded === null) return reply;
      const { challenge, more } = loaded;
      const { actor, today } = request;
      const values = typedValues(request.body);
      const again = (errors: FieldError[]) =>
        reply.page(template, guestsView(challenge, more, wrong(values, errors), today), 422);
      const form = readForm(shareForm, request.body);
      const until = readDateFields(values, 'until');
      const { guest } = values;
      const userId = parseId<'user'>(typeof guest === 'string' ? guest : '');
      if (!form.ok || !until.ok || until.date === null || userId === null) {
        const noDay = { field: 'until', text: 'Enter the last day on which they may read it' };
        return again([
          ...(userId === null ? [{ field: 'guest', text: 'Choose a peer reviewer' }] : []),
          ...(form.ok ? [] : form.errors),
          ...(until.ok ? (until.date === null ? [noDay] : []) : [until.error]),
        ]);
      }
      const given = { userId, reason: form.value.reason, lastDay: until.date };
      const outcome = await shareChallenge(deps.db, actor, today, challenge.id, given);
      switch (outcome.kind) {
        case 'done':
          reply.notice('Shared. They find the challenge when they sign in, until the last day.');
          return reply.redirect(paths.guests(challenge.id), 303);
        case 'refused':
          return again(errorsOf(outcome));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.post(
    challengeRoutes.withdrawGuest,
    { config, schema: { ...schema, body: anyForm } },
    async (request, reply) => {
      const loaded = await open(request, reply);
      if (loaded === null) return reply;
      const { challenge } = loaded;
      const form = readForm(withdrawForm, request.body);
      const grantId = form.ok ? parseId<'named-grant'>(form.value.id) : null;
      if (grantId === null) return reply.notFound();
      const { actor, today } = request;
      const outcome = await unshareChallenge(deps.db, actor, today, challenge.id, grantId);
      if (outcome.kind === 'refused') return reply.problem(409);
      if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
      reply.notice('They can no longer read this challenge.');
      return reply.redirect(paths.guests(challenge.id), 303);
    },
  );
}

async function knownGuests(
  tx: Tx,
  { actor, today }: FastifyRequest,
  challenge: Challenge,
): Promise<KnownGuests> {
  const { authorityId } = actor;
  const grants = await namedGrants(tx, authorityId, { itemId: challenge.id });
  const reviewers = await usersHolding(tx, authorityId, 'peer-reviewer', today);
  const people = grants.flatMap((one) => [one.userId, one.grantedBy ?? one.userId]);
  return { grants, reviewers, users: await usersByIds(tx, authorityId, [...reviewers, ...people]) };
}
