import { addDays, formatDate, type IsoDate } from '#kernel/dates.ts';
import type { UserId } from '#kernel/ids.ts';
import { html, type Html } from '#platform/web/html.ts';
import { dataTable } from '#platform/web/components/table.ts';
import { emptyState } from '#platform/web/components/blocks.ts';
import { progressBar } from '#platform/web/components/progress-bar.ts';
import { ragLegend } from '#platform/web/components/tags.ts';
import { daysSinceUpdate, needsAttention } from '../rules/attention.ts';
import type { HistoryEntry } from '../rules/history.ts';
import type { ActionPicture, ObjectivePicture, PlanPicture } from '../rules/picture.ts';
import { countOf, summarise, summarySentence } from '../rules/position.ts';
import { effectSentence, testDoubt } from '../rules/closure-words.ts';
import { sourceInWords } from '../rules/words.ts';
import { changeList } from './changes.view.ts';
import { claimsSentence } from './claims/claims.view.ts';
import type { Allowed } from './load-plan.ts';
import { actionLine, ago, planCaption, planNavigation, type LinkTo } from './parts.ts';
import { paths } from './paths.ts';
import type { StandingRound } from './rounds/load-round.ts';
import { openRoundNote } from './rounds/rounds.view.ts';

export interface OverviewInput {
  picture: PlanPicture;
  allowed: Allowed;
  /** Newest first; those of the last 30 days are shown. */
  history: readonly HistoryEntry[];
  names: ReadonlyMap<UserId, string>;
  /** The review round that is open. */
  openRound?: StandingRound | null;
  link: LinkTo;
}

/** Days that "lately" reaches back, until there are review rounds to count from. */
const lately = 30;
const shownAtOnce = 8;

/** The plan as a member could read it. */
export function overviewView(input: OverviewInput) {
  const { picture, allowed, link } = input;
  const { plan } = picture;
  return {
    title: plan.title,
    caption: planCaption(plan),
    dated: true,
    subNavigation: planNavigation(plan, 'Overview', allowed, link),
    actions: overviewActions(input),
    content: picture.actions.length === 0 ? emptyPlan(input) : fullPlan(input),
  };
}

function overviewActions({ picture, allowed, link }: OverviewInput): Html {
  const { slug } = picture.plan;
  return html`${
    allowed.export &&
    html`<details class="sl-menu">
      <summary class="govuk-button govuk-button--secondary">Export</summary>
      <ul class="sl-menu__list">
        ${exportFormats.map(
          ({ format, words }) =>
            html`<li>
              <a class="govuk-link" href="${link(`${paths.exported(slug)}?format=${format}&withdrawn=yes`)}"
                >${words}</a
              >
            </li>`,
        )}
        <li><a class="govuk-link" href="${link(paths.flat(slug))}">Flat file for reports (.csv)</a></li>
        <li><a class="govuk-link" href="${paths.dataOut()}">Data for programs</a></li>
      </ul>
    </details>`
  }`;
}

export const exportFormats = [
  { format: 'xlsx', words: 'Excel workbook (.xlsx)' },
  { format: 'docx', words: 'Word document (.docx)' },
  { format: 'csv', words: 'Comma-separated (.csv)' },
  { format: 'json', words: 'Data (.json)' },
] as const;

function emptyPlan({ picture, allowed }: OverviewInput): Html {
  return emptyState({
    title: 'No actions yet',
    text: 'The actions of this plan will stand here, with what is overdue and what changed. Begin with an objective, then add its actions.',
    ...(allowed.changePlan
      ? { action: { text: 'Add an objective', href: paths.newObjective(picture.plan.slug) } }
      : {}),
  });
}

