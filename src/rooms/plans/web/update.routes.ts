import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatDate } from '#kernel/dates.ts';
import { newId, parseId, type UpdateId } from '#kernel/ids.ts';
import { checkKeptFile } from '#platform/documents/kept-file.ts';
import {
  anyForm,
  optionalText,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
  type FormValues,
} from '#platform/web/forms.ts';
import { safeHref } from '#platform/web/html.ts';
import type { App } from '#platform/web/server.ts';
import { uploadedFile } from '#platform/web/uploads.ts';
import { giveUpdate, type GivenEvidence } from '../actions/give-update.ts';
import type { UpdateFact } from '../rules/history.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { updateChoices } from '../rules/update-choices.ts';
import { dueInWords } from '../rules/words.ts';
import { readHistory } from '../store/read-history.ts';
import type { PlanDeps } from './deps.ts';
import { loadPlan } from './load-plan.ts';
import { lines, shortText } from './parts.ts';
import { paths, routePaths } from './paths.ts';

const params = z.strictObject({ plan: z.string().max(100), action: z.string().max(40) });
const query = z.strictObject({ corrects: z.string().max(40).optional() });

const updateForm = z.strictObject({
  submission: z.string(),
  seen: z.string(),
  corrects: z.string().optional(),
  choice: z.string({ error: 'Choose how it is going' }).min(1, 'Choose how it is going').max(40),
  changed: requiredText('Say what has changed, or that nothing has', 20_000),
  link: optionalText(2000),
  note: optionalText(2000),
  file: uploadedFile.optional(),
});

/** "Give an update" and what follows it. */
export function registerUpdates(app: App, deps: PlanDeps): void {
  app.get(
    routePaths.update,
    { schema: { params, querystring: query }, config: { rule: { may: ['U', 'PLN'] } } },
    async (request, reply) => {
      const loaded = await loadAction(deps, request, reply, request.params);
      if (loaded === null) return reply;
      const corrects = parseId<'update'>(request.query.corrects ?? '');
      return showForm(reply, loaded, {
        values: {
          submission: newId<'submission'>(),
          seen: String(loaded.action.updateVersion),
          corrects: corrects ?? '',
          ...correctedValues(loaded, corrects),
        },
      });
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
      const read = readForm(updateForm, request.body);
      if (!read.ok) return showForm(reply, loaded, read, 422);
      const { value } = read;
      const values = typedValues(request.body);
      const evidence = readEvidence(value);
      if (evidence.errors.length > 0) {
        return showForm(reply, loaded, { values, errors: evidence.errors }, 422);
      }
      const submissionId = parseId<'submission'>(value.submission);
      if (submissionId === null) return reply.problem(400);
      const outcome = await giveUpdate(deps.db, request.actor, request.today, {
        actionId: loaded.action.id,
        choice: value.choice,
        whatChanged: value.changed,
        evidence: evidence.given,
        seenVersion: Number(value.seen),
        submissionId,
        corrects: parseId<'update'>(value.corrects ?? ''),
      });
      switch (outcome.kind) {
        case 'not-found':
          return reply.notFound();
        case 'forbidden':
          return reply.problem(403);
        case 'refused':
          return showForm(
            reply,
            loaded,
            {
              values,
              errors: outcome.reasons.map(({ field, text }) => ({ field: field ?? '', text })),
            },
            422,
          );
        case 'stale': {
          const again = await loadAction(deps, request, reply, request.params);
          if (again === null) return reply;
          const seen = String(outcome.action.updateVersion);
          return showForm(reply, again, { values: { ...values, seen }, conflict: true }, 409);
        }
        case 'done':
          return reply
            .notice(`Update saved: ${shortText(loaded.action, 70)}. ${nextWords(outcome.action)}`)
            .redirect(paths.myWork(), 303);
      }
    },
  );
}

interface LoadedAction {
  picture: PlanPicture;
  action: ActionPicture;
  updates: UpdateFact[];
}

