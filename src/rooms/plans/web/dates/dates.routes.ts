import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId, type DueRequestId, type UserId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { anyForm, readForm, requiredText, typedValues } from '#platform/web/forms.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { logRead, userNames } from '#people';
import { takeDateBack } from '../../actions/ask-for-date.ts';
import { decidingOn } from '../../actions/date-deciders.ts';
import { decideDate, type GivenDecision } from '../../actions/decide-date.ts';
import { boardTableFormats, exportBoardTable } from '../../out/board-table.ts';
import { boardTable } from '../../rules/board-table.ts';
import { undecidedAt } from '../../rules/date-requests.ts';
import { dueInSentence } from '../../rules/words.ts';
import { planOfAction } from '../../store/find-action.ts';
import { closedRounds, readRequests } from '../../store/read-dates.ts';
import { readHistory } from '../../store/read-history.ts';
import { findPlanId } from '../../store/read-picture.ts';
import type { PlanDeps } from '../deps.ts';
import { answerRefusal, errorsOf } from '../edit/answers.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { earlierDay } from '../edit/ground.ts';
import { linker } from '../linker.ts';
import { loadPlan } from '../load-plan.ts';
import { paths, routePaths } from '../paths.ts';
import { datesView } from './dates.view.ts';
import { namedIn, requestView } from './request.view.ts';

const planParams = z.strictObject({ plan: z.string().max(100) });
const requestParams = planParams.extend({ request: z.string().max(40) });
const reading = { rule: { may: ['R', 'PLN'] } } as const;
const requestTemplate = 'rooms/plans/web/dates/request.njk';

const decisionForm = z.strictObject({
  outcome: z.string().max(20).optional(),
  reason: z.string().max(20_000).optional(),
});
const reasonOf = requiredText('Say why, so that whoever asked knows what to do');

