import { dataTable } from '#platform/web/components/table.ts';
import type { FieldError } from '#platform/web/forms.ts';
import { html, type Html } from '#platform/web/html.ts';
import { countOf, findingKindName, sentenceCase } from '../../rules/kind-words.ts';
import { findingKinds } from '../../rules/kinds.ts';
import { answerKept, draftOf, type FindingsDraft } from '../../rules/read-findings-table/draft.ts';
import type { StandingImport } from './ground.ts';
import { findingsStep } from './step.view.ts';

export interface CheckFacts {
  /** Names of leads and boards that nobody has entered yet. */
  newNames: readonly string[];
  /** Themes that are not in the list of the authority: they are left out. */
  unknownThemes: readonly string[];
  /** How many findings exactly this file made here before. */
  before: number;
  errors: readonly FieldError[];
}

/** The last look: what will be written, what is new, and what is left out and why. */
export function checkView(found: StandingImport, facts: CheckFacts) {
  const { reading, choices } = found.standing;
  const draft = draftOf(reading, choices);
  return findingsStep(found, 'check', {
    intro: html`${
      facts.before > 0 &&
      html`<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span><strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span>This same file was imported here before and made ${countOf(facts.before, 'finding')}. Import it again only if you want them twice.</strong></div>`
    }<p class="govuk-body-l sl-lead">${countOf(draft.findings.length, 'finding')} will be added to “${found.source.title}”.</p>`,
    content: checkContent(draft, facts),
    buttonText: `Import ${countOf(draft.findings.length, 'finding')}`,
    errors: facts.errors,
  });
}

function checkContent(draft: FindingsDraft, { newNames, unknownThemes }: CheckFacts): Html {
  const { findings, leftOut, elsewhere, unsettled } = draft;
  const answered = findings.filter(answerKept).length;
  const unanswered = findings.filter((one) => one.answer !== null && !answerKept(one)).length;
  const out = [
    ...leftOut.map(({ where, words }) => `${where}: ${shorten(words)} You left it out.`),
    ...unknownThemes.map((name) => `The theme “${name}” is not in your list of themes.`),
    ...(unanswered === 0
      ? []
      : [`${countOf(unanswered, 'response')} without a reason: only what is accepted needs none.`]),
    ...elsewhere.map(({ where, message }) => `${where}: ${message}`),
  ];
  return html`<div class="sl-figures">${dataTable({
    caption: 'Findings by kind',
    columns: [{ text: 'Kind' }, { text: 'Findings', numeric: true }],
    groups: [
      {
        rows: findingKinds.map((kind) => [
          sentenceCase(findingKindName(kind, 2)),
          findings.filter((one) => one.kind === kind).length,
        ]),
      },
    ],
  })}</div>
<h2 class="govuk-heading-m">What is new</h2>
<ul class="govuk-list govuk-list--bullet"><li>${countOf(answered, 'response')} of the authority</li><li>${
    newNames.length === 0
      ? 'No new post or board: every name is known already'
      : html`${countOf(newNames.length, 'name')} not known yet, to be added:<ul class="govuk-list sl-names">${newNames.map((name) => html`<li>${name}</li>`)}</ul>`
  }</li></ul>
${out.length > 0 && html`<h2 class="govuk-heading-m">What is left out</h2><ul class="govuk-list govuk-list--bullet">${out.map((words) => html`<li>${words}</li>`)}</ul>`}
${
  unsettled.length > 0 &&
  html`<div class="govuk-inset-text">${countOf(unsettled.length, 'finding')} still ${unsettled.length === 1 ? 'has' : 'have'} a doubt that you have not settled. ${unsettled.length === 1 ? 'It' : 'They'} will be imported by our best reading.</div>`
}`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80).toWellFormed()}….` : text;
}
