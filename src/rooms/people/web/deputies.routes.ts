import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addDays } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import {
  anyForm,
  dateBox,
  readDateFields,
  readForm,
  type FieldError,
} from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { delegatePost, endDelegation } from '../actions/delegate-post.ts';
import { may } from '../rules/policy.ts';
import { delegations } from '../store/delegations.ts';
import { holdings, isHeldOn } from '../store/holdings.ts';
import { listParties, partiesByIds } from '../store/parties.ts';
import { userByEmail, userNames } from '../store/users.ts';
import { deputiesView } from './deputies.view.ts';
import { paths } from './paths.ts';
import type { PeopleDeps } from './register.ts';
import { emptyForm, idIn, typed, type ShownForm } from './shared.ts';

const forWhoIsIn = { rule: { signedIn: true } } as const;
/** Whom a post's actions are open to asks for a fresh proof. */
const delegates = { ...forWhoIsIn, stepUp: true } as const;

const deputyForm = z.strictObject({
  post: typed,
  email: typed,
  'from-day': dateBox,
  'from-month': dateBox,
  'from-year': dateBox,
  'until-day': dateBox,
  'until-month': dateBox,
  'until-year': dateBox,
});

/** The page on which the holder of a post names who acts in it for a time, and takes it back. */
export function addDeputyRoutes(app: App, deps: PeopleDeps): void {
  const { db } = deps;

  app.get(paths.deputies, { config: forWhoIsIn }, (request, reply) =>
    deputiesPage(deps, request, reply, emptyForm),
  );

  app.post(
    paths.deputies,
    { config: delegates, schema: { body: anyForm } },
    async (request, reply) => {
      const form = readForm(deputyForm, request.body);
      if (!form.ok) return deputiesPage(deps, request, reply, form, 422);
      const refuse = (errors: FieldError[]) =>
        deputiesPage(deps, request, reply, { values: form.value, errors }, 422);
      const partyId = parseId<'party'>(form.value.post);
      const from = readDateFields(form.value, 'from');
      const until = readDateFields(form.value, 'until');
      const lastDay = until.ok ? until.date : null;
      if (partyId === null || !from.ok || !until.ok || lastDay === null) {
        return refuse([
          ...(partyId === null ? [{ field: 'post', text: 'Choose the post' }] : []),
          ...(from.ok ? [] : [from.error]),
          ...(until.ok
            ? lastDay === null
              ? [{ field: 'until', text: 'Enter the last day on which they act' }]
              : []
            : [until.error]),
        ]);
      }
      const { actor, today } = request;
      const outcome = await inAuthority(db, actor.authorityId, async (tx) => {
        const user = await userByEmail(tx, actor.authorityId, form.value.email);
        if (user === undefined) return { kind: 'unknown-user' } as const;
        const days = { startsOn: from.date ?? today, endsOn: addDays(lastDay, 1) };
        return delegatePost(tx, actor, { partyId, userId: user.id, ...days }, today);
      });
      switch (outcome.kind) {
        case 'unknown-user':
          return refuse([
            { field: 'email', text: 'Nobody signs in here with this address. Check its spelling' },
          ]);
        case 'holds-it-already':
          return refuse([{ field: 'email', text: 'They hold this post or act in it already' }]);
        case 'wrong-days':
          return refuse([
            {
              field: 'until',
              text: 'The last day must be today or later, and not before the first',
            },
          ]);
        case 'not-a-post':
        case 'not-yours-to-give':
          return refuse([{ field: 'post', text: 'Choose a post that you hold' }]);
        case 'delegated':
          void reply.notice('Saved. They can give updates for this post in those days.');
          return reply.redirect(paths.deputies, 303);
      }
    },
  );

  app.post(
    `${paths.deputies}/end`,
    { config: delegates, schema: { body: anyForm } },
    async (request, reply) => {
      const id = idIn<'delegation'>(request.body);
      if (id === null) return reply.notFound();
      const { actor, today } = request;
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        endDelegation(tx, actor, id, today),
      );
      if (outcome.kind === 'nothing-to-end') return reply.notFound();
      void reply.notice('Ended. They no longer act in this post.');
      return reply.redirect(paths.deputies, 303);
    },
  );
}

async function deputiesPage(
  deps: PeopleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  form: ShownForm,
  status = 200,
): Promise<FastifyReply> {
  const { actor, today } = request;
  const { authorityId, userId } = actor;
  const view = await readInAuthority(deps.db, authorityId, async (tx) => {
    const mine = (await holdings(tx, authorityId)).filter(
      (held) => held.userId === userId && isHeldOn(held, today),
    );
    const myPosts = mine.map((held) => held.partyId);
    const seesAll = may(actor, 'L', 'USR');
    const told = (await delegations(tx, authorityId)).filter(
      (one) =>
        seesAll || one.userId === userId || one.by === userId || myPosts.includes(one.partyId),
    );
    const parties = await partiesByIds(tx, authorityId, [
      ...myPosts,
      ...told.map((one) => one.partyId),
    ]);
    const people = told.flatMap((one) => [one.userId, one.by ?? one.userId]);
    const names = await userNames(tx, authorityId, people);
    // An administrator names a deputy in any post, such as that of somebody who fell ill.
    const posts = may(actor, 'U', 'USR')
      ? await listParties(tx, authorityId)
      : myPosts.flatMap((id) => parties.get(id) ?? []);
    return deputiesView({ told, posts, parties, names, today, me: userId });
  });
  return reply.page(
    'rooms/people/web/deputies.njk',
    { ...view, form, errors: form.errors },
    status,
  );
}
