import { anyForm, typedValues } from '#platform/web/forms.ts';
import type { App } from '#platform/web/server.ts';
import type { PlanDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { readColours } from './colours-form.ts';
import { coloursView } from './colours.view.ts';
import { findPrepared, importParams, mayImport, saveStep } from './ground.ts';
import { stepTemplate } from './steps.view.ts';

/** Step 3 of an import: what each colour means in this plan. */
export function addColoursRoutes(app: App, deps: PlanDeps): void {
  const path = paths.importStep(':import', 'colours');
  const params = importParams;

  app.get(path, { schema: { params }, config: mayImport }, async (request, reply) => {
    const standing = await findPrepared(deps, request, reply);
    if (standing === null) return reply;
    return reply.page(stepTemplate, coloursView(standing, { values: {}, errors: [] }));
  });

  app.post(
    path,
    { schema: { params, body: anyForm }, config: mayImport },
    async (request, reply) => {
      const standing = await findPrepared(deps, request, reply);
      if (standing === null) return reply;
      const values = typedValues(request.body);
      const read = readColours(values, standing.reading, standing.choices);
      if (!read.ok) {
        const view = coloursView(standing, { values, errors: read.errors });
        return reply.page(stepTemplate, view, 422);
      }
      const changed = { ...standing, choices: read.choices };
      const next = paths.importStep(standing.id, 'rows');
      return saveStep(deps, request, reply, changed, values, next);
    },
  );
}
