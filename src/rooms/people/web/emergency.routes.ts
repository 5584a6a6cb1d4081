import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { UserId } from '#kernel/ids.ts';
import { parseId } from '#kernel/ids.ts';
import { inAuthority, readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { anyForm, readForm } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { askToOpen, decideOpening, endOpening } from '../actions/emergency-opening.ts';
import { hasReadInEmergency, logEmergencyReads } from '../actions/emergency-reads.ts';
import { answersForOpenings, mayAskToOpen, type EmergencyOpening } from '../rules/emergency.ts';
import { isContent, may, parsePermission } from '../rules/policy.ts';
import { emergencyOpenings } from '../store/emergency-openings.ts';
import { userNames } from '../store/users.ts';
import { emergencyPath, emergencyPaths } from './emergency.paths.ts';
import { askToOpenView, openingsView, openingView } from './emergency.view.ts';
import { recordPages } from './records.pages.ts';
import type { PeopleDeps } from './register.ts';
import { emptyForm, idParams, typed, type ShownForm } from './shared.ts';

/** Administrators, directors and QA managers answer for them; the handlers ask which this is. */
const answers = { rule: { signedIn: true } } as const;
const asks = { rule: { may: ['U', 'USR'] } } as const;
const askForm = z.strictObject({ reason: typed, hours: typed });

/** Emergency openings: asked for, answered, ended, and all that there were. */
export function addEmergencyRoutes(app: App, deps: PeopleDeps): void {
  const { db } = deps;

  app.get(emergencyPaths.all, { config: answers }, async (request, reply) => {
    const { actor, now } = request;
    if (!answersForOpenings(actor)) return reply.notFound();
    const page = await readInAuthority(db, actor.authorityId, async (tx) => {
      const openings = await emergencyOpenings(tx, actor.authorityId);
      return { openings, names: await namesIn(tx, request, openings) };
    });
    const subNavigation = recordPages(actor, emergencyPaths.all);
    const mayAsk = mayAskToOpen(actor);
    return reply.page(
      'rooms/people/web/emergency-list.njk',
      openingsView({ ...page, now, mayAsk, subNavigation }),
    );
  });

  app.get(emergencyPaths.ask, { config: asks }, (_request, reply) => askPage(reply, emptyForm));

  app.post(
    emergencyPaths.ask,
    { config: { ...asks, stepUp: true }, schema: { body: anyForm } },
    async (request, reply) => {
      const { actor, now } = request;
      const form = readForm(askForm, request.body);
      if (!form.ok) return askPage(reply, form);
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        askToOpen(tx, actor, form.value, now),
      );
      switch (outcome.kind) {
        case 'forbidden':
          return reply.problem(403);
        case 'refused':
          return askPage(reply, { values: form.value, errors: outcome.problems });
        case 'one-already':
          return reply.problem(409, {
            title: 'You have asked already',
            text: 'One request of yours waits, or is open now. Take it back or end it before you ask for another.',
          });
        case 'asked':
          reply.notice('You have asked. It opens once another person agrees.');
          return reply.redirect(emergencyPath(outcome.id), 303);
      }
    },
  );

  app.get(
    emergencyPath(':id'),
    { config: answers, schema: { params: idParams } },
    async (request, reply) => {
      const { actor, now } = request;
      const id = parseId<'emergency-opening'>(request.params.id);
      if (id === null || !answersForOpenings(actor)) return reply.notFound();
      const page = await readInAuthority(db, actor.authorityId, async (tx) => {
        const [opening] = await emergencyOpenings(tx, actor.authorityId, id);
        return opening && { opening, names: await namesIn(tx, request, [opening]) };
      });
      if (page === undefined) return reply.notFound();
      const viewer = { userId: actor.userId, seesLog: may(actor, 'R', 'LOG') };
      return reply.page(
        'rooms/people/web/emergency-opening.njk',
        openingView(page.opening, page.names, viewer, now),
      );
    },
  );

  for (const answer of ['agree', 'refuse'] as const) {
    app.post(
      `${emergencyPath(':id')}/${answer}`,
      {
        config: answer === 'agree' ? { ...answers, stepUp: true } : answers,
        schema: { params: idParams },
      },
      async (request, reply) => {
        const { actor, now, today } = request;
        const id = parseId<'emergency-opening'>(request.params.id);
        if (id === null) return reply.notFound();
        const outcome = await inAuthority(db, actor.authorityId, (tx) =>
          decideOpening(tx, actor, id, answer === 'agree', { now, today }),
        );
        switch (outcome.kind) {
          case 'not-found':
            return reply.notFound();
          case 'forbidden':
            return reply.problem(403, {
              title: 'You cannot agree to this',
              text: 'It takes two people: somebody else than who asked has to agree.',
            });
          case 'not-waiting':
            return reply.problem(409, {
              title: 'This waits for no answer',
              text: 'Somebody answered, or the day in which it could be answered is over. Nothing more was done.',
            });
          case 'not-an-administrator':
            return reply.problem(409, {
              title: 'They are no longer an administrator',
              text: 'Whoever asked has lost the role meanwhile, so nothing was opened.',
            });
          case 'open':
            // For the operator's monitoring: who and why stands in the audit log alone.
            request.log.warn({ openingId: id, until: outcome.until }, 'an emergency opening began');
            deps.metrics?.emergencyBegan();
            reply.notice('It is open. Everybody who answers for it is told on every page.');
            return reply.redirect(emergencyPath(id), 303);
          case 'refused':
            reply.notice('You refused. Nothing was opened.');
            return reply.redirect(emergencyPaths.all, 303);
          case 'taken-back':
            reply.notice('Your request is taken back.');
            return reply.redirect(emergencyPaths.all, 303);
        }
      },
    );
  }

  app.post(
    `${emergencyPath(':id')}/end`,
    { config: answers, schema: { params: idParams } },
    async (request, reply) => {
      const { actor, now } = request;
      const id = parseId<'emergency-opening'>(request.params.id);
      if (id === null) return reply.notFound();
      const outcome = await inAuthority(db, actor.authorityId, (tx) =>
        endOpening(tx, actor, id, now),
      );
      switch (outcome.kind) {
        case 'not-found':
          return reply.notFound();
        case 'not-open':
          return reply.problem(409, {
            title: 'It is not open',
            text: 'It ended already, or never began. Nothing more was done.',
          });
        case 'ended':
          request.log.warn({ openingId: id }, 'an emergency opening was ended');
          reply.notice('It is ended. Nothing can be read under it any more.');
          return reply.redirect(answersForOpenings(actor) ? emergencyPath(id) : '/account', 303);
      }
    },
  );
}

