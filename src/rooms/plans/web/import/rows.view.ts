import { html, type Html } from '#platform/web/html.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import type { DraftAction, ImportDraft } from '../../rules/import-draft.ts';
import type { RagColour } from '../../rules/picture.ts';
import type { ReadAction } from '../../rules/reading.ts';
import { rags, statuses } from '../../rules/kinds.ts';
import { dueInWords, ragName, statusName } from '../../rules/words.ts';
import { objectiveName } from '../overview.view.ts';

export const rowsPerPage = 50;

/** Which rows of the draft a page shows: those with open doubts, or one page of all. */
export interface RowsShown {
  which: 'doubts' | 'all';
  page: number;
}

export interface RowsInput {
  draft: ImportDraft;
  scheme: readonly RagColour[];
  rows: readonly (DraftAction | ReadAction)[];
  /** The place of each row's boxes in the form, by its `where`. */
  placeOf: (where: string) => number;
  leftOut: ReadonlySet<string>;
  form: { values: FormValues; errors: readonly FieldError[] };
}

/** The boxes of each row, under its objective; doubts stand above the boxes that they are about. */
export function rowsContent(input: RowsInput): Html {
  const groups = [
    ...Map.groupBy(
      input.rows,
      (row) =>
        `${row.section ?? ''}\n${objectiveName({ ref: row.objectiveRef, title: row.objective })}`,
    ),
  ];
  return html`${groups.map(([heading, rows]) => {
    const [section, objective] = heading.split('\n', 2);
    return html`<section class="sl-section">${section !== '' && html`<p class="sl-note">${section}</p>`}<h3 class="govuk-heading-s">${objective}</h3>${rows.map((row) => rowBoxes(input, row))}</section>`;
  })}`;
}

function rowBoxes(input: RowsInput, row: DraftAction | ReadAction): Html {
  const { form, scheme } = input;
  const place = input.placeOf(row.where);
  const name = (part: string) => `row-${place}-${part}`;
  const value = (part: string, otherwise: string) => {
    const typed = form.values[name(part)];
    return typeof typed === 'string' ? typed : otherwise;
  };
  const error = (part: string) => form.errors.find((one) => one.field === name(part))?.text;
  const doubts = 'doubts' in row && !row.settled ? row.doubts : [];
  const leftOut =
    form.values[name('shown')] === undefined
      ? input.leftOut.has(row.where)
      : form.values[name('leave')] === 'yes';
  return html`<fieldset class="govuk-fieldset sl-row" id="row-${place}"><legend class="govuk-visually-hidden">Row ${row.where}</legend>
<input type="hidden" name="${name('shown')}" value="${row.where}">
<p class="sl-note">${row.where}</p>
${doubts.map(
  (doubt) =>
    html`<p class="sl-doubt"><strong>${doubt.where === row.where ? 'Please check' : `Please check ${doubt.where}`}:</strong> ${doubt.message}</p>`,
)}
<div class="sl-row__boxes">
<div class="sl-row__box sl-row__box--wide">${area(name('text'), 'Action', value('text', row.text), error('text'))}</div>
<div class="sl-row__box">${area(name('leads'), 'Lead, one on each line', value('leads', row.leads.join('\n')), error('leads'), 2)}</div>
<div class="sl-row__box">${box(name('due'), 'Due', value('due', row.due.asWritten), error('due'), `Read as: ${dueInWords(row.due)}`)}
<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${name('revised')}" name="${name('revised')}" value="yes"${(form.values[name('shown')] === undefined ? row.revised : form.values[name('revised')] === 'yes') && html` checked`}><label class="govuk-label govuk-checkboxes__label" for="${name('revised')}">This is a revised date</label></div></div></div>
<div class="sl-row__box">${select(name('rag'), 'Colour', value('rag', row.claimedRag ?? 'none'), [
    ...rags.map((rag) => [rag, ragName(scheme, rag)] as const),
    ['none', 'None'] as const,
  ])}</div>
<div class="sl-row__box">${select(name('status'), 'Status', value('status', row.status ?? 'none'), [
    ...statuses.map((status) => [status, statusName(status)] as const),
    ['none', 'Not stated'] as const,
  ])}</div>
<div class="sl-row__box"><div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${name('leave')}" name="${name('leave')}" value="yes"${leftOut && html` checked`}><label class="govuk-label govuk-checkboxes__label" for="${name('leave')}">Leave this row out</label></div></div></div>
</div></fieldset>`;
}

function area(
  name: string,
  label: string,
  value: string,
  error: string | undefined,
  rows = 3,
): Html {
  return group(
    name,
    label,
    error,
    (described) =>
      html`<textarea class="govuk-textarea${error !== undefined && ' govuk-textarea--error'}" id="${name}" name="${name}" rows="${rows}"${described}>${value}</textarea>`,
  );
}

function box(
  name: string,
  label: string,
  value: string,
  error: string | undefined,
  hint: string,
): Html {
  return group(
    name,
    label,
    error,
    (described) =>
      html`<input class="govuk-input${error !== undefined && ' govuk-input--error'}" id="${name}" name="${name}" value="${value}"${described}>`,
    hint,
  );
}

function select(
  name: string,
  label: string,
  value: string,
  options: readonly (readonly [string, string])[],
): Html {
  return group(
    name,
    label,
    undefined,
    () =>
      html`<select class="govuk-select" id="${name}" name="${name}">${options.map(([key, words]) => html`<option value="${key}"${key === value && html` selected`}>${words}</option>`)}</select>`,
  );
}

function group(
  name: string,
  label: string,
  error: string | undefined,
  control: (described: Html) => Html,
  hint?: string,
): Html {
  const ids = [
    hint === undefined ? null : `${name}-hint`,
    error === undefined ? null : `${name}-error`,
  ].filter((id) => id !== null);
  const described = ids.length === 0 ? html`` : html` aria-describedby="${ids.join(' ')}"`;
  return html`<div class="govuk-form-group${error !== undefined && ' govuk-form-group--error'}"><label class="govuk-label" for="${name}">${label}</label>${hint !== undefined && html`<div class="govuk-hint" id="${name}-hint">${hint}</div>`}${
    error !== undefined &&
    html`<p id="${name}-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${error}</p>`
  }${control(described)}</div>`;
}
