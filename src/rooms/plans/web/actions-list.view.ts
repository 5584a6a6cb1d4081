import { html, type Html, type HtmlValue } from '#platform/web/html.ts';
import { emptyState, filterChips as chipList } from '#platform/web/components/blocks.ts';
import { pagination } from '#platform/web/components/pagination.ts';
import { dataTable, type Column } from '#platform/web/components/table.ts';
import { ragLegend, statusTag } from '#platform/web/components/tags.ts';
import { anyAction, filterActions, type ActionFilter, type ActionOrder } from '../rules/filter.ts';
import { rags, statuses } from '../rules/kinds.ts';
import type { ActionPicture, PlanPicture } from '../rules/picture.ts';
import { countOf, summarise, summarySentence } from '../rules/position.ts';
import { ragName, statusName } from '../rules/words.ts';
import { otherThanClaimed } from './claims/claims.view.ts';
import { reachedName, regressedInWords } from '../rules/closure-words.ts';
import { filterChips, leadsOf, sourcesIn, writeListQuery, type ListView } from './list-query.ts';
import type { Allowed } from './load-plan.ts';
import { exportFormats, objectiveName } from './overview.view.ts';
import {
  agoCell,
  clamped,
  claimedTag,
  dayField,
  dueCell,
  leadCell,
  planCaption,
  planNavigation,
  type LinkTo,
} from './parts.ts';
import { paths } from './paths.ts';

export const actionsPerPage = 50;

/** The list as it is first shown: the plan's own table. */
const noFilter: ActionFilter = { ...anyAction, offTable: 'hidden' };

export interface ActionsListInput {
  picture: PlanPicture;
  view: ListView;
  allowed: Allowed;
  link: LinkTo;
  csrf: string | null;
}

/** The working list: a dense table that reads like the officer's own, filtered by its address. */
export function actionsListView(input: ActionsListInput) {
  const { picture, view, allowed, link } = input;
  const { plan } = picture;
  const found = filterActions(picture, view.filter, view.order);
  const pages = Math.max(1, Math.ceil(found.length / actionsPerPage));
  const page = Math.min(view.page, pages);
  const shown = found.slice((page - 1) * actionsPerPage, page * actionsPerPage);
  return {
    title: plan.title,
    caption: planCaption(plan),
    dated: true,
    wide: true,
    subNavigation: planNavigation(plan, 'Actions', allowed, link),
    actions: listActions(input),
    content: html`<div class="sl-filtered">
<div class="sl-filtered__side">${filterPanel(input)}</div>
<div class="sl-filtered__main">
${countLine(input, found)}
${chipList(
  filterChips(picture, view.filter).map((chip) => ({
    text: chip.words,
    offHref: listHref(input, { filter: chip.without, page: 1 }),
  })),
  listHref(input, { filter: noFilter, page: 1 }),
)}
${offTableNote(input)}
${
  shown.length === 0
    ? nothingFound(input)
    : html`${selectable(input, actionTable(input, shown))}${pagination(page, pages, (target) => listHref(input, { page: target }))}
<section class="sl-section" aria-labelledby="colours"><h2 class="govuk-heading-s" id="colours">What the colours mean in this plan</h2>${ragLegend(plan.ragScheme)}</section>`
}
</div></div>`,
  };
}

function listHref({ picture, view, link }: ActionsListInput, change: Partial<ListView>): string {
  const query = writeListQuery({ ...view, ...change });
  return link(`${paths.actions(picture.plan.slug)}${query === '' ? '' : `?${query}`}`);
}

