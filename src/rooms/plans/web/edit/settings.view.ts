import { html, type Html } from '#platform/web/html.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { takeOutPath } from '#people';
import { emptyState } from '#platform/web/components/blocks.ts';
import { ragLegend } from '#platform/web/components/tags.ts';
import type { ObjectivePicture, PlanPicture, RagColour } from '../../rules/picture.ts';
import type { Allowed } from '../load-plan.ts';
import { objectiveName } from '../overview.view.ts';
import { periodInWords, planCaption, planNavigation, type LinkTo } from '../parts.ts';
import { paths } from '../paths.ts';
import { standsForWords } from './plan-form.ts';
import { reviewCycleInWords } from './review-cycle.ts';

export interface SettingsInput {
  picture: PlanPicture;
  allowed: Allowed;
  /** The import that made the plan, where it can be undone by this person. */
  undoHref: string | null;
  /** Where a hold is put on the plan, for those who may. */
  holdHref?: string | undefined;
  /** Where everything about the plan is given out, for those who may. */
  giveOutHref?: string | undefined;
  /** What the audit log holds of the plan, for those who may read it. */
  logHref?: string | undefined;
  link: LinkTo;
}

/** What a plan is set up with, and what can be done with it as a whole. */
export function settingsView(input: SettingsInput) {
  const { picture, allowed, link } = input;
  return {
    title: picture.plan.title,
    caption: planCaption(picture.plan),
    dated: true,
    subNavigation: planNavigation(picture.plan, 'Settings', allowed, link),
    content: html`${archivedNote(input)}${head(input)}${objectives(input)}${wholePlan(input)}`,
  };
}

function archivedNote({ picture }: SettingsInput): Html {
  return html`${
    picture.plan.state === 'archived' &&
    html`<div class="govuk-inset-text">
      This plan is archived. It can be read, and nothing in it can be changed.
    </div>`
  }`;
}

function mayChange({ picture, allowed }: SettingsInput): boolean {
  return allowed.changePlan && picture.plan.state === 'active';
}

function head(input: SettingsInput): Html {
  const { plan } = input.picture;
  const none = (words: string) => html`<span class="sl-quiet">${words}</span>`;
  const rows: { name: string; value: Html; field: string }[] = [
    { name: 'Title', value: html`${plan.title}`, field: 'title' },
    {
      name: 'Period',
      value: html`${periodInWords(plan.periodFrom, plan.periodTo) ?? none('Not set')}`,
      field: 'from',
    },
    { name: 'Owner', value: html`${plan.owner?.name ?? none('Nobody named')}`, field: 'owner' },
    {
      name: 'Overseen by',
      value:
        plan.boards.length === 0
          ? none('No board named')
          : html`${plan.boards.map((board, index) => html`${index > 0 && html`<br />`}${board.name}`)}`,
      field: 'more-boards',
    },
    {
      name: 'Review cycle',
      value: html`${reviewCycleInWords(plan.reviewCycleDays)}`,
      field: 'review-cycle',
    },
    {
      name: 'What the colours mean',
      value: ragLegend(
        plan.ragScheme.map((one) => ({
          ...one,
          meaning: meaningInWords(one),
        })),
      ),
      field: 'red-used',
    },
  ];
  return html`<section class="sl-section" aria-labelledby="set-up">
    <h2 class="govuk-heading-m" id="set-up">How the plan is set up</h2>
    <dl class="govuk-summary-list">
      ${rows.map(
        ({ name, value, field }) =>
          html`<div class="govuk-summary-list__row${!mayChange(input) && ' govuk-summary-list__row--no-actions'}">
            <dt class="govuk-summary-list__key">${name}</dt>
            <dd class="govuk-summary-list__value">${value}</dd>
            ${
              mayChange(input) &&
              html`<dd class="govuk-summary-list__actions">
                <a class="govuk-link" href="${paths.changePlan(plan.slug)}#${field}"
                  >Change<span class="govuk-visually-hidden"> ${name.toLowerCase()}</span></a
                >
              </dd>`
            }
          </div>`,
      )}
    </dl>
  </section>`;
}

/** The council's own words, and what they stand for where the words themselves do not say it. */
function meaningInWords({ meaning, standsFor }: RagColour): string {
  const stands = standsForWords[standsFor].toLowerCase();
  return meaning.toLowerCase() === stands ? meaning : `${meaning} (${stands})`;
}

