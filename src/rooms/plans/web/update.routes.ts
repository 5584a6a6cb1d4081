import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { newId, parseId } from '#kernel/ids.ts';
import { tidyFileName } from '#platform/documents/kept-file.ts';
import {
  anyForm,
  optionalText,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
  type FormValues,
} from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { sentFileName } from '#platform/web/uploads.ts';
import { userNames } from '#people';
import { giveUpdate } from '../actions/give-update.ts';
import type { UpdateFact } from '../rules/history.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { updateChoices } from '../rules/update-choices.ts';
import { dueInWords } from '../rules/words.ts';
import { readHistory } from '../store/read-history.ts';
import type { PlanDeps } from './deps.ts';
import { evidenceFields, readEvidence } from './given-evidence.ts';
import { loadPlan } from './load-plan.ts';
import { shortText } from './parts.ts';
import { paths, routePaths } from './paths.ts';
import { updateView, valuesOf } from './update.view.ts';

const params = z.strictObject({ plan: z.string().max(100), action: z.string().max(40) });
const query = z.strictObject({ corrects: z.string().max(40).optional() });

const template = 'rooms/plans/web/update.njk';

const updateForm = z.strictObject({
  submission: z.string(),
  seen: z.string(),
  corrects: z.string().max(40),
  choice: z.string({ error: 'Choose how it is going' }).min(1, 'Choose how it is going').max(40),
  changed: requiredText('Say what has changed, or that nothing has', 20_000),
  failed: optionalText(),
  ...evidenceFields,
});

/** "Give an update" and what follows it. */
export function registerUpdates(app: App, deps: PlanDeps): void {
  app.get(
    routePaths.update,
    { schema: { params, querystring: query }, config: { rule: { may: ['U', 'PLN'] } } },
    async (request, reply) => {
      const loaded = await loadAction(deps, request, reply, request.params);
      if (loaded === null) return reply;
      const { corrects } = request.query;
      const corrected = correctedBy(loaded, corrects);
      if (corrects !== undefined && corrected === null) return reply.notFound();
      const { picture, action } = loaded;
      const values = {
        submission: newId<'submission'>(),
        seen: String(action.updateVersion),
        corrects: corrected?.id ?? '',
        ...(corrected === null ? {} : valuesOf(picture, corrected)),
      };
      return reply.page(template, updateView({ picture, action, corrected, values }));
    },
  );

  app.post(
    routePaths.update,
    {
      schema: { params, body: anyForm },
      config: { rule: { may: ['U', 'PLN'] }, upload: true },
    },
    async (request, reply) => {
      const loaded = await loadAction(deps, request, reply, request.params);
      if (loaded === null) return reply;
      const values = typedValues(request.body);
      const sent = sentFileName(request.body);
      const submissionId = parseId<'submission'>(textOf(values, 'submission'));
      if (submissionId === null) return reply.problem(400);
      const shown = {
        ...loaded,
        values,
        corrected: correctedBy(loaded, textOf(values, 'corrects')),
        fileName: sent === null ? null : tidyFileName(sent),
      };
      const again = (errors: FieldError[]) =>
        reply.page(template, updateView({ ...shown, errors }), 422);
      const read = readForm(updateForm, request.body);
      if (!read.ok) return again(read.errors);
      const { value } = read;
      const evidence = readEvidence(value);
      if (evidence.errors.length > 0) return again(evidence.errors);
      const outcome = await giveUpdate(deps.db, request.actor, request.today, {
        actionId: loaded.action.id,
        choice: value.choice,
        whatChanged: value.changed,
        evidence: evidence.given,
        seenVersion: Number(value.seen),
        submissionId,
        corrects: parseId<'update'>(value.corrects),
        failedAgain: value.failed,
      });
      switch (outcome.kind) {
        case 'not-found':
          return reply.notFound();
        case 'forbidden':
          return reply.problem(403);
        case 'refused':
          return again(outcome.reasons.map(({ field, text }) => ({ field: field ?? '', text })));
        case 'stale': {
          const now = await loadAction(deps, request, reply, request.params);
          if (now === null) return reply;
          const { picture, action, latest } = now;
          const seen = String(action.updateVersion);
          const view = updateView({
            ...shown,
            picture,
            action,
            values: { ...values, seen, submission: newId<'submission'>() },
            ...(latest === null ? {} : { theirs: latest }),
          });
          return reply.page(template, view, 409);
        }
        case 'done':
          return reply
            .notice(`Update saved: ${shortText(loaded.action, 70)}. ${whatIsNext(loaded, value)}`)
            .redirect(whereNext(request, loaded), 303);
      }
    },
  );
}

interface LoadedAction {
  picture: PlanPicture;
  action: ActionPicture;
  updates: UpdateFact[];
  /** The update that was recorded last, and who gave it. */
  latest: { update: UpdateFact; by: string | null } | null;
}

async function loadAction(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  where: { plan: string; action: string },
): Promise<LoadedAction | null> {
  const actionId = parseId<'action'>(where.action);
  const { authorityId } = request.actor;
  const loaded = await loadPlan(deps, request, reply, where.plan, async (tx, picture) => {
    const action = picture.actions.find((one) => one.id === actionId);
    if (action === undefined) return null;
    const which = { actionId: action.id };
    const { updates } = await readHistory(tx, authorityId, which, request.asAt);
    const update = updates.at(-1);
    if (update === undefined) return { action, updates, latest: null };
    const names = await userNames(tx, authorityId, update.by === null ? [] : [update.by]);
    const by = update.by === null ? null : (names.get(update.by) ?? null);
    return { action, updates, latest: { update, by } };
  });
  if (loaded === null) return null;
  if (loaded.more === null) {
    reply.notFound();
    return null;
  }
  const { picture, more } = loaded;
  if (!loaded.allowed.update(more.action)) {
    reply.problem(403, {
      title: 'You cannot give an update here',
      text: whyNoUpdate(picture, more.action),
    });
    return null;
  }
  return { picture, ...more };
}

function whyNoUpdate({ plan }: PlanPicture, action: ActionPicture): string {
  if (plan.state === 'archived') return 'This plan is archived, so nothing in it can be changed.';
  if (action.withdrawn) return 'This action was withdrawn, so it takes no more updates.';
  return 'Updates are given by those who lead the action or own the plan, for today.';
}

function correctedBy({ updates }: LoadedAction, corrects: string | undefined): UpdateFact | null {
  const id = parseId<'update'>(corrects ?? '');
  return updates.find((one) => one.id === id) ?? null;
}

/** Back to one's own work; whoever gives an update for somebody else stays with the action. */
function whereNext(request: FastifyRequest, { picture, action }: LoadedAction): string {
  const own = [...action.leads, ...action.contributors].some((party) =>
    request.actor.partyIds.includes(party.id),
  );
  return own ? paths.myWork() : paths.action(picture.plan.slug, action.id);
}

function whatIsNext({ picture, action }: LoadedAction, { choice }: { choice: string }): string {
  const said = updateChoices(picture.plan.ragScheme).find((one) => one.value === choice);
  if (said?.status === 'complete') return 'It is complete.';
  return action.due.to === null ? '' : `It is due ${dueInWords(action.due)}.`;
}

function textOf(values: FormValues, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}
