import { emptyState } from '#platform/web/components/blocks.ts';
import { progressBar } from '#platform/web/components/progress-bar.ts';
import { html, type Html } from '#platform/web/html.ts';
import type { PlanPicture } from '../rules/picture.ts';
import { countOf, summarise } from '../rules/position.ts';
import { listExportMenu, periodInWords, type LinkTo } from './parts.ts';
import { paths } from './paths.ts';

export interface PlansInput {
  pictures: readonly PlanPicture[];
  /** Imports that this person began and has not finished. */
  prepared: readonly { id: string; fileName: string; title: string }[];
  mayCreate: boolean;
  mayExport: boolean;
  isToday: boolean;
  /** The person's role reads plans only through a board or an action of theirs. */
  link: LinkTo;
}

/** Every plan that this person may read, archived ones last. */
export function plansView(input: PlansInput) {
  const active = input.pictures.filter((picture) => picture.plan.state === 'active');
  const archived = input.pictures.filter((picture) => picture.plan.state === 'archived');
  const create = input.mayCreate && input.isToday;
  return {
    title: 'Plans',
    dated: true,
    actions: html`${
      create &&
      html`<a class="govuk-button" href="${paths.importPlan()}" role="button" draggable="false">Import a plan</a> <a class="govuk-button govuk-button--secondary" href="${paths.newPlan()}" role="button" draggable="false">Begin a plan</a>`
    }${input.mayExport && input.pictures.length > 0 && listExportMenu(input.link(paths.exportPlans()))}`,
    content: html`${preparedList(input)}
${
  input.pictures.length === 0
    ? emptyState({
        title: 'No plans yet',
        text: create
          ? 'Import the plan that you keep in Excel or Word today, or begin an empty one.'
          : 'Plans that your post leads, or that your board oversees, will stand here.',
        ...(create ? { action: { text: 'Import a plan', href: paths.importPlan() } } : {}),
      })
    : html`<p class="govuk-body">${countOf(active.length, 'plan')}${archived.length > 0 && ` and ${countOf(archived.length, 'archived plan')}`}.</p>
<h2 class="govuk-visually-hidden">Plans in use</h2>
<ul class="sl-cards sl-cards--plans">${active.map((picture) => planCard(picture, input.link))}</ul>
${
  archived.length > 0 &&
  html`<section class="sl-section" aria-labelledby="archived"><h2 class="govuk-heading-m" id="archived">Archived</h2><ul class="sl-cards sl-cards--plans">${archived.map((picture) => planCard(picture, input.link))}</ul></section>`
}`
}`,
  };
}

function preparedList({ prepared, isToday }: PlansInput): Html {
  if (prepared.length === 0 || !isToday) return html``;
  return html`<div class="govuk-inset-text">${prepared.map(
    (one) =>
      html`<p>You began to import “${one.title}” from ${one.fileName} and have not finished. <a class="govuk-link" href="${paths.import(one.id)}">Go on with it</a></p>`,
  )}</div>`;
}

function planCard(picture: PlanPicture, link: LinkTo): Html {
  const { plan } = picture;
  const summary = summarise(picture.actions);
  const facts = [
    periodInWords(plan.periodFrom, plan.periodTo),
    plan.owner?.name,
    ...plan.boards.map((board) => board.name),
  ].filter((part) => part != null);
  return html`<li class="sl-card"><h3 class="sl-card__title"><a class="govuk-link" href="${link(paths.plan(plan.slug))}">${plan.title}</a></h3>
${facts.length > 0 && html`<p class="sl-note">${facts.join(' · ')}</p>`}
<p class="sl-card__facts">${countOf(summary.actions, 'action')}${summary.overdue > 0 && html`, <strong class="sl-late">${summary.overdue} overdue</strong>`}${summary.revised > 0 && `, ${summary.revised} with a revised date`}</p>
${progressBar([
  { count: summary.byStatus.complete, words: 'complete', look: 'complete' },
  { count: summary.byStatus['in progress'], words: 'in progress', look: 'under-way' },
  { count: summary.byStatus['not started'], words: 'not started', look: 'waiting' },
  { count: summary.byStatus.none, words: 'without a status', look: 'waiting' },
])}</li>`;
}
