import { formatDate } from '#kernel/dates.ts';
import type { FieldError } from '#platform/web/forms.ts';
import { html, type Html } from '#platform/web/html.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { partyNameKey } from '#people';
import { draftOf, type ImportDraft } from '../../rules/import-draft.ts';
import { rags, statuses } from '../../rules/kinds.ts';
import { countOf } from '../../rules/position.ts';
import { ragName, statusName } from '../../rules/words.ts';
import type { PlanImport } from '../../store/imports.ts';
import { stepView, type ShownImport } from './steps.view.ts';

type CheckedImport = ShownImport & Pick<PlanImport, 'reading' | 'choices' | 'positionOn'>;

export interface CheckFacts {
  /** The keys of every name that stands already. */
  known: ReadonlySet<string>;
  /** Earlier imports of exactly this file, and when each was made. */
  before: readonly { title: string; on: string }[];
  errors: readonly FieldError[];
}

/** Step 5: exactly what will be written, what is new, and what is left out and why. */
export function checkView(standing: CheckedImport, facts: CheckFacts) {
  const draft = draftOf(standing.reading, standing.choices);
  return stepView(standing, 'check', {
    intro: html``,
    content: checkContent(draft, standing, facts),
    buttonText: `Import ${countOf(draft.actions.length, 'action')}`,
    errors: facts.errors,
  });
}

function checkContent(
  draft: ImportDraft,
  standing: CheckedImport,
  { known, before }: CheckFacts,
): Html {
  const { actions } = draft;
  const objectives = draft.objectives.filter((one) => one.actions.length > 0).length;
  const names = new Map(
    actions
      .flatMap((one) => [...one.leads, ...one.contributors])
      .map((name) => [partyNameKey(name), name] as const),
  );
  const fresh = [...names].flatMap(([key, name]) => (known.has(key) ? [] : [name]));
  const sources = new Set(draft.objectives.flatMap((one) => one.sources)).size;
  const withUpdate = actions.filter(
    (one) => one.claimedRag !== null || one.status !== null || one.progress !== null,
  ).length;
  return html`${before.map(
    (one) =>
      html`<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span><strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span>This same file was imported on ${one.on} as “${one.title}”. Import it again only if you want a second plan.</strong></div>`,
  )}
<p class="govuk-body-l sl-lead">“${standing.choices.title}” will have ${countOf(actions.length, 'action')} under ${countOf(objectives, 'objective')}, as at ${formatDate(standing.positionOn)}.</p>
<div class="sl-figures">${dataTable({
    caption: 'Actions by status and colour',
    columns: [{ text: 'What the file says' }, { text: 'Actions', numeric: true }],
    groups: [
      {
        heading: 'Status',
        rows: [...statuses, null].map((status) => [
          statusName(status),
          actions.filter((one) => one.status === status).length,
        ]),
      },
      {
        heading: 'Colour',
        rows: [...rags, null].map((rag) => [
          ragName(standing.choices.ragScheme, rag),
          actions.filter((one) => one.claimedRag === rag).length,
        ]),
      },
      {
        heading: 'Dates',
        rows: [
          ['With a date', actions.filter((one) => one.due.to !== null).length],
          ['Without a date', actions.filter((one) => one.due.to === null).length],
          ['Revised', actions.filter((one) => one.revised).length],
        ],
      },
    ],
  })}</div>
<h2 class="govuk-heading-m">What is new</h2>
<ul class="govuk-list govuk-list--bullet"><li>One plan, and ${countOf(withUpdate, 'first update')} from its colours and progress</li>${sources > 0 && html`<li>${countOf(sources, 'source')} named by its objectives</li>`}<li>${
    fresh.length === 0
      ? 'No new post, team or board: every lead is known already'
      : html`${countOf(fresh.length, 'lead')} not known yet, to be added:<ul class="govuk-list sl-names">${fresh.map((name) => html`<li>${name}</li>`)}</ul>`
  }</li></ul>
${
  (draft.leftOut.length > 0 || draft.elsewhere.length > 0) &&
  html`<h2 class="govuk-heading-m">What is left out</h2><ul class="govuk-list govuk-list--bullet">${draft.leftOut.map((one) => html`<li>${one.where}: ${shorten(one.text)}. You left it out.</li>`)}${draft.elsewhere.map((one) => html`<li>${one.where}: ${one.message}</li>`)}</ul>`
}
${
  draft.unsettled.length > 0 &&
  html`<div class="govuk-inset-text">${countOf(draft.unsettled.length, 'row')} still ${draft.unsettled.length === 1 ? 'has' : 'have'} a doubt that you have not settled. ${draft.unsettled.length === 1 ? 'It' : 'They'} will be imported by our best reading, with the words as written.</div>`
}`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
