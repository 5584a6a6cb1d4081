import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatDate, londonDay } from '#kernel/dates.ts';
import { parseId } from '#kernel/ids.ts';
import { readInAuthority } from '#platform/db/authority.ts';
import { readDocument } from '#platform/documents/read/index.ts';
import { tidyFileName } from '#platform/documents/kept-file.ts';
import {
  anyForm,
  dateBox,
  optionalText,
  readDateFields,
  readForm,
  typedValues,
  type FieldError,
  type FormValues,
} from '#platform/web/forms.ts';
import { html, type Html } from '#platform/web/html.ts';
import { pagination } from '#platform/web/components/pagination.ts';
import type { App } from '#platform/web/server.ts';
import { uploadedFile } from '#platform/web/uploads.ts';
import { readFile } from '#findings';
import { listParties, may, partyNameKey } from '#people';
import { firstChoices } from '../../actions/import-file.ts';
import {
  changeImport,
  importFor,
  leaveImport,
  prepareImport,
  runImport,
  undoImport,
} from '../../actions/import-plan.ts';
import { draftOf, type ImportDraft } from '../../rules/import-draft.ts';
import type { ImportChoices } from '../../rules/import-choices.ts';
import { schemeOf } from '../../rules/import-scheme.ts';
import { countOf } from '../../rules/position.ts';
import { readPlan } from '../../rules/read-plan/index.ts';
import type { ColumnMeaning } from '../../rules/reading.ts';
import { importsOfHash, preparedImports, type PlanImport } from '../../store/imports.ts';
import { readHead } from '../../store/read-picture.ts';
import type { PlanDeps } from '../deps.ts';
import { paths } from '../paths.ts';
import { checkContent } from './check.view.ts';
import { coloursContent } from './colours.view.ts';
import { readColours } from './colours-form.ts';
import { columnField, columnsContent, foundSentence, meaningWords } from './columns.view.ts';
import { readRows } from './rows-form.ts';
import { rowsContent, rowsPerPage, type RowsShown } from './rows.view.ts';

const params = z.strictObject({ import: z.string().max(40) });
const create = { rule: { may: ['C', 'PLN'] } } as const;
const at = (id: string, step: Step | 'done' | 'leave') => `${paths.import(id)}/${step}`;

type Step = 'columns' | 'colours' | 'rows' | 'check';
const stepWords: Record<Step, string> = {
  columns: 'Columns',
  colours: 'Colours',
  rows: 'Rows',
  check: 'Check and import',
};

const beginForm = z.strictObject({
  file: uploadedFile,
  'position-day': dateBox,
  'position-month': dateBox,
  'position-year': dateBox,
  title: optionalText(300),
});

/** `Import a plan`, from the file to the plan, and back again. */
export function registerImport(app: App, deps: PlanDeps): void {
  app.get(paths.importPlan(), { config: create }, async (request, reply) =>
    showBegin(deps, request, reply, { values: {} }),
  );

  app.post(
    paths.importPlan(),
    { schema: { body: anyForm }, config: { ...create, upload: true } },
    async (request, reply) => {
      const typed = typedValues(request.body);
      const again = (errors: FieldError[]) =>
        showBegin(deps, request, reply, { values: typed, errors }, 422);
      const read = readForm(beginForm, request.body);
      if (!read.ok) return again(read.errors);
      const { file, title } = read.value;
      const position = readDateFields(read.value, 'position');
      if (!position.ok) return again([position.error]);
      if (position.date === null) {
        return again([{ field: 'position', text: 'Say on which day this was the position' }]);
      }
      if (position.date > request.today) {
        const text = `${formatDate(position.date)} is in the future. Give today or an earlier day`;
        return again([{ field: 'position', text }]);
      }
      const grid = await readDocument(file.bytes, file.fileName);
      if ('refused' in grid) return again([{ field: 'file', text: grid.refused }]);
      const reading = readPlan(grid, { positionOn: position.date });
      if (reading.actions.length === 0) {
        const why = reading.problems.map((one) => `${one.where}: ${one.message}`).slice(0, 3);
        const text = ['We found no actions in this file.', ...why].join(' ');
        return again([{ field: 'file', text }]);
      }
      const fileName = tidyFileName(file.fileName);
      const prepared = await prepareImport(deps.db, request.actor, {
        fileName,
        mediaType: 'application/octet-stream',
        bytes: file.bytes,
        positionOn: position.date,
        reading,
        choices: firstChoices(reading, fileName, title ?? undefined),
      });
      if (prepared.kind === 'forbidden') return reply.problem(403);
      return reply.redirect(at(prepared.importId, 'columns'), 303);
    },
  );

  app.get(
    paths.import(':import'),
    { schema: { params }, config: create },
    async (request, reply) => {
      const standing = await findStanding(deps, request, reply);
      if (standing === null) return reply;
      const step = standing.choices.schemeConfirmed ? 'rows' : 'columns';
      return reply.redirect(at(standing.id, standing.state === 'prepared' ? step : 'done'), 303);
    },
  );

  registerColumns(app, deps);
  registerColours(app, deps);
  registerRows(app, deps);
  registerCheck(app, deps);
  registerAfterwards(app, deps);
}

