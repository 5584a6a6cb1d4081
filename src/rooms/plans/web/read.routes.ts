import { z } from 'zod';
import type { IsoDate } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import type { Tx } from '#platform/db/tables.ts';
import { parseWrittenDate } from '#platform/web/dates-written.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { evidenceByIds, readFile, readThread } from '#findings';
import {
  logRead,
  may,
  mayGiveOut,
  mightEver,
  noteRead,
  partiesByIds,
  recordsWaiting,
  type Actor,
} from '#people';
import { knowsActions } from '../actions/knows-actions.ts';
import { datesWaitingFor } from '../actions/date-deciders.ts';
import { signOffsWaitingFor } from '../actions/sign-offs-waiting.ts';
import { exportFormats, exportPlan } from '../out/index.ts';
import { standingToPlan } from '../rules/assignment.ts';
import { filterActions } from '../rules/filter.ts';
import type { HistoryEntry } from '../rules/history.ts';
import { preparedImports } from '../store/imports.ts';
import { readHistory } from '../store/read-history.ts';
import { actionView } from './action.view.ts';
import { answeredBy } from './answering/answered-by.ts';
import { actionsListView } from './actions-list.view.ts';
import { closingRights } from './closure/closing-rights.ts';
import { changesView } from './changes.view.ts';
import type { PlanDeps } from './deps.ts';
import { filterChips, listQuery, readListQuery } from './list-query.ts';
import { loadPlan } from './load-plan.ts';
import { namesOf, planHistory, readableMine, readablePlans, toldHistory } from './load-lists.ts';
import { linker } from './linker.ts';
import { myWorkView } from './my-work.view.ts';
import { overviewView } from './overview.view.ts';
import { askedIn } from './rounds/asked-in.ts';
import { openRoundOf } from './rounds/load-round.ts';
import { paths, routePaths } from './paths.ts';
import { plansView } from './plans.view.ts';

const template = 'rooms/plans/web/page.njk';
const planParams = z.strictObject({ plan: z.string().max(100) });
const actionParams = planParams.extend({ action: z.string().max(40) });
const readPlans = { rule: { may: ['R', 'PLN'] } } as const;

