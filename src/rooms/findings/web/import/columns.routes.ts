import { readInAuthority } from '#platform/db/authority.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { anyForm, typedValues, type FieldError } from '#platform/web/forms.ts';
import { html } from '#platform/web/html.ts';
import { chosenColumns, columnsTable } from '#platform/web/imports/columns-table.ts';
import { stepTemplate } from '#platform/web/imports/step-page.ts';
import type { App } from '#platform/web/server.ts';
import { countOf } from '../../rules/kind-words.ts';
import { readFindingsTable } from '../../rules/read-findings-table/index.ts';
import type { FindingMeaning, FindingsReading } from '../../rules/read-findings-table/reading.ts';
import { readFile } from '../../store/evidence.ts';
import type { FindingDeps } from '../deps.ts';
import { findPrepared, importParams, mayImport, saveStep, type StandingImport } from './ground.ts';
import { importPaths } from './paths.ts';
import { findingsStep } from './step.view.ts';

/** What a column can hold, in the words of the page. */
const meaningWords: Record<FindingMeaning | 'ignored', string> = {
  words: 'The finding’s words',
  ref: 'Its number',
  kind: 'Its kind',
  page: 'Page',
  paragraph: 'Paragraph',
  area: 'Area or service',
  response: 'Response',
  reason: 'Reason of the response',
  lead: 'Lead',
  reportsTo: 'Reports to',
  themes: 'Themes',
  ignored: 'Leave this column out',
};

/** Step 2 of an import: what each column is. A correction reads the kept file again. */
export function addColumnsRoutes(app: App, deps: FindingDeps): void {
  const path = importPaths.step(':source', ':import', 'columns');
  const params = importParams;

  app.get(path, { schema: { params }, config: mayImport }, async (request, reply) => {
    const found = await findPrepared(deps, request, reply);
    if (found === null) return reply;
    if (found.standing.fileId === null) return reply.notFound();
    return reply.page(stepTemplate, columnsView(found, found.standing.reading));
  });

  app.post(
    path,
    { schema: { params, body: anyForm }, config: mayImport },
    async (request, reply) => {
      const found = await findPrepared(deps, request, reply);
      if (found === null) return reply;
      const { source, standing } = found;
      const { fileId, fileName, reading: before } = standing;
      if (fileId === null || fileName === null) return reply.notFound();
      const typed = typedValues(request.body);
      const columns = chosenColumns(before.columns, meaningWords, typed);
      const next = importPaths.step(source.id, standing.id, 'rows');
      const isSame = columns.every((one, at) => one.meaning === before.columns[at]?.meaning);
      if (isSame && before.findings.length > 0) return reply.redirect(next, 303);
      const file = await readInAuthority(deps.db, request.actor.authorityId, (tx) =>
        readFile(tx, request.actor.authorityId, fileId),
      );
      if (file === null) return reply.notFound();
      const grid = await readDocument(file.bytes, fileName);
      if ('refused' in grid) {
        const title = 'We could not read the file again';
        return reply.problem(422, { title, text: grid.refused });
      }
      const corrected = columns.map(({ table, index, meaning }) => ({ table, index, meaning }));
      const { kind } = standing.choices;
      const reading = readFindingsTable(grid, { kind, columns: corrected });
      if (reading.findings.length === 0) {
        const text =
          'With these columns there are no findings. Choose the column that holds their words';
        const view = columnsView(found, { ...before, columns }, [{ field: '', text }]);
        return reply.page(stepTemplate, view, 422);
      }
      return saveStep(deps, request, reply, { ...standing, reading }, typed, next);
    },
  );
}

export function columnsView(
  found: StandingImport,
  { columns, findings }: FindingsReading,
  errors: readonly FieldError[] = [],
) {
  const tables = new Set(columns.map(({ table }) => table)).size;
  const table = tables === 1 ? 'one table' : countOf(tables, 'table');
  return findingsStep(found, 'columns', {
    intro: html`<p class="govuk-body-l sl-lead">We found ${table} with ${countOf(findings.length, 'finding')}.</p><p class="govuk-body">Change what a column is where we got it wrong.</p>`,
    content: columnsTable(columns, meaningWords),
    buttonText: 'Save and go on',
    errors,
  });
}
