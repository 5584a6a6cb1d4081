import { z } from 'zod';
import { newId, parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { anyForm, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { addAnsweringAction } from '../../actions/answer-finding.ts';
import { addAction, changeAction } from '../../actions/change-action.ts';
import { nextRef } from '../../rules/next-ref.ts';
import { dueInWords } from '../../rules/words.ts';
import { lastWritten } from '../../store/last-written.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import { itemToAnswer } from '../answering/answered.ts';
import type { PlanDeps } from '../deps.ts';
import { paths, routePaths } from '../paths.ts';
import { actionPairs, actionValues, readActionForm } from './action-form.ts';
import { changeActionView, newActionView } from './action-form.view.ts';
import { answerRefusal, errorsOf, keyIn, versionIn } from './answers.ts';
import type { DueQuestion } from '#platform/web/due-box.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { openActionForm, openActiveForm } from './ground.ts';

const template = 'rooms/plans/web/edit/action-form.njk';
const changes = { rule: { may: ['U', 'PLN'] } } as const;
const planParams = z.strictObject({ plan: z.string().max(120) });
const actionParams = planParams.extend({ action: z.string().max(40) });
const newActionQuery = z.strictObject({
  objective: z.string().max(40).optional(),
  finding: z.string().max(40).optional(),
  judgement: z.string().max(40).optional(),
});

/** The pages that add an action and change what it says. */
export function addActionFormRoutes(app: App, deps: PlanDeps): void {
  app.get(
    routePaths.newAction,
    { config: changes, schema: { params: planParams, querystring: newActionQuery } },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const { picture, known } = ground;
      const standing = picture.objectives.filter((one) => !one.withdrawn);
      if (standing.length === 0) {
        return reply.redirect(`${paths.newObjective(picture.plan.slug)}?for=action`, 303);
      }
      const asked = parseId<'objective'>(request.query.objective ?? '');
      const last = picture.actions.at(-1)?.objectiveId;
      const objective = standing.find((one) => one.id === (asked ?? last)) ?? standing[0];
      const { finding = '', judgement = '' } = request.query;
      const answers = await itemToAnswer(deps, request, { finding, judgement });
      if (answers === 'absent') return reply.notFound();
      const state = fresh({
        objective: objective?.id ?? '',
        ref: nextRef(picture, objective?.id ?? null),
        priority: 'none',
        ...answers?.values,
      });
      return reply.page(
        template,
        newActionView(state, known, picture, newId<'submission'>(), null, answers),
      );
    },
  );

  app.post(
    routePaths.newAction,
    { config: changes, schema: { params: planParams, body: anyForm } },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const { picture, known } = ground;
      const { actor, today } = request;
      const form = readActionForm(request.body, today, true);
      const values = typedValues(request.body);
      const submissionId = keyIn<'submission'>(values);
      const answers = await itemToAnswer(deps, request, values);
      if (answers === 'absent') return reply.notFound();
      const again = (state: FormState, question: DueQuestion | null = null) =>
        reply.page(
          template,
          newActionView(state, known, picture, submissionId, question, answers),
          422,
        );
      if (!form.ok) return again(wrong(values, form.errors), form.question);
      const { plan } = picture;
      const content = { ...form.value, due: form.due, submissionId };
      const outcome =
        answers === null
          ? await addAction(deps.db, actor, today, plan.id, content)
          : await addAnsweringAction(deps.db, actor, today, plan.id, answers.item, content);
      switch (outcome.kind) {
        case 'done':
          reply.notice(
            `Action ${form.value.ref} is added${answers === null ? '' : `, and answers the ${answers.kind}`}. Due: ${dueInWords(form.due)}.`,
          );
          return reply.redirect(answers?.href ?? paths.action(plan.slug, outcome.actionId), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)), form.question);
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(
    routePaths.changeAction,
    { config: changes, schema: { params: actionParams } },
    async (request, reply) => {
      const ground = await openActionForm(deps, request, reply, request.params, 'owner');
      if (ground === null) return reply;
      const { picture, known, action } = ground;
      const state = fresh(actionValues(action));
      return reply.page(template, changeActionView(state, known, picture, action, action.version));
    },
  );

  app.post(
    routePaths.changeAction,
    { config: changes, schema: { params: actionParams, body: anyForm } },
    async (request, reply) => {
      const ground = await openActionForm(deps, request, reply, request.params, 'owner');
      if (ground === null) return reply;
      const { picture, known, action } = ground;
      const { actor, today } = request;
      const form = readActionForm(request.body, today, false);
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(template, changeActionView(state, known, picture, action, version), status);
      if (!form.ok) return again(wrong(values, form.errors));
      const href = paths.action(picture.plan.slug, action.id);
      const outcome = await changeAction(deps.db, actor, today, action.id, seen, form.value);
      switch (outcome.kind) {
        case 'done':
          reply.notice(`Action ${form.value.ref} is saved.`);
          return reply.redirect(href, 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'stale': {
          const last = await readInAuthority(deps.db, actor.authorityId, (tx) =>
            lastWritten(tx, actor.authorityId, { kind: 'action', id: action.id }),
          );
          const pairs = actionPairs(outcome.picture, outcome.action, form.value);
          const both = bothTexts(pairs, last, href);
          const { version } = outcome.action;
          return again({ values, errors: [bothTextsError], both }, version, 409);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}
