import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { newId, parseId, type UserId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { bothTexts, bothTextsError, type TextPair } from '#platform/web/both-texts.ts';
import { fresh, keyIn, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import { anyForm, optionalText, readForm, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { mayGiveOut, userNames } from '#people';
import { evidenceOf } from '../actions/evidence-of.ts';
import { readThread } from '../actions/read-thread.ts';
import { addFinding, changeFinding, respond, withdrawFinding } from '../actions/findings.ts';
import { maySayTheSame } from '../actions/surroundings.ts';
import { answers } from '../rules/kinds.ts';
import { answerName } from '../rules/kind-words.ts';
import type { FindingPicture } from '../rules/picture.ts';
import { findingResponses, findingVersions } from '../store/read-history.ts';
import { readFindings } from '../store/read-findings.ts';
import { answerRefusal, errorsOf, isToday } from './answers.ts';
import type { FindingDeps } from './deps.ts';
import {
  findingPairs,
  findingValues,
  nextValues,
  readChangedFinding,
  readNewFinding,
} from './finding-form.ts';
import { changeFindingView, newFindingView } from './finding-form.view.ts';
import { derivativeView, findingView } from './finding.view.ts';
import { evidenceSection } from './evidence/evidence-of.view.ts';
import { linker } from './linker.ts';
import { loadFinding, loadSource, type Allowed } from './load.ts';
import { aroundFinding, knownOfFindings } from './load-around.ts';
import { paths, routePaths } from './paths.ts';
import { withdrawFindingView } from './reason-form.view.ts';
import { responseView } from './response-form.view.ts';
import { withdrawForm } from './source.routes.ts';
import { withThread } from './thread/thread.view.ts';

const pageTemplate = 'rooms/findings/web/page.njk';
const formTemplate = 'rooms/findings/web/finding-form.njk';
const responseTemplate = 'rooms/findings/web/response-form.njk';
const reasonTemplate = 'rooms/findings/web/reason-form.njk';
const reads = { rule: { may: ['R', 'PLN'] } } as const;
const creates = { rule: { may: ['C', 'PLN'] } } as const;
const changes = { rule: { may: ['U', 'PLN'] } } as const;
const withdraws = { rule: { may: ['X+', 'PLN'] } } as const;
const params = z.strictObject({ finding: z.string().max(40) });
const ofSource = z.strictObject({ source: z.string().max(40) });
const responseForm = z.strictObject({
  version: z.string().max(20),
  answer: z.enum(answers, 'Choose what you answer'),
  reason: optionalText(4000),
});

/** The page of a finding, and the forms that add, correct, withdraw and answer one. */
export function addFindingRoutes(app: App, deps: FindingDeps): void {
  app.get(routePaths.finding, { config: reads, schema: { params } }, async (request, reply) => {
    const loaded = await loadFinding(deps, request, reply, async (tx, one) => {
      if (one.access !== 'whole') return null;
      const around = await aroundFinding(tx, request, one.finding, deps.knows);
      const item = { kind: 'finding', id: one.finding.id } as const;
      // Where the finding is restricted, its reading stands in the log by now.
      const thread = await readThread(tx, request.actor, request, item, deps, true);
      const evidence = await evidenceOf(tx, request.actor, request, item, deps);
      return { ...around, thread, evidence };
    });
    if (loaded === null) return reply;
    const link = linker(request);
    if (loaded.access === 'derivative') {
      return reply.page(pageTemplate, derivativeView(loaded.finding, link));
    }
    if (loaded.more === null) return reply.notFound();
    const { allowed, more } = loaded;
    const answerIt =
      allowed.change && !more.finding.withdrawn
        ? (deps.panels?.answerIt?.(more.finding.id) ?? null)
        : null;
    const { csrf } = request.shell;
    const view = findingView({
      ...more,
      ...{ allowed, answerIt, csrf, link },
      mayGiveOut: mayGiveOut(request.actor),
      asAt: request.asAt,
    });
    const evidenceShown = evidenceSection({
      item: { kind: 'finding', id: more.finding.id },
      evidence: more.evidence,
      mayAdd: allowed.change,
      asAt: request.asAt,
      link,
    });
    return reply.page(pageTemplate, withThread(view, more.thread, link, evidenceShown));
  });

  app.get(
    routePaths.newFinding,
    {
      config: creates,
      schema: {
        params: ofSource,
        querystring: z.strictObject({ after: z.string().max(40).optional() }),
      },
    },
    async (request, reply) => {
      const ground = await groundOfNew(deps, request, reply);
      if (ground === null) return reply;
      const { source, findings, more: known } = ground;
      const before = findings.find(({ id }) => id === request.query.after);
      const lastOne =
        before === undefined
          ? { theme: [] }
          : nextValues({
              ...{
                kind: before.kind,
                page: before.page,
                reportsTo: before.reportsTo?.name ?? null,
              },
              ...{ ref: null, words: '', paragraph: null, area: null, lead: null },
              ...{ themeIds: [], wordsToShare: null },
            });
      const view = newFindingView(fresh(lastOne), source, known, newId<'submission'>());
      return reply.page(formTemplate, view);
    },
  );

  app.post(
    routePaths.newFinding,
    { config: creates, schema: { params: ofSource, body: anyForm } },
    async (request, reply) => {
      const ground = await groundOfNew(deps, request, reply);
      if (ground === null) return reply;
      const { source, more: known } = ground;
      const values = typedValues(request.body);
      const submissionId = keyIn<'submission'>(values);
      const again = (state: FormState) =>
        reply.page(formTemplate, newFindingView(state, source, known, submissionId), 422);
      const form = readNewFinding(request.body);
      if (!form.ok) return again(wrong(values, form.errors));
      const { actor, today } = request;
      const given = { ...form.value, submissionId };
      const outcome = await addFinding(deps.db, actor, today, source.id, given);
      switch (outcome.kind) {
        case 'done': {
          const { findingId } = outcome;
          const alike = await alikeTo(deps, request, findingId);
          reply.notice('The finding is added.');
          if (alike) return reply.redirect(paths.same(findingId), 303);
          return reply.redirect(
            form.more.another
              ? `${paths.newFinding(source.id)}?after=${findingId}`
              : paths.finding(findingId),
            303,
          );
        }
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(
    routePaths.changeFinding,
    { config: changes, schema: { params } },
    async (request, reply) => {
      const ground = await groundOf(deps, request, reply, 'change', knownTo(request));
      if (ground === null) return reply;
      const { finding, more: known } = ground;
      const state = fresh(findingValues(finding));
      return reply.page(formTemplate, changeFindingView(state, finding, known, finding.version));
    },
  );

  app.post(
    routePaths.changeFinding,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await groundOf(deps, request, reply, 'change', knownTo(request));
      if (ground === null) return reply;
      const { finding, more: known } = ground;
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(formTemplate, changeFindingView(state, finding, known, version), status);
      const form = readChangedFinding(request.body);
      if (!form.ok) return again(wrong(values, form.errors));
      const { actor, today } = request;
      const given = { ...form.value, ...form.more };
      const outcome = await changeFinding(
        deps.db,
        actor,
        today,
        finding.id,
        seen,
        given,
        deps.frozen,
      );
      switch (outcome.kind) {
        case 'done':
          reply.notice('The correction is saved. The older words stay to be seen.');
          return reply.redirect(paths.finding(finding.id), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'stale': {
          const pairs = findingPairs(outcome.finding, form.value, known.themes);
          const state = await tooLate(deps, request, finding, pairs, 'words');
          return again({ ...state, values }, outcome.finding.version, 409);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(
    routePaths.withdrawFinding,
    { config: withdraws, schema: { params } },
    async (request, reply) => {
      const ground = await groundOf(deps, request, reply, 'withdraw', nothingMore);
      if (ground === null) return reply;
      const { finding } = ground;
      const view = withdrawFindingView(fresh({}), finding, !finding.withdrawn, finding.version);
      return reply.page(reasonTemplate, view);
    },
  );

  app.post(
    routePaths.withdrawFinding,
    { config: withdraws, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await groundOf(deps, request, reply, 'withdraw', nothingMore);
      if (ground === null) return reply;
      const { finding } = ground;
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      // What was asked when the page was opened, whatever became of the finding since.
      const withdrawn = values.withdrawn !== 'no';
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(reasonTemplate, withdrawFindingView(state, finding, withdrawn, version), status);
      const form = readForm(withdrawForm, request.body);
      if (!form.ok) return again(wrong(values, form.errors));
      const { actor, today } = request;
      const given = { withdrawn, reason: form.value.reason };
      const outcome = await withdrawFinding(
        deps.db,
        actor,
        today,
        finding.id,
        seen,
        given,
        deps.frozen,
      );
      switch (outcome.kind) {
        case 'done':
          reply.notice(withdrawn ? 'This finding is withdrawn.' : 'This finding is back.');
          return reply.redirect(paths.finding(finding.id), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'stale': {
          const pairs = [
            { label: 'Its own words', theirs: outcome.finding.words, yours: finding.words },
            { label: 'Why', theirs: '', yours: given.reason },
          ];
          const state = await tooLate(deps, request, finding, pairs, 'words');
          return again({ ...state, values }, outcome.finding.version, 409);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(routePaths.response, { config: changes, schema: { params } }, async (request, reply) => {
    const ground = await groundOf(deps, request, reply, 'change', nothingMore);
    if (ground === null) return reply;
    const { finding } = ground;
    const { response, responseVersion } = finding;
    const values = { answer: response?.answer ?? '', reason: response?.reason ?? '' };
    return reply.page(responseTemplate, responseView(fresh(values), finding, responseVersion));
  });

  app.post(
    routePaths.response,
    { config: changes, schema: { params, body: anyForm } },
    async (request, reply) => {
      const ground = await groundOf(deps, request, reply, 'change', nothingMore);
      if (ground === null) return reply;
      const { finding } = ground;
      const values = typedValues(request.body);
      const seen = versionIn(values.version);
      const again = (state: FormState, version = seen, status = 422) =>
        reply.page(responseTemplate, responseView(state, finding, version), status);
      const form = readForm(responseForm, request.body);
      if (!form.ok) return again(wrong(values, form.errors));
      const { actor, today } = request;
      const { answer, reason } = form.value;
      const given = { answer, reason };
      const outcome = await respond(deps.db, actor, today, finding.id, seen, given);
      switch (outcome.kind) {
        case 'done':
          reply.notice('The response is saved.');
          return reply.redirect(paths.finding(finding.id), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'stale': {
          const { response, responseVersion } = outcome.finding;
          const pairs = [
            {
              label: 'Answer',
              theirs: response === null ? '' : answerName(response.answer),
              yours: answerName(answer),
            },
            { label: 'Why', theirs: response?.reason ?? '', yours: reason ?? '' },
          ];
          const state = await tooLate(deps, request, finding, pairs, 'response');
          return again({ ...state, values }, responseVersion, 409);
        }
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

const nothingMore = () => Promise.resolve(null);
const knownTo = (request: FastifyRequest) => (tx: Tx) => knownOfFindings(tx, request);

/** The finding of a form, whole, for a person who may do this to it today; null once answered. */
export async function groundOf<More>(
  deps: FindingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  needs: keyof Allowed,
  more: (tx: Tx) => Promise<More>,
): Promise<{ finding: FindingPicture; allowed: Allowed; more: More } | null> {
  if (!isToday(request, reply)) return null;
  const loaded = await loadFinding(deps, request, reply, (tx) => more(tx));
  if (loaded === null) return null;
  if (loaded.access === 'derivative' || !loaded.allowed[needs]) {
    reply.problem(403);
    return null;
  }
  return loaded;
}

async function groundOfNew(deps: FindingDeps, request: FastifyRequest, reply: FastifyReply) {
  if (!isToday(request, reply)) return null;
  const loaded = await loadSource(deps, request, reply, knownTo(request));
  if (loaded === null) return null;
  if (loaded.source.version === 0 && loaded.allowed.add) {
    reply.redirect(paths.changeSource(loaded.source.id), 303);
    return null;
  }
  if (loaded.allowed.add) return loaded;
  reply.problem(403);
  return null;
}

/** Whether anything may say the same as a finding that was just added. */
async function alikeTo(
  deps: FindingDeps,
  { actor, today }: FastifyRequest,
  findingId: FindingPicture['id'],
): Promise<boolean> {
  return await readInAuthority(deps.db, actor.authorityId, async (tx) => {
    const which = { findingIds: [findingId] };
    const [finding] = await readFindings(tx, actor.authorityId, today, which);
    const days = { asAt: today, today };
    return finding !== undefined && (await maySayTheSame(tx, actor, days, finding)).length > 0;
  });
}

/** A form whose finding somebody saved meanwhile: both texts, and who was quicker. */
async function tooLate(
  deps: FindingDeps,
  { actor, today }: FastifyRequest,
  finding: FindingPicture,
  pairs: readonly TextPair[],
  of: 'words' | 'response',
): Promise<Omit<FormState, 'values'>> {
  const last = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
    const read = of === 'words' ? findingVersions : findingResponses;
    const facts: { by: UserId | null; at: Date }[] = await read(
      tx,
      actor.authorityId,
      finding.id,
      today,
    );
    const fact = facts.at(-1);
    if (fact === undefined) return null;
    const names = await userNames(tx, actor.authorityId, fact.by === null ? [] : [fact.by]);
    return { at: fact.at, by: fact.by === null ? null : (names.get(fact.by) ?? null) };
  });
  return { errors: [bothTextsError], both: bothTexts(pairs, last, paths.finding(finding.id)) };
}

/** The id of a finding in a form's box, or null. */
export const findingIdIn = (typed: unknown) =>
  typeof typed === 'string' ? parseId<'finding'>(typed) : null;
