import { html } from '#platform/web/html.ts';
import type { OpenSheet } from '../../actions/bring-back-sheet.ts';
import { countOf } from '../../rules/position.ts';
import type { SavedOfSheet } from '../../rules/sheet/sheet-choices.ts';
import { dueInWords } from '../../rules/words.ts';
import { shortText } from '../parts.ts';
import { paths } from '../paths.ts';
import { notTakenList, sheetPage } from './rows.view.ts';

/** The last look before a sheet is saved: exactly what will be written. */
export function checkSheetView(opened: OpenSheet) {
  const { rows, picture, sheet } = opened;
  const ready = rows.filter((row) => row.state === 'to save');
  const left = rows.filter((row) => row.state === 'left out');
  const { updates, dates } = countSaves(
    ready.map(({ saves }) => ({ update: saves.update !== null, date: saves.date !== null })),
  );
  const nothing = updates + dates === 0;
  return {
    ...sheetPage(opened, 'Check and save'),
    back: {
      text: 'Back to the rows',
      href: `${paths.updateSheetRows(picture.plan.slug, sheet.id)}?show=all`,
    },
    intro: html`<p class="govuk-body-l sl-lead">${
      nothing
        ? 'Nothing new is in this sheet, so nothing will be saved.'
        : `${inWords(updates, dates)} will be saved.`
    }</p>`,
    content: html`${
      !nothing &&
      html`<ul class="govuk-list govuk-list--bullet">${ready.map(
        ({ row, action, saves }) =>
          html`<li>${action !== null && shortText(action, 90)} <span class="sl-note">${row.where}</span>: ${[
            saves.update === null ? null : 'an update',
            saves.date === null ? null : `${dueInWords(saves.date.due)} is asked for`,
          ]
            .filter((one) => one !== null)
            .join('; ')}</li>`,
      )}</ul>`
    }${
      left.length > 0 &&
      html`<section class="sl-section"><h2 class="govuk-heading-m">Rows that you left out</h2><ul class="govuk-list govuk-list--bullet">${left.map(
        ({ row, action }) =>
          html`<li>${action !== null && shortText(action, 90)} <span class="sl-note">${row.where}</span></li>`,
      )}</ul></section>`
    }${notTakenList(rows)}`,
    buttonText: nothing ? 'Finish with this sheet' : `Save ${inWords(updates, dates)}`,
  };
}

/** What was saved, with the way to each. */
export function sheetDoneView({ sheet, picture }: Pick<OpenSheet, 'sheet' | 'picture'>) {
  const { slug, title } = picture.plan;
  const byId = new Map<string, (typeof picture.actions)[number]>(
    picture.actions.map((action) => [action.id, action]),
  );
  const { updates, dates } = countSaves(sheet.saved);
  return {
    title: 'The sheet is brought back',
    caption: `${title} · ${sheet.fileName}`,
    told:
      updates + dates === 0
        ? 'Nothing new was in this sheet, so nothing was saved.'
        : `Saved: ${inWords(updates, dates)}.`,
    saved: sheet.saved.flatMap(({ actionId, update, date }) => {
      const action = byId.get(actionId);
      if (action === undefined) return [];
      const what = [update ? 'update saved' : null, date ? 'another date asked for' : null];
      return [
        {
          text: shortText(action),
          href: paths.action(slug, action.id),
          what: what.filter((one) => one !== null).join(', '),
        },
      ];
    }),
    planHref: paths.actions(slug),
    sheetsHref: paths.updateSheet(slug),
  };
}

function countSaves(saves: readonly Omit<SavedOfSheet, 'actionId'>[]) {
  return {
    updates: saves.filter(({ update }) => update).length,
    dates: saves.filter(({ date }) => date).length,
  };
}

/** "12 updates and 3 requests for a date" */
function inWords(updates: number, dates: number): string {
  return [
    updates > 0 ? countOf(updates, 'update') : null,
    dates > 0 ? `${dates} ${dates === 1 ? 'request' : 'requests'} for another date` : null,
  ]
    .filter((one) => one !== null)
    .join(' and ');
}
