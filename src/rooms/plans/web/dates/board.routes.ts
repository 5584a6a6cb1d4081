import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseId } from '#kernel/ids.ts';
import {
  anyForm,
  manyOf,
  readForm,
  requiredText,
  typedValues,
  type FormValues,
} from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import {
  answerForBoard,
  boardsToAnswerFor,
  type GivenBoardAnswer,
} from '../../actions/answer-for-board.ts';
import { boardTable } from '../../rules/board-table.ts';
import type { ActionPicture } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import { readHistory } from '../../store/read-history.ts';
import type { PlanDeps } from '../deps.ts';
import { answerRefusal, errorsOf } from '../edit/answers.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { earlierDay } from '../edit/ground.ts';
import { linker } from '../linker.ts';
import { loadPlan } from '../load-plan.ts';
import { paths, routePaths } from '../paths.ts';
import { boardView } from './board.view.ts';

const params = z.strictObject({ plan: z.string().max(100) });
type AboutPlan = FastifyRequest<{ Params: { plan: string } }>;

/** The table of dates that the overseeing board is to approve, with one form for all its rows. */
export function addBoardRoutes(app: App, deps: PlanDeps): void {
  app.get(
    routePaths.boardDates,
    { config: { rule: { may: ['R', 'PLN'] } }, schema: { params } },
    (request, reply) => boardPage(deps, request, reply, fresh({})),
  );

  app.post(
    routePaths.boardDates,
    { config: { rule: { may: ['A', 'PLN'] } }, schema: { params, body: anyForm } },
    async (request, reply) => {
      const { actor, today } = request;
      if (request.asAt !== today) return reply.problem(400, earlierDay);
      const loaded = await loadPlan(deps, request, reply, request.params.plan, () =>
        Promise.resolve(null),
      );
      if (loaded === null) return reply;
      const { plan } = loaded.picture;
      const values = typedValues(request.body);
      const form = readForm(formFor(values), request.body);
      const answers = answersIn(values);
      const errors = [
        ...(form.ok ? [] : form.errors),
        ...(answers.length === 0
          ? [{ field: 'dates-of-the-board', text: 'Say of at least one date what the board said' }]
          : []),
      ];
      if (!form.ok || errors.length > 0) {
        return boardPage(deps, request, reply, wrong(values, errors), 422);
      }
      const boardId = parseId<'party'>(form.value.board);
      if (boardId === null) {
        const error = { field: 'board', text: 'Choose the board that said so' };
        return boardPage(deps, request, reply, wrong(values, [error]), 422);
      }
      const given = { boardId, minute: form.value.minute, answers };
      const outcome = await answerForBoard(deps.db, actor, today, plan.id, given);
      switch (outcome.kind) {
        case 'done':
          reply.notice(`What the board said of ${countOf(outcome.answered, 'date')} is saved.`);
          return reply.redirect(paths.boardDates(plan.slug), 303);
        case 'refused':
          return boardPage(deps, request, reply, wrong(values, errorsOf(outcome)), 422);
        case 'stale': {
          const text =
            'Somebody saved some of these while you were looking. Nothing of yours was saved. Look at them, then save again';
          const state = wrong(values, [{ field: 'dates-of-the-board', text }]);
          return boardPage(deps, request, reply, state, 409, outcome.actions);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

const answerField = /^answer-[0-9a-f-]{36}$/;

/** The fields of the form: one for each row that it was sent with. */
function formFor(values: FormValues) {
  const answers = Object.keys(values)
    .filter((name) => answerField.test(name))
    .map((name) => [name, z.enum(['approved', 'not approved'])] as const);
  return z.strictObject({
    board: z.string().max(40).optional().default(''),
    minute: requiredText('Say at which meeting, and the minute', 500),
    seen: manyOf(z.string().max(120)),
    ...Object.fromEntries(answers),
  });
}

/** The rows on which the board said something, each with what the person saw of it. */
function answersIn(values: FormValues): GivenBoardAnswer[] {
  return [values.seen ?? []].flat().flatMap((key) => {
    const match = /^([0-9a-f-]{36}):(\d{1,9}):(\d{1,9})$/.exec(key);
    const actionId = parseId<'action'>(match?.[1] ?? '');
    if (match === null || actionId === null) return [];
    const answer = values[`answer-${actionId}`];
    if (answer !== 'approved' && answer !== 'not approved') return [];
    return [{ actionId, answer, dueVersion: Number(match[2]), seenVersion: Number(match[3]) }];
  });
}

async function boardPage(
  deps: PlanDeps,
  request: AboutPlan,
  reply: FastifyReply,
  state: FormState,
  status = 200,
  moved: readonly ActionPicture[] = [],
): Promise<FastifyReply> {
  const { actor, asAt, today } = request;
  const loaded = await loadPlan(deps, request, reply, request.params.plan, async (tx, picture) => {
    const which = { planId: picture.plan.id };
    const { requests } = await readHistory(tx, actor.authorityId, which, asAt);
    return boardTable(picture, requests);
  });
  if (loaded === null) return reply;
  const { picture, allowed, more: rows } = loaded;
  const view = boardView(
    state,
    {
      picture,
      allowed,
      rows,
      answersFor: asAt === today ? boardsToAnswerFor(actor, picture.plan) : [],
      by: actor.userId,
      link: linker(request),
    },
    moved,
  );
  return reply.page('rooms/plans/web/dates/board.njk', view, status);
}