function fullPlan(input: OverviewInput): Html {
  const { picture } = input;
  return html`<p class="govuk-body-l sl-lead">${summarySentence(summarise(picture.actions))}</p>
    ${effectLine(input)}
    ${input.openRound != null && openRoundNote(input.openRound, input.link)}
    ${attention(input)}
    <section class="sl-section" aria-labelledby="progress">
      <h2 class="govuk-heading-m" id="progress">Progress by objective</h2>
      ${objectiveTable(input)}
    </section>
    ${recent(input)}
    <section class="sl-section" aria-labelledby="colours">
      <h2 class="govuk-heading-m" id="colours">What the colours mean in this plan</h2>
      <p class="govuk-body">The colour of an action is what its lead claims. ${claimsSentence(picture)} <a class="govuk-link" href="${input.link(paths.claims(picture.plan.slug))}">See claimed and derived side by side</a>.</p>
      ${ragLegend(picture.plan.ragScheme)}
    </section>
    ${sources(picture)}`;
}

/** "31 are complete; of 24 nobody has shown yet that children are better off." */
function effectLine({ picture, link }: OverviewInput): Html {
  const words = effectSentence(picture.actions);
  const href = link(`${paths.actions(picture.plan.slug)}?effect-not-shown=yes`);
  return html`${
    words !== null &&
    html`<p class="govuk-body">${words} <a class="govuk-link" href="${href}">See them</a></p>`
  }`;
}

function attention({ picture, link }: OverviewInput): Html {
  const { overdue, stale, withoutLead, withoutDate, withoutTest } = needsAttention(picture);
  const cycle = picture.plan.reviewCycleDays;
  const filtered = (query: string) => link(`${paths.actions(picture.plan.slug)}?${query}`);
  const groups = [
    {
      title: `${countOf(overdue.length, 'action')} overdue, longest first`,
      actions: overdue,
      note: (action: ActionPicture) => `${countOf(action.daysOverdue, 'day')} overdue`,
      all: filtered('overdue=yes&sort=overdue'),
    },
    {
      title: `${countOf(stale.length, 'action')} without an update in the last ${countOf(cycle ?? 0, 'day')}`,
      actions: stale,
      note: (action: ActionPicture) => {
        const days = daysSinceUpdate(action, picture.asAt);
        return days === null ? 'No update yet' : `Last update ${ago(days)}`;
      },
      all: filtered('stale=yes'),
    },
    {
      title: `${countOf(withoutLead.length, 'action')} without a lead`,
      actions: withoutLead,
      note: () => null,
      all: filtered('lead=none'),
    },
    {
      title: `${countOf(withoutDate.length, 'action')} without a date`,
      actions: withoutDate,
      note: () => null,
      all: filtered('without-date=yes'),
    },
    {
      title: `${countOf(withoutTest.length, 'action')} without an agreed test`,
      actions: withoutTest,
      note: ({ test }: ActionPicture) => testDoubt(test),
      all: filtered('without-test=yes'),
    },
  ].filter((group) => group.actions.length > 0);
  if (groups.length === 0) {
    return html`<section class="sl-section" aria-labelledby="attention">
      <h2 class="govuk-heading-m" id="attention">Needs attention</h2>
      <p class="govuk-body">
        Nothing is overdue, every open action has a lead, a date and an agreed
        test${cycle !== null && ', and each had an update within the review cycle'}.
      </p>
    </section>`;
  }
  return html`<section class="sl-section" aria-labelledby="attention">
    <h2 class="govuk-heading-m" id="attention">Needs attention</h2>
    ${groups.map(
      (group) =>
        html`<h3 class="govuk-heading-s">${group.title}</h3>
          <ul class="sl-lines">
            ${group.actions.slice(0, shownAtOnce).map((action) => {
              const note = group.note(action);
              return html`<li class="sl-line">
                ${actionLine(picture, action, link)}${note !== null && html` <strong class="sl-late">${note}</strong>`}
              </li>`;
            })}
          </ul>
          ${group.actions.length > shownAtOnce && html`<p class="govuk-body"><a class="govuk-link" href="${group.all}">See all ${group.actions.length}</a></p>`}`,
    )}
  </section>`;
}

