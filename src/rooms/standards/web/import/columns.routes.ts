import { readInAuthority } from '#platform/db/authority.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { anyForm, typedValues, type FieldError } from '#platform/web/forms.ts';
import { html } from '#platform/web/html.ts';
import { chosenColumns, columnsTable } from '#platform/web/imports/columns-table.ts';
import { stepTemplate } from '#platform/web/imports/step-page.ts';
import { countOf } from '#platform/web/render.ts';
import type { App } from '#platform/web/server.ts';
import { readFile } from '#findings';
import { readCriteria } from '../../rules/read-criteria/index.ts';
import type { CriteriaMeaning, CriteriaReading } from '../../rules/read-criteria/reading.ts';
import type { StandardsDeps } from '../deps.ts';
import { findPrepared, importParams, mayImport, saveStep } from './ground.ts';
import { importPaths } from './paths.ts';
import { criteriaStep, type ShownImport } from './step.view.ts';

/** What a column can hold, in the words of the page. */
const meaningWords: Record<CriteriaMeaning | 'ignored', string> = {
  ref: 'Reference',
  domain: 'Domain',
  criterion: 'The criterion',
  howMet: 'How it is met',
  level: 'Level',
  why: 'Why not fully',
  next: 'What next',
  due: 'By when',
  leads: 'Who',
  ignored: 'Leave this column out',
};

/** Step 2 of an import: what each column is. A correction reads the kept file again. */
export function addColumnsRoutes(app: App, deps: StandardsDeps): void {
  const path = importPaths.step(':import', 'columns');
  const params = importParams;

  app.get(path, { schema: { params }, config: mayImport }, async (request, reply) => {
    const found = await findPrepared(deps, request, reply);
    if (found === null) return reply;
    return reply.page(stepTemplate, columnsView(found, found.standing.reading));
  });

  app.post(
    path,
    { schema: { params, body: anyForm }, config: mayImport },
    async (request, reply) => {
      const found = await findPrepared(deps, request, reply);
      if (found === null) return reply;
      const { edition, standing } = found;
      const before = standing.reading;
      const typed = typedValues(request.body);
      const columns = chosenColumns(before.columns, meaningWords, typed);
      const next = importPaths.step(standing.id, 'rows');
      const isSame = columns.every((one, at) => one.meaning === before.columns[at]?.meaning);
      if (isSame && before.judgements.length > 0) return reply.redirect(next, 303);
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
      const reading = readCriteria(grid, {
        positionOn: standing.positionOn,
        columns: columns.map(({ table, index, meaning }) => ({ table, index, meaning })),
        ...(edition === null ? {} : { levels: edition.levels }),
      });
      if (reading.judgements.length === 0) {
        const text = 'With these columns there are no criteria. Choose the column that holds them';
        const view = columnsView(found, { ...before, columns }, [{ field: '', text }]);
        return reply.page(stepTemplate, view, 422);
      }
      return saveStep(deps, request, reply, { ...standing, reading }, typed, next);
    },
  );
}

export function columnsView(
  found: Pick<ShownImport, 'standing'>,
  { columns, judgements, levels }: CriteriaReading,
  errors: readonly FieldError[] = [],
) {
  const tables = new Set(columns.map(({ table }) => table)).size;
  const table = tables === 1 ? 'one table' : countOf(tables, 'table');
  return criteriaStep(found, 'columns', {
    intro: html`<p class="govuk-body-l sl-lead">We found ${table} with ${countOf(judgements.length, 'criterion', 'criteria')}.</p><p class="govuk-body">Its levels are read as ${levels.map(({ name }) => name.toLowerCase()).join(', ')}. Change what a column is where we got it wrong.</p>`,
    content: columnsTable(columns, meaningWords),
    buttonText: 'Save and go on',
    errors,
  });
}