/** The due dates of a plan, and the page on which somebody decides on one. */
export function addDateRoutes(app: App, deps: PlanDeps): void {
  app.get(
    routePaths.dates,
    { config: reading, schema: { params: planParams } },
    async (request, reply) => {
      const loaded = await loadPlan(
        deps,
        request,
        reply,
        request.params.plan,
        async (tx, picture) => {
          const { authorityId } = request.actor;
          const { id: planId } = picture.plan;
          const { asAt } = request;
          const { dues, requests } = await readHistory(tx, authorityId, { planId }, asAt);
          const [round] = await closedRounds(tx, authorityId, planId, { asAt });
          const askers = requests.flatMap((one) => one.by ?? []);
          return {
            dues,
            requests,
            undecided:
              round === undefined
                ? null
                : { round: round.name, requests: undecidedAt(requests, round.closedAt) },
            board: boardTable(picture, requests),
            names: await userNames(tx, authorityId, [...new Set<UserId>(askers)]),
          };
        },
      );
      if (loaded === null) return reply;
      const { picture, allowed, more } = loaded;
      return reply.page(
        'rooms/plans/web/page.njk',
        datesView({ picture, allowed, ...more, link: linker(request) }),
      );
    },
  );

  app.get(
    routePaths.exportBoardDates,
    {
      schema: {
        params: planParams,
        querystring: z.strictObject({ format: z.enum(boardTableFormats) }),
      },
      config: { rule: { may: ['E', 'PLN'] }, fairUse: 'export' },
    },
    async (request, reply) => {
      const { actor, asAt } = request;
      const loaded = await loadPlan(
        deps,
        request,
        reply,
        request.params.plan,
        async (tx, picture) => {
          const which = { planId: picture.plan.id };
          const { requests } = await readHistory(tx, actor.authorityId, which, asAt);
          return boardTable(picture, requests);
        },
      );
      if (loaded === null) return reply;
      const { picture, allowed, more: rows } = loaded;
      if (!allowed.export) return reply.problem(403);
      const { format } = request.query;
      const read = [{ fact: 'plan', id: picture.plan.id }];
      await logRead(deps.db, actor, `exported the dates for the board, as ${format}`, read);
      const made = await exportBoardTable(format, {
        picture,
        rows,
        exportedBy: actor.name,
        exportedAt: request.now,
        authorityName: request.shell.authority?.name ?? '',
      });
      return sendFile(reply, made);
    },
  );

  app.get(
    routePaths.dateRequest,
    { config: reading, schema: { params: requestParams } },
    (request, reply) => requestPage(deps, request, reply, fresh({})),
  );

  app.post(
    routePaths.dateRequest,
    {
      config: { rule: { may: ['A', 'PLN'] } },
      schema: { params: requestParams, body: anyForm },
    },
    (request, reply) => decides(deps, request, reply),
  );

  app.post(
    routePaths.takeDateBack,
    {
      config: { rule: { may: ['U', 'PLN'] } },
      schema: { params: requestParams, body: anyForm },
    },
    async (request, reply) => {
      const id = await idOf(deps, request);
      if (id === null) return reply.notFound();
      if (!readForm(z.strictObject({}), request.body).ok) return reply.problem(400);
      const outcome = await takeDateBack(deps.db, request.actor, request.today, id);
      switch (outcome.kind) {
        case 'done': {
          const { picture, action } = outcome;
          reply.notice(`Your request for action ${action.ref} is taken back. Its date stays.`);
          return reply.redirect(paths.action(picture.plan.slug, action.id), 303);
        }
        case 'decided':
          return requestPage(deps, request, reply, tooLate, 409);
        case 'refused':
          return requestPage(deps, request, reply, wrong({}, errorsOf(outcome)), 409);
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

type AboutRequest = FastifyRequest<{ Params: { plan: string; request: string } }>;

const tooLate: FormState = wrong({}, [
  {
    field: '',
    text: 'Somebody was quicker: see below what became of this date. Nothing of yours was saved',
  },
]);

/** Grants or refuses. */
async function decides(
  deps: PlanDeps,
  request: AboutRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const id = await idOf(deps, request);
  if (id === null) return reply.notFound();
  const values = typedValues(request.body);
  const form = readForm(decisionForm, request.body);
  if (!form.ok) return requestPage(deps, request, reply, wrong(values, form.errors), 422);
  const given = readDecision(values);
  if ('errors' in given) {
    return requestPage(deps, request, reply, wrong(values, given.errors), 422);
  }
  const outcome = await decideDate(deps.db, request.actor, request.today, id, given);
  switch (outcome.kind) {
    case 'done': {
      const { picture, action, request: asked } = outcome;
      reply.notice(
        given.outcome === 'granted'
          ? `Action ${action.ref} is now due: ${dueInSentence(asked.due)}.`
          : `The date that was asked for is refused. Action ${action.ref} keeps its date.`,
      );
      return reply.redirect(paths.dates(picture.plan.slug), 303);
    }
    case 'refused':
      return requestPage(deps, request, reply, wrong(values, errorsOf(outcome)), 422);
    case 'may not':
      return requestPage(deps, request, reply, fresh({}), 403);
    case 'decided':
      return requestPage(deps, request, reply, tooLate, 409);
    case 'not-found':
      return reply.notFound();
  }
}

function readDecision(values: Record<string, string | string[]>) {
  const words = reasonOf.safeParse(values.reason);
  const why = typeof values.reason === 'string' && values.reason.trim() !== '';
  const issue = words.error?.issues[0]?.message ?? '';
  if (values.outcome === 'granted') {
    return why && !words.success
      ? { errors: [{ field: 'reason', text: issue }] }
      : ({ outcome: 'granted', reason: words.data ?? null } satisfies GivenDecision);
  }
  if (values.outcome === 'refused') {
    return words.success
      ? ({ outcome: 'refused', reason: words.data } satisfies GivenDecision)
      : { errors: [{ field: 'reason', text: issue }] };
  }
  return { errors: [{ field: 'outcome', text: 'Say whether you agree to this date' }] };
}

/** The id in the address, where it is of the plan in the address: of another it is not there. */
async function idOf({ db }: PlanDeps, request: AboutRequest): Promise<DueRequestId | null> {
  const { authorityId } = request.actor;
  const requestId = parseId<'due request'>(request.params.request);
  if (requestId === null) return null;
  return readInAuthority(db, authorityId, async (tx) => {
    const until = { asAt: request.today };
    const [found] = await readRequests(tx, authorityId, { requestId }, until);
    const planId = await findPlanId(tx, authorityId, request.params.plan);
    if (found === undefined || planId === null) return null;
    return (await planOfAction(tx, authorityId, found.actionId)) === planId ? requestId : null;
  });
}

async function requestPage(
  deps: PlanDeps,
  request: AboutRequest,
  reply: FastifyReply,
  state: FormState,
  status = 200,
): Promise<FastifyReply> {
  const { actor, asAt, today } = request;
  if (request.method === 'POST' && asAt !== today) return reply.problem(400, earlierDay);
  const { authorityId } = actor;
  const loaded = await loadPlan(deps, request, reply, request.params.plan, async (tx, picture) => {
    const id = parseId<'due request'>(request.params.request);
    const { plan } = picture;
    const { dues, requests } = await readHistory(tx, authorityId, { planId: plan.id }, asAt);
    const asked = requests.find((one) => one.id === id);
    const action = picture.actions.find((one) => one.id === asked?.actionId);
    if (asked === undefined || action === undefined) return null;
    const own = dues.filter((fact) => fact.actionId === action.id);
    const ids = [...namedIn(asked), ...own.flatMap((fact) => fact.by ?? [])];
    return {
      action,
      request: asked,
      history: { dues: own, names: await userNames(tx, authorityId, [...new Set(ids)]) },
      deciding: await decidingOn(tx, actor, plan, asked.by, today),
    };
  });
  if (loaded === null) return reply;
  const { picture, more } = loaded;
  if (more === null) return reply.notFound();
  const view = requestView(state, {
    picture,
    ...more,
    writable: asAt === today && picture.plan.state === 'active',
    isMine: more.request.by === actor.userId,
    link: linker(request),
  });
  return reply.page(requestTemplate, view, status);
}
