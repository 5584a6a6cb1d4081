import { dueInWords } from '#kernel/due/due-in-words.ts';
import { pagination } from '#platform/web/components/pagination.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import { html, type Html } from '#platform/web/html.ts';
import { area, box, checkbox, select } from '#platform/web/imports/row-boxes.ts';
import { countOf } from '#platform/web/render.ts';
import type { Level } from '../../rules/levels.ts';
import type { DraftJudgement } from '../../rules/read-criteria/draft.ts';
import { importPaths } from './paths.ts';
import { criteriaStep, type ShownImport } from './step.view.ts';

export const rowsPerPage = 25;

/** Which criteria a page shows: those with open doubts, or one page of all. */
export interface RowsShown {
  which: 'doubts' | 'all';
  page: number;
}

export interface RowsForm {
  values: FormValues;
  errors: readonly FieldError[];
}

/** The address of a page of criteria to be mended. */
export function rowsHref(
  { standing }: Pick<ShownImport, 'standing'>,
  { which, page }: RowsShown,
): string {
  const path = `${importPaths.step(standing.id, 'rows')}?show=${which}`;
  return page > 1 ? `${path}&page=${page}` : path;
}

const criteriaOf = (count: number): string => countOf(count, 'criterion', 'criteria');

/** The criteria with a doubt, or a page of all, each to be mended in its place or left out. */
export function rowsView(found: ShownImport, shown: RowsShown, form: RowsForm) {
  const { draft, edition, standing } = found;
  const { judgements: read, levels: ofTable } = standing.reading;
  const kept = new Map(
    [...draft.judgements, ...draft.leftOut, ...draft.unknown].map((one) => [one.where, one]),
  );
  const every = read.flatMap(({ where }) => kept.get(where) ?? []);
  const pages = Math.max(1, Math.ceil(every.length / rowsPerPage));
  const page = Math.min(shown.page, pages);
  const isAll = shown.which === 'all';
  const rows = isAll
    ? every.slice((page - 1) * rowsPerPage, page * rowsPerPage)
    : draft.unsettled.slice(0, rowsPerPage);
  const places = new Map(read.map(({ where }, place) => [where, place]));
  const ground = {
    levels: edition?.levels ?? ofTable,
    leftOut: new Set(draft.leftOut.map(({ where }) => where)),
    unknown: new Set(draft.unknown.map(({ where }) => where)),
    form,
  };
  const open = draft.unsettled.length;
  const other = (which: RowsShown['which'], words: string) =>
    html`<p class="govuk-body"><a class="govuk-link" href="${rowsHref(found, { which, page: 1 })}">${words}</a></p>`;
  return criteriaStep(found, 'rows', {
    intro: html`<p class="govuk-body-l sl-lead">${
      isAll ? allSentence(every.length, page, pages) : doubtsSentence(open)
    }</p>${
      !isAll
        ? other('all', `See all ${criteriaOf(every.length)}`)
        : open > 0 && other('doubts', `See only the ${criteriaOf(open)} with a doubt`)
    }${isAll && pagination(page, pages, (target) => rowsHref(found, { which: 'all', page: target }))}`,
    content: html`${rows.map((row) => rowBoxes(row, places.get(row.where) ?? 0, ground))}`,
    buttonText: rows.length === 0 ? 'Go on' : 'Save these criteria and go on',
    errors: form.errors,
  });
}

function allSentence(count: number, page: number, pages: number): string {
  const where = pages > 1 ? `, page ${page} of ${pages}` : '';
  return `${criteriaOf(count)}${where}. Mend what is wrong, or leave it out.`;
}

function doubtsSentence(open: number): string {
  if (open === 0) return 'No criterion needs you any more.';
  return `${criteriaOf(open)} ${open === 1 ? 'needs' : 'need'} you. Each shows our best reading.`;
}

interface Ground {
  levels: readonly Level[];
  leftOut: ReadonlySet<string>;
  unknown: ReadonlySet<string>;
  form: RowsForm;
}

function rowBoxes(
  row: DraftJudgement,
  place: number,
  { levels, leftOut, unknown, form: { values, errors } }: Ground,
): Html {
  const name = (part: string) => `row-${place}-${part}`;
  const value = (part: string, otherwise: string | null) => {
    const typed = values[name(part)];
    return typeof typed === 'string' ? typed : (otherwise ?? '');
  };
  const error = (part: string) => errors.find(({ field }) => field === name(part))?.text;
  const isTyped = values[name('shown')] !== undefined;
  const isLeft = isTyped ? values[name('leave')] === 'yes' : leftOut.has(row.where);
  const doubts = row.settled ? [] : row.doubts;
  return html`<fieldset class="govuk-fieldset sl-row" id="row-${place}"><legend class="govuk-visually-hidden">Criterion at ${row.where}</legend>
<input type="hidden" name="${name('shown')}" value="${row.where}">
<p class="sl-note">${row.where}${row.domain !== null && html` · ${row.domain}`}</p>
${doubts.map((doubt) => html`<p class="sl-doubt"><strong>Please check ${doubt.where !== row.where && doubt.where}:</strong> ${doubt.message}</p>`)}
${unknown.has(row.where) && html`<p class="sl-doubt"><strong>Left out:</strong> The framework has no criterion with this reference.</p>`}
<div class="sl-row__boxes">
<div class="sl-row__box">${box(name('ref'), 'Reference', value('ref', row.ref), error('ref'))}</div>
<div class="sl-row__box sl-row__box--wide">${area(name('criterion'), 'Criterion', value('criterion', row.criterion), error('criterion'))}</div>
<div class="sl-row__box sl-row__box--wide">${area(name('howMet'), 'How it is met', value('howMet', row.howMet), error('howMet'))}</div>
<div class="sl-row__box">${select(name('level'), 'Level', value('level', row.level ?? 'none'), [
    ...levels.map((level) => [level.key, level.name] as const),
    ['none', 'Not judged'] as const,
  ])}</div>
<div class="sl-row__box">${area(name('why'), 'Why not fully', value('why', row.why), error('why'), 2)}</div>
<div class="sl-row__box">${area(name('next'), 'What next', value('next', row.next), error('next'), 2)}</div>
<div class="sl-row__box">${box(name('due'), 'By when', value('due', row.due.asWritten), error('due'), `Read as: ${dueInWords(row.due)}`)}</div>
<div class="sl-row__box">${area(name('leads'), 'Who, one on each line', value('leads', row.leads.join('\n')), error('leads'), 2)}</div>
<div class="sl-row__box">${checkbox(name('leave'), 'Leave this criterion out', isLeft)}</div>
</div></fieldset>`;
}
