import { z } from 'zod';
import { newId, parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { anyForm, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { addObjective, changeObjective } from '../../actions/change-plan.ts';
import { lastWritten } from '../../store/last-written.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import type { PlanDeps } from '../deps.ts';
import { paths, routePaths } from '../paths.ts';
import { answerRefusal, errorsOf, keyIn, versionIn } from './answers.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { openActiveForm } from './ground.ts';
import { objectivePairs, objectiveValues, readObjectiveForm } from './objective-form.ts';
import { changeObjectiveView, newObjectiveView } from './objective-form.view.ts';

const template = 'rooms/plans/web/edit/objective-form.njk';
const changes = { rule: { may: ['U', 'PLN'] } } as const;
const planParams = z.strictObject({ plan: z.string().max(120) });
/** Whoever wanted to add an action to a plan without objectives is told why they are here. */
const newObjectiveQuery = z.strictObject({ for: z.literal('action').optional() });
const objectiveParams = planParams.extend({ objective: z.string().max(40) });

/** The pages that add an objective, change it, move it and withdraw it. */
export function addObjectiveRoutes(app: App, deps: PlanDeps): void {
  app.get(
    routePaths.newObjective,
    { config: changes, schema: { params: planParams, querystring: newObjectiveQuery } },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const view = newObjectiveView(
        fresh({}),
        ground.known,
        ground.picture,
        newId<'objective'>(),
        request.query.for === 'action',
      );
      return reply.page(template, view);
    },
  );

  app.post(
    routePaths.newObjective,
    { config: changes, schema: { params: planParams, body: anyForm } },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const { picture, known } = ground;
      const form = readObjectiveForm(request.body);
      const values = typedValues(request.body);
      const id = keyIn<'objective'>(values);
      const again = (state: FormState) =>
        reply.page(template, newObjectiveView(state, known, picture, id), 422);
      if (!form.ok) return again(wrong(values, form.errors));
      const { actor, today } = request;
      const { plan } = picture;
      const outcome = await addObjective(deps.db, actor, today, plan.id, form.value, id);
      switch (outcome.kind) {
        case 'done':
          reply.notice('The objective is added.');
          return reply.redirect(paths.settings(plan.slug), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
        case 'stale':
          throw new Error('An objective that is added cannot be stale');
      }
    },
  );

  app.get(
    routePaths.changeObjective,
    { config: changes, schema: { params: objectiveParams } },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const { picture, known } = ground;
      const id = parseId<'objective'>(request.params.objective);
      const objective = picture.objectives.find((one) => one.id === id);
      if (objective === undefined) return reply.notFound();
      const state = fresh(objectiveValues(picture, objective));
      return reply.page(
        template,
        changeObjectiveView(state, known, picture, objective, objective.version),
      );
    },
  );

  app.post(
    routePaths.changeObjective,
    { config: changes, schema: { params: objectiveParams, body: anyForm } },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const { picture, known } = ground;
      const { plan } = picture;
      const id = parseId<'objective'>(request.params.objective);
      const objective = picture.objectives.find((one) => one.id === id);
      if (objective === undefined) return reply.notFound();
      const form = readObjectiveForm(request.body);
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(
          template,
          changeObjectiveView(state, known, picture, objective, version),
          status,
        );
      if (!form.ok) return again(wrong(values, form.errors));
      const { actor, today } = request;
      const outcome = await changeObjective(
        deps.db,
        actor,
        today,
        plan.id,
        objective.id,
        seen,
        form.value,
      );
      switch (outcome.kind) {
        case 'done':
          reply.notice('The objective is saved.');
          return reply.redirect(paths.settings(plan.slug), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'stale': {
          const theirs = outcome.picture.objectives.find((one) => one.id === id) ?? objective;
          const last = await readInAuthority(deps.db, actor.authorityId, (tx) =>
            lastWritten(tx, actor.authorityId, { kind: 'objective', id: objective.id }),
          );
          const pairs = objectivePairs(outcome.picture, theirs, form.value);
          const both = bothTexts(pairs, last, paths.settings(plan.slug));
          return again({ values, errors: [bothTextsError], both }, theirs.version, 409);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}
