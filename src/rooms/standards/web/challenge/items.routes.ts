import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { newId, parseId } from '#kernel/ids.ts';
import { fresh, keyIn, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import { anyForm, optionalText, readForm, requiredText, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { userNames } from '#people';
import { answerItem, makeFinding } from '../../actions/challenge/answer.ts';
import { takeBack, writeIn } from '../../actions/challenge/say.ts';
import { decisions, itemKinds } from '../../rules/challenge/picture.ts';
import { readShared } from '../../store/challenge/shared.ts';
import { answerRefusal, errorsOf } from '../parts.ts';
import { itemParams, loadForm, sectionParams, type ChallengeDeps } from './ground.ts';
import { itemView, sayView, takeBackView } from './items.view.ts';
import { challengePaths as paths, challengeRoutes } from './paths.ts';

const sayTemplate = 'rooms/standards/web/challenge/say.njk';
const itemTemplate = 'rooms/standards/web/challenge/item.njk';
const withdrawTemplate = 'rooms/standards/web/challenge/withdraw.njk';
const config = { rule: { may: ['U', 'PLN'] } } as const;
const mayCreate = { rule: { may: ['C', 'PLN'] } } as const;

const sayForm = z.strictObject({
  submission_id: z.string().max(100).optional(),
  kind: z.enum(itemKinds, 'Choose what it is'),
  criterion: z.string().max(40).optional().default(''),
  level: z.string().max(60).optional().default(''),
  words: optionalText(8000),
  saidBy: optionalText(200),
});
const answerForm = z.strictObject({
  seen: z.string().max(20).optional(),
  decision: z.enum(decisions, 'Choose what you answer'),
  words: optionalText(4000),
});
const takeBackForm = z.strictObject({ reason: requiredText('Say why it is taken back', 2000) });

/** What reviewers said is written in, answered, made a finding, or taken back. */
export function addItemRoutes(app: App, deps: ChallengeDeps): void {
  addSayRoutes(app, deps);
  addAnswerRoutes(app, deps);
  addTakeBackRoutes(app, deps);
}

function addSayRoutes(app: App, deps: ChallengeDeps): void {
  const open = (
    request: FastifyRequest<{ Params: z.output<typeof sectionParams> }>,
    reply: FastifyReply,
  ) =>
    loadForm(deps, request, reply, 'change', async (tx, challenge) => {
      const { authorityId } = request.actor;
      const shared = await readShared(tx, authorityId, challenge.shared, challenge.positionOn);
      return shared.find(({ id }) => id === request.params.part) ?? null;
    });

  app.get(
    challengeRoutes.say,
    { config, schema: { params: sectionParams } },
    async (request, reply) => {
      const loaded = await open(request, reply);
      if (loaded === null) return reply;
      const state = fresh({ submission_id: newId() });
      return reply.page(sayTemplate, sayView(loaded.challenge, loaded.more, state));
    },
  );

  app.post(
    challengeRoutes.say,
    { config, schema: { params: sectionParams, body: anyForm } },
    async (request, reply) => {
      const loaded = await open(request, reply);
      if (loaded === null) return reply;
      const { challenge, more: section } = loaded;
      const values = typedValues(request.body);
      const again = (state: FormState) =>
        reply.page(sayTemplate, sayView(challenge, section, state), 422);
      const form = readForm(sayForm, request.body);
      if (!form.ok) return again(wrong(values, form.errors));
      const { kind, criterion, level, words, saidBy } = form.value;
      const { actor, today } = request;
      const outcome = await writeIn(deps.db, actor, today, challenge.id, {
        sectionId: section.id,
        criterionId: parseId<'criterion'>(criterion),
        kind,
        words,
        level: level === '' ? null : level,
        saidBy,
        submissionId: keyIn<'submission'>(values),
      });
      switch (outcome.kind) {
        case 'done':
          reply.notice('Kept.');
          return reply.redirect(paths.section(challenge.id, section.id), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

type ItemRequest = FastifyRequest<{ Params: z.output<typeof itemParams> }>;

/** One thing that was said, for a person who may answer it; null once a problem page was sent. */
async function openItem(deps: ChallengeDeps, request: ItemRequest, reply: FastifyReply) {
  const loaded = await loadForm(deps, request, reply, 'change', async (tx, challenge) => {
    const { authorityId } = request.actor;
    const item = challenge.items.find(({ id }) => id === request.params.said);
    if (item === undefined) return null;
    const shared = await readShared(tx, authorityId, challenge.shared, challenge.positionOn);
    return {
      item,
      section: shared.find(({ id }) => id === item.sectionId) ?? null,
      names: await userNames(
        tx,
        authorityId,
        item.answers.flatMap(({ by }) => by ?? []),
      ),
    };
  });
  return loaded === null
    ? null
    : { challenge: loaded.challenge, allowed: loaded.allowed, ...loaded.more };
}

function addAnswerRoutes(app: App, deps: ChallengeDeps): void {
  app.get(
    challengeRoutes.item,
    { config, schema: { params: itemParams } },
    async (request, reply) => {
      const opened = await openItem(deps, request, reply);
      if (opened === null) return reply;
      return reply.page(itemTemplate, itemView({ ...opened, state: fresh({}) }));
    },
  );

  app.post(
    challengeRoutes.item,
    { config, schema: { params: itemParams, body: anyForm } },
    async (request, reply) => {
      const opened = await openItem(deps, request, reply);
      if (opened === null) return reply;
      const { challenge, item } = opened;
      const values = typedValues(request.body);
      const show = (state: FormState, status: number) =>
        reply.page(itemTemplate, itemView({ ...opened, state }), status);
      const form = readForm(answerForm, request.body);
      if (!form.ok) return show(wrong(values, form.errors), 422);
      const { decision, words } = form.value;
      const given = { decision, words, seenVersion: versionIn(values.seen) };
      const { actor, today } = request;
      const outcome = await answerItem(deps.db, actor, today, challenge.id, item.id, given);
      switch (outcome.kind) {
        case 'done':
          reply.notice('Answered.');
          return reply.redirect(paths.challenge(challenge.id), 303);
        case 'stale':
          return show(
            wrong(values, [
              {
                field: 'words',
                text: 'Somebody answered while you were writing: their answer stands above. Yours is still here; save it again to put it after theirs.',
              },
            ]),
            409,
          );
        case 'refused':
          return show(wrong(values, errorsOf(outcome)), 422);
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.post(
    challengeRoutes.makeFinding,
    {
      config: mayCreate,
      schema: { params: itemParams, body: z.strictObject({}).nullish() },
    },
    async (request, reply) => {
      const loaded = await loadForm(deps, request, reply, 'makeFinding', (_tx, challenge) =>
        Promise.resolve(challenge.items.find(({ id }) => id === request.params.said) ?? null),
      );
      if (loaded === null) return reply;
      const { challenge, more: item } = loaded;
      const { actor, today } = request;
      const outcome = await makeFinding(deps.db, actor, today, challenge.id, item.id);
      if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
      reply.notice('It is a finding of the register now, in their own words.');
      return reply.redirect(paths.challenge(challenge.id), 303);
    },
  );
}

function addTakeBackRoutes(app: App, deps: ChallengeDeps): void {
  app.get(
    challengeRoutes.takeBack,
    { config, schema: { params: itemParams } },
    async (request, reply) => {
      const opened = await openItem(deps, request, reply);
      if (opened === null) return reply;
      return reply.page(withdrawTemplate, takeBackView(opened.challenge, opened.item, fresh({})));
    },
  );

  app.post(
    challengeRoutes.takeBack,
    { config, schema: { params: itemParams, body: anyForm } },
    async (request, reply) => {
      const opened = await openItem(deps, request, reply);
      if (opened === null) return reply;
      const { challenge, item } = opened;
      const again = (state: FormState) =>
        reply.page(withdrawTemplate, takeBackView(challenge, item, state), 422);
      const form = readForm(takeBackForm, request.body);
      if (!form.ok) return again(wrong(form.values, form.errors));
      const { actor, today } = request;
      const { reason } = form.value;
      const outcome = await takeBack(deps.db, actor, today, challenge.id, item.id, reason);
      switch (outcome.kind) {
        case 'done':
          reply.notice('Taken back.');
          return reply.redirect(paths.challenge(challenge.id), 303);
        case 'refused':
          return again(wrong({ reason }, errorsOf(outcome)));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}