function listActions(input: ActionsListInput): Html {
  const { picture, view, allowed, link } = input;
  const { slug } = picture.plan;
  const query = writeListQuery({ ...view, page: 1 });
  const hidden = view.filter.offTable === 'hidden' ? '&off-table=hidden' : '';
  const filtered = `${query === '' ? '' : `&${query}`}${hidden}`;
  const sheets = link('') === '' && picture.plan.state === 'active';
  return html`${
    allowed.changePlan &&
    picture.plan.state === 'active' &&
    html`<a class="govuk-button" href="${paths.newAction(slug)}" role="button" draggable="false">Add an action</a>`
  }${
    allowed.export &&
    html`<details class="sl-menu"><summary class="govuk-button govuk-button--secondary">Export</summary><div class="sl-menu__list"><p class="sl-menu__title">What is on the screen</p><ul class="govuk-list">${exportFormats.map(
      ({ format, words }) =>
        html`<li><a class="govuk-link" href="${link(`${paths.exported(slug)}?format=${format}${filtered}`)}">${words}</a></li>`,
    )}</ul>${
      sheets &&
      html`<p class="sl-menu__title">To fill in and bring back</p><ul class="govuk-list"><li><a class="govuk-link" href="${paths.exportUpdateSheet(slug)}${query === '' ? '' : `?${query}`}">Update sheet (.xlsx)</a></li></ul>`
    }<p class="sl-menu__title">Every action</p><ul class="govuk-list">${exportFormats.map(
      ({ format, words }) =>
        html`<li><a class="govuk-link" href="${link(`${paths.exported(slug)}?format=${format}&withdrawn=yes`)}">${words}</a></li>`,
    )}</ul></div></details>`
  }${
    sheets &&
    (allowed.export || picture.actions.some(allowed.update)) &&
    html`<a class="govuk-button govuk-button--secondary" href="${paths.updateSheet(slug)}" role="button" draggable="false">Update sheets</a>`
  }`;
}

function countLine(input: ActionsListInput, found: readonly ActionPicture[]): Html {
  const all = input.picture.actions.filter((action) => !action.withdrawn).length;
  const summary = summarise(found);
  const sentence = summarySentence(summary);
  const part =
    summary.actions === all ? sentence : `${countOf(summary.actions, 'action')} of ${all} shown.`;
  return html`<p class="govuk-body sl-count" role="status">${part}${
    summary.actions !== all && summary.actions > 0 && ` ${sentence.replace(/^[^.]*\. /, '')}`
  }${summary.withdrawn > 0 && ` ${countOf(summary.withdrawn, 'withdrawn action')} besides.`}</p>`;
}

/** "101 completed actions have left this table: show them" */
function offTableNote(input: ActionsListInput): Html {
  const { picture, view } = input;
  if (view.filter.offTable !== 'hidden') return html``;
  const filter = { ...view.filter, offTable: 'only' as const };
  const gone = filterActions(picture, filter, view.order).length;
  if (gone === 0) return html``;
  const words = `${countOf(gone, 'completed action')} ${gone === 1 ? 'has' : 'have'} left this table`;
  const all = { ...view.filter, offTable: 'shown' as const };
  return html`<p class="govuk-body">${words}: <a class="govuk-link" href="${listHref(input, { filter: all, page: 1 })}">show ${gone === 1 ? 'it' : 'them'}</a>.</p>`;
}

function nothingFound(input: ActionsListInput): Html {
  if (input.picture.actions.length > 0) {
    return emptyState({
      title: 'No action fits',
      text: 'Take a filter off, or search for other words.',
      action: { text: 'Show every action', href: listHref(input, { filter: noFilter, page: 1 }) },
    });
  }
  const { slug } = input.picture.plan;
  return emptyState({
    title: 'No actions yet',
    text: 'The actions of this plan will stand here.',
    ...(input.allowed.changePlan
      ? {
          action:
            input.picture.objectives.length === 0
              ? { text: 'Add an objective', href: paths.newObjective(slug) }
              : { text: 'Add an action', href: paths.newAction(slug) },
        }
      : {}),
  });
}

function actionTable(input: ActionsListInput, shown: readonly ActionPicture[]): Html {
  const { picture, view } = input;
  const select = canSelect(input);
  const columns: Column[] = [
    ...(select ? [{ text: 'Select', hiddenHeading: true, width: 'narrow' as const }] : []),
    { text: 'Ref', width: 'narrow', ...sortable(input, 'plan') },
    { text: 'Action', width: 'wide' },
    { text: 'Lead', ...sortable(input, 'lead') },
    { text: 'Due', ...sortable(input, 'due') },
    { text: 'Claimed', ...sortable(input, 'rag') },
    { text: 'Last update', ...sortable(input, 'updated') },
  ];
  const row = (action: ActionPicture) => actionRow(input, action, columns);
  const objectives = new Map(picture.objectives.map((one) => [one.id, one]));
  const groups =
    view.order === 'plan'
      ? [...Map.groupBy(shown, (action) => action.objectiveId)].map(([id, actions]) => {
          const objective = objectives.get(id);
          return {
            heading: html`${objective?.section != null && html`<span class="sl-note">${objective.section}</span> `}${objective === undefined ? '' : objectiveName(objective)}`,
            rows: actions.map(row),
          };
        })
      : [{ rows: shown.map(row) }];
  return dataTable({
    caption: `Actions of ${picture.plan.title}`,
    hiddenCaption: true,
    columns,
    groups,
    rowHeading: select ? 2 : 1,
  });
}

