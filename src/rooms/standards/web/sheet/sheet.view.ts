import { formatInstant } from '#kernel/dates.ts';
import { markDifferences } from '#platform/web/both-texts.ts';
import type { FormState } from '#platform/web/form-state.ts';
import type { FieldError } from '#platform/web/forms.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { OpenSheet } from '../../actions/bring-back-edition.ts';
import type { EditionHead } from '../../rules/picture.ts';
import { sheetHeaders } from '../../rules/sheet/sheet-columns.ts';
import {
  placeOf,
  type CellChoice,
  type SheetChoices,
  type WeighedCell,
  type WeighedRow,
} from '../../rules/sheet/weigh-sheet.ts';
import { countOf, listed } from '../../rules/words.ts';
import { editionCaption, lines } from '../parts.ts';
import { paths } from '../paths.ts';
import { boxName } from './check-form.ts';

const title = 'Bring back from Excel';

/** The page on which the file is chosen. */
export function beginView(edition: EditionHead, form: FormState) {
  const columns = Object.values(sheetHeaders).map((header) => `“${header}”`);
  return {
    ...pageOf(edition),
    form,
    errors: form.errors,
    editionTitle: edition.title,
    columns: listed(columns),
  };
}

/** Each cell that says something else than what stands, to choose from. */
export function checkView(
  { picture, rows, names }: Pick<OpenSheet, 'picture' | 'rows' | 'names'>,
  carried: string,
  choices: SheetChoices | null,
  errors: readonly FieldError[] = [],
) {
  const { edition } = picture;
  const changed = rows.filter((row) => row.state === 'changed');
  return {
    ...pageOf(edition),
    wide: true,
    errors: [...errors],
    lead: leadOf(changed, rows),
    action: paths.saveBroughtBack(edition.id),
    carried: changed.length === 0 ? '' : carried,
    content: html`${changed.map((row) => rowBoxes(row, names, choices, errors))}`,
    rest: notTaken(rows),
  };
}

function pageOf(edition: EditionHead) {
  return {
    title,
    caption: `${edition.title} · ${editionCaption(edition)}`,
    back: { text: edition.title, href: paths.edition(edition.id) },
    cancelHref: paths.edition(edition.id),
  };
}

function leadOf(changed: readonly WeighedRow[], rows: readonly WeighedRow[]): string {
  const refused = rows.filter(({ state }) => state === 'not taken').length;
  const notTakenWords = refused === 0 ? '' : ` ${countOf(refused, 'row')} cannot be taken.`;
  if (changed.length === 0) return `Nothing in this workbook changes what stands.${notTakenWords}`;
  const cells = changed.flatMap((row) => row.cells.filter(({ sets }) => sets !== null));
  const open = cells.filter((cell) => cell.open).length;
  const left =
    open === 0
      ? ''
      : ` ${countOf(open, 'cell')} ${open === 1 ? 'needs' : 'need'} you: nothing is chosen there.`;
  return `${countOf(cells.length, 'cell')} of ${countOf(changed.length, 'criterion', 'criteria')} can be saved.${left}${notTakenWords}`;
}

function rowBoxes(
  { cells, criterion, standing, where }: WeighedRow,
  names: OpenSheet['names'],
  choices: SheetChoices | null,
  errors: readonly FieldError[],
): Html {
  if (criterion === null) return html``;
  const of = placeOf(criterion);
  const chosen = choices?.[of];
  const version = standing?.version ?? 0;
  const since = cells.some(({ changedSince }) => changedSince);
  const who = standing?.by == null ? 'somebody else' : (names.get(standing.by) ?? 'somebody else');
  return html`<section class="sl-section" id="row-${of}"><h2 class="govuk-heading-s govuk-!-margin-bottom-1">${criterion.ref} ${criterion.text.slice(0, 200)}</h2>
<input type="hidden" name="${boxName(of, 'seen')}" value="${String(version)}">
<p class="sl-note">${where}. <a class="govuk-link" href="${paths.criterion(criterion.id)}">See the criterion<span class="govuk-visually-hidden"> ${criterion.ref}</span></a></p>
${since && standing !== null && html`<p class="sl-doubt"><strong>Judged here since:</strong> by ${who} on ${formatInstant(standing.recordedAt)}</p>`}
${cells.map((cell) => {
  const name = boxName(of, cell.column);
  const error = errors.find(({ field }) => field === name);
  // What was chosen about another judgement is not chosen about this one.
  const said = chosen?.seen === version ? chosen.cells[cell.column] : undefined;
  const preset = cell.open || chosen !== undefined ? undefined : ('sheet' as const);
  return cellBoxes(name, criterion.ref, cell, said ?? preset, error);
})}</section>`;
}