/**
 * Logs every reading under an emergency opening before it is sent: whatever a room noted, and any
 * answer that was no refusal of a route to content. Where the log fails, so does the reading.
 */
export function logEmergencyReadings(app: App, { db }: Pick<PeopleDeps, 'db'>): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const actor = request.visitor?.step === null ? request.visitor.actor : null;
    if (actor?.emergency == null) return payload;
    if (!hasReadInEmergency(actor) && !(reply.statusCode < 300 && leadsToContent(request))) {
      return payload;
    }
    try {
      await logEmergencyReads(db, actor);
    } catch (fault) {
      reply.removeHeader('content-disposition');
      throw fault;
    }
    return payload;
  });
}

function leadsToContent({ routeOptions }: FastifyRequest): boolean {
  const { rule } = routeOptions.config;
  const asked = rule !== undefined && 'may' in rule ? parsePermission(...rule.may) : null;
  return asked !== null && isContent(asked.cls);
}

function askPage(reply: FastifyReply, form: ShownForm): FastifyReply {
  const status = form.errors.length === 0 ? 200 : 422;
  return reply.page('rooms/people/web/emergency-ask.njk', askToOpenView(form), status);
}

function namesIn(
  tx: Tx,
  { actor }: FastifyRequest,
  openings: readonly EmergencyOpening[],
): Promise<Map<UserId, string>> {
  const ids = openings.flatMap(({ askedBy, decidedBy, endedBy }) => [askedBy, decidedBy, endedBy]);
  const known = ids.filter((id) => id !== null);
  return userNames(tx, actor.authorityId, [...new Set(known)]);
}