function actionRow(
  { picture, link, allowed }: ActionsListInput,
  action: ActionPicture,
  columns: readonly Column[],
): HtmlValue[] {
  const { slug } = picture.plan;
  const key = [action.id, action.version, action.dueVersion, action.updateVersion].join(':');
  const [firstColumn] = columns;
  return [
    ...(firstColumn?.text === 'Select'
      ? [
          html`<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" name="selected" value="${key}" id="select-${action.id}"><label class="govuk-label govuk-checkboxes__label" for="select-${action.id}"><span class="govuk-visually-hidden">Select ${action.ref}</span></label></div></div>`,
        ]
      : []),
    action.ref,
    html`<a class="govuk-link sl-action-link" href="${link(paths.action(slug, action.id))}">${firstLine(action.text)}</a>${restOf(action.text)}${action.withdrawn && html` <strong class="sl-note">Withdrawn</strong>`}${action.priority === 'high' && html` <span class="sl-note">High priority</span>`}`,
    leadCell(action),
    dueCell(action),
    html`${claimedTag(picture.plan, action.claimedRag)}<br>${statusTag(action.status)}${derivedNote(picture, action)}${closureNote(action)}`,
    html`${agoCell(action.lastUpdate?.effectiveOn ?? null, picture.asAt)}${
      allowed.update(action) &&
      html`<br><a class="govuk-link" href="${paths.update(slug, action.id)}">Give an update<span class="govuk-visually-hidden"> on ${action.ref}</span></a>`
    }`,
  ];
}

/** How far its closure has come, whether it waits for a sign-off, and how often it failed again. */
function closureNote({ status, withdrawn, closure }: ActionPicture): Html {
  const notes = [
    status === 'complete' && !withdrawn && closure.reached !== 'none'
      ? reachedName(closure.reached)
      : null,
    closure.waiting === null ? null : 'Waits for its sign-off',
    regressedInWords(closure),
  ].filter((note) => note !== null);
  return html`${notes.map((note) => html`<br><span class="sl-note">${note}</span>`)}`;
}

/** What the facts bear out, where the claim says something else. */
function derivedNote(picture: ActionsListInput['picture'], action: ActionPicture): Html {
  const words = otherThanClaimed(picture, action);
  return html`${words !== null && html`<br><span class="sl-note">${words}</span>`}`;
}

/** The part of a text that stands in the link: its first line, as far as two lines of the table. */
function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? '';
  if (line.length <= 160) return line;
  const cut = line.lastIndexOf(' ', 160);
  return `${line.slice(0, cut > 80 ? cut : 160)} …`;
}

function restOf(text: string): Html {
  const line = text.split('\n')[0] ?? '';
  if (line.length <= 160 && line.length === text.length) return html``;
  return html`<details class="sl-more"><summary>more</summary>${clamped(text, text.length)}</details>`;
}

function sortable(input: ActionsListInput, order: ActionOrder): Pick<Column, 'sort'> {
  const direction =
    input.view.order !== order ? 'none' : order === 'updated' ? 'descending' : 'ascending';
  return { sort: { href: listHref(input, { order, page: 1 }), direction } };
}

function canSelect({ allowed, picture }: ActionsListInput): boolean {
  return allowed.changePlan && picture.plan.state === 'active';
}

function selectable(input: ActionsListInput, table: Html): Html {
  if (!canSelect(input)) return table;
  return html`<form method="post" action="${paths.selected(input.picture.plan.slug)}">
<input type="hidden" name="_csrf" value="${input.csrf}"><input type="hidden" name="back" value="${listHref(input, {})}">
${table}
<p><button class="govuk-button govuk-button--secondary" type="submit">Change selected actions</button></p></form>`;
}

