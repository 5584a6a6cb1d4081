import { z } from 'zod';
import type { EditionId } from '#kernel/ids.ts';
import {
  UnexpectedFields,
  anyForm,
  typedValues,
  type FieldError,
  type FormValues,
} from '#platform/web/forms.ts';
import { fresh, wrong } from '#platform/web/form-state.ts';
import type { App } from '#platform/web/server.ts';
import { proposeActions } from '../../actions/propose-actions.ts';
import { countOf } from '../../rules/position.ts';
import { judgementPaths } from '../answering/paths.ts';
import type { PlanDeps } from '../deps.ts';
import { answerRefusal } from '../edit/answers.ts';
import { paths } from '../paths.ts';
import { boxOf, openProposing, type Short } from './ground.ts';
import { proposedValues, readProposed } from './propose-form.ts';
import { choosePlanView, mostProposed, proposeView } from './propose.view.ts';

const config = { rule: { may: ['U', 'PLN'] } } as const;
const params = z.strictObject({ edition: z.string().max(40) });
const querystring = z.strictObject({ plan: z.string().max(120).optional() });
const route = judgementPaths.propose(':edition' as EditionId);

/** What the form holds; the judgement of a box may have been followed by another since. */
const boxes = /^(_csrf|objective|(take|key|text|due|leads)-[0-9a-f-]{36})$/;

/** The page on which what is partly met or not met proposes actions in a chosen plan. */
export function registerProposing(app: App, deps: PlanDeps): void {
  app.get(route, { config, schema: { params, querystring } }, async (request, reply) => {
    const ground = await openProposing(deps, request, reply);
    if (ground === null) return reply;
    const { plans, short } = ground;
    const asked = request.query.plan;
    const plan = asked === undefined ? undefined : plans.find((one) => one.plan.slug === asked);
    if (asked !== undefined && plan === undefined) return reply.notFound();
    const [only] = plans;
    const chosen = plan ?? (plans.length === 1 ? only : undefined);
    if (chosen === undefined) {
      const { template, view } = choosePlanView(ground);
      return reply.page(template, view);
    }
    const shown = short.filter(({ answered }) => !answered).slice(0, mostProposed);
    const state = fresh({ objective: onlyObjective(chosen), ...proposedValues(shown) });
    const { template, view } = proposeView(state, ground, chosen, shown);
    return reply.page(template, view);
  });

  app.post(
    route,
    { config, schema: { params, querystring, body: anyForm } },
    async (request, reply) => {
      const ground = await openProposing(deps, request, reply);
      if (ground === null) return reply;
      const { plans, short } = ground;
      const chosen = plans.find((one) => one.plan.slug === request.query.plan);
      if (chosen === undefined) return reply.notFound();
      const values = typedValues(request.body);
      const unknown = Object.keys(values).filter((name) => !boxes.test(name));
      if (unknown.length > 0) throw new UnexpectedFields(unknown);
      // Those of the form, also where one has an action by now: sent twice, it is added once.
      const shown = short.filter((one) => isIn(values, one)).slice(0, mostProposed);
      const again = (errors: FieldError[]) => {
        const { template, view } = proposeView(wrong(values, errors), ground, chosen, shown);
        return reply.page(template, view, 422);
      };
      const { actor, today } = request;
      const form = readProposed(values, shown, today);
      if (!form.ok) return again(form.errors);
      const { objectiveId, actions } = form;
      const given = { planId: chosen.plan.id, objectiveId, actions };
      const outcome = await proposeActions(deps.db, actor, today, given);
      switch (outcome.kind) {
        case 'done': {
          const many =
            actions.length === 1 ? 'is in the plan, linked' : 'are in the plan, each linked';
          reply.notice(`${countOf(actions.length, 'action')} ${many} with its criterion.`);
          return reply.redirect(paths.actions(chosen.plan.slug), 303);
        }
        case 'refused':
          return again(
            outcome.reasons.map(({ field, text }) => ({ field: fieldOf(shown, field), text })),
          );
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

const isIn = (values: FormValues, { judgement }: Short): boolean =>
  values[boxOf('key', judgement.id)] !== undefined;

/** The one objective of a plan that has no other; else it is asked. */
function onlyObjective({
  objectives,
}: {
  objectives: readonly { id: string; withdrawn: boolean }[];
}) {
  const standing = objectives.filter(({ withdrawn }) => !withdrawn);
  return standing.length === 1 ? (standing[0]?.id ?? '') : '';
}

/** The box beside which a reason stands that names its judgement. */
function fieldOf(shown: readonly Short[], field: string | null): string {
  const one = shown.find(({ judgement }) => judgement.id === field);
  return one === undefined ? (field ?? '') : boxOf('text', one.judgement.id);
}
