import { z } from 'zod';
import { formatDate, formatInstant } from '#kernel/dates.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { html } from '#platform/web/html.ts';
import type { App } from '#platform/web/server.ts';
import {
  anyForm,
  dateBox,
  readDateFields,
  readForm,
  requiredText,
  typedValues,
  type FieldError,
} from '#platform/web/forms.ts';
import { fresh, versionIn, wrong, type FormState } from '#platform/web/form-state.ts';
import { noteFigure, type GivenFigure } from '../../actions/narrative/write-assessment.ts';
import type { Assessment, Figure } from '../../rules/narrative/assessment.ts';
import type { NarrativeDeps } from './deps.ts';
import { assessmentParams, loadAssessment, type Allowed } from './load.ts';
import { assessmentPage, count } from './parts.ts';
import { paths, routePaths } from './paths.ts';
import { answerWritten, errorsOf } from './section.routes.ts';

const template = 'rooms/standards/web/narrative/figure-form.njk';
const read = { rule: { may: ['R', 'PLN'] } } as const;
const change = { rule: { may: ['U', 'PLN'] } } as const;
const figureParams = assessmentParams.extend({ figure: z.string().max(60) });
const none = () => Promise.resolve(null);
const empty = fresh({ name: '', value: '', origin: '' });

/** The figures of an assessment: each a name that the texts use, with its dated notes. */
export function addFigureRoutes(app: App, deps: NarrativeDeps): void {
  app.get(
    routePaths.figures,
    { config: read, schema: { params: assessmentParams } },
    async (request, reply) => {
      const loaded = await loadAssessment(deps, request, reply, none);
      if (loaded === null) return reply;
      return reply.page(template, figuresView(loaded.found.assessment, loaded.allowed, empty));
    },
  );

  app.post(
    routePaths.figures,
    { config: change, schema: { params: assessmentParams, body: anyForm } },
    async (request, reply) => {
      const loaded = await loadAssessment(deps, request, reply, none, 'change');
      if (loaded === null) return reply;
      const { found, allowed } = loaded;
      const { assessment } = found;
      const values = typedValues(request.body);
      const again = (errors: FieldError[]) =>
        reply.page(template, figuresView(assessment, allowed, wrong(values, errors)), 422);
      const form = readFigureForm(request.body, null);
      if (!form.ok) return again(form.errors);
      if (assessment.figures.some(({ name }) => name === form.given.name)) {
        return again([
          { field: 'name', text: 'A figure has this name already. Open it to note a later value' },
        ]);
      }
      const outcome = await noteFigure(
        deps.db,
        request.actor,
        request.today,
        assessment.id,
        form.given,
      );
      if (outcome.kind === 'refused') return again(errorsOf(outcome));
      if (outcome.kind === 'done') reply.notice(`{${form.given.name}} is noted.`);
      return answerWritten(reply, outcome, paths.figures(assessment.id));
    },
  );

  app.get(
    routePaths.figure,
    { config: read, schema: { params: figureParams } },
    async (request, reply) => {
      const loaded = await loadAssessment(deps, request, reply, none);
      if (loaded === null) return reply;
      const { assessment } = loaded.found;
      const figure = assessment.figures.find(({ name }) => name === request.params.figure);
      if (figure === undefined) return reply.notFound();
      return reply.page(template, figureView(assessment, loaded.allowed, figure, empty));
    },
  );

  app.post(
    routePaths.figure,
    { config: change, schema: { params: figureParams, body: anyForm } },
    async (request, reply) => {
      const loaded = await loadAssessment(deps, request, reply, none, 'change');
      if (loaded === null) return reply;
      const { found, allowed } = loaded;
      const { assessment } = found;
      const figure = assessment.figures.find(({ name }) => name === request.params.figure);
      if (figure === undefined) return reply.notFound();
      const values = typedValues(request.body);
      const again = (errors: FieldError[]) =>
        reply.page(template, figureView(assessment, allowed, figure, wrong(values, errors)), 422);
      const form = readFigureForm(request.body, figure);
      if (!form.ok) return again(form.errors);
      const outcome = await noteFigure(
        deps.db,
        request.actor,
        request.today,
        assessment.id,
        form.given,
      );
      if (outcome.kind === 'refused') return again(errorsOf(outcome));
      if (outcome.kind === 'done')
        reply.notice(
          `{${figure.name}} has a later value. Texts that name it show both until they are saved again.`,
        );
      return answerWritten(reply, outcome, paths.figure(assessment.id, figure.name));
    },
  );
}

