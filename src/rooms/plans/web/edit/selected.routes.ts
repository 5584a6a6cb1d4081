import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { anyForm, readForm, typedValues, type FieldError } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { bulkChange } from '../../actions/bulk-change.ts';
import type { BulkChange } from '../../rules/bulk-change.ts';
import { countOf } from '../../rules/position.ts';
import type { PlanDeps } from '../deps.ts';
import { paths, routePaths } from '../paths.ts';
import { answerRefusal, errorsOf, keyIn } from './answers.ts';
import type { DueQuestion } from '#platform/web/due-box.ts';
import { openActiveForm } from './ground.ts';
import {
  backToList,
  readChange,
  readSelected,
  selectedForm,
  selectedKey,
} from './selected-form.ts';
import { chooseView, confirmView, type Selection } from './selected.view.ts';

const config = { rule: { may: ['U', 'PLN'] } } as const;
const params = z.strictObject({ plan: z.string().max(120) });
const chooseTemplate = 'rooms/plans/web/edit/selected-choose.njk';
const confirmTemplate = 'rooms/plans/web/edit/selected-confirm.njk';

/**
 * One change to several actions: the working list posts what is selected; one page asks what to
 * change, the next shows each action before and after, and only then is anything saved.
 */
export function addSelectedRoutes(app: App, deps: PlanDeps): void {
  // Whoever comes back to this address without a selection is shown the list. What is in the
  // address may be the name of nothing, and not fit to stand in a header.
  app.get(routePaths.selected, { config, schema: { params } }, (request, reply) =>
    reply.redirect(paths.actions(encodeURIComponent(request.params.plan)), 303),
  );

  app.post(
    routePaths.selected,
    { config, schema: { params, body: anyForm } },
    async (request, reply): Promise<FastifyReply> => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const { picture, known } = ground;
      const form = readForm(selectedForm, request.body);
      if (!form.ok) return reply.problem(400);
      const { plan } = picture;
      const values = typedValues(request.body);
      const selected = form.value.selected.map(readSelected).filter((one) => one !== null);
      const byId = new Map(picture.actions.map((action) => [action.id, action]));
      const actions = selected.flatMap((one) => byId.get(one.id) ?? []);
      if (selected.length !== form.value.selected.length || actions.length !== selected.length) {
        return reply.notFound();
      }
      const selection: Selection = {
        picture,
        actions,
        keys: form.value.selected,
        back: backToList(plan.slug, form.value.back),
        submissionId: keyIn<'submission'>(values),
      };
      const choose = (
        errors: FieldError[] = [],
        question: DueQuestion | null = null,
        status = errors.length === 0 ? 200 : 422,
      ) => {
        const state = { values, errors, both: null };
        return reply.page(chooseTemplate, chooseView(selection, state, known, question), status);
      };
      const { step = 'choose' } = form.value;
      if (actions.length === 0 || step === 'choose') return choose();
      const { actor, today } = request;
      const read = readChange({ ...values, submission_id: selection.submissionId }, picture, today);
      if (!read.ok) return choose(read.errors, read.question);
      const { change } = read;
      if (step === 'confirm') {
        return reply.page(confirmTemplate, confirmView(selection, values, change, []));
      }
      const outcome = await bulkChange(deps.db, actor, today, plan.id, selected, change);
      switch (outcome.kind) {
        case 'done':
          reply.notice(doneWords(change.kind, outcome.changed, outcome.unchanged));
          return reply.redirect(selection.back, 303);
        case 'refused':
          return choose(errorsOf(outcome));
        case 'stale': {
          const now = new Map(outcome.picture.actions.map((action) => [action.id, action]));
          const current = actions.map((action) => now.get(action.id) ?? action);
          const again = {
            ...selection,
            picture: outcome.picture,
            actions: current,
            keys: current.map(selectedKey),
            submissionId: newId<'submission'>(),
          };
          return reply.page(
            confirmTemplate,
            confirmView(again, values, change, outcome.actions),
            409,
          );
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

/** "5 actions changed, 1 was so already." */
function doneWords(kind: BulkChange['kind'], changed: number, unchanged: number): string {
  const already = `${unchanged} ${unchanged === 1 ? 'was' : 'were'} so already`;
  if (changed === 0) return `Nothing needed a change: ${already}.`;
  const done =
    kind === 'due'
      ? `Another date is asked for, for ${countOf(changed, 'action')}`
      : `${countOf(changed, 'action')} changed`;
  return `${done}${unchanged === 0 ? '' : `, ${already}`}.`;
}
