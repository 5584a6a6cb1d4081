import { html, type Html } from '#platform/web/html.ts';

/** A group of check boxes of a filter. */
export interface FilterGroup {
  name: string;
  legend: string;
  chosen: readonly string[];
  options: readonly { value: string; words: string }[];
  /** Begins folded, unless one of it is chosen. */
  folded?: boolean;
}

/** The folding panel beside a list: words, and groups of boxes. It is sent by the list's address. */
export function filterPanel(panel: {
  action: string;
  text: string;
  groups: readonly FilterGroup[];
  /** The day of the page, where it is not today: the form would drop it. */
  asAt: string | null;
}): Html {
  return html`<details class="sl-filters" open><summary class="sl-filters__summary">Filter and search</summary>
<form method="get" action="${panel.action}" class="sl-filters__form">
${panel.asAt !== null && html`<input type="hidden" name="as-at" value="${panel.asAt}">`}
<div class="govuk-form-group"><label class="govuk-label" for="q">Words</label><input class="govuk-input" id="q" name="q" type="search" value="${panel.text}"></div>
${panel.groups.map(group)}
<button class="govuk-button" type="submit">Apply filters</button></form></details>`;
}

function group({ name, legend, chosen, options, folded }: FilterGroup): Html {
  if (options.length === 0) return html``;
  const boxes = html`<div class="govuk-checkboxes govuk-checkboxes--small">${options.map(
    ({ value, words }, index) =>
      html`<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${name}-${index}" name="${name}" value="${value}"${chosen.includes(value) && html` checked`}><label class="govuk-label govuk-checkboxes__label" for="${name}-${index}">${words}</label></div>`,
  )}</div>`;
  if (folded === true) {
    return html`<details class="sl-filters__group"${chosen.length > 0 && html` open`}><summary>${legend}</summary><fieldset class="govuk-fieldset"><legend class="govuk-visually-hidden">${legend}</legend>${boxes}</fieldset></details>`;
  }
  return html`<fieldset class="govuk-fieldset sl-filters__group"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${legend}</legend>${boxes}</fieldset>`;
}
