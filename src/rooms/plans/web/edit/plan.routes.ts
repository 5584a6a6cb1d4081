import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { anyForm, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { may, partiesByIds, type Actor } from '#people';
import { changePlan, createPlan } from '../../actions/change-plan.ts';
import { defaultScheme } from '../../rules/default-scheme.ts';
import { lastWritten } from '../../store/last-written.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import type { PlanDeps } from '../deps.ts';
import { paths, routePaths } from '../paths.ts';
import { answerRefusal, errorsOf, keyIn, versionIn } from './answers.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { earlierDay, openActiveForm, readKnownNames } from './ground.ts';
import { colourOrder, newPlanValues, planPairs, planValues, readPlanForm } from './plan-form.ts';
import { changePlanView, newPlanView } from './plan-form.view.ts';

const template = 'rooms/plans/web/edit/plan-form.njk';
const begins = { rule: { may: ['C', 'PLN'] } } as const;
const changes = { rule: { may: ['U', 'PLN'] } } as const;
const planParams = z.strictObject({ plan: z.string().max(120) });

/** The pages that begin a plan, and that change its title, period, owner, boards and colours. */
export function addPlanFormRoutes(app: App, deps: PlanDeps): void {
  const newOrder = colourOrder(defaultScheme);

  app.get(paths.newPlan(), { config: begins }, async (request, reply) => {
    if (request.asAt !== request.today) return reply.problem(400, earlierDay);
    const known = await readKnownNames(deps, request.actor);
    const values = { ...newPlanValues(), owner: await ownPost(deps, request.actor) };
    const view = newPlanView(fresh(values), known, newOrder, newId<'plan'>());
    return reply.page(template, view);
  });

  app.post(
    paths.newPlan(),
    { config: begins, schema: { body: anyForm } },
    async (request, reply) => {
      const { actor, today } = request;
      const form = readPlanForm(request.body, newOrder);
      const values = typedValues(request.body);
      const given = keyIn<'plan'>(values);
      const again = async (state: FormState) => {
        const known = await readKnownNames(deps, actor);
        return reply.page(template, newPlanView(state, known, newOrder, given), 422);
      };
      if (!form.ok) return again(wrong(values, form.errors));
      const outcome = await createPlan(deps.db, actor, today, form.value, given);
      switch (outcome.kind) {
        case 'done':
          reply.notice('The plan is begun. Add its first objective, then its actions.');
          return reply.redirect(paths.settings(outcome.slug), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
        case 'stale':
          throw new Error('A plan that is begun cannot be stale');
      }
    },
  );

  app.get(
    routePaths.changePlan,
    { config: changes, schema: { params: planParams } },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const { plan } = ground.picture;
      const order = colourOrder(plan.ragScheme);
      const state = fresh(planValues(plan));
      return reply.page(template, changePlanView(state, ground.known, order, plan));
    },
  );

  app.post(
    routePaths.changePlan,
    { config: changes, schema: { params: planParams, body: anyForm } },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const { actor, today } = request;
      const { plan } = ground.picture;
      const order = colourOrder(plan.ragScheme);
      const form = readPlanForm(request.body, order);
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      const again = (state: FormState, version: number, status = 422) =>
        reply.page(
          template,
          changePlanView(state, ground.known, order, { ...plan, version }),
          status,
        );
      if (!form.ok) return again(wrong(values, form.errors), seen);
      const outcome = await changePlan(deps.db, actor, today, plan.id, seen, form.value);
      switch (outcome.kind) {
        case 'done':
          reply.notice('The plan is saved.');
          return reply.redirect(paths.settings(outcome.slug), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)), seen);
        case 'stale': {
          const theirs = outcome.picture.plan;
          const last = await readInAuthority(deps.db, actor.authorityId, (tx) =>
            lastWritten(tx, actor.authorityId, { kind: 'plan', id: plan.id }),
          );
          const pairs = planPairs(theirs, form.value);
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

/** Who may change only their own plans is offered their own post as the owner. */
function ownPost(deps: PlanDeps, actor: Actor): Promise<string> {
  return readInAuthority(deps.db, actor.authorityId, async (tx) => {
    if (may(actor, 'U', 'PLN')) return '';
    const mine = await partiesByIds(tx, actor.authorityId, actor.partyIds);
    return [...mine.values()].find((party) => party.kind === 'post')?.name ?? '';
  });
}
