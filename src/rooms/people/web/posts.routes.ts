import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import {
  anyForm,
  dateBox,
  readDateFields,
  readForm,
  type FieldError,
  type FormValues,
} from '#platform/web/forms.ts';
import { countOf } from '#platform/web/render.ts';
import type { App } from '#platform/web/server.ts';
import { correctKind } from '../actions/correct-party.ts';
import { addParty, setTeamAnswer } from '../actions/hold-post.ts';
import { setPostAbove } from '../actions/set-post-above.ts';
import { may } from '../rules/policy.ts';
import { readCensus } from '../store/census.ts';
import type { PartyKind } from '../store/tables.ts';
import { partyPath, paths } from './paths.ts';
import { deputiesOf, holdersOf, kindNames, peoplePages, postsTable } from './people.view.ts';
import type { PeopleDeps } from './register.ts';
import { typed } from './shared.ts';

const looks = { rule: { may: ['L', 'USR'] } } as const;
const adds = { rule: { may: ['C', 'USR'] } } as const;
const changes = { rule: { may: ['U', 'USR'] } } as const;

const idParams = z.strictObject({ id: z.string().max(100) });
const partyForm = z.strictObject({ kind: typed, name: typed });
const kindForm = z.strictObject({ kind: typed });
const answerForm = z.strictObject({
  post: typed,
  'from-day': dateBox,
  'from-month': dateBox,
  'from-year': dateBox,
});
const aboveForm = z.strictObject({
  above: typed,
  'since-day': dateBox,
  'since-month': dateBox,
  'since-year': dateBox,
});
const kinds: readonly PartyKind[] = ['post', 'team', 'board', 'organisation'];

interface ShownForm {
  values: FormValues;
  errors: FieldError[];
}
const emptyForm: ShownForm = { values: {}, errors: [] };

/** The pages of posts, teams, boards and organisations, and of who holds them. */
export function addPostRoutes(app: App, deps: PeopleDeps): void {
  const { db } = deps;

  app.get(paths.posts, { config: looks }, (request, reply) =>
    postsPage(deps, request, reply, emptyForm),
  );

  app.post(paths.posts, { config: adds, schema: { body: anyForm } }, async (request, reply) => {
    const form = readForm(partyForm, request.body);
    if (!form.ok) return postsPage(deps, request, reply, form, 422);
    const name = form.value.name.trim();
    const kind = kinds.find((known) => known === form.value.kind);
    const errors = [
      ...(kind === undefined ? [{ field: 'kind', text: 'Choose what it is' }] : []),
      ...(name === '' ? [{ field: 'name', text: 'Enter its name' }] : []),
      ...(name.length > 300
        ? [{ field: 'name', text: 'The name must have at most 300 characters' }]
        : []),
    ];
    if (kind === undefined || errors.length > 0) {
      return postsPage(deps, request, reply, { values: form.value, errors }, 422);
    }
    const { actor } = request;
    const outcome = await inAuthority(db, actor.authorityId, (tx) =>
      addParty(tx, actor, { kind, name }),
    );
    switch (outcome.kind) {
      case 'refused':
        return reply.problem(403);
      case 'stands-already':
        return postsPage(
          deps,
          request,
          reply,
          {
            values: form.value,
            errors: [{ field: 'name', text: 'There is one with this name already' }],
          },
          422,
        );
      case 'added':
        void reply.notice(`${name} is added.`);
        return reply.redirect(partyPath(outcome.partyId), 303);
    }
  });

  app.get('/people/posts/:id', { config: looks, schema: { params: idParams } }, (request, reply) =>
    partyPage(deps, request, reply, request.params.id, emptyForm),
  );

  app.post(
    '/people/posts/:id/kind',
    { config: changes, schema: { params: idParams, body: anyForm } },
    (request, reply) => correctsKind(deps, request, reply),
  );

  app.post(
    '/people/posts/:id/above',
    { config: changes, schema: { params: idParams, body: anyForm } },
    (request, reply) =>
      namesPostAbove(deps, request, reply, (form) =>
        partyPage(deps, request, reply, request.params.id, form, 422),
      ),
  );

  app.post(
    '/people/posts/:id/answer',
    { config: changes, schema: { params: idParams, body: anyForm } },
    async (request, reply) => {
      const teamId = parseId<'party'>(request.params.id);
      if (teamId === null) return reply.notFound();
      const form = readForm(answerForm, request.body);
      if (!form.ok) return partyPage(deps, request, reply, teamId, form, 422);
      const postId = parseId<'party'>(form.value.post);
      const from = readDateFields(form.value, 'from');
      if (postId === null || !from.ok) {
        const errors = [
          ...(postId === null ? [{ field: 'post', text: 'Choose the post that answers' }] : []),
          ...(from.ok ? [] : [from.error]),
        ];
        return partyPage(deps, request, reply, teamId, { values: form.value, errors }, 422);
      }
      const { actor, today } = request;
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        setTeamAnswer(tx, actor, { teamId, postId, effectiveOn: from.date ?? today }),
      );
      if (outcome.kind === 'refused') return reply.problem(403);
      if (outcome.kind === 'not-a-team-and-a-post') return reply.notFound();
      void reply.notice('Saved. Whoever holds that post now answers for the team.');
      return reply.redirect(partyPath(teamId), 303);
    },
  );
}

/** The choice that no post stands above. */
const nobodyAbove = 'nobody';