function registerColumns(app: App, deps: PlanDeps): void {
  const path = at(':import', 'columns');
  app.get(path, { schema: { params }, config: create }, async (request, reply) => {
    const standing = await findPrepared(deps, request, reply);
    if (standing === null) return reply;
    return showStep(reply, standing, 'columns', {
      intro: html`<p class="govuk-body-l sl-lead">${foundSentence(standing.reading)}</p><p class="govuk-body">Change what a column is where we got it wrong.</p>`,
      content: columnsContent(standing.reading),
      button: 'Save and go on',
    });
  });

  app.post(path, { schema: { params, body: anyForm }, config: create }, async (request, reply) => {
    const standing = await findPrepared(deps, request, reply);
    if (standing === null) return reply;
    const typed = typedValues(request.body);
    const columns = standing.reading.columns.map((column) => {
      const given = typed[columnField(column)];
      return {
        table: column.table,
        index: column.index,
        meaning: isMeaning(given) ? given : column.meaning,
      };
    });
    const changed = columns.some(
      (column, index) => column.meaning !== standing.reading.columns[index]?.meaning,
    );
    if (!changed) return reply.redirect(at(standing.id, 'colours'), 303);
    const file = await readInAuthority(deps.db, request.actor.authorityId, (tx) =>
      readFile(tx, request.actor.authorityId, standing.fileId),
    );
    if (file === null) return reply.notFound();
    const grid = await readDocument(file.bytes, standing.fileName);
    if ('refused' in grid)
      return reply.problem(422, { title: 'We could not read the file again', text: grid.refused });
    const reading = readPlan(grid, { positionOn: standing.positionOn, columns });
    if (reading.actions.length === 0) {
      return showStep(
        reply,
        standing,
        'columns',
        {
          intro: html`<p class="govuk-body">Say which column holds the actions.</p>`,
          content: columnsContent({
            ...standing.reading,
            columns: standing.reading.columns.map((one, index) => ({
              ...one,
              meaning: columns[index]?.meaning ?? one.meaning,
            })),
          }),
          button: 'Save and go on',
          errors: [
            {
              field: '',
              text: 'With these columns there are no actions. Choose the column that says what is to be done',
            },
          ],
        },
        422,
      );
    }
    const choices: ImportChoices = {
      ...standing.choices,
      columns,
      ragScheme: standing.choices.schemeConfirmed ? standing.choices.ragScheme : schemeOf(reading),
    };
    return save(deps, request, reply, { ...standing, reading, choices }, typed, 'colours');
  });
}

function registerColours(app: App, deps: PlanDeps): void {
  const path = at(':import', 'colours');
  const intro = html`<p class="govuk-body-l sl-lead">What does each colour mean in this plan?</p><p class="govuk-body">Councils use colours differently. These words will stand on every page of the plan.</p>`;
  app.get(path, { schema: { params }, config: create }, async (request, reply) => {
    const standing = await findPrepared(deps, request, reply);
    if (standing === null) return reply;
    const form = { values: {}, errors: [] };
    return showStep(reply, standing, 'colours', {
      intro,
      content: coloursContent(standing.reading, standing.choices, form),
      button: 'Save and go on',
    });
  });

  app.post(path, { schema: { params, body: anyForm }, config: create }, async (request, reply) => {
    const standing = await findPrepared(deps, request, reply);
    if (standing === null) return reply;
    const values = typedValues(request.body);
    const read = readColours(values, standing.choices, standing.reading.counts.byRag);
    if (!read.ok) {
      const { errors } = read;
      const content = coloursContent(standing.reading, standing.choices, { values, errors });
      return showStep(
        reply,
        standing,
        'colours',
        { intro, content, button: 'Save and go on', errors },
        422,
      );
    }
    return save(deps, request, reply, { ...standing, choices: read.choices }, values, 'rows');
  });
}

