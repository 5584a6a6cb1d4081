import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatInstant } from '#kernel/dates.ts';
import { parseId, type UserId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import {
  anyForm,
  dateBox,
  readDateFields,
  readForm,
  type FieldError,
} from '#platform/web/forms.ts';
import { pagination } from '#platform/web/components/pagination.ts';
import { countOf } from '#platform/web/render.ts';
import type { App } from '#platform/web/server.ts';
import { addUser } from '../actions/add-user.ts';
import { endHolding, holdPost } from '../actions/hold-post.ts';
import { linkLifeMs, makePasswordLink } from '../actions/password-link.ts';
import { resetCodeOf } from '../actions/set-password.ts';
import { may } from '../rules/policy.ts';
import { userDetailProblems } from '../rules/user-details.ts';
import { accountEvents } from '../store/accounts.ts';
import { tokensOf } from '../store/api-tokens.ts';
import { readCensus } from '../store/census.ts';
import { userNames } from '../store/users.ts';
import { passwordLinkPath, paths, userPath } from './paths.ts';
import {
  accountOf,
  peopleAsked,
  peopleFilter,
  peopleHref,
  peoplePages,
  peopleTable,
  userView,
  waitingGrants,
} from './people.view.ts';
import type { PeopleDeps } from './register.ts';
import { tokenLine } from './tokens.view.ts';
import { emptyForm, idIn, idParams, typed, type ShownForm } from './shared.ts';

const looks = { rule: { may: ['L', 'USR'] } } as const;
const adds = { rule: { may: ['C', 'USR'] } } as const;
const changes = { rule: { may: ['U', 'USR'] } } as const;
/** What lets somebody sign in anew asks for a fresh proof. */
const resetsProof = { ...changes, stepUp: true } as const;

const newUserForm = z.strictObject({ name: typed, email: typed });
const peopleQuery = z.strictObject({
  q: typed,
  role: typed,
  state: typed,
  page: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .optional()
    .default('1'),
});
const perPage = 50;
const holdingForm = z.strictObject({
  party: typed,
  'held-from-day': dateBox,
  'held-from-month': dateBox,
  'held-from-year': dateBox,
});

/** The administrator's pages of people: who they are, what they may do, which posts they hold. */
export function addPeopleRoutes(app: App, deps: PeopleDeps): void {
  const { db } = deps;

  app.get(
    paths.people,
    { config: looks, schema: { querystring: peopleQuery } },
    async (request, reply) => {
      const { actor, today, now } = request;
      const { page: asked, ...query } = request.query;
      const census = await readInAuthority(db, actor.authorityId, (tx) =>
        readCensus(tx, actor.authorityId, today),
      );
      const users = peopleAsked(census, query, today, now);
      const lastPage = Math.max(1, Math.ceil(users.length / perPage));
      const page = Math.min(Number(asked), lastPage);
      const onPage = users.slice((page - 1) * perPage, page * perPage);
      return reply.page('rooms/people/web/people.njk', {
        title: 'People',
        wide: true,
        subNavigation: peoplePages('people'),
        counted: countOf(census.users.length, 'person has', 'people have'),
        shown: countOf(users.length, 'of them is', 'of them are'),
        ...peopleFilter(query),
        table: users.length === 0 ? null : peopleTable(census, onPage, today, now),
        pages: pagination(page, lastPage, (target) => peopleHref(query, target)),
        waiting: waitingGrants(census, actor.userId),
        mayAdd: may(actor, 'C', 'USR'),
        paths,
      });
    },
  );

  app.get(paths.newUser, { config: adds }, (_request, reply) => newUserPage(reply, emptyForm));

  app.post(paths.newUser, { config: adds, schema: { body: anyForm } }, async (request, reply) => {
    const form = readForm(newUserForm, request.body);
    if (!form.ok) return newUserPage(reply, form, 422);
    const { name, email } = form.value;
    const refuse = (errors: FieldError[]) =>
      newUserPage(reply, { values: { name, email }, errors }, 422);
    const problems: FieldError[] = userDetailProblems({ name, email });
    if (problems.length > 0) return refuse(problems);
    const { actor } = request;
    const outcome = await inAuthority(db, actor.authorityId, async (tx) => {
      const user = { name, email, password: null, mustChange: false };
      const added = await addUser(tx, actor, user, request.now);
      if (added.kind !== 'added') return added;
      const link = await makePasswordLink(tx, actor, added.userId, request.now);
      if (link.kind !== 'made') throw new Error(`No link for a new person: ${link.kind}`);
      return { ...added, token: link.token };
    });
    switch (outcome.kind) {
      case 'refused':
        return reply.problem(403);
      case 'address-taken':
        return refuse([{ field: 'email', text: 'Somebody here has this email address already' }]);
      case 'password-refused':
        throw new Error('A person without a password was refused one');
      case 'added':
        return linkPage(deps, request, reply, { id: outcome.userId, name }, outcome.token, false);
    }
  });

  app.get('/people/users/:id', { config: looks, schema: { params: idParams } }, (request, reply) =>
    userPage(deps, request, reply, request.params.id, emptyForm),
  );

  app.post(
    '/people/users/:id/posts',
    { config: changes, schema: { params: idParams, body: anyForm } },
    async (request, reply) => {
      const userId = parseId<'user'>(request.params.id);
      if (userId === null) return reply.notFound();
      const form = readForm(holdingForm, request.body);
      if (!form.ok) return userPage(deps, request, reply, userId, form, 422);
      const partyId = parseId<'party'>(form.value.party);
      const from = readDateFields(form.value, 'held-from');
      const refuse = (errors: FieldError[]) =>
        userPage(deps, request, reply, userId, { values: form.value, errors }, 422);
      if (partyId === null || !from.ok) {
        return refuse([
          ...(partyId === null
            ? [{ field: 'party', text: 'Choose a post, board or organisation' }]
            : []),
          ...(from.ok ? [] : [from.error]),
        ]);
      }
      const { actor, today } = request;
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        holdPost(tx, actor, { partyId, userId, startsOn: from.date ?? today }),
      );
      switch (outcome.kind) {
        case 'refused':
          return reply.problem(403);
        case 'unknown':
          return reply.notFound();
        case 'a-team-is-not-held':
          return refuse([
            {
              field: 'party',
              text: 'A team is not held: name the post that answers for it instead',
            },
          ]);
        case 'account-closed':
          return refuse([{ field: 'party', text: 'Their account is closed. Open it again first' }]);
        case 'holds-it-already':
          return refuse([{ field: 'party', text: 'They hold this already on that day' }]);
        case 'held':
          void reply.notice('Saved. Actions that this leads are now theirs to update.');
          return reply.redirect(userPath(userId), 303);
      }
    },
  );

  app.post(
    '/people/users/:id/posts/end',
    { config: changes, schema: { params: idParams, body: anyForm } },
    async (request, reply) => {
      const holdingId = idIn<'post-holding'>(request.body);
      if (holdingId === null) return reply.notFound();
      const { actor, today } = request;
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        endHolding(tx, actor, holdingId, today),
      );
      if (outcome.kind === 'refused') return reply.problem(403);
      if (outcome.kind === 'nothing-to-end') return reply.notFound();
      void reply.notice('Saved. They no longer hold it from today.');
      return backToUser(reply, request.params.id);
    },
  );

  app.post(
    '/people/users/:id/password-link',
    { config: resetsProof, schema: { params: idParams } },
    async (request, reply) => {
      const userId = parseId<'user'>(request.params.id);
      if (userId === null) return reply.notFound();
      const { actor } = request;
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        makePasswordLink(tx, actor, userId, request.now),
      );
      if (outcome.kind === 'refused') return reply.problem(403);
      if (outcome.kind === 'unknown-user') return reply.notFound();
      if (outcome.kind === 'account-closed') {
        return reply.problem(409, {
          title: 'This account is closed',
          text: 'Nobody can sign in with it. Open the account again first, then make the link.',
        });
      }
      if (outcome.kind === 'codes-reset-by-you') return otherAdministrator(reply);
      const names = await readInAuthority(db, actor.authorityId, (tx) =>
        userNames(tx, actor.authorityId, [userId]),
      );
      const person = { id: userId, name: names.get(userId) ?? 'them' };
      return linkPage(deps, request, reply, person, outcome.token, true);
    },
  );

  app.post(
    '/people/users/:id/codes',
    { config: resetsProof, schema: { params: idParams } },
    async (request, reply) => {
      const userId = parseId<'user'>(request.params.id);
      if (userId === null) return reply.notFound();
      const { actor } = request;
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        resetCodeOf(tx, actor, userId, request.now),
      );
      if (outcome.kind === 'refused') return reply.problem(403);
      if (outcome.kind === 'unknown-user') return reply.notFound();
      if (outcome.kind === 'link-made-by-you') return otherAdministrator(reply);
      void reply.notice('They set up one-time codes again when they next sign in.');
      return backToUser(reply, userId);
    },
  );
}