/** Says to which post a post answers. */
async function namesPostAbove(
  { db }: PeopleDeps,
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
  again: (form: ShownForm) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const postId = parseId<'party'>(request.params.id);
  if (postId === null) return reply.notFound();
  const form = readForm(aboveForm, request.body);
  if (!form.ok) return again(form);
  const nobody = form.value.above === nobodyAbove;
  const aboveId = parseId<'party'>(form.value.above);
  const since = readDateFields(form.value, 'since');
  if ((aboveId === null && !nobody) || !since.ok) {
    const errors = [
      ...(aboveId === null && !nobody
        ? [{ field: 'above', text: 'Choose the post to which it answers, or nobody' }]
        : []),
      ...(since.ok ? [] : [since.error]),
    ];
    return again({ values: form.value, errors });
  }
  const { actor, today } = request;
  const effectiveOn = since.date ?? today;
  const outcome = await inAuthority(db, actor.authorityId, (tx) =>
    setPostAbove(tx, actor, { postId, aboveId: nobody ? null : aboveId, effectiveOn }),
  );
  switch (outcome.kind) {
    case 'refused':
      return reply.problem(403);
    case 'not-two-posts':
      return reply.notFound();
    case 'a-circle':
      return again({
        values: form.value,
        errors: [
          {
            field: 'above',
            text: 'That post answers to this one already, itself or through others. Choose another',
          },
        ],
      });
    case 'is-so-already':
    case 'set':
      void reply.notice('Saved.');
      return reply.redirect(partyPath(postId), 303);
  }
}

/** Says what a party really is. */
async function correctsKind(
  deps: PeopleDeps,
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const partyId = parseId<'party'>(request.params.id);
  if (partyId === null) return reply.notFound();
  const form = readForm(kindForm, request.body);
  if (!form.ok) return partyPage(deps, request, reply, partyId, form, 422);
  const refuse = (text: string) =>
    partyPage(
      deps,
      request,
      reply,
      partyId,
      { values: form.value, errors: [{ field: 'kind', text }] },
      422,
    );
  const kind = kinds.find((known) => known === form.value.kind);
  if (kind === undefined) return refuse('Choose what it is');
  const { actor } = request;
  const outcome = await inAuthority(deps.db, actor.authorityId, (tx) =>
    correctKind(tx, actor, partyId, kind),
  );
  switch (outcome.kind) {
    case 'refused':
      return reply.problem(403);
    case 'unknown':
      return reply.notFound();
    case 'is-held':
      return refuse('Somebody holds this or has held it, so it cannot be that');
    case 'answers':
      return refuse('Another post or team stands to this one here: one answers for it, or to it');
    case 'is-that-already':
    case 'corrected':
      void reply.notice('Saved.');
      return reply.redirect(partyPath(partyId), 303);
  }
}

async function postsPage(
  deps: PeopleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  form: ShownForm,
  status = 200,
): Promise<FastifyReply> {
  const { actor, today } = request;
  const census = await readInAuthority(deps.db, actor.authorityId, (tx) =>
    readCensus(tx, actor.authorityId, today),
  );
  return reply.page(
    'rooms/people/web/posts.njk',
    {
      title: 'Posts, teams and boards',
      wide: true,
      subNavigation: peoplePages('posts'),
      counted: countOf(
        census.parties.length,
        'post, team, board or organisation',
        'posts, teams, boards and organisations',
      ),
      table: census.parties.length === 0 ? null : postsTable(census, today),
      kinds: kinds.map((kind) => ({ value: kind, text: kindNames[kind] })),
      mayAdd: may(actor, 'C', 'USR'),
      form,
      errors: form.errors,
      action: paths.posts,
    },
    status,
  );
}

async function partyPage(
  deps: PeopleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  form: ShownForm,
  status = 200,
): Promise<FastifyReply> {
  const { actor, today } = request;
  const census = await readInAuthority(deps.db, actor.authorityId, (tx) =>
    readCensus(tx, actor.authorityId, today),
  );
  const party = census.parties.find((one) => one.id === id);
  if (party === undefined) return reply.notFound();
  const answering = census.parties.find((one) => one.id === census.answers.get(party.id));
  const posts = census.parties
    .filter((one) => one.kind === 'post')
    .map((one) => ({ value: one.id, text: one.name }));
  return reply.page(
    'rooms/people/web/party.njk',
    {
      title: party.name,
      caption: kindNames[party.kind],
      back: { text: 'Posts, teams and boards', href: paths.posts },
      isTeam: party.kind === 'team',
      answering: answering?.name,
      holders: holdersOf(census, party.id),
      deputies: deputiesOf(census, party.id, today),
      postItems: [{ value: '', text: 'Choose a post' }, ...posts],
      isPost: party.kind === 'post',
      above: census.parties.find((one) => one.id === census.above.get(party.id))?.name,
      aboveItems: [
        { value: '', text: 'Choose a post' },
        { value: nobodyAbove, text: 'Nobody here' },
        ...posts.filter((one) => one.value !== party.id),
      ],
      aboveAction: `${partyPath(party.id)}/above`,
      mayChange: may(actor, 'U', 'USR'),
      action: `${partyPath(party.id)}/answer`,
      kindAction: `${partyPath(party.id)}/kind`,
      kindItems: kinds.map((kind) => ({
        value: kind,
        text: kindNames[kind],
        selected: kind === party.kind,
      })),
      form,
      errors: form.errors,
    },
    status,
  );
}
