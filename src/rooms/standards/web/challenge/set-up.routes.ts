import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addDays, type IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import {
  fresh,
  keyIn,
  versionIn,
  withLists,
  wrong,
  type FormState,
} from '#platform/web/form-state.ts';
import {
  anyForm,
  dateBox,
  manyOf,
  optionalText,
  readDateFields,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
  type FormValues,
} from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { may } from '#people';
import {
  changeChallenge,
  setUpChallenge,
  withdrawChallenge,
  type GivenChallenge,
} from '../../actions/challenge/set-up-challenge.ts';
import type { Challenge, SharedSection } from '../../rules/challenge/picture.ts';
import { readShareable, type Shareable } from '../../store/challenge/shared.ts';
import { answerRefusal, earlierDay, errorsOf } from '../parts.ts';
import { challengeParams, loadForm, type ChallengeDeps } from './ground.ts';
import { challengePaths as paths, challengeRoutes } from './paths.ts';
import { setUpView, withdrawView } from './set-up.view.ts';

const template = 'rooms/standards/web/challenge/set-up.njk';
const withdrawTemplate = 'rooms/standards/web/challenge/withdraw.njk';
const maySetUp = { rule: { may: ['C', 'PLN'] } } as const;
const mayChange = { rule: { may: ['U', 'PLN'] } } as const;
const mayWithdraw = { rule: { may: ['X+', 'PLN'] } } as const;

const setUpForm = z.strictObject({
  submission_id: z.string().max(100).optional(),
  seen: z.string().max(20).optional(),
  title: requiredText('Enter a title', 300),
  reviewers: requiredText('Enter the authority that reviews', 300),
  asked: optionalText(4000),
  'opens-day': dateBox,
  'opens-month': dateBox,
  'opens-year': dateBox,
  'closes-day': dateBox,
  'closes-month': dateBox,
  'closes-year': dateBox,
  shared: manyOf(z.string().max(60)),
});
const withdrawForm = z.strictObject({
  reason: requiredText('Say why it is withdrawn', 2000),
});

