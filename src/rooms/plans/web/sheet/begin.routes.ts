import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { tidyFileName } from '#platform/documents/kept-file.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { anyForm, readForm, type FieldError } from '#platform/web/forms.ts';
import { sendFile } from '#platform/web/send-file.ts';
import type { App } from '#platform/web/server.ts';
import { sentFileName, uploadedFile } from '#platform/web/uploads.ts';
import { logRead } from '#people';
import { mayBringBack, prepareSheet } from '../../actions/bring-back-sheet.ts';
import { updateSheet } from '../../out/update-sheet.ts';
import { filterActions } from '../../rules/filter.ts';
import { readSheet } from '../../rules/sheet/read-sheet.ts';
import { versionsNow } from '../../rules/sheet/weigh-sheet.ts';
import { datesOfActions, preparedSheets } from '../../store/update-sheets.ts';
import type { PlanDeps } from '../deps.ts';
import { archivedPlan, earlierDay } from '../edit/ground.ts';
import { filterChips, listQuery, readListQuery } from '../list-query.ts';
import { loadPlan } from '../load-plan.ts';
import { paths, routePaths } from '../paths.ts';
import { beginSheetView, type BeginSheetInput } from './begin.view.ts';
import { mayBring } from './ground.ts';

const params = z.strictObject({ plan: z.string().max(120) });
const beginForm = z.strictObject({ file: uploadedFile });
const exportQuery = listQuery.extend({ open: z.enum(['yes', '']).optional() });

/** An update sheet goes out, and comes in. */
export function addBeginSheetRoutes(app: App, deps: PlanDeps): void {
  app.get(
    routePaths.updateSheet,
    { schema: { params }, config: mayBring },
    async (request, reply) => {
      const ground = await openBegin(deps, request, reply);
      if (ground === null) return reply;
      return reply.page(template, beginSheetView({ ...ground, values: {} }));
    },
  );

  app.post(
    routePaths.updateSheet,
    { schema: { params, body: anyForm }, config: { ...mayBring, upload: true, fairUse: 'import' } },
    async (request, reply) => {
      const ground = await openBegin(deps, request, reply);
      if (ground === null) return reply;
      const { plan } = ground.picture;
      if (!ground.mayBringBack) return reply.problem(403);
      const sent = sentFileName(request.body);
      const again = (errors: FieldError[]) => {
        const fileName = sent === null ? null : tidyFileName(sent);
        return reply.page(
          template,
          beginSheetView({ ...ground, values: {}, errors, fileName }),
          422,
        );
      };
      const read = readForm(beginForm, request.body);
      if (!read.ok) return again(read.errors);
      const { bytes, fileName } = read.value.file;
      const grid = await readDocument(bytes, fileName);
      if ('refused' in grid) return again([{ field: 'file', text: grid.refused }]);
      const reading = readSheet(grid, request.today);
      if ('refused' in reading) return again([{ field: 'file', text: reading.refused }]);
      const kept = {
        fileName: tidyFileName(fileName),
        mediaType: 'application/octet-stream',
        bytes,
      };
      const outcome = await prepareSheet(
        deps.db,
        request.actor,
        plan.id,
        { ...kept, reading },
        request.today,
      );
      if (outcome.kind === 'not-found') return reply.notFound();
      return reply.redirect(paths.updateSheetRows(plan.slug, outcome.sheetId), 303);
    },
  );

  app.get(
    routePaths.exportUpdateSheet,
    {
      schema: { params, querystring: exportQuery },
      config: { rule: { may: ['E', 'PLN'] }, fairUse: 'export' },
    },
    async (request, reply) => {
      if (request.asAt !== request.today) return reply.problem(400, earlierDay);
      const loaded = await loadPlan(deps, request, reply, request.params.plan, (tx, { actions }) =>
        datesOfActions(
          tx,
          request.actor.authorityId,
          actions.map(({ id }) => id),
        ),
      );
      if (loaded === null) return reply;
      const { picture, allowed, more: dates } = loaded;
      if (!allowed.export) return reply.problem(403);
      const { open, ...query } = request.query;
      const view = readListQuery(query);
      const shown = filterActions(picture, { ...view.filter, withdrawn: false }, view.order).filter(
        ({ status, withdrawn }) => !withdrawn && (open !== 'yes' || status !== 'complete'),
      );
      const words = filterChips(picture, view.filter).map((chip) => chip.words);
      if (open === 'yes') words.push('Not complete');
      const datesOf = Map.groupBy(dates, ({ actionId }) => actionId);
      const made = await updateSheet({
        picture,
        actions: shown,
        selection: words.length === 0 ? null : words.join(', '),
        exportedBy: request.actor.name,
        exportedAt: request.now,
        authorityName: request.shell.authority?.name ?? '',
        classification: 'Internal',
        versions: new Map(
          shown.map((action) => [
            action.id,
            versionsNow(
              action,
              (datesOf.get(action.id) ?? []).map((date) => ({ ...date, by: null })),
            ),
          ]),
        ),
      });
      const read = [{ fact: 'plan', id: picture.plan.id }];
      await logRead(deps.db, request.actor, 'exported as an update sheet', read);
      return sendFile(reply, made);
    },
  );
}

const template = 'rooms/plans/web/sheet/begin.njk';

type Begin = Pick<BeginSheetInput, 'picture' | 'mayExport' | 'mayBringBack' | 'prepared'>;

/** What the first page stands on; null once a problem page was sent. */
async function openBegin(
  deps: PlanDeps,
  request: FastifyRequest<{ Params: z.output<typeof params> }>,
  reply: FastifyReply,
): Promise<Begin | null> {
  const { actor } = request;
  if (request.asAt !== request.today) {
    reply.problem(400, earlierDay);
    return null;
  }
  const loaded = await loadPlan(deps, request, reply, request.params.plan, (tx, { plan }) =>
    preparedSheets(tx, actor.authorityId, plan.id, actor.userId),
  );
  if (loaded === null) return null;
  const { picture, allowed, more: prepared } = loaded;
  if (picture.plan.state === 'archived') {
    reply.problem(409, archivedPlan);
    return null;
  }
  const mayBringIt = mayBringBack(actor, picture);
  if (!allowed.export && !mayBringIt) {
    reply.problem(403);
    return null;
  }
  return { picture, mayExport: allowed.export, mayBringBack: mayBringIt, prepared };
}