function objectiveTable({ picture, link }: OverviewInput): Html {
  const shown = picture.objectives.filter((objective) => !objective.withdrawn);
  const sections = [...Map.groupBy(shown, (objective) => objective.section)];
  return dataTable({
    caption: 'Progress by objective',
    hiddenCaption: true,
    columns: [
      { text: 'Objective', width: 'wide' },
      { text: 'Progress', width: 'wide' },
      { text: 'Actions', numeric: true },
      { text: 'Overdue', numeric: true },
    ],
    groups: sections.map(([section, objectives]) => ({
      ...(section === null ? {} : { heading: section }),
      rows: objectives.map((objective) => objectiveRow(picture, objective, link)),
    })),
  });
}

function objectiveRow(picture: PlanPicture, objective: ObjectivePicture, link: LinkTo) {
  const actions = picture.actions.filter((action) => action.objectiveId === objective.id);
  const summary = summarise(actions);
  const href = link(`${paths.actions(picture.plan.slug)}?objective=${objective.id}`);
  return [
    html`<a class="govuk-link" href="${href}">${objectiveName(objective)}</a>`,
    progressBar([
      { count: summary.byStatus.complete, words: 'complete', look: 'complete' },
      { count: summary.byStatus['in progress'], words: 'in progress', look: 'under-way' },
      { count: summary.byStatus['not started'], words: 'not started', look: 'waiting' },
      { count: summary.byStatus.none, words: 'without a status', look: 'waiting' },
    ]),
    summary.actions,
    summary.overdue === 0 ? '0' : html`<strong class="sl-late">${summary.overdue}</strong>`,
  ];
}

/** "1.10 Improve the timeliness of visits" */
export function objectiveName(objective: Pick<ObjectivePicture, 'ref' | 'title'>): string {
  return objective.ref === null ? objective.title : `${objective.ref} ${objective.title}`;
}

function recent(input: OverviewInput): Html {
  const { picture, link } = input;
  const since: IsoDate = addDays(picture.asAt, -lately);
  const recentOnes = input.history.filter((entry) => entry.effectiveOn > since);
  return html`<section class="sl-section" aria-labelledby="recent">
    <h2 class="govuk-heading-m" id="recent">What changed since ${formatDate(since)}</h2>
    ${
      recentOnes.length === 0
        ? html`<p class="govuk-body">Nothing was recorded in the last ${lately} days.</p>`
        : html`${changeList({ ...input, entries: recentOnes.slice(0, shownAtOnce) })}
            <p class="govuk-body">
              <a class="govuk-link" href="${link(paths.changes(picture.plan.slug))}"
                >${
                  recentOnes.length > shownAtOnce
                    ? `See all ${recentOnes.length} changes`
                    : 'See all changes'
                }</a
              >
            </p>`
    }
  </section>`;
}

function sources(picture: PlanPicture): Html {
  const all = [...picture.objectives, ...picture.actions.filter((action) => !action.withdrawn)];
  const byTitle = new Map<string, number>();
  for (const { sources: theirs } of all) {
    for (const source of theirs) byTitle.set(source.title, (byTitle.get(source.title) ?? 0) + 1);
  }
  if (byTitle.size === 0) return html``;
  const quoted = all
    .flatMap((one) => one.sources)
    .filter((source) => source.words !== null)
    .slice(0, shownAtOnce);
  return html`<section class="sl-section" aria-labelledby="sources">
    <h2 class="govuk-heading-m" id="sources">Where the plan comes from</h2>
    <ul class="govuk-list govuk-list--bullet">
      ${[...byTitle].map(
        ([title, count]) =>
          html`<li>${title} <span class="sl-note">${countOf(count, 'mention')}</span></li>`,
      )}
    </ul>
    ${
      quoted.length > 0 &&
      html`<details class="govuk-details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">In the sources’ own words</span>
        </summary>
        <div class="govuk-details__text">
          <ul class="govuk-list govuk-list--bullet">
            ${quoted.map((source) => html`<li>${sourceInWords(source)}</li>`)}
          </ul>
        </div>
      </details>`
    }
  </section>`;
}
