import { pagination } from '#platform/web/components/pagination.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import { html, type Html } from '#platform/web/html.ts';
import { area, box, checkbox, select } from '#platform/web/imports/row-boxes.ts';
import { answerName, countOf, findingKindName, sentenceCase } from '../../rules/kind-words.ts';
import { answers, findingKinds } from '../../rules/kinds.ts';
import { draftOf, type DraftFinding } from '../../rules/read-findings-table/draft.ts';
import type { StandingImport } from './ground.ts';
import { importPaths } from './paths.ts';
import { findingsStep } from './step.view.ts';

export const rowsPerPage = 25;

/** Which findings a page shows: those with open doubts, or one page of all. */
export interface RowsShown {
  which: 'doubts' | 'all';
  page: number;
}

export interface RowsForm {
  values: FormValues;
  errors: readonly FieldError[];
}

/** The address of a page of findings to be mended. */
export function rowsHref({ source, standing }: StandingImport, { which, page }: RowsShown): string {
  const path = `${importPaths.step(source.id, standing.id, 'rows')}?show=${which}`;
  return page > 1 ? `${path}&page=${page}` : path;
}

/** The findings with a doubt, or a page of all, each to be mended in its place or left out. */
export function rowsView(found: StandingImport, shown: RowsShown, form: RowsForm) {
  const { reading, choices } = found.standing;
  const draft = draftOf(reading, choices);
  const kept = new Map([...draft.findings, ...draft.leftOut].map((one) => [one.where, one]));
  const every = reading.findings.flatMap(({ where }) => kept.get(where) ?? []);
  const pages = Math.max(1, Math.ceil(every.length / rowsPerPage));
  const page = Math.min(shown.page, pages);
  const isAll = shown.which === 'all';
  const rows = isAll
    ? every.slice((page - 1) * rowsPerPage, page * rowsPerPage)
    : draft.unsettled.slice(0, rowsPerPage);
  const places = new Map(reading.findings.map(({ where }, place) => [where, place]));
  const leftOut = new Set(draft.leftOut.map(({ where }) => where));
  const open = draft.unsettled.length;
  const other = (which: RowsShown['which'], words: string) =>
    html`<p class="govuk-body"><a class="govuk-link" href="${rowsHref(found, { which, page: 1 })}">${words}</a></p>`;
  return findingsStep(found, 'rows', {
    intro: html`<p class="govuk-body-l sl-lead">${
      isAll ? allSentence(every.length, page, pages) : doubtsSentence(open)
    }</p>${
      !isAll
        ? other('all', `See all ${countOf(every.length, 'finding')}`)
        : open > 0 && other('doubts', `See only the ${countOf(open, 'finding')} with a doubt`)
    }${isAll && pagination(page, pages, (target) => rowsHref(found, { which: 'all', page: target }))}`,
    content: html`${rows.map((row) => rowBoxes(row, places.get(row.where) ?? 0, leftOut, form))}`,
    buttonText: rows.length === 0 ? 'Go on' : 'Save these findings and go on',
    errors: form.errors,
  });
}

function allSentence(findings: number, page: number, pages: number): string {
  const where = pages > 1 ? `, page ${page} of ${pages}` : '';
  return `${countOf(findings, 'finding')}${where}. Mend what is wrong, or leave it out.`;
}

function doubtsSentence(open: number): string {
  if (open === 0) return 'No finding needs you any more.';
  return `${countOf(open, 'finding')} ${open === 1 ? 'needs' : 'need'} you. Each shows our best reading.`;
}

function rowBoxes(
  row: DraftFinding,
  place: number,
  leftOut: ReadonlySet<string>,
  { values, errors }: RowsForm,
): Html {
  const name = (part: string) => `row-${place}-${part}`;
  const isTyped = values[name('shown')] !== undefined;
  const value = (part: string, otherwise: string | null) => {
    const typed = values[name(part)];
    return typeof typed === 'string' ? typed : (otherwise ?? '');
  };
  const error = (part: string) => errors.find(({ field }) => field === name(part))?.text;
  const isLeft = isTyped ? values[name('leave')] === 'yes' : leftOut.has(row.where);
  const doubts = row.settled ? [] : row.doubts;
  return html`<fieldset class="govuk-fieldset sl-row" id="row-${place}"><legend class="govuk-visually-hidden">Finding at ${row.where}</legend>
<input type="hidden" name="${name('shown')}" value="${row.where}">
<p class="sl-note">${row.where}</p>
${doubts.map((doubt) => html`<p class="sl-doubt"><strong>Please check ${doubt.where !== row.where && doubt.where}:</strong> ${doubt.message}</p>`)}
<div class="sl-row__boxes">
<div class="sl-row__box sl-row__box--wide">${area(name('words'), 'The finding, to the letter', value('words', row.words), error('words'), 4)}</div>
<div class="sl-row__box">${select(
    name('kind'),
    'Kind',
    value('kind', row.kind),
    findingKinds.map((kind) => [kind, sentenceCase(findingKindName(kind))] as const),
  )}</div>
<div class="sl-row__box">${box(name('ref'), 'Number', value('ref', row.ref), error('ref'))}</div>
<div class="sl-row__box">${box(name('page'), 'Page', value('page', row.page), error('page'))}</div>
<div class="sl-row__box">${box(name('paragraph'), 'Paragraph', value('paragraph', row.paragraph), error('paragraph'))}</div>
<div class="sl-row__box">${box(name('area'), 'Area or service', value('area', row.area), error('area'))}</div>
<div class="sl-row__box">${box(name('lead'), 'Lead', value('lead', row.lead), error('lead'))}</div>
<div class="sl-row__box">${box(name('reportsTo'), 'Reports to', value('reportsTo', row.reportsTo), error('reportsTo'))}</div>
<div class="sl-row__box">${area(name('themes'), 'Themes, one on each line', value('themes', row.themes.join('\n')), error('themes'), 2)}</div>
<div class="sl-row__box">${select(
    name('answer'),
    'Response',
    value('answer', row.answer ?? 'none'),
    [
      ['none', 'Not stated'] as const,
      ...answers.map((answer) => [answer, answerName(answer)] as const),
    ],
  )}</div>
<div class="sl-row__box">${area(name('reason'), 'Reason of the response', value('reason', row.reason), error('reason'), 2)}</div>
<div class="sl-row__box">${checkbox(name('leave'), 'Leave this finding out', isLeft)}</div>
</div></fieldset>`;
}