/** Nobody alone both makes a person's password link and resets their codes. */
function otherAdministrator(reply: FastifyReply): FastifyReply {
  return reply.problem(409, {
    title: 'Another administrator has to do this',
    text: 'In the last 30 days you did the other of the two: made this person’s password link, or reset their one-time codes. Nobody may do both, so that nobody alone can take over an account.',
  });
}

/** Where a form on a person's page leads back to; their id came in the address. */
function backToUser(reply: FastifyReply, id: string): FastifyReply {
  const userId = parseId<'user'>(id);
  return reply.redirect(userId === null ? paths.people : userPath(userId), 303);
}

/** Shows a new password link, this once: only its hash is kept. */
function linkPage(
  deps: PeopleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  person: { id: UserId; name: string },
  token: string,
  isReset: boolean,
): FastifyReply {
  const authority = request.visitor?.authority;
  if (authority === undefined) return reply.notFound();
  return reply.page('rooms/people/web/link-made.njk', {
    title: isReset ? 'Link to choose a password' : `${person.name.trim()} is added`,
    back: { text: 'People', href: paths.people },
    name: person.name.trim(),
    link: new URL(passwordLinkPath(authority.slug, token), deps.publicUrl).href,
    expiresAt: formatInstant(new Date(request.now.getTime() + linkLifeMs)),
    isReset,
    userHref: userPath(person.id),
  });
}

