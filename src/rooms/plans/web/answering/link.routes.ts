import { z } from 'zod';
import { parseId, type FindingId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { anyForm, manyOf, readForm, typedValues, type FieldError } from '#platform/web/forms.ts';
import { fresh, withLists, wrong, type FormState } from '#platform/web/form-state.ts';
import type { App } from '#platform/web/server.ts';
import { answerFindings, endAnswer } from '../../actions/answer-finding.ts';
import { knowsActions } from '../../actions/knows-actions.ts';
import type { PlanDeps } from '../deps.ts';
import { answerRefusal, errorsOf } from '../edit/answers.ts';
import { paths } from '../paths.ts';
import { mayAddTo, openAnswer } from './ground.ts';
import { actionsToChoose, choosePlanView, endView, linkView } from './link.view.ts';
import { answeringPaths, answeringRoutes } from './paths.ts';

const config = { rule: { may: ['U', 'PLN'] } } as const;
const params = z.strictObject({ finding: z.string().max(40) });
const linkQuery = z.strictObject({
  plan: z.string().max(120).optional(),
  words: z.string().max(200).optional(),
});
const linkForm = z.strictObject({
  action: z.string().max(40).optional(),
  findings: manyOf(z.string().max(40)),
});

/** The pages that answer a finding with an action, and that take an action from it again. */
export function addAnsweringRoutes(app: App, deps: PlanDeps): void {
  app.get(
    answeringRoutes.linkFinding,
    { config: { ...config, fairUse: 'search' }, schema: { params, querystring: linkQuery } },
    async (request, reply) => {
      const ground = await openAnswer(deps, request, reply);
      if (ground === null) return reply;
      const found = actionsToChoose(request.actor, ground, request.query);
      const { template, view } = linkView(fresh({}), ground, request.query, found);
      return reply.page(template, view);
    },
  );

  app.post(
    answeringRoutes.linkFinding,
    { config, schema: { params, querystring: linkQuery, body: anyForm } },
    async (request, reply) => {
      const ground = await openAnswer(deps, request, reply);
      if (ground === null) return reply;
      const { actor, today, query } = request;
      const values = withLists(typedValues(request.body), ['findings']);
      const again = (errors: FieldError[]) => {
        const state: FormState = wrong(values, errors);
        const found = actionsToChoose(actor, ground, query);
        const { template, view } = linkView(state, ground, query, found);
        return reply.page(template, view, 422);
      };
      const form = readForm(linkForm, request.body);
      if (!form.ok) return again(form.errors);
      const actionId = parseId<'action'>(form.value.action ?? '');
      if (actionId === null) return again([{ field: 'action', text: 'Choose an action' }]);
      const others = form.value.findings.flatMap((id) => parseId<'finding'>(id) ?? []);
      const known = new Set<FindingId>(ground.same.map(({ id }) => id));
      const findingIds = [ground.finding.id, ...others.filter((id) => known.has(id))];
      const outcome = await answerFindings(deps.db, actor, today, { actionId, findingIds });
      switch (outcome.kind) {
        case 'done':
          reply.notice(
            findingIds.length === 1
              ? 'The action is linked.'
              : `The action answers ${findingIds.length} findings now.`,
          );
          return reply.redirect(answeringPaths.finding(ground.finding.id), 303);
        case 'refused':
          return again(errorsOf(outcome));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(answeringRoutes.newForFinding, { config, schema: { params } }, async (request, reply) => {
    const ground = await openAnswer(deps, request, reply);
    if (ground === null) return reply;
    const plans = ground.plans.filter((picture) => mayAddTo(request.actor, picture));
    const [only] = plans;
    if (only !== undefined && plans.length === 1) {
      return reply.redirect(newActionHref(only.plan.slug, ground.finding.id), 303);
    }
    const { template, view } = choosePlanView(ground.finding, plans, (slug) =>
      newActionHref(slug, ground.finding.id),
    );
    return reply.page(template, view);
  });

  const endParams = params.extend({ action: z.string().max(40) });
  app.get(
    answeringRoutes.endFinding,
    { config, schema: { params: endParams } },
    async (request, reply) => {
      const ground = await openAnswer(deps, request, reply);
      if (ground === null) return reply;
      const { actor, today } = request;
      const linked = ground.finding.actions.find(({ id }) => id === request.params.action);
      const knows = await readInAuthority(deps.db, actor.authorityId, (tx) =>
        knowsActions(tx, actor, linked === undefined ? [] : [linked.id], today),
      );
      if (linked === undefined || !knows.has(linked.id)) return reply.notFound();
      const { template, view } = endView(ground.finding, linked);
      return reply.page(template, view);
    },
  );

  app.post(
    answeringRoutes.endFinding,
    { config, schema: { params: endParams, body: anyForm } },
    async (request, reply) => {
      const ground = await openAnswer(deps, request, reply);
      if (ground === null) return reply;
      const { actor, today } = request;
      const actionId = parseId<'action'>(request.params.action);
      if (actionId === null) return reply.notFound();
      const given = { actionId, findingId: ground.finding.id };
      const outcome = await endAnswer(deps.db, actor, today, given);
      if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
      reply.notice('The action is no longer linked. That it was stays in the thread.');
      return reply.redirect(answeringPaths.finding(ground.finding.id), 303);
    },
  );
}

const newActionHref = (slug: string, finding: FindingId): string =>
  `${paths.newAction(slug)}?finding=${finding}`;
