import { html, type Html } from '#platform/web/html.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import { pagination } from '#platform/web/components/pagination.ts';
import { area, box, checkbox, select } from '#platform/web/imports/row-boxes.ts';
import { draftOf, type DraftAction } from '../../rules/import-draft.ts';
import { rags, statuses } from '../../rules/kinds.ts';
import type { RagColour } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import type { ReadAction } from '../../rules/reading.ts';
import { dueInWords, ragName, statusName } from '../../rules/words.ts';
import type { PlanImport } from '../../store/imports.ts';
import { objectiveName } from '../overview.view.ts';
import { paths } from '../paths.ts';
import { stepView, type ShownImport } from './steps.view.ts';

export const rowsPerPage = 50;

/** Which rows of the draft a page shows: those with open doubts, or one page of all. */
export interface RowsShown {
  which: 'doubts' | 'all';
  page: number;
}

interface RowsInput {
  scheme: readonly RagColour[];
  rows: readonly (DraftAction | ReadAction)[];
  /** The place of each row's boxes in the form, by its `where`. */
  placeOf: (where: string) => number;
  leftOut: ReadonlySet<string>;
  form: RowsForm;
}

interface RowsForm {
  values: FormValues;
  errors: readonly FieldError[];
}

type RowsImport = ShownImport & Pick<PlanImport, 'reading' | 'choices'>;

/** The address of a page of rows. */
export function rowsHref({ id }: Pick<ShownImport, 'id'>, { which, page }: RowsShown): string {
  const path = `${paths.importStep(id, 'rows')}?show=${which}`;
  return page > 1 ? `${path}&page=${page}` : path;
}

/** Step 4: the rows with a doubt, or a page of all, each to be mended in its place. */
export function rowsView(standing: RowsImport, shown: RowsShown, form: RowsForm) {
  const { reading, choices } = standing;
  const draft = draftOf(reading, choices);
  const kept = new Map([...draft.actions, ...draft.leftOut].map((one) => [one.where, one]));
  const every = reading.actions.map((one) => kept.get(one.where) ?? one);
  const pages = Math.max(1, Math.ceil(every.length / rowsPerPage));
  const page = Math.min(shown.page, pages);
  const all = shown.which === 'all';
  const rows = all
    ? every.slice((page - 1) * rowsPerPage, page * rowsPerPage)
    : draft.unsettled.slice(0, rowsPerPage);
  const places = new Map(reading.actions.map((one, index) => [one.where, index]));
  const open = draft.unsettled.length;
  return stepView(standing, 'rows', {
    intro: html`<p class="govuk-body-l sl-lead">${
      all ? allSentence(every.length, page, pages) : doubtsSentence(open)
    }</p>${
      !all
        ? otherRows(standing, 'all', `See all ${countOf(every.length, 'row')}`)
        : open > 0 &&
          otherRows(standing, 'doubts', `See only the ${countOf(open, 'row')} with a doubt`)
    }${all && pagination(page, pages, (target) => rowsHref(standing, { which: 'all', page: target }))}`,
    content: rowsContent({
      scheme: choices.ragScheme,
      rows,
      placeOf: (where) => places.get(where) ?? 0,
      leftOut: new Set(draft.leftOut.map((one) => one.where)),
      form,
    }),
    buttonText: rows.length === 0 ? 'Go on' : 'Save these rows and go on',
    errors: form.errors,
  });
}

function otherRows(standing: RowsImport, which: RowsShown['which'], words: string): Html {
  return html`<p class="govuk-body"><a class="govuk-link" href="${rowsHref(standing, { which, page: 1 })}">${words}</a></p>`;
}

function allSentence(rows: number, page: number, pages: number): string {
  const where = pages > 1 ? `, page ${page} of ${pages}` : '';
  return `All ${countOf(rows, 'row')}${where}. Mend what is wrong, here or later in the plan.`;
}

function doubtsSentence(open: number): string {
  if (open === 0) return 'No row needs you any more.';
  const needs = open === 1 ? 'needs' : 'need';
  return `${countOf(open, 'row')} ${needs} you. Each shows the cell as written and our best reading.`;
}

/** The boxes of each row, under its objective; doubts stand above the boxes that they are about. */
function rowsContent(input: RowsInput): Html {
  const groups = [
    ...Map.groupBy(
      input.rows,
      (row) =>
        `${row.section ?? ''}\n${objectiveName({ ref: row.objectiveRef, title: row.objective })}`,
    ),
  ];
  return html`${groups.map(([heading, rows]) => {
    const [section, objective] = heading.split('\n', 2);
    return html`<section class="sl-section">${section !== '' && html`<p class="sl-note">${section}</p>`}<h2 class="govuk-heading-s">${objective}</h2>${rows.map((row) => rowBoxes(input, row))}</section>`;
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
${checkbox(name('revised'), 'This is a revised date', form.values[name('shown')] === undefined ? row.revised : form.values[name('revised')] === 'yes')}</div>
<div class="sl-row__box">${select(name('rag'), 'Colour', value('rag', row.claimedRag ?? 'none'), [
    ...rags
      .filter((rag) => rag === row.claimedRag || scheme.some(({ colour }) => colour === rag))
      .map((rag) => [rag, ragName(scheme, rag)] as const),
    ['none', 'None'] as const,
  ])}</div>
<div class="sl-row__box">${select(name('status'), 'Status', value('status', row.status ?? 'none'), [
    ...statuses.map((status) => [status, statusName(status)] as const),
    ['none', 'Not stated'] as const,
  ])}</div>
<div class="sl-row__box">${checkbox(name('leave'), 'Leave this row out', leftOut)}</div>
</div></fieldset>`;
}
