import { z } from 'zod';
import { anyForm, typedValues } from '#platform/web/forms.ts';
import { stepTemplate } from '#platform/web/imports/step-page.ts';
import type { App } from '#platform/web/server.ts';
import { draftOf } from '../../rules/read-criteria/draft.ts';
import type { CriteriaChoices } from '../../rules/read-criteria/reading.ts';
import type { StandardsDeps } from '../deps.ts';
import { findPrepared, importParams, mayImport, saveStep } from './ground.ts';
import { importPaths } from './paths.ts';
import { readRows } from './rows-form.ts';
import { rowsHref, rowsPerPage, rowsView, type RowsShown } from './rows.view.ts';
import type { ShownImport } from './step.view.ts';

const rowsQuery = z.strictObject({
  show: z.enum(['doubts', 'all']).optional(),
  page: z.string().max(6).optional(),
});

/** The criteria of an import: those with a doubt, then all of them, each to be mended. */
export function addRowsRoutes(app: App, deps: StandardsDeps): void {
  const path = importPaths.step(':import', 'rows');
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
      const read = readRows(values, found);
      if (!read.ok) {
        const view = rowsView(found, shown, { values, errors: read.errors });
        return reply.page(stepTemplate, view, 422);
      }
      const changed = { ...found.standing, choices: read.choices };
      const next = afterRows(found, read.choices, shown);
      return saveStep(deps, request, reply, changed, values, next);
    },
  );
}

/** The next page: first every doubt, then all criteria page by page, then the last look. */
function afterRows(found: ShownImport, choices: CriteriaChoices, shown: RowsShown): string {
  const { edition, standing } = found;
  if (shown.which === 'doubts') {
    const criteria = edition?.domains.flatMap((domain) => domain.criteria) ?? null;
    const open = draftOf(standing.reading, choices, criteria).unsettled.length;
    return rowsHref(found, { which: open > 0 ? 'doubts' : 'all', page: 1 });
  }
  const pages = Math.ceil(standing.reading.judgements.length / rowsPerPage);
  return shown.page < pages
    ? rowsHref(found, { which: 'all', page: shown.page + 1 })
    : importPaths.step(standing.id, 'check');
}

function shownRows({ draft }: ShownImport, query: z.output<typeof rowsQuery>): RowsShown {
  return {
    which: query.show ?? (draft.unsettled.length > 0 ? 'doubts' : 'all'),
    page: Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1),
  };
}
