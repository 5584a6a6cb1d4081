import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readInAuthority } from '#platform/db/authority.ts';
import { anyForm, readForm, requiredText, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { userNames, type Actor } from '#people';
import { askForDate } from '../../actions/ask-for-date.ts';
import type { ActionPicture, AskedDue } from '../../rules/picture.ts';
import { dueInSentence } from '../../rules/words.ts';
import { lastWritten } from '../../store/last-written.ts';
import { readHistory } from '../../store/read-history.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import type { PlanDeps } from '../deps.ts';
import { paths, routePaths } from '../paths.ts';
import { answerRefusal, errorsOf, versionIn } from './answers.ts';
import { readDueBox, type DueQuestion } from '#platform/web/due-box.ts';
import { dueView, dueWords, movedWords, type DueHistory } from './due.view.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
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
  effect: requiredText('Say what it means for children, or that it means nothing for them'),
});

/** The page on which whoever may give an update to an action asks for another due date. */
export function addDueRoutes(app: App, deps: PlanDeps): void {
  app.get(routePaths.due, { config, schema: { params } }, async (request, reply) => {
    const ground = await openDueForm(deps, request, reply, request.params);
    if (ground === null) return reply;
    const { picture, action, history } = ground;
    const { dueVersion: version } = action;
    const shown = { picture, action, history, version, question: null, by: request.actor.userId };
    return reply.page(template, dueView(fresh({}), shown));
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
      const version = versionIn(values.version);
      const shown = { picture, action, history, version, by: actor.userId };
      const again = (state: FormState, question: DueQuestion | null = null) =>
        reply.page(template, dueView(state, { ...shown, question, typed: true }), 422);
      const form = readForm(dueForm, request.body);
      const box = readDueBox(values, today, 'Enter the new date');
      if (!form.ok || !box.ok) {
        const errors = [...(box.ok ? [] : box.errors), ...(form.ok ? [] : form.errors)];
        return again(wrong(values, errors), box.question);
      }
      const { reason, effect: effectOnChildren } = form.value;
      const given = { due: box.due, reason, effectOnChildren };
      const href = paths.action(picture.plan.slug, action.id);
      const outcome = await askForDate(deps.db, actor, today, action.id, version, given);
      switch (outcome.kind) {
        case 'done': {
          const moved = movedWords(action.due, box.due.to);
          reply.notice(
            `You asked for ${dueInSentence(box.due)} for action ${action.ref}.${moved} Until somebody agrees, its date stays as it is.`,
          );
          return reply.redirect(href, 303);
        }
        case 'refused':
          return again(wrong(values, errorsOf(outcome)), box.question);
        case 'waiting':
        case 'stale': {
          const now = await readDueHistory(deps, actor, request, outcome.action);
          const kind = outcome.kind === 'waiting' ? 'asked date' : 'due date';
          const last = await readInAuthority(deps.db, actor.authorityId, (tx) =>
            lastWritten(tx, actor.authorityId, { kind, id: action.id }),
          );
          const a = dueWords(
            outcome.kind === 'waiting' ? outcome.asked : latestOf(now, outcome.action),
          );
          const b = dueWords(given);
          const pairs = [
            { label: 'Due', theirs: a.due, yours: b.due },
            { label: 'Why', theirs: a.reason, yours: b.reason },
            { label: 'What it means for children', theirs: a.effect, yours: b.effect },
          ];
          const both = {
            ...bothTexts(pairs, last, href),
            ...(outcome.kind === 'waiting' ? { keep: waitingKeep(outcome.asked, actor) } : {}),
          };
          const view = dueView(
            { values, errors: [bothTextsError], both },
            {
              picture: outcome.picture,
              action: outcome.action,
              history: now,
              version: outcome.action.dueVersion,
              question: box.question,
              by: actor.userId,
              typed: true,
            },
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

/** How what was typed can still be asked for, where another date waits for its answer. */
function waitingKeep(asked: AskedDue, actor: Actor): string {
  return asked.by === actor.userId
    ? 'One date at a time waits for an answer. Take back the one that you asked for, then ask for this one'
    : 'One date at a time waits for an answer. Ask for yours once theirs is answered or taken back';
}

/** What the ledger says last; where it was refused meanwhile, what it says all the same. */
function latestOf(history: DueHistory, action: ActionPicture) {
  return history.dues.at(-1) ?? { due: action.due, reason: null, effectOnChildren: null };
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
      text: 'Its dates stay as they are. Bring the action back first to ask for another date.',
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
    const by = [...dues.map((fact) => fact.by), action.asked?.by ?? null];
    const ids = [...new Set(by.flatMap((id) => id ?? []))];
    return { dues, names: await userNames(tx, actor.authorityId, ids) };
  });
}
