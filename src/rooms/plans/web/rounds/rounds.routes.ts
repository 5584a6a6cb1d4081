import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatMonth } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import {
  anyForm,
  dateBox,
  optionalText,
  readDateFields,
  readForm,
  requiredText,
  typedValues,
} from '#platform/web/forms.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import type { Tx } from '#platform/db/tables.ts';
import { logRead, noteRead, userNames, type Actor } from '#people';
import { closeRound, openRound, remindLead } from '../../actions/review-round.ts';
import { exportList, listFormats } from '../../out/list.ts';
import { roundActionColumns, roundColumns, roundRows } from '../../out/round-columns.ts';
import { type Round, roundName } from '../../rules/rounds.ts';
import { readRounds } from '../../store/rounds.ts';
import type { PlanDeps } from '../deps.ts';
import { answerRefusal, errorsOf } from '../edit/answers.ts';
import { fresh, wrong, type FormState } from '#platform/web/form-state.ts';
import { openActiveForm } from '../edit/ground.ts';
import { linker } from '../linker.ts';
import { loadPlan } from '../load-plan.ts';
import { paths, routePaths } from '../paths.ts';
import { holdersOn } from './holders.ts';
import { openRoundOf, standRound } from './load-round.ts';
import { closeRoundView, roundFormView, roundsView, roundView } from './rounds.view.ts';

const page = 'rooms/plans/web/page.njk';
const formTemplate = 'rooms/plans/web/rounds/round-form.njk';
const closeTemplate = 'rooms/plans/web/rounds/close-round.njk';
const params = z.strictObject({ plan: z.string().max(100) });
const roundParams = params.extend({ round: z.string().max(40) });
const reading = { rule: { may: ['R', 'PLN'] } } as const;
const changing = { rule: { may: ['U', 'PLN'] } } as const;
const exporting = { rule: { may: ['E', 'PLN'] }, fairUse: 'export' } as const;
const querystring = z.strictObject({ format: z.enum(listFormats) });

const roundForm = z.strictObject({
  name: requiredText('Enter a name for the round', 200),
  'asked-by-day': dateBox,
  'asked-by-month': dateBox,
  'asked-by-year': dateBox,
});
const remindForm = z.strictObject({ party: z.string().max(40) });
const closeForm = z.strictObject({ note: optionalText() });