const rowsQuery = z.strictObject({
  show: z.enum(['doubts', 'all']).optional(),
  page: z.string().max(6).optional(),
});

function registerRows(app: App, deps: PlanDeps): void {
  const path = at(':import', 'rows');
  app.get(
    path,
    { schema: { params, querystring: rowsQuery }, config: create },
    async (request, reply) => {
      const standing = await findPrepared(deps, request, reply);
      if (standing === null) return reply;
      return showRows(reply, standing, shownRows(standing, request.query), {
        values: {},
        errors: [],
      });
    },
  );

  app.post(
    path,
    { schema: { params, querystring: rowsQuery, body: anyForm }, config: create },
    async (request, reply) => {
      const standing = await findPrepared(deps, request, reply);
      if (standing === null) return reply;
      const shown = shownRows(standing, request.query);
      const values = typedValues(request.body);
      const read = readRows(values, standing);
      if (!read.ok) return showRows(reply, standing, shown, { values, errors: read.errors }, 422);
      const next = { ...standing, choices: read.choices };
      const draft = draftOf(next.reading, next.choices);
      const pages = Math.ceil(standing.reading.actions.length / rowsPerPage);
      const more = shown.which === 'all' && shown.page < pages;
      const goOn =
        shown.which === 'doubts' && draft.unsettled.length > 0
          ? 'rows?show=doubts'
          : more
            ? `rows?show=all&page=${shown.page + 1}`
            : shown.which === 'doubts'
              ? 'rows?show=all'
              : 'check';
      return save(deps, request, reply, next, values, goOn);
    },
  );
}

function registerCheck(app: App, deps: PlanDeps): void {
  const path = at(':import', 'check');
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    standing: PlanImport,
    errors: FieldError[] = [],
  ) => {
    const { actor } = request;
    const draft = draftOf(standing.reading, standing.choices);
    const [parties, before] = await readInAuthority(deps.db, actor.authorityId, async (tx) => [
      await listParties(tx, actor.authorityId),
      await importsOfHash(tx, actor.authorityId, standing.fileSha256),
    ]);
    const known = new Set(parties.map((party) => partyNameKey(party.name)));
    const earlier = before.map((one) => ({
      title: one.choices.title,
      on: formatDate(londonDay(one.finishedAt ?? one.startedAt)),
    }));
    return showStep(
      reply,
      standing,
      'check',
      {
        intro: html``,
        content: checkContent(draft, standing, known, earlier),
        button: `Import ${countOf(draft.actions.length, 'action')}`,
        ...(errors.length === 0 ? {} : { errors }),
      },
      errors.length === 0 ? 200 : 422,
    );
  };
  app.get(path, { schema: { params }, config: create }, async (request, reply) => {
    const standing = await findPrepared(deps, request, reply);
    return standing === null ? reply : show(request, reply, standing);
  });

  app.post(
    path,
    { schema: { params, body: z.strictObject({ version: z.string().max(10) }) }, config: create },
    async (request, reply) => {
      const standing = await findStanding(deps, request, reply);
      if (standing === null) return reply;
      if (standing.state === 'prepared' && String(standing.version) !== request.body.version) {
        return reply.problem(409);
      }
      const outcome = await runImport(deps.db, request.actor, standing.id);
      switch (outcome.kind) {
        case 'done':
          return reply.redirect(at(standing.id, 'done'), 303);
        case 'not-found':
          return reply.notFound();
        case 'forbidden':
          return reply.problem(403);
        case 'refused': {
          const errors = outcome.reasons.map(({ text }) => ({ field: '', text }));
          return show(request, reply, standing, errors);
        }
      }
    },
  );
}

