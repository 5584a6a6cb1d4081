import { html, type Html } from '#platform/web/html.ts';
import { ragTag } from '#platform/web/components/tags.ts';
import type { FieldError, FormValues } from '#platform/web/forms.ts';
import type { ImportChoices } from '../../rules/import-choices.ts';
import type { PlanReading } from '../../rules/reading.ts';
import { countOf } from '../../rules/position.ts';
import type { PlanImport } from '../../store/imports.ts';
import { standsForWords } from '../edit/plan-form.ts';
import { offeredColours } from './colours-form.ts';
import { stepView, type ShownImport } from './steps.view.ts';

interface ColoursForm {
  values: FormValues;
  errors: readonly FieldError[];
}

/** Step 3: what each colour means in this plan, in the council's words. */
export function coloursView(
  standing: ShownImport & Pick<PlanImport, 'reading' | 'choices'>,
  form: ColoursForm,
) {
  return stepView(standing, 'colours', {
    intro: html`<p class="govuk-body-l sl-lead">What does each colour mean in this plan?</p><p class="govuk-body">Councils use colours differently. These words will stand on every page of the plan.</p>`,
    content: coloursContent(standing.reading, standing.choices, form),
    buttonText: 'Save and go on',
    errors: form.errors,
  });
}

function coloursContent(reading: PlanReading, choices: ImportChoices, form: ColoursForm): Html {
  const value = (name: string, otherwise: string) => {
    const typed = form.values[name];
    return typeof typed === 'string' ? typed : otherwise;
  };
  const errorOf = (name: string) => form.errors.find((error) => error.field === name)?.text;
  const unsaid = reading.actions.filter((one) => one.status === null).length;
  const fromColour = value(
    'status-from-colour',
    choices.schemeConfirmed && !choices.statusFromColour ? 'no' : 'yes',
  );
  return html`${offeredColours(reading, choices).map((colour) => {
    const field = (part: string) => `${colour.colour}-${part}`;
    const standsFor = value(field('stands-for'), colour.standsFor);
    return html`<fieldset class="govuk-fieldset sl-section"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${ragTag({ colour: colour.colour, name: colour.name })} <span class="sl-note">${countOf(reading.counts.byRag[colour.colour], 'action')}</span></legend><div class="sl-colour">
${textBox(field('name'), 'Name', value(field('name'), colour.name), errorOf(field('name')), 'govuk-input--width-20')}
${textBox(field('meaning'), reading.counts.byRag[colour.colour] > 0 ? 'What it means in this plan' : 'What it means, if this plan uses it', value(field('meaning'), choices.schemeConfirmed || reading.ragMeanings.length > 0 ? colour.meaning : ''), errorOf(field('meaning')), '')}
<div class="govuk-form-group"><label class="govuk-label" for="${field('stands-for')}">What it stands for</label><select class="govuk-select" id="${field('stands-for')}" name="${field('stands-for')}">${Object.entries(
      standsForWords,
    ).map(
      ([key, words]) =>
        html`<option value="${key}"${key === standsFor && html` selected`}>${words}</option>`,
    )}</select></div></div></fieldset>`;
  })}
${
  unsaid > 0 &&
  html`<fieldset class="govuk-fieldset sl-section"><legend class="govuk-fieldset__legend govuk-fieldset__legend--m">${countOf(unsaid, 'action')} ${unsaid === 1 ? 'says' : 'say'} no status in words. Take it from the colour?</legend><div class="govuk-radios">${radio('status-from-colour', 'yes', 'Yes, each colour stands for what is said above', fromColour === 'yes')}${radio('status-from-colour', 'no', 'No, leave the status open', fromColour === 'no')}</div></fieldset>`
}`;
}

function textBox(
  name: string,
  label: string,
  value: string,
  error: string | undefined,
  classes: string,
): Html {
  const wrong = error !== undefined;
  return html`<div class="govuk-form-group${wrong && ' govuk-form-group--error'}"><label class="govuk-label" for="${name}">${label}</label>${
    wrong &&
    html`<p id="${name}-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${error}</p>`
  }<input class="govuk-input ${classes}${wrong && ' govuk-input--error'}" id="${name}" name="${name}" value="${value}"${wrong && html` aria-describedby="${name}-error"`}></div>`;
}

function radio(name: string, value: string, words: string, checked: boolean): Html {
  const id = `${name}-${value}`;
  return html`<div class="govuk-radios__item"><input class="govuk-radios__input" id="${id}" name="${name}" type="radio" value="${value}"${checked && html` checked`}><label class="govuk-label govuk-radios__label" for="${id}">${words}</label></div>`;
}
