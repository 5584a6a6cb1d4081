import { z } from 'zod';
import { anyForm, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import {
  chooseOfSheet,
  leaveSheet,
  saveSheet,
  type OpenSheet,
} from '../../actions/bring-back-sheet.ts';
import type { PlanDeps } from '../deps.ts';
import { errorsOf, versionIn } from '../edit/answers.ts';
import { paths, routePaths } from '../paths.ts';
import { checkSheetView, sheetDoneView } from './check.view.ts';
import {
  findOpenSheet,
  findPreparedSheet,
  mayBring,
  sheetParams,
  sheetTemplate,
} from './ground.ts';
import { readSheetRows } from './rows-form.ts';
import {
  sheetRowsHref,
  sheetRowsPerPage,
  sheetRowsView,
  takeable,
  type SheetRowsShown,
} from './rows.view.ts';

const rowsQuery = z.strictObject({
  show: z.enum(['needs', 'all']).optional(),
  page: z.string().max(6).optional(),
});

const changedElsewhere = {
  title: 'This sheet was changed in another window',
  text: 'What you chose here was not kept. Open the sheet again from the update sheets of the plan.',
};

/** The rows of a sheet that came back, the last look, and saving. */
export function addSheetRowRoutes(app: App, deps: PlanDeps): void {
  const address = { params: sheetParams, querystring: rowsQuery };

  app.get(
    routePaths.updateSheetRows,
    { schema: address, config: mayBring },
    async (request, reply) => {
      const opened = await findPreparedSheet(deps, request, reply);
      if (opened === null) return reply;
      return reply.page(sheetTemplate, sheetRowsView(opened, shownRows(opened, request.query)));
    },
  );

  app.post(
    routePaths.updateSheetRows,
    { schema: { ...address, body: anyForm }, config: mayBring },
    async (request, reply) => {
      const opened = await findPreparedSheet(deps, request, reply);
      if (opened === null) return reply;
      const { sheet, picture } = opened;
      const shown = shownRows(opened, request.query);
      const values = typedValues(request.body);
      const choices = readSheetRows(values, opened.rows, sheet.choices);
      const seen = versionIn(values.version);
      const outcome = await chooseOfSheet(deps.db, request.actor, sheet, seen, choices);
      if (outcome.kind === 'not-found') return reply.notFound();
      if (outcome.kind === 'stale') return reply.problem(409, changedElsewhere);
      const now = await findPreparedSheet(deps, request, reply);
      if (now === null) return reply;
      const next = afterRows(now, shown);
      const { slug } = picture.plan;
      return reply.redirect(
        next === 'check'
          ? paths.checkUpdateSheet(slug, sheet.id)
          : sheetRowsHref(slug, sheet.id, next),
        303,
      );
    },
  );

  app.get(
    routePaths.checkUpdateSheet,
    { schema: { params: sheetParams }, config: mayBring },
    async (request, reply) => {
      const opened = await findPreparedSheet(deps, request, reply);
      if (opened === null) return reply;
      if (opened.rows.some((row) => row.state === 'needs you')) {
        const { slug } = opened.picture.plan;
        const href = sheetRowsHref(slug, opened.sheet.id, { which: 'needs', page: 1 });
        return reply.redirect(href, 303);
      }
      return reply.page(sheetTemplate, checkSheetView(opened));
    },
  );

  app.post(
    routePaths.checkUpdateSheet,
    {
      schema: { params: sheetParams, body: z.strictObject({ version: z.string().max(10) }) },
      config: mayBring,
    },
    async (request, reply) => {
      const opened = await findPreparedSheet(deps, request, reply);
      if (opened === null) return reply;
      const { sheet, picture } = opened;
      const { slug, id: planId } = picture.plan;
      const { actor, today } = request;
      const seen = versionIn(request.body.version);
      const outcome = await saveSheet(deps.db, actor, planId, sheet.id, seen, today);
      switch (outcome.kind) {
        case 'done':
          return reply.redirect(paths.updateSheetDone(slug, sheet.id), 303);
        case 'not-found':
          return reply.notFound();
        case 'stale':
          return reply.problem(409, changedElsewhere);
        case 'refused':
        case 'unsettled': {
          const now = await findPreparedSheet(deps, request, reply);
          if (now === null) return reply;
          const came = {
            field: '',
            text: 'Somebody wrote on these actions while you were choosing. Nothing was saved: look at both texts and choose',
          };
          const errors =
            outcome.kind === 'unsettled'
              ? [came]
              : errorsOf(outcome).map(({ field, text }) => ({ field: `row-${field}`, text }));
          const which = outcome.kind === 'unsettled' ? 'needs' : 'all';
          return reply.page(sheetTemplate, sheetRowsView(now, { which, page: 1 }, errors), 409);
        }
      }
    },
  );

  app.post(
    routePaths.leaveUpdateSheet,
    { schema: { params: sheetParams }, config: mayBring },
    async (request, reply) => {
      const opened = await findPreparedSheet(deps, request, reply);
      if (opened === null) return reply;
      const { sheet, picture } = opened;
      await leaveSheet(deps.db, request.actor, picture.plan.id, sheet.id);
      return reply
        .notice(`“${sheet.fileName}” is thrown away. Nothing of it was saved.`)
        .redirect(paths.updateSheet(picture.plan.slug), 303);
    },
  );

  app.get(
    routePaths.updateSheetDone,
    { schema: { params: sheetParams }, config: mayBring },
    async (request, reply) => {
      const opened = await findOpenSheet(deps, request, reply);
      if (opened === null) return reply;
      if (opened.sheet.state !== 'saved') return reply.notFound();
      return reply.page('rooms/plans/web/sheet/done.njk', sheetDoneView(opened));
    },
  );
}

/** The next page: first what needs somebody, then all rows page by page, then the last look. */
function afterRows({ rows }: OpenSheet, shown: SheetRowsShown): SheetRowsShown | 'check' {
  const needs = rows.some((row) => row.state === 'needs you');
  if (shown.which === 'needs') return { which: needs ? 'needs' : 'all', page: 1 };
  const pages = Math.ceil(takeable(rows).length / sheetRowsPerPage);
  if (shown.page < pages) return { which: 'all', page: shown.page + 1 };
  return needs ? { which: 'needs', page: 1 } : 'check';
}

function shownRows({ rows }: OpenSheet, query: z.output<typeof rowsQuery>): SheetRowsShown {
  const needs = rows.some((row) => row.state === 'needs you');
  return {
    which: query.show ?? (needs ? 'needs' : 'all'),
    page: Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1),
  };
}