/** The pages that only read: route, store, view. */
export function registerReading(app: App, deps: PlanDeps): void {
  app.get(paths.myWork(), { config: { rule: { signedIn: true } } }, async (request, reply) => {
    const { actor, asAt, today } = request;
    const page = await readInAuthority(deps.db, actor.authorityId, async (tx) => {
      const posts = await partiesByIds(tx, actor.authorityId, actor.partyIds);
      const mine = await askedIn(tx, request, await readableMine(tx, actor, asAt, today));
      noteRead(
        actor,
        mine.map(({ action }) => ({ fact: 'action', id: action.id })),
      );
      const mayExport = mine.some(({ picture }) =>
        may(actor, 'E', 'PLN', standingToPlan(actor, picture)),
      );
      const waiting = await recordsWaiting(tx, actor);
      const dates = asAt === today ? await datesWaitingFor(tx, actor, today) : [];
      const signOffs = asAt === today ? await signOffsWaitingFor(tx, actor, today) : [];
      return {
        mine,
        mayExport,
        waiting,
        dates,
        signOffs,
        posts: [...posts.values()].map((post) => post.name),
        sheets: [...posts.values()]
          .filter(({ kind }) => kind === 'post' && mightEver(actor, 'R', 'PLN'))
          .map(({ id, name }) => ({ name, href: paths.handover(id) })),
      };
    });
    return reply.page(template, myWorkView({ ...page, actor, asAt, today, link: linker(request) }));
  });

  app.get(paths.plans(), { config: readPlans }, async (request, reply) => {
    const { actor, asAt, today } = request;
    const page = await readInAuthority(deps.db, actor.authorityId, async (tx) => ({
      pictures: await readablePlans(tx, actor, asAt, today),
      prepared: may(actor, 'C', 'PLN')
        ? await preparedImports(tx, actor.authorityId, actor.userId)
        : [],
    }));
    return reply.page(
      template,
      plansView({
        pictures: page.pictures,
        prepared: page.prepared.map(({ id, fileName, choices }) => ({
          id,
          fileName,
          title: choices.title,
        })),
        mayCreate: may(actor, 'C', 'PLN'),
        mayExport: page.pictures.some((picture) =>
          may(actor, 'E', 'PLN', standingToPlan(actor, picture)),
        ),
        isToday: asAt === today,
        link: linker(request),
      }),
    );
  });

  app.get(
    routePaths.plan,
    { schema: { params: planParams }, config: readPlans },
    async (request, reply) => {
      const loaded = await loadPlan(
        deps,
        request,
        reply,
        request.params.plan,
        async (tx, picture) => ({
          ...(await planHistory(tx, request, picture)),
          openRound: await openRoundOf(tx, request, picture),
        }),
      );
      if (loaded === null) return reply;
      const { picture, allowed, more } = loaded;
      return reply.page(
        template,
        overviewView({ picture, allowed, ...more, link: linker(request) }),
      );
    },
  );

  app.get(
    routePaths.actions,
    {
      schema: { params: planParams, querystring: listQuery },
      config: { ...readPlans, fairUse: 'search' },
    },
    async (request, reply) => {
      const loaded = await loadPlan(deps, request, reply, request.params.plan, noMore);
      if (loaded === null) return reply;
      const { picture, allowed } = loaded;
      const view = readListQuery(request.query);
      const { csrf } = request.shell;
      return reply.page(
        template,
        actionsListView({ picture, allowed, view, csrf, link: linker(request) }),
      );
    },
  );

  app.get(
    routePaths.changes,
    {
      schema: {
        params: planParams,
        querystring: z.strictObject({
          since: z.string().max(40).optional(),
          page: z.string().max(10).optional(),
        }),
      },
      config: readPlans,
    },
    async (request, reply) => {
      const since = readSince(request.query.since);
      if (since === 'unreadable') {
        return reply.problem(400, {
          title: 'We could not read that date',
          text: 'Write the day as 4 3 2026 or 4 March 2026, or leave the box empty to see every change.',
        });
      }
      const loaded = await loadPlan(
        deps,
        request,
        reply,
        request.params.plan,
        async (tx, picture) => {
          const told = await planHistory(tx, request, picture);
          return { ...told, evidence: await evidenceOf(tx, request.actor, told.history) };
        },
      );
      if (loaded === null) return reply;
      const { picture, allowed, more } = loaded;
      const page = Math.max(1, Number.parseInt(request.query.page ?? '1', 10) || 1);
      return reply.page(
        template,
        changesView({ picture, allowed, ...more, since, page, link: linker(request) }),
      );
    },
  );

  app.get(
    routePaths.action,
    { schema: { params: actionParams }, config: readPlans },
    async (request, reply) => {
      const loaded = await loadPlan(
        deps,
        request,
        reply,
        request.params.plan,
        async (tx, picture) => {
          const action = picture.actions.find((one) => one.id === request.params.action);
          if (action === undefined) return null;
          const { asAt, actor } = request;
          const which = { actionId: action.id };
          const facts = await readHistory(tx, actor.authorityId, which, asAt);
          const history = await toldHistory(tx, actor, facts, picture);
          const names = await namesOf(tx, actor, history);
          const answers = await answeredBy(tx, request, action.id);
          const item = { kind: 'action', id: action.id } as const;
          const means = { knows: knowsActions, threads: deps.threads };
          return {
            ...{ action, history, names, answers },
            evidence: await evidenceOf(tx, actor, history),
            thread: await readThread(tx, actor, request, item, means),
          };
        },
      );
      if (loaded === null) return reply;
      const { picture, allowed, more } = loaded;
      if (more === null) return reply.notFound();
      return reply.page(
        template,
        actionView({
          picture,
          allowed,
          ...more,
          link: linker(request),
          closing: closingRights(request, picture, more.action, allowed),
          mayGiveOut: mayGiveOut(request.actor),
        }),
      );
    },
  );

  app.get(
    routePaths.exported,
    {
      schema: {
        params: planParams,
        querystring: listQuery.extend({ format: z.enum(exportFormats) }),
      },
      config: { rule: { may: ['E', 'PLN'] }, fairUse: 'export' },
    },
    async (request, reply) => {
      const loaded = await loadPlan(deps, request, reply, request.params.plan, noMore);
      if (loaded === null) return reply;
      const { picture, allowed } = loaded;
      if (!allowed.export) return reply.problem(403);
      const { format, ...query } = request.query;
      const view = readListQuery(query, 'shown');
      const chips = filterChips(picture, view.filter).filter(
        ({ without }) =>
          without.withdrawn === view.filter.withdrawn &&
          (without.offTable === view.filter.offTable || view.filter.offTable === 'only'),
      );
      const shown = filterActions(picture, view.filter, view.order);
      const whole = view.order === 'plan' && shown.length === picture.actions.length;
      const made = await exportPlan(format, {
        picture,
        ...(whole ? {} : { actions: shown }),
        selection: chips.length === 0 ? null : chips.map((chip) => chip.words).join(', '),
        exportedBy: request.actor.name,
        exportedAt: request.now,
        authorityName: request.shell.authority?.name ?? '',
        classification: 'Internal',
      });
      const read = [{ fact: 'plan', id: picture.plan.id }];
      await logRead(deps.db, request.actor, `exported as ${format}`, read);
      return sendFile(reply, made);
    },
  );

  app.get(
    routePaths.evidenceFile,
    {
      schema: { params: actionParams.extend({ evidence: z.string().max(40) }) },
      config: readPlans,
    },
    async (request, reply) => {
      const loaded = await loadPlan(
        deps,
        request,
        reply,
        request.params.plan,
        async (tx, picture) => {
          const { actor, asAt } = request;
          const action = picture.actions.find((one) => one.id === request.params.action);
          const id = parseId<'evidence'>(request.params.evidence);
          if (action === undefined || id === null) return null;
          const which = { actionId: action.id };
          const { updates, closures } = await readHistory(tx, actor.authorityId, which, asAt);
          if (![...updates, ...closures].some((fact) => fact.evidenceIds.includes(id))) return null;
          const item = (await evidenceByIds(tx, actor.authorityId, [id])).get(id);
          if (item?.fileId == null) return null;
          noteRead(actor, [{ fact: 'evidence', id }]);
          return { id, file: await readFile(tx, actor.authorityId, item.fileId) };
        },
      );
      if (loaded === null) return reply;
      if (loaded.more?.file == null) return reply.notFound();
      const { name: fileName, mediaType, bytes, sizeBytes } = loaded.more.file;
      if (bytes.length < sizeBytes) {
        return reply.problem(410, {
          title: 'This file was taken out',
          text: 'It held something that should not have been kept. That it was here, and who took it out, stands in the audit log.',
        });
      }
      const read = [{ fact: 'evidence', id: loaded.more.id }];
      await logRead(deps.db, request.actor, 'downloaded', read);
      return sendFile(reply, { fileName, mediaType, bytes });
    },
  );
}

const noMore = () => Promise.resolve(null);

function evidenceOf(tx: Tx, actor: Actor, history: readonly HistoryEntry[]) {
  const ids = history.flatMap((entry) => {
    if (entry.kind === 'update') return entry.update.evidenceIds;
    return entry.kind === 'closure' ? entry.step.evidenceIds : [];
  });
  return evidenceByIds(tx, actor.authorityId, ids);
}

function readSince(given: string | undefined): IsoDate | null | 'unreadable' {
  if (given === undefined || given.trim() === '') return null;
  const read = parseWrittenDate(given);
  return read.ok ? read.date : 'unreadable';
}