/** A challenge is set up, changed and withdrawn. */
export function addSetUpRoutes(app: App, deps: ChallengeDeps): void {
  app.get(challengeRoutes.setUp, { config: maySetUp }, async (request, reply) => {
    const ground = await openSetUp(deps, request, reply);
    if (ground === null) return reply;
    const values = {
      ...dateValues('opens', request.today),
      ...dateValues('closes', addDays(request.today, 27)),
      submission_id: newId(),
      shared: [],
    };
    return reply.page(template, setUpView(null, ground, fresh(values)));
  });

  app.post(
    challengeRoutes.setUp,
    { config: maySetUp, schema: { body: anyForm } },
    async (request, reply) => {
      const ground = await openSetUp(deps, request, reply);
      if (ground === null) return reply;
      const values = withLists(typedValues(request.body), ['shared']);
      const again = (errors: FieldError[]) =>
        reply.page(template, setUpView(null, ground, wrong(values, errors)), 422);
      const read = readSetUp(request.body, values);
      if (!read.ok) return again(read.errors);
      const { actor, today } = request;
      const submissionId = keyIn<'submission'>(values);
      const outcome = await setUpChallenge(deps.db, actor, today, { ...read.given, submissionId });
      switch (outcome.kind) {
        case 'done':
          reply.notice(
            'Set up. Nobody has been given anything yet: look through what they will read.',
          );
          return reply.redirect(paths.challenge(outcome.challengeId), 303);
        case 'refused':
          return again(errorsOf(outcome));
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(
    challengeRoutes.change,
    { config: mayChange, schema: { params: challengeParams } },
    async (request, reply) => {
      const loaded = await loadForm(deps, request, reply, 'change', (tx) =>
        readShareable(tx, request.actor.authorityId, request.today),
      );
      if (loaded === null) return reply;
      const { challenge, more } = loaded;
      return reply.page(template, setUpView(challenge, more, fresh(valuesOf(challenge))));
    },
  );

  app.post(
    challengeRoutes.change,
    { config: mayChange, schema: { params: challengeParams, body: anyForm } },
    async (request, reply) => {
      const loaded = await loadForm(deps, request, reply, 'change', (tx) =>
        readShareable(tx, request.actor.authorityId, request.today),
      );
      if (loaded === null) return reply;
      const { challenge, more } = loaded;
      const values = withLists(typedValues(request.body), ['shared']);
      const show = (state: FormState, status: number) =>
        reply.page(template, setUpView(challenge, more, state), status);
      const read = readSetUp(request.body, values);
      if (!read.ok) return show(wrong(values, read.errors), 422);
      const { actor, today } = request;
      const seen = versionIn(values.seen);
      const outcome = await changeChallenge(deps.db, actor, today, challenge.id, seen, read.given);
      switch (outcome.kind) {
        case 'done':
          reply.notice('Saved. What they read is the position of today.');
          return reply.redirect(paths.challenge(challenge.id), 303);
        case 'stale':
          return show(
            wrong({ ...values, seen: String(challenge.version) }, [
              {
                field: '',
                text: 'Somebody changed this challenge while you were writing. What you typed is still here: save it again to keep yours.',
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

  app.get(
    challengeRoutes.withdraw,
    { config: mayWithdraw, schema: { params: challengeParams } },
    async (request, reply) => {
      const loaded = await loadForm(deps, request, reply, 'withdraw', () => Promise.resolve(true));
      if (loaded === null) return reply;
      return reply.page(withdrawTemplate, withdrawView(loaded.challenge, fresh({})));
    },
  );

  app.post(
    challengeRoutes.withdraw,
    { config: mayWithdraw, schema: { params: challengeParams, body: anyForm } },
    async (request, reply) => {
      const loaded = await loadForm(deps, request, reply, 'withdraw', () => Promise.resolve(true));
      if (loaded === null) return reply;
      const { challenge } = loaded;
      const form = readForm(withdrawForm, request.body);
      if (!form.ok) {
        const state = wrong(form.values, form.errors);
        return reply.page(withdrawTemplate, withdrawView(challenge, state), 422);
      }
      const { actor, today } = request;
      const { reason } = form.value;
      const outcome = await withdrawChallenge(deps.db, actor, today, challenge.id, reason);
      if (outcome.kind === 'not-found' || outcome.kind === 'forbidden') {
        return answerRefusal(reply, outcome);
      }
      reply.notice('Withdrawn. No guest reads anything of it from now on.');
      return reply.redirect(paths.challenge(challenge.id), 303);
    },
  );
}

async function openSetUp(
  deps: ChallengeDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Shareable[] | null> {
  const { actor, asAt, today } = request;
  if (asAt !== today) {
    reply.problem(400, earlierDay);
    return null;
  }
  if (!may(actor, 'C', 'PLN')) {
    reply.problem(403);
    return null;
  }
  return await readInAuthority(deps.db, actor.authorityId, (tx) =>
    readShareable(tx, actor.authorityId, today),
  );
}

/** The form as it was understood, or every error at once. */
function readSetUp(
  body: unknown,
  values: FormValues,
): { ok: true; given: GivenChallenge } | { ok: false; errors: FieldError[] } {
  const form = readForm(setUpForm, body);
  const opens = readDateFields(values, 'opens');
  const closes = readDateFields(values, 'closes');
  const missing = (field: string, which: string) => ({ field, text: `Enter the ${which} day` });
  const dateErrors = [
    ...(opens.ok ? (opens.date === null ? [missing('opens', 'first')] : []) : [opens.error]),
    ...(closes.ok ? (closes.date === null ? [missing('closes', 'last')] : []) : [closes.error]),
  ];
  if (!form.ok || !opens.ok || !closes.ok || opens.date === null || closes.date === null) {
    return { ok: false, errors: [...(form.ok ? [] : form.errors), ...dateErrors] };
  }
  const { title, reviewers, asked, shared } = form.value;
  return {
    ok: true,
    given: {
      title,
      reviewers,
      asked,
      opensOn: opens.date,
      closesOn: closes.date,
      shared: shared.flatMap(readSharedValue),
    },
  };
}

function readSharedValue(value: string): SharedSection[] {
  const [kind, id = ''] = value.split(':');
  return kind === 'domain' || kind === 'narrative' ? [{ kind, id }] : [];
}

function valuesOf(challenge: Challenge): FormValues {
  const { title, reviewers, asked, opensOn, closesOn, shared, version } = challenge;
  return {
    title,
    reviewers,
    asked: asked ?? '',
    seen: String(version),
    ...dateValues('opens', opensOn),
    ...dateValues('closes', closesOn),
    shared: shared.map(({ kind, id }) => `${kind}:${id}`),
  };
}

export function dateValues(name: string, date: IsoDate): FormValues {
  const [year = '', month = '', day = ''] = date.split('-');
  return {
    [`${name}-day`]: String(Number(day)),
    [`${name}-month`]: String(Number(month)),
    [`${name}-year`]: year,
  };
}