function registerAfterwards(app: App, deps: PlanDeps): void {
  app.get(at(':import', 'done'), { schema: { params }, config: create }, async (request, reply) => {
    const standing = await findStanding(deps, request, reply);
    if (standing?.planId == null || standing.state !== 'imported') {
      return standing === null ? reply : reply.notFound();
    }
    const { planId } = standing;
    const head = await readInAuthority(deps.db, request.actor.authorityId, (tx) =>
      readHead(tx, request.actor.authorityId, planId, request.today),
    );
    if (head === null) return reply.notFound();
    const draft = draftOf(standing.reading, standing.choices);
    return reply.page('rooms/plans/web/import/done.njk', {
      title: 'The plan is imported',
      caption: head.title,
      told: toldSentence(draft, standing),
      planHref: paths.plan(head.slug),
      settingsHref: paths.settings(head.slug),
      undoHref: paths.undoImport(standing.id),
    });
  });

  app.get(
    paths.undoImport(':import'),
    { schema: { params }, config: create },
    async (request, reply) => {
      const standing = await findStanding(deps, request, reply);
      if (standing === null) return reply;
      if (standing.state !== 'imported') return reply.notFound();
      return reply.page('rooms/plans/web/import/undo.njk', {
        title: 'Undo this import',
        caption: standing.choices.title,
        back: { text: 'Back', href: at(standing.id, 'done') },
        fileName: standing.fileName,
      });
    },
  );

  app.post(
    paths.undoImport(':import'),
    { schema: { params }, config: create },
    async (request, reply) => {
      const standing = await findStanding(deps, request, reply);
      if (standing === null) return reply;
      const outcome = await undoImport(deps.db, request.actor, standing.id, request.today);
      switch (outcome.kind) {
        case 'done':
          return reply
            .notice(`The import of “${standing.choices.title}” is undone.`)
            .redirect(paths.plans(), 303);
        case 'not-found':
          return reply.notFound();
        case 'forbidden':
          return reply.problem(403);
        case 'refused':
          return reply.problem(409, {
            title: 'This import cannot be undone any more',
            text: outcome.reasons.map((reason) => reason.text).join(' '),
          });
      }
    },
  );

  app.post(
    at(':import', 'leave'),
    { schema: { params }, config: create },
    async (request, reply) => {
      const standing = await findPrepared(deps, request, reply);
      if (standing === null) return reply;
      await leaveImport(deps.db, request.actor, standing.id);
      return reply
        .notice(
          `The import of “${standing.fileName}” is thrown away. Nothing of it was saved as a plan.`,
        )
        .redirect(paths.plans(), 303);
    },
  );
}

function toldSentence(draft: ImportDraft, standing: PlanImport): string {
  const objectives = draft.objectives.filter((one) => one.actions.length > 0).length;
  const left = draft.leftOut.length;
  return `${countOf(draft.actions.length, 'action')} under ${countOf(objectives, 'objective')} were imported from ${standing.fileName}, as at ${formatDate(standing.positionOn)}.${left > 0 ? ` ${countOf(left, 'row')} ${left === 1 ? 'was' : 'were'} left out.` : ''}`;
}

async function showBegin(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  form: { values: FormValues; errors?: FieldError[] },
  status = 200,
): Promise<FastifyReply> {
  const { actor } = request;
  if (!may(actor, 'C', 'PLN')) return reply.notFound();
  const prepared = await readInAuthority(deps.db, actor.authorityId, (tx) =>
    preparedImports(tx, actor.authorityId, actor.userId),
  );
  return reply.page(
    'rooms/plans/web/import/begin.njk',
    {
      title: 'Import a plan',
      back: { text: 'Plans', href: paths.plans() },
      cancelHref: paths.plans(),
      prepared: prepared.map((one) => ({
        title: one.choices.title,
        fileName: one.fileName,
        href: paths.import(one.id),
      })),
      form: { values: form.values, errors: form.errors ?? [] },
      ...(form.errors === undefined ? {} : { errors: form.errors }),
    },
    status,
  );
}

interface StepPage {
  intro: Html;
  content: Html;
  button: string;
  errors?: FieldError[];
}

function showStep(
  reply: FastifyReply,
  standing: PlanImport,
  step: Step,
  page: StepPage,
  status = 200,
): FastifyReply {
  const order = Object.keys(stepWords) as Step[];
  const here = order.indexOf(step);
  return reply.page(
    'rooms/plans/web/import/steps.njk',
    {
      title: stepWords[step],
      caption: `Import a plan · ${standing.fileName}`,
      wide: step === 'columns' || step === 'rows',
      steps: order.map((one, index) => ({
        text: stepWords[one],
        current: one === step,
        href: index < here ? at(standing.id, one) : null,
      })),
      action: '',
      version: standing.version,
      intro: page.intro,
      content: page.content,
      buttonText: page.button,
      laterHref: paths.plans(),
      leaveAction: step === 'check' ? at(standing.id, 'leave') : null,
      ...(page.errors === undefined ? {} : { errors: page.errors }),
    },
    status,
  );
}

