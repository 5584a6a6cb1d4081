import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { IsoDate } from '#kernel/dates.ts';
import { parseId, type ActionId, type FindingId, type JudgementId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Db } from '#platform/db/tables.ts';
import { anyForm, manyOf, readForm, typedValues, type FieldError } from '#platform/web/forms.ts';
import { fresh, withLists, wrong, type FormState } from '#platform/web/form-state.ts';
import type { App } from '#platform/web/server.ts';
import type { Actor } from '#people';
import { answerFindings, endAnswer, type AnsweredItem } from '../../actions/answer-finding.ts';
import { answerJudgement, endJudgementAnswer } from '../../actions/answer-judgement.ts';
import { knowsActions } from '../../actions/knows-actions.ts';
import type { Forbidden, NotFound, Refused } from '../../actions/outcome.ts';
import type { PlanDeps } from '../deps.ts';
import { answerRefusal, errorsOf } from '../edit/answers.ts';
import { paths } from '../paths.ts';
import { mayAddTo, openFindingAnswer, openJudgementAnswer, type AnswerGround } from './ground.ts';
import { actionsToChoose, choosePlanView, endView, linkView } from './link.view.ts';
import { answeringPaths, judgementPaths } from './paths.ts';

const config = { rule: { may: ['U', 'PLN'] } } as const;
const linkQuery = z.strictObject({
  plan: z.string().max(120).optional(),
  words: z.string().max(200).optional(),
});
const linkForm = z.strictObject({
  action: z.string().max(40).optional(),
  findings: manyOf(z.string().max(40)),
});
const id = z.string().max(40);

type Outcome = { kind: 'done' } | NotFound | Forbidden | Refused;

/** What differs between the kinds of items that actions answer. */
interface AnswerPages {
  /** How a route names the item. */
  params: z.ZodObject<Record<string, typeof id>>;
  routes: { link: string; add: string; end: string };
  open: (
    deps: PlanDeps,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<AnswerGround | null>;
  /** Says that the action answers these; all are of the kind of the first. */
  answer: (
    db: Db,
    actor: Actor,
    today: IsoDate,
    actionId: ActionId,
    items: readonly AnsweredItem[],
  ) => Promise<Outcome>;
  end: (
    db: Db,
    actor: Actor,
    today: IsoDate,
    actionId: ActionId,
    item: AnsweredItem,
  ) => Promise<Outcome>;
}

const ofFindings: AnswerPages = {
  params: z.strictObject({ finding: id }),
  routes: {
    link: answeringPaths.linkFinding(':finding'),
    add: answeringPaths.newForFinding(':finding'),
    end: answeringPaths.endFinding(':finding', ':action'),
  },
  open: openFindingAnswer,
  answer: (db, actor, today, actionId, items) =>
    answerFindings(db, actor, today, { actionId, findingIds: items.map(findingOf) }),
  end: (db, actor, today, actionId, item) =>
    endAnswer(db, actor, today, { actionId, findingId: findingOf(item) }),
};

const ofJudgements: AnswerPages = {
  params: z.strictObject({ judgement: id }),
  routes: {
    link: judgementPaths.link(':judgement' as JudgementId),
    add: judgementPaths.add(':judgement' as JudgementId),
    end: judgementPaths.end(':judgement' as JudgementId, ':action'),
  },
  open: openJudgementAnswer,
  answer: (db, actor, today, actionId, [item]) =>
    answerJudgement(db, actor, today, { actionId, judgementId: judgementOf(item) }),
  end: (db, actor, today, actionId, item) =>
    endJudgementAnswer(db, actor, today, { actionId, judgementId: judgementOf(item) }),
};

const findingOf = ({ id: one }: AnsweredItem) => one as FindingId;
const judgementOf = (item: AnsweredItem | undefined) => item?.id as JudgementId;

/** The pages that answer a finding or a judgement with an action, and that take one off again. */
export function addAnsweringRoutes(app: App, deps: PlanDeps): void {
  addRoutesOf(app, deps, ofFindings);
  addRoutesOf(app, deps, ofJudgements);
}

function addRoutesOf(app: App, deps: PlanDeps, pages: AnswerPages): void {
  const { params, routes, open } = pages;
  app.get(
    routes.link,
    { config: { ...config, fairUse: 'search' }, schema: { params, querystring: linkQuery } },
    async (request, reply) => {
      const ground = await open(deps, request, reply);
      if (ground === null) return reply;
      const found = actionsToChoose(request.actor, ground, request.query);
      const { template, view } = linkView(fresh({}), ground, request.query, found);
      return reply.page(template, view);
    },
  );

  app.post(
    routes.link,
    { config, schema: { params, querystring: linkQuery, body: anyForm } },
    async (request, reply) => {
      const ground = await open(deps, request, reply);
      if (ground === null) return reply;
      const { actor, today, query } = request;
      const { answered, same } = ground;
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
      const ticked = new Set<string>(form.value.findings);
      const others = same.map(({ item }) => item).filter((item) => ticked.has(item.id));
      const items = [answered.item, ...others];
      const outcome = await pages.answer(deps.db, actor, today, actionId, items);
      switch (outcome.kind) {
        case 'done':
          reply.notice(
            items.length === 1
              ? 'The action is linked.'
              : `The action answers ${items.length} findings now.`,
          );
          return reply.redirect(answered.href, 303);
        case 'refused':
          return again(errorsOf(outcome));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(routes.add, { config, schema: { params } }, async (request, reply) => {
    const ground = await open(deps, request, reply);
    if (ground === null) return reply;
    const { item } = ground.answered;
    const hrefOf = (slug: string) => `${paths.newAction(slug)}?${item.kind}=${item.id}`;
    const plans = ground.plans.filter((picture) => mayAddTo(request.actor, picture));
    const [only] = plans;
    if (only !== undefined && plans.length === 1) {
      return reply.redirect(hrefOf(only.plan.slug), 303);
    }
    const { template, view } = choosePlanView(ground.answered, plans, hrefOf);
    return reply.page(template, view);
  });

  const endParams = params.extend({ action: id });
  app.get(routes.end, { config, schema: { params: endParams } }, async (request, reply) => {
    const ground = await open(deps, request, reply);
    if (ground === null) return reply;
    const { actor, today } = request;
    const linked = ground.linked.find((one) => one.id === request.params.action);
    const knows = await readInAuthority(deps.db, actor.authorityId, (tx) =>
      knowsActions(tx, actor, linked === undefined ? [] : [linked.id], today),
    );
    if (linked === undefined || !knows.has(linked.id)) return reply.notFound();
    const { template, view } = endView(ground.answered, linked);
    return reply.page(template, view);
  });

  app.post(routes.end, { config, schema: { params: endParams } }, async (request, reply) => {
    const ground = await open(deps, request, reply);
    if (ground === null) return reply;
    const { actor, today } = request;
    const actionId = parseId<'action'>(request.params.action ?? '');
    if (actionId === null) return reply.notFound();
    const outcome = await pages.end(deps.db, actor, today, actionId, ground.answered.item);
    if (outcome.kind === 'refused') {
      const text = outcome.reasons.map((reason) => reason.text).join(' ');
      return reply.problem(409, { title: 'Nothing was changed', text });
    }
    if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
    reply.notice('The action is no longer linked. That it was stays in the thread.');
    return reply.redirect(ground.answered.href, 303);
  });
}
