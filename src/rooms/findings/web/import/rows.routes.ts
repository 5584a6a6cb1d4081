import { z } from 'zod';
import { anyForm, typedValues } from '#platform/web/forms.ts';
import { stepTemplate } from '#platform/web/imports/step-page.ts';
import type { App } from '#platform/web/server.ts';
import { draftOf } from '../../rules/read-findings-table/draft.ts';
import type { FindingDeps } from '../deps.ts';
import { findPrepared, importParams, mayImport, saveStep, type StandingImport } from './ground.ts';
import { importPaths } from './paths.ts';
import { readRows } from './rows-form.ts';
import { rowsHref, rowsPerPage, rowsView, type RowsShown } from './rows.view.ts';

const rowsQuery = z.strictObject({
  show: z.enum(['doubts', 'all']).optional(),
  page: z.string().max(6).optional(),
});

/** The findings of an import: those with a doubt, then all of them, each to be mended. */
export function addRowsRoutes(app: App, deps: FindingDeps): void {
  const path = importPaths.step(':source', ':import', 'rows');
  const address = { params: importParams, querystring: rowsQuery };

  app.get(path, { schema: address, config: mayImport }, async (request, reply) => {
    const found = await findPrepared(deps, request, reply);
    if (found === null) return reply;
    const view = rowsView(found, shownRows(found, request.query), { values: {}, errors: [] });
    return reply.page(stepTemplate, view);
  });

  app.post(
    path,
    { schema: { ...address, body: anyForm }, config: mayImport },
    async (request, reply) => {
      const found = await findPrepared(deps, request, reply);
      if (found === null) return reply;
      const shown = shownRows(found, request.query);
      const values = typedValues(request.body);
      const read = readRows(values, found.standing);
      if (!read.ok) {
        const view = rowsView(found, shown, { values, errors: read.errors });
        return reply.page(stepTemplate, view, 422);
      }
      const standing = { ...found.standing, choices: read.choices };
      const next = afterRows({ ...found, standing }, shown);
      return saveStep(deps, request, reply, standing, values, next);
    },
  );
}

/** The next page: first every doubt, then all findings page by page, then the last look. */
function afterRows(found: StandingImport, shown: RowsShown): string {
  const { source, standing } = found;
  if (shown.which === 'doubts') {
    const open = draftOf(standing.reading, standing.choices).unsettled.length;
    return rowsHref(found, { which: open > 0 ? 'doubts' : 'all', page: 1 });
  }
  const pages = Math.ceil(standing.reading.findings.length / rowsPerPage);
  return shown.page < pages
    ? rowsHref(found, { which: 'all', page: shown.page + 1 })
    : importPaths.step(source.id, standing.id, 'check');
}

function shownRows({ standing }: StandingImport, query: z.output<typeof rowsQuery>): RowsShown {
  const open = draftOf(standing.reading, standing.choices).unsettled.length;
  return {
    which: query.show ?? (open > 0 ? 'doubts' : 'all'),
    page: Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1),
  };
}