/** Every figure with its latest value, and the form of a new one. */
export function figuresView(assessment: Assessment, allowed: Allowed, state: FormState) {
  const { figures, id } = assessment;
  return {
    ...assessmentPage(assessment, 'Figures', allowed.change),
    lead:
      figures.length === 0
        ? 'No figure is noted yet. A figure has a name that the texts use in curly brackets, and a value with its day and where it comes from.'
        : `${figures.length === 1 ? 'One figure is' : `${figures.length} figures are`} noted. Write the name in curly brackets, and the text shows the value with its day.`,
    table:
      figures.length === 0
        ? html``
        : dataTable({
            caption: 'Figures',
            hiddenCaption: true,
            columns: [
              { text: 'Write' },
              { text: 'Value' },
              { text: 'As at' },
              { text: 'Where it comes from', width: 'wide' },
              { text: 'Values noted' },
            ],
            groups: [
              {
                rows: figures.map(({ name, notes }) => {
                  const last = notes.at(-1);
                  return [
                    html`<code>{${name}}</code>`,
                    last?.value ?? '',
                    last === undefined ? '' : formatDate(last.asAt),
                    last?.origin ?? '',
                    html`<a class="govuk-link" href="${paths.figure(id, name)}">${count(notes.length, 'value')}<span class="govuk-visually-hidden"> of ${name}</span></a>`,
                  ];
                }),
              },
            ],
          }),
    mayChange: allowed.change,
    formTitle: 'Note a figure',
    isNew: true,
    action: paths.figures(id),
    cancelHref: paths.assessment(id),
    version: 0,
    errors: state.errors,
    form: state,
  };
}

/** One figure with all its notes, and the form of a later one. */
export function figureView(
  assessment: Assessment,
  allowed: Allowed,
  figure: Figure,
  state: FormState,
) {
  const { id } = assessment;
  const last = figure.notes.at(-1);
  return {
    ...assessmentPage(assessment, null, allowed.change),
    title: `{${figure.name}}`,
    caption: `${assessment.title} ${assessment.period}`,
    back: { text: 'Back to the figures', href: paths.figures(id) },
    lead: last === undefined ? '' : `It was ${last.value} on ${formatDate(last.asAt)}.`,
    table: dataTable({
      caption: 'Values noted',
      columns: [
        { text: 'Value' },
        { text: 'As at' },
        { text: 'Where it comes from', width: 'wide' },
        { text: 'Noted on' },
      ],
      groups: [
        {
          rows: figure.notes
            .toReversed()
            .map(({ value, asAt, origin, recordedAt }) => [
              value,
              formatDate(asAt),
              origin,
              formatInstant(recordedAt),
            ]),
        },
      ],
    }),
    mayChange: allowed.change,
    formTitle: 'Note a later value',
    isNew: false,
    action: paths.figure(id, figure.name),
    cancelHref: paths.figures(id),
    version: last?.version ?? 0,
    errors: state.errors,
    form: state,
  };
}

function readFigureForm(
  body: Record<string, unknown>,
  figure: Figure | null,
): { ok: true; given: GivenFigure } | { ok: false; errors: FieldError[] } {
  const schema = z.strictObject({
    version: z.string().max(20),
    ...(figure === null
      ? {
          name: requiredText('Give the figure a name', 40).refine(
            (name) => name === '' || (/^[a-z][a-z0-9-]*$/.test(name) && name !== 'section'),
            'Use small letters, digits and dashes, beginning with a letter, and not the word section',
          ),
        }
      : {}),
    value: requiredText('Give the value', 100),
    origin: requiredText('Say where it comes from', 500),
    'as-at-day': dateBox,
    'as-at-month': dateBox,
    'as-at-year': dateBox,
  });
  const form = readForm(schema, body);
  const asAt = readDateFields(body, 'as-at');
  const errors = form.ok ? [] : [...form.errors];
  if (!asAt.ok) errors.push(asAt.error);
  else if (asAt.date === null)
    errors.push({ field: 'as-at', text: 'Give the day that the value is of' });
  if (!form.ok || !asAt.ok || asAt.date === null) return { ok: false, errors };
  const { name } = form.value as { name?: string };
  return {
    ok: true,
    given: {
      name: figure?.name ?? name ?? '',
      value: form.value.value,
      origin: form.value.origin,
      asAt: asAt.date,
      seenVersion: versionIn(form.value.version),
    },
  };
}
