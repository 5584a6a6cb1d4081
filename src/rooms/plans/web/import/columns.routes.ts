import { readInAuthority } from '#platform/db/authority.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { anyForm, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import { chosenColumns } from '#platform/web/imports/columns-table.ts';
import { readFile } from '#findings';
import type { ImportChoices } from '../../rules/import-choices.ts';
import { schemeOf } from '../../rules/import-scheme.ts';
import { readPlan } from '../../rules/read-plan/index.ts';
import type { PlanDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { columnsView, meaningWords } from './columns.view.ts';
import { findPrepared, importParams, mayImport, saveStep } from './ground.ts';
import { stepTemplate } from './steps.view.ts';

/** Step 2 of an import: what each column is. A correction reads the kept file again. */
export function addColumnsRoutes(app: App, deps: PlanDeps): void {
  const path = paths.importStep(':import', 'columns');
  const params = importParams;

  app.get(path, { schema: { params }, config: mayImport }, async (request, reply) => {
    const standing = await findPrepared(deps, request, reply);
    if (standing === null) return reply;
    return reply.page(stepTemplate, columnsView(standing, standing.reading));
  });

  app.post(
    path,
    { schema: { params, body: anyForm }, config: mayImport },
    async (request, reply) => {
      const standing = await findPrepared(deps, request, reply);
      if (standing === null) return reply;
      const typed = typedValues(request.body);
      const understood = standing.reading.columns;
      const columns = chosenColumns(understood, meaningWords, typed);
      const next = paths.importStep(standing.id, 'colours');
      if (columns.every((column, place) => column.meaning === understood[place]?.meaning)) {
        return reply.redirect(next, 303);
      }
      const { authorityId } = request.actor;
      const file = await readInAuthority(deps.db, authorityId, (tx) =>
        readFile(tx, authorityId, standing.fileId),
      );
      if (file === null) return reply.notFound();
      const grid = await readDocument(file.bytes, standing.fileName);
      if ('refused' in grid) {
        const title = 'We could not read the file again';
        return reply.problem(422, { title, text: grid.refused });
      }
      const corrected = columns.map(({ table, index, meaning }) => ({ table, index, meaning }));
      const { positionOn } = standing;
      const reading = readPlan(grid, { positionOn, columns: corrected });
      if (reading.actions.length === 0) {
        const view = columnsView(standing, { ...standing.reading, columns }, [
          {
            field: '',
            text: 'With these columns there are no actions. Choose the column that says what is to be done',
          },
        ]);
        return reply.page(stepTemplate, view, 422);
      }
      const choices: ImportChoices = {
        ...standing.choices,
        columns: corrected,
        ragScheme: standing.choices.schemeConfirmed
          ? standing.choices.ragScheme
          : schemeOf(reading),
      };
      return saveStep(deps, request, reply, { ...standing, reading, choices }, typed, next);
    },
  );
}