function shownRows(standing: PlanImport, query: z.output<typeof rowsQuery>): RowsShown {
  const draft = draftOf(standing.reading, standing.choices);
  const which = query.show ?? (draft.unsettled.length > 0 ? 'doubts' : 'all');
  return { which, page: Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1) };
}

function showRows(
  reply: FastifyReply,
  standing: PlanImport,
  shown: RowsShown,
  form: { values: FormValues; errors: FieldError[] },
  status = 200,
): FastifyReply {
  const draft = draftOf(standing.reading, standing.choices);
  const leftOut = new Set(draft.leftOut.map((one) => one.where));
  const kept = new Map(draft.actions.map((one) => [one.where, one]));
  const every = standing.reading.actions.map((one) => kept.get(one.where) ?? one);
  const pages = Math.max(1, Math.ceil(every.length / rowsPerPage));
  const page = Math.min(shown.page, pages);
  const rows =
    shown.which === 'doubts'
      ? draft.unsettled.slice(0, rowsPerPage)
      : every.slice((page - 1) * rowsPerPage, page * rowsPerPage);
  const places = new Map(standing.reading.actions.map((one, index) => [one.where, index]));
  const tabs = html`<p class="govuk-body">${
    shown.which === 'doubts'
      ? html`<a class="govuk-link" href="${at(standing.id, 'rows')}?show=all">See all ${every.length} rows</a>`
      : draft.unsettled.length > 0 &&
        html`<a class="govuk-link" href="${at(standing.id, 'rows')}?show=doubts">See only the ${countOf(draft.unsettled.length, 'row')} with a doubt</a>`
  }</p>`;
  const lead =
    shown.which === 'doubts'
      ? draft.unsettled.length === 0
        ? 'No row needs you any more.'
        : `${countOf(draft.unsettled.length, 'row')} ${draft.unsettled.length === 1 ? 'needs' : 'need'} you. Each shows the cell as written and our best reading.`
      : `All ${countOf(every.length, 'row')}${pages > 1 ? `, page ${page} of ${pages}` : ''}. Mend what is wrong, here or later in the plan.`;
  return showStep(
    reply,
    standing,
    'rows',
    {
      intro: html`<p class="govuk-body-l sl-lead">${lead}</p>${tabs}${
        shown.which === 'all' &&
        pagination(page, pages, (target) => `${at(standing.id, 'rows')}?show=all&page=${target}`)
      }`,
      content: rowsContent({
        draft,
        scheme: standing.choices.ragScheme,
        rows,
        placeOf: (where) => places.get(where) ?? 0,
        leftOut,
        form,
      }),
      button: rows.length === 0 ? 'Go on' : 'Save these rows and go on',
      ...(form.errors.length === 0 ? {} : { errors: form.errors }),
    },
    status,
  );
}

async function save(
  deps: PlanDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  changed: PlanImport,
  typed: FormValues,
  next: string,
): Promise<FastifyReply> {
  const seen = Number(typed['version']);
  const outcome = await changeImport(deps.db, request.actor, changed.id, seen, changed);
  switch (outcome.kind) {
    case 'done':
      return reply.redirect(`${paths.import(changed.id)}/${next}`, 303);
    case 'stale':
      return reply.problem(409, {
        title: 'This import was changed in another window',
        text: 'What you entered here was not saved. Go back to copy it, open the import again from the list of plans, and enter it there.',
      });
    case 'not-found':
      return reply.notFound();
    case 'forbidden':
      return reply.problem(403);
  }
}

async function findStanding(
  deps: PlanDeps,
  request: FastifyRequest<{ Params: z.output<typeof params> }>,
  reply: FastifyReply,
): Promise<PlanImport | null> {
  const id = parseId<'import'>(request.params.import);
  const standing =
    id === null
      ? null
      : await readInAuthority(deps.db, request.actor.authorityId, (tx) =>
          importFor(tx, request.actor, id),
        );
  if (standing === null) reply.notFound();
  return standing;
}

async function findPrepared(
  deps: PlanDeps,
  request: FastifyRequest<{ Params: z.output<typeof params> }>,
  reply: FastifyReply,
): Promise<PlanImport | null> {
  const standing = await findStanding(deps, request, reply);
  if (standing === null || standing.state === 'prepared') return standing;
  if (standing.state === 'imported') reply.redirect(at(standing.id, 'done'), 303);
  else reply.notFound();
  return null;
}

function isMeaning(given: unknown): given is ColumnMeaning {
  return typeof given === 'string' && given in meaningWords;
}
