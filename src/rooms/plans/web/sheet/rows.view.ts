import { formatInstant } from '#kernel/dates.ts';
import { html, type Html } from '#platform/web/html.ts';
import { pagination } from '#platform/web/components/pagination.ts';
import type { FieldError } from '#platform/web/forms.ts';
import type { OpenSheet } from '../../actions/bring-back-sheet.ts';
import type { PlanPicture } from '../../rules/picture.ts';
import { countOf } from '../../rules/position.ts';
import { headerName } from '../../rules/sheet/sheet-columns.ts';
import type { CellChoice, ChosenCell } from '../../rules/sheet/sheet-choices.ts';
import type {
  SheetNeed,
  StandingDate,
  StandingUpdate,
  WeighedCell,
  WeighedRow,
} from '../../rules/sheet/weigh-sheet.ts';
import { updateChoices } from '../../rules/update-choices.ts';
import { dueInWords, ragName, statusName } from '../../rules/words.ts';
import { markDifferences } from '#platform/web/both-texts.ts';
import { lines, shortText } from '../parts.ts';
import { paths } from '../paths.ts';
import { boxName } from './rows-form.ts';

export const sheetRowsPerPage = 25;

/** Which rows a page shows: those that need somebody, or one page of all that can be taken. */
export interface SheetRowsShown {
  which: 'needs' | 'all';
  page: number;
}

/** The rows of which something can be taken. */
export function takeable(rows: readonly WeighedRow[]): WeighedRow[] {
  return rows.filter((row) => row.cells.length > 0);
}

export function sheetRowsHref(slug: string, id: string, shown: SheetRowsShown): string {
  const path = `${paths.updateSheetRows(slug, id)}?show=${shown.which}`;
  return shown.page > 1 ? `${path}&page=${shown.page}` : path;
}

/** The rows of a sheet that came back, each beside what stands: first those that need somebody. */
export function sheetRowsView(
  { sheet, picture, rows }: OpenSheet,
  shown: SheetRowsShown,
  errors: readonly FieldError[] = [],
) {
  const { slug } = picture.plan;
  const needing = rows.filter((row) => row.state === 'needs you');
  const every = takeable(rows);
  const pages = Math.max(1, Math.ceil(every.length / sheetRowsPerPage));
  const page = Math.min(shown.page, pages);
  const all = shown.which === 'all';
  const here = all
    ? every.slice((page - 1) * sheetRowsPerPage, page * sheetRowsPerPage)
    : needing.slice(0, sheetRowsPerPage);
  const hrefOf = (to: SheetRowsShown) => sheetRowsHref(slug, sheet.id, to);
  const others = html`<p class="govuk-body">${
    all
      ? needing.length > 0 &&
        html`<a class="govuk-link" href="${hrefOf({ which: 'needs', page: 1 })}">See only the ${countOf(needing.length, 'row')} that ${needing.length === 1 ? 'needs' : 'need'} you</a>`
      : every.length > needing.length &&
        html`<a class="govuk-link" href="${hrefOf({ which: 'all', page: 1 })}">See all ${countOf(every.length, 'row')}</a>`
  }</p>`;
  return {
    ...sheetPage({ sheet, picture }, 'Rows'),
    wide: true,
    intro: html`<p class="govuk-body-l sl-lead">${all ? allSentence(every.length, page, pages) : needsSentence(needing.length)}</p>${others}${sheet.reading.problems.map(
      (text) => html`<p class="sl-doubt">${text}</p>`,
    )}${all && pagination(page, pages, (to) => hrefOf({ which: 'all', page: to }))}`,
    content: html`${here.map((row) => rowBoxes(picture, row))}${(!all || page === pages) && notTakenList(rows)}`,
    buttonText: here.length === 0 ? 'Go on' : 'Keep these choices and go on',
    ...(errors.length === 0 ? {} : { errors: [...errors] }),
  };
}

/** What every page of a sheet shows. */
export function sheetPage({ sheet, picture }: Pick<OpenSheet, 'sheet' | 'picture'>, title: string) {
  const { slug, title: plan } = picture.plan;
  return {
    title,
    caption: `${plan} · ${sheet.fileName}`,
    back: { text: 'Update sheets', href: paths.updateSheet(slug) },
    version: sheet.version,
    laterHref: paths.updateSheet(slug),
    leaveAction: paths.leaveUpdateSheet(slug, sheet.id),
  };
}

function needsSentence(open: number): string {
  if (open === 0) return 'No row needs you any more.';
  return `${countOf(open, 'row')} ${open === 1 ? 'needs' : 'need'} you. Where somebody wrote here since, nothing is chosen for you.`;
}

function allSentence(rows: number, page: number, pages: number): string {
  if (rows === 0) return 'There is nothing new in this sheet.';
  const where = pages > 1 ? `, page ${page} of ${pages}` : '';
  return `${countOf(rows, 'row')} with something new${where}. What is ticked will be saved.`;
}

