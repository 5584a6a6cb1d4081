import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Tx } from '#platform/db/tables.ts';
import { anyForm, optionalText, readForm, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { listParties, type Actor } from '#people';
import { answerClearance, askClearance } from '../actions/clear-report.ts';
import { finaliseReport, notReady, whyNotFinalise } from '../actions/finalise-report.ts';
import { readContent, type FoundReport } from '../actions/open-report.ts';
import { clearanceView, finaliseView } from './clearance.view.ts';
import type { CommitteeDeps } from './deps.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { errorsOf } from './form-state.ts';
import { answerOf, loadReport, namesOf, type LoadedReport } from './load-report.ts';
import { paths, routePaths } from './paths.ts';
import { reportParams } from './report.routes.ts';

const template = 'rooms/committee/web/clearance.njk';
const config = { rule: { signedIn: true } } as const;
const params = reportParams.extend({ clearance: z.string().max(40) });
const hash = z.string().max(64);
const hashFields = { 'words-hash': hash, 'figures-hash': hash };

const changedSince = {
  title: 'The report says something else by now',
  text: 'Its words or a figure changed since you looked, so that nothing was saved. Read it again first.',
};

/** Asking for clearance, answering, and making a report final. */
export function addClearanceRoutes(app: App, deps: CommitteeDeps): void {
  const read = (actor: Actor) => async (tx: Tx, report: FoundReport) => {
    const content = await readContent(tx, actor.authorityId, report);
    const parties = await listParties(tx, actor.authorityId);
    const by = report.card.clearances.map(({ answer }) => answer?.byId ?? null);
    return {
      content,
      names: await namesOf(tx, actor, by as Parameters<typeof namesOf>[2]),
      posts: parties.filter(({ kind }) => kind === 'post'),
    };
  };
  const view = (actor: Actor, loaded: Loaded, state: FormState) => {
    const { report, allowed, more } = loaded;
    return clearanceView({
      report,
      allowed,
      ...more,
      who: actor,
      open: report.ties.isFinal ? [] : notReady(report.card.clearances, more.content),
      whyNotFinal: whyNotFinalise(actor, report, more.content.hashes),
      state,
    });
  };
  const load = (request: FastifyRequest, reply: FastifyReply) =>
    loadReport(deps, request, reply, read(request.actor), 'draft');

  app.get(
    routePaths.clearance,
    { config, schema: { params: reportParams } },
    async (request, reply) => {
      const loaded = await load(request, reply);
      return loaded === null ? reply : reply.page(template, view(request.actor, loaded, fresh({})));
    },
  );

  app.post(
    routePaths.clearance,
    { config, schema: { params: reportParams, body: anyForm } },
    async (request, reply) => {
      const { actor, today } = request;
      const loaded = await load(request, reply);
      if (loaded === null) return reply;
      const { id } = loaded.report.card;
      const values = typedValues(request.body);
      const typed = readForm(z.strictObject({ post: z.string().max(40) }), request.body);
      if (!typed.ok) {
        return reply.page(template, view(actor, loaded, wrong(values, typed.errors)), 422);
      }
      const outcome = await askClearance(deps.db, actor, today, id, typed.value.post);
      if (outcome.kind === 'refused') {
        const state = wrong(values, errorsOf(outcome.reasons));
        return reply.page(template, view(actor, loaded, state), 422);
      }
      if (outcome.kind !== 'done') return answerOf(reply, outcome);
      reply.notice('The post is asked to clear the report.');
      return reply.redirect(paths.clearance(id), 303);
    },
  );

  app.post(
    routePaths.answerClearance,
    { config, schema: { params, body: anyForm } },
    async (request, reply) => {
      const { actor, today } = request;
      const loaded = await load(request, reply);
      if (loaded === null) return reply;
      const { card } = loaded.report;
      const clearance = card.clearances.find(({ id }) => id === request.params.clearance);
      if (clearance === undefined) return reply.notFound();
      const answer = `answer-${clearance.id}`;
      const values = typedValues(request.body);
      const again = (errors: FormState['errors']) =>
        reply.page(template, view(actor, loaded, wrong(values, errors)), 422);
      const withdraws = values[answer] === 'no longer asked';
      const words = `${withdraws ? 'why' : 'words'}-${clearance.id}`;
      const typed = readForm(
        z.strictObject({
          ...hashFields,
          [answer]: z.enum(['cleared', 'returned', 'no longer asked'], {
            error: 'Choose whether you clear it or return it',
          }),
          [words]: optionalText(4000),
        }),
        request.body,
      );
      if (!typed.ok) return again(typed.errors);
      // The names of the boxes are those of this one clearance, which no schema knows beforehand.
      const form = typed.value as Record<string, string | null>;
      const outcome = await answerClearance(deps.db, actor, today, card.id, {
        clearanceId: clearance.id,
        answer: form[answer] as 'cleared' | 'returned' | 'no longer asked',
        words: form[words] ?? null,
        seen: seenIn(form),
      });
      switch (outcome.kind) {
        case 'done':
          reply.notice('Your answer is saved.');
          return reply.redirect(paths.clearance(card.id), 303);
        case 'refused':
          return again(outcome.reasons.map(({ text }) => ({ field: words, text })));
        case 'stale':
          return reply.problem(409, changedSince);
        case 'may-not':
          return reply.problem(403, {
            title: 'You cannot clear this report',
            text: 'It is cleared by who holds the post that was asked, and never by who began it or changed it last.',
          });
        case 'not-found':
        case 'forbidden':
        case 'final':
          return answerOf(reply, outcome);
      }
    },
  );

  app.get(
    routePaths.finalise,
    { config, schema: { params: reportParams } },
    async (request, reply) => {
      const loaded = await load(request, reply);
      if (loaded === null) return reply;
      const { report, more } = loaded;
      const { content } = more;
      const open = report.ties.isFinal || notReady(report.card.clearances, content).length > 0;
      if (open || whyNotFinalise(request.actor, report, content.hashes).length > 0) {
        return reply.redirect(paths.clearance(report.card.id), 303);
      }
      return reply.page('rooms/committee/web/finalise.njk', finaliseView({ report, content }));
    },
  );

  app.post(
    routePaths.finalise,
    { config, schema: { params: reportParams, body: anyForm } },
    async (request, reply) => {
      const { actor, today } = request;
      const loaded = await load(request, reply);
      if (loaded === null) return reply;
      const { id } = loaded.report.card;
      const typed = readForm(z.strictObject(hashFields), request.body);
      if (!typed.ok) return reply.problem(409, changedSince);
      const outcome = await finaliseReport(deps.db, actor, today, id, seenIn(typed.value));
      switch (outcome.kind) {
        case 'done':
          reply.notice(
            'The report is final. It can be made again with the same figures at any time.',
          );
          return reply.redirect(paths.report(id), 303);
        case 'stale':
          return reply.problem(409, changedSince);
        case 'not-ready':
        case 'may-not':
          return reply.problem(409, {
            title: 'This report cannot be made final yet',
            text: 'Look at what is open on the page of its clearance.',
          });
        case 'not-found':
        case 'forbidden':
        case 'final':
          return answerOf(reply, outcome);
      }
    },
  );
}

type Loaded = LoadedReport<{
  content: Awaited<ReturnType<typeof readContent>>;
  names: Awaited<ReturnType<typeof namesOf>>;
  posts: { id: string; name: string }[];
}>;

/** What the person saw, by the hashes that the page sent with its form. */
function seenIn(values: Readonly<Record<string, unknown>>) {
  const text = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value : '';
  };
  return { words: text('words-hash'), figures: text('figures-hash') };
}