function cellBoxes(
  name: string,
  ref: string,
  cell: WeighedCell,
  chosen: CellChoice | undefined,
  error: FieldError | undefined,
): Html {
  const header = sheetHeaders[cell.column];
  const { theirs, yours } =
    cell.ours !== '' && cell.sheet !== ''
      ? markDifferences(cell.ours, cell.sheet)
      : { theirs: lines(cell.ours), yours: lines(cell.sheet) };
  const nothing = html`<span class="sl-quiet">Nothing</span>`;
  const texts = html`<div class="sl-side-by-side"><div><p class="govuk-body govuk-!-margin-bottom-1">The workbook <span class="sl-quiet">${cell.where}</span></p><div class="sl-quote sl-words">${cell.sheet === '' ? nothing : yours}</div></div><div><p class="govuk-body govuk-!-margin-bottom-1">Here, as it stands</p><div class="sl-quote sl-words">${cell.ours === '' ? nothing : theirs}</div></div></div>`;
  if (cell.sets === null) {
    return html`<div class="sl-section"><h3 class="govuk-heading-s">${header}</h3>${texts}<p class="sl-doubt"><strong>${cell.where} cannot be taken:</strong> ${cell.fault}</p></div>`;
  }
  const radio = (value: CellChoice, words: string) =>
    html`<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="${value === 'sheet' ? name : `${name}-ours`}" name="${name}" value="${value}"${chosen === value && html` checked`}><label class="govuk-label govuk-radios__label" for="${value === 'sheet' ? name : `${name}-ours`}">${words}</label></div>`;
  return html`<div class="govuk-form-group${error !== undefined && ' govuk-form-group--error'}"><fieldset class="govuk-fieldset"${error !== undefined && html` aria-describedby="${name}-error"`}><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${header}<span class="govuk-visually-hidden">, criterion ${ref}</span></legend>${texts}
${cell.doubts.map((doubt) => html`<p class="sl-doubt"><strong>Please check:</strong> ${doubt}</p>`)}
${error !== undefined && html`<p id="${name}-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${error.text}</p>`}
<div class="govuk-radios govuk-radios--small govuk-radios--inline">${radio('sheet', 'Take the workbook’s')}${radio('ours', 'Keep ours')}</div></fieldset></div>`;
}

/** The rows of which nothing is taken, each with its cell and the reason. */
function notTaken(rows: readonly WeighedRow[]): Html {
  const refused = rows.filter(({ state }) => state === 'not taken');
  const same = rows.filter(({ state }) => state === 'same').length;
  return html`${
    refused.length > 0 &&
    html`<section class="sl-section" aria-labelledby="not-taken"><h2 class="govuk-heading-m" id="not-taken">Rows that were not taken</h2><ul class="govuk-list govuk-list--bullet">${refused.map(
      ({ criterion, note, where }) =>
        html`<li>${where}${criterion !== null && `, criterion ${criterion.ref}`}: ${note}</li>`,
    )}</ul></section>`
  }${same > 0 && html`<p class="govuk-body">${countOf(same, 'row')} ${same === 1 ? 'changes' : 'change'} nothing.</p>`}`;
}