/** The rows of which nothing is taken, each with its reason. */
export function notTakenList(rows: readonly WeighedRow[]): Html {
  const refused = rows.filter((row) => row.state === 'not taken');
  const empty = rows.filter((row) => row.cells.length === 0 && row.state !== 'not taken');
  const said = empty.filter((row) => Object.values(row.row.filled).some((text) => text !== ''));
  const blank = empty.length - said.length;
  return html`${
    refused.length > 0 &&
    html`<section class="sl-section"><h2 class="govuk-heading-m">Rows that were not taken</h2><ul class="govuk-list govuk-list--bullet">${refused.map(listed)}</ul></section>`
  }${
    (said.length > 0 || blank > 0) &&
    html`<section class="sl-section"><h2 class="govuk-heading-m">Rows that change nothing</h2><ul class="govuk-list govuk-list--bullet">${said.map(listed)}${
      blank > 0 &&
      html`<li>${countOf(blank, 'row')} in which nothing was filled in${empty.some((row) => row.notes.length > 1) && html`: ${empty.flatMap((row) => row.notes.slice(1).map((note) => html` ${sentenceStart(row.row.where)}: ${note}`))}`}</li>`
    }</ul></section>`
  }`;
}

function listed({ row, action, notes }: WeighedRow): Html {
  const what = action === null ? (row.given.text ?? '') : shortText(action, 80);
  return html`<li>${sentenceStart(row.where)}${what !== '' && `, ${what.slice(0, 90)}`}: ${notes.join(' ')}</li>`;
}

function sentenceStart(where: string): string {
  return where.slice(0, 1).toUpperCase() + where.slice(1);
}

function rowBoxes(picture: PlanPicture, weighed: WeighedRow): Html {
  const { row, action, place } = weighed;
  if (action === null) return html``;
  return html`<fieldset class="govuk-fieldset sl-row" id="row-${place}"><legend class="govuk-visually-hidden">${sentenceStart(row.where)}, action ${action.ref}</legend>
<h2 class="govuk-heading-s govuk-!-margin-bottom-1">${shortText(action)}</h2>
<input type="hidden" name="${boxName(place, 'seen')}" value="${weighed.seen}">
<p class="sl-note">${sentenceStart(row.where)}${row.filled.toldBy !== '' && `, as told by ${row.filled.toldBy}`}. <a class="govuk-link" href="${paths.action(picture.plan.slug, action.id)}">See the action<span class="govuk-visually-hidden"> ${action.ref}</span></a></p>
${weighed.notes.map((note) => html`<p class="sl-doubt"><strong>Please check:</strong> ${note}</p>`)}
${newerPanel(picture, weighed)}
${weighed.cells.map((cell) => cellBoxes(picture, weighed, cell))}
</fieldset>`;
}

/** What somebody wrote in Sightline after the sheet was made: the whole text, who and when. */
function newerPanel({ plan }: PlanPicture, { newer }: WeighedRow): Html {
  if (newer.updates.length === 0 && newer.dates.length === 0) return html``;
  const who = ({ by, at }: StandingUpdate | StandingDate) =>
    `${by ?? 'Somebody'} on ${formatInstant(at)}`;
  return html`<div class="sl-conflict"><h3 class="govuk-heading-s">Written here since the sheet was made</h3>${newer.updates.map(
    (update) =>
      html`<p class="govuk-body govuk-!-margin-bottom-1">${who(update)}: ${ragName(plan.ragScheme, update.claimedRag)}, ${statusName(update.status).toLowerCase()}</p><div class="sl-quote sl-words">${lines(update.whatChanged)}</div>`,
  )}${newer.dates.map(
    (date) =>
      html`<p class="govuk-body govuk-!-margin-bottom-1">${who(date)}: ${dueInWords(date.due)} was ${date.kind === 'asked' ? 'asked for' : 'agreed'}</p>${
        date.reason !== null && html`<div class="sl-quote sl-words">${lines(date.reason)}</div>`
      }`,
  )}</div>`;
}

const partHeader: Record<ChosenCell, string> = {
  going: headerName('going'),
  words: headerName('changed'),
  shows: headerName('shows'),
  date: headerName('newDue'),
};