function objectives(input: SettingsInput): Html {
  const { picture } = input;
  const { slug } = picture.plan;
  const add = mayChange(input);
  if (picture.objectives.length === 0) {
    return html`<section class="sl-section" aria-label="Objectives">
      ${emptyState({
        title: 'No objectives yet',
        text: 'An objective is what the plan wants to make better. Its actions stand under it.',
        ...(add
          ? { action: { text: 'Add the first objective', href: paths.newObjective(slug) } }
          : {}),
      })}
    </section>`;
  }
  const sections = [...Map.groupBy(picture.objectives, (one) => one.section)];
  return html`<section class="sl-section" aria-labelledby="objectives">
    <h2 class="govuk-heading-m" id="objectives">Objectives</h2>
    ${dataTable({
      caption: 'Objectives of the plan',
      hiddenCaption: true,
      columns: [
        { text: 'Objective', width: 'wide' },
        { text: 'Actions', numeric: true },
        ...(add ? [{ text: 'Change', hiddenHeading: true, width: 'narrow' as const }] : []),
      ],
      groups: sections.map(([section, list]) => ({
        ...(section === null ? {} : { heading: section }),
        rows: list.map((objective) => objectiveRow(input, objective)),
      })),
    })}
    ${
      add &&
      html`<p class="govuk-body">
        <a
          class="govuk-button govuk-button--secondary"
          href="${paths.newObjective(slug)}"
          role="button"
          draggable="false"
          >Add an objective</a
        >
      </p>`
    }
  </section>`;
}

function objectiveRow(input: SettingsInput, objective: ObjectivePicture) {
  const { picture, link } = input;
  const { slug } = picture.plan;
  const name = objectiveName(objective);
  const actions = picture.actions.filter(
    (action) => action.objectiveId === objective.id && !action.withdrawn,
  );
  const hidden = html`<span class="govuk-visually-hidden"> ${name}</span>`;
  return [
    html`<a
        class="govuk-link"
        href="${link(`${paths.actions(slug)}?objective=${objective.id}`)}"
        >${name}</a
      >${objective.withdrawn && html` <span class="sl-note">Withdrawn</span>`}`,
    actions.length,
    ...(mayChange(input)
      ? [
          html`<a class="govuk-link" href="${paths.changeObjective(slug, objective.id)}"
              >Change or move${hidden}</a
            >${
              !objective.withdrawn &&
              html`<br /><a
                  class="govuk-link"
                  href="${paths.newAction(slug)}?objective=${objective.id}"
                  >Add an action${hidden}</a
                >`
            }`,
        ]
      : []),
  ];
}

function wholePlan(input: SettingsInput): Html {
  const { picture, allowed, undoHref } = input;
  const { slug, state } = picture.plan;
  const acts = [
    allowed.create && {
      href: paths.copyForward(slug),
      words: 'Copy forward to next year',
      meaning: 'A new plan with these objectives and actions, without their ticks.',
    },
    allowed.changePlan && {
      href: paths.archive(slug),
      words: state === 'archived' ? 'Bring this plan back' : 'Archive this plan',
      meaning:
        state === 'archived'
          ? 'It can then be changed again.'
          : 'It can then be read, and no longer be changed.',
    },
    allowed.changePlan && {
      href: takeOutPath('plan', input.picture.plan.id),
      words: 'Take out a name',
      meaning: 'For a child’s name, or anybody else’s, that should not stand in the plan.',
    },
    allowed.share && {
      href: paths.guests(slug),
      words: 'Share with a guest',
      meaning: 'A peer reviewer of another council reads it by name, for 14 days at most.',
    },
    input.giveOutHref !== undefined && {
      href: input.giveOutHref,
      words: 'Give out everything about it',
      meaning:
        'One file with every version, for a request under data protection or freedom of information.',
    },
    input.holdHref !== undefined && {
      href: input.holdHref,
      words: 'Put a hold on this plan',
      meaning: 'It is then kept whatever its time, until the hold is lifted.',
    },
    input.logHref !== undefined && {
      href: input.logHref,
      words: 'What was done with it',
      meaning: 'Who changed, exported, shared and gave out the plan, in the audit log.',
    },
    undoHref !== null && {
      href: undoHref,
      words: 'Undo this import',
      meaning: 'Takes the plan back, while nothing else was written on it.',
    },
  ].filter((act) => act !== false);
  if (acts.length === 0) return html``;
  return html`<section class="sl-section" aria-labelledby="whole-plan">
    <h2 class="govuk-heading-m" id="whole-plan">The plan as a whole</h2>
    <ul class="govuk-list govuk-list--spaced">
      ${acts.map(
        ({ href, words, meaning }) =>
          html`<li><a class="govuk-link" href="${href}">${words}</a><br />${meaning}</li>`,
      )}
    </ul>
  </section>`;
}