function newUserPage(reply: FastifyReply, form: ShownForm, status = 200): FastifyReply {
  return reply.page(
    'rooms/people/web/new-user.njk',
    {
      title: 'Add a person',
      back: { text: 'People', href: paths.people },
      form,
      errors: form.errors,
      action: paths.newUser,
    },
    status,
  );
}

async function userPage(
  deps: PeopleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  form: ShownForm,
  status = 200,
): Promise<FastifyReply> {
  const { actor, today, now } = request;
  const userId: UserId | null = parseId<'user'>(id);
  if (userId === null) return reply.notFound();
  const found = await readInAuthority(deps.db, actor.authorityId, async (tx) => ({
    census: await readCensus(tx, actor.authorityId, today),
    events: await accountEvents(tx, actor.authorityId, userId),
    tokens: await tokensOf(tx, actor.authorityId, userId),
  }));
  const { census, events } = found;
  const user = census.users.find((one) => one.id === userId);
  if (user === undefined) return reply.notFound();
  return reply.page(
    'rooms/people/web/user.njk',
    {
      title: user.name,
      caption: user.email,
      back: { text: 'People', href: paths.people },
      ...userView(census, user),
      ...accountOf(census, user, events, now),
      tokens: found.tokens.map((token) => tokenLine(token, today)),
      hasCodes: census.withCodes.has(user.id),
      isMe: user.id === actor.userId,
      mayChange: may(actor, 'U', 'USR'),
      address: userPath(user.id),
      form,
      errors: form.errors,
    },
    status,
  );
}