function cellBoxes(picture: PlanPicture, weighed: WeighedRow, cell: WeighedCell): Html {
  const { place, row } = weighed;
  const name = boxName(place, cell.part);
  const { theirs, yours } =
    cell.part === 'words' && cell.ours !== ''
      ? markDifferences(cell.ours, cell.sheet)
      : { theirs: lines(cell.ours), yours: lines(cell.sheet) };
  const both = cell.ours !== '';
  const sheetText = cell.sheet === '' ? html`<span class="sl-quiet">Nothing</span>` : yours;
  const question = html`<strong>${partHeader[cell.part]}</strong>`;
  return html`<div class="sl-section" id="${name}">
<div class="${both && 'sl-side-by-side'}"><div><p class="govuk-body govuk-!-margin-bottom-1">${question} <span class="sl-quiet">The sheet</span></p><div class="sl-quote sl-words">${sheetText}${
    cell.part === 'date' &&
    html`${row.filled.reason !== '' && html`<br>${row.filled.reason}`}${row.filled.effect !== '' && html`<br>${row.filled.effect}`}`
  }</div></div>${
    both &&
    html`<div><p class="govuk-body govuk-!-margin-bottom-1 sl-quiet">Here${cell.part === 'going' && ', as it stands'}</p><div class="sl-quote sl-words">${theirs}</div></div>`
  }</div>
${mends(picture, weighed, cell.part)}
${cell.open ? radios(name, weighed, cell) : tick(name, weighed, cell)}
</div>`;
}

const offerWords: Record<ChosenCell, Record<CellChoice, string>> = {
  going: { sheet: 'Take the sheet’s', ours: 'Keep ours', both: '' },
  words: {
    sheet: 'Take the sheet’s, as a further update',
    ours: 'Keep ours',
    both: 'Keep both, in one further update',
  },
  shows: { sheet: 'Take the sheet’s', ours: 'Leave it', both: '' },
  date: { sheet: 'Ask for the sheet’s date', ours: 'Do not ask for it', both: '' },
};

const tickWords: Record<ChosenCell, string> = {
  going: 'Take this rating',
  words: 'Save this update',
  shows: 'Keep this with the update',
  date: 'Ask for this date',
};

function radios(name: string, { action }: WeighedRow, cell: WeighedCell): Html {
  return html`<fieldset class="govuk-fieldset"><legend class="govuk-visually-hidden">${partHeader[cell.part]} Action ${action?.ref ?? ''}</legend><div class="govuk-radios govuk-radios--small govuk-radios--inline">${cell.offers.map(
    (offer) =>
      html`<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="${name}-${offer}" name="${name}" value="${offer}"${cell.chosen === offer && html` checked`}><label class="govuk-label govuk-radios__label" for="${name}-${offer}">${offerWords[cell.part][offer]}</label></div>`,
  )}</div></fieldset>`;
}

function tick(name: string, { action }: WeighedRow, cell: WeighedCell): Html {
  return html`<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${name}-sheet" name="${name}" value="sheet"${cell.chosen === 'sheet' && html` checked`}><label class="govuk-label govuk-checkboxes__label" for="${name}-sheet">${tickWords[cell.part]}<span class="govuk-visually-hidden">, action ${action?.ref ?? ''}</span></label></div></div>`;
}

/** Boxes for what the sheet left out or what could not be read; each under the cell that needs it. */
function mends(picture: PlanPicture, weighed: WeighedRow, part: ChosenCell): Html {
  const needs = new Map(weighed.needs.map((need) => [need.part, need]));
  const asked = mendsOf[part].filter((one) => needs.has(one) || weighed.mended[one] !== undefined);
  // Where the sheet has no cell for the rating, it is asked for under the words.
  const own = weighed.cells.some((cell) => cell.part === 'going');
  return html`${asked
    .filter((one) => one !== 'going' || (part === 'going') === own)
    .map((one) => mend(picture, weighed, one, needs.get(one)))}`;
}

const mendsOf: Record<ChosenCell, readonly SheetNeed['part'][]> = {
  going: ['going'],
  words: ['going', 'words'],
  shows: [],
  date: ['due', 'reason', 'effect'],
};

const mendLabels: Record<SheetNeed['part'], string> = {
  going: 'How is it going?',
  words: 'What has changed?',
  due: 'The new date',
  reason: 'Why is the date no longer right?',
  effect: 'What does the new date mean for children?',
};

function mend(
  { plan }: PlanPicture,
  { place, mended }: WeighedRow,
  part: SheetNeed['part'],
  need: SheetNeed | undefined,
): Html {
  const name = boxName(place, `mend-${part}`);
  const value = mended[part] ?? '';
  const described = need !== undefined && html` aria-describedby="${name}-error"`;
  const control =
    part === 'going'
      ? html`<select class="govuk-select" id="${name}" name="${name}"${described}><option value="">Choose one</option>${updateChoices(
          plan.ragScheme,
        ).map(
          (choice) =>
            html`<option value="${choice.value}"${choice.value === value && html` selected`}>${choice.label}</option>`,
        )}</select>`
      : part === 'due'
        ? html`<input class="govuk-input govuk-input--width-20" id="${name}" name="${name}" value="${value}"${described}>`
        : html`<textarea class="govuk-textarea" id="${name}" name="${name}" rows="2"${described}>${value}</textarea>`;
  return html`<div class="govuk-form-group${need !== undefined && ' govuk-form-group--error'}"><label class="govuk-label" for="${name}">${mendLabels[part]}</label>${
    need !== undefined &&
    html`<p id="${name}-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${need.text}</p>`
  }${control}</div>`;
}
