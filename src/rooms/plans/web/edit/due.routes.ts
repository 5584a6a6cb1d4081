import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readInAuthority } from '#platform/db/authority.ts';
import { anyForm, optionalText, readForm, requiredText, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { userNames, type Actor } from '#people';
import { changeDueDate } from '../../actions/change-action.ts';
import type { ActionPicture } from '../../rules/picture.ts';
import { dueInWords } from '../../rules/words.ts';
import { lastWritten } from '../../store/last-written.ts';
import { readHistory } from '../../store/read-history.ts';
import { bothTexts, bothTextsError } from '../both-texts.ts';
import type { PlanDeps } from '../deps.ts';
import { paths, routePaths } from '../paths.ts';
import { answerRefusal, errorsOf, versionIn } from './answers.ts';
import { readDueBox, type DueQuestion } from './due-box.ts';
import { dueView, dueWords, movedWords, type DueHistory } from './due.view.ts';
import { fresh, wrong, type FormState } from './form-state.ts';
import { openActionForm } from './ground.ts';

const template = 'rooms/plans/web/edit/due.njk';
const config = { rule: { may: ['U', 'PLN'] } } as const;
const params = z.strictObject({ plan: z.string().max(120), action: z.string().max(40) });
const typed = z.string().max(400, 'This is too long. Shorten it.').optional().default('');

const dueForm = z.strictObject({
  version: typed,
  due: typed,
  'due-asked': typed,
  'due-right': typed,
  reason: requiredText('Say why the date is no longer right'),
  effect: optionalText(),
});

/** The page on which a lead, or whoever may change the plan, gives an action another due date. */
export function addDueRoutes(app: App, deps: PlanDeps): void {
  app.get(routePaths.due, { config, schema: { params } }, async (request, reply) => {
    const ground = await openDueForm(deps, request, reply, request.params);
    if (ground === null) return reply;
    const { picture, action, history } = ground;
    const { dueVersion } = action;
    return reply.page(template, dueView(fresh({}), picture, action, history, dueVersion, null));
  });

  app.post(
    routePaths.due,
    { config, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await openDueForm(deps, request, reply, request.params);
      if (ground === null) return reply;
      const { picture, action, history } = ground;
      const { actor, today } = request;
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      const again = (state: FormState, question: DueQuestion | null = null) =>
        reply.page(template, dueView(state, picture, action, history, seen, question), 422);
      const form = readForm(dueForm, request.body);
      const box = readDueBox(values, today, 'Enter the new date');
      if (!form.ok || !box.ok) {
        const errors = [...(box.ok ? [] : box.errors), ...(form.ok ? [] : form.errors)];
        return again(wrong(values, errors), box.question);
      }
      const { reason, effect: effectOnChildren } = form.value;
      const given = { due: box.due, reason, effectOnChildren };
      const href = paths.action(picture.plan.slug, action.id);
      const outcome = await changeDueDate(deps.db, actor, today, action.id, seen, given);
      switch (outcome.kind) {
        case 'done': {
          const moved = movedWords(action.due, box.due.to);
          reply.notice(`Action ${action.ref} is now due: ${dueInWords(box.due)}.${moved}`);
          return reply.redirect(href, 303);
        }
        case 'refused':
          return again(wrong(values, errorsOf(outcome)), box.question);
        case 'stale': {
          const now = await readDueHistory(deps, actor, request, outcome.action);
          const theirs = now.dues.at(-1);
          const last = await readInAuthority(deps.db, actor.authorityId, (tx) =>
            lastWritten(tx, actor.authorityId, { kind: 'due date', id: action.id }),
          );
          const a = dueWords(
            theirs ?? { due: outcome.action.due, reason: null, effectOnChildren: null },
          );
          const b = dueWords(given);
          const pairs = [
            { label: 'Due', theirs: a.due, yours: b.due },
            { label: 'Why', theirs: a.reason, yours: b.reason },
            { label: 'What it means for children', theirs: a.effect, yours: b.effect },
          ];
          const both = bothTexts(pairs, last, href);
          const state = { values, errors: [bothTextsError], both };
          const { dueVersion } = outcome.action;
          const view = dueView(
            state,
            outcome.picture,
            outcome.action,
            now,
            dueVersion,
            box.question,
          );
          return reply.page(template, view, 409);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

async function openDueForm(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  where: { plan: string; action: string },
) {
  const ground = await openActionForm(deps, request, reply, where, 'lead');
  if (ground === null) return null;
  if (ground.action.withdrawn) {
    reply.problem(409, {
      title: 'This action was withdrawn',
      text: 'Its dates stay as they are. Bring the action back first to give it another date.',
    });
    return null;
  }
  const history = await readDueHistory(deps, request.actor, request, ground.action);
  return { ...ground, history };
}

function readDueHistory(
  deps: PlanDeps,
  actor: Actor,
  { today }: Pick<FastifyRequest, 'today'>,
  action: ActionPicture,
): Promise<DueHistory> {
  return readInAuthority(deps.db, actor.authorityId, async (tx) => {
    const which = { actionId: action.id };
    const { dues } = await readHistory(tx, actor.authorityId, which, today);
    const by = [...new Set(dues.flatMap((fact) => fact.by ?? []))];
    return { dues, names: await userNames(tx, actor.authorityId, by) };
  });
}
