import { z } from 'zod';
import { anyForm, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { draftOf } from '../../rules/import-draft.ts';
import type { PlanImport } from '../../store/imports.ts';
import type { PlanDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { findPrepared, importParams, mayImport, saveStep } from './ground.ts';
import { readRows } from './rows-form.ts';
import { rowsHref, rowsPerPage, rowsView, type RowsShown } from './rows.view.ts';
import { stepTemplate } from './steps.view.ts';

const rowsQuery = z.strictObject({
  show: z.enum(['doubts', 'all']).optional(),
  page: z.string().max(6).optional(),
});

/** Step 4 of an import: the rows with a doubt, then all of them, each to be mended in its place. */
export function addRowsRoutes(app: App, deps: PlanDeps): void {
  const path = paths.importStep(':import', 'rows');
  const address = { params: importParams, querystring: rowsQuery };

  app.get(path, { schema: address, config: mayImport }, async (request, reply) => {
    const standing = await findPrepared(deps, request, reply);
    if (standing === null) return reply;
    const shown = shownRows(standing, request.query);
    return reply.page(stepTemplate, rowsView(standing, shown, { values: {}, errors: [] }));
  });

  app.post(
    path,
    { schema: { ...address, body: anyForm }, config: mayImport },
    async (request, reply) => {
      const standing = await findPrepared(deps, request, reply);
      if (standing === null) return reply;
      const shown = shownRows(standing, request.query);
      const values = typedValues(request.body);
      const read = readRows(values, standing);
      if (!read.ok) {
        const view = rowsView(standing, shown, { values, errors: read.errors });
        return reply.page(stepTemplate, view, 422);
      }
      const changed = { ...standing, choices: read.choices };
      return saveStep(deps, request, reply, changed, values, afterRows(changed, shown));
    },
  );
}

/** The next page: first every doubt, then all rows page by page, then the last look. */
function afterRows(standing: PlanImport, shown: RowsShown): string {
  if (shown.which === 'doubts') {
    const open = draftOf(standing.reading, standing.choices).unsettled.length;
    return rowsHref(standing, { which: open > 0 ? 'doubts' : 'all', page: 1 });
  }
  const pages = Math.ceil(standing.reading.actions.length / rowsPerPage);
  return shown.page < pages
    ? rowsHref(standing, { which: 'all', page: shown.page + 1 })
    : paths.importStep(standing.id, 'check');
}

function shownRows(standing: PlanImport, query: z.output<typeof rowsQuery>): RowsShown {
  const open = draftOf(standing.reading, standing.choices).unsettled.length;
  return {
    which: query.show ?? (open > 0 ? 'doubts' : 'all'),
    page: Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1),
  };
}
