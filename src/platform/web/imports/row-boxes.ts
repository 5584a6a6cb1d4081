import { html, type Html } from '../html.ts';

/** The small boxes of a row that is mended before it is imported. */

/** A box of several lines, in a row of an import. */
export function area(
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

/** A box of one line. */
export function box(
  name: string,
  label: string,
  value: string,
  error: string | undefined,
  hint?: string,
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

/** A choice of a few words: `[value, words]`. */
export function select(
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

/** A box that is ticked or not; its value is "yes". */
export function checkbox(name: string, label: string, checked: boolean): Html {
  return html`<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${name}" name="${name}" value="yes"${checked && html` checked`}><label class="govuk-label govuk-checkboxes__label" for="${name}">${label}</label></div></div>`;
}
