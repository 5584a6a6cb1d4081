import { z } from 'zod';
import { addDays, addMonths, type IsoDate } from '#kernel/dates.ts';
import { newId } from '#kernel/ids.ts';
import { linkAsAt } from '#platform/web/as-at.ts';
import {
  anyForm,
  dateBox,
  readDateFields,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
} from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { disclosePath, holdPath, itemLogHref, may, mayGiveOut, mayHold } from '#people';
import { archivePlan } from '../../actions/change-plan.ts';
import { copyPlanForward } from '../../actions/copy-plan-forward.ts';
import { importOfPlan } from '../../store/imports.ts';
import type { PlanDeps } from '../deps.ts';
import { loadPlan } from '../load-plan.ts';
import { paths, routePaths } from '../paths.ts';
import { answerRefusal, errorsOf, keyIn, versionIn } from './answers.ts';
import { archiveView, copyForwardView } from './whole-plan.view.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { openForm } from './ground.ts';
import { dateValues } from './plan-form.ts';
import { settingsView } from './settings.view.ts';

const reads = { rule: { may: ['R', 'PLN'] } } as const;
const changes = { rule: { may: ['U', 'PLN'] } } as const;
const begins = { rule: { may: ['C', 'PLN'] } } as const;
const params = z.strictObject({ plan: z.string().max(120) });

const archiveForm = z.strictObject({
  version: z.string().max(20),
  archived: z.enum(['yes', 'no']),
});
const copyForm = z.strictObject({
  submission_id: z.string().max(40),
  title: requiredText('Enter a title for the new plan', 300),
  'from-day': dateBox,
  'from-month': dateBox,
  'from-year': dateBox,
  'to-day': dateBox,
  'to-month': dateBox,
  'to-year': dateBox,
  which: z.enum(['open', 'all'], 'Choose which actions to copy'),
});

/** The settings of a plan, and what is done with it as a whole: archive it, copy it forward. */
export function addSettingsRoutes(app: App, deps: PlanDeps): void {
  app.get(routePaths.settings, { config: reads, schema: { params } }, async (request, reply) => {
    const { authorityId } = request.actor;
    const loaded = await loadPlan(deps, request, reply, request.params.plan, (tx, picture) =>
      importOfPlan(tx, authorityId, picture.plan.id),
    );
    if (loaded === null) return reply;
    const { picture, allowed, more: made } = loaded;
    const undoHref = made !== null && allowed.changePlan ? paths.undoImport(made.id) : null;
    const link = (href: string) => linkAsAt(href, request.asAt, request.today);
    const holdHref = mayHold(request.actor) ? holdPath(picture.plan.id) : undefined;
    const giveOutHref = mayGiveOut(request.actor)
      ? disclosePath('plan', picture.plan.id)
      : undefined;
    const logHref = may(request.actor, 'R', 'LOG') ? itemLogHref(picture.plan.id) : undefined;
    const view = settingsView({
      picture,
      allowed,
      undoHref,
      holdHref,
      giveOutHref,
      logHref,
      link,
    });
    return reply.page('rooms/plans/web/page.njk', view);
  });

  app.get(routePaths.archive, { config: changes, schema: { params } }, async (request, reply) => {
    const ground = await openForm(deps, request, reply, request.params.plan);
    if (ground === null) return reply;
    return reply.page('rooms/plans/web/edit/archive.njk', archiveView(ground.picture));
  });

  app.post(
    routePaths.archive,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await openForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const { plan } = ground.picture;
      const form = readForm(archiveForm, request.body);
      if (!form.ok) return reply.problem(400);
      const { actor, today } = request;
      const archived = form.value.archived === 'yes';
      const seen = versionIn(form.value.version);
      const outcome = await archivePlan(deps.db, actor, today, plan.id, seen, archived);
      switch (outcome.kind) {
        case 'done':
          reply.notice(archived ? 'The plan is archived.' : 'The plan is back.');
          return reply.redirect(paths.settings(plan.slug), 303);
        case 'stale':
          return reply.problem(409, {
            title: 'Somebody saved this plan while you were looking',
            text: 'Nothing of yours was saved. Open its settings, see what is different, and archive it there if it is still right.',
          });
        case 'refused':
          return reply.problem(409, {
            title: 'This cannot be done now',
            text: outcome.reasons.map((reason) => reason.text).join(' '),
          });
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  const copyTemplate = 'rooms/plans/web/edit/copy-forward.njk';

  app.get(
    routePaths.copyForward,
    { config: begins, schema: { params } },
    async (request, reply) => {
      const ground = await openForm(deps, request, reply, request.params.plan, 'create');
      if (ground === null) return reply;
      const { plan } = ground.picture;
      const from = plan.periodTo === null ? null : addDays(plan.periodTo, 1);
      const state = fresh({
        title: nextYearsTitle(plan.title),
        which: 'open',
        ...dateValues('from', from),
        ...dateValues('to', from === null ? null : lastDayOfYearFrom(from)),
      });
      return reply.page(copyTemplate, copyForwardView(state, ground.picture, newId<'plan'>()));
    },
  );

  app.post(
    routePaths.copyForward,
    { config: begins, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await openForm(deps, request, reply, request.params.plan, 'create');
      if (ground === null) return reply;
      const { picture } = ground;
      const values = typedValues(request.body);
      const newPlanId = keyIn<'plan'>(values);
      const again = (state: FormState) =>
        reply.page(copyTemplate, copyForwardView(state, picture, newPlanId), 422);
      const form = readForm(copyForm, request.body);
      if (!form.ok) return again(wrong(values, form.errors));
      const from = readDateFields(form.value, 'from');
      const to = readDateFields(form.value, 'to');
      const errors: FieldError[] = [from, to].flatMap((date) => (date.ok ? [] : [date.error]));
      if (from.ok && to.ok && from.date !== null && to.date !== null && to.date < from.date) {
        const text = 'The last day must be the same as or after the first day';
        errors.push({ field: 'to', text });
      }
      if (!from.ok || !to.ok || errors.length > 0) return again(wrong(values, errors));
      const { title, which } = form.value;
      const given = { title, which, periodFrom: from.date, periodTo: to.date };
      const { actor, today } = request;
      const outcome = await copyPlanForward(
        deps.db,
        actor,
        today,
        picture.plan.id,
        given,
        newPlanId,
      );
      switch (outcome.kind) {
        case 'done':
          reply.notice('The plan is copied forward. The old one stays as it was.');
          return reply.redirect(paths.plan(outcome.slug), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
        case 'stale':
          throw new Error('A copy cannot be stale');
      }
    },
  );
}

/** "Improvement plan 2025 to 2026" becomes "Improvement plan 2026 to 2027": an offer, to be mended. */
function nextYearsTitle(title: string): string {
  return title.replace(/\b20\d\d\b/g, (year) => String(Number(year) + 1));
}

function lastDayOfYearFrom(from: IsoDate): IsoDate {
  return addDays(addMonths(from, 12), -1);
}
