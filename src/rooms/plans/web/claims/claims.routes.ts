import { z } from 'zod';
import { readInAuthority } from '#platform/db/authority.ts';
import { anyForm, readForm, requiredText, typedValues } from '#platform/web/forms.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { logRead } from '#people';
import { setRagRule } from '../../actions/set-rag-rule.ts';
import { exportList, listFormats } from '../../out/list.ts';
import { disagreementColumns } from '../../out/disagreement-columns.ts';
import { disagreementsOf } from '../../rules/derived-rag.ts';
import { thresholdFaults, type RagThresholds } from '../../rules/rag-thresholds.ts';
import { lastWritten } from '../../store/last-written.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import type { PlanDeps } from '../deps.ts';
import { answerRefusal, errorsOf, versionIn } from '../edit/answers.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { openActiveForm } from '../edit/ground.ts';
import { linker } from '../linker.ts';
import { loadPlan } from '../load-plan.ts';
import { paths, routePaths } from '../paths.ts';
import { claimsView } from './claims.view.ts';
import { ragRuleView, thresholdNames, thresholdPairs, thresholdValues } from './rag-rule.view.ts';

const page = 'rooms/plans/web/page.njk';
const template = 'rooms/plans/web/claims/rag-rule.njk';
const params = z.strictObject({ plan: z.string().max(100) });
const noMore = () => Promise.resolve(null);
const changing = { rule: { may: ['U', 'PLN'] } } as const;
const figure = z.string().max(10).optional().default('');
const form = z.strictObject({
  version: z.string().max(20),
  overdueOffTrackDays: figure,
  revisedAtRiskChanges: figure,
  revisedOffTrackChanges: figure,
  silentDays: figure,
  soonDays: figure,
  reason: requiredText('Say why, so that people who read the plan later know'),
});

/** Claimed beside derived, and the figures of the rule. */
export function registerClaims(app: App, deps: PlanDeps): void {
  app.get(
    routePaths.claims,
    { schema: { params }, config: { rule: { may: ['R', 'PLN'] } } },
    async (request, reply) => {
      const loaded = await loadPlan(deps, request, reply, request.params.plan, noMore);
      if (loaded === null) return reply;
      return reply.page(page, claimsView({ ...loaded, link: linker(request) }));
    },
  );

  app.get(
    routePaths.exportClaims,
    {
      schema: { params, querystring: z.strictObject({ format: z.enum(listFormats) }) },
      config: { rule: { may: ['E', 'PLN'] }, fairUse: 'export' },
    },
    async (request, reply) => {
      const loaded = await loadPlan(deps, request, reply, request.params.plan, noMore);
      if (loaded === null) return reply;
      const { picture, allowed } = loaded;
      if (!allowed.export) return reply.problem(403);
      const { format } = request.query;
      await logRead(deps.db, request.actor, `exported in a list, as ${format}`, [
        { fact: 'plan', id: picture.plan.id },
      ]);
      const made = await exportList(format, {
        name: `${picture.plan.slug}-claims`,
        title: `Claimed and derived in ${picture.plan.title}`,
        columns: disagreementColumns(picture),
        rows: disagreementsOf(picture),
        asAt: request.asAt,
        exportedBy: request.actor.name,
        exportedAt: request.now,
        authorityName: request.shell.authority?.name ?? '',
      });
      return sendFile(reply, made);
    },
  );

  app.get(routePaths.ragRule, { config: changing, schema: { params } }, async (request, reply) => {
    const ground = await openActiveForm(deps, request, reply, request.params.plan);
    if (ground === null) return reply;
    const { ragRule } = ground.picture.plan;
    const state = fresh(thresholdValues(ragRule.thresholds));
    return reply.page(template, ragRuleView(state, ground.picture, ragRule.version));
  });

  app.post(
    routePaths.ragRule,
    { config: changing, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const { picture } = ground;
      const { actor, today } = request;
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(template, ragRuleView(state, picture, version), status);
      const read = readForm(form, request.body);
      const thresholds = thresholdsIn(values);
      const faults = thresholdFaults(thresholds);
      if (!read.ok || faults.length > 0) {
        return again(wrong(values, [...faults, ...(read.ok ? [] : read.errors)]));
      }
      const given = { thresholds, reason: read.value.reason };
      const outcome = await setRagRule(deps.db, actor, today, picture.plan.id, seen, given);
      switch (outcome.kind) {
        case 'done':
          reply.notice('The figures of the derived colour are saved. They hold from today on.');
          return reply.redirect(paths.claims(picture.plan.slug), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'stale': {
          const { plan } = outcome.picture;
          const last = await readInAuthority(deps.db, actor.authorityId, (tx) =>
            lastWritten(tx, actor.authorityId, { kind: 'rag rule', id: plan.id }),
          );
          const pairs = thresholdPairs(plan.ragRule.thresholds, thresholds);
          const both = bothTexts(pairs, last, paths.claims(plan.slug));
          return again({ values, errors: [bothTextsError], both }, plan.ragRule.version, 409);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

/** The figures as typed; what is no whole number is not one, and is refused by name. */
function thresholdsIn(values: Record<string, string | string[]>): RagThresholds {
  const figures = thresholdNames.map((name) => {
    const typed = values[name];
    const digits = typeof typed === 'string' ? typed.trim() : '';
    return [name, /^\d{1,6}$/.test(digits) ? Number(digits) : Number.NaN];
  });
  return Object.fromEntries(figures) as Record<keyof RagThresholds, number>;
}
