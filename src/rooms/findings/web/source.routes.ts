import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readInAuthority } from '#platform/db/authority.ts';
import { bothTexts, bothTextsError } from '#platform/web/both-texts.ts';
import { fresh, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import { anyForm, optionalText, readForm, requiredText, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { may, mayGiveOut, userNames, type Actor } from '#people';
import {
  changeSource,
  lookAgain,
  registerSource,
  withdrawSource,
  type ChangeSourceOutcome,
} from '../actions/sources.ts';
import { evidenceOf } from '../actions/evidence-of.ts';
import { readThread } from '../actions/read-thread.ts';
import { classifications, type Classification } from '../rules/kinds.ts';
import { classOf } from '../actions/standing.ts';
import { sourceFacts } from '../store/read-history.ts';
import { answerRefusal, errorsOf, isToday } from './answers.ts';
import type { FindingDeps } from './deps.ts';
import { evidenceSection } from './evidence/evidence-of.view.ts';
import { linker } from './linker.ts';
import { loadSource, type LoadedSource } from './load.ts';
import { paths, routePaths } from './paths.ts';
import { lookView, withdrawSourceView } from './reason-form.view.ts';
import { readSourceForm, sourcePairs, sourceValues } from './source-form.ts';
import { changeSourceView, newSourceView } from './source-form.view.ts';
import { sourceView } from './source.view.ts';
import { withThread } from './thread/thread.view.ts';

const formTemplate = 'rooms/findings/web/source-form.njk';
const reasonTemplate = 'rooms/findings/web/reason-form.njk';
const reads = { rule: { may: ['R', 'PLN'] } } as const;
const creates = { rule: { may: ['C', 'PLN'] } } as const;
const changes = { rule: { may: ['U', 'PLN'] } } as const;
const withdraws = { rule: { may: ['X+', 'PLN'] } } as const;
const params = z.strictObject({ source: z.string().max(40) });
const nothingMore = () => Promise.resolve(null);

/** The page of a source, and the forms that register, change, look through and withdraw it. */
export function addSourceRoutes(app: App, deps: FindingDeps): void {
  app.get(paths.newSource(), { config: creates }, async (request, reply) => {
    if (!isToday(request, reply)) return reply;
    const state = fresh({ 'grade-area': [], grade: [] });
    return reply.page(formTemplate, newSourceView(state, offeredTo(request.actor)));
  });

  app.post(
    paths.newSource(),
    { config: creates, schema: { body: anyForm } },
    async (request, reply) => {
      const { actor, today } = request;
      const values = typedValues(request.body);
      const again = (state: FormState) =>
        reply.page(formTemplate, newSourceView(state, offeredTo(actor)), 422);
      const form = readSourceForm(request.body);
      if (!form.ok) return again(wrong(values, form.errors));
      const given = form.value;
      const outcome = await registerSource(deps.db, actor, today, given);
      switch (outcome.kind) {
        case 'done':
          reply.notice(`${given.title} is registered. Add its findings next.`);
          return reply.redirect(paths.source(outcome.sourceId), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(routePaths.source, { config: reads, schema: { params } }, async (request, reply) => {
    const loaded = await loadSource(deps, request, reply, async (tx, { source }) => {
      const { actor, asAt } = request;
      const history = await sourceFacts(tx, actor.authorityId, source.id, asAt);
      const ids = history.flatMap(({ by }) => by ?? []);
      const names = await userNames(tx, actor.authorityId, [...new Set(ids)]);
      const item = { kind: 'source', id: source.id } as const;
      // Where the source is restricted, its reading stands in the log by now.
      const thread = await readThread(tx, actor, request, item, deps, true);
      return { history, names, thread, evidence: await evidenceOf(tx, actor, request, item, deps) };
    });
    if (loaded === null) return reply;
    const link = linker(request);
    const shown = sourceView({
      ...loaded,
      mayGiveOut: mayGiveOut(request.actor),
      asAt: request.asAt,
      link,
    });
    const { evidence, thread } = loaded.more;
    const evidenceShown = evidenceSection({
      item: { kind: 'source', id: loaded.source.id },
      evidence,
      mayAdd: loaded.allowed.change,
      asAt: request.asAt,
      link,
    });
    const view = withThread(shown, thread, link, evidenceShown);
    return reply.page('rooms/findings/web/page.njk', view);
  });

  app.get(
    routePaths.changeSource,
    { config: changes, schema: { params } },
    async (request, reply) => {
      const loaded =
        isToday(request, reply) && (await loadSource(deps, request, reply, nothingMore));
      if (!loaded) return reply;
      if (!loaded.allowed.change) return reply.problem(403);
      const { source } = loaded;
      const state = fresh(sourceValues(source));
      const offered = offeredFor(request.actor, source.classification);
      return reply.page(formTemplate, changeSourceView(state, source, offered, source.version));
    },
  );

  app.post(
    routePaths.changeSource,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const loaded =
        isToday(request, reply) && (await loadSource(deps, request, reply, nothingMore));
      if (!loaded) return reply;
      if (!loaded.allowed.change) return reply.problem(403);
      const { source } = loaded;
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      const offered = offeredFor(request.actor, source.classification);
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(formTemplate, changeSourceView(state, source, offered, version), status);
      const form = readSourceForm(request.body);
      if (!form.ok) return again(wrong(values, form.errors));
      const { actor, today } = request;
      const outcome = await changeSource(deps.db, actor, today, source.id, seen, form.value);
      switch (outcome.kind) {
        case 'done':
          reply.notice(`${form.value.title} is saved.`);
          return reply.redirect(paths.source(source.id), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'stale':
          return again(
            {
              values,
              errors: [bothTextsError],
              both: bothTexts(
                sourcePairs(outcome.source, form.value),
                await lastOf(deps, request, loaded),
                paths.source(source.id),
              ),
            },
            outcome.source.version,
            409,
          );
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(
    routePaths.lookAtSource,
    { config: changes, schema: { params } },
    async (request, reply) => {
      const loaded =
        isToday(request, reply) && (await loadSource(deps, request, reply, nothingMore));
      if (!loaded) return reply;
      if (!loaded.allowed.change) return reply.problem(403);
      return reply.page(reasonTemplate, lookView(fresh({}), loaded.source));
    },
  );

  app.post(
    routePaths.lookAtSource,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const loaded =
        isToday(request, reply) && (await loadSource(deps, request, reply, nothingMore));
      if (!loaded) return reply;
      if (!loaded.allowed.change) return reply.problem(403);
      const { source } = loaded;
      const form = readForm(z.strictObject({ reason: optionalText(2000) }), request.body);
      if (!form.ok) {
        const state = wrong(form.values, form.errors);
        return reply.page(reasonTemplate, lookView(state, source), 422);
      }
      const { actor, today } = request;
      const outcome = await lookAgain(deps.db, actor, today, source.id, form.value.reason);
      if (outcome.kind !== 'done') return answerRefusal(reply, outcome);
      reply.notice('That you looked it through again is noted.');
      return reply.redirect(paths.source(source.id), 303);
    },
  );

  app.get(
    routePaths.withdrawSource,
    { config: withdraws, schema: { params } },
    async (request, reply) => {
      const loaded =
        isToday(request, reply) && (await loadSource(deps, request, reply, nothingMore));
      if (!loaded) return reply;
      if (!loaded.allowed.withdraw) return reply.problem(403);
      const { source } = loaded;
      const view = withdrawSourceView(fresh({}), source, !source.withdrawn, source.version);
      return reply.page(reasonTemplate, view);
    },
  );

  app.post(
    routePaths.withdrawSource,
    { config: withdraws, schema: { params, body: anyForm } },
    async (request, reply) => {
      const loaded =
        isToday(request, reply) && (await loadSource(deps, request, reply, nothingMore));
      if (!loaded) return reply;
      if (!loaded.allowed.withdraw) return reply.problem(403);
      const { source } = loaded;
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      // What was asked when the page was opened, whatever became of the source since.
      const withdrawn = values.withdrawn !== 'no';
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(reasonTemplate, withdrawSourceView(state, source, withdrawn, version), status);
      const form = readForm(withdrawForm, request.body);
      if (!form.ok) return again(wrong(values, form.errors));
      const { actor, today } = request;
      const { reason } = form.value;
      const given = { withdrawn, reason };
      const outcome: ChangeSourceOutcome = await withdrawSource(
        deps.db,
        actor,
        today,
        source.id,
        seen,
        given,
      );
      switch (outcome.kind) {
        case 'done':
          reply.notice(withdrawn ? 'This source is withdrawn.' : 'This source is back.');
          return reply.redirect(paths.source(source.id), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'stale': {
          const last = await lastOf(deps, request, loaded);
          const pairs = [
            { label: 'Title', theirs: outcome.source.title, yours: source.title },
            { label: 'Why', theirs: last?.words ?? '', yours: reason },
          ];
          const both = bothTexts(pairs, last, paths.source(source.id));
          return again({ values, errors: [bothTextsError], both }, outcome.source.version, 409);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

export const withdrawForm = z.strictObject({
  version: z.string().max(20),
  withdrawn: z.enum(['yes', 'no']),
  reason: requiredText('Say why, so that people who read it later know', 2000),
});

/** The classifications that this person may give a source that they register. */
function offeredTo(actor: Actor): Classification[] {
  return classifications.filter((one) => may(actor, 'C', classOf(one)));
}

/** The classifications that a source may have after it: a restricted one stays so. */
function offeredFor(actor: Actor, standing: Classification): Classification[] {
  if (standing === 'restricted') return ['restricted'];
  return classifications.filter((one) => one !== 'restricted' || may(actor, 'X+', 'PLN'));
}

/** Who wrote the source last, when, and with which reason. */
async function lastOf(
  deps: FindingDeps,
  { actor, today }: FastifyRequest,
  { source }: Pick<LoadedSource<unknown>, 'source'>,
): Promise<{ by: string | null; at: Date; words: string | null } | null> {
  return await readInAuthority(deps.db, actor.authorityId, async (tx) => {
    const facts = await sourceFacts(tx, actor.authorityId, source.id, today);
    const last = facts.findLast(({ version }) => version !== null);
    if (last === undefined) return null;
    const names = await userNames(tx, actor.authorityId, last.by === null ? [] : [last.by]);
    return { ...last, by: last.by === null ? null : (names.get(last.by) ?? null) };
  });
}