function filterPanel(input: ActionsListInput): Html {
  const { picture, view } = input;
  const { filter } = view;
  const objectives = picture.objectives
    .filter((one) => !one.withdrawn)
    .map((one) => ({ value: one.id, words: objectiveName(one) }));
  const named = (list: readonly string[]) => ({ chosen: list });
  const scheme = picture.plan.ragScheme;
  return html`<details class="sl-filters" open><summary class="sl-filters__summary">Filter and search</summary>
<form method="get" action="${paths.actions(picture.plan.slug)}" class="sl-filters__form">
${dayField(picture, input.link)}
<div class="govuk-form-group"><label class="govuk-label" for="q">Words</label><input class="govuk-input" id="q" name="q" type="search" value="${filter.text}"></div>
${choices({
  name: 'rag',
  legend: 'Claimed',
  ...named(filter.rags),
  options: [
    ...rags.map((rag) => ({ value: rag, words: ragName(scheme, rag) })),
    { value: 'none', words: 'Not rated' },
  ],
})}
${choices({
  name: 'status',
  legend: 'Status',
  ...named(filter.statuses),
  options: [
    ...statuses.map((one) => ({ value: one, words: statusName(one) })),
    { value: 'none', words: 'Not stated' },
  ],
})}
${choices({
  name: '',
  legend: 'Needs attention',
  chosen: [],
  options: [],
  more: html`${flag('overdue', 'Overdue', filter.overdue)}${flag('revised', 'Date revised', filter.revised)}${flag('stale', 'No update within the cycle', filter.stale)}${flag('without-date', 'Without a date', filter.withoutDate)}${flag('without-test', 'Without an agreed test', filter.withoutTest)}${flag('effect-not-shown', 'Complete, effect not yet shown', filter.effectNotShown)}${flag('regressed', 'Failed again', filter.regressed)}${flag('withdrawn', 'Show withdrawn actions', filter.withdrawn)}${box('off-table', 'off-table', 'shown', 'Show complete actions that left the table', filter.offTable !== 'hidden')}`,
})}
${choices({
  name: 'lead',
  legend: 'Lead',
  ...named(filter.leads),
  options: [
    ...leadsOf(picture).map((lead) => ({ value: lead.id, words: lead.name })),
    { value: 'none', words: 'No lead' },
  ],
  folded: true,
})}
${choices({ name: 'objective', legend: 'Objective', ...named(filter.objectives), options: objectives, folded: true })}
${choices({
  name: 'source',
  legend: 'Source',
  ...named(filter.sources),
  options: sourcesIn(picture).map((source) => ({ value: source.id, words: source.title })),
  folded: true,
})}
${choices({
  name: 'priority',
  legend: 'Priority',
  ...named(filter.priorities),
  options: ['high', 'medium', 'low', 'none'].map((one) => ({
    value: one,
    words: one === 'none' ? 'None' : one.charAt(0).toUpperCase() + one.slice(1),
  })),
  folded: true,
})}
${view.order !== 'plan' && html`<input type="hidden" name="sort" value="${view.order}">`}
<button class="govuk-button" type="submit">Apply filters</button></form></details>`;
}

function choices(group: {
  name: string;
  legend: string;
  chosen: readonly string[];
  options: readonly { value: string; words: string }[];
  more?: Html;
  folded?: boolean;
}): Html {
  if (group.options.length === 0 && group.more === undefined) return html``;
  const boxes = html`<div class="govuk-checkboxes govuk-checkboxes--small">${group.options.map(
    (option, index) =>
      box(
        `${group.name}-${index}`,
        group.name,
        option.value,
        option.words,
        group.chosen.includes(option.value),
      ),
  )}${group.more}</div>`;
  if (group.folded === true) {
    return html`<details class="sl-filters__group"${group.chosen.length > 0 && html` open`}><summary>${group.legend}</summary><fieldset class="govuk-fieldset"><legend class="govuk-visually-hidden">${group.legend}</legend>${boxes}</fieldset></details>`;
  }
  return html`<fieldset class="govuk-fieldset sl-filters__group"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${group.legend}</legend>${boxes}</fieldset>`;
}

function flag(name: string, words: string, on: boolean): Html {
  return box(`flag-${name}`, name, 'yes', words, on);
}

function box(id: string, name: string, value: string, words: string, checked: boolean): Html {
  return html`<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${id}" name="${name}" value="${value}"${checked && html` checked`}><label class="govuk-label govuk-checkboxes__label" for="${id}">${words}</label></div>`;
}
