import { formatDate } from '#kernel/dates.ts';
import { dataTable } from '#platform/web/components/table.ts';
import type { FieldError } from '#platform/web/forms.ts';
import { html } from '#platform/web/html.ts';
import { countOf } from '#platform/web/render.ts';
import { countByLevel } from '../../rules/read-criteria/reading.ts';
import { criteriaStep, type ShownImport } from './step.view.ts';

export interface CheckFacts {
  /** Names of leads that nobody has entered yet. */
  newNames: readonly string[];
  /** Exactly this file was imported before, and stands. */
  before: boolean;
  errors: readonly FieldError[];
}

/** The last look: what will be judged, what is new, and what is left out and why. */
export function checkView(found: ShownImport, { newNames, before, errors }: CheckFacts) {
  const { draft, edition, standing } = found;
  const { choices, positionOn, reading } = standing;
  const count = countOf(draft.judgements.length, 'criterion', 'criteria');
  const framework = edition?.title ?? choices.made?.title ?? '';
  const out = [
    ...draft.leftOut.map(
      ({ ref, where }) => `${where}: ${ref ?? 'no reference'}. You left it out.`,
    ),
    ...draft.unknown.map(
      ({ ref, where }) =>
        `${where}: “${framework}” has no criterion ${ref ?? 'without reference'}.`,
    ),
    ...draft.elsewhere.map(({ where, message }) => `${where}: ${message}`),
  ];
  const open = draft.unsettled.length;
  return criteriaStep(found, 'check', {
    intro: html`${
      before &&
      html`<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span><strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span>This same file was imported before. Import it again only if you want its judgements twice.</strong></div>`
    }<p class="govuk-body-l sl-lead">${count} of “${framework}” will be judged as at ${formatDate(positionOn)}.</p>`,
    content: html`<div class="sl-figures">${dataTable({
      caption: 'Criteria by level',
      columns: [{ text: 'Level' }, { text: 'Criteria', numeric: true }],
      groups: [
        {
          rows: [...countByLevel(edition?.levels ?? reading.levels, draft.judgements)].map(
            ([level, many]) => [level?.name ?? 'Not judged', many],
          ),
        },
      ],
    })}</div>
<h2 class="govuk-heading-m">What is new</h2>
<ul class="govuk-list govuk-list--bullet">${edition === null && html`<li>The framework “${framework}”, made of these criteria</li>`}<li>${
      newNames.length === 0
        ? 'No new post, team or board: every name is known already'
        : html`${countOf(newNames.length, 'name')} not known yet, to be added:<ul class="govuk-list sl-names">${newNames.map((name) => html`<li>${name}</li>`)}</ul>`
    }</li></ul>
${out.length > 0 && html`<h2 class="govuk-heading-m">What is left out</h2><ul class="govuk-list govuk-list--bullet">${out.map((words) => html`<li>${words}</li>`)}</ul>`}
${
  open > 0 &&
  html`<div class="govuk-inset-text">${countOf(open, 'criterion', 'criteria')} still ${open === 1 ? 'has' : 'have'} a doubt that you have not settled. ${open === 1 ? 'It' : 'They'} will be imported by our best reading, with the words as written.</div>`
}`,
    buttonText: `Import ${count}`,
    errors,
  });
}