async function loadAction(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  where: { plan: string; action: string },
): Promise<LoadedAction | null> {
  const actionId = parseId<'action'>(where.action);
  const loaded = await loadPlan(deps, request, reply, where.plan, async (tx, picture) => {
    const action = picture.actions.find((one) => one.id === actionId);
    if (action === undefined) return null;
    const { updates } = await readHistory(
      tx,
      request.actor.authorityId,
      { actionId: action.id },
      request.asAt,
    );
    return { action, updates };
  });
  if (loaded === null) return null;
  if (loaded.more === null) {
    reply.notFound();
    return null;
  }
  const { action, updates } = loaded.more;
  if (!loaded.allowed.update(action)) {
    reply.problem(403, {
      title: 'You cannot give an update here',
      text: action.withdrawn
        ? 'This action was withdrawn, so it takes no more updates.'
        : 'Updates are given by those who lead the action or own the plan, for today.',
    });
    return null;
  }
  return { picture: loaded.picture, action, updates };
}

function correctedValues(
  { picture, updates }: LoadedAction,
  corrects: UpdateId | null,
): FormValues {
  const update = updates.find((one) => one.id === corrects);
  if (update === undefined) return {};
  const choice = updateChoices(picture.plan.ragScheme).find(
    (one) => one.rag === update.claimedRag && one.status === update.status,
  );
  return { choice: choice?.value ?? '', changed: update.whatChanged };
}

function showForm(
  reply: FastifyReply,
  { picture, action, updates }: LoadedAction,
  form: { values: FormValues; errors?: FieldError[]; conflict?: boolean },
  status = 200,
) {
  const { plan } = picture;
  const choices = updateChoices(plan.ragScheme);
  const last = updates.at(-1);
  const claimOf = (rag: string | null, state: string | null) =>
    choices.find((one) => one.rag === rag && one.status === state)?.label ?? state ?? 'Not rated';
  const given = typeof form.values['choice'] === 'string' ? form.values['choice'] : '';
  return reply.page(
    'rooms/plans/web/update.njk',
    {
      title: form.values['corrects'] ? 'Correct an update' : 'Give an update',
      caption: `${plan.title} · Action ${action.ref}`,
      back: { text: 'Back to the action', href: paths.action(plan.slug, action.id) },
      sentence: shortText(action, 300),
      actionHref: paths.action(plan.slug, action.id),
      dueHref: paths.due(plan.slug, action.id),
      choices: choices.map((choice) => ({
        value: choice.value,
        text: choice.label,
        hint: { text: choice.hint },
      })),
      changedLabel:
        last === undefined
          ? 'What has been done so far?'
          : `What has changed since ${formatDate(last.effectiveOn)}?`,
      last:
        last === undefined || last.whatChanged === '' || form.conflict === true
          ? null
          : { when: `Last update, ${formatDate(last.effectiveOn)}`, text: lines(last.whatChanged) },
      form: { values: form.values, errors: form.errors ?? [] },
      ...(form.errors === undefined ? {} : { errors: form.errors }),
      theirs:
        form.conflict === true && last !== undefined
          ? {
              claim: claimOf(last.claimedRag, last.status),
              text: lines(last.whatChanged),
              when: `Saved for ${formatDate(last.effectiveOn)}`,
            }
          : null,
      yours: {
        claim: choices.find((one) => one.value === given)?.label ?? '',
        text: lines(typeof form.values['changed'] === 'string' ? form.values['changed'] : ''),
      },
    },
    status,
  );
}

function nextWords(action: ActionPicture | null): string {
  return action === null || action.due.to === null ? '' : `It is due ${dueInWords(action.due)}.`;
}

function readEvidence(value: z.output<typeof updateForm>): {
  given: GivenEvidence[];
  errors: FieldError[];
} {
  const given: GivenEvidence[] = [];
  const errors: FieldError[] = [];
  if (value.link !== null) {
    if (/^https?:\/\//i.test(value.link) && safeHref(value.link) !== null) {
      given.push({ kind: 'link', title: value.link, url: value.link });
    } else {
      errors.push({ field: 'link', text: 'A link begins with https:// or http://' });
    }
  }
  if (value.note !== null) given.push({ kind: 'note', title: value.note });
  if (value.file !== undefined) {
    const kept = checkKeptFile(value.file.bytes, value.file.fileName);
    if ('refused' in kept) {
      errors.push({ field: 'file', text: kept.refused });
    } else {
      const file = { ...kept, bytes: value.file.bytes };
      given.push({ kind: 'file', title: kept.name, file });
    }
  }
  return { given, errors };
}