/** Review rounds: open one, see what is missing, remind, close it. */
export function registerRounds(app: App, deps: PlanDeps): void {
  app.get(routePaths.rounds, { schema: { params }, config: reading }, async (request, reply) => {
    const loaded = await loadPlan(
      deps,
      request,
      reply,
      request.params.plan,
      async (tx, picture) => {
        const rounds = await roundsOf(tx, request, picture.plan.id);
        return {
          rounds,
          open: await openRoundOf(tx, request, picture),
          names: await namesIn(tx, request.actor, rounds),
        };
      },
    );
    if (loaded === null) return reply;
    const { picture, allowed, more } = loaded;
    return reply.page(page, roundsView({ picture, allowed, ...more, link: linker(request) }));
  });

  app.get(
    routePaths.exportRounds,
    { schema: { params, querystring }, config: exporting },
    async (request, reply) => {
      const loaded = await loadPlan(deps, request, reply, request.params.plan, (tx, picture) =>
        roundsOf(tx, request, picture.plan.id),
      );
      if (loaded === null) return reply;
      const { picture, allowed, more: rounds } = loaded;
      if (!allowed.export) return reply.problem(403);
      const { format } = request.query;
      const read = [{ fact: 'plan', id: picture.plan.id }];
      await logRead(deps.db, request.actor, `exported in a list, as ${format}`, read);
      const list = {
        name: `${picture.plan.slug}-rounds`,
        title: `Review rounds of ${picture.plan.title}`,
      };
      return sendFile(
        reply,
        await exportList(format, {
          ...list,
          columns: roundColumns,
          rows: rounds,
          ...madeBy(request),
        }),
      );
    },
  );

  app.get(routePaths.newRound, { schema: { params }, config: changing }, async (request, reply) => {
    const ground = await openActiveForm(deps, request, reply, request.params.plan);
    if (ground === null) return reply;
    const state = fresh({ name: formatMonth(request.today) });
    return reply.page(formTemplate, roundFormView(state, ground.picture));
  });

  app.post(
    routePaths.newRound,
    { schema: { params, body: anyForm }, config: changing },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const { plan } = ground.picture;
      const values = typedValues(request.body);
      const again = (state: FormState) =>
        reply.page(formTemplate, roundFormView(state, ground.picture), 422);
      const read = readForm(roundForm, request.body);
      const by = readDateFields(values, 'asked-by');
      const missing = { field: 'asked-by', text: 'Enter the day by which you ask for updates' };
      if (!read.ok || !by.ok || by.date === null) {
        const dateErrors = by.ok ? (by.date === null ? [missing] : []) : [by.error];
        return again(wrong(values, [...(read.ok ? [] : read.errors), ...dateErrors]));
      }
      const given = { name: read.value.name, askedBy: by.date };
      const outcome = await openRound(deps.db, request.actor, request.today, plan.id, given);
      switch (outcome.kind) {
        case 'done':
          reply.notice(`The ${roundName(given.name)} is open. Leads see in My work what is asked.`);
          return reply.redirect(paths.round(plan.slug, outcome.roundId), 303);
        case 'open already':
          reply.notice(
            `The ${roundName(outcome.round.name)} is open. Close it before you open another one.`,
          );
          return reply.redirect(paths.round(plan.slug, outcome.round.id), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(
    routePaths.round,
    { schema: { params: roundParams }, config: reading },
    async (request, reply) => {
      const loaded = await loadRound(deps, request, reply);
      if (loaded === null) return reply;
      const { allowed, more } = loaded;
      const now = loaded.picture;
      return reply.page(
        page,
        roundView({
          ...more,
          allowed,
          mayWrite: allowed.changePlan && now.plan.state === 'active',
          completeOnTable: now.actions.filter(
            ({ status, onTable, withdrawn }) => status === 'complete' && onTable && !withdrawn,
          ).length,
          csrf: request.shell.csrf,
          address: new URL(paths.myWork(), `${request.protocol}://${request.host}`).href,
          link: linker(request),
        }),
      );
    },
  );

  app.get(
    routePaths.exportRound,
    { schema: { params: roundParams, querystring }, config: exporting },
    async (request, reply) => {
      const loaded = await loadRound(deps, request, reply);
      if (loaded === null) return reply;
      const { allowed, more } = loaded;
      if (!allowed.export) return reply.problem(403);
      const { round, picture, standing } = more;
      const { format } = request.query;
      const read = [{ fact: 'plan', id: picture.plan.id }];
      await logRead(deps.db, request.actor, `exported in a list, as ${format}`, read);
      return sendFile(
        reply,
        await exportList(format, {
          name: `${picture.plan.slug}-round`,
          title: `${roundName(round.name)} of ${picture.plan.title}`,
          columns: roundActionColumns(round, more.holders),
          rows: roundRows(standing),
          ...madeBy(request),
        }),
      );
    },
  );

  app.post(
    routePaths.remind,
    { schema: { params: roundParams, body: anyForm }, config: changing },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const { plan } = ground.picture;
      const read = readForm(remindForm, request.body);
      const roundId = parseId<'round'>(request.params.round);
      const partyId = read.ok ? parseId<'party'>(read.value.party) : null;
      if (roundId === null || partyId === null) return reply.notFound();
      const { actor, today } = request;
      const outcome = await remindLead(deps.db, actor, today, plan.id, roundId, partyId);
      switch (outcome.kind) {
        case 'done':
          reply.notice('Reminded. It shows in My work of those who answer for it.');
          return reply.redirect(paths.round(plan.slug, roundId), 303);
        case 'nothing to remind of':
          reply.notice('Nothing is missing from them in this round any more.');
          return reply.redirect(paths.round(plan.slug, roundId), 303);
        case 'refused':
          return reply.problem(409);
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );

  app.get(
    routePaths.closeRound,
    { schema: { params: roundParams }, config: changing },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const loaded = await loadRound(deps, request, reply);
      if (loaded === null) return reply;
      const { round, picture } = loaded.more;
      if (round.close !== null)
        return reply.redirect(paths.round(picture.plan.slug, round.id), 303);
      return reply.page(closeTemplate, closeRoundView(fresh({}), loaded.more));
    },
  );

  app.post(
    routePaths.closeRound,
    { schema: { params: roundParams, body: anyForm }, config: changing },
    async (request, reply) => {
      const ground = await openActiveForm(deps, request, reply, request.params.plan);
      if (ground === null) return reply;
      const loaded = await loadRound(deps, request, reply);
      if (loaded === null) return reply;
      const { round } = loaded.more;
      const { plan } = ground.picture;
      const values = typedValues(request.body);
      const read = readForm(closeForm, request.body);
      const again = (state: FormState) =>
        reply.page(closeTemplate, closeRoundView(state, loaded.more), 422);
      if (!read.ok) return again(wrong(values, read.errors));
      const { actor, today } = request;
      const { note } = read.value;
      const outcome = await closeRound(deps.db, actor, today, plan.id, round.id, note);
      switch (outcome.kind) {
        case 'done':
          reply.notice(
            outcome.missing === 0
              ? `The ${roundName(round.name)} is closed. Nothing is missing.`
              : `The ${roundName(round.name)} is closed. What is missing stays listed here.`,
          );
          return reply.redirect(paths.round(plan.slug, round.id), 303);
        case 'closed already':
          reply.notice(
            `Somebody closed the ${roundName(round.name)} before you. ${note === null ? 'Nothing of yours was needed.' : `Your note was not saved: “${note}”`}`,
          );
          return reply.redirect(paths.round(plan.slug, round.id), 303);
        case 'refused':
          return again(wrong(values, errorsOf(outcome)));
        case 'not-found':
        case 'forbidden':
          return answerRefusal(reply, outcome);
      }
    },
  );
}

type RoundRequest = FastifyRequest<{ Params: { plan: string; round: string } }>;

/** The round that an address names, as it stands on the day of the page; null once answered. */
async function loadRound(deps: PlanDeps, request: FastifyRequest, reply: FastifyReply) {
  const where = (request as RoundRequest).params;
  const loaded = await loadPlan(deps, request, reply, where.plan, async (tx, picture) => {
    const { actor, asAt, today } = request;
    const rounds = await roundsOf(tx, request, picture.plan.id);
    const at = rounds.findIndex(({ id }) => id === where.round);
    const round = rounds[at];
    if (round === undefined) return null;
    const stands = await standRound(tx, request, round, picture);
    noteRead(actor, [{ fact: 'review_round', id: round.id }]);
    return {
      ...stands,
      before: rounds.slice(at + 1).find(({ close }) => close !== null) ?? null,
      holders: await holdersOn(tx, actor.authorityId, asAt < today ? asAt : today),
      names: await namesIn(tx, actor, rounds),
    };
  });
  if (loaded === null) return null;
  const { more } = loaded;
  if (more === null) {
    reply.notFound();
    return null;
  }
  return { ...loaded, more };
}

function roundsOf(tx: Tx, { actor, asAt }: FastifyRequest, planId: Round['planId']) {
  return readRounds(tx, actor.authorityId, [planId], { asAt });
}

function namesIn(tx: Tx, actor: Actor, rounds: readonly Round[]) {
  const ids = rounds.flatMap(({ openedBy, close }) => [openedBy, close?.by ?? null]);
  return userNames(tx, actor.authorityId, [...new Set(ids.filter((id) => id !== null))]);
}

function madeBy(request: FastifyRequest) {
  return {
    asAt: request.asAt,
    exportedBy: request.actor.name,
    exportedAt: request.now,
    authorityName: request.shell.authority?.name ?? '',
  };
}
